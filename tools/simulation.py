"""Many possible futures of a stock-and-flow model, quarter by quarter.

Each draw first takes rates from their distributions (Beta, Dirichlet and Gamma, with
the counted children as weights), then children from the rates (binomial, multinomial
and Poisson), so the spread of the draws holds both what is not known and chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from corpus.disclosure.wording import COUNT_BASE
from tools.stock_flow import Counts, Numbers, StockFlow

DRAWS: Final = 300
"""Futures drawn: P10 and P90 then stand within a tenth of a standard deviation."""
SEED: Final = 20260331
"""The same question has the same answer."""
ENTRANTS_DRIFT: Final = 0.02
"""Standard deviation of the yearly change in the level of entrants, in logarithms."""
ENDINGS_DRIFT: Final = 0.02
"""The same for the level of leaving and of moving."""


@dataclass(frozen=True, eq=False)
class Futures:
    """Simulated children; axes: draw, quarter from now (0 is now), group."""

    model: StockFlow
    live: Counts
    """Still in the placement of today."""
    new: Counts
    """In placements begun since."""
    entered: Counts
    """(draw, quarter) children who entered care; without the present."""
    left: Counts
    """(draw, quarter) children who left care."""
    begun: Counts
    """(draw, quarter, group) placements begun, as far as they last to its end."""
    ended: Counts
    """(draw, quarter, group) placements of its start that have ended."""

    @property
    def children(self) -> Counts:
        """All children, live and new."""
        return self.live + self.new


def simulate(
    model: StockFlow, quarters: int, entrants_factor: float = 1.0, draws: int = DRAWS
) -> Futures:
    """Draw futures of so many quarters.

    Args:
        model: The fitted rates.
        quarters: How many, at least 1.
        entrants_factor: What a scenario multiplies entrants by.
        draws: How many futures.
    """
    rng = np.random.Generator(np.random.SFC64(SEED))
    rates = _Rates.drawn(rng, model, draws, quarters)
    arrivals = rates.entrants * entrants_factor
    state = _begin(rng, model, draws)
    held, flows = [state.sum(axis=3)], []
    for quarter in range(quarters):
        coming = rng.poisson(arrivals[quarter][:, None] * rates.entering)
        state, flow = _quarter(rng, model, rates.in_quarter(quarter), state, coming)
        held.append(state.sum(axis=3))
        flows.append(flow)
    stocks = np.stack(held, axis=1)
    entered, left, begun, ended = (
        np.stack(each, axis=1) for each in zip(*flows, strict=True)
    )
    return Futures(
        model=model,
        live=stocks[:, :, 0],
        new=stocks[:, :, 1],
        entered=entered,
        left=left,
        begun=begun,
        ended=ended,
    )


@dataclass(frozen=True, eq=False)
class _Rates:
    """Rates of each draw; axes as the model's, with the draw in front."""

    leave: Numbers
    move: Numbers
    to: Numbers
    """Closed, as a multinomial draw needs them."""
    entering: Numbers
    entrants: Numbers
    """(quarter, draw) expected entrants."""
    level: Numbers
    """(quarter, draw) what the odds of an ending are multiplied by."""

    @classmethod
    def drawn(
        cls, rng: np.random.Generator, model: StockFlow, draws: int, quarters: int
    ) -> _Rates:
        shape = (draws, *model.leave.shape)
        return cls(
            leave=_beta(rng, model.leave, model.strength, shape),
            move=_beta(rng, model.move, model.strength, shape),
            to=_closed(_dirichlet(rng, model.to, model.moves[:, None], draws)),
            entering=_dirichlet(rng, model.entering, model.entering_seen, draws),
            entrants=_entrants(rng, model, draws, quarters),
            level=_drift(rng, ENDINGS_DRIFT, draws, quarters),
        )

    def in_quarter(self, quarter: int) -> _Rates:
        """The rates with that quarter's level of endings."""
        level = self.level[quarter][:, None, None]
        return _Rates(
            leave=np.minimum(self.leave * level, 1.0),
            move=np.minimum(self.move * level, 1.0),
            to=self.to,
            entering=self.entering,
            entrants=self.entrants,
            level=self.level,
        )


def _beta(
    rng: np.random.Generator, mean: Numbers, strength: Numbers, shape: tuple[int, ...]
) -> Numbers:
    """Chances about their means; those of 0 and 1 stay."""
    certain = (mean <= 0) | (mean >= 1)
    inside = np.clip(mean, 1e-6, 1 - 1e-6)
    drawn = rng.beta(inside * strength, (1 - inside) * strength, shape)
    return np.where(certain, mean, drawn)


def _dirichlet(
    rng: np.random.Generator, share: Numbers, weight: Numbers | float, draws: int
) -> Numbers:
    """Shares about their means, along the last axis; those of 0 stay."""
    shape = np.broadcast_to(share * weight, (draws, *share.shape))
    drawn = np.where(shape > 0, rng.standard_gamma(np.maximum(shape, 1e-3)), 0.0)
    total = drawn.sum(axis=-1, keepdims=True)
    return np.where(total > 0, drawn / np.where(total > 0, total, 1.0), share)


def _drift(
    rng: np.random.Generator, yearly: float, draws: int, quarters: int
) -> Numbers:
    """(quarter, draw) a level that wanders from 1, by so much a year."""
    steps = rng.normal(0.0, yearly / 2, (quarters, draws))  # four quarters, so sqrt(4)
    return np.exp(np.cumsum(steps, axis=0))


def _entrants(
    rng: np.random.Generator, model: StockFlow, draws: int, quarters: int
) -> Numbers:
    """(quarter, draw) expected entrants: level unknown, drifting, quarters uneven."""
    if model.entrants <= 0:
        return np.zeros((quarters, draws))
    seen = max(model.entrants_seen, 1.0)
    level = rng.gamma(seen, model.entrants / seen, draws)
    shape = model.entrants_variation**-2
    uneven = rng.gamma(shape, 1 / shape, (quarters, draws))
    return level * uneven * _drift(rng, ENTRANTS_DRIFT, draws, quarters)


def _begin(rng: np.random.Generator, model: StockFlow, draws: int) -> Counts:
    """(draw, live or new, group, duration) whole children now.

    Where protected, each kind's number is itself uncertain: with a standard deviation
    of a third of its root, and that of rounding to 5 (docs/disclosure.md).
    """
    expected = np.broadcast_to(model.start, (draws, *model.start.shape))
    if not model.start_is_exact:
        held = np.bincount(model.kind, model.start.sum(axis=1))
        doubt = np.sqrt(held / 9 + COUNT_BASE**2 / 12) / np.maximum(held, 1.0)
        factor = 1 + rng.standard_normal((draws, len(held))) * doubt
        expected = expected * np.maximum(factor, 0.0)[:, model.kind, None]
    whole = np.floor(expected + rng.random(expected.shape) * (expected % 1 > 0))
    state = np.zeros((draws, 2, *model.start.shape), dtype=np.int64)
    state[:, 0] = whole.astype(np.int64)
    return state


def _quarter(
    rng: np.random.Generator,
    model: StockFlow,
    rates: _Rates,
    state: Counts,
    coming: Counts,
) -> tuple[Counts, tuple[Counts, Counts, Counts, Counts]]:
    """The state a quarter later; and who entered, left, and what began and ended."""
    leaving = rng.binomial(state, rates.leave[:, None])
    here = state - leaving
    moving = rng.binomial(here, rates.move[:, None])
    here -= moving
    passing = rng.binomial(here[..., :-1], model.passing[:, :-1])
    here[..., :-1] -= passing
    here[..., 1:] += passing
    here = _grown(rng, model, here)
    movers = moving.sum(axis=(1, 3))
    begun = coming + _arrivals(rng, model, rates.to, movers)
    here[:, 1, :, 0] += begun
    left = leaving.sum(axis=(1, 3))
    flow = coming.sum(axis=1), left.sum(axis=1), begun, left + movers
    return here, flow


def _arrivals(
    rng: np.random.Generator, model: StockFlow, to: Numbers, movers: Counts
) -> Counts:
    """(draw, group) where the movers of each group go, at the age they then have."""
    gone = rng.multinomial(movers, to)
    kinds = gone.shape[2] // 2
    arrived = np.zeros_like(movers)
    for age in np.unique(model.age):
        of_age = model.age == age
        younger = model.age == age - 1
        by_kind = gone[:, of_age, :kinds].sum(axis=1)
        by_kind = by_kind + gone[:, younger, kinds:].sum(axis=1)
        arrived[:, of_age] = by_kind[:, model.kind[of_age]]
    return arrived


def _closed(shares: Numbers) -> Numbers:
    """Shares that sum to 1 and no more, as a multinomial draw needs them."""
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True) * (1 - 1e-12))


def _grown(rng: np.random.Generator, model: StockFlow, state: Counts) -> Counts:
    """The state after birthdays: some of each group are an age band older."""
    growing = np.flatnonzero(model.ageing > 0)
    older = rng.binomial(state[:, :, growing], model.ageing[growing, None])
    grown = state.copy()
    grown[:, :, growing] -= older
    grown[:, :, model.older[growing]] += older
    return grown
