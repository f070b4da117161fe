"""Counts, means, medians and sums about children, as their viewer may see them.

The viewer is applied here, below every tool. docs/disclosure.md holds the method and
its proof.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from corpus.dataset import Dataset
from corpus.disclosure.access import reads_exactly
from corpus.disclosure.bands import Dimension, Filters, snapped
from corpus.disclosure.coding import VALUES, ChildTable, CodedRows, coded_rows
from corpus.disclosure.measures import Count, Counted, Figures, Measure, Share, Summary
from corpus.disclosure.selection import (
    Grouping,
    grouped,
    listed_groups,
    on_day,
    selected,
)
from corpus.disclosure.tables import Figure, Group, ProtectedTable
from corpus.errors import InvalidArguments
from corpus.viewer import Viewer


@dataclass(frozen=True)
class Question:
    """What is asked of one table, and by whom."""

    dataset: Dataset
    table: ChildTable
    viewer: Viewer
    filters: Filters = field(default_factory=Filters)
    group_by: tuple[Dimension, ...] = ()


def count_by(question: Question, counted: Counted = "children") -> ProtectedTable:
    """How many children, or records, are in each group.

    Records are the table's rows: placements, referrals or offers. On one day a child
    has one placement, so children are counted there.

    Raises:
        InvalidArguments: where the table lacks a filter or a dimension.
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
        DataDirectoryError: where the key of protected figures cannot be kept.
    """
    return _answer(question, Count(counted))


def mean_by(question: Question, value: str) -> ProtectedTable:
    """The mean of a value over each group's records that have one; else as `count_by`.

    Values of placements: `weekly_cost` (social care, with education and health where
    they are recorded), `weekly_social_care`, `weekly_education` and `weekly_health` in
    pounds a week, `weekly_cost_uprated` (at the prices of the data's own year; a row
    whose year the price index lacks has none), `distance_miles`, `stay_days`; of
    referrals: `sought_within_miles`, `days_to_secure`; of offers: `weekly_price`.
    """
    return _answer(question, Summary("mean", value))


def median_by(question: Question, value: str) -> ProtectedTable:
    """The median of a value, as `mean_by` its mean."""
    return _answer(question, Summary("median", value))


def sum_by(question: Question, value: str) -> ProtectedTable:
    """The sum of a value, as `mean_by` its mean."""
    return _answer(question, Summary("sum", value))


def quantile_by(question: Question, value: str, probability: float) -> ProtectedTable:
    """A quantile of a value, interpolated between records, as `mean_by` its mean."""
    return _answer(question, Summary("quantile", value, probability))


def share_by(question: Question, value: str, limit: float) -> ProtectedTable:
    """The share of the records with a value at or below a limit, 0 to 1.

    A protected share is rounded to 5% and within 10 percentage points of the truth;
    it is withheld where few children lie on either side of the limit.
    """
    return _answer(question, Share(value, limit))


def _answer(question: Question, measure: Measure) -> ProtectedTable:
    filters, said = question.filters, tuple[str, ...]()
    exact = reads_exactly(question.dataset, question.viewer, filters)
    if not exact:
        filters, said = snapped(filters, question.dataset.as_at)
    question = replace(question, filters=filters)
    _refuse_unrecorded(question, measure)
    rows = on_day(coded_rows(question.dataset, question.table), filters.on)
    chosen = selected(rows, filters)
    everything = grouped(rows, chosen, ())
    total = figures_of(measure, rows, everything, exact)
    return ProtectedTable(
        dimensions=question.group_by,
        groups=_groups(question, measure, rows, chosen, exact),
        total=figure_at(total, 0, exact),
        filters=filters,
        snapped=said,
    )


def _groups(
    question: Question,
    measure: Measure,
    rows: CodedRows,
    chosen: NDArray[np.bool_],
    exact: bool,
) -> tuple[Group, ...]:
    """Every listed group: exact where it is the viewer's own, else protected."""
    by = question.group_by
    if not by:
        return ()
    own = _own_authorities(rows, question.viewer)
    listed = np.flatnonzero(
        listed_groups(rows, by, _evidence(rows, chosen, own, exact))
    )
    grouping = grouped(rows, chosen, by)
    shown = figures_of(measure, rows, grouping, exact)
    whole = figures_of(measure, rows, grouping, exact=True) if own else shown
    groups = []
    for labels, at in zip(grouping.labels_of(listed), listed.tolist(), strict=True):
        whose = dict(zip(by, labels, strict=True)).get(Dimension.LOCAL_AUTHORITY)
        figure = (
            figure_at(whole, at, exact=True)
            if whose in own
            else figure_at(shown, at, exact)
        )
        groups.append(Group(labels, figure))
    return tuple(groups)


def _own_authorities(rows: CodedRows, viewer: Viewer) -> set[str]:
    """The labels of the viewer's own authority."""
    labels = rows.dimensions[Dimension.LOCAL_AUTHORITY].labels
    return {label for label in labels if viewer.owns(label)}


def _evidence(
    rows: CodedRows, chosen: NDArray[np.bool_], own: set[str], exact: bool
) -> NDArray[np.bool_]:
    """The rows whose labels the viewer may be told of."""
    if exact:
        return chosen
    authorities = rows.dimensions[Dimension.LOCAL_AUTHORITY]
    owned = np.array([label in own for label in authorities.labels])
    own_rows: NDArray[np.bool_] = owned[authorities.codes]
    return rows.child_kept | rows.record_kept | own_rows


def figures_of(
    measure: Measure, rows: CodedRows, grouping: Grouping, exact: bool
) -> Figures:
    """A measure of each group: exactly, or as it may be shown."""
    return measure.exact(rows, grouping) if exact else measure.protected(rows, grouping)


def figure_at(figures: Figures, at: int, exact: bool) -> Figure:
    """One group's figure; None in place of NaN."""
    value, within = float(figures.value[at]), float(figures.within[at])
    if np.isnan(value):
        return Figure(None, None, exact)
    return Figure(value, within, exact)


def _refuse_unrecorded(question: Question, measure: Measure) -> None:
    if question.filters.on and question.table != "placements":
        raise InvalidArguments(f"A day cannot be asked of {question.table}.")
    if isinstance(measure, Count):
        return
    held = VALUES[question.table]
    if measure.value not in held:
        raise InvalidArguments(
            f"{measure.value!r} is not recorded in {question.table}.",
            f"It holds {', '.join(held)}.",
        )
