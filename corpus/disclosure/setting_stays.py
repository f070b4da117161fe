"""How long placements in groups of settings last, and what their mix makes likely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.dataset import Dataset
from corpus.disclosure.access import reads_everything
from corpus.disclosure.bands import Dimension
from corpus.disclosure.coding import Integers, Numbers
from corpus.disclosure.cohort import (
    WIDTHS,
    Cohort,
    cohort,
    group_codes,
    of_kinds,
    own_rows,
    told_of,
    watched_since,
)
from corpus.disclosure.outcomes import DRAWN, OutcomeQuestion
from corpus.disclosure.stays import _figure, _Watched
from corpus.disclosure.survival import first_half, lasting_at, median_interval
from corpus.disclosure.tables import Figure
from corpus.disclosure.wording import THRESHOLD
from corpus.viewer import Viewer

_STEP: Final = 7
"""Days between the points of the region's survival curves."""


@dataclass(frozen=True)
class SettingStay:
    """The median stay in one group of settings, in days."""

    median: Figure
    """As of `median_stays`; the value is None where it is withheld, and where fewer
    than half of the stays were seen to end."""
    low: float | None
    """Its 95% interval; None where the median is, and where an end of it lies beyond
    what was watched."""
    high: float | None
    expected: float | None
    """The median at the region's stays for the same mix, to the week; None where it is
    withheld, or beyond what was watched."""


def setting_stays(
    question: OutcomeQuestion, groups: Mapping[str, str]
) -> dict[str, SettingStay]:
    """The median stay in groups of settings; empty without tables.

    Of placements begun since `watched_since`, those that last still among them. What
    is expected is the mean of the survival curves of the strata, weighted by the
    placements begun in each. Arguments and errors are those of `outcome_counts`.
    """
    stays = cohort(question.dataset)
    region = _region(question.dataset, question.viewer)
    if stays is None or region is None:
        return {}
    exact = question.own or reads_everything(question.dataset, question.viewer)
    chosen = region.chosen & of_kinds(stays, question.kinds)
    if question.own:
        chosen &= own_rows(stays, question.viewer)
    return {
        label: _stay(stays, region, index, exact)
        for label, index in _members(stays, np.flatnonzero(chosen), groups)
    }


def _members(
    stays: Cohort, index: Integers, groups: Mapping[str, str]
) -> Iterator[tuple[str, Integers]]:
    """The chosen rows of each group that has one."""
    setting = stays.rows.dimensions[Dimension.SETTING]
    labels = sorted(set(groups.values()))
    codes = group_codes(setting.labels, groups, labels)[setting.codes[index]]
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(labels) + 1))
    for at, label in enumerate(labels):
        if ends[at] < ends[at + 1]:
            yield label, index[order[ends[at] : ends[at + 1]]]


@dataclass(frozen=True, eq=False)
class _Region:
    """The region's stays, by stratum."""

    chosen: NDArray[np.bool_]
    """Which rows of the table they are."""
    days: Numbers
    """(points,)"""
    lasting: Numbers
    """(strata, points): the share of stays that last longer."""


@lru_cache(maxsize=6)
def _region(dataset: Dataset, viewer: Viewer) -> _Region | None:
    stays, since = cohort(dataset), watched_since(dataset, viewer)
    if stays is None or since is None:
        return None
    begun = stays.rows.day >= np.datetime64(since)
    chosen = stays.in_setting & begun & (stays.days >= 0)
    told = np.flatnonzero(chosen & told_of(stays, dataset, viewer))
    days = np.arange(0.0, (stays.as_at - since).days + _STEP, _STEP)
    lasting = _lasting(stays, told, days)[None, :]
    for stratum, width in zip(stays.strata, WIDTHS, strict=True):
        lasting = _narrower(stays, told, stratum, np.repeat(lasting, width, 0), days)
    return _Region(chosen, days, lasting)


def _narrower(
    stays: Cohort, told: Integers, stratum: Integers, wider: Numbers, days: Numbers
) -> Numbers:
    """The curve of each stratum, drawn to the wider one's as its rates are."""
    order = told[np.argsort(stratum[told], kind="stable")]
    ends = np.searchsorted(stratum[order], np.arange(len(wider) + 1))
    drawn = wider.copy()
    for code in np.flatnonzero(np.diff(ends)):
        own = order[ends[code] : ends[code + 1]]
        curve = _lasting(stays, own, days)
        drawn[code] = (len(own) * curve + DRAWN * wider[code]) / (len(own) + DRAWN)
    return drawn


def _lasting(stays: Cohort, index: Integers, days: Numbers) -> Numbers:
    return lasting_at(stays.days[index], stays.ended[index], days)


def _stay(stays: Cohort, region: _Region, index: Integers, exact: bool) -> SettingStay:
    rows = stays.rows
    watched = _Watched(stays.days[index], stays.ended[index], rows, index)
    median = _figure(watched, exact)
    kept = index if exact else index[rows.child_kept[index]]
    if not exact and len(np.unique(rows.child[kept])) <= THRESHOLD:
        return SettingStay(median, None, None, None)
    mix = np.bincount(stays.strata[2][kept], minlength=len(region.lasting))
    expected = first_half(region.days, mix @ region.lasting / max(len(kept), 1))
    if median.value is None:
        return SettingStay(median, None, None, expected)
    noise = np.ones(len(kept)) if exact else rows.noise[kept]
    ends = median_interval(stays.days[kept] * noise, stays.ended[kept])
    low, high = (None if end is None else float(round(end)) for end in ends)
    return SettingStay(median, low, high, expected)
