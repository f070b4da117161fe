"""The two arms made one score.

Both arms have a scale of their own that means the same for every question: the share
of the question's words that a passage holds, and the cosine of their meanings. They are
added as they are. Normalising over the candidates, as is usual, stretches an arm that
found nothing near until it weighs as much as one that found the answer.
"""

from __future__ import annotations

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


def spread(scores: Scores) -> Scores:
    """Scores stretched to 0 to 1, for a reader; all 1 where they are equal."""
    if not scores.size or not (reach := float(np.ptp(scores))):
        return np.ones_like(scores)
    return np.asarray((scores - scores.min()) / reach, dtype=np.float32)
