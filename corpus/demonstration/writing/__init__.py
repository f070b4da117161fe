"""Invented documents of the region, which agree with its tables."""

from __future__ import annotations

from typing import Final

from corpus.demonstration.calibration import Size
from corpus.demonstration.writing.known import Known
from corpus.demonstration.writing.reports import write_reports
from corpus.demonstration.writing.statements_of_purpose import (
    choose_homes,
    write_statements,
)
from corpus.demonstration.writing.stories import cast_stories
from corpus.demonstration.writing.sufficiency import write_sufficiency_statements
from corpus.demonstration.writing.visits import write_visits
from corpus.models import Document

__all__ = ["Known", "write_documents"]

VISITED: Final[dict[Size, int]] = {"full": 10, "small": 3}
"""Homes with three Regulation 44 reports each."""
STATEMENTS: Final[dict[Size, int]] = {"full": 38, "small": 9}
"""Homes with a statement of purpose, the visited ones among them."""


def write_documents(known: Known) -> tuple[Document, ...]:
    """Every document of the region: about homes, authorities and the whole."""
    visited = cast_stories(known, VISITED[known.size])
    homes = choose_homes(known, list(visited.values()), STATEMENTS[known.size])
    return tuple(
        write_statements(known, homes)
        + write_visits(known, visited)
        + write_sufficiency_statements(known)
        + write_reports(known)
    )
