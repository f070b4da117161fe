"""Children in care quarter by quarter: which placement holds each, and which the next.

Nothing here leaves disclosure control: `flows` counts it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.dataset import Dataset
from corpus.disclosure.bands import Dimension, financial_year
from corpus.disclosure.coding import CodedRows, Integers, Numbers, coded_rows
from corpus.disclosure.reading import taken
from corpus.disclosure.selection import on_day

HISTORY_QUARTERS: Final = 20
"""How far back flows are counted: five years, as far as the tables usually reach."""

OUT_OF_CARE: Final = -1
"""In place of the row of a placement, where there is none."""

_SLACK: Final = np.timedelta64(31, "D")
"""How much later than a quarter's first day its first recorded end may lie."""


@dataclass(frozen=True, eq=False)
class QuarterSteps:
    """One entry for each child in care at each quarter's end; arrays are as long."""

    days: tuple[date, ...]
    """The quarters' ends, oldest first; the last is the day that is looked back from.
    A day is counted at its close: a placement that ends on it is over."""
    step: Integers
    """Which of `days`."""
    row: Integers
    """The placement in force, by its row in the table."""
    after: Integers
    """The child's placement at the next quarter's end, or `OUT_OF_CARE`; of the last
    day, `OUT_OF_CARE`, for nothing is known after it."""
    entered: NDArray[np.bool_]
    """Whether the child was out of care at the quarter's end before; False on the
    first day."""
    age_band: Integers
    """On the day, as `bands.AGE_LABELS`; one past them where it is not known."""
    older: NDArray[np.bool_]
    """Whether the child is in care, and in a later age band, at the next one."""
    held_days: Numbers
    """For how long the placement had lasted."""
    covered: NDArray[np.bool_]
    """Whether the authority's records reach back to the day, so that whoever left or
    moved since is among them."""


@lru_cache(maxsize=4)
def quarter_steps(dataset: Dataset, until: date) -> QuarterSteps:
    """The steps of all children over five years before a day.

    Raises:
        TableError: where the table is missing or damaged.
    """
    rows = coded_rows(dataset, "placements")
    days = quarter_ends(until, HISTORY_QUARTERS)
    held = [_in_force(rows, day) for day in days]
    bands = [_age_bands(rows, *pair) for pair in zip(held, days, strict=True)]
    pieces = [_step(rows, days, at, held, bands) for at in range(len(days))]
    joined = {
        name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]
    }
    complete_from = _complete_from(rows, until)
    starts = np.array(days, dtype="datetime64[D]")[joined["step"]]
    covered = starts >= complete_from[joined["row"]] - _SLACK
    return QuarterSteps(days=days, covered=covered, **joined)


def quarter_ends(until: date, quarters: int) -> tuple[date, ...]:
    """A day and those that lie 3, 6, ... months before it, oldest first."""
    return tuple(month_shifted(until, -3 * back) for back in range(quarters, -1, -1))


def month_shifted(day: date, months: int) -> date:
    """The day so many months later; a month's last day stays one."""
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    last = monthrange(year, month)[1]
    at_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if at_end else min(day.day, last))


def price_levels(dataset: Dataset, rows: CodedRows, on: date) -> Numbers:
    """For each placement, what brings its recorded cost to the prices of a day's year.

    The cost on record is the latest paid: that of the placement's last day, or of the
    as-at date while it lasts. Years outside the index have the level of its nearest
    year; kinds that it lacks are left as they stand.
    """
    factor = np.ones(len(rows.day))
    kinds = rows.dimensions[Dimension.PLACEMENT_TYPE]
    last = np.where(np.isnat(rows.ended), _as_day(dataset.as_at), rows.ended)
    years = _financial_years(last.astype("datetime64[D]"))
    asked = int(financial_year(on)[:4])
    for kind, (first, levels) in index_levels(dataset).items():
        of_kind = kinds.codes == kinds.labels.index(kind)
        top = len(levels) - 1
        then = levels[np.clip(years[of_kind] - first, 0, top)]
        factor[of_kind] = levels[min(max(asked - first, 0), top)] / then
    return factor


@lru_cache(maxsize=4)
def index_levels(dataset: Dataset) -> dict[str, tuple[int, Numbers]]:
    """The price index: by type, its first financial year and the level of each year.

    A year that is left out has the level of the one before.
    """
    found: dict[str, tuple[int, Numbers]] = {}
    frame = dataset.frame("price_index").sort_values("year")
    for kind, rows in frame.groupby("placement_type"):
        years = rows["year"].str[:4].astype(int).to_numpy()
        wanted = np.arange(years[0], years[-1] + 1)
        at = np.searchsorted(years, wanted, side="right") - 1
        found[str(kind)] = int(years[0]), rows["index"].to_numpy(dtype=float)[at]
    return found


def _financial_years(days: NDArray[np.datetime64]) -> Integers:
    months = days.astype("datetime64[M]").astype(np.int64)
    return 1970 + (months - 3) // 12  # they begin in April


def _as_day(day: date | None) -> np.datetime64:
    return np.datetime64(day or "NaT", "D")


def _in_force(rows: CodedRows, day: date) -> Integers:
    """For each child, the row of its placement on a day; of several, the latest."""
    close = np.datetime64(day)
    lasting = np.isnat(rows.ended) | (rows.ended > close)
    live = np.flatnonzero((rows.day <= close) & lasting)
    live = live[np.argsort(rows.day[live], kind="stable")]
    held = np.full(int(rows.child.max(initial=-1)) + 1, OUT_OF_CARE)
    held[rows.child[live]] = live
    return held


def _age_bands(rows: CodedRows, held: Integers, day: date) -> Integers:
    """For each child, its age band on a day; -1 out of care."""
    inside = held >= 0
    aged = on_day(taken(rows, held[inside], ()), day)
    bands = np.full_like(held, -1)
    bands[inside] = aged.dimensions[Dimension.AGE_BAND].codes
    return bands


def _step(
    rows: CodedRows,
    days: tuple[date, ...],
    at: int,
    held: list[Integers],
    bands: list[Integers],
) -> dict[str, NDArray[np.generic]]:
    """The entries of one day."""
    child = np.flatnonzero(held[at] >= 0)
    row = held[at][child]
    last, first = at + 1 == len(days), at == 0
    after = np.full_like(row, OUT_OF_CARE) if last else held[at + 1][child]
    age = bands[at][child]
    later = age if last else bands[at + 1][child]
    return {
        "step": np.full(len(child), at),
        "row": row,
        "after": after,
        "entered": np.full(len(child), not first) & (held[at - 1][child] < 0),
        "age_band": age,
        "older": (after >= 0) & (later > age),
        "held_days": (np.datetime64(days[at]) - rows.day[row]) / np.timedelta64(1, "D"),
    }


def _complete_from(rows: CodedRows, until: date) -> NDArray[np.datetime64]:
    """For each row, the first day on which its authority's kept records end anything.

    Tables hold what was in force in some years: a placement that was over before them
    is absent, so children seem never to have left. Far in the future where no end is
    recorded by the day that is looked back from.
    """
    authority = rows.dimensions[Dimension.LOCAL_AUTHORITY].codes
    over = rows.child_kept & (rows.ended <= np.datetime64(until))
    first = np.full(int(authority.max(initial=0)) + 1, np.datetime64("2200-01-01", "D"))
    np.minimum.at(first, authority[over], rows.ended[over].astype("datetime64[D]"))
    return first[authority]
