"""Money as people type it, made pounds a week."""

from __future__ import annotations

import re
from typing import Final, Literal

from corpus.importing.cells import Reading, Unreadable, is_blank

Period = Literal["day", "week", "fortnight", "month", "year"]

WEEKS_A_YEAR: Final = 365 / 7
"""52.14, the convention of the project's cost tools."""
_WEEKS: Final[dict[Period, float]] = {
    "day": 1 / 7,
    "week": 1.0,
    "fortnight": 2.0,
    "month": WEEKS_A_YEAR / 12,
    "year": WEEKS_A_YEAR,
}
"""Weeks in each period; a month is a twelfth of a year."""
_PERIOD_WORDS: Final[dict[Period, str]] = {
    "fortnight": r"fortnight(?:ly)?|two weeks|2 weeks|f/?n",
    "day": r"days?|daily|nights?|nightly|p\.?d\.?|p\.?n\.?",
    "week": r"weekly|weeks?|wkly|wks?|p\.?\s?w\.?|p/w",
    "month": r"monthly|months?|mthly|mths?|p\.?c\.?m\.?|p\.?m\.?|calendar month",
    "year": r"annual(?:ly)?|annum|yearly|years?|yrs?|p\.?\s?a\.?|p/a",
}
_AMOUNT: Final = re.compile(
    r"(?:£|gbp)?\s*(?P<whole>[0-9]{1,3}(?:[, ][0-9]{3}){1,3}|[0-9]{1,9})"
    r"(?P<pence>\.[0-9]{1,10})?\s*(?P<thousands>k\b)?\s*(?:gbp|pounds)?"
    r"\s*(?P<period>[^0-9].*)?",
    re.I | re.S,
)
_REMEDY: Final = "write one amount in pounds, such as 4557.00"


def period_named(text: str) -> Period | None:
    """The period that a header or the end of a cell names; None where none is."""
    words = text.casefold()
    for period, pattern in _PERIOD_WORDS.items():
        if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", words):
            return period
    return None


def read_weekly_money(text: str, period: Period = "week") -> Reading[float]:
    """Pounds a week, to the penny: "£4,557.00", "4557 pw", "£19,800 pcm".

    Args:
        period: that of the column; a period in the cell itself comes before it.

    Raises:
        Unreadable: for no amount, several, a negative one or another currency.
    """
    stripped = text.strip()
    if stripped.casefold() == "nil":
        return Reading(0.0, "read as £0")
    if is_blank(stripped):
        return Reading(None)
    match = _AMOUNT.fullmatch(stripped)
    if match is None:
        raise Unreadable(_why_not(stripped), _REMEDY)
    own = _own_period(match["period"] or "")
    pounds = float(re.sub("[, ]", "", match["whole"]) + (match["pence"] or ""))
    pounds *= 1000 if match["thousands"] else 1
    weekly = round(pounds / _WEEKS[own or period], 2)
    return Reading(weekly, _note(stripped, own or period))


def _own_period(tail: str) -> Period | None:
    """The period that follows an amount; None where nothing does."""
    words = re.sub(r"^[\s/(]*(?:per|a|each|every)?\s*|[\s).]*$", "", tail.casefold())
    if not words:
        return None
    for period, pattern in _PERIOD_WORDS.items():
        if re.fullmatch(pattern, words):
            return period
    raise Unreadable(f"{tail.strip()!r} after the amount is not understood", _REMEDY)


def _note(text: str, period: Period) -> str:
    if period != "week":
        return f"an amount a {period}, made weekly at 52.14 weeks a year"
    plain = re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", text)
    return "" if plain else "read as pounds a week"


def _why_not(text: str) -> str:
    if re.match(r"[-−(]\s*£?\s*[0-9]", text):
        return "it is below £0"
    if re.search("[€$]", text):
        return "it is not in pounds"
    return "it is not an amount of money"
