"""Reader of bands of ages: whole years, both ends inclusive."""

from __future__ import annotations

import re
from typing import Final

from assistant.readers.child import OLDEST, read_age_range, read_ages
from assistant.readers.reading import NUMBER, whole_number
from corpus.models import Frozen

TEENAGERS: Final = (13, 19)
"""Thirteen to nineteen, as the word says."""

_AGE: Final = rf"(?P<age>{NUMBER})"
_NO_OTHER_UNIT: Final = (
    r"\b(?!\s*(?:miles?|mi\b|km|weeks?|months?|days?|%|per\s*cent|percent|k\b|beds?"
    r"|places|grand|thousand|hundred|moves?|times|hours?|children|placements?|settings?"
    r"|a\s+week|pw|providers?|homes?|pounds|years?\b(?!\s*old)))(?![,.:/]\d)"
)
_LISTED: Final = re.compile(
    rf"\b{NUMBER}(?:\s*,\s*{NUMBER})+\s*,?\s*(?:and|or|&)\s*{NUMBER}"
    r"(?=[\s-]*(?:years?[\s-]*olds?|yrs?[\s-]*olds?|yos?\b))",
    re.IGNORECASE,
)
_AND_OVER: Final = re.compile(
    rf"\b{_AGE}\s*(?:\+(?!\s*(?:miles?|mi\b|moves?|\d|(?:supported\s+)?acc?om|provision))"
    r"|s?(?:[\s-]*years?)?(?:\s*(?:of\s+age|olds?))?\s*(?:and|or)\s+(?:over|older|above|up)\b"
    r"(?!\s+(?:miles|moves)))"
    rf"|\b(?:at\s+least|from)\s+(?:age\s+)?{_AGE.replace('age>', 'least>')}\s+"
    r"(?:years?\s+old|and\s+up|up)\b",
    re.IGNORECASE,
)
_AND_UNDER: Final = re.compile(
    rf"\b{_AGE}s?(?:[\s-]*years?)?(?:\s*(?:of\s+age|olds?))?\s*(?:and|or)\s+"
    r"(?:under|younger|below)\b|\b(?:aged?|ages)\s+up\s+to\s+"
    rf"{_AGE.replace('age>', 'most>')}{_NO_OTHER_UNIT}",
    re.IGNORECASE,
)
_UNDERS: Final = re.compile(
    rf"\b(?:under|below|younger\s+than|less\s+than)[\s-]*(?:the\s+age\s+of\s+)?{_AGE}"
    rf"(?:['’]?s)?{_NO_OTHER_UNIT}",
    re.IGNORECASE,
)
_OVERS: Final = re.compile(rf"\bover[\s-]*{_AGE}['’]?s{_NO_OTHER_UNIT}", re.IGNORECASE)
_OVER: Final = re.compile(
    rf"\b(?:over|above|older\s+than|more\s+than(?=\s+\d+\s+years?\s+old))[\s-]+(?:the\s+age\s+of\s+)?{_AGE}{_NO_OTHER_UNIT}",
    re.IGNORECASE,
)
_TEENAGERS: Final = re.compile(
    r"(?<!pre-)(?<!pre )\bteen(?:age(?:rs?|d)?|s)\b", re.IGNORECASE
)
_BABIES: Final = re.compile(r"\b(?:babies|infants|under[\s-]ones?|newborns?)\b", re.I)
_IMPOSSIBLE: Final = re.compile(
    rf"\b(?:aged?\s+(?:of\s+)?{_AGE}\b"
    rf"|{_AGE.replace('age>', 'old>')}[\s-]*(?:years?|yrs?)[\s-]*olds?\b"
    rf"|{_AGE.replace('age>', 'yo>')}\s?yo\b)",
    re.IGNORECASE,
)


class AgeBand(Frozen):
    """Youngest and oldest age, inclusive; None at an end that is open."""

    youngest: int | None = None
    oldest: int | None = None


def read_age_band(text: str) -> AgeBand:
    """The band of ages stated; both ends None where none is.

    Under 16 is to 15. "The over-16s" have had that birthday, so they are 16 and above;
    "older than 16" in whole years is from 17. A single age is a band of one.
    """
    if listed := _LISTED.search(text):
        each = [whole_number(age) for age in re.findall(NUMBER, listed[0])]
        return AgeBand(youngest=min(each), oldest=max(each))
    if span := read_age_range(text):
        return AgeBand(youngest=span.value[0], oldest=span.value[1])
    youngest, oldest = _youngest(text), _oldest(text)
    if youngest is not None or oldest is not None:
        return AgeBand(youngest=youngest, oldest=oldest)
    if ages := read_ages(text):
        return AgeBand(youngest=min(ages.value), oldest=max(ages.value))
    if _TEENAGERS.search(text):
        return AgeBand(youngest=TEENAGERS[0], oldest=TEENAGERS[1])
    return AgeBand(oldest=0) if _BABIES.search(text) else AgeBand()


def _youngest(text: str) -> int | None:
    if match := _AND_OVER.search(text):
        return _plausible(match["age"] or match["least"])
    if match := _OVERS.search(text):
        return _plausible(match["age"])
    match = _OVER.search(text)
    age = _plausible(match["age"]) if match else None
    return None if age is None else age + 1


def _oldest(text: str) -> int | None:
    if match := _AND_UNDER.search(text):
        return _plausible(match["age"] or match["most"])
    match = _UNDERS.search(text)
    age = _plausible(match["age"]) if match else None
    return None if age is None or age == 0 else age - 1


def _plausible(word: str) -> int | None:
    age = whole_number(word)
    return age if age <= OLDEST else None


def read_impossible_age(text: str) -> int | None:
    """An age stated that no child or care leaver has; None where there is none."""
    for match in _IMPOSSIBLE.finditer(text):
        age = whole_number(match["age"] or match["old"] or match["yo"])
        if age > OLDEST:
            return age
    return None
