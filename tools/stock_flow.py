"""Rates of a stock-and-flow model of children in care, fitted to counted flows.

A child stands in a cell: age band, kind of placement, and time spent in it. In each
quarter it leaves care, moves to another placement, or stays; children enter care; and
all grow older. The states are those of the open model of Data to Insight
(`cs-demand-model`, 2023), with the time spent in the placement added, because the
chance of an end falls with it. Rates are ends over children at risk, so a placement
that still lasts counts for as long as it was seen (a discrete life table).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.disclosure.flows import RATE_QUARTERS, Flows
from corpus.disclosure.wording import LEFT_OUT, THRESHOLD

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

POOLED_STRENGTH: Final = 4.0
"""Child-quarters that the rate over all ages weighs in the rate of one cell."""
REGION_STRENGTH: Final = 60.0
"""Child-quarters that the region's rate weighs in one authority's."""
MOST_STRENGTH: Final = 300.0
"""Most child-quarters that count behind a rate: rates differ between years, however
many children they are counted on."""
HALF_LIFE: Final = 8.0
"""Quarters after which entrants count half in the expected number."""
LEAST_VARIATION: Final = 0.03
"""Least coefficient of variation of entrants between quarters beyond Poisson's."""
LARGEST_WITHHELD: Final = THRESHOLD / (1 - LEFT_OUT)
"""About the most children behind a withheld count."""


@dataclass(frozen=True, eq=False)
class StockFlow:
    """A fitted model. Axes: g groups (an age band and a kind), d durations, k kinds."""

    age: NDArray[np.int64]
    """(g,) place of each group's age band."""
    kind: NDArray[np.int64]
    """(g,) place of its kind."""
    place: NDArray[np.int64]
    """(a, k) each pair's group, -1 for none."""
    start: Numbers
    """(g, d) children now."""
    start_is_exact: bool
    leave: Numbers
    """(g, d) chance of leaving care within a quarter."""
    move: Numbers
    """(g, d) chance of another placement at its end, of those who do not leave."""
    strength: Numbers
    """(g, d) child-quarters behind both chances."""
    to: Numbers
    """(g, 2k) share of the moves that end in each kind; and again, for children an age
    band older by then. Rows sum to 1."""
    moves: Numbers
    """(g,) moves behind the shares."""
    passing: Numbers
    """(g, d) chance of a longer duration band, of those who stay."""
    ageing: Numbers
    """(g,) chance of the next age band, of those who stay."""
    older: NDArray[np.int64]
    """(g,) the group a band older; itself where there is none."""
    entrants: float
    """Children entering care a quarter."""
    entrants_seen: float
    """Children behind that number."""
    entering_seen: float
    """Children behind the shares in `entering`."""
    entrants_variation: float
    """Its coefficient of variation between quarters, beyond Poisson's."""
    entering: Numbers
    """(g,) share of entrants by group; sums to 1."""


def fitted(own: Flows, region: Flows) -> StockFlow:
    """The model of one authority, or of the region where both are the same.

    Args:
        own: What is forecast. Where it is not exact and not the region, only its
            numbers of children and entrants are used, and the region's rates.
        region: What thin cells fall back on.
    """
    place, age, kind = _groups(own, region)
    sources = [region, own] if own.exact and own is not region else [region]
    leave, strength = _chances([s.left for s in sources], [s.at_risk for s in sources])
    staying = [s.at_risk - np.nan_to_num(s.left) for s in sources]
    move, _ = _chances([s.moved for s in sources], staying)
    to, moves = _destinations(sources, place)
    remaining = [
        n - np.nan_to_num(s.moved) for n, s in zip(staying, sources, strict=True)
    ]
    passing, _ = _chances([s.passed for s in sources[:1]], remaining[:1])
    stayed = np.nansum(remaining[0], axis=2, keepdims=True)
    ageing, _ = _chances([region.aged[:, :, None]], [stayed], pooled_by=1)
    expected, seen, variation = _entrants(own, region)
    at = age, kind
    return StockFlow(
        age=age,
        kind=kind,
        place=place,
        start=_start(own, region)[at],
        start_is_exact=own.exact,
        leave=leave[at],
        move=move[at],
        strength=np.minimum(strength, MOST_STRENGTH)[at],
        to=to[at],
        moves=np.minimum(moves, MOST_STRENGTH)[at],
        passing=passing[at],
        ageing=np.where(_older(place)[at] >= 0, ageing[:, :, 0][at], 0.0),
        older=np.where(_older(place)[at] >= 0, _older(place)[at], place[at]),
        entrants=expected,
        entrants_seen=seen,
        entering_seen=min(seen, MOST_STRENGTH),
        entrants_variation=variation,
        entering=_entering(own, region, sources)[at],
    )


def _groups(
    own: Flows, region: Flows
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of age and kind in which there is any child, and their places."""
    evidence = sum(
        np.nan_to_num(part)
        for flow in (own, region)
        for part in (
            flow.now.sum(axis=2, where=~np.isnan(flow.now)),
            flow.at_risk.sum(axis=2, where=~np.isnan(flow.at_risk)),
            flow.entered_as,
        )
    )
    age, kind = np.nonzero(np.asarray(evidence) > 0)
    place = np.full(region.entered_as.shape, -1)
    place[age, kind] = np.arange(len(age))
    return place, age, kind


def _chances(
    events: list[Numbers], at_risk: list[Numbers], pooled_by: int = 0
) -> tuple[Numbers, Numbers]:
    """Chance of an event in each cell, and the child-quarters behind it.

    Args:
        events: Of the region and then, where it is known exactly, of the authority.
        at_risk: As many arrays of children at risk.
        pooled_by: Axis over which the region's thin cells are pooled.
    """
    n, x = np.nan_to_num(at_risk[0]), events[0]
    counted = ~np.isnan(x) & ~np.isnan(at_risk[0])
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = np.nan_to_num(
            x.sum(axis=pooled_by, where=counted, keepdims=True)
            / n.sum(axis=pooled_by, where=counted, keepdims=True)
        )
    withheld = np.minimum(n * pooled, LARGEST_WITHHELD)
    x = np.where(np.isnan(x), withheld, x)
    strength = n + POOLED_STRENGTH
    chance = np.clip((x + POOLED_STRENGTH * pooled) / strength, 0.0, 1.0)
    for own_events, own_at_risk in zip(events[1:], at_risk[1:], strict=True):
        strength = own_at_risk + REGION_STRENGTH
        chance = (own_events + REGION_STRENGTH * chance) / strength
    return np.clip(chance, 0.0, 1.0), strength


def _destinations(
    sources: list[Flows], place: NDArray[np.int64]
) -> tuple[Numbers, Numbers]:
    """Shares of the kinds that moves lead to, and the moves behind them."""
    older = np.roll(place, -1, axis=0) >= 0
    older[-2:] = False
    possible = np.concatenate([place >= 0, older], axis=1)[:, None, :]
    moves = np.nan_to_num(sources[0].moved_to) * possible
    pooled = _shares(moves.sum(axis=0, keepdims=True) + 1e-9) * possible
    share = _shares(moves + POOLED_STRENGTH * _shares(pooled))
    total = moves.sum(axis=2) + POOLED_STRENGTH
    for own in sources[1:]:
        mine = own.moved_to * possible
        share = _shares(mine + REGION_STRENGTH * share)
        total = mine.sum(axis=2) + REGION_STRENGTH
    return share, total


def _shares(counts: Numbers) -> Numbers:
    """Counts as shares of their sum along the last axis; 0 where that is 0."""
    total = counts.sum(axis=-1, keepdims=True)
    return np.asarray(counts / np.where(total > 0, total, 1.0), dtype=np.float64)


def _older(place: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each pair's group one age band older; -1 for none, and where no age is known."""
    older = np.full_like(place, -1)
    older[:-2] = place[1:-1]
    return older


def _start(own: Flows, region: Flows) -> Numbers:
    """Children now by cell: as counted, or by the region's pattern within each kind."""
    if own.exact:
        return own.now
    quarters = max(int(region.complete[-RATE_QUARTERS:].sum()), 1)
    usual = np.nan_to_num(region.at_risk) / quarters
    pattern = np.where(np.isnan(region.now), usual, region.now)
    by_kind = pattern.sum(axis=(0, 2))
    expected = np.nan_to_num(own.children[-1]) * by_kind / max(by_kind.sum(), 1.0)
    held = own.stock[-1]
    total = np.where(np.isnan(held), np.minimum(expected, LARGEST_WITHHELD), held)
    scale = total / np.where(by_kind > 0, by_kind, 1.0)
    return np.asarray(pattern * scale[None, :, None], dtype=np.float64)


def _entrants(own: Flows, region: Flows) -> tuple[float, float, float]:
    """Expected entrants a quarter, children behind it, and variation beyond chance."""
    expected, seen = _weighted(own)
    variations = [_variation(flow) for flow in (own, region)]
    return expected, seen, max(float(np.mean(variations)), LEAST_VARIATION)


def _weighted(flow: Flows) -> tuple[float, float]:
    """The weighted mean of quarterly entrants, and the children that it rests on."""
    known = flow.complete & ~np.isnan(flow.entered)
    if not known.any():
        return 0.0, 0.0
    back = np.arange(len(flow.entered))[::-1]
    weight = np.where(known, 0.5 ** (back / HALF_LIFE), 0.0)
    expected = float(np.nansum(weight * flow.entered) / weight.sum())
    return expected, expected * float(weight.sum() ** 2 / (weight**2).sum())


def _variation(flow: Flows) -> float:
    """Coefficient of variation of quarterly entrants beyond Poisson's; 0 for none."""
    counts = flow.entered[flow.complete & ~np.isnan(flow.entered)]
    mean = counts.mean() if len(counts) > 2 else 0.0
    if mean <= 0:
        return 0.0
    return float(np.sqrt(max(counts.var(ddof=1) - mean, 0.0)) / mean)


def _entering(own: Flows, region: Flows, sources: list[Flows]) -> Numbers:
    """(a, k) shares of entrants."""
    seen = np.nan_to_num(region.entered_as)
    share = seen / max(seen.sum(), 1.0)
    if len(sources) > 1:
        share = own.entered_as + REGION_STRENGTH * share
    return np.asarray(share / max(share.sum(), 1e-9), dtype=np.float64)
