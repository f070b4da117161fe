"""Cells of one census sheet: values, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from corpus.importing.cells import Reading, Unreadable, read_choice
from corpus.importing.ledger import Ledger
from corpus.importing.pnw_census_layout import Field
from corpus.importing.sheets import Row

T = TypeVar("T")


@dataclass(frozen=True)
class CensusCells:
    """Reads cells by what they say; what is wrong with one goes to the ledger."""

    ledger: Ledger
    columns: Mapping[Field, str]
    """The sheet's own name of each column that it has."""

    def text(self, row: Row, field: Field) -> str:
        """A cell's text; empty where the sheet has no such column."""
        name = self.columns.get(field)
        return row.cells[name] if name else ""

    def choice(self, row: Row, field: Field, choices: Mapping[str, T]) -> T | None:
        """One of a closed set of answers; one that is none of them is left out."""
        return self.value(row, field, lambda text: read_choice(text, choices))

    def value(
        self, row: Row, field: Field, read: Callable[[str], Reading[T]]
    ) -> T | None:
        """A value; one that cannot be read is left out and told."""
        try:
            reading = read(self.text(row, field))
        except Unreadable as fault:
            self.mend(row, field, "", f"{fault.why}; {fault.remedy}")
            return None
        if reading.note:
            self.mend(row, field, str(reading.value), reading.note)
        return reading.value

    def needed(
        self, row: Row, field: Field, read: Callable[[str], Reading[T]]
    ) -> T | None:
        """A value; a row without one that can be read is rejected."""
        try:
            reading = read(self.text(row, field))
        except Unreadable as fault:
            self.reject(row, field, fault.why, fault.remedy)
            return None
        if reading.value is None:
            self.reject(row, field, "it is blank", "give a value in every row")
        elif reading.note:
            self.mend(row, field, str(reading.value), reading.note)
        return reading.value

    def mend(self, row: Row, field: Field, became: str, why: str) -> None:
        """Tell that a cell was put right, or left out where `became` is empty."""
        self.ledger.mend(row, self.columns[field], became, why)

    def reject(self, row: Row, field: Field, why: str, remedy: str) -> None:
        """Reject the row for one of its cells."""
        self.ledger.reject(row, self.columns[field], why, remedy)
