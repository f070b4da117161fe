"""Dates as people type them: day first, ISO, in words, or a spreadsheet's serials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Literal

from corpus.importing.cells import Reading, Unreadable, is_blank

DateOrder = Literal["day_first", "month_first"]

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LONG_MONTHS: Final = (
    "january february march april may june july august september october november"
    " december"
).split()
_SERIAL_ORIGIN: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial dates from March 1900 on (its 1900 date system)."""
_SERIALS: Final = range(21916, 73051)
"""Serials that are read as dates: 1960 to 2099; other numbers are not dates."""
_PIVOT: Final = 69
"""Two-digit years from here on are of the 1900s (POSIX strptime, %y)."""
_TIME: Final = (
    r"(?:[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:[ap]m|Z)?)?"
)
_DAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_ISO: Final = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}")
_COMPACT: Final = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_NUMERIC: Final = re.compile(
    rf"([0-9]{{1,2}})\s*([-/.])\s*([0-9]{{1,2}})\s*\2\s*([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_WORDED: Final = re.compile(
    rf"{_DAY}([0-9]{{1,2}})(?:st|nd|rd|th)?[-\s/.]*(?:of\s+)?([a-z]+)\.?,?[-\s/.]*"
    rf"([0-9]{{4}}|[0-9]{{2}}){_TIME}",
    re.I,
)
_MONTH_THEN_DAY: Final = re.compile(
    rf"{_DAY}([a-z]+)\.?\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([0-9]{{4}}){_TIME}", re.I
)
_SERIAL: Final = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_REMEDY: Final = "write it as year-month-day, such as 2023-04-01"


def read_date(text: str, order: DateOrder = "day_first") -> Reading[date]:
    """A date, day first unless `order` says otherwise; the time of day is dropped.

    The note is empty for ISO alone, so that a caller can say which form it met.

    Raises:
        Unreadable: for no date, an impossible one, or one without its day or year.
    """
    stripped = text.strip()
    if is_blank(stripped):
        return Reading(None)
    if match := _ISO.fullmatch(stripped):
        plain = bool(re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", stripped))
        note = "" if plain else "read as year, month, day"
        return Reading(_date(*map(int, match.groups())), note)
    if match := _NUMERIC.fullmatch(stripped):
        return _numeric(match, order)
    return _worded(stripped) or _counted(stripped)


def _numeric(match: re.Match[str], order: DateOrder) -> Reading[date]:
    first, second, year = int(match[1]), int(match[3]), _year(match[4])
    day, month = (first, second) if order == "day_first" else (second, first)
    if month > 12 and day <= 12:
        words = order.replace("_", " ")
        raise Unreadable(f"read {words} there is no month {month}", _REMEDY)
    return Reading(_date(year, month, day), f"read {order.replace('_', ' ')}")


def _worded(text: str) -> Reading[date] | None:
    """A date with its month in words; None where there is none."""
    if match := _WORDED.fullmatch(text):
        day, month, year = match[1], match[2], match[3]
    elif match := _MONTH_THEN_DAY.fullmatch(text):
        month, day, year = match[1], match[2], match[3]
    else:
        return None
    return Reading(_date(_year(year), _month(month), int(day)), "read from words")


def _counted(text: str) -> Reading[date]:
    """A date in one number: 20230401, or the serial of a spreadsheet."""
    if match := _COMPACT.fullmatch(text):
        day = _date(int(match[1]), int(match[2]), int(match[3]))
        return Reading(day, "read as year, month, day")
    match = _SERIAL.fullmatch(text)
    if match is None or int(match[1]) not in _SERIALS:
        raise Unreadable("it is not a whole date", _REMEDY)
    day = _SERIAL_ORIGIN + timedelta(days=int(match[1]))
    return Reading(day, "read as a spreadsheet's serial date")


def _month(word: str) -> int:
    known = word.casefold()
    if known in _LONG_MONTHS:
        return _LONG_MONTHS.index(known) + 1
    if known in _MONTHS or known == "sept":
        return _MONTHS.index(known[:3]) + 1
    raise Unreadable(f"{word!r} is not a month", _REMEDY)


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= _PIVOT else 2000)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable("there is no such day", _REMEDY) from error


def month_first_only(texts: Iterable[str]) -> tuple[str, ...]:
    """Of a column's cells, the dates that can only be read month first: "04/25/2023".

    Where there is one, others of the column that fit both orders are in doubt.
    """
    return tuple(text for text in texts if _fits(text) == "month_first")


def fits_both_orders(text: str) -> bool:
    """Whether a date means one day read day first and another read month first."""
    return _fits(text) == "both"


def _fits(text: str) -> DateOrder | Literal["both"] | None:
    match = _NUMERIC.fullmatch(text.strip())
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if first <= 12 and second <= 12 and first != second:
        return "both"
    if first <= 12 < second <= 31:
        return "month_first"
    return "day_first" if second <= 12 < first <= 31 else None
