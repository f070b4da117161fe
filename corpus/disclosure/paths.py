"""The order of each child's care, and what came before a placement in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.codes import PlacementType
from corpus.dataset import Dataset
from corpus.disclosure.bands import Dimension
from corpus.disclosure.coding import CodedRows, Integers, Numbers, coded_rows
from corpus.disclosure.reading import taken

MOST_STEPS: Final = 12
"""Steps kept of a journey, the last ones; hardly any has more."""

TYPES: Final = tuple(PlacementType)
NO_TYPE: Final = len(TYPES)
"""Code of a placement for which no provider is sought, and of no step."""


@dataclass(frozen=True, eq=False)
class Paths:
    """All placements in the order of each child's care."""

    order: Integers
    """Rows of the table, child by child and day by day."""
    period: Integers
    """The period of care of each place in `order`, numbered from 0."""
    before: Integers
    """How many placements held of the period come before each place."""
    earlier: Integers
    """For each place, the type before the first placement held of its period;
    `NO_TYPE` where there was none."""

    @property
    def moves(self) -> Integers:
        """Moves to each place, that from a placement which is not held among them."""
        return self.before + (self.earlier < NO_TYPE)

    def first_of_each_period(self, chosen: NDArray[np.bool_]) -> Integers:
        """Places of the first chosen row of each period that has one."""
        places = np.flatnonzero(chosen[self.order])
        _, first = np.unique(self.period[places], return_index=True)
        return places[first]


@lru_cache(maxsize=4)
def paths_of(dataset: Dataset) -> Paths:
    """The care of every child, kept for as long as few datasets are open.

    A period begins with a child's first placement, and with one that names none before
    it and starts more than a day after the last ended.
    """
    rows, frame = coded_rows(dataset, "placements"), dataset.frame("placements")
    order = np.lexsort((rows.day, rows.child))
    child, day, ended = rows.child[order], rows.day[order], rows.ended[order]
    linked = frame["previous_placement_id"].notna().to_numpy()[order]
    begins = np.ones(len(order), dtype=bool)
    gap = day[1:] - ended[:-1] > np.timedelta64(1, "D")  # False while one lasts
    begins[1:] = (child[1:] != child[:-1]) | (gap & ~linked[1:])
    period = np.cumsum(begins) - 1
    starts = np.flatnonzero(begins)
    code = {str(kind): at for at, kind in enumerate(TYPES)}
    earlier = frame["previous_type"].map(code).fillna(NO_TYPE).to_numpy(np.int64)
    return Paths(
        order,
        period,
        before=np.arange(len(order)) - starts[period],
        earlier=earlier[order][starts][period],
    )


@dataclass(frozen=True, eq=False)
class Ways:
    """One row a journey."""

    rows: CodedRows
    """With the values `step_0` (the destination), `step_1` (the step before), and so
    on, NaN beyond the first step, `before`, `at`, `moves` and `days`."""
    steps: Integers
    """Journeys by steps: type codes backwards from the destination, then `NO_TYPE`."""


def ways_to(rows: CodedRows, path: Paths, arrivals: Integers) -> Ways:
    """What came before each arrival, and at what cost."""
    at = path.order[arrivals]
    kind = rows.dimensions[Dimension.PLACEMENT_TYPE].codes
    cost = rows.values["weekly_cost"]
    journey, types, costs = _earlier_placements(kind, cost, path, arrivals)
    step = _steps(journey, types)
    kept = step < MOST_STEPS
    journey, types, costs, step = journey[kept], types[kept], costs[kept], step[kept]
    steps = np.full((len(arrivals), MOST_STEPS), NO_TYPE, dtype=np.int64)
    steps[:, 0], steps[journey, step] = kind[at], types
    means = _means(journey, step, costs, len(arrivals))
    means[:, 0] = cost[at]
    values: dict[str, Numbers] = {f"step_{n}": means[:, n] for n in range(MOST_STEPS)}
    both = ~np.isnan(means[:, 0]) & ~np.isnan(means[:, 1])
    values["before"] = np.where(both, means[:, 1], np.nan)
    values["at"] = np.where(both, means[:, 0], np.nan)
    values["moves"] = path.moves[arrivals].astype(np.float64)
    start = path.order[arrivals - path.before[arrivals]]
    days = (rows.day[at] - rows.day[start]) / np.timedelta64(1, "D")
    values["days"] = np.where(path.earlier[arrivals] < NO_TYPE, np.nan, days)
    return Ways(replace(taken(rows, at, ()), values=values), steps)


def _earlier_placements(
    kind: Integers, cost: Numbers, path: Paths, arrivals: Integers
) -> tuple[Integers, Integers, Numbers]:
    """The typed placements before each arrival, backwards: journey, type and cost.

    The last may be one that is not held: its type is known, and its cost is not.
    """
    held, count = path.before[arrivals], path.moves[arrivals]
    journey = np.repeat(np.arange(len(arrivals)), count)
    back = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    there = back < held[journey]
    row = path.order[np.where(there, arrivals[journey] - 1 - back, 0)]
    types = np.where(there, kind[row], path.earlier[arrivals][journey])
    costs = np.where(there, cost[row], np.nan)
    typed = types < NO_TYPE
    return journey[typed], types[typed], costs[typed]


def _steps(journey: Integers, types: Integers) -> Integers:
    """The step of each placement, backwards from 1: equal types in a row are one."""
    if not len(journey):
        return journey
    first = np.append(True, journey[1:] != journey[:-1])
    number = np.cumsum(first | np.append(True, types[1:] != types[:-1]))
    base: Integers = number[first][np.cumsum(first) - 1]
    return number - base + 1


def _means(journey: Integers, step: Integers, costs: Numbers, size: int) -> Numbers:
    """The mean cost of each journey's steps; NaN where none is recorded."""
    known = ~np.isnan(costs)
    place = (journey * MOST_STEPS + step)[known]
    sums = np.bincount(place, costs[known], minlength=size * MOST_STEPS)
    counts = np.bincount(place, minlength=size * MOST_STEPS).astype(np.float64)
    counts[counts == 0] = np.nan
    return np.asarray(sums / counts, dtype=np.float64).reshape(size, MOST_STEPS)
