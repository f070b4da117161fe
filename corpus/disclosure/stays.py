"""How long placements last, those that still last among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.codes import PlacementType
from corpus.dataset import Dataset
from corpus.disclosure.access import reads_everything
from corpus.disclosure.bands import AGE_LABELS, Dimension, quarter_start
from corpus.disclosure.coding import CodedRows, Numbers, coded_rows
from corpus.disclosure.tables import Figure
from corpus.disclosure.wording import THRESHOLD, VALUE_DISTANCE
from corpus.viewer import Viewer

YEARS_OF_STARTS: Final = 5
"""How far back the placements began: long enough for a median, recent enough to speak
of the market as it is."""

Cell = tuple[PlacementType, str]
"""A placement type and an age band."""


@dataclass(frozen=True)
class Stays:
    """The median stay of each kind of placement and age band."""

    median_days: Mapping[Cell, Figure]
    """Days; the value is None where it is withheld, or where fewer than half of the
    stays had ended by the longest time for which any was watched."""
    since: date | None
    """The placements began then or later; None where no tables are loaded."""


@lru_cache(maxsize=6)
def median_stays(dataset: Dataset, viewer: Viewer) -> Stays:
    """The median stay by placement type and age band at its start.

    Estimated after Kaplan and Meier (1958), so that stays that last still count for as
    long as they were watched: those that have ended are too short on average. Exact
    for an evaluator on a demonstration, under disclosure control for all others.

    Raises:
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    exact = reads_everything(dataset, viewer)
    if dataset.as_at is None:
        return Stays(MappingProxyType({}), None)
    since = quarter_start(
        date(dataset.as_at.year - YEARS_OF_STARTS, dataset.as_at.month, 1)
    )
    rows = coded_rows(dataset, "placements")
    watched = _watched(rows, dataset.as_at)
    figures = {
        cell: _figure(watched.of(chosen), exact)
        for cell, chosen in _cells(rows, since).items()
        if chosen.any()
    }
    return Stays(MappingProxyType(figures), since)


@dataclass(frozen=True, eq=False)
class _Watched:
    """Stays as far as they were watched; every array is as long as the others."""

    days: Numbers
    ended: NDArray[np.bool_]
    rows: CodedRows
    """The table whose rows they are, at `row`."""
    row: NDArray[np.intp]

    def of(self, chosen: NDArray[np.bool_]) -> _Watched:
        """Those of the chosen rows."""
        return replace(
            self,
            days=self.days[chosen],
            ended=self.ended[chosen],
            row=self.row[chosen],
        )


def _watched(rows: CodedRows, as_at: date) -> _Watched:
    last = np.datetime64(as_at)
    ended = ~np.isnat(rows.ended) & (rows.ended <= last)
    until = np.where(ended, rows.ended, last.astype(rows.ended.dtype))
    days = np.maximum((until - rows.day) / np.timedelta64(1, "D"), 0.0)
    return _Watched(days, ended, rows, np.arange(len(days)))


def _cells(rows: CodedRows, since: date) -> dict[Cell, NDArray[np.bool_]]:
    """For each kind and age band, which rows began in it since the day."""
    kinds = rows.dimensions[Dimension.PLACEMENT_TYPE].codes
    bands = rows.dimensions[Dimension.AGE_BAND].codes
    recent = rows.day >= np.datetime64(since)
    return {
        (kind, band): recent & (kinds == k) & (bands == b)
        for (k, kind), (b, band) in product(
            enumerate(PlacementType), enumerate(AGE_LABELS)
        )
    }


def _figure(watched: _Watched, exact: bool) -> Figure:
    truth = _median(watched.days, watched.ended)
    if exact:
        return Figure(_known(truth), 0.0, exact=True)
    kept = watched.of(watched.rows.child_kept[watched.row])
    shown = np.round(_median(kept.days * kept.rows.noise[kept.row], kept.ended))
    few = len(np.unique(kept.rows.child[kept.row])) <= THRESHOLD
    within = VALUE_DISTANCE * shown
    if few or not abs(shown - truth) <= within:  # also where either is not known
        return Figure(None, None, exact=False)
    return Figure(float(shown), float(within), exact=False)


def _median(days: Numbers, ended: NDArray[np.bool_]) -> float:
    """The day by which half of the stays have ended; NaN where that is not seen."""
    order = np.lexsort((~ended, days))  # of one day's, those that end come first
    at_risk = len(days) - np.arange(len(days))
    lasting = np.cumprod(1 - ended[order] / at_risk)
    half = np.flatnonzero(lasting <= 0.5)
    return float(days[order][half[0]]) if len(half) else float("nan")


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
