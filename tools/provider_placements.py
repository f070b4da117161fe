"""Children placed with a provider: how many, what is paid, how their stays ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from corpus.disclosure import (
    Dimension,
    Figure,
    Filters,
    ProtectedTable,
    Question,
    count_by,
    mean_by,
)
from corpus.disclosure.bands import quarter_start
from tools.base import Knowledge
from tools.endings import unplanned_share
from tools.provider_record import PlacementFigure
from tools.shown import Shown, shown

_A_YEAR: Final = timedelta(days=364)
"""From the first day of a year to its last."""


@dataclass(frozen=True)
class ProviderPlacements:
    """The figures, and the tables that they were read from."""

    figures: tuple[PlacementFigure, ...] = ()
    """Empty where no placements are held, or too few to tell."""
    tables: tuple[ProtectedTable, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """A measure in words, which rows it is of, and how they make one figure."""

    measure: str
    filters: Filters
    figure: Callable[[Question], tuple[Shown, ProtectedTable]]


def provider_placements(
    urns: Iterable[str], knowledge: Knowledge
) -> ProviderPlacements:
    """What the placements in some settings show, under disclosure control.

    Counts are children of every authority; costs are social care, with education and
    health where they are recorded, in pounds a week.

    Raises:
        TableError: where the table of placements is missing or damaged.
    """
    as_at = knowledge.dataset.table_as_at("placements")
    everything = Question(knowledge.dataset, "placements", knowledge.viewer)
    if as_at is None or not count_by(everything).total.value:
        return ProviderPlacements()
    answered = [
        _answered(asked, knowledge) for asked in _measures(tuple(sorted(urns)), as_at)
    ]
    return ProviderPlacements(
        tuple(figure for figure, _ in answered), tuple(table for _, table in answered)
    )


def _measures(urns: tuple[str, ...], as_at: date) -> tuple[_Asked, ...]:
    there = Filters(urns=urns)
    now = there.model_copy(update={"on": as_at})
    since = quarter_start(as_at - _A_YEAR)
    recent = there.model_copy(update={"since": since})
    day, start = f"{as_at:%-d %B %Y}", f"{since:%-d %B %Y}"
    cost = "Mean weekly cost paid, £,"
    return (
        _Asked(f"Children there on {day}", now, _count),
        _Asked(f"Children who came since {start}", recent, _count),
        _Asked(f"{cost} on {day}", now, _mean_cost),
        _Asked(f"{cost} of stays begun since {start}", recent, _mean_cost),
        _Asked("Stays that ended as planned", there, _planned),
        _Asked("Stays that ended unplanned", there, _unplanned),
        _Asked("Share of ended stays that ended unplanned", there, _share),
    )


def _answered(
    asked: _Asked, knowledge: Knowledge
) -> tuple[PlacementFigure, ProtectedTable]:
    question = Question(
        knowledge.dataset, "placements", knowledge.viewer, asked.filters
    )
    figure, table = asked.figure(question)
    own = _own(asked, knowledge)
    return PlacementFigure(measure=asked.measure, figure=figure, own=own), table


def _own(asked: _Asked, knowledge: Knowledge) -> Shown | None:
    """The figure of the viewer's own authority; None for a viewer without one."""
    authority = knowledge.viewer.local_authority
    if authority is None:
        return None
    filters = asked.filters.model_copy(update={"local_authority": (authority,)})
    question = Question(knowledge.dataset, "placements", knowledge.viewer, filters)
    return asked.figure(question)[0]


def _count(question: Question) -> tuple[Shown, ProtectedTable]:
    table = count_by(question)
    return shown(table.total), table


def _mean_cost(question: Question) -> tuple[Shown, ProtectedTable]:
    table = mean_by(question, "weekly_cost")
    return shown(table.total), table


def _planned(question: Question) -> tuple[Shown, ProtectedTable]:
    planned, _, table = _endings(question)
    return shown(planned), table


def _unplanned(question: Question) -> tuple[Shown, ProtectedTable]:
    _, unplanned, table = _endings(question)
    return shown(unplanned), table


def _share(question: Question) -> tuple[Shown, ProtectedTable]:
    planned, unplanned, table = _endings(question)
    return unplanned_share(planned, unplanned), table


def _endings(question: Question) -> tuple[Figure, Figure, ProtectedTable]:
    """Stays that ended as planned, and those that ended unplanned."""
    table = count_by(replace(question, group_by=(Dimension.ENDING,)), "records")
    figures = {group.labels[0]: group.figure for group in table.groups}
    return figures["planned"], figures["unplanned"], table
