"""Where a council's sheet begins and ends: its header row, its totals, its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Final

from corpus.errors import TableError
from corpus.importing.cells import Unreadable, is_blank
from corpus.importing.dates import read_date
from corpus.importing.mapped.fields import SheetKind, fields_of
from corpus.importing.mapped.headers import REPEATED, header_fit
from corpus.importing.mapped.mapping import SheetMapping, mapping_for
from corpus.importing.sheets import Row, Sheet, read_sheets
from corpus.text import comparable_name

_KNOWN_HEADER: Final = 0.75
_MOST_GAPS: Final = 0.25
"""Share of blank cells between the first and the last of a header row; the row of
merged headings above one has more."""
_LONGEST_HEADER: Final = 80
_TOTAL: Final = re.compile(
    r"(?:grand |sub ?|overall |running )?totals?(?: (?:placements?|children|costs?"
    r"|referrals?|settings?|homes?|places|beds|weekly.*|for .*|of .*|[0-9]+))?"
    r"|(?:average|mean|sum)(?: .*)?"
)
_AS_AT: Final = re.compile(r"\bas (?:at|of|on)\b:?\s*(.{6,30})$", re.I)


def read_own_sheets(path: Path, mappings: Sequence[SheetMapping]) -> list[Sheet]:
    """The sheets of a council's own file, whatever their headers.

    The header is the first row with two headers that are known, else the first of
    nothing but words; where no mapping fits that, the first with a mapping's columns.

    Raises:
        TableError: where the file cannot be read, or has no such row.
    """
    by_mapping = partial(_has_columns_of_one, mappings=mappings)
    for test in (has_known_headers, is_all_words, by_mapping):
        try:
            sheets = read_sheets(path, test)
        except TableError:
            continue
        if not mappings or any(mapping_for(sheet, mappings) for sheet in sheets):
            return sheets
    return read_sheets(path, is_all_words)


def _has_columns_of_one(row: Sequence[str], mappings: Sequence[SheetMapping]) -> bool:
    return any(_has_columns(row, mapping) for mapping in mappings)


def _has_columns(row: Sequence[str], mapping: SheetMapping) -> bool:
    """Whether a row has every column of a mapping, repeated ones under their names."""
    wanted = {REPEATED.sub("", column) for column in mapping.used}
    return bool(wanted) and wanted <= set(row) and len(list(filter(None, row))) >= 2


def has_known_headers(row: Sequence[str]) -> bool:
    """Whether a row bears two known headers, and has few gaps."""
    return not _gaps(row) and sum(map(_is_known, filter(None, row))) >= 2


def is_all_words(row: Sequence[str]) -> bool:
    """Whether a row has two or more cells, all different and none of them a value."""
    cells = [cell for cell in row if cell]
    words = all(
        len(cell) <= _LONGEST_HEADER and re.search(r"[^\W\d]|£", cell) for cell in cells
    )
    return len(cells) >= 2 and words and not _gaps(row) and not any(map(_dated, cells))


def _gaps(row: Sequence[str]) -> bool:
    filled = [index for index, cell in enumerate(row) if cell]
    if not filled:
        return True
    span = filled[-1] - filled[0] + 1
    return (span - len(filled)) / span >= _MOST_GAPS


def _dated(cell: str) -> bool:
    try:
        return read_date(cell).value is not None
    except Unreadable:
        return False


@cache
def _is_known(header: str) -> bool:
    if len(header) > _LONGEST_HEADER:
        return False
    return any(
        header_fit(header, field.headers) >= _KNOWN_HEADER
        for kind in SheetKind
        for field in fields_of(kind).values()
    )


def is_total(row: Row, mapping: SheetMapping) -> bool:
    """Whether a row sums up others: it says so, and lacks a key field of its kind."""
    marks = {
        column
        for column, text in row.cells.items()
        if _TOTAL.fullmatch(comparable_name(text))
    }
    if not marks or mapping.kind is None:
        return False
    keys = [name for name, field in fields_of(mapping.kind).items() if field.key]
    columns = [mapping.columns[name] for name in keys if name in mapping.columns]
    return any(name in marks or is_blank(row.cells[name]) for name in columns)


def is_header_again(row: Row) -> bool:
    """Whether a row repeats the header, as at the top of a printed page."""
    filled = {column: text for column, text in row.cells.items() if text}
    same = sum(" ".join(text.split()) == column for column, text in filled.items())
    return len(filled) >= 2 and same == len(filled)


def day_in_titles(sheet: Sheet) -> date | None:
    """The day to which a sheet says, above its header, that it speaks."""
    for title in (*sheet.titles, sheet.name):
        match = _AS_AT.search(title)
        if match is None:
            continue
        try:
            return read_date(match[1].rstrip(" .)")).value
        except Unreadable:
            continue
    return None
