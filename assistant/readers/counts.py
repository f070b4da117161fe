"""Readers of counts and what they count: beds, children, staff, hours, moves."""

from __future__ import annotations

import re
from typing import Final

from assistant.readers.reading import NUMBER, whole_number

_N: Final = rf"(?P<n>{NUMBER}|a|an)"
_FIGURE: Final = rf"(?P<n>\d{{1,5}}|{NUMBER})"
_JOINT: Final = r"[\s\-‐–]*"
_BED: Final = r"(?:bed(?:room)?(?:ded|s|ed|ders?)?|places?|placements|rooms?|berths?)"
_CHILDREN: Final = (
    r"(?:(?:looked[\s-]after\s+|teenage\s+|older\s+|more\s+)?"
    r"(?:children|kids|young\s+people|yp|teenagers|boys|girls|placements|cases"
    r"|residents|lads))"
)

_PLACES: Final = (
    rf"\b(?P<homes>{NUMBER})\s+(?:x\s+)?{_FIGURE}{_JOINT}bed(?:room)?(?:ded|s|ed)?\s+"
    r"(?:\w+[’']?s?\s+)?(?:homes|houses|units)\b",
    rf"\b{_FIGURE}{_JOINT}(?:(?:guaranteed|block|spot|new|committed)\s+)?{_BED}\b(?!\s*(?:a\s+(?:week|year)|free|vacant|empty))",
    rf"\b(?:home|house|unit|provision|setting|accommodation)\s+(?:for|of|with)\s+{_FIGURE}"
    rf"(?:\s+(?:{_CHILDREN}|{_BED})\b|\s*(?:[,.?;]|$))",
    rf"\b{_FIGURE}\s+in[\s-]house\s+(?:beds|places)\b",
    rf"\b(?:beds|places)\s*(?:x|×|:)\s*{_FIGURE}\b",
    rf"\bblock\s+(?:of|for)\s+{_FIGURE}\b(?!\s*(?:%|k\b|grand|years?|yrs?|months?|weeks?)"
    r"|[,.]\d)",
    r"\b(?P<one>solo|single[\s-](?:occupancy|bed|bedded))\b",
)
_CHILD_COUNTS: Final = (
    rf"\b(?:move|moving|step(?:ping)?(?:\s+down)?|bring|transfer|shift|convert\w*|for)"
    rf"\s+(?:down\s+)?{_FIGURE}\s+{_CHILDREN}\b",
    rf"\b{_FIGURE}\s+{_CHILDREN}\b",
    rf"\b(?:move|moving|step(?:ping)?(?:\s+down)?|transfer)\s+(?:down\s+)?{_FIGURE}\b"
    r"(?!\s*(?:%|percent|per\s+cent|k\b|grand))",
    rf"\bbeds\s*(?:x|×)\s*{_FIGURE}\b",
    rf"(?<![\d.])\b(?:x|×)\s*{_FIGURE}\b(?!\s*(?:beds?|staff|waking|sleep)|[.,]\d|k\b)",
    rf"\b{_FIGURE}\s+(?:more\s+)?(?:in[\s-]house\s+)?(?:foster\w*\s+)?"
    r"(?:carers|households|families|beds)\b",
    rf"\b{_FIGURE}\s+(?:of\s+(?:them|our)|(?:move|step|stepped|stepping)\b)",
)
_STAFF: Final = (
    rf"\b{_FIGURE}\s+(?:members?\s+of\s+)?(?:care\s+)?(?:staff|carers?|workers?|adults?|people|person)\s+"
    r"(?:members\s+)?(?:on\s+|per\s+|a\s+|each\s+|every\s+|in\s+)?(?:each\s+|the\s+|every\s+)?"
    r"(?:shift|day|daytime|duty|at\s+a\s+time|on)\b",
    rf"\b{_FIGURE}\s+(?:staff\s+)?(?:by|during\s+the)\s+day\b",
    rf"\b{_FIGURE}\s+on\s+(?:a\s+|each\s+|every\s+|the\s+|day\s+)?(?:shift|duty)\b",
    rf"\b{_FIGURE}\s+per\s+shift\b",
    rf"\bshifts?\s+of\s+{_FIGURE}\b",
    rf"\b{_FIGURE}\s+(?:day\s+)?staff\b(?!\s+(?:hours|wage|cost))",
)
_WAKING: Final = (
    rf"\b{_N}\s+(?:(?:staff|persons?|people|adults?)\s+)?(?:waking|awake|wakeful)\s*[-‐]?\s*(?:nights?|staff|worker)?\b",
    r"\b(?:waking|awake)\s+nights?\s*(?:staff)?\s*(?:of|:|x|=)?\s*(?P<n>\d)\b",
    r"\b(?P<none>no|without|zero)\s+(?:a\s+|any\s+)?(?:waking|awake)\s+(?:nights?|staff)\b",
)
_SLEEP_IN: Final = (
    rf"\b{_N}\s+(?:(?:staff|persons?|people|adults?|workers?|members?\s+of\s+staff)\s+)?"
    r"(?:who\s+)?(?:sleeps?[\s-]*ins?|sleeping(?:[\s-]*in)?|sleep[\s-]*overs?"
    r"|asleep)\b",
    r"\bsleep[\s-]*ins?\s*(?:of|:|x|=)?\s*(?P<n>\d)\b",
    r"\b(?P<none>no|without|zero)\s+(?:a\s+|any\s+)?sleep[\s-]*ins?\b",
)
_HOURS: Final = r"(?P<n>\d{1,3}(?:\.\d+)?|" + NUMBER + r")"
_THERAPY: Final = (
    rf"\b{_HOURS}\s*(?:hours?|hrs?)\s+(?:a\s+week\s+)?(?:of\s+)?(?:weekly\s+)?(?:\w+\s+)?"
    r"(?:therap\w+|psycholog\w+|clinical)",
    r"\b(?:therap\w+|psycholog\w+|clinical)\s*(?:input|support|time|hours)?\s*"
    rf"(?:of|at|for|:|is|=)?\s*{_HOURS}\s*(?:hours?|hrs?)?\b",
    r"\b(?P<none>no|without)\s+(?:any\s+)?therap\w+",
)
_MOVES: Final = (
    rf"\b(?:at\s+least|minimum(?:\s+of)?)\s+{_FIGURE}\s+(?:placement\s+)?"
    r"(?:moves?|changes|placements|homes)\b",
    rf"\b{_FIGURE}\s*(?:or\s+more|\+|plus|and\s+over)\s*(?:placement\s+)?"
    r"(?:moves?|changes|placements)\b",
    rf"\b(?P<over>more\s+than|over)\s+{_FIGURE}\s+(?:placement\s+)?"
    r"(?:moves?|changes)\b",
    rf"\b(?:moved|changed)\s+(?:placements?\s+|homes?\s+)?(?P<over>more\s+than)\s+"
    rf"(?:{_FIGURE}\s+times|(?P<times>once|twice))\b",
    r"\b(?:moved|changed)\s+(?:placements?\s+|homes?\s+)?(?:at\s+least\s+)?"
    r"(?P<times>once|twice)\b",
    rf"\b(?:moved|changed|bounced|shifted)\s+(?:\w+\s+)?(?:at\s+least\s+)?{_FIGURE}\s*"
    r"(?:\+\s*|or\s+more\s+|plus\s+)?times\b",
    rf"\b(?:after|with|through|had)\s+(?:had\s+)?{_FIGURE}\s+(?:placement\s+)?(?:moves?|changes)\b",
)


def read_places_count(text: str) -> int | None:
    """How many beds a home has, 1 for a solo one, or several homes together.

    None where it is not said.
    """
    return _count(text, _PLACES)


def read_children(text: str) -> int | None:
    """How many children a scheme is about; None where it is not said."""
    return _count(text, _CHILD_COUNTS)


def read_staff_per_shift(text: str) -> int | None:
    """Staff on shift by day; None where it is not said."""
    return _count(text, _STAFF)


def read_waking_nights(text: str) -> int | None:
    """Staff awake at night; 0 for "no waking night"; None where it is not said."""
    return _count(text, _WAKING)


def read_sleep_ins(text: str) -> int | None:
    """Staff who sleep in; 0 for "no sleep-in"; None where it is not said."""
    return _count(text, _SLEEP_IN)


def read_therapy_hours(text: str) -> float | None:
    """Hours of therapy a week; None where it is not said."""
    for match in _matches(text, _THERAPY):
        if match.groupdict().get("none"):
            return 0.0
        return _number(match["n"])
    return None


def read_min_moves(text: str) -> int | None:
    """The fewest moves; "more than two" is three; None where it is not said."""
    for match in _matches(text, _MOVES):
        groups = match.groupdict()
        if times := groups.get("times"):
            return (1 if times.casefold() == "once" else 2) + bool(groups.get("over"))
        return int(_number(match["n"])) + bool(groups.get("over"))
    return None


def read_ratio(text: str) -> tuple[int, int] | None:
    """Staff to children as "2:1" says; None where it is not said."""
    match = re.search(r"(?<![\d:])([1-4])\s*:\s*([1-6])(?![\d:])", text)
    return (int(match[1]), int(match[2])) if match else None


def _count(text: str, patterns: tuple[str, ...]) -> int | None:
    for match in _matches(text, patterns):
        groups = match.groupdict()
        if groups.get("none"):
            return 0
        each = 1 if groups.get("one") else int(_number(match["n"]))
        homes = groups.get("homes")
        return each * (whole_number(homes) if homes else 1)
    return None


def _matches(text: str, patterns: tuple[str, ...]) -> list[re.Match[str]]:
    found = (re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    return [match for match in found if match]


def _number(word: str) -> float:
    if word.casefold() in ("a", "an"):
        return 1.0
    return float(word) if word[0].isdigit() else float(whole_number(word))
