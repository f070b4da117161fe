"""Sheets: the header and rows of a CSV file or workbook, all of it as clean text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Final

from corpus.errors import TableError
from corpus.importing.decoding import decode
from corpus.importing.workbooks import Grid, is_workbook, read_workbook
from corpus.text import clean_text

_DELIMITERS: Final = (",", ";", "\t", "|")
_HEADER_WITHIN: Final = 40
"""Rows among which the header is looked for; published lists have up to five above."""
_LONGEST_CELL: Final = 1_000_000

HeaderTest = Callable[[Sequence[str]], bool]
"""Whether a row's cleaned cells are the header of what a door reads."""


@dataclass(frozen=True)
class Row:
    """One row of data."""

    number: int
    """As a spreadsheet shows it: 1 is the file's first row, titles and header count."""
    cells: dict[str, str]
    """By column name, cleaned and stripped; every column of the sheet is there, and
    cells beyond the named ones stand under `column 33` and the like."""


@dataclass(frozen=True)
class Sheet:
    """One table of a file."""

    file: str
    """The file's name, without its folder."""
    name: str
    """The sheet's name in its workbook; empty for a CSV file."""
    header: tuple[str, ...]
    """Column names: single spaces, no line breaks; a second "Note" is "Note (2)"."""
    rows: tuple[Row, ...]
    """Rows below the header that are not wholly blank."""
    titles: tuple[str, ...] = ()
    """Texts of the rows above the header."""
    header_row: int = 1
    """Number of the header's row, as a spreadsheet shows it."""
    passed_over: tuple[str, ...] = ()
    """The workbook's other sheets, in which no header was found."""
    unnamed: frozenset[str] = frozenset()
    """Of the header, the names given here to columns that hold text but have none."""
    alone: bool = True
    """Whether it is the only sheet of its file that has a header."""

    @property
    def label(self) -> str:
        """The file, and the sheet where the file has several."""
        return self.file if self.alone else f"{self.file} [{self.name}]"


def read_sheets(path: Path, find_header: HeaderTest) -> list[Sheet]:
    """The sheets of a CSV, XLSX or ODS file that have the header looked for.

    The header is the first row for which `find_header` is true. What a file is, its
    encoding and its delimiter are told from its content, not from its name.

    Raises:
        TableError: where the file cannot be read, or no sheet has the header.
    """
    grids = _grids(path, find_header)
    found = {
        name: at
        for name, grid in grids.items()
        if (at := _header_at(grid, find_header)) is not None
    }
    if not found:
        raise TableError(
            f"{path.name!r} has no row with the column names looked for in its first"
            f" {_HEADER_WITHIN} rows.",
            "Check that it is the right file for this source, with its header row.",
        )
    passed_over = tuple(clean_text(name) for name in grids if name not in found)
    return [
        _sheet(path, name, grids[name], at, passed_over, alone=len(found) == 1)
        for name, at in found.items()
    ]


def cleaned(text: str) -> str:
    """A cell or a column name: no control sequences, single spaces, no line breaks."""
    return " ".join(clean_text(text).split())


def _grids(path: Path, find_header: HeaderTest) -> dict[str, Grid]:
    data = _bytes(path)
    if is_workbook(data):
        return read_workbook(path)
    return {"": _read_csv(path, decode(data), find_header)}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TableError(
            f"{str(path)!r} cannot be read: {error.strerror}.",
            "Check the path and the permissions of the file.",
        ) from error


def _read_csv(path: Path, text: str, find_header: HeaderTest) -> Grid:
    """Cells under the delimiter that gives a header, of several the widest."""
    start = "".join(text.splitlines(keepends=True)[: _HEADER_WITHIN * 3])
    best, widest = _DELIMITERS[0], 0
    for delimiter in _DELIMITERS:
        grid = [row for _, row in _records(start, delimiter, strict=False)]
        at = _header_at(grid, find_header)
        if at is not None and len(grid[at]) > widest:
            best, widest = delimiter, len(grid[at])
    return _checked_csv(path, text, best, widest)


def _checked_csv(path: Path, text: str, delimiter: str, width: int) -> Grid:
    grid: Grid = []
    try:
        for number, row in _records(text, delimiter, strict=True):
            if any(_swallowed_rows(cell, delimiter, width) for cell in row):
                raise csv.Error("other rows stand inside one cell")
            grid += [[]] * (number - 1 - len(grid))
            grid.append(row)
    except csv.Error as error:
        raise TableError(
            f"{path.name!r} breaks off at row {len(grid) + 1}: a quotation mark in it"
            f" is not closed ({error}).",
            "Correct the row, or save the file again from a spreadsheet program.",
        ) from error
    return grid


def _records(
    text: str, delimiter: str, *, strict: bool
) -> Iterator[tuple[int, list[str]]]:
    """Rows of CSV text, numbered as a spreadsheet does."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=strict
    )
    return enumerate(reader, start=1)


def _swallowed_rows(cell: str, delimiter: str, width: int) -> bool:
    """Whether an unclosed quotation mark has made one cell of whole rows."""
    if "\n" not in cell or width < 4:
        return False
    return any(line.count(delimiter) >= width - 2 for line in cell.splitlines())


def _header_at(grid: Grid, find_header: HeaderTest) -> int | None:
    for index, row in enumerate(grid[:_HEADER_WITHIN]):
        if find_header([cleaned(cell) for cell in row]):
            return index
    return None


def _sheet(
    path: Path,
    name: str,
    grid: Grid,
    at: int,
    passed_over: tuple[str, ...],
    *,
    alone: bool,
) -> Sheet:
    names = _column_names(grid, at)
    rows = []
    for index, row in enumerate(grid[at + 1 :], start=at + 2):
        texts = [clean_text(cell).strip() for cell in row]
        if any(texts):
            cells = {
                key: texts[i] if i < len(texts) else "" for i, key in names.items()
            }
            rows.append(Row(index, cells))
    return Sheet(
        file=cleaned(path.name),
        name=cleaned(name),
        header=tuple(names.values()),
        rows=tuple(rows),
        titles=_titles(grid[:at]),
        header_row=at + 1,
        unnamed=frozenset(
            key for i, key in names.items() if not cleaned("".join(grid[at][i : i + 1]))
        ),
        passed_over=passed_over,
        alone=alone,
    )


def _titles(grid: Grid) -> tuple[str, ...]:
    return tuple(text for row in grid for cell in row if (text := cleaned(cell)))


def _column_names(grid: Grid, at: int) -> dict[int, str]:
    """Names by position; a column without name or content is left out."""
    header = [cleaned(cell) for cell in grid[at]]
    width = max((len(row) for row in grid[at:]), default=0)
    filled = {i for row in grid[at + 1 :] for i, cell in enumerate(row) if cell.strip()}
    names: dict[int, str] = {}
    for index in range(width):
        given = header[index] if index < len(header) else ""
        if given or index in filled:
            names[index] = _unique(given or f"column {index + 1}", names.values())
    return names


def _unique(name: str, taken: Collection[str]) -> str:
    """The name, or the first of "name (2)", "name (3)" that is free."""
    numbered = (f"{name} ({number})" for number in count(2))
    return next(free for free in chain([name], numbered) if free not in taken)
