"""What placements cost over past days, at the prices of those days.

`spend` takes each placement's recorded cost for all of its weeks. Here a cost is first
brought back to the level of the year in which it was paid, by the price index, so that
years can be compared and a forecast can be held against what came.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np

from corpus.codes import PlacementType
from corpus.dataset import Dataset
from corpus.disclosure.access import reads_exactly
from corpus.disclosure.aggregates import figures_of
from corpus.disclosure.bands import Filters
from corpus.disclosure.coding import CodedRows, Numbers, coded_rows
from corpus.disclosure.measures import Summary
from corpus.disclosure.quarters import price_levels
from corpus.disclosure.selection import Grouping, selected
from corpus.viewer import Viewer


@dataclass(frozen=True)
class Paid:
    """Whose placements, of which types."""

    local_authority: str | None = None
    """None for all authorities."""
    placement_types: tuple[PlacementType, ...] = ()
    """Empty for all."""


def past_spend(
    dataset: Dataset, viewer: Viewer, paid: Paid, start: date, end: date
) -> float | None:
    """Pounds paid from one day to before another; None where withheld.

    Placements whose cost is not recorded are left out.

    Raises:
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    authority = (paid.local_authority,) if paid.local_authority else ()
    filters = Filters(local_authority=authority, placement_type=paid.placement_types)
    rows = coded_rows(dataset, "placements")
    pounds = sum(
        (_pounds(dataset, rows, *piece) for piece in _by_year(start, end)),
        np.zeros(len(rows.day)),
    )
    row = np.flatnonzero(selected(rows, filters) & (pounds > 0))
    rows = replace(rows, values={"pounds": pounds})
    whole = Grouping(row, np.zeros_like(row), ())
    exact = reads_exactly(dataset, viewer, filters)
    value = float(figures_of(Summary("sum", "pounds"), rows, whole, exact).value[0])
    return None if np.isnan(value) else value


def _by_year(start: date, end: date) -> list[tuple[date, date]]:
    """A span of days in pieces, each within one financial year."""
    years = range(start.year, end.year + 1)
    cuts = [date(year, 4, 1) for year in years if start < date(year, 4, 1) < end]
    edges = [start, *cuts, end]
    return list(pairwise(edges))


def _pounds(dataset: Dataset, rows: CodedRows, start: date, end: date) -> Numbers:
    """What each placement cost in days of one financial year; 0 where not recorded."""
    last = np.where(np.isnat(rows.ended), np.datetime64(end), rows.ended)
    first = np.maximum(rows.day, np.datetime64(start))
    until = np.minimum(last, np.datetime64(end))
    weeks = np.maximum((until - first) / np.timedelta64(7, "D"), 0.0)
    price = rows.values["weekly_cost"] * price_levels(dataset, rows, start)
    return np.asarray(np.nan_to_num(price) * weeks, dtype=np.float64)
