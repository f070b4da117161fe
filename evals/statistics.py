"""Intervals, paired tests and the smallest difference that a set could show."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

LEVEL: Final = 0.95
"""Of every interval."""
RESAMPLES: Final = 4000
"""Bootstrap samples; the ends of a 95% interval then vary by a few percent of its
width (Efron and Tibshirani 1993, ch. 19)."""
_Z: Final = 1.959964
_POWER: Final = 0.841621
"""Normal quantile of 80% power."""


def wilson(right: int, asked: int) -> tuple[float, float]:
    """Wilson's score interval of a share (Wilson 1927); 0 to 1 where none was asked."""
    if not asked:
        return 0.0, 1.0
    share, z2 = right / asked, _Z * _Z
    middle = (share + z2 / (2 * asked)) / (1 + z2 / asked)
    reach = _Z * sqrt(share * (1 - share) / asked + z2 / (4 * asked**2))
    reach /= 1 + z2 / asked
    return max(0.0, middle - reach), min(1.0, middle + reach)


def mcnemar(improved: int, regressed: int) -> float:
    """Two-sided exact p of McNemar's test (1947): 1 where nothing changed."""
    changed = improved + regressed
    if not changed:
        return 1.0
    tail = sum(comb(changed, k) for k in range(min(improved, regressed) + 1))
    return float(min(1.0, 2 * tail / 2**changed))


def cluster_interval(
    differences: Sequence[float], clusters: Sequence[str]
) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean of paired differences.

    Whole clusters are drawn, since questions of one author or document resemble one
    another (Miller 2024, "Adding Error Bars to Evals"). The same input gives the same
    interval.
    """
    names, place = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.bincount(place, weights=np.asarray(differences, dtype=float))
    sizes = np.bincount(place)
    random = np.random.default_rng(0)
    drawn = random.integers(0, len(names), (RESAMPLES, len(names)))
    means: NDArray[np.float64] = sums[drawn].sum(1) / sizes[drawn].sum(1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def bootstrap_p(differences: Sequence[float], clusters: Sequence[str]) -> float:
    """Two-sided p of a mean difference, by signs drawn for whole clusters.

    The randomisation test for paired measures (Smucker et al. 2007).
    """
    names, place = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.bincount(place, weights=np.asarray(differences, dtype=float))
    random = np.random.default_rng(0)
    signs = random.choice((-1.0, 1.0), (RESAMPLES, len(names)))
    reached = np.abs(signs @ sums) >= abs(sums.sum()) - 1e-12
    return float((reached.sum() + 1) / (RESAMPLES + 1))


def smallest_detectable(differences: Sequence[float]) -> float:
    """The mean difference that so many pairs would show with 80% power at 5%.

    From the pairs' own spread; where none differs, the spread that the rule of three
    still allows: up to 3 in n of them might.
    """
    count = len(differences)
    if not count:
        return 1.0
    spread = float(np.mean(np.square(np.asarray(differences, dtype=float))))
    return min(1.0, (_Z + _POWER) * sqrt(max(spread, min(1.0, 3 / count)) / count))


def significant(p_values: Sequence[float], level: float = 1 - LEVEL) -> list[bool]:
    """Which of several tests are, with the false discovery rate held to `level`
    (Benjamini and Hochberg 1995)."""
    count = len(p_values)
    ordered = sorted(range(count), key=lambda at: p_values[at])
    last = max(
        (r for r, at in enumerate(ordered, 1) if p_values[at] <= level * r / count),
        default=0,
    )
    kept = set(ordered[:last])
    return [at in kept for at in range(count)]
