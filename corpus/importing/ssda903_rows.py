"""Rows of the SSDA903 return's files, checked against their layouts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.importing.cells import Reading, Unreadable, is_blank, read_number
from corpus.importing.ledger import Ledger
from corpus.importing.placing_authority import PlacingAuthority
from corpus.importing.return_cells import (
    read_day,
    read_postcode,
    read_reference,
    read_urn,
)
from corpus.importing.sheets import Row
from corpus.importing.ssda903_layouts import (
    AUTHORITY_COLUMNS,
    Column,
    Layout,
    column_key,
)

Child = tuple[str, str]
"""Who a row is about: the placing authority, and the child's code within it."""

_LABELLED: Final = re.compile(r"([A-Z0-9]{1,6})\s*[-–:(].*[a-z].*")
"""A code with its label behind it: "K2 - Children's home"."""


@dataclass(frozen=True)
class ReturnRow:
    """One row of a return, as far as it is in order."""

    layout: Layout
    ledger: Ledger
    row: Row
    child: Child
    texts: Mapping[str, str]
    """Codes and texts by column; a blank one is absent."""
    dates: Mapping[str, date]
    """Dates by column; a blank one is absent."""
    extras: Mapping[str, str]
    """Cells of columns that are not the return's own, such as PL_DISTANCE."""
    year: int | None = None
    """Year in which the return closes; None where nothing says."""

    @property
    def where(self) -> str:
        """Where it stands, for a report."""
        return f"row {self.row.number} of {self.ledger.sheet.label}"


def read_rows(
    layout: Layout, ledger: Ledger, placing: PlacingAuthority
) -> list[ReturnRow]:
    """The rows of a sheet that can be used; the ledger rejects the others.

    Raises:
        TableError: where nothing says whose rows they are.
    """
    found = (_read_row(row, layout, ledger, placing) for row in ledger.sheet.rows)
    return [row for row in found if row]


def _read_row(
    row: Row, layout: Layout, ledger: Ledger, placing: PlacingAuthority
) -> ReturnRow | None:
    cells = {column_key(name): (name, text) for name, text in row.cells.items()}
    texts: dict[str, str] = {}
    dates: dict[str, date] = {}
    for key, column in layout.columns.items():
        value = _settle(column, *cells.get(key, (key, "")), row, ledger)
        if isinstance(value, date):
            dates[key] = value
        elif value is not None:
            texts[key] = value
    named = next((cells[key][0] for key in AUTHORITY_COLUMNS if key in cells), None)
    authority = placing.of_row(row, named, ledger)
    if ledger.is_rejected(row) or authority is None:
        return None
    extras = {k: text for k, (_, text) in cells.items() if k not in layout.columns}
    child = (authority, texts["CHILD"])
    return ReturnRow(layout, ledger, row, child, texts, dates, extras)


def _settle(
    column: Column, name: str, text: str, row: Row, ledger: Ledger
) -> str | date | None:
    """A cell's value; what is wrong with it goes to the ledger."""
    try:
        reading = _read(column, text) if text else Reading(None)
    except Unreadable as fault:
        if column.needed or column.exact:
            ledger.reject(row, name, fault.why, fault.remedy)
        else:
            ledger.mend(row, name, "", f"{fault.why}; {fault.remedy}")
        return None
    if reading.value is None and column.needed:
        ledger.reject(row, name, "it is blank", "give a value in every row")
    elif reading.note:
        ledger.mend(row, name, str(reading.value), reading.note)
    return reading.value


def _read(column: Column, text: str) -> Reading[str] | Reading[date]:
    if column.kind == "date":
        return _read_past_day(column, text)
    if column.kind == "code":
        return _read_code(column, text)
    if column.kind == "number":
        return _read_number(column, text)
    if text in column.unknown:
        return Reading(None)
    return _PARSERS[column.kind](text)


def _read_past_day(column: Column, text: str) -> Reading[date]:
    reading = read_day(text)
    if reading.value and not column.ahead and reading.value > date.today():
        raise Unreadable("it is in the future", "correct the date")
    return reading


def _read_code(column: Column, text: str) -> Reading[str]:
    """A code, also in lower case, with decimals of 0 or with its label behind it."""
    allowed, older = column.allowed(), column.older
    code = text if text in allowed else older.get(text)
    if code:
        return Reading(code)
    labelled = _LABELLED.fullmatch(text)
    word = labelled[1] if labelled else text.upper().removesuffix(".0")
    code = word if word in allowed else older.get(word)
    if code:
        return Reading(code, f"read as {code}")
    if text in column.unknown or is_blank(text):
        return Reading(None)
    some = ", ".join(allowed[:8]) + (" ..." if len(allowed) > 8 else "")
    raise Unreadable("it is not on the return's code list", f"write one of {some}")


def _read_number(column: Column, text: str) -> Reading[str]:
    number = read_number(text)
    if number.value is None:
        return Reading(None)
    if column.most is not None and number.value > column.most:
        raise Unreadable(f"it is over {column.most}", f"write 0 to {column.most}")
    return Reading(f"{number.value:g}", number.note)


_PARSERS: Final[Mapping[str, Callable[[str], Reading[str]]]] = {
    "urn": read_urn,
    "postcode": read_postcode,
    "text": read_reference,
}
"""By the kind of column; the other kinds have readers of their own."""
