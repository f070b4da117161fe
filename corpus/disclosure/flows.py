"""Stocks and flows of children in care, as their viewer may see them.

What a forecast is fitted to: how many children are in which kind of placement, who
stays, moves, leaves and enters in a quarter, and what placements cost. Exact where the
rows are the viewer's own, else protected like any other figure (docs/disclosure.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.codes import PlacementType
from corpus.dataset import Dataset
from corpus.disclosure.access import reads_exactly
from corpus.disclosure.aggregates import figures_of
from corpus.disclosure.bands import AGE_LABELS, NOT_RECORDED, Dimension, Filters
from corpus.disclosure.coding import CodedRows, Integers, Numbers, coded_rows
from corpus.disclosure.measures import Count, Counted, Summary
from corpus.disclosure.quarters import (
    OUT_OF_CARE,
    QuarterSteps,
    month_shifted,
    price_levels,
    quarter_steps,
)
from corpus.disclosure.selection import Grouping, selected
from corpus.disclosure.wording import DISCLOSURE_LINE
from corpus.viewer import Viewer

AGES: Final = (*AGE_LABELS, NOT_RECORDED)
"""Age bands, DfE's; the last where the age is not known."""

TYPES: Final = (*map(str, PlacementType), NOT_RECORDED)
"""Placement types; the last where no provider is sought, as with parents."""

DEAR: Final = 10_000.0
"""Pounds a week from which a placement stands in the tail: the Local Government
Association counted 1,510 placements of £10,000 a week or more (2022/23)."""

DURATION_STARTS: Final = (0, 91, 365, 1095)
"""Days from which each band of time spent in the placement begins."""

RECENT_QUARTERS: Final = 8
"""New placements are priced by those begun within so many quarters."""

RATE_QUARTERS: Final = 8
"""Rates are counted over so many quarters: two years, since they drift."""

Shape = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Flows:
    """Stocks and flows of some children over quarters; NaN where withheld.

    Axes: a age bands (`AGES`), k kinds (a type of `TYPES`, usual and then dear: kind
    2·type + 1 costs `DEAR` or more at the prices of the last day), d bands of time
    spent in the placement (`DURATION_STARTS`), q quarters.
    """

    exact: bool
    days: tuple[date, ...]
    """The quarters' ends, q + 1 of them."""
    children: Numbers
    """(q + 1,) in care at each quarter's end."""
    stock: Numbers
    """(q + 1, k) of them by kind."""
    by_type: Numbers
    """(q + 1, t) of them by type, as `TYPES`."""
    by_age: Numbers
    """(a,) on the last day; as is the next."""
    by_age_and_type: Numbers
    """(a, t)"""
    now: Numbers
    """(a, k, d) children on the last day."""
    at_risk: Numbers
    """(a, k, d) children at the start of a quarter, the last `RATE_QUARTERS` together;
    as are the next five."""
    left: Numbers
    """(a, k, d) of them, out of care at its end."""
    moved: Numbers
    """(a, k, d) of them, in another placement at its end."""
    passed: Numbers
    """(a, k, d) of them, in the same placement, but a band longer, at its end."""
    moved_to: Numbers
    """(a, k, 2k) the kind then; and again, for those an age band older then."""
    aged: Numbers
    """(a, k) of those in the same placement, an age band older at its end."""
    entered: Numbers
    """(q,) children in care at a quarter's end who were not at the one before."""
    entered_as: Numbers
    """(a, k) their age and kind, in the last `RATE_QUARTERS`."""
    complete: NDArray[np.bool_]
    """(q,) whether the records reach back to the quarter's start."""
    mean_price: Numbers
    """(2, k) pounds a week: of placements under way, and of those newly begun, at the
    prices of the last day."""
    mean_square: Numbers
    """(2, k) mean of the squared prices."""
    priced: Numbers
    """(k,) share of the placements under way whose cost is recorded; NaN without."""

    @property
    def line(self) -> str | None:
        """What to tell the reader beside the figures; None where all are exact."""
        return None if self.exact else DISCLOSURE_LINE


@lru_cache(maxsize=64)
def flows(
    dataset: Dataset, viewer: Viewer, local_authority: str | None, until: date
) -> Flows:
    """The flows of one authority, or of all together, over five years before a day.

    Args:
        dataset: The tables.
        viewer: Who asks.
        local_authority: Who places; None for all.
        until: The last day that is looked at; what happened since is not used, but
            for the price of a placement, which is brought back to the day's level.

    Raises:
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
        DataDirectoryError: where the key of protected figures cannot be kept.
    """
    filters = Filters(local_authority=(local_authority,) if local_authority else ())
    rows = coded_rows(dataset, "placements")
    price = rows.values["weekly_cost"] * price_levels(dataset, rows, until)
    rows = replace(rows, values={"price": price, "square": price**2})
    counting = _Counting(rows, reads_exactly(dataset, viewer, filters))
    steps = _of_selection(quarter_steps(dataset, until), selected(rows, filters))
    return _counted(counting, steps, _kinds(rows))


@dataclass(frozen=True)
class _Counting:
    """Figures of placements in cells, exact or protected."""

    rows: CodedRows
    exact: bool

    def count(
        self, row: Integers, at: tuple[Integers, ...], shape: Shape, of: Counted
    ) -> Numbers:
        """How many children or records are in each cell of an array."""
        cells = self._cells(row, at, shape)
        return figures_of(Count(of), self.rows, cells, self.exact).value.reshape(shape)

    def mean(self, row: Integers, at: Integers, size: int, value: str) -> Numbers:
        """The mean of a value in each cell; NaN also where there is none."""
        cells = self._cells(row, (at,), (size,))
        return figures_of(Summary("mean", value), self.rows, cells, self.exact).value

    def _cells(self, row: Integers, at: tuple[Integers, ...], shape: Shape) -> Grouping:
        cell = np.ravel_multi_index(at, shape)
        return Grouping(row, cell, (("",) * prod(shape),))


def _counted(counting: _Counting, steps: QuarterSteps, kinds: Integers) -> Flows:
    """All figures of the steps."""
    q, k = len(steps.days) - 1, 2 * len(TYPES)
    a, d = len(AGES), len(DURATION_STARTS)
    row, kind = steps.row, kinds[steps.row]
    cell = steps.age_band, kind, _durations(steps.held_days)
    last = steps.step == q
    recent = steps.step >= q - RATE_QUARTERS
    known = steps.covered & ~last & recent
    out, stayed = steps.after == OUT_OF_CARE, steps.after == row
    onward = known & ~out
    moved = onward & ~stayed
    told = counting.rows.child_kept[row] | counting.exact
    complete = _complete(steps, told)
    enter = steps.entered & np.append(False, complete)[steps.step]
    newcomer = enter & (steps.step > q - RATE_QUARTERS)

    def count(
        chosen: NDArray[np.bool_], at: tuple[Integers, ...], shape: Shape, of: Counted
    ) -> Numbers:
        places = tuple(place[chosen] for place in at)
        return counting.count(row[chosen], places, shape, of)

    every = row >= 0
    then = kinds[steps.after] + k * steps.older
    return Flows(
        exact=counting.exact,
        days=steps.days,
        children=count(every, (steps.step,), (q + 1,), "children"),
        stock=count(every, (steps.step, kind), (q + 1, k), "children"),
        by_type=count(every, (steps.step, kind // 2), (q + 1, k // 2), "children"),
        by_age=count(last, (steps.age_band,), (a,), "children"),
        by_age_and_type=count(
            last, (steps.age_band, kind // 2), (a, k // 2), "children"
        ),
        now=count(last, cell, (a, k, d), "children"),
        at_risk=count(known, cell, (a, k, d), "records"),
        left=count(known & out, cell, (a, k, d), "records"),
        moved=count(moved, cell, (a, k, d), "records"),
        passed=count(known & stayed & _passes(steps), cell, (a, k, d), "records"),
        moved_to=count(moved, (steps.age_band, kind, then), (a, k, 2 * k), "records"),
        aged=count(known & stayed & steps.older, cell[:2], (a, k), "records"),
        entered=count(enter, (steps.step - 1,), (q,), "children"),
        entered_as=count(newcomer, (steps.age_band, kind), (a, k), "children"),
        complete=complete,
        **_prices(counting, steps, kinds),
    )


def _of_selection(steps: QuarterSteps, chosen: NDArray[np.bool_]) -> QuarterSteps:
    """The steps whose placement is chosen."""
    own = chosen[steps.row]
    columns = {
        name: column[own] for name, column in vars(steps).items() if name != "days"
    }
    return replace(steps, **columns)


def _kinds(rows: CodedRows) -> Integers:
    """Each placement's kind: its type, and whether it is dear."""
    dear = np.nan_to_num(rows.values["price"]) >= DEAR
    return 2 * rows.dimensions[Dimension.PLACEMENT_TYPE].codes + dear


def _durations(days: Numbers) -> Integers:
    return np.searchsorted(DURATION_STARTS, days, side="right") - 1


def _passes(steps: QuarterSteps) -> NDArray[np.bool_]:
    """Whether a placement that lasts the quarter is in a later duration band then."""
    ends = np.array(steps.days, dtype="datetime64[D]")
    length = np.append(np.diff(ends).astype(np.float64), 0.0)[steps.step]
    later = _durations(steps.held_days + length)
    return np.asarray(later > _durations(steps.held_days), dtype=np.bool_)


def _complete(steps: QuarterSteps, told: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of each quarter, whether the records reach back to its start.

    For all whose placements are asked about, and may be told of.
    """
    q = len(steps.days) - 1
    here = np.bincount(steps.step[told], minlength=q + 1)[:q]
    covered = np.bincount(steps.step[told & steps.covered], minlength=q + 1)[:q]
    return np.asarray((here > 0) & (covered == here), dtype=np.bool_)


def _prices(
    counting: _Counting, steps: QuarterSteps, kinds: Integers
) -> dict[str, Numbers]:
    """Prices of the placements under way, and of those begun in recent quarters."""
    q, k = len(steps.days) - 1, 2 * len(TYPES)
    last = steps.step == q
    since = np.datetime64(month_shifted(steps.days[-1], -3 * RECENT_QUARTERS))
    recent = (counting.rows.day > since)[steps.row] & (steps.step > q - RECENT_QUARTERS)
    found = {}
    for name, value in (("mean_price", "price"), ("mean_square", "square")):
        found[name] = np.stack(
            [
                counting.mean(steps.row[chosen], kinds[steps.row[chosen]], k, value)
                for chosen in (last, recent)
            ]
        )
    row = steps.row[last]
    known = row[~np.isnan(counting.rows.values["price"][row])]
    every = counting.count(row, (kinds[row],), (k,), "children")
    priced = counting.count(known, (kinds[known],), (k,), "children")
    with np.errstate(invalid="ignore", divide="ignore"):
        return {**found, "priced": np.minimum(priced / every, 1.0)}
