"""Rows of one Regulation 44 report."""

from __future__ import annotations

from corpus.extracting.counts import read_counts
from corpus.extracting.follow_ups import read_follow_ups
from corpus.extracting.lines import LinedDocument
from corpus.extracting.opinions import read_opinion
from corpus.extracting.recommendations import read_recommendations
from corpus.extracting.standards import read_standards
from corpus.extracting.visit_header import (
    home_name,
    home_urn,
    visit_day,
    was_announced,
)
from corpus.models import Document
from corpus.observed import Observed, Visit


def read_visit(document: Document) -> Observed:
    """The visit that a report tells of, with all that is counted and asked in it.

    Nothing is inferred: an opinion that is not in the visitor's words is insufficient
    evidence, and a measure that the report does not speak of has no row.
    """
    lined = LinedDocument(document)
    visit = _visit(lined)
    key, day = visit.visit_id, visit.visited_on
    return Observed(
        visits=(visit,),
        visit_counts=read_counts(lined, key),
        standard_comments=read_standards(lined, key),
        recommendations=read_recommendations(lined, key, day),
        follow_ups=read_follow_ups(lined, key),
    )


def _visit(lined: LinedDocument) -> Visit:
    safeguarded, safeguarded_span = read_opinion(lined, "safeguarded")
    well_being, well_being_span = read_opinion(lined, "well_being")
    return Visit(
        visit_id=lined.document.document_id,
        setting=home_name(lined),
        urn=home_urn(lined),
        visited_on=visit_day(lined),
        announced=was_announced(lined),
        safeguarded=safeguarded,
        safeguarded_span=safeguarded_span,
        well_being=well_being,
        well_being_span=well_being_span,
    )
