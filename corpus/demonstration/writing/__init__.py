"""Invented documents of the region, which agree with its tables."""

from __future__ import annotations

from typing import Final

from corpus.demonstration.calibration import Size
from corpus.demonstration.writing.homes import Home
from corpus.demonstration.writing.inspections import write_inspections
from corpus.demonstration.writing.known import Known
from corpus.demonstration.writing.reports import write_reports
from corpus.demonstration.writing.statements_of_purpose import (
    PlannedStatement,
    choose_homes,
    planned_statements,
    write_statements,
)
from corpus.demonstration.writing.sufficiency import (
    planned_gaps,
    write_sufficiency_statements,
)
from corpus.demonstration.writing.sufficiency_gaps import PlannedGap
from corpus.demonstration.writing.visits import (
    VISITED,
    PlannedVisit,
    cast_stories,
    planned_visits,
    write_visits,
)
from corpus.models import Document

__all__ = [
    "Known",
    "PlannedGap",
    "PlannedStatement",
    "PlannedVisit",
    "planned_gaps",
    "planned_statements",
    "planned_visits",
    "stated_homes",
    "write_documents",
]

STATEMENTS: Final[dict[Size, int]] = {"full": 120, "small": 9}
"""Homes with a statement of purpose, the visited ones among them."""
INSPECTIONS: Final[dict[Size, int]] = {"full": 55, "small": 4}
"""Homes of those whose latest inspection is summarised."""


def write_documents(known: Known) -> tuple[Document, ...]:
    """Every document of the region: about homes, authorities and the whole."""
    visited = cast_stories(known, VISITED[known.size])
    homes = stated_homes(known)
    return tuple(
        write_statements(known, homes)
        + write_inspections(known, homes, INSPECTIONS[known.size])
        + write_visits(known, visited)
        + write_sufficiency_statements(known)
        + write_reports(known)
    )


def stated_homes(known: Known) -> list[Home]:
    """Homes that have a statement of purpose, in the order of their documents."""
    visited = cast_stories(known, VISITED[known.size])
    return choose_homes(known, list(visited.values()), STATEMENTS[known.size])
