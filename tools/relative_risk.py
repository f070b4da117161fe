"""How often something happened, set beside how often it was to be expected.

Each provider's true ratio is taken from a gamma distribution of mean 1 (empirical
Bayes, as Clayton and Kaldor, Biometrics 43, 1987, map small areas). Its strength is not
one estimate but is averaged over its likelihood, so that the ratios of few providers
are drawn to 1 no more firmly than they warrant. Of n placements with E expected events,
the events at a ratio r are binomial, with the chance r E / n. Where only bounds of a
count are known, its likelihood is the sum over all that they leave open. All is worked
out on a grid of ratios.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import lgamma
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

LEVEL: Final = 0.95
"""Probability that an interval holds the true ratio."""

_LEAST, _MOST, _POINTS = 0.02, 12.0, 900
"""The grid of ratios, even on the log scale: steps of 0.7%."""
_STRENGTHS: Final = (1.0, 300.0, 24)
"""Strengths of the gamma distribution (shape and rate), least, most and how many: from
ratios that vary by their own mean to ratios that all but agree."""
_ANYTHING: Final = 1e-12
"""Probability left to each ratio of the grid, however unlike the others it is."""

Verdict = Literal["lower", "not_told_apart", "higher"]


@dataclass(frozen=True)
class Evidence:
    """What is known of one provider's placements."""

    at_risk: float
    expected: float
    low: int
    """Least number of events that is possible; with `high` the same where it is
    known."""
    high: int


@dataclass(frozen=True)
class Estimate:
    """A provider's ratio of what happened to what was expected."""

    ratio: float
    """The mean of what it may be: drawn towards 1, the more so the less is known."""
    low: float
    """Ends of its 95% interval."""
    high: float
    below: float
    """Probability that it lies below 1."""

    @property
    def verdict(self) -> Verdict:
        """Whether the interval lies on one side of 1."""
        if self.high < 1:
            return "lower"
        return "higher" if self.low > 1 else "not_told_apart"


@dataclass(frozen=True, eq=False)
class Prior:
    """How much the true ratios of providers vary."""

    weight: Numbers
    """Probability of each ratio of the grid, before anything is known of one."""


def prior_of(compared: Sequence[Evidence]) -> Prior:
    """How much the ratios of the providers that are compared vary."""
    import numpy as np

    strengths = np.geomspace(*_STRENGTHS[:2], int(_STRENGTHS[2]))
    gammas = np.stack([_gamma(strength) for strength in strengths])
    likelihood = _likelihoods(compared) @ gammas.T
    with np.errstate(divide="ignore"):
        log = np.log(likelihood).sum(axis=0)
    chance = np.exp(log - log.max()) if np.isfinite(log).any() else np.ones(len(log))
    return Prior(chance @ gammas / chance.sum() + _ANYTHING)


def estimates(providers: Sequence[Evidence], prior: Prior) -> list[Estimate]:
    """The ratio of each provider."""
    import numpy as np

    grid = _grid()
    weight = _likelihoods(providers) * prior.weight
    weight /= weight.sum(axis=1, keepdims=True)
    tails = (1 - LEVEL) / 2, (1 + LEVEL) / 2
    found = []
    for row in weight:
        upto = np.cumsum(row) - row / 2  # each point stands for the middle of its step
        low, high = np.interp(tails, upto, grid)
        below = float(np.interp(0.0, np.log(grid), upto))
        found.append(Estimate(float(row @ grid), float(low), float(high), below))
    return found


@cache
def _grid() -> Numbers:
    import numpy as np

    return np.geomspace(_LEAST, _MOST, _POINTS)


def _gamma(strength: float) -> Numbers:
    """The gamma distribution of mean 1 and that strength, on the grid."""
    import numpy as np

    grid = _grid()
    log = strength * (np.log(grid) - grid)  # a step's width grows with the ratio
    density = np.exp(log - log.max())
    return np.asarray(density / density.sum())


def _likelihoods(providers: Sequence[Evidence]) -> Numbers:
    """(providers, ratios): how likely what is known would be, up to a factor."""
    import numpy as np

    rows = [_likelihood(evidence) for evidence in providers]
    return np.stack(rows) if rows else np.ones((0, _POINTS))


@lru_cache(maxsize=4096)  # under disclosure control many providers are alike
def _likelihood(evidence: Evidence) -> Numbers:
    import numpy as np

    n = max(evidence.at_risk, evidence.high)
    if evidence.expected <= 0 or n <= 0:
        return np.ones(_POINTS)  # nothing was to be expected, nothing is learnt
    chance = _grid() * min(evidence.expected / n, 1.0)
    possible = chance < 1
    log_p, log_q = np.log(chance), np.log1p(-np.where(possible, chance, 0.5))
    counts = np.arange(evidence.low, evidence.high + 1)[:, None]
    ways = np.array([[_log_choose(n, float(k))] for k in counts[:, 0]])
    log = ways + counts * log_p + (n - counts) * log_q
    log = np.where(possible, log, -np.inf)
    return np.asarray(np.exp(log - log.max()).sum(axis=0))


def _log_choose(n: float, k: float) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
