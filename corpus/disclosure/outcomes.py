"""How placements in settings turned out, beside what their children's mix makes likely.

Expected counts are by indirect standardisation: each placement counts with the region's
rate among placements of its type, age band and level of risk. Rates are of the children
that the viewer's figures are made of, those of small strata drawn towards wider ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.codes import PlacementType
from corpus.dataset import Dataset
from corpus.disclosure.access import reads_everything
from corpus.disclosure.aggregates import figure_at, figures_of
from corpus.disclosure.bands import Dimension
from corpus.disclosure.coding import CodedRows, Integers, Numbers
from corpus.disclosure.cohort import (
    Cohort,
    cohort,
    group_codes,
    of_kinds,
    own_rows,
    told_of,
    watched_since,
)
from corpus.disclosure.measures import Count, Summary
from corpus.disclosure.reading import taken
from corpus.disclosure.selection import Grouping
from corpus.disclosure.tables import Figure
from corpus.disclosure.wording import COUNT_BASE, LEFT_OUT, THRESHOLD
from corpus.viewer import Viewer

DRAWN: Final = 20
"""A stratum's rate is drawn to the wider one's as by so many placements more. Ours."""


class Outcome(StrEnum):
    """What may have become of a placement."""

    FIRST_MONTH = "unplanned_within_28_days"
    FIRST_YEAR = "unplanned_within_a_year"
    ENDINGS = "unplanned_endings"
    """Of the stays that ended, and are said how."""
    MOVED = "moved_within_a_year"
    """To another placement, planned or not."""


_WITHIN: Final = {
    Outcome.FIRST_MONTH: 28,
    Outcome.FIRST_YEAR: 365,
    Outcome.MOVED: 365,
}
"""Days from the start; a placement begun later than that before the tables' day is not
watched for long enough, and does not count."""


@dataclass(frozen=True)
class OutcomeQuestion:
    """Which placements are asked about, and by whom."""

    dataset: Dataset
    viewer: Viewer
    kinds: tuple[PlacementType, ...] = ()
    """Placement types; empty for all."""
    own: bool = False
    """Only children of the viewer's own authority, exactly."""


@dataclass(frozen=True)
class Counted:
    """One outcome in one group of settings."""

    at_risk: Figure
    """Placements that could have had it."""
    observed: Figure
    """Those that had."""
    expected: Figure
    """Those that would have at the region's rates."""
    possible: tuple[int, int]
    """Least and greatest number, of the placements that the figures are made of,
    that `observed` leaves open; the same twice where it is exact."""
    share_counted: float
    """Part of all placements that the figures are made of, on average: 1 or 0.9."""


@dataclass(frozen=True)
class OutcomeCounts:
    """One outcome in several groups of settings, and in all that are compared."""

    groups: Mapping[str, Counted]
    """Without groups of which nothing may be told."""
    everyone: Counted
    """All placements of the kinds, in any setting."""
    recorded: float | None
    """Part of the endings that matter of which the source says how they ended, 0 to 1
    in steps of 0.05; None where there is none, or too few to tell."""
    since: date
    until: date
    """Placements begun, or of `Outcome.ENDINGS` ended, from one day to the other."""


def outcome_counts(
    question: OutcomeQuestion, outcome: Outcome, groups: Mapping[str, str]
) -> OutcomeCounts | None:
    """Count an outcome in groups of settings; None without tables.

    Figures are exact for an evaluator, and for a council's own children; protected for
    all others: counts and sums as those of `count_by` and `sum_by`, but of all the
    placements of the children kept.

    Args:
        question: Of which placements.
        outcome: What is counted.
        groups: The label of each setting, by URN; other settings are left out.

    Raises:
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    asked = _asked(question.dataset, question.viewer, outcome)
    if asked is None:
        return None
    exact = question.own or reads_everything(question.dataset, question.viewer)
    chosen = asked.known & of_kinds(asked.stays, question.kinds)
    if question.own:
        chosen &= own_rows(asked.stays, question.viewer)
    index = np.flatnonzero(chosen)
    entries = _entries(asked, index)
    labels = sorted(set(groups.values()))
    group = group_codes(entries.dimensions[Dimension.SETTING].labels, groups, labels)
    codes = group[entries.dimensions[Dimension.SETTING].codes]
    counted = _counted(entries, asked.event[index] > 0, codes, len(labels), exact)
    whole = _counted(entries, asked.event[index] > 0, np.zeros_like(codes), 1, exact)
    return OutcomeCounts(
        groups=dict(zip(labels, counted, strict=True)),
        everyone=whole[0],
        recorded=_recorded(asked, of_kinds(asked.stays, question.kinds)),
        since=asked.since,
        until=asked.until,
    )


@dataclass(frozen=True, eq=False)
class _Asked:
    """One outcome of every placement; arrays as long as the table."""

    stays: Cohort
    known: NDArray[np.bool_]
    """At risk, and it is recorded whether it came about."""
    unknown: NDArray[np.bool_]
    """It ended, but the source does not say how."""
    ended: NDArray[np.bool_]
    """It ended in the time that matters, known or not."""
    event: Numbers
    expected: Numbers
    told: NDArray[np.bool_]
    since: date
    until: date


@lru_cache(maxsize=12)
def _asked(dataset: Dataset, viewer: Viewer, outcome: Outcome) -> _Asked | None:
    stays, since = cohort(dataset), watched_since(dataset, viewer)
    if stays is None or since is None:
        return None
    within = _WITHIN.get(outcome)
    last = np.datetime64(stays.as_at) - np.timedelta64(within or 0, "D")
    came_about = stays.moved if outcome is Outcome.MOVED else stays.unplanned()
    ended = stays.ended & (stays.days <= within if within else stays.ended)
    day = stays.rows.day if within else stays.rows.ended
    watched = (day >= np.datetime64(since)) & (day <= last) & (stays.days >= 0)
    watched &= True if within else ended
    unknown = watched & ended & np.isnan(came_about)
    event = np.where(ended, np.nan_to_num(came_about), 0.0)
    known, told = watched & ~unknown, told_of(stays, dataset, viewer)
    sample = known & told & stays.in_setting
    return _Asked(
        stays=stays,
        known=known,
        unknown=unknown,
        ended=watched & ended,
        event=event,
        expected=_expected(stays, sample, event),
        told=told,
        since=since,
        until=last.astype("datetime64[D]").item(),
    )


def _expected(stays: Cohort, sample: NDArray[np.bool_], event: Numbers) -> Numbers:
    """Each placement's chance of the event: the rate of its stratum in the sample.

    From the region's rate down to the type's, the age band's within it, and the level
    of risk's within that: (events + DRAWN x wider rate) / (placements + DRAWN).
    """
    rate = np.full(len(event), event[sample].mean() if sample.any() else 0.0)
    for stratum in stays.strata:
        size = int(stratum.max(initial=0)) + 1
        placements = np.bincount(stratum[sample], minlength=size)[stratum]
        events = np.bincount(stratum[sample], event[sample], minlength=size)[stratum]
        rate = (events + DRAWN * rate) / (placements + DRAWN)
    return rate


def _entries(asked: _Asked, index: Integers) -> CodedRows:
    """The rows at some places with their expected rate; kept as their children are."""
    rows = taken(asked.stays.rows, index, (Dimension.SETTING,))
    values = {"expected": asked.expected[index]}
    return replace(rows, values=values, record_kept=rows.child_kept)


def _counted(
    entries: CodedRows,
    event: NDArray[np.bool_],
    codes: Integers,
    size: int,
    exact: bool,
) -> list[Counted]:
    inside = codes >= 0
    everyone = _grouping(codes, inside, size)
    expected = figures_of(Summary("sum", "expected"), entries, everyone, exact)
    at_risk = figures_of(Count("records"), entries, everyone, exact)
    had_it = _grouping(codes, inside & event, size)
    observed = figures_of(Count("records"), entries, had_it, exact)
    return [
        _one(*(figure_at(found, at, exact) for found in (at_risk, observed, expected)))
        for at in range(size)
    ]


def _grouping(codes: Integers, chosen: NDArray[np.bool_], size: int) -> Grouping:
    row = np.flatnonzero(chosen)
    return Grouping(row, codes[row], (("",) * size,))


def _one(at_risk: Figure, observed: Figure, expected: Figure) -> Counted:
    share = 1.0 if observed.exact else 1 - LEFT_OUT
    return Counted(at_risk, observed, expected, _possible(observed), share)


def _possible(observed: Figure) -> tuple[int, int]:
    """The numbers, among the placements counted, that a count leaves open.

    It is what the figure itself says to anyone who knows the method, so that whatever
    is worked out from it tells no more. A withheld one is taken to be of as many
    placements as children.
    """
    if observed.value is None:
        return 0, THRESHOLD
    if observed.exact:
        return int(observed.value), int(observed.value)
    low = (observed.value - COUNT_BASE / 2) * (1 - LEFT_OUT)
    high = (observed.value + COUNT_BASE / 2) * (1 - LEFT_OUT)
    return max(int(np.ceil(low)), THRESHOLD + 1), int(np.ceil(high)) - 1


def _recorded(asked: _Asked, chosen: NDArray[np.bool_]) -> float | None:
    """Part of the endings that matter whose way is recorded; of all endings."""
    ended = asked.ended & chosen & asked.told
    children = len(np.unique(asked.stays.rows.child[ended]))
    if children <= THRESHOLD:
        return None
    return float(np.floor((1 - asked.unknown[ended].mean()) * 20 + 0.5) / 20)
