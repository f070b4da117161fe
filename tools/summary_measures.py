"""The measures of a summary of placements, each worked out for every group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal

from corpus.disclosure import (
    ProtectedTable,
    Question,
    count_by,
    mean_by,
    median_by,
    sum_by,
)
from corpus.disclosure.bands import NOT_RECORDED, Dimension
from tools.shown import NOTHING_KNOWN, Shown, share_of, shown

Measure = Literal[
    "count",
    "average_weekly_cost",
    "total_weekly_cost",
    "median_distance",
    "share_over_20_miles",
    "share_out_of_area",
]
COSTS: Final = ("average_weekly_cost", "total_weekly_cost")
DISTANCES: Final = ("median_distance", "share_over_20_miles")
FAR_MILES: Final = 20.0
"""The distance that the looked-after children statistics count from."""

_COMPONENTS: Final = {
    "social care": "weekly_social_care",
    "education": "weekly_education",
    "health": "weekly_health",
}

Answers = dict[tuple[str, ...], Shown]
"""Figures by the labels of their group; the total's labels are empty."""


def answers(question: Question, measure: Measure) -> tuple[Answers, ProtectedTable]:
    """A measure of every group and of all, and a table with what to tell of them.

    A share is made of two counts: of the children further away than `FAR_MILES`, or
    outside the authority, and of all, those of whom it is not recorded among them, as
    in the looked-after children statistics. A total cost is that of the placements
    with a recorded one; where there is none, nothing is known.
    """
    if measure == "share_over_20_miles":
        least = max(question.filters.min_distance_miles or 0, FAR_MILES)
        return _share(question, {"min_distance_miles": least})
    if measure == "share_out_of_area":
        return _share(question, {"out_of_area": True})
    table = _FIGURES[measure](question)
    if measure == "total_weekly_cost":
        return _known_sums(question, table), table
    return _by_labels(table), table


def components(question: Question, measure: Measure) -> dict[str, Shown]:
    """A cost's parts, by who bears them; empty for the other measures."""
    if measure not in COSTS:
        return {}
    ask = mean_by if measure == "average_weekly_cost" else sum_by
    whole = replace(question, group_by=())
    return {name: shown(ask(whole, value).total) for name, value in _COMPONENTS.items()}


def not_recorded(question: Question, measure: Measure) -> Shown:
    """Children of whom a distance or the host authority is not recorded."""
    if measure not in (*DISTANCES, "share_out_of_area"):
        return NOTHING_KNOWN
    by = Dimension.DISTANCE_BAND if measure in DISTANCES else Dimension.OUT_OF_AREA
    table = count_by(replace(question, group_by=(by,)))
    return _by_labels(table).get((NOT_RECORDED,), Shown(value=0, within=0))


_FIGURES: Final[dict[Measure, Callable[[Question], ProtectedTable]]] = {
    "count": count_by,
    "average_weekly_cost": lambda question: mean_by(question, "weekly_cost"),
    "total_weekly_cost": lambda question: sum_by(question, "weekly_cost"),
    "median_distance": lambda question: median_by(question, "distance_miles"),
}


def _share(
    question: Question, upper: dict[str, object]
) -> tuple[Answers, ProtectedTable]:
    narrower = question.filters.model_copy(update=upper)
    whole = count_by(question)
    parts = _by_labels(count_by(replace(question, filters=narrower)))
    none = Shown(value=0, within=0)
    found = {
        labels: share_of(parts.get(labels, none), figure)
        for labels, figure in _by_labels(whole).items()
    }
    return found, whole


def _known_sums(question: Question, sums: ProtectedTable) -> Answers:
    """Sums, but nothing known in place of a sum of no recorded cost."""
    means = _by_labels(mean_by(question, "weekly_cost"))
    return {
        labels: NOTHING_KNOWN if figure.value == 0 and _none(means[labels]) else figure
        for labels, figure in _by_labels(sums).items()
    }


def _none(mean: Shown) -> bool:
    return mean.value is None and not mean.withheld


def _by_labels(table: ProtectedTable) -> Answers:
    groups = {group.labels: shown(group.figure) for group in table.groups}
    return {**groups, (): shown(table.total)}
