"""What documents say of a provider's settings, as rows that a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from corpus.models import Citation
from corpus.observed import Opinion, Span
from corpus.privacy import ShownLibrary
from tools.documented import Disagreement, Documented, Recommended, VisitRecord
from tools.quoting import span_citation

Row = tuple[str | int | float | None, ...]

VISITS: Final = (
    "Setting", "Visited", "Announced", "Children safeguarded", "Well-being promoted",
    "Incidents", "Restraints", "Missing episodes", "Complaints", "Recommendations",
    "Earlier ones met", "Earlier ones not met or in part",
)  # fmt: skip
RECOMMENDATIONS: Final = ("Setting", "Visited", "About", "By", "In the visitor's words")
DISAGREEMENTS: Final = ("Setting", "Criterion", "Table", "Statement of purpose")

_OPINIONS: Final = {
    Opinion.YES: "yes",
    Opinion.QUALIFIED: "yes, with a reservation",
    Opinion.NO: "no",
    Opinion.INSUFFICIENT_EVIDENCE: "insufficient evidence",
}


def latest(said: Documented) -> list[tuple[VisitRecord, Recommended]]:
    """The recommendations of each setting's latest visit."""
    first = {visit.urn: visit for visit in reversed(said.visits)}
    return [(v, made) for v in first.values() for made in v.recommendations]


def visit_row(visit: VisitRecord) -> Row:
    """One visit: its opinions, and what was counted."""
    found, counts = visit.followed_up, visit.counts
    return (
        visit.setting,
        day_in_words(visit.visited_on),
        {True: "yes", False: "no", None: "not said"}[visit.announced],
        _OPINIONS[visit.safeguarded],
        _OPINIONS[visit.well_being],
        counts.get("incidents"),
        counts.get("restraints"),
        counts.get("missing_episodes"),
        counts.get("complaints"),
        len(visit.recommendations),
        found.get("met", 0),
        found.get("not_met", 0) + found.get("partly_met", 0),
    )


def recommendation_row(visit: VisitRecord, made: Recommended) -> Row:
    """One recommendation, with the words that it was read from."""
    about = made.theme.replace("_", " ")
    return (
        visit.setting,
        day_in_words(visit.visited_on),
        about,
        day_in_words(made.by),
        made.span.quote,
    )


def disagreement_row(row: Disagreement) -> Row:
    """One criterion as the table and as the document state it."""
    return row.setting, row.criterion, row.table, row.document


def span_key(span: Span) -> str:
    """What a span's citation is kept by."""
    return f"{span.document_id}:{span.start}:{span.end}"


def visit_key(visit: VisitRecord) -> str:
    """What a visit's citation is kept by: its quoted opinion, or the whole report."""
    return span_key(visit.span) if visit.span else visit.visit_id


def span_citations(said: Documented, library: ShownLibrary) -> dict[str, Citation]:
    """A citation of every span that a row stands on, by its key."""
    return {span_key(span): span_citation(span, library) for span in _spans(said)}


def _spans(said: Documented) -> Iterator[Span]:
    for visit in said.visits:
        if visit.span:
            yield visit.span
    for _, made in latest(said):
        yield made.span
    for row in said.disagreements:
        yield row.span


def day_in_words(day: date | None) -> str | None:
    """A day as a table shows it: "5 Mar 2026"; None for none."""
    return f"{day:%-d %b %Y}" if day else None
