"""Readers of what is to be measured, and how the figures are to be split."""

from __future__ import annotations

import re
from typing import Final, Literal

from assistant.readers.reading import NUMBER, whole_number

Measure = Literal[
    "count",
    "average_weekly_cost",
    "total_weekly_cost",
    "median_distance",
    "share_over_20_miles",
    "share_out_of_area",
]

_SHARE: Final = (
    r"%|\b(?:share|proportion|percentage|per\s*cent|percent|what\s+fraction|how\s+often"
    r"|rate)\b"
)
_OUT_OF_AREA: Final = re.compile(
    r"\bout[\s-]of[\s-](?:area|county|borough|authority|region|city)\b|\bOOA\b|\bOOC\b"
    r"|\b(?:outside|beyond)\s+(?:of\s+)?(?:the\s+|our\s+|their\s+|its\s+)?(?:own\s+|home\s+"
    r"|placing\s+)?(?:area|county|borough|authority|council|boundar\w+|city|LA\b)",
    re.IGNORECASE,
)
_FAR: Final = re.compile(
    r"\b(?:over|more\s+than|beyond|further\s+than|farther\s+than|at\s+least|above|>)\s*"
    rf"(?P<a>\d{{1,3}}(?:\.\d+)?|{NUMBER})\s*(?:miles?|mi\b)"
    r"|\b(?P<b>\d{1,3})\s*(?:\+\s*(?:miles?|mi\b)|(?:miles?|mi)\s*(?:\+|plus|or\s+more))",
    re.IGNORECASE,
)
_HOW_FAR: Final = re.compile(
    r"\bhow\s+far\b|\b(?:median|average|mean|typical)\s+distance|\bdistance\s+from\s+home"
    r"|\bmiles\s+from\s+home\b|\bdistances?\b",
    re.IGNORECASE,
)
_MONEY: Final = (
    r"(?:costs?|prices?|fees?|spend(?:ing)?|spent|bill|charges?|rates?|pay(?:ing)?|paid"
    r"|expenditure|outlay|commitments?)"
)
_TOTAL: Final = re.compile(
    rf"\b(?:total|overall|combined|aggregate|whole|entire)\s+(?:\w+\s+){{0,2}}{_MONEY}\b"
    r"|\b(?:weekly\s+)?(?:spend|bill|expenditure|outlay|commitment)\b|\bspending\b|\baltogether\b"
    r"|\btotal\s+£|(?:\bmoney|£)\s+(?:going|goes|went)\s+out\b|\bin\s+total\b.*\bcost|\bcost.*\bin\s+total\b|\b(?:we|council\w*|authorit\w+|does"
    r"|do|did|are|is)\b[^.?]{0,40}\b(?:spend|spending|spent)\b",
    re.IGNORECASE,
)
_AVERAGE: Final = re.compile(
    r"\b(?:expensive|costl(?:y|iest)|cheap(?:er|est)?|dear(?:er|est)|average|mean|typical(?:ly)?|averag\w+|usual(?:ly)?|unit|avg)\b"
    rf"|\b{_MONEY}\b",
    re.IGNORECASE,
)

_SPLIT: Final = (
    r"(?:\bby\b|\bper\b|\bfor\s+(?:each|every)\b|\beach\b|\bevery\b|\bacross(?:\s+the)?\b"
    r"|\bwhich\b|\bwhat\b|\b(?:most|least)\s+\w+|\bbetween\b|\bcompare\b|\bbroken\s+down\s+(?:by|into)\b"
    r"|\bsplit\s+(?:by|into)\b|\bgrouped\s+by\b|\bbreak\s*down\s+(?:by|of)\b)"
)
_JOIN: Final = r"(?:\s*,\s*|\s*(?:,\s*)?(?:and|&|then|x)\s+|\s*/\s*)(?:by\s+)?"
_ADJECTIVES: Final = (
    r"(?:placing\s+|different\s+|financial\s+|individual\s+|primary\s+|main\s+|type\s+of\s+"
    r"|kind\s+of\s+|the\s+|our\s+)*"
)
_GROUPS: Final = {
    "local_authority": r"(?:local\s+)?authorit(?:y|ies)|councils?|boroughs?|LAs?\b",
    "placement_type": r"(?:placement|provision|care|setting)\s+types?|types?"
    r"(?:\s+of\s+(?:placement|provision|care))?|kinds?\s+of\s+(?:placement|provision|care)",
    "route": r"(?:sourcing\s+|purchas\w+\s+|contract\w*\s+|procurement\s+)?routes?"
    r"|how\s+(?:they\s+were|it\s+was)\s+bought",
    "gender": r"gender|sex\b|boys\s+(?:and|v|vs|versus)\s+girls",
    "age_band": r"ages?(?:\s*-?\s*(?:bands?|groups?|ranges?|brackets?))?\b",
    "need": r"(?:primary\s+)?needs?\b|risks?\b",
    "provider": r"providers?|agenc(?:y|ies)|companies|owners?",
    "rating": r"(?:ofsted\s+)?(?:ratings?|grades?|judge?ments?)",
    "quarter": r"quarters?|quarterly",
    "year": r"(?:financial\s+)?years?\b(?!\s*(?:20|19|FY|end))|annually",
}
_TREND: Final = re.compile(
    r"\bover\s+time\b|\bover\s+the\s+years\b|\btrends?\b|\b(?:year|yr)[\s-](?:on|by|after)[\s-](?:year|yr)\b|\beach\s+year\b|\bover\s+the"
    r"\s+(?:last|past)\s+\w+\s+years\b|\bhow\s+ha(?:s|ve)\b.*\bchanged\b",
    re.IGNORECASE,
)
_QUARTERLY: Final = re.compile(
    r"\bquarterly\b|\bquarter[\s-](?:on|by)[\s-]quarter\b", re.I
)
_NOT_SPLIT: Final = re.compile(
    r"\bwhat\s+(?:age|need|type|kind|rate|year|gender)\s+(?:is|was|are)\b|\bper\s+year\b",
    re.IGNORECASE,
)


_GENDERS: Final = re.compile(
    r"\b(?:boys|males|lads)\b[^.?]{0,40}\b(?:girls|females)\b"
    r"|\b(?:girls|females)\b[^.?]{0,40}\b(?:boys|males|lads)\b",
    re.IGNORECASE,
)
_TWO_BANDS: Final = re.compile(
    r"\b\d{1,2}\s*[-–]\s*\d{1,2}s?\s+(?:vs?|versus|and|or|against|compared)\b[^.?]{0,15}"
    r"\b\d{1,2}\s*[-–]\s*\d{1,2}",
    re.IGNORECASE,
)


_EVERYWHERE: Final = re.compile(
    r"\bacross\s+(?:all|every|each)\s+(?:of\s+)?(?:the\s+)?(?:authorit\w+|councils?|LAs?)\b",
    re.IGNORECASE,
)
"""Says that all authorities are meant together, not each by itself."""


def read_measure(text: str) -> Measure | None:
    """What is asked of placements; None where nothing says, which is a count."""
    if _OUT_OF_AREA.search(text):
        return "share_out_of_area"
    wants_share = re.search(_SHARE, text, re.IGNORECASE)
    if (far := _FAR.search(text)) and wants_share and _miles(far) == 20:
        return "share_over_20_miles"
    counts = re.search(
        r"\bhow\s+many\b|\bnumbers?\s+of\b|\bcount\b", text, re.IGNORECASE
    )
    if counts:
        return "count"
    if _HOW_FAR.search(text):
        return "median_distance"
    averaged = re.search(r"\b(?:average|mean|typical|unit|avg)\b", text, re.IGNORECASE)
    if _TOTAL.search(text) and not averaged:
        return "total_weekly_cost"
    return "average_weekly_cost" if _AVERAGE.search(text) else None


def read_min_distance(text: str) -> float | None:
    """The miles from home that placements must be beyond; None where none is said."""
    far = _FAR.search(text)
    return _miles(far) if far else None


def _miles(match: re.Match[str]) -> float:
    number = match["a"] or match["b"]
    return float(number if number[0].isdigit() else whole_number(number))


def read_groups(text: str) -> tuple[str, ...]:
    """How figures are to be split, in the order in which it is said; else empty."""
    found: dict[str, int] = {}
    for name, words in _GROUPS.items():
        lead = rf"{_SPLIT}[\s-]+{_ADJECTIVES}"
        listed = rf"(?:\bby\b[^.?;]{{0,60}}?{_JOIN})"
        pattern = rf"(?:{lead}|{listed})(?:{words})"
        match = re.search(pattern, text, re.IGNORECASE)
        if match and not _NOT_SPLIT.match(text, match.start()):
            found[name] = match.end()
    for name, both in (("gender", _GENDERS), ("age_band", _TWO_BANDS)):
        if compared := both.search(text):
            found.setdefault(name, compared.end())
    if _QUARTERLY.search(text):
        found.setdefault("quarter", len(text))
    elif _TREND.search(text) and "quarter" not in found:
        found.setdefault("year", len(text))
    if len(found) > 1 and _EVERYWHERE.search(text):
        found.pop("local_authority", None)
    return tuple(sorted(found, key=lambda name: found[name]))
