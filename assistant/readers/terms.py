"""Readers of the terms: type, grade, price, vacancy, solo, same day, order."""

from __future__ import annotations

import re
from typing import Final, Literal

from assistant.readers.reading import NUMBER, Reading, negated, whole_number
from corpus import vocabulary
from corpus.codes import OfstedRating, PlacementType

WEEKS_IN_A_YEAR: Final = 365 / 7
"""52.14: a year in weeks unless a question says otherwise."""

SortBy = Literal["match", "distance", "price", "rating"]

_PER: Final = r"pw|p/w|pcm|pa|p\.a\.|(?:a|per|each|/)\s*(?:week|month|year|annum|wk)"
_MONEY: Final = re.compile(
    r"(?:£\s*(?P<pounds>\d[\d,]*(?:\.\d+)?)(?![\d,])"
    r"\s*(?P<scale>(?:k|m|million|thousand)(?![a-z]))?"
    r"|(?<![\d£.,])(?P<bare>\d[\d,]*(?:\.\d+)?)(?![\d,])\s*(?P<barescale>k(?![a-z]))?"
    rf"(?=\s*(?:pounds|gbp|{_PER})|\s*$|k\b))"
    rf"(?:\s*(?:pounds|gbp))?(?:\s*(?P<per>{_PER})\b)?",
    re.IGNORECASE,
)
SMALLEST_PRICE: Final = 100.0
"""Pounds a week; a smaller number without a pound sign is no price."""

_AT_MOST: Final = re.compile(
    r"(?:under|below|less than|up to|no more than|at most|max(?:imum)?(?: of)?|within"
    r"|cheaper than|not (?:over|above|more than)|budget(?: is| of)?"
    r"|cap(?:ped)?(?: at)?|<=?)\s*(?:a\s+|budget\s+(?:of|is)\s+)?$"
    r"|\bbetween\s+£?[\d,.]+k?\s+and\s+$",
    re.IGNORECASE,
)
_OR_LESS: Final = re.compile(
    r"^\s*(?:max(?:imum)?|tops|at (?:the )?most|or (?:less|under|below|cheaper))\b",
    re.IGNORECASE,
)
_OR_BETTER: Final = (
    r"(?:\s*(?:\+|or\s+(?:better|above|higher|outstanding)|and\s+above))"
)
_MIN_RATING: Final = (
    (
        r"\b(?:not|no|nothing|excluding|without)\b[^.;,]{0,30}\brequires\s+improvement",
        OfstedRating.GOOD,
    ),
    (
        r"\bgood\b[^.;]{0,20}\bor\s+(?:requires\s+improvement|RI)\b",
        OfstedRating.REQUIRES_IMPROVEMENT,
    ),
    (
        rf"\bgood{_OR_BETTER}|\boutstanding\s+or\s+good\b|\bat\s+least\s+good\b"
        r"|\bgood\s+and\s+outstanding\b|\bminimum\s+(?:of\s+)?good\b"
        r"|\bgood\s*minimum\b",
        OfstedRating.GOOD,
    ),
    (
        r"\b(?:rated|graded|judged|ofsted|with an?|only|is|are)\s+outstanding\b"
        r"|\boutstanding\s+(?:rat|grad|only|home|provider|setting|ofsted)",
        OfstedRating.OUTSTANDING,
    ),
    (
        r"\b(?:rated|graded|judged|ofsted|only)\s+good\b"
        r"|\bgood\s+(?:rat|grad|ofsted)|\bgood\s+(?:home|provider|setting)s?\b",
        OfstedRating.GOOD,
    ),
    (
        rf"\b(?:requires\s+improvement|RI){_OR_BETTER}"
        r"|\bat\s+least\s+requires\s+improvement\b"
        r"|\b(?:not|no|nothing|excluding)\s+(?:rated\s+)?inadequate\b",
        OfstedRating.REQUIRES_IMPROVEMENT,
    ),
)
_SORTS: Final[tuple[tuple[str, SortBy], ...]] = (
    (
        r"\bcheapest|\bcheaper\b(?!\s+than)|\blowest\s+price|\bleast\s+expensive|\bby\s+price",
        "price",
    ),
    (r"\bnearest|\bclosest|\bby\s+distance", "distance"),
    (
        r"\b(?:best|highest)[\s-]+(?:rated|graded)|\bby\s+(?:rating|grade)",
        "rating",
    ),
)
_LIMIT: Final = re.compile(
    rf"\b(?:top|first|best|nearest|closest|cheapest)\s+(?P<a>{NUMBER})\b(?!\s*mile)"
    rf"|\b(?P<b>{NUMBER})\s+(?:best|nearest|closest|cheapest)\b",
    re.IGNORECASE,
)


def read_placement_types(text: str) -> tuple[PlacementType, ...]:
    """The kinds of placement asked for, each once, in the order in which they stand."""
    found = (
        PlacementType(hit.identifier)
        for hit in vocabulary.placement_types().find(text)
        if not negated(text, hit.start)
    )
    return tuple(dict.fromkeys(found))


def read_min_rating(text: str) -> Reading[OfstedRating] | None:
    """The lowest grade that is acceptable; None where none is stated."""
    for pattern, rating in _MIN_RATING:
        if match := re.search(pattern, text, re.IGNORECASE):
            return Reading(value=rating, start=match.start(), end=match.end())
    return None


def read_max_weekly_price(text: str) -> Reading[float] | None:
    """The most that may be paid, in pounds a week; None where no limit is stated.

    Amounts a month or a year are brought to a week, a year being 365/7 weeks.
    """
    for match in _MONEY.finditer(text):
        limit = _AT_MOST.search(text[: match.start()])
        if limit or _OR_LESS.search(text[match.end() :]):
            value = weekly_amount(match)
            if match["pounds"] is None and value < SMALLEST_PRICE:
                continue  # "under 16" is an age
            return Reading(value=value, start=match.start(), end=match.end())
    return None


def weekly_amount(match: re.Match[str]) -> float:
    """Pounds a week of a sum of money as written."""
    digits = (match["pounds"] or match["bare"]).replace(",", "")
    scale = (match["scale"] or match["barescale"] or "").casefold()
    factor = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}.get(scale, 1.0)
    per = (match["per"] or "week").casefold()
    weeks = 1.0
    if "year" in per or "annum" in per or per in ("pa", "p.a."):
        weeks = WEEKS_IN_A_YEAR
    elif "month" in per or per == "pcm":
        weeks = WEEKS_IN_A_YEAR / 12
    return round(float(digits) * factor / weeks, 2)


def read_flags(text: str) -> dict[str, bool]:
    """Which of solo, same_day and with_vacancy are asked for (never False)."""
    return {
        match.identifier: True
        for match in vocabulary.flags().find(text)
        if not negated(text, match.start)
    }


def read_sort(text: str) -> SortBy | None:
    """The order asked for; None where none is stated."""
    orders = (o for pattern, o in _SORTS if re.search(pattern, text, re.IGNORECASE))
    return next(orders, None)


def read_limit(text: str) -> int | None:
    """How many rows are asked for; None where it is not said."""
    match = _LIMIT.search(text)
    return whole_number(match["a"] or match["b"]) if match else None
