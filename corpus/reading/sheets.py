"""Workbooks to lines: each sheet a section, each row with its columns' names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from corpus.errors import DocumentError, TableError
from corpus.importing.workbooks import Grid, read_workbook
from corpus.reading.lines import Event, Line, Step, paragraph, table_rows
from corpus.reading.refusals import damaged
from corpus.text import clean_text

_UNNAMED: Final = re.compile(r"Sheet ?\d*")
_HEADER_WITHIN: Final = 15
"""Rows among which a sheet's header is looked for, below its titles."""
_FIGURE: Final = re.compile(r"[-+£$€(]*\d[\d,.]*\)?%?|\d{4}-\d\d-\d\d.*")


def read_xlsx(path: Path) -> Iterator[Event]:
    """A workbook's sheets; a row below a header names the column of each cell."""
    try:
        sheets = read_workbook(path)
    except TableError as error:
        if "unpacks to" in error.message:
            raise DocumentError(error.message, error.remedy) from error
        raise damaged(path, "XLSX") from error
    alone = len(sheets) == 1 and _UNNAMED.fullmatch(next(iter(sheets)))
    for number, (name, grid) in enumerate(sheets.items(), 1):
        lines = list(_sheet(grid))
        if lines and not alone:
            yield from paragraph(name, level=1)
        yield from lines
        yield Step(number, len(sheets))


def _sheet(grid: Grid) -> Iterator[Line]:
    rows = [[" ".join(clean_text(cell).split()) for cell in row] for row in grid]
    at = _header_at(rows)
    if at is None:
        yield from table_rows(rows)
        return
    for row in rows[:at]:
        yield from paragraph(" ".join(cell for cell in row if cell))
    columns = " | ".join(cell for cell in rows[at] if cell)
    yield Line(f"Columns: {columns}", blanks=1, whole=True)
    for row in rows[at + 1 :]:
        if text := _with_names(rows[at], row):
            yield Line(text, whole=True)


def _header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of column names: the first with two words or more, and no figures, as
    full as any row after it nearly, above a row of at least two cells; else None."""
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        cells = [cell for cell in row if cell]
        below = rows[at + 1 :]
        fullest = max((sum(map(bool, other)) for other in below), default=0)
        named = len(cells) >= 2 and not any(_FIGURE.fullmatch(c) for c in cells)
        if named and fullest >= 2 and len(cells) >= 0.8 * fullest:
            return at if len(cells) > 2 or _has_columns(below) else None
    return None


def _has_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether two columns are a table and not a form: the second holds figures."""
    seconds = [row[1] for row in rows if len(row) > 1 and row[1]]
    return sum(bool(_FIGURE.fullmatch(cell)) for cell in seconds) > len(seconds) / 2


def _with_names(header: Sequence[str], row: Sequence[str]) -> str:
    """A row as "Home: Oak House | Places: 4"; blank cells are left out."""
    named = [header[at] if at < len(header) else "" for at in range(len(row))]
    return " | ".join(
        f"{name}: {cell}" if name else cell
        for name, cell in zip(named, row, strict=True)
        if cell
    )
