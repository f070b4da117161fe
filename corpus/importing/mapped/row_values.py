"""One row read through a mapping: values by field, and what could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from corpus.codes import Need
from corpus.geography import Place
from corpus.importing.cells import Reading, Unreadable, is_blank, read_yes_no
from corpus.importing.dates import fits_both_orders, month_first_only, read_date
from corpus.importing.mapped.cell_kinds import CellParser, CellReader, StatedPlace
from corpus.importing.mapped.fields import CellKind, fields_of
from corpus.importing.mapped.mapping import SheetMapping
from corpus.importing.sheets import Row, Sheet
from corpus.text import comparable_name

T = TypeVar("T")

_RISK_LEVELS = {
    "no known": False,
    "no known risk": False,
    "low": True,
    "low risk": True,
    "medium": True,
    "medium risk": True,
    "high": True,
    "high risk": True,
}


class RowFault(Exception):
    """Why a row cannot be loaded, by the field that is at fault."""

    def __init__(self, field: str, why: str, remedy: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why
        self.remedy = remedy


class RowValues:
    """What one row says."""

    def __init__(self, row: Row, columns: Mapping[str, str]) -> None:
        self.row = row
        self._columns = columns
        self.values: dict[str, Any] = {}
        self.unread: dict[str, Unreadable] = {}
        """Cells that mean nothing, by field."""
        self.mended: list[tuple[str, str, str]] = []
        """Column, what the value became and why."""
        self.needs: set[Need] = set()

    def column(self, field: str) -> str:
        """The column that a field is read from; empty for none."""
        return self._columns.get(field, "")

    def get(self, field: str, kind: type[T]) -> T | None:
        """The value of a field; None where it is blank, absent or unreadable."""
        value = self.values.get(field)
        assert value is None or isinstance(value, kind), field
        return value

    def require(self, field: str, kind: type[T]) -> T:
        """The value of a field that a row cannot do without.

        Raises:
            RowFault: where there is none.
        """
        value = self.get(field, kind)
        if value is not None:
            return value
        if field in self.unread:
            raise RowFault(field, self.unread[field].why, self.unread[field].remedy)
        if self.column(field):
            raise RowFault(field, f"no {_words(field)} is given", "fill the cell in")
        raise RowFault(
            field,
            f"no column was found for the {_words(field)}",
            f"name it in the mapping: {field} under [sheet.columns], or one value for"
            " every row under [sheet.constants]",
        )

    def note(self, field: str, became: object, why: str) -> None:
        """Say what was made of a field."""
        self.mended.append((self.column(field), shown(became), why))

    def sorted_needs(self) -> tuple[Need, ...]:
        """All needs that the row names, in the order of `Need`."""
        listed = self.get("needs", tuple) or ()
        return tuple(need for need in Need if need in self.needs or need in listed)


class RowReader:
    """Reads the rows of one sheet by its mapping."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping, cells: CellReader) -> None:
        assert mapping.kind is not None
        self._mapping = mapping
        self._fields = fields_of(mapping.kind)
        self._parsers = {
            name: cells.parser(
                each.cell, mapping.date_order, mapping.periods.get(name, "week")
            )
            for name, each in self._fields.items()
        }
        self.in_doubt = self._dates_in_doubt(sheet)
        """Date columns that look written month first, with one such date."""

    def _dates_in_doubt(self, sheet: Sheet) -> dict[str, str]:
        if self._mapping.date_order == "month_first":
            return {}
        found = {}
        for field, column in self._mapping.columns.items():
            if self._fields[field].cell is CellKind.DATE:
                texts = [row.cells[column] for row in sheet.rows]
                month_first = month_first_only(texts)
                if len(month_first) > sum(map(_day_first_only, texts)):
                    found[field] = month_first[0]
        return found

    def read(self, row: Row) -> RowValues:
        """The row's values.

        Raises:
            RowFault: for a cell that must not be left out and cannot be read.
        """
        values = RowValues(row, self._mapping.columns)
        for field, text in self._mapping.constants.items():
            self._take(values, field, text, self._parsers[field])
        for field, column in self._mapping.columns.items():
            parser = self._parsers[field]
            self._take(
                values, field, row.cells[column], self._undoubting(field, parser)
            )
        for column, need in self._mapping.needs.items():
            self._flag(values, column, need)
        return values

    def _take(
        self, values: RowValues, field: str, text: str, parse: CellParser
    ) -> None:
        try:
            reading = parse(text)
        except Unreadable as fault:
            if self._fields[field].strict:
                raise RowFault(field, fault.why, fault.remedy) from fault
            values.unread[field] = fault
            return
        if reading.value is not None:
            values.values[field] = reading.value
        if reading.note and field in self._mapping.columns:
            values.note(field, reading.value, reading.note)

    def _undoubting(self, field: str, parse: CellParser) -> CellParser:
        """The parser, but for dates that may be month first, since others are."""
        if field not in self.in_doubt:
            return parse

        def read(text: str) -> Reading[Any]:
            if fits_both_orders(text):
                raise Unreadable(
                    f"it is in doubt: {self.in_doubt[field]!r} in this column is"
                    " written month first",
                    'set date_order = "month_first" in the mapping if all are, or'
                    " write dates as 2023-04-01",
                )
            return parse(text)

        return read

    def _flag(self, values: RowValues, column: str, need: Need) -> None:
        text = values.row.cells[column]
        try:
            present = _read_flag(text)
        except Unreadable as fault:
            values.mended.append((column, "", f"{fault.why}; {fault.remedy}"))
            return
        values.needs |= {need} if present else set()


def _day_first_only(text: str) -> bool:
    """Whether a date can only be read day first, ISO and words apart."""
    try:
        reading = read_date(text)
    except Unreadable:
        return False
    return reading.note == "read day first" and not fits_both_orders(text)


def _read_flag(text: str) -> bool:
    """Whether a need is there: yes or no, a count or score above 0, a level of risk."""
    word = comparable_name(text)
    if word in _RISK_LEVELS:
        return _RISK_LEVELS[word]
    if text.strip().isdigit() and len(text) < 10:
        return int(text) > 0
    return bool(read_yes_no(text).value) if not is_blank(text) else False


def stable_id(prefix: str, *parts: object) -> str:
    """An identifier that the same content always gets."""
    text = "\x1f".join(shown(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def shown(value: object) -> str:
    """A value as a report shows it; empty for None."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, tuple):
        return ", ".join(shown(item) for item in value)
    if isinstance(value, Place):
        return value.name
    if isinstance(value, StatedPlace):
        return shown(value.placement_type or value.place_code)
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value.value) if isinstance(value, StrEnum) else str(value)


def age_between(born: date, day: date) -> int:
    """Whole years from one day to another; below 0 where it is earlier."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _words(field: str) -> str:
    return field.replace("_", " ")
