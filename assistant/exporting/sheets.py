"""Tables as CSV and Excel, in which no cell can become a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from corpus.errors import UsageError
from corpus.models import Table
from corpus.text import clean_text

Cell = str | int | float | bool | None

_FORMULA: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "|",
    "%",
    "＝",
    "＋",
    "－",
    "＠",
)
"""What a spreadsheet may take for the start of a formula or a command."""
_LONGEST_NAME: Final = 31
"""Characters of an Excel sheet's name."""


def write_csv(table: Table, path: Path) -> None:
    """One table, its columns first, in UTF-8 that Excel recognises.

    Raises:
        UsageError: where the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([safe(column) for column in table.columns])
            writer.writerows([[safe(cell) for cell in row] for row in table.rows])
    except OSError as error:
        raise _unwritable(path, error) from error


def write_workbook(tables: Sequence[Table], path: Path) -> None:
    """One sheet a table, headings bold and frozen, numbers as numbers.

    Raises:
        UsageError: where there is no table, or the file cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    if not tables:
        raise UsageError("There is no table to write.", "Ask for a list first.")
    book = Workbook()
    book.remove(book.active)
    for name, table in zip(_names(tables), tables, strict=True):
        sheet = book.create_sheet(name)
        for at, row in enumerate([table.columns, *table.rows], start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(at, column)
                cell.value = clean_text(value) if isinstance(value, str) else value
                if isinstance(value, str):
                    cell.data_type = "s"  # text, whatever it begins with
                    cell.quotePrefix = value.startswith(_FORMULA)
                if at == 1:
                    cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    try:
        book.save(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet will run: text like a formula gets an apostrophe."""
    if isinstance(cell, str):
        text = clean_text(cell)
        return f"'{text}" if text.startswith(_FORMULA) else text
    return cell


def _names(tables: Iterable[Table]) -> list[str]:
    """Names that Excel accepts, each once."""
    names: list[str] = []
    for number, table in enumerate(tables, start=1):
        kept = "".join(c for c in clean_text(table.title) if c not in "[]:*?/\\'")
        name = " ".join(kept.split())[:_LONGEST_NAME].strip() or f"Table {number}"
        if name.casefold() in {held.casefold() for held in names}:
            name = f"{name[: _LONGEST_NAME - 4]} {number}"
        names.append(name)
    return names


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"{str(path)!r} cannot be written: {error.strerror or error}.",
        "Choose another file.",
    )
