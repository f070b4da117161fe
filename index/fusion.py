"""The two arms made one ranking: scores normalised over the candidates and averaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

DEPTH: Final = 100
"""Candidates that each arm puts forward."""


def candidates(scores: Scores, allowed: NDArray[np.bool_], floor: float) -> list[int]:
    """Positions of the `DEPTH` best allowed passages above `floor`, best first."""
    masked = np.where(allowed & (scores > floor), scores, -np.inf)
    depth = min(DEPTH, masked.size)
    best = np.argpartition(-masked, depth - 1)[:depth] if depth else np.arange(0)
    ordered = sorted(best.tolist(), key=lambda index: (-masked[index], index))
    return [index for index in ordered if np.isfinite(masked[index])]


def fuse(arms: Iterable[dict[int, float]]) -> dict[int, float]:
    """Mean of the arms' min-max normalised scores, 0 to 1, by position.

    A passage that an arm did not put forward has its lowest score, 0. Normalised
    averaging is at least as good as reciprocal rank fusion on 27 of the 29 rows of
    pyserini's table for BEIR (`docs/experiments-beir-fusion.md`).
    """
    normalised = [_min_max(arm) for arm in arms]
    positions = {position for arm in normalised for position in arm}
    return {
        position: sum(arm.get(position, 0.0) for arm in normalised) / len(normalised)
        for position in positions
    }


def _min_max(arm: dict[int, float]) -> dict[int, float]:
    low, high = min(arm.values(), default=0.0), max(arm.values(), default=0.0)
    spread = high - low
    return {
        key: (value - low) / spread if spread else 1.0 for key, value in arm.items()
    }


def ranked(
    fused: dict[int, float], limit: int, identity: Callable[[int], str]
) -> list[int]:
    """Best first, at most `limit`, and of passages with one identity the first only."""
    kept: list[int] = []
    seen: set[str] = set()
    for position in sorted(fused, key=lambda key: (-fused[key], key)):
        words = identity(position)
        if words not in seen:
            seen.add(words)
            kept.append(position)
        if len(kept) == limit:
            break
    return kept
