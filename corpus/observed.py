"""Rows read from documents: what a visitor, a home or an authority wrote, with where.

Nothing here is inferred. A value that a document does not state in words is
"insufficient evidence", and each row keeps the span that it was read from.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from corpus.codes import Gender, Need, PlacementType, Stance
from corpus.models import Frozen


class Span(Frozen):
    """Where a row was read: `document.text[start:end]` is the quote."""

    document_id: str
    start: int
    end: int
    quote: str
    locator: str
    """As a reader finds it: "paragraph 3.2", "page 4", "section Complaints"."""


class QualityStandard(StrEnum):
    """The nine quality standards of the Children's Homes Regulations 2015."""

    CARE = "quality_and_purpose_of_care"  # regulation 6
    VIEWS = "children's_views_wishes_and_feelings"  # regulation 7
    EDUCATION = "education"  # regulation 8
    ENJOYMENT = "enjoyment_and_achievement"  # regulation 9
    HEALTH = "health_and_well-being"  # regulation 10
    RELATIONSHIPS = "positive_relationships"  # regulation 11
    PROTECTION = "protection_of_children"  # regulation 12
    LEADERSHIP = "leadership_and_management"  # regulation 13
    PLANNING = "care_planning"  # regulation 14


class Opinion(StrEnum):
    """What the visitor's own words say to one of the two required questions."""

    YES = "yes"
    QUALIFIED = "qualified"
    """Yes, with a reservation stated in the same opinion."""
    NO = "no"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    """The report gives no opinion in words, or says that it cannot."""


class Theme(StrEnum):
    """What a recommendation or a concern is about."""

    STAFFING = "staffing"
    MANAGEMENT = "management"
    TRAINING_AND_SUPERVISION = "training_and_supervision"
    MISSING = "missing"
    RESTRAINT = "restraint"
    SAFEGUARDING = "safeguarding"
    RISK_ASSESSMENT = "risk_assessment"
    RECORDS = "records"
    MEDICATION_AND_HEALTH = "medication_and_health"
    EDUCATION = "education"
    PREMISES = "premises"
    FIRE_SAFETY = "fire_safety"
    COMPLAINTS = "complaints"
    CARE_PLANNING = "care_planning"
    CHILDRENS_VIEWS = "children's_views"
    OTHER = "other"


class Visit(Frozen):
    """One Regulation 44 visit."""

    visit_id: str
    """The document's id."""
    setting: str | None
    """The home's name as the report gives it; None where it gives none."""
    urn: str | None
    """None where the report gives no URN."""
    visited_on: date | None
    announced: bool | None
    """None where the report does not say."""
    safeguarded: Opinion
    """Are children effectively safeguarded?"""
    safeguarded_span: Span | None
    """None exactly where there is no opinion in words."""
    well_being: Opinion
    """Does the conduct of the home promote children's well-being?"""
    well_being_span: Span | None


VisitMeasure = Literal[
    "children_living_there", "incidents", "restraints", "missing_episodes",
    "complaints", "notifications", "staff_vacancies",
]  # fmt: skip
"""What a visitor counts, in the period since the visit before."""


class VisitCount(Frozen):
    """One number that a visitor reported."""

    visit_id: str
    measure: VisitMeasure
    value: int | None
    """None is "insufficient evidence": the report speaks of it without a number."""
    span: Span


class StandardComment(Frozen):
    """What a visitor wrote under one quality standard."""

    visit_id: str
    standard: QualityStandard
    met: Literal["met", "partly_met", "not_met", "insufficient_evidence"]
    """As the report words it; insufficient evidence where it gives no such word."""
    span: Span


class Recommendation(Frozen):
    """One recommendation of a visit."""

    visit_id: str
    number: int
    """Its place in the visit's list, from 1."""
    theme: Theme
    by: date | None
    """When it was to be done; None where no date is given."""
    whose: str | None
    """Role that must act, such as "registered manager"; never a person's name."""
    span: Span


class FollowUp(Frozen):
    """What a visit found of a recommendation of the visit before."""

    visit_id: str
    """The later visit."""
    theme: Theme
    outcome: Literal["met", "partly_met", "not_met", "insufficient_evidence"]
    recommendation: int | None
    """Number of the recommendation in the visit before, where it can be told."""
    span: Span


class StatedCriteria(Frozen):
    """Admission criteria as one statement of purpose states them."""

    document_id: str
    setting: str | None
    urn: str | None
    stated_on: date | None
    age_from: int | None
    age_to: int | None
    """Inclusive; None, like the others, where the statement does not say."""
    genders: tuple[Gender, ...]
    """Empty where not stated."""
    places: int | None
    spans: tuple[Span, ...]
    """The sentences that these were read from."""


class StatedNeed(Frozen):
    """What one statement of purpose says of one need. A claim, not a finding."""

    document_id: str
    urn: str | None
    need: Need
    stance: Stance
    span: Span


class StatedGap(Frozen):
    """A gap in provision, or an intention to fill one, as an authority states it."""

    document_id: str
    local_authority: str | None
    kind: Literal["gap", "intention"]
    placement_type: PlacementType | None
    needs: tuple[Need, ...]
    age_from: int | None
    age_to: int | None
    places: int | None
    """Beds or households that it names; None where it gives no number."""
    by: date | None
    """When it is intended; the last day of the month, year or financial year named."""
    span: Span


class Observed(Frozen):
    """Every row read from the documents of a library, in the documents' order."""

    visits: tuple[Visit, ...] = ()
    visit_counts: tuple[VisitCount, ...] = ()
    standard_comments: tuple[StandardComment, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    criteria: tuple[StatedCriteria, ...] = ()
    stated_needs: tuple[StatedNeed, ...] = ()
    stated_gaps: tuple[StatedGap, ...] = ()
