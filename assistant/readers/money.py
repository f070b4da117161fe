"""Reader of money: sums as officers write them, and what they are a week."""

from __future__ import annotations

import re
from math import inf
from typing import Final, Literal

from assistant.readers.reading import NUMBER, whole_number
from corpus.models import Frozen

WEEKS_IN_A_YEAR: Final = 365 / 7
"""52.14: a year in weeks unless a question says otherwise."""
SMALLEST_BARE: Final = 100.0
"""A smaller number without a pound sign or unit is no price."""

Per = Literal["hour", "night", "week", "month", "year"]

_SCALES: Final = {
    "hundred": 1e2, "k": 1e3, "grand": 1e3, "thousand": 1e3,
    "m": 1e6, "mn": 1e6, "million": 1e6,
}  # fmt: skip
_PERIODS: Final[tuple[Per, ...]] = ("week", "month", "year", "hour", "night")
_WHOM: Final = (
    r"(?:\s*(?:per|a|each|/)\s*(?:child|placement|bed|place|person|young person|head))?"
)
_PER: Final = (
    rf"{_WHOM}\s*(?:(?P<week>ppw|pw|p/w|weekly|(?:a|per|each|/|every)\s*(?:week|wk)\b)"
    r"|(?P<month>pcm|pm(?!\w)|monthly|(?:a|per|each|/)\s*(?:calendar\s+)?month)"
    r"|(?P<year>p\.a\.|pa(?!\w)|annually|yearly|(?:a|per|each|/)\s*(?:year|yr|annum))"
    r"|(?P<hour>ph(?!\w)|p/h|hourly|(?:an|per|/)\s*(?:hour|hr))"
    r"|(?P<night>(?:a|per|/)\s*night))"
)
_DIGITS: Final = r"\d(?:[\d,]*\d)?(?:\.\d+)?(?![\d%]|[.,]\d)"
_HALVES: Final = r"(?:half\s+a|an?)"
_SUM: Final = re.compile(
    rf"(?:£\s*(?P<pounds>{_DIGITS})\s*(?P<scale>(?:k|mn?|grand|thousand|million)\b)?"
    rf"|(?<![\d£.,/'’\w])(?P<bare>{_DIGITS})\s*"
    r"(?P<barescale>(?:k|mn|grand|thousand|million)\b"
    r"|m(?=\s+(?:to\s+(?:set|build|buy|open|launch|refurb)|set|capital|up[\s-]?front"
    r"|invest|one[\s-]off|start)))?"
    rf"|\b(?P<words>{_HALVES}|{NUMBER}(?:\s+and\s+a\s+half)?)\s+"
    r"(?P<wordscale>grand|thousand|million|hundred)\b"
    rf"(?:\s+(?:and\s+)?(?P<hundreds>{NUMBER})\s+hundred\b)?"
    rf"(?:\s+and\s+(?P<ones>{NUMBER})\b(?!\s*(?:{NUMBER}|%)))?)"
    rf"(?P<unit>\s*(?:pounds?|quid|gbp)\b)?(?:{_PER})?",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"\s*(?:-|–|—|\bto\b|\band\b)\s*$", re.IGNORECASE)
_CALENDAR_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LIMIT: Final = re.compile(r"(?:under|below|than|max\w*|budget\w*)\s*$", re.IGNORECASE)


_WEEKS: Final = re.compile(
    r"\b(?P<weeks>5[0-3](?:\.\d+)?)[\s-]*weeks?\s+(?:in\s+(?:a|the)|a|per|to\s+the)?\s*year\b"
    r"|\bover\s+(?P<over>5[0-3])\s+weeks\b",
    re.IGNORECASE,
)


class Amount(Frozen):
    """A sum of money and the span that states it."""

    start: int
    end: int
    pounds: float
    """As written, its k or m worked out."""
    per: Per | None
    """What it is paid for; None where it is not said."""

    weeks_in_a_year: float = WEEKS_IN_A_YEAR
    """As the question says; else 365/7."""

    @property
    def weekly(self) -> float | None:
        """Pounds a week; as written where no period is said.

        None for a sum an hour.
        """
        if self.per == "hour":
            return None
        weeks = {
            "night": 1 / 7,
            "month": self.weeks_in_a_year / 12,
            "year": self.weeks_in_a_year,
        }
        return round(self.pounds / weeks.get(self.per or "week", 1), 2)


def read_amounts(text: str, bare_from: float = inf) -> tuple[Amount, ...]:
    """Every sum of money, in text order.

    A bare number is one with a unit, at the very end, or from `bare_from` up. Of
    "£4-5k" and "£4,000 to £5,000 a week" the first takes the scale and the period of
    the second.
    """
    found: list[Amount] = []
    weeks = read_weeks_in_a_year(text) or WEEKS_IN_A_YEAR
    follower: tuple[Amount, float] | None = None
    for match in reversed(list(_SUM.finditer(text))):
        joined = follower and _JOINED.fullmatch(text[match.end() : follower[0].start])
        read = _amount(match, text, follower if joined else None, bare_from)
        follower = (read, _scale(match)) if read else None
        if read:
            found.insert(0, read.model_copy(update={"weeks_in_a_year": weeks}))
    return tuple(found)


def read_weeks_in_a_year(text: str) -> float | None:
    """The weeks that a question gives a year ("a 52-week year"); None where none."""
    match = _WEEKS.search(text)
    return float(match["weeks"] or match["over"]) if match else None


def _amount(
    match: re.Match[str],
    text: str,
    follower: tuple[Amount, float] | None,
    bare_from: float,
) -> Amount | None:
    """The sum of a match; None where nothing says that it is one."""
    per = next((name for name in _PERIODS if match[name]), None)
    pounds = _written(match) * _scale(match) + _rest(match)
    if follower and per is None:
        per = follower[0].per
        same_scale = _scale(match) == 1 and pounds < follower[1]
        pounds *= follower[1] if same_scale else 1
    marked = match["pounds"] or match["words"] or match["barescale"] or match["unit"]
    is_price = per or follower or _may_be_bare(match, text, bare_from)
    if not (marked or per == "hour" or (is_price and pounds >= SMALLEST_BARE)):
        return None
    start, end = match.span()
    return Amount(start=start, end=end, pounds=round(pounds, 2), per=per)


def _may_be_bare(match: re.Match[str], text: str, bare_from: float) -> bool:
    """Whether a number alone is a sum: no calendar year ("in 2025"), and large or
    last.
    """
    if _CALENDAR_YEAR.fullmatch(match[0].strip()) and not _LIMIT.search(
        text[: match.start()]
    ):
        return False
    last = not text[match.end() :].strip(" \n.?!")
    return last or _written(match) >= bare_from


def _scale(match: re.Match[str]) -> float:
    word = match["scale"] or match["barescale"] or match["wordscale"] or ""
    return _SCALES.get(word.casefold(), 1.0)


def _rest(match: re.Match[str]) -> float:
    """What follows the thousands in words: "two hundred and fifty"."""
    hundreds, ones = match["hundreds"], match["ones"]
    return (100.0 * whole_number(hundreds) if hundreds else 0) + (
        whole_number(ones) if ones else 0
    )


def _written(match: re.Match[str]) -> float:
    if digits := match["pounds"] or match["bare"]:
        return float(digits.replace(",", ""))
    words = match["words"].casefold()
    if number := re.match(NUMBER, words):
        return whole_number(number[0]) + (0.5 if words.endswith("half") else 0)
    return 0.5 if words.startswith("half") else 1.0
