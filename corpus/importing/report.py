"""What became of the rows of imported files: loaded, mended, duplicate or rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

from pydantic import Field, model_validator

from corpus.models import Frozen


class Mended(Frozen):
    """A value that was put right, and why; its row was loaded."""

    file: str
    row: int
    """Number of the row as a spreadsheet shows it: 1 is the very first line."""
    column: str
    value: str
    became: str
    """Empty where the value was left out."""
    why: str


class Rejection(Frozen):
    """One fault for which a row was not loaded; a row may have several."""

    file: str
    row: int
    """Number of the row as a spreadsheet shows it: 1 is the very first line."""
    column: str
    """Empty where the row as a whole is at fault."""
    value: str
    why: str
    remedy: str
    """What would mend it."""
    cells: dict[str, str] = Field(default_factory=dict, exclude=True)
    """The whole row as read, for the file of rejected rows."""


class Duplicate(Frozen):
    """A row that says what another has said already."""

    file: str
    row: int
    """Number of the row as a spreadsheet shows it: 1 is the very first line."""
    repeats: str
    """What it repeats, such as "row 12" or "URN 2590934"."""


class FileTally(Frozen):
    """Rows of one file, or of one sheet of a workbook. No row is lost."""

    file: str
    layout: str
    """What the file was recognised as, such as "provider level, 2025"."""
    rows_read: int
    """Rows below the header that are not blank."""
    loaded: int
    duplicates: int
    rejected: int

    @model_validator(mode="after")
    def _nothing_lost(self) -> Self:
        if self.rows_read != self.loaded + self.duplicates + self.rejected:
            raise ValueError(f"rows of {self.file} are unaccounted for: {self}")
        return self


@dataclass(frozen=True)
class Replaced:
    """Which rows held of one table give way: those with one of `values` in `column`."""

    column: str | None = None
    """A field of the table's row model; None for every row."""
    values: frozenset[str] = frozenset()


EVERY_ROW: Final = Replaced()
"""The whole table gives way."""

Scope = Mapping[str, Replaced]
"""By table name; of a table that is not named, every row held stays."""


@dataclass(frozen=True)
class Imported:
    """Rows read from files, and what became of every row of the files."""

    rows: Mapping[str, Sequence[Frozen]]
    """Row models of each table, by its name in `corpus.dataset.TABLES`."""
    replaces: Scope
    tallies: tuple[FileTally, ...]
    mended: tuple[Mended, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    notes: tuple[str, ...] = ()
    """What else a reader should know: sheets passed over, columns that went unused."""
    as_at: date | None = None
    """The day to which the rows speak; None where the files do not say."""
    attachments: Mapping[str, str] = field(default_factory=dict)
    """Texts to keep beside the report, by file name, such as a proposed mapping."""


class ImportReport(Frozen):
    """What one import did, as it is told and kept."""

    source: str
    tallies: tuple[FileTally, ...]
    mended: tuple[Mended, ...]
    rejected: tuple[Rejection, ...]
    duplicates: tuple[Duplicate, ...] = ()
    notes: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    """One line a difference from the last load of this source; empty for the first."""
    dry_run: bool
    """True where nothing was changed."""
    rejected_file: str | None = None
    """Path of the rejected rows; None where there are none, or on a dry run."""
    attachments: dict[str, str] = Field(default_factory=dict)
    """Texts that came with the import, by file name."""
    kept_files: tuple[str, ...] = ()
    """Paths where those texts were kept; empty on a dry run."""
    tables: dict[str, int] = Field(default_factory=dict)
    """Rows that this import brought to each table."""

    def total(self, name: str) -> int:
        """Sum of one count of the tallies, such as "loaded"."""
        return sum(int(getattr(tally, name)) for tally in self.tallies)
