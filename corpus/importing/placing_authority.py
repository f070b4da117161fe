"""Whose rows they are: the placing authority of each row of a file."""

from __future__ import annotations

from functools import cache

from corpus.errors import TableError, UnknownPlace
from corpus.geography import Gazetteer
from corpus.importing.cells import Reading, Unreadable
from corpus.importing.context import ImportOptions
from corpus.importing.ledger import Ledger
from corpus.importing.sheets import Row
from corpus.importing.terms import read_authority


class PlacingAuthority:
    """The placing authority of a row: from its column, else as the caller said."""

    def __init__(self, options: ImportOptions) -> None:
        """Look up the caller's authority.

        Raises:
            TableError: where that name is not an authority's.
        """
        self.named = _named(options)
        self._read = cache(lambda text: _look_up(text, options.gazetteer))

    def of_row(self, row: Row, column: str | None, ledger: Ledger) -> str | None:
        """Usual name of the authority; None for a row that is rejected for it.

        Args:
            column: that names the authority; None where the sheet has none.

        Raises:
            TableError: where neither a column nor the caller names it.
        """
        if column is None and self.named is None:
            raise TableError(
                f"{ledger.sheet.label!r} does not say which authority places these"
                " children.",
                "Say so: --local-authority NAME.",
            )
        text = row.cells[column] if column else ""
        if column is None or (not text and self.named):
            return self.named
        return self._of_cell(text, row, column, ledger)

    def _of_cell(self, text: str, row: Row, column: str, ledger: Ledger) -> str | None:
        found = self._read(text)
        if isinstance(found, Unreadable):
            ledger.reject(row, column, found.why, found.remedy)
            return None
        if found.value is None:
            ledger.reject(row, column, "it is blank", "name the placing authority")
            return None
        if self.named and found.value != self.named:
            ledger.reject(
                row,
                column,
                f"the row is {found.value}'s, not {self.named}'s",
                "import it without --local-authority, or with its own",
            )
            return None
        if found.value != text:
            ledger.mend(row, column, found.value, found.note or "usual name")
        return found.value


def _named(options: ImportOptions) -> str | None:
    if options.local_authority is None:
        return None
    try:
        return options.gazetteer.authority(options.local_authority).name
    except UnknownPlace as error:
        raise TableError(error.message, error.remedy) from error


def _look_up(text: str, gazetteer: Gazetteer) -> Reading[str] | Unreadable:
    try:
        return read_authority(text, gazetteer)
    except Unreadable as fault:
        return fault
