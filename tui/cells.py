"""Table cells as words, rows in order, and a few rows as aligned lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from rich.cells import cell_len, set_cell_size

from corpus.models import Table

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

GAP = 2
WIDEST_FIRST = 28
"""Cells of the first column, which says what a row is."""
WIDEST = 14
"""Cells of the others, so that there is room for several."""
NARROWEST = 6
YEARS = range(1990, 2100)


def cell_text(cell: Cell) -> str:
    """A cell on one line: a dash for nothing, yes and no, figures with their commas.

    A whole number that could be a year keeps its digits together.
    """
    match cell:
        case None:
            return "–"
        case bool():
            return "yes" if cell else "no"
        case int():
            return str(cell) if cell in YEARS else f"{cell:,}"
        case float():
            return f"{cell:,.2f}".rstrip("0").removesuffix(".")
        case _:
            return " ".join(cell.split())


def is_number(cell: Cell) -> bool:
    """Whether it belongs on the right of its column."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def numeric_columns(table: Table) -> list[bool]:
    """For each column, whether all that is in it is numbers, and there are some."""
    columns = [
        [row[i] for row in table.rows if row[i] is not None]
        for i in range(len(table.columns))
    ]
    return [bool(column) and all(map(is_number, column)) for column in columns]


def sorted_rows(rows: Sequence[Row], column: int, descending: bool) -> list[Row]:
    """Rows by one column, numbers before words, empty cells last either way."""
    filled = [row for row in rows if row[column] is not None]
    empty = [row for row in rows if row[column] is None]

    def key(row: Row) -> tuple[bool, float, str]:
        cell = row[column]
        if isinstance(cell, int | float):
            return (False, float(cell), "")
        return (True, 0.0, str(cell).casefold())

    return sorted(filled, key=key, reverse=descending) + empty


def count_line(table: Table, shown: int | None = None) -> str:
    """How much of the table there is to see: "40 of 512 rows"."""
    shown = len(table.rows) if shown is None else shown
    if shown == table.total_rows:
        return "1 row" if shown == 1 else f"{shown:,} rows"
    return f"{shown:,} of {table.total_rows:,} rows"


def preview_lines(table: Table, width: int, rows: int = 5) -> list[str]:
    """The header and the first rows, each at most `width` terminal cells wide.

    Columns that do not fit are left out from the right; the last that is kept may
    be cut short, with an ellipsis.
    """
    shown = [tuple(cell_text(cell) for cell in row) for row in table.rows[:rows]]
    grid = [tuple(" ".join(name.split()) for name in table.columns), *shown]
    columns = zip(*grid, strict=True)
    widths = _fitting([_wanted(i, column) for i, column in enumerate(columns)], width)
    numeric = numeric_columns(table)
    return [_line(line, widths, numeric) for line in grid]


def _wanted(position: int, column: Sequence[str]) -> int:
    most = WIDEST if position else WIDEST_FIRST
    return min(most, max(cell_len(text) for text in column))


def _fitting(wanted: list[int], width: int) -> list[int]:
    """Widths of the columns that fit, the last of them perhaps narrowed."""
    ends = list(accumulate(wanted, lambda end, column: end + GAP + column))
    kept = [w for w, end in zip(wanted, ends, strict=True) if end <= width]
    used = sum(kept) + GAP * len(kept)
    if len(kept) < len(wanted) and (width - used >= NARROWEST or not kept):
        kept.append(max(1, min(width - used, wanted[len(kept)])))
    return kept


def _line(texts: Sequence[str], widths: list[int], numeric: list[bool]) -> str:
    cells = [
        fitted(text, width, right)
        for text, width, right in zip(texts, widths, numeric, strict=False)
    ]
    return (" " * GAP).join(cells).rstrip()


def fitted(text: str, width: int, right: bool = False) -> str:
    """A text in exactly `width` terminal cells, padded or cut with an ellipsis."""
    if (length := cell_len(text)) > width:
        return set_cell_size(text, width - 1) + "…"
    padding = " " * (width - length)
    return padding + text if right else text + padding
