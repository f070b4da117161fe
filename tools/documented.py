"""What documents say of a provider's settings: visits, and claims that disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from corpus import vocabulary
from corpus.codes import Need
from corpus.models import Frozen
from corpus.observed import (
    Observed,
    Opinion,
    Recommendation,
    Span,
    StatedCriteria,
    StatedNeed,
    Theme,
    Visit,
    VisitMeasure,
)
from corpus.text import comparable_name
from tools.setting_record import SettingRecord

Outcome = Literal["met", "partly_met", "not_met", "insufficient_evidence"]


class Recommended(Frozen):
    """One recommendation of a visit."""

    theme: Theme
    by: date | None
    """None where no date is given."""
    span: Span


class VisitRecord(Frozen):
    """One Regulation 44 visit: the visitor's own words and numbers."""

    visit_id: str
    """The document's id."""
    setting: str
    urn: str
    visited_on: date | None
    announced: bool | None
    safeguarded: Opinion
    well_being: Opinion
    span: Span | None
    """The words of the first opinion that there is; None where there is none."""
    counts: dict[VisitMeasure, int | None]
    """What the visitor counted; None is spoken of without a number."""
    recommendations: tuple[Recommended, ...]
    followed_up: dict[Outcome, int]
    """Recommendations of the visit before, by what this one found of them."""


class Disagreement(Frozen):
    """A criterion that a setting's document and its table state differently."""

    setting: str
    urn: str
    criterion: str
    table: str
    document: str
    span: Span


class Documented(Frozen):
    """Rows read from the documents held about some settings."""

    visits: tuple[VisitRecord, ...] = ()
    """By setting, the newest first."""
    disagreements: tuple[Disagreement, ...] = ()


def documented(observed: Observed, settings: Sequence[SettingRecord]) -> Documented:
    """What the documents of a library say of some settings."""
    return Documented(
        visits=tuple(v for setting in settings for v in _visits(observed, setting)),
        disagreements=tuple(
            found for setting in settings for found in _disagreements(observed, setting)
        ),
    )


def _about(row: Visit | StatedCriteria, setting: SettingRecord) -> bool:
    """Whether a row is about a setting: by URN, or by name where it gives no URN."""
    if row.urn is not None:
        return row.urn == setting.urn
    return row.setting is not None and (
        comparable_name(row.setting) == comparable_name(setting.name)
    )


def _visits(observed: Observed, setting: SettingRecord) -> list[VisitRecord]:
    held = [visit for visit in observed.visits if _about(visit, setting)]
    held.sort(key=lambda visit: visit.visited_on or date.min, reverse=True)
    return [_visit(observed, visit, setting) for visit in held]


def _visit(observed: Observed, visit: Visit, setting: SettingRecord) -> VisitRecord:
    key = visit.visit_id
    found = Counter(f.outcome for f in observed.follow_ups if f.visit_id == key)
    return VisitRecord(
        visit_id=key,
        setting=setting.name,
        urn=setting.urn,
        visited_on=visit.visited_on,
        announced=visit.announced,
        safeguarded=visit.safeguarded,
        well_being=visit.well_being,
        span=visit.safeguarded_span or visit.well_being_span,
        counts={c.measure: c.value for c in observed.visit_counts if c.visit_id == key},
        recommendations=tuple(
            _recommended(row) for row in observed.recommendations if row.visit_id == key
        ),
        followed_up=dict(found),
    )


def _recommended(row: Recommendation) -> Recommended:
    return Recommended(theme=row.theme, by=row.by, span=row.span)


def _disagreements(
    observed: Observed, setting: SettingRecord
) -> Iterator[Disagreement]:
    """Where the newest statement of purpose held contradicts the table."""
    held = [row for row in observed.criteria if _about(row, setting)]
    if not held:
        return
    newest = max(held, key=lambda row: row.stated_on or date.min)
    needs = [n for n in observed.stated_needs if n.document_id == newest.document_id]
    for criterion, table, document, span in (
        *_criteria(newest, setting),
        *_needs(needs, setting),
    ):
        yield Disagreement(
            setting=setting.name,
            urn=setting.urn,
            criterion=criterion,
            table=table,
            document=document,
            span=span,
        )


_Differing = tuple[str, str, str, Span]
"""Criterion, what the table says, what the document says, and where."""


def _criteria(stated: StatedCriteria, setting: SettingRecord) -> Iterator[_Differing]:
    """Criteria that both state, and state differently."""
    if not stated.spans:
        return
    pairs: tuple[tuple[str, object, object], ...] = (
        ("youngest age", setting.age_from, stated.age_from),
        ("oldest age", setting.age_to, stated.age_to),
        ("places", setting.places, stated.places),
        ("genders", _listed(setting.genders), _listed(stated.genders)),
    )
    for name, table, document in pairs:
        if table is not None and document is not None and table != document:
            yield name, str(table), str(document), stated.spans[0]


def _listed(genders: Sequence[str]) -> str | None:
    return ", ".join(sorted(genders)) or None


def _needs(needs: list[StatedNeed], setting: SettingRecord) -> Iterator[_Differing]:
    """Needs that one admits and the other does not."""
    table: dict[Need, str] = {
        **dict.fromkeys(setting.accepts, "accepts"),
        **dict.fromkeys(setting.excludes, "excludes"),
    }
    for row in needs:
        held = table.get(row.need)
        if held is not None and held != row.stance:
            label = vocabulary.needs().label(row.need)
            yield label, held, str(row.stance), row.span
