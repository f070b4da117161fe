"""What the Regulation 44 reports held on a provider's homes say over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from math import sqrt
from typing import Final

from corpus.models import Setting
from corpus.observations import observations
from corpus.observed import Observed, Visit, VisitMeasure
from corpus.privacy import ShownLibrary
from corpus.visits import counts_of, outstanding, themes_by_month, visits_of
from tools.found_outcomes import (
    MonthCount,
    OpinionCount,
    OutstandingPoint,
    ThemeCount,
    VisitedHome,
    VisitRate,
)

COUNTED: Final[tuple[VisitMeasure, ...]] = (
    "missing_episodes",
    "incidents",
    "restraints",
)
"""Measures that are followed over the months."""

Events = tuple[int, int]
"""Events that were counted, and the children living there, added over visits."""

_NORMAL_95: Final = 1.96


def visited_homes(
    settings: Sequence[Setting], library: ShownLibrary, on: date
) -> tuple[VisitedHome, ...]:
    """The homes among some settings whose reports are held, in the settings' order.

    Args:
        settings: Settings of one provider.
        library: Where the reports are.
        on: The day by which a recommendation is late.

    Raises:
        DocumentError: where a report cannot be read.
    """
    observed = observations(library)
    every = frozenset(visit.visit_id for visit in observed.visits)
    everywhere = {measure: _events(observed, measure, every) for measure in COUNTED}
    homes = ((setting, _visits(observed, setting)) for setting in settings)
    return tuple(
        _home(setting, visits, observed, on, everywhere)
        for setting, visits in homes
        if visits
    )


def _visits(observed: Observed, setting: Setting) -> tuple[Visit, ...]:
    """The visits to a setting by its URN; by its name where reports give none."""
    named = visits_of(observed, setting.name)
    return visits_of(observed, setting.urn) or tuple(v for v in named if v.urn is None)


def _home(
    setting: Setting,
    visits: tuple[Visit, ...],
    observed: Observed,
    on: date,
    everywhere: Mapping[VisitMeasure, Events],
) -> VisitedHome:
    key = visits[-1].urn or setting.name
    days = [visit.visited_on for visit in visits if visit.visited_on]
    ids = {visit.visit_id for visit in visits}
    last = visits[-1]
    found = Counter(f.outcome for f in observed.follow_ups if f.visit_id in ids)
    return VisitedHome(
        urn=setting.urn,
        name=setting.name,
        visits=len(visits),
        first_on=days[0],
        last_on=days[-1],
        latest=(last.safeguarded, last.well_being),
        latest_span=last.safeguarded_span or last.well_being_span,
        opinions=tuple(_opinions(visits)),
        followed_up=dict(found),
        outstanding=tuple(_outstanding(observed, key, on)),
        themes=tuple(_themes(observed, key, visits)),
        counts=tuple(_counts(observed, key)),
        rates=tuple(_rates(observed, ids, everywhere)),
    )


def _opinions(visits: tuple[Visit, ...]) -> Iterator[OpinionCount]:
    safeguarded = Counter(visit.safeguarded for visit in visits)
    well_being = Counter(visit.well_being for visit in visits)
    for opinion, number in sorted(safeguarded.items()):
        yield OpinionCount(question="safeguarded", opinion=opinion, visits=number)
    for opinion, number in sorted(well_being.items()):
        yield OpinionCount(question="well_being", opinion=opinion, visits=number)


def _outstanding(observed: Observed, key: str, on: date) -> Iterator[OutstandingPoint]:
    for one in outstanding(observed, key):
        by = one.recommendation.by
        yield OutstandingPoint(
            theme=one.recommendation.theme,
            made_on=one.made_on,
            by=by,
            overdue=by is not None and by < on,
            repeated=one.repeated,
            outcome=one.outcome,
            checked_on=one.checked_on,
            span=one.recommendation.span,
        )


def _themes(
    observed: Observed, key: str, visits: tuple[Visit, ...]
) -> Iterator[ThemeCount]:
    days = {visit.visit_id: visit.visited_on for visit in visits}
    first = {
        (day.replace(day=1), row.theme): row.span
        for row in reversed(observed.recommendations)
        if (day := days.get(row.visit_id))
    }
    for one in themes_by_month(observed, key):
        yield ThemeCount(
            month=one.month,
            theme=one.theme,
            recommendations=one.recommendations,
            span=first[one.month, one.theme],
        )


def _counts(observed: Observed, key: str) -> Iterator[MonthCount]:
    for measure in COUNTED:
        for row in counts_of(observed, key, measure):
            if row.visit.visited_on:
                yield MonthCount(
                    visited_on=row.visit.visited_on,
                    measure=measure,
                    value=row.count.value,
                    span=row.count.span,
                )


def _rates(
    observed: Observed, ids: set[str], everywhere: Mapping[VisitMeasure, Events]
) -> Iterator[VisitRate]:
    for measure, (all_events, all_children) in everywhere.items():
        events, children = _events(observed, measure, ids)
        if not children:
            continue
        low, high = byar(events)
        yield VisitRate(
            measure=measure,
            events=events,
            child_visits=children,
            rate=round(events / children, 3),
            low=round(low / children, 3),
            high=round(high / children, 3),
            all_homes=round(all_events / all_children, 3) if all_children else None,
        )


def _events(
    observed: Observed, measure: VisitMeasure, visits: Collection[str]
) -> Events:
    """Events, and children living there, over the visits that tell of both."""
    held: dict[VisitMeasure, dict[str, int]] = {}
    for row in observed.visit_counts:
        if row.value is not None and row.visit_id in visits:
            held.setdefault(row.measure, {})[row.visit_id] = row.value
    events = held.get(measure, {})
    children = held.get("children_living_there", {})
    both = events.keys() & children.keys()
    return sum(events[key] for key in both), sum(children[key] for key in both)


def byar(events: int) -> tuple[float, float]:
    """The 95% interval of a Poisson count: Byar's approximation.

    Breslow and Day, Statistical Methods in Cancer Research II (1987), page 69.
    """
    above = events + 1
    low = (
        events
        and events * (1 - 1 / (9 * events) - _NORMAL_95 / (3 * sqrt(events))) ** 3
    )
    high = above * (1 - 1 / (9 * above) + _NORMAL_95 / (3 * sqrt(above))) ** 3
    return float(low), high
