"""Seeded chance: a random stream for each concern, and fair shares in whole numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from random import Random
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

T = TypeVar("T")


def stream(seed: int, *concern: str) -> Random:
    """A random stream of its own for one concern.

    Adding a draw to one concern leaves every other as it was.
    """
    return Random("/".join([str(seed), *concern]))


def generator(seed: int, *concern: str) -> np.random.Generator:
    """The same for whole columns: a numpy generator of its own for one concern."""
    digest = hashlib.sha256("/".join([str(seed), *concern]).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def drawn(rng: np.random.Generator, weights: ArrayLike) -> NDArray[np.int64]:
    """A column for each row of weights, drawn in proportion; row sums are positive.

    Args:
        weights: n rows of m weights.

    Returns:
        n column numbers.
    """
    edges = np.cumsum(np.asarray(weights, dtype=float), axis=1)
    spots = rng.random(len(edges)) * edges[:, -1]
    columns: NDArray[np.int64] = (spots[:, None] < edges).argmax(axis=1)
    return columns


def quotas(total: int, weights: ArrayLike) -> NDArray[np.int64]:
    """`total` whole things shared in proportion: by the largest remainders."""
    exact = np.asarray(weights, dtype=float)
    exact = exact / exact.sum() * total
    counts: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    short = total - int(counts.sum())
    order = np.argsort(counts - exact, axis=None, kind="stable")[:short]
    counts.flat[order] += 1
    return counts


def weighted(rng: Random, weights: Mapping[T, float]) -> T:
    """One key, drawn in proportion to its weight."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def shared_out(total: int, weights: Mapping[T, float], least: int = 0) -> dict[T, int]:
    """`total` whole things shared in proportion to weights.

    Each key with a weight gets `least` first, while they last; the rest go one by one
    to the highest quotient of weight and seats (the D'Hondt method of elections).
    """
    keys = [key for key, weight in weights.items() if weight > 0]
    shares = dict.fromkeys(keys, least if least * len(keys) <= total else 0)
    for _ in range(total - sum(shares.values())):
        best = max(keys, key=lambda key: weights[key] / (shares[key] + 1))
        shares[best] += 1
    return shares


def chain_sizes(items: int, chains: int) -> list[int]:
    """How many items each of `chains` owners has: many with one, a few with many.

    The largest first; the surplus over one each falls off with rank, as ownership does.
    """
    extra = shared_out(items - chains, {rank: 1 / (rank + 2) for rank in range(chains)})
    return [1 + extra[rank] for rank in range(chains)]
