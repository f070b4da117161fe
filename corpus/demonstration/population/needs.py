"""Needs and risks: which a child has, from when they are recorded, and their scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.codes import Need
from corpus.demonstration.chance import generator
from corpus.demonstration.population.children import YEAR, Children
from corpus.demonstration.population.histories import Stays
from corpus.demonstration.population.parameters import population

NEEDS: Final = tuple(Need)
KNOWN_EARLIER: Final = 0.86
"""Chance that a need recorded for one placement was so for the one before."""
LITTLE_RECORDED: Final = 0.008
"""Share of children of whom hardly a need is on record."""
RESIDENTIAL: Final = ("home", "secure", "school", "unregistered")
"""Kinds whose children have the heavier profile of needs."""
WITH_AN_ORDER: Final = {"home": 0.045, "unregistered": 0.6, "secure": 0.1}
"""Share of placements under a deprivation of liberty order."""


@dataclass(frozen=True)
class NeedScores:
    """Score of each placement and need: n rows, one column for each of `NEEDS`."""

    scores: NDArray[np.int8]
    """0 where the need is not recorded, else 1 to 5."""

    def recorded(self) -> tuple[list[list[str]], list[list[int]]]:
        """For each placement the needs it records, and their scores."""
        needs: list[list[str]] = [[] for _ in self.scores]
        scores: list[list[int]] = [[] for _ in self.scores]
        for row, need in zip(*np.nonzero(self.scores), strict=True):
            needs[row].append(NEEDS[need].value)
            scores[row].append(int(self.scores[row, need]))
        return needs, scores


def record_needs(seed: int, children: Children, stays: Stays) -> NeedScores:
    """Needs of each placement: the child's own, as far as they were known by then.

    That a child came alone is known from the first day.
    """
    rng = generator(seed, "needs")
    scores = _scores_of_children(rng, children, _heavy(children, stays))
    back = rng.geometric(1 - KNOWN_EARLIER, scores.shape).astype(np.int16)
    mine = scores[stays.child]
    mine[back[stays.child] <= stays.step[:, None]] = 0
    age = (stays.ended - children.born[stays.child]) / YEAR
    mine[age[:, None] < _from_age()] = 0
    mine[:, NEEDS.index(Need.UASC)] = np.where(
        children.unaccompanied[stays.child], 3, 0
    )
    return NeedScores(_with_orders(rng, stays, mine))


def _heavy(children: Children, stays: Stays) -> NDArray[np.bool_]:
    """Children who have lived in residential care in the years held."""
    residential = [population().index[key] for key in RESIDENTIAL]
    heavy = np.zeros(len(children), dtype=bool)
    heavy[stays.child[np.isin(stays.kind, residential)]] = True
    return heavy


def _scores_of_children(
    rng: np.random.Generator, children: Children, heavy: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """Score of each child and need; strain makes needs likelier and scores higher."""
    chances = [population().needs.get(need) for need in NEEDS]
    family = np.array([row.family if row else 0 for row in chances])
    residential = np.array([row.residential if row else 0 for row in chances])
    girls = np.array([row.girls if row else 1 for row in chances])
    chance = np.where(heavy[:, None], residential, family)
    chance = chance * np.where(children.male[:, None], 2, 2 * girls) / (1 + girls)
    chance[rng.random(len(heavy)) < LITTLE_RECORDED] *= 0.15
    strain = children.strain[:, None]
    has = rng.random(chance.shape) < np.minimum(chance * np.exp(0.34 * strain), 0.97)
    level = np.where(
        heavy[:, None],
        rng.choice(5, chance.shape, p=population().scores["residential"]),
        rng.choice(5, chance.shape, p=population().scores["family"]),
    )
    shift = rng.random(chance.shape) < np.clip(strain, 0, 2) / 5
    scores = np.minimum(1 + level + shift, 5) * has
    small: NDArray[np.int8] = scores.astype(np.int8)
    return small


def _with_orders(
    rng: np.random.Generator, stays: Stays, scores: NDArray[np.int8]
) -> NDArray[np.int8]:
    """The scores with deprivation of liberty as one of the needs."""
    chance = [WITH_AN_ORDER.get(row.key, 0) for row in population().kinds]
    under = rng.random(len(stays)) < np.array(chance)[stays.kind]
    scores[:, NEEDS.index(Need.DOLS)] = np.where(under, 5, 0)
    return scores


def _from_age() -> NDArray[np.int64]:
    chances = [population().needs.get(need) for need in NEEDS]
    return np.array([row.from_age if row else 0 for row in chances])
