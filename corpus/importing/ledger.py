"""The ledger of one sheet: every row ends loaded, duplicate or rejected."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from corpus.importing.report import Duplicate, FileTally, Mended, Rejection
from corpus.importing.sheets import Row, Sheet

Fate = Literal["loaded", "duplicate", "rejected"]


class Ledger:
    """Keeps what becomes of each row of one sheet while a door reads it.

    A row that was rejected stays so, whatever is said of it later, and the reasons add
    up; what was mended in a row that is not loaded is not told.
    """

    def __init__(self, sheet: Sheet, layout: str) -> None:
        self.sheet = sheet
        self.layout = layout
        self._fates: dict[int, Fate] = {}
        self._mended: list[Mended] = []
        self._rejected: list[Rejection] = []
        self._duplicates: list[Duplicate] = []

    def load(self, row: Row) -> None:
        """The row is in the rows that the door returns."""
        self._fates.setdefault(row.number, "loaded")

    def repeat(self, row: Row, repeats: str) -> None:
        """The row says nothing that `repeats`, such as "row 12", has not said."""
        if self._fates.setdefault(row.number, "duplicate") == "duplicate":
            self._duplicates.append(
                Duplicate(file=self.sheet.label, row=row.number, repeats=repeats)
            )

    def reject(self, row: Row, column: str, why: str, remedy: str) -> None:
        """The row cannot be loaded; `column` is empty for the row as a whole."""
        self._fates[row.number] = "rejected"
        self._rejected.append(
            Rejection(
                file=self.sheet.label,
                row=row.number,
                column=column,
                value=row.cells.get(column, ""),
                why=why,
                remedy=remedy,
                cells=row.cells,
            )
        )

    def mend(self, row: Row, column: str, became: str, why: str) -> None:
        """A value of the row was put right, or left out where `became` is empty."""
        self._mended.append(
            Mended(
                file=self.sheet.label,
                row=row.number,
                column=column,
                value=row.cells.get(column, ""),
                became=became,
                why=why,
            )
        )

    def is_rejected(self, row: Row) -> bool:
        """Whether a fault was found in the row."""
        return self._fates.get(row.number) == "rejected"

    @property
    def mended(self) -> tuple[Mended, ...]:
        """What was put right in rows that were loaded."""
        return tuple(m for m in self._mended if self._fates.get(m.row) == "loaded")

    @property
    def rejected(self) -> tuple[Rejection, ...]:
        """Every fault of every rejected row."""
        return tuple(self._rejected)

    @property
    def duplicates(self) -> tuple[Duplicate, ...]:
        """Every row that repeats another."""
        return tuple(
            d for d in self._duplicates if self._fates.get(d.row) == "duplicate"
        )

    def tally(self) -> FileTally:
        """The count of fates.

        Raises:
            ValueError: where a row of the sheet has none: a defect of the door.
        """
        fates = Counter(self._fates.values())
        return FileTally(
            file=self.sheet.label,
            layout=self.layout,
            rows_read=len(self.sheet.rows),
            loaded=fates["loaded"],
            duplicates=fates["duplicate"],
            rejected=fates["rejected"],
        )
