"""Regulation 44 reports: a year of monthly visits to homes, each home with its story.

A story says what was found each month; a visitor, in whose manner it is told, decides
what of it the report states. `planned_visits` gives what each report states, as the
truth to which reading the reports can be held.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from corpus.codes import DocumentKind
from corpus.demonstration.calibration import Size
from corpus.demonstration.chance import stream
from corpus.demonstration.writing.filing import file_document
from corpus.demonstration.writing.homes import Home
from corpus.demonstration.writing.known import Known
from corpus.demonstration.writing.visits.casting import cast_stories, visit_days
from corpus.demonstration.writing.visits.occasion import Occasion
from corpus.demonstration.writing.visits.planned import (
    PlannedFollowUp,
    PlannedRecommendation,
    PlannedVisit,
)
from corpus.demonstration.writing.visits.planning import Draft, draft
from corpus.demonstration.writing.visits.stories import STANDARDS, stories
from corpus.demonstration.writing.visits.telling import told
from corpus.demonstration.writing.visits.visitors import visitors
from corpus.demonstration.writing.visits.wording import Choice
from corpus.models import Document

__all__ = [
    "STANDARDS",
    "VISITED",
    "PlannedFollowUp",
    "PlannedRecommendation",
    "PlannedVisit",
    "cast_stories",
    "planned_visits",
    "write_visits",
]

VISITED: Final[dict[Size, int]] = {"full": 16, "small": 3}
"""Homes that are visited."""
_REPORTED: Final[dict[Size, int]] = {"full": 12, "small": 4}
"""Months, the latest, of which there are reports."""


def write_visits(known: Known, homes: dict[str, Home]) -> list[Document]:
    """Monthly reports for each home that has a story, by the stories' keys."""
    return [_filed(made) for made in _drafts(known, homes)]


def planned_visits(known: Known) -> tuple[PlannedVisit, ...]:
    """What each report states, in the order in which they are written."""
    homes = cast_stories(known, VISITED[known.size])
    return tuple(made.planned for made in _drafts(known, homes))


def _drafts(known: Known, homes: dict[str, Home]) -> Iterator[Draft]:
    """Drafts by home and month; each visitor avoids what they have said before."""
    planning, telling = _choices(known, "plans"), _choices(known, "tells")
    for story in stories():
        if story.key in homes:
            home = homes[story.key]
            days = visit_days(known, home)
            for number in range(12 - _REPORTED[known.size], 12):
                visitor = visitors()[story.visitor_of(number)]
                occasion = Occasion(home, story, number, days[number], visitor)
                yield draft(occasion, planning[visitor.key], telling[visitor.key])


def _choices(known: Known, concern: str) -> dict[str, Choice]:
    """A choice for each visitor; none says what another has said."""
    said: set[str] = set()
    return {
        key: Choice(stream(known.seed, "visitor", concern, key), said)
        for key in visitors()
    }


def _filed(made: Draft) -> Document:
    occasion = made.occasion
    return file_document(
        told(made),
        folder="reg44",
        name=f"{occasion.home.setting.name} {occasion.day:%Y-%m}",
        kind=DocumentKind.REG44,
        published=occasion.day,
        about=occasion.home,
    )
