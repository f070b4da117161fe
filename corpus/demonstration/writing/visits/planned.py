"""What each invented visit is to report: the truth that its prose is written from."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from corpus.models import Frozen
from corpus.observed import Opinion, QualityStandard, Theme, VisitMeasure

Outcome = Literal["met", "partly_met", "not_met", "insufficient_evidence"]


class PlannedRecommendation(Frozen):
    """One recommendation, as the report gives it."""

    theme: Theme
    text: str
    whose: str | None
    """Role in lower case; None where the report names nobody."""
    by: date | None
    """None where the report gives no date."""


class PlannedFollowUp(Frozen):
    """What became of one recommendation of the visit before."""

    theme: Theme
    text: str
    """The recommendation in brief, as the report refers to it."""
    outcome: Outcome


class PlannedVisit(Frozen):
    """One visit as its report tells it, no more and no less."""

    urn: str
    """With `visited_on`, as its document carries them."""
    setting: str
    visitor: str
    """Key of the visitor whose manner the report is written in."""
    visited_on: date
    announced: bool | None
    """None where the report does not say."""
    safeguarded: Opinion
    well_being: Opinion
    """Insufficient evidence also where the report gives no opinion."""
    counts: dict[VisitMeasure, int | None]
    """None where the report gives no number."""
    standards: dict[QualityStandard, Outcome] = Field(default_factory=dict)
    """Verdicts on the quality standards; empty for visitors who give none."""
    recommendations: tuple[PlannedRecommendation, ...] = ()
    follow_ups: tuple[PlannedFollowUp, ...] = ()
    """Empty where the visitor forgot to follow up."""
