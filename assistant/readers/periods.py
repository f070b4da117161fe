"""Reader of dates: financial years, the start of a period, and a day."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from assistant.readers.durations import read_durations
from corpus.disclosure.bands import financial_year
from corpus.disclosure.quarters import month_shifted
from corpus.extracting.days import find_days, period_end

_FINANCIAL: Final = re.compile(
    r"\b(?:FY\s?['’]?)?(?P<full>20\d\d)\s*(?:[/\-–]|to)\s*(?:20)?(?P<next>\d\d)\b(?![-/]\d)"
    r"|\b(?:FY\s?['’]?|year\s+)?(?P<short>\d\d)/(?P<shortnext>\d\d)\b(?!/)"
    r"|\b(?:FY|(?:financial|fiscal)\s+(?:year|yr))\s?['’]?(?P<shortdash>\d\d)[-–](?P<shortdashnext>\d\d)\b"
    r"|\bFY\s?['’]?(?:20)?(?P<ending>\d\d)\b(?![-/–]\d)",
    re.IGNORECASE,
)
_YEAR_ENDED: Final = re.compile(
    r"\byear\s+(?:(?:which|that)\s+)?(?:end(?:ed|ing|s)?|to)\s+(?:on\s+|in\s+)?"
    r"(?:the\s+)?(?:31(?:st)?\s+(?:of\s+)?)?march\s+(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_RELATIVE: Final = (
    (re.compile(r"\b(?:the\s+)?year\s+before\s+last\b", re.IGNORECASE), -2),
    (
        re.compile(
            r"\b(?:last|previous|prior)\s+(?:financial|fiscal|full)?\s*year(?:['’]s)?\b",
            re.IGNORECASE,
        ),
        -1,
    ),
    (
        re.compile(
            r"\b(?:this|current|the\s+current)\s+(?:financial\s+|fiscal\s+)?year(?:['’]s)?\b"
            r"|\bin[\s-]year\b|\bso\s+far\s+this\s+year\b|\byear\s+to\s+date\b",
            re.IGNORECASE,
        ),
        0,
    ),
)
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SINCE: Final = (
    r"\b(?:since|from|after|starting|beginning|begun\s+(?:in|since)|dated\s+(?:after|since))"
    r"\s+(?:the\s+)?(?:start\s+of\s+|beginning\s+of\s+)?"
)
_SINCE_DAY: Final = re.compile(rf"{_SINCE}$", re.IGNORECASE)
_ONWARDS: Final = re.compile(
    r"\s*(?:onwards?|or\s+(?:later|after)|and\s+(?:after|later|onwards?|since))\b", re.I
)
_SINCE_MONTH: Final = re.compile(
    rf"{_SINCE}(?P<month>{_MONTH})\b(?:\s+(?P<year>20\d\d))?", re.IGNORECASE
)
_SINCE_YEAR: Final = re.compile(rf"{_SINCE}(?P<year>20\d\d)\b(?!\s*[-/–]\d)", re.I)
_ON_MONTH: Final = re.compile(
    rf"\b(?:in|at|during|by|for|as\s+(?:at|of)|on)\s+(?:the\s+)?(?:end\s+of\s+)?"
    rf"(?:last\s+)?(?P<month>{_MONTH})\b(?:\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_ON_YEAR: Final = re.compile(
    r"\b(?:in|at|during|as\s+(?:at|of)|for)\s+(?:the\s+end\s+of\s+)?(?P<year>20\d\d)\b"
    r"(?!\s*[-/–]\d)",
    re.IGNORECASE,
)
_QUARTER: Final = re.compile(
    r"\bQ[1-4]\b|\bquarter\s+(?:[1-4]|one|two|three|four)\b", re.IGNORECASE
)
_AFTER_YEAR_END: Final = re.compile(
    r"\b(?:at\s+)?(?:the\s+)?(?:financial\s+)?year[\s-]end\b", re.IGNORECASE
)


def read_financial_year(text: str, as_at: date) -> str | None:
    """The financial year stated, as 2024/25; None where none, or no real one, is.

    "This year" and "last year" count from the year of `as_at`.
    """
    if year := read_stated_year(text):
        return year
    for pattern, back in _RELATIVE:
        if pattern.search(text):
            return _named(int(financial_year(as_at)[:4]) + back)
    return None


def read_stated_year(text: str) -> str | None:
    """The financial year that is written out; None for "last year" and its like."""
    if ended := _YEAR_ENDED.search(text):
        return _named(int(ended["year"]) - 1)
    years = (_financial_year(match) for match in _FINANCIAL.finditer(text))
    return next((year for year in years if year), None)


def read_impossible_year(text: str) -> str | None:
    """Two years written like a financial one that do not follow each other."""
    for match in _FINANCIAL.finditer(text):
        if match["full"] and not _financial_year(match):
            return match[0]
    return None


def _financial_year(match: re.Match[str]) -> str | None:
    if match["ending"]:  # FY25 is the year that ends in March 2025
        return _named(2000 + int(match["ending"]) - 1)
    first = match["full"] or match["short"] or match["shortdash"]
    second = match["next"] or match["shortnext"] or match["shortdashnext"]
    year = int(first) % 100 + 2000
    return _named(year) if int(second) == (year + 1) % 100 else None


def _named(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02d}"


def _month_number(name: str) -> int:
    months = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    return months.index(name[:3].casefold()) + 1


def read_since(text: str, as_at: date) -> date | None:
    """The first day of a period up to now; None where none is stated.

    "Since April" is the latest April that has begun, "the last 12 months" end with
    `as_at`, and a financial year begins on 1 April.
    """
    for day in find_days(text, _half_a_year_before(as_at)):
        if _SINCE_DAY.search(text[: day.start]) or _ONWARDS.match(text, day.end):
            return day.day
    if match := _SINCE_MONTH.search(text):
        month = _month_number(match["month"])
        past = month <= as_at.month
        year = int(match["year"] or as_at.year - (not past))
        return date(year, month, 1)
    for duration in read_durations(text):
        if duration.direction == "behind" and duration.months >= 1:
            words = text[duration.start : duration.end]
            if "financial" not in words.casefold():
                return month_shifted(as_at, -round(duration.months))
    if match := _SINCE_YEAR.search(text):
        return date(int(match["year"]), 1, 1)
    financial = read_financial_year(text, as_at)
    return date(int(financial[:4]), 4, 1) if financial else None


def _half_a_year_before(day: date) -> date:
    """A day without its year is the nearest to this: the last one that has been."""
    return month_shifted(day, -6)


def read_on(text: str, as_at: date) -> date | None:
    """The day that a question is about; None where it is about today.

    A month is its last day, and a financial year 31 March, its last; "last year" is
    the same day a year before `as_at`.
    """
    days = find_days(text, _half_a_year_before(as_at))
    if days:
        return days[0].day
    if match := _ON_MONTH.search(text):
        month = _month_number(match["month"])
        year = int(match["year"] or as_at.year - (month > as_at.month))
        return period_end(f"{match['month'][:3]} {year}")
    if financial := read_stated_year(text):
        quarter = _QUARTER.search(text)
        return period_end(f"{quarter[0] if quarter else ''} {financial}")
    if match := _ON_YEAR.search(text):
        return date(int(match["year"]), 12, 31)
    return _relative_day(text, as_at)


def _relative_day(text: str, as_at: date) -> date | None:
    for duration in read_durations(text):
        if re.search(r"\bago\b", text[duration.start : duration.end], re.I):
            return month_shifted(as_at, -round(duration.months))
    if _RELATIVE[1][0].search(text) or re.search(r"\blast\s+year\b", text, re.I):
        return month_shifted(as_at, -12)
    if _AFTER_YEAR_END.search(text) and (as_at.month, as_at.day) != (3, 31):
        return date(as_at.year - (as_at.month < 4), 3, 31)
    return None


def read_until(text: str, as_at: date) -> int | None:
    """Months ahead to the day, month or year that a forecast is to reach.

    None where no such day is stated, and for "to year end", which is the default.
    """
    match = re.search(
        r"\b(?:to|until|up\s+to|by|through\s+to|in|for|during)\s+"
        r"(?P<when>(?:the\s+end\s+of\s+)?"
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH}\s+)?20\d\d(?:[/-]\d\d)?)\b",
        text,
        re.IGNORECASE,
    )
    end = period_end(match["when"]) if match else None
    if end is None or end <= as_at:
        return None
    months = (end.year - as_at.year) * 12 + end.month - as_at.month
    return months or None
