"""Questions about Regulation 44 visits: a home's visits, what is still to be done."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final, Literal

from corpus.extracting.linking import ALIKE, homes, likeness
from corpus.models import Frozen
from corpus.observed import (
    FollowUp,
    Observed,
    Recommendation,
    Theme,
    Visit,
    VisitCount,
    VisitMeasure,
)
from corpus.text import comparable_name

Outcome = Literal["met", "partly_met", "not_met", "insufficient_evidence"]

_REPEATED: Final = 0.5
"""Likeness from which a recommendation is an earlier one made again. Ours."""


class Outstanding(Frozen):
    """A recommendation that no later visit is known to have found met."""

    recommendation: Recommendation
    """As it was made last."""
    made_on: date
    """Day of the visit that made it first."""
    repeated: int
    """How many later visits made it again."""
    outcome: Outcome | None
    """What the latest follow-up said; None where no visit followed it up."""
    checked_on: date | None
    """Day of that visit."""


class ThemeMonth(Frozen):
    """How many recommendations of one theme the visits of one month made."""

    month: date
    """Its first day."""
    theme: Theme
    recommendations: int


class CountOn(Frozen):
    """What one visit reported of a measure."""

    visit: Visit
    count: VisitCount


def visits_of(
    observed: Observed, home: str, on: date | None = None
) -> tuple[Visit, ...]:
    """Dated visits to a home, the earliest first, up to and including the day `on`.

    Args:
        observed: The rows of a library.
        home: The home's URN, or its name whatever its case and punctuation.
        on: The last day that counts; None for all.
    """
    wanted = comparable_name(home)
    held = homes(observed.visits)
    found = held.get(home.strip()) or next(
        (
            visits
            for key, visits in held.items()
            if wanted in {key, *(comparable_name(v.setting or "") for v in visits)}
        ),
        [],
    )
    return tuple(v for v in found if on is None or (v.visited_on or on) <= on)


def outstanding(
    observed: Observed, home: str, on: date | None = None
) -> tuple[Outstanding, ...]:
    """Recommendations to a home that no visit up to `on` has found met, oldest first.

    One that was made again counts once. One that nobody followed up is outstanding,
    with no outcome. `on` is None for all visits.
    """
    still: list[Outstanding] = []
    before = ""
    for visit in visits_of(observed, home, on):
        key = visit.visit_id
        told = [row for row in observed.follow_ups if row.visit_id == key]
        made = [row for row in observed.recommendations if row.visit_id == key]
        still = _after(still, visit, before, told, made)
        before = key
    return tuple(sorted(still, key=lambda one: (one.made_on, _name(one))))


def themes_by_month(
    observed: Observed, home: str | None = None
) -> tuple[ThemeMonth, ...]:
    """Recommendations by month and theme, months in order, the commonest theme first.

    `home` is a URN or a name; None for all homes.
    """
    visits = observed.visits if home is None else visits_of(observed, home)
    months = {v.visit_id: v.visited_on.replace(day=1) for v in visits if v.visited_on}
    counted = Counter(
        (months[row.visit_id], row.theme)
        for row in observed.recommendations
        if row.visit_id in months
    )
    ranked = sorted(
        counted.items(), key=lambda item: (item[0][0], -item[1], item[0][1])
    )
    return tuple(
        ThemeMonth(month=month, theme=theme, recommendations=number)
        for (month, theme), number in ranked
    )


def counts_of(
    observed: Observed, home: str, measure: VisitMeasure, on: date | None = None
) -> tuple[CountOn, ...]:
    """What each visit to a home reported of a measure, the earliest first.

    Visits that do not speak of it are left out; a count of None is one that the report
    speaks of without a number.
    """
    counts = {c.visit_id: c for c in observed.visit_counts if c.measure == measure}
    return tuple(
        CountOn(visit=visit, count=counts[visit.visit_id])
        for visit in visits_of(observed, home, on)
        if visit.visit_id in counts
    )


def _after(
    still: list[Outstanding],
    visit: Visit,
    before: str,
    told: list[FollowUp],
    made: list[Recommendation],
) -> list[Outstanding]:
    """What is outstanding after one visit; `before` is the id of the one before."""
    for row in told:
        meant = _meant(still, row, before)
        if meant is None:
            continue
        still = [one for one in still if one is not meant]
        if row.outcome != "met":
            found = {"outcome": row.outcome, "checked_on": visit.visited_on}
            still.append(meant.model_copy(update=found))
    for recommendation in made:
        still = _with(still, recommendation, visit)
    return still


def _meant(still: list[Outstanding], row: FollowUp, before: str) -> Outstanding | None:
    """The outstanding recommendation that a follow-up speaks of; None if not told.

    One of the visit before is named by its number; an older one is the likest.
    """
    if row.recommendation is not None:
        wanted = before, row.recommendation
        asked = (one for one in still if _name(one) == wanted)
        return next(asked, None)
    older = [one for one in still if one.recommendation.visit_id != before]
    return _likest(older, row.span.quote, ALIKE)


def _name(one: Outstanding) -> tuple[str, int]:
    return one.recommendation.visit_id, one.recommendation.number


def _likest(still: list[Outstanding], quote: str, least: float) -> Outstanding | None:
    def like(one: Outstanding) -> float:
        return likeness(quote, one.recommendation.span.quote)

    best = max(still, key=like, default=None)
    return best if best and like(best) >= least else None


def _with(
    still: list[Outstanding], made: Recommendation, visit: Visit
) -> list[Outstanding]:
    """The list with a recommendation, in place of the one that it makes again."""
    earlier = [o for o in still if o.recommendation.visit_id != visit.visit_id]
    pressed = [o for o in earlier if _is_pressed(o, made, visit)]
    quote = made.span.quote
    again = _likest(earlier, quote, _REPEATED) or _likest(pressed, quote, ALIKE)
    if again is None:
        new = Outstanding(
            recommendation=made,
            made_on=visit.visited_on or date.min,
            repeated=0,
            outcome=None,
            checked_on=None,
        )
        return [*still, new]
    renewed = {"recommendation": made, "repeated": again.repeated + 1}
    return [o.model_copy(update=renewed) if o is again else o for o in still]


def _is_pressed(one: Outstanding, made: Recommendation, visit: Visit) -> bool:
    """Whether a visit found a thing undone and asks for something of that theme."""
    theme = one.recommendation.theme
    return one.checked_on == visit.visited_on and theme == made.theme != Theme.OTHER
