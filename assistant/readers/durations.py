"""Reader of stretches of time: ahead, behind, or simply how long."""

from __future__ import annotations

import re
from typing import Final, Literal

from assistant.readers.reading import NUMBER, whole_number
from corpus.models import Frozen

Direction = Literal["ahead", "behind"]

_UNIT: Final = (
    r"(?P<unit>weeks?|wks?|months?|mths?|mnths?|mos?|quarters?|years?|yrs?|y(?=\b)"
    r"|(?<=\d)m(?!\s+(?:from|of)\b)|financial\s+years?)"
)
_COUNT: Final = (
    rf"(?P<count>\d{{1,3}}(?:\.5)?|{NUMBER}|a\s+couple\s+of|half\s+an?|half|an?)"
)
_DURATION: Final = re.compile(
    rf"\b(?P<lead>(?:over|for|in|within|across|during)?\s*(?:the\s+)?"
    r"(?:next|coming|following|last|past|previous|recent)\s+)?"
    rf"(?:(?<!£)(?<![\d.,£]){_COUNT}[\s-]*)?(?:\b|(?<=\d)){_UNIT}\b(?P<behind>\s+ago)?"
    r"(?P<ahead>(?:['’]s|['’])?\s+(?:from\s+now|ahead|out|hence|time))?(?!\s*-?\s*old|/o)",
    re.IGNORECASE,
)
_NO_SPAN: Final = re.compile(
    r"(?:(?<!\s)/|\bper|\beach|\bevery|\bpay)\s*$|(?:\ba|£[\d,.]+\s*k?\s+a)\s*$",
    re.IGNORECASE,
)
_MONTHS: Final = {"w": 12 / 52.142857, "m": 1.0, "q": 3.0, "y": 12.0, "f": 12.0}


class Duration(Frozen):
    """A length of time and the span that states it."""

    start: int
    end: int
    months: float
    unit: str
    """First letter of the unit as written: w, m, q or y."""
    direction: Direction | None
    """Where it lies from today; None where it is not said."""

    @property
    def years(self) -> float:
        """The length in years."""
        return round(self.months / 12, 4)


def read_durations(text: str) -> tuple[Duration, ...]:
    """Every length of time with a number, or said to be next or last.

    Ages ("14 years old", "14 year olds") and rates ("a week") are none.
    """
    found = (_duration(match, text) for match in _DURATION.finditer(text))
    return tuple(duration for duration in found if duration)


def _duration(match: re.Match[str], text: str) -> Duration | None:
    lead, count = (match["lead"] or "").casefold(), (match["count"] or "").casefold()
    if (
        not lead
        and (not count or count in ("a", "an"))
        and not (match["behind"] or match["ahead"])
    ):
        return None  # "by year", "£5,000 a week"
    if not lead and _NO_SPAN.search(text[: match.start()]):
        paid = re.search(r"£[\d,.]+\s*k?\s+a\s*$", text[: match.start()])
        if not count or paid or not text[: match.start()].rstrip().endswith("a"):
            return None  # but "a three-year term" has a number of its own
    unit = match["unit"].casefold()[0]
    behind = match["behind"] or re.search("last|past|previous|recent", lead)
    ahead = match["ahead"] or re.search("next|coming|following", lead)
    return Duration(
        start=match.start(),
        end=match.end(),
        months=round(_number(count) * _MONTHS[unit], 2),
        unit="y" if unit == "f" else unit,
        direction="behind" if behind else "ahead" if ahead else None,
    )


def _number(count: str) -> float:
    if count in ("", "a", "an"):
        return 1.0
    if count.startswith("half"):
        return 0.5
    if count.endswith("couple of"):
        return 2.0
    return float(count) if "." in count else float(whole_number(count))
