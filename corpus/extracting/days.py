"""Days as they stand in running text, and the day by which something is to be done."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from corpus.extracting.numbers import NUMBER, read_number
from corpus.importing.cells import Unreadable
from corpus.importing.dates import read_date

_MONTHS: Final = (
    "January February March April May June July August September October November"
    " December"
).split()
_MONTH: Final = (
    "(?:"
    + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in _MONTHS if m != "May")
    + "|May|Sept)"
)
_WEEKDAY: Final = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?(?:the\s+)?"
_NTH: Final = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_FORMS: Final = (
    re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
    re.compile(r"(?<![\d/.])\d{1,2}([/.-])\d{1,2}\1(?:20)?\d{2}(?![\d/])"),
    re.compile(
        rf"\b{_WEEKDAY}{_NTH}[\s-]+(?:of\s+)?(?P<m>{_MONTH})\b\.?"
        r"(?:,?[\s-]+(?P<y>20\d{2}|\d{2}(?![\d:.]))|,?\s*['’](?P<yy>\d{2}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<m>{_MONTH})\s+{_NTH}(?:,?\s+(?P<y>20\d{{2}}))\b", re.IGNORECASE
    ),
)
_END_OF: Final = re.compile(
    rf"\b(?:(?:the\s+)?end\s+of\s+)?(?P<m>{_MONTH})(?:\s+(?P<y>20\d{{2}}))?\b",
    re.IGNORECASE,
)
_FINANCIAL: Final = re.compile(r"\b(20\d{2})\s*[/–-]\s*(?:20)?(\d{2})\b")
_QUARTER: Final = re.compile(
    r"\b(?:Q([1-4])|quarter\s+([1-4]|one|two|three|four))\b(?:\s+of)?", re.IGNORECASE
)
_SEASONS: Final = {"spring": 5, "summer": 8, "autumn": 11}
"""Last month of each season, as weather offices count them (winter spans two years)."""
_SEASON: Final = re.compile(r"\b(spring|summer|autumn)\s+(?:of\s+)?(20\d{2})\b", re.I)
_YEAR: Final = re.compile(r"\b(20\d{2})\b(?!\s*[/–-]\s*\d)")
_DUE: Final = (
    r"(?:by(?:\s+when)?|before|no\s+later\s+than|not\s+later\s+than|until|due(?:\s+(?:on|by))?"
    r"|deadline|target(?:\s+date)?|timescale|complete(?:d)?\s+by|to\s+be\s+done\s+by)"
)
_DUE_BEFORE: Final = re.compile(
    rf"\b{_DUE}\b\s*[:|–-]?\s*(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE
)
_WITHIN: Final = re.compile(
    rf"\b(?:within|in\s+the\s+next|timescale:?)\s+(?:the\s+next\s+)?({NUMBER})\s+"
    r"(?:working\s+)?(day|week|month)s?\b",
    re.IGNORECASE,
)
_WORKING: Final = re.compile(r"working\s+day", re.IGNORECASE)


@dataclass(frozen=True)
class Day:
    """A day found in a text."""

    start: int
    end: int
    day: date


def find_days(text: str, near: date | None = None) -> tuple[Day, ...]:
    """Every whole day in `text`, in order; day first, whatever the separators.

    A day without its year is the one nearest to `near`, and left out where that is
    None.
    """
    found = [
        day for form in _FORMS for m in form.finditer(text) if (day := _day(m, near))
    ]
    found.sort(key=lambda day: (day.start, -day.end))
    kept: list[Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(kept)


def _day(match: re.Match[str], near: date | None) -> Day | None:
    parts = match.groupdict()
    text = re.sub(r"\bthe\s+", "", match[0], flags=re.IGNORECASE).replace("’", "'")
    text = re.sub(r"['’](\d\d)$", r"20\1", text)
    try:
        if "d" in parts and not (parts.get("y") or parts.get("yy")):
            found = _nearest(int(parts["d"]), _month_number(parts["m"]), near)
        else:
            found = read_date(text).value
    except (Unreadable, ValueError):
        return None
    return Day(match.start(), match.end(), found) if found else None


def _nearest(day: int, month: int, near: date | None) -> date | None:
    if near is None:
        return None
    years = (near.year - 1, near.year, near.year + 1)
    possible = [date(year, month, day) for year in years if _exists(year, month, day)]
    return min(possible, key=lambda day: abs(day - near), default=None)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= monthrange(year, month)[1]


def _month_number(name: str) -> int:
    return [month[:3].casefold() for month in _MONTHS].index(name[:3].casefold()) + 1


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def deadline(text: str, since: date | None) -> date | None:
    """The day by which `text` asks for something; None where it names none.

    A month is its last day. A day without its year, and "within two weeks", count from
    `since`, the day of the visit; five working days are a week.
    """
    days = find_days(text, since)
    due = [d for d in days if _DUE_BEFORE.search(text[: d.start])] or [
        d for d in days if not text[d.end :].strip(" .)]|*_;")
    ]
    if due:
        return due[-1].day
    return _due_month(text, since) or _within(text, since)


def _due_month(text: str, since: date | None) -> date | None:
    for match in _END_OF.finditer(text):
        worded = match[0].casefold().startswith(("end", "the end"))
        if not worded and not _DUE_BEFORE.search(text[: match.start()]):
            continue
        month = _month_number(match["m"])
        if match["y"]:
            return _last_day(int(match["y"]), month)
        if since:
            return _last_day(since.year + (month < since.month), month)
    ends = re.search(
        r"\bby\s+(?:the\s+)?(?:end\s+of\s+(?:the|this)\s+)?month[’']?s?(?:\s+end)?\b",
        text,
        re.I,
    )
    return _last_day(since.year, since.month) if ends and since else None


def _within(text: str, since: date | None) -> date | None:
    match = _WITHIN.search(text)
    count = read_number(match[1]) if match else None
    if match is None or count is None or since is None:
        return None
    unit = match[2].casefold()
    if unit == "month":
        month = since.month - 1 + count
        year, month = since.year + month // 12, month % 12 + 1
        return date(year, month, min(since.day, monthrange(year, month)[1]))
    if _WORKING.search(match[0]):
        return since + timedelta(days=count // 5 * 7 + count % 5)
    return since + timedelta(days=count * (7 if unit == "week" else 1))


def period_end(text: str) -> date | None:
    """The last day of the day, month, season, quarter or year that `text` names last.

    Years such as 2026/27 are financial years, which end on 31 March. A span from one
    year to another ("2026 to 2029") ends with the later.
    """
    ends = [(d.start, d.day) for d in find_days(text)]
    ends += list(_month_ends(text)) + list(_financial_ends(text))
    ends += [
        (m.start(), _last_day(int(m[2]), _SEASONS[m[1].casefold()]))
        for m in _SEASON.finditer(text)
    ]
    if not ends:
        ends = [(m.start(), date(int(m[1]), 12, 31)) for m in _YEAR.finditer(text)]
    return max(ends)[1] if ends else None


def _month_ends(text: str) -> Iterator[tuple[int, date]]:
    for match in _END_OF.finditer(text):
        if match["y"]:
            yield match.start(), _last_day(int(match["y"]), _month_number(match["m"]))


def _financial_ends(text: str) -> Iterator[tuple[int, date]]:
    """Ends of financial years, or of the quarter named in front of one."""
    for match in _FINANCIAL.finditer(text):
        first, second = int(match[1]), int(match[2])
        if second != (first + 1) % 100:
            continue
        quarters = list(_QUARTER.finditer(text[: match.start()]))
        near = quarters and match.start() - quarters[-1].end() < 5
        quarter = read_number(quarters[-1][1] or quarters[-1][2]) if near else None
        if quarter in (1, 2, 3):
            yield match.start(), _last_day(first, 3 + 3 * quarter)
        else:
            yield match.start(), date(first + 1, 3, 31)
