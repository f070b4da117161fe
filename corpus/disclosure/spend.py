"""Spend over periods: the weekly cost of each placement, for its weeks in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.dataset import Dataset
from corpus.disclosure.access import reads_everything
from corpus.disclosure.aggregates import Question
from corpus.disclosure.bands import Dimension, quarter_start
from corpus.disclosure.coding import Coded, CodedRows, Numbers, coded_rows
from corpus.disclosure.measures import Count, Measure, Summary
from corpus.disclosure.reading import Reading, read, taken
from corpus.disclosure.selection import selected
from corpus.disclosure.tables import ProtectedTable
from corpus.errors import InvalidArguments
from corpus.viewer import Viewer


@dataclass(frozen=True)
class Period:
    """Some whole months."""

    start: date
    """The first day."""
    end: date
    """The first day after it."""

    def __post_init__(self) -> None:
        """Refuse parts of months: their differences would tell of single placements."""
        if self.start.day != 1 or self.end.day != 1 or self.start >= self.end:
            raise InvalidArguments(
                f"A period from {self.start} to before {self.end} is not made of whole"
                " months.",
                "Begin on the first of a month, and end before the first of another.",
            )


def year_period(year: str) -> Period:
    """A financial year such as 2024/25: April to March."""
    first = int(year[:4])
    return Period(date(first, 4, 1), date(first + 1, 4, 1))


def month_periods(start: date, months: int) -> tuple[Period, ...]:
    """So many months, one by one, from the one that begins on a day."""
    starts = [
        date(start.year + month // 12, month % 12 + 1, 1)
        for month in range(start.month - 1, start.month + months)
    ]
    return tuple(Period(*pair) for pair in pairwise(starts))


def spend_by(
    question: Question,
    periods: Sequence[Period],
    owners: Mapping[str, str] | None = None,
) -> tuple[ProtectedTable, ...]:
    """Pounds spent on placements in each period, grouped as the question says.

    A placement costs its `weekly_cost` (social care, with education and health where
    they are recorded) for each week, part weeks by the day, from its start to before
    its end; one that lasts costs it to the tables' as-at date, that day included. A
    placement without a recorded cost adds nothing. Sums are exact or protected as
    those of `sum_by`.

    Args:
        question: Of the placements. `since` and `year` speak of their start; `on` is
            refused. A child's age is that at the placement's start.
        periods: In any order; one table comes back for each.
        owners: Where given, `Dimension.PROVIDER` groups by the owner of each provider
            id; an id that is missing from it stands for itself.

    Raises:
        InvalidArguments: where the placements lack a filter or a dimension.
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    return _tables(question, periods, owners, Summary("sum", "spend"), priced=True)


def children_by(
    question: Question,
    periods: Sequence[Period],
    owners: Mapping[str, str] | None = None,
    priced: bool = True,
) -> tuple[ProtectedTable, ...]:
    """Children behind the figures of `spend_by`; else as it.

    With `priced` False, those who were in a placement that a provider is sought for
    and of which no cost is recorded.
    """
    return _tables(question, periods, owners, Count("children"), priced)


def authorities_of(
    question: Question, period: Period, owners: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Authorities that spent with each owner in a period, as the viewer may be told.

    Owners and authorities of children kept, and where the viewer reads exactly of all.
    """
    reading = read(question)
    by = (Dimension.PROVIDER, Dimension.LOCAL_AUTHORITY)
    rows = _joined_rows(question.dataset, owners)
    chosen = selected(rows, reading.question.filters)
    entries = _entries(rows, chosen, period, question.dataset, priced=True, by=by)
    told = np.ones_like(entries.child_kept) if reading.exact else entries.child_kept
    owner, authority = (entries.dimensions[name] for name in by)
    pairs = np.unique(np.stack([owner.codes[told], authority.codes[told]]), axis=1)
    found: dict[str, set[str]] = {}
    for at, where in pairs.T.tolist():
        found.setdefault(owner.labels[at], set()).add(authority.labels[where])
    return {name: frozenset(names) for name, names in found.items()}


def held_since(dataset: Dataset, viewer: Viewer) -> date | None:
    """The start of the quarter in which the first ending on record falls.

    Placements that ended before are not held: of earlier days only those children are
    known who stayed. None where no ending is. From children kept, unless the viewer
    reads everything.
    """
    rows = coded_rows(dataset, "placements")
    told = ~np.isnat(rows.ended)
    if not reads_everything(dataset, viewer):
        told &= rows.child_kept
    if not told.any():
        return None
    first = rows.ended[told].min().astype("datetime64[D]").item()
    return quarter_start(first)


def _tables(
    question: Question,
    periods: Sequence[Period],
    owners: Mapping[str, str] | None,
    measure: Measure,
    priced: bool,
) -> tuple[ProtectedTable, ...]:
    if question.filters.on is not None:
        raise InvalidArguments("Spend is asked of periods, and not of one day.")
    reading = read(question)
    rows, by = _joined_rows(question.dataset, owners), question.group_by
    chosen = selected(rows, reading.question.filters)
    return tuple(
        _table(
            reading,
            _entries(rows, chosen, period, question.dataset, priced, by),
            measure,
        )
        for period in periods
    )


def _table(reading: Reading, entries: CodedRows, measure: Measure) -> ProtectedTable:
    return reading.table(entries, np.ones(len(entries.child), dtype=bool), measure)


def _entries(
    rows: CodedRows,
    chosen: NDArray[np.bool_],
    period: Period,
    dataset: Dataset,
    priced: bool,
    by: tuple[Dimension, ...],
) -> CodedRows:
    """The chosen rows that lasted in a period, with their `spend` in it."""
    weeks = _weeks(rows, period, dataset)
    cost = rows.values["weekly_cost"]
    sought = rows.dimensions[Dimension.PLACEMENT_TYPE]
    of_kind = ~np.isnan(cost) if priced else np.isnan(cost)
    of_kind &= priced | (sought.codes < len(sought.labels) - 1)
    index = np.flatnonzero(chosen & of_kind & (weeks > 0))
    entries = taken(rows, index, by)
    return replace(entries, values={"spend": cost[index] * weeks[index]})


def _weeks(rows: CodedRows, period: Period, dataset: Dataset) -> Numbers:
    """Weeks of each placement in a period; none after the day the tables speak to."""
    day = np.timedelta64(1, "D")
    known = np.datetime64(dataset.table_as_at("placements") or period.end) + day
    end = np.minimum(np.datetime64(period.end), known)
    last = np.where(np.isnat(rows.ended), end, np.minimum(rows.ended, end))
    first = np.maximum(rows.day, np.datetime64(period.start))
    weeks: Numbers = np.maximum((last - first) / day, 0) / 7
    return weeks


def _joined_rows(dataset: Dataset, owners: Mapping[str, str] | None) -> CodedRows:
    """The placements, with providers joined under their owners."""
    rows = coded_rows(dataset, "placements")
    if owners is None:
        return rows
    provider = rows.dimensions[Dimension.PROVIDER]
    named = [owners.get(label, label) for label in provider.labels[:-1]]
    labels = sorted(set(named))
    place = {label: at for at, label in enumerate(labels)}
    codes = np.array([*(place[name] for name in named), len(labels)])
    joined = Coded(
        codes[provider.codes], (*labels, provider.labels[-1]), provider.closed
    )
    return replace(rows, dimensions={**rows.dimensions, Dimension.PROVIDER: joined})
