"""What a heading of a visitor's report is about, whatever its words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Final

from corpus.extracting.lines import Line
from corpus.extracting.words import Words
from corpus.observed import QualityStandard


class Topic(StrEnum):
    """Parts of a report that rows are read from; a heading's is the first that fits."""

    FOLLOW_UP = "follow_up"
    RECOMMENDATIONS = "recommendations"
    OPINION = "opinion"
    FIGURES = "figures"


def topic_of(path: tuple[str, ...]) -> Topic | None:
    """The topic of the innermost heading that has one; None where none has."""
    return next(
        (t for heading in reversed(path) if (t := heading_topic(heading))), None
    )


@cache
def heading_topic(heading: str) -> Topic | None:
    """The topic of one heading; None for others."""
    return next((t for t in Topic if Words(f"topics.{t}").search(heading)), None)


def is_item(line: Line) -> bool:
    """Whether a line is a list's item, also where it was taken for a heading.

    A numbered heading is one where it names no topic and starts its numbers anew or
    goes on with them: "1. Repair the door" below "8. Recommendations".
    """
    return line.marked and (not line.heading or heading_topic(line.path[-1]) is None)


_BY_NUMBER: Final = dict(zip(range(6, 15), QualityStandard, strict=True))
_REGULATION: Final = re.compile(r"\breg(?:ulation|s|\.)?\s*(\d{1,2})\b", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"^\W*(?:\d{1,2}(?:\.\d+)*[.)]?\s+)?")


def standards_of(heading: str) -> tuple[QualityStandard, ...]:
    """The quality standards that a heading names, by regulation number or in words.

    A number decides alone. Empty for a heading that names none.
    """
    numbers = [int(digits) for digits in _REGULATION.findall(heading)]
    by_number = [_BY_NUMBER[n] for n in numbers if n in _BY_NUMBER]
    if by_number:
        return tuple(by_number)
    words = _NUMBERED.sub("", heading)
    if len(words.split()) > 9 or heading_topic(words) in (
        Topic.RECOMMENDATIONS, Topic.FOLLOW_UP, Topic.OPINION,
    ):  # fmt: skip
        return ()
    return tuple(
        standard
        for standard in QualityStandard
        if Words(f"quality_standards.{standard}").search(words)
    )
