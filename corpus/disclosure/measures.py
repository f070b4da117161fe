"""The figure of each group: exactly, and as it may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from corpus.disclosure.coding import CodedRows, Integers, Numbers
from corpus.disclosure.selection import Grouping
from corpus.disclosure.wording import (
    COUNT_BASE,
    LEFT_OUT,
    SHARE_BASE,
    SHARE_DISTANCE,
    THRESHOLD,
    VALUE_DISTANCE,
    count_distance,
)

Counted = Literal["children", "records"]
Statistic = Literal["mean", "median", "sum", "quantile"]

_DIGITS: Final = 3
"""Significant digits of a protected mean, median or sum."""


@dataclass(frozen=True)
class Figures:
    """One figure a group."""

    value: Numbers
    """NaN where it is withheld, or where there is nothing to average."""
    within: Numbers
    """How far the truth can be; NaN where the value is."""


@dataclass(frozen=True)
class Count:
    """How many children, or records, are in each group."""

    counted: Counted

    def exact(self, rows: CodedRows, grouping: Grouping) -> Figures:
        """The true counts."""
        count = self._of(rows, grouping.row, grouping.group, grouping.size)
        return Figures(count, np.zeros_like(count))

    def protected(self, rows: CodedRows, grouping: Grouping) -> Figures:
        """Estimates from the records kept: scaled up, rounded, small ones withheld."""
        kept = rows.child_kept if self.counted == "children" else rows.record_kept
        row, group = _kept(grouping, kept)
        estimate = self._of(rows, row, group, grouping.size) / (1 - LEFT_OUT)
        shown = np.floor(estimate / COUNT_BASE + 0.5) * COUNT_BASE
        shown[_children(rows, row, group, grouping.size) <= THRESHOLD] = np.nan
        return Figures(shown, np.floor(count_distance(shown)))

    def _of(
        self, rows: CodedRows, row: Integers, group: Integers, size: int
    ) -> Numbers:
        if self.counted == "children":
            return _children(rows, row, group, size).astype(np.float64)
        return np.bincount(group, minlength=size).astype(np.float64)


@dataclass(frozen=True)
class Summary:
    """The mean, median, sum or a quantile of a value over each group's records that
    have one.
    """

    statistic: Statistic
    value: str
    probability: float = 0.5
    """Of a quantile, between 0 and 1; the other statistics ignore it."""

    def exact(self, rows: CodedRows, grouping: Grouping) -> Figures:
        """The true figures."""
        figures = self._of(rows.values[self.value], grouping)
        return Figures(figures, np.where(np.isnan(figures), np.nan, 0.0))

    def protected(self, rows: CodedRows, grouping: Grouping) -> Figures:
        """Figures of the children kept, each one's values moved by its noise.

        Withheld where few children have the value, and where the figure would lie
        further from the truth than is stated, as where one child outweighs the rest.
        """
        values = np.where(rows.child_kept, rows.values[self.value] * rows.noise, np.nan)
        scale = 1 / (1 - LEFT_OUT) if self.statistic == "sum" else 1.0
        shown = _rounded(self._of(values, grouping) * scale)
        within = VALUE_DISTANCE * np.abs(shown)
        row, group = _kept(grouping, ~np.isnan(values))
        few = _children(rows, row, group, grouping.size) <= THRESHOLD
        near = np.abs(shown - self.exact(rows, grouping).value) <= within
        shown[few | ~near] = np.nan
        return Figures(shown, np.where(np.isnan(shown), np.nan, within))

    def _of(self, values: Numbers, grouping: Grouping) -> Numbers:
        """The statistic of each group's numbers: 0 the sum, NaN the others of none."""
        row, group = _kept(grouping, ~np.isnan(values))
        if self.statistic in ("median", "quantile"):
            share = self.probability if self.statistic == "quantile" else 0.5
            return _quantiles(values[row], group, grouping.size, share)
        sums = np.bincount(group, values[row], minlength=grouping.size)
        if self.statistic == "sum":
            return sums.astype(np.float64)
        rows_each = np.bincount(group, minlength=grouping.size).astype(np.float64)
        rows_each[rows_each == 0] = np.nan
        return np.asarray(sums / rows_each, dtype=np.float64)


@dataclass(frozen=True)
class Share:
    """The share of each group's records with a value that lies at or below a limit."""

    value: str
    limit: float

    def exact(self, rows: CodedRows, grouping: Grouping) -> Figures:
        """The true shares, NaN where no record has the value."""
        shares = self._of(rows.values[self.value], grouping)
        return Figures(shares, np.where(np.isnan(shares), np.nan, 0.0))

    def protected(self, rows: CodedRows, grouping: Grouping) -> Figures:
        """Shares among the children kept, each one's values moved by its noise.

        Rounded; withheld where few children lie on either side of the limit, and where
        the share would lie further from the truth than is stated.
        """
        values = np.where(rows.child_kept, rows.values[self.value] * rows.noise, np.nan)
        shares = self._of(values, grouping)
        shown = np.floor(shares / SHARE_BASE + 0.5) * SHARE_BASE
        near = np.abs(shown - self.exact(rows, grouping).value) <= SHARE_DISTANCE
        shown[self._few(rows, values, grouping) | ~near] = np.nan
        return Figures(shown, np.where(np.isnan(shown), np.nan, SHARE_DISTANCE))

    def _of(self, values: Numbers, grouping: Grouping) -> Numbers:
        row, group = _kept(grouping, ~np.isnan(values))
        below = np.bincount(group, values[row] <= self.limit, minlength=grouping.size)
        counted = np.bincount(group, minlength=grouping.size).astype(np.float64)
        counted[counted == 0] = np.nan
        return np.asarray(below / counted, dtype=np.float64)

    def _few(
        self, rows: CodedRows, values: Numbers, grouping: Grouping
    ) -> NDArray[np.bool_]:
        """Whether few children lie at or below the limit, or few above it."""
        sides = (values <= self.limit, values > self.limit)
        below, above = (
            _children(rows, *_kept(grouping, side), grouping.size) for side in sides
        )
        few: NDArray[np.bool_] = np.minimum(below, above) <= THRESHOLD
        return few


Measure = Count | Summary | Share


def _kept(grouping: Grouping, kept: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """The entries of a grouping whose rows are kept: their rows and their groups."""
    entries = kept[grouping.row]
    return grouping.row[entries], grouping.group[entries]


def _children(
    rows: CodedRows, row: Integers, group: Integers, size: int
) -> NDArray[np.intp]:
    """How many different children each group's rows are about."""
    children = int(rows.child.max(initial=-1)) + 1
    pairs = np.sort(group * children + rows.child[row])  # forty times np.unique's speed
    first = np.ones(len(pairs), dtype=bool)
    np.not_equal(pairs[1:], pairs[:-1], out=first[1:])
    return np.bincount(pairs[first] // max(children, 1), minlength=size)


def _quantiles(
    values: Numbers, group: Integers, size: int, probability: float
) -> Numbers:
    """Each group's quantile, interpolated between values; NaN of an empty group."""
    import pandas as pd

    found = pd.Series(values).groupby(group).quantile(probability).reindex(range(size))
    return np.asarray(found.to_numpy(), dtype=np.float64)


def _rounded(figures: Numbers) -> Numbers:
    """Figures to three significant digits."""
    sizes = np.abs(np.where(figures == 0, 1.0, figures))
    scale = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(sizes)))
    return np.asarray(np.round(figures * scale) / scale, dtype=np.float64)
