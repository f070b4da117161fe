"""How a price is distributed over some rows, as their viewer may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from corpus.disclosure.aggregates import Question, figure_at, figures_of
from corpus.disclosure.bands import Filters
from corpus.disclosure.coding import CodedRows, coded_rows
from corpus.disclosure.measures import Count, Measure, Share, Summary
from corpus.disclosure.reading import read
from corpus.disclosure.selection import Grouping, on_day, selected
from corpus.disclosure.tables import Figure
from corpus.disclosure.wording import DISCLOSURE_LINE

QUANTILES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
"""What a distribution is summed up by: P10, the quartiles and P90."""

_HALF_WIDTH: Final = 1.96 / 2
"""Of the median's 95% interval, in quantiles times √n: the normal approximation of the
binomial ranks (Conover, Practical Nonparametric Statistics, 1999, section 3.2)."""


@dataclass(frozen=True, slots=True)
class PriceBand:
    """How many rows have a price in one range."""

    low: float
    """Inclusive."""
    high: float | None
    """Exclusive; None for the highest range."""
    rows: Figure


@dataclass(frozen=True)
class PriceDistribution:
    """Figures of the rows that have a price, each exact or protected like any other."""

    rows: Figure
    """How many there are."""
    mean: Figure
    quantiles: Mapping[float, Figure]
    """By probability, those of `QUANTILES`."""
    median_interval: tuple[Figure, Figure] | None
    """95% confidence interval of the median, were the rows a sample of the market;
    None where the number of rows is withheld or too few to bound it."""
    at_or_below: Figure | None
    """Share of the rows at or below the limit asked about; None where none was."""
    bands: tuple[PriceBand, ...]
    filters: Filters
    """As applied: snapped to published bands, unless all figures are exact."""
    snapped: tuple[str, ...]
    exact: bool

    @property
    def line(self) -> str | None:
        """What to tell the reader beside the figures; None where all are exact."""
        return None if self.exact else DISCLOSURE_LINE


def price_distribution(
    question: Question,
    value: str,
    edges: Sequence[float] = (),
    limit: float | None = None,
) -> PriceDistribution:
    """The distribution of a value over a question's rows; its grouping is not used.

    Args:
        question: Which rows, and by whom they are asked for.
        value: One of the table's values, as `mean_by` takes it.
        edges: Lower ends of the ranges to count in, ascending; the last has no upper
            end. They are published: chosen for a kind of placement, not by the asker.
        limit: A price to place on the distribution, chosen freely: it is compared with
            values that carry their secret factor.

    Raises:
        InvalidArguments: where the table lacks a filter.
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    reading = read(question)
    filters, exact = reading.question.filters, reading.exact
    rows = on_day(coded_rows(question.dataset, question.table), filters.on)
    priced = selected(rows, filters) & ~np.isnan(rows.values[value])
    row = np.flatnonzero(priced)
    whole = Grouping(row, np.zeros_like(row), ())

    def figure(measure: Measure) -> Figure:
        return figure_at(figures_of(measure, rows, whole, exact), 0, exact)

    count = figure(Count("records"))
    interval = _interval(count.value)
    return PriceDistribution(
        rows=count,
        mean=figure(Summary("mean", value)),
        quantiles={p: figure(Summary("quantile", value, p)) for p in QUANTILES},
        median_interval=interval
        and (
            figure(Summary("quantile", value, interval[0])),
            figure(Summary("quantile", value, interval[1])),
        ),
        at_or_below=None if limit is None else figure(Share(value, limit)),
        bands=_bands(rows, whole, value, edges, exact),
        filters=filters,
        snapped=reading.snapped,
        exact=exact,
    )


def _interval(rows: float | None) -> tuple[float, float] | None:
    """Probabilities of the quantiles that bound the median with 95% confidence.

    None under six rows, whose extremes bound it with less.
    """
    if rows is None or rows < 6:
        return None
    half = min(_HALF_WIDTH / sqrt(rows), 0.5)
    return 0.5 - half, 0.5 + half


def _bands(
    rows: CodedRows, whole: Grouping, value: str, edges: Sequence[float], exact: bool
) -> tuple[PriceBand, ...]:
    """How many rows lie in each range; rows below the first stand in none."""
    if not edges:
        return ()
    band = np.searchsorted(edges, rows.values[value][whole.row], side="right") - 1
    inside = band >= 0
    labels = (tuple(map(str, edges)),)
    grouping = Grouping(whole.row[inside], band[inside], labels)
    counts = figures_of(Count("records"), rows, grouping, exact)
    return tuple(
        PriceBand(low, high, figure_at(counts, at, exact))
        for at, (low, high) in enumerate(zip(edges, (*edges[1:], None), strict=True))
    )
