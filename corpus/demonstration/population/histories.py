"""Each child's placements, told backwards from the last to the first that is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import numpy as np

from corpus.demonstration.calibration import Size
from corpus.demonstration.chance import drawn, generator
from corpus.demonstration.population.children import (
    YEAR,
    Bools,
    Children,
    Floats,
    Ints,
    day_number,
)
from corpus.demonstration.population.parameters import population

MOST_PLACEMENTS: Final = 30
"""A child has no more placements than this in the years held."""
STRAIN_SHORTENS: Final = 0.5
"""Part of the logarithm of a stay's length that a child's strain takes away."""
NEWBORN: Final = 45
"""A first placement within so many days of birth begins at birth, or soon after."""

ARRIVAL_AGE: Final = 13
"""Children who came alone to seek asylum were at least so old."""
WITH_FAMILY: Final = ("kinship", "parents", "adoption", "family_centre")


@dataclass(frozen=True)
class Stays:
    """Columns of one row a placement, a child's own from the latest back."""

    child: Ints
    """Row of the child."""
    step: Ints
    """0 for the child's last placement, 1 for the one before."""
    kind: Ints
    started: Ints
    ended: Ints
    """The day after the as-at date where it lasts."""
    first: Bools
    """Whether it began a period of care."""
    previous: Ints
    """Row of the placement before; -1 where there is none, or it is not held."""
    previous_kind: Ints
    """-1 where there is none; known also where the placement is not held."""

    def __len__(self) -> int:
        return len(self.child)

    def taken(self, rows: Ints) -> Stays:
        """Those rows alone, in that order; whole histories, so that links hold."""
        place = np.full(len(self) + 1, -1)
        place[rows] = np.arange(len(rows))
        columns = {name: column[rows] for name, column in vars(self).items()}
        return Stays(**columns | {"previous": place[columns["previous"]]})


def first_day(today: int) -> int:
    """The first day of the years held, both in days from 1 January 1970."""
    return today - round(population().history_years * YEAR)


def tell_histories(seed: int, size: Size, children: Children, as_at: date) -> Stays:
    """Every placement in force in the years held, to the exact number wanted."""
    told = _all_stays(seed, children, first_day(day_number(as_at)))
    return told.taken(_chosen(told, children, population().sizes[size].ended))


def _all_stays(seed: int, children: Children, opens: int) -> Stays:
    """Histories of all children drawn: layer by layer, one placement further back."""
    rng = generator(seed, "histories")
    layers: list[Stays] = []
    child = np.arange(len(children))
    kind, ended = children.last_kind, children.last_day
    above, known = np.full(len(children), -1), 0
    for step in range(MOST_PLACEMENTS):
        open_ended = children.in_care[child] & (step == 0)
        started, first = _beginning(rng, children, child, kind, ended, open_ended)
        before = _kind_before(
            rng, kind, started - children.born[child], children.unaccompanied[child]
        )
        before = np.where(first, -1, before)
        layers.append(
            Stays(
                child=child,
                step=np.full(len(child), step),
                kind=kind,
                started=started,
                ended=ended,
                first=first,
                previous=above,
                previous_kind=before,
            )
        )
        more = ~first & (started > opens)
        above = known + np.flatnonzero(more)
        known += len(child)
        child, kind, ended = child[more], before[more], started[more]
    return _linked(layers)


def _linked(layers: list[Stays]) -> Stays:
    """The layers as one, where `previous` held the row of the placement after."""
    columns = {
        name: np.concatenate([getattr(layer, name) for layer in layers])
        for name in vars(layers[0])
    }
    after = columns["previous"]
    previous = np.full(len(after), -1)
    rows = np.flatnonzero(after >= 0)
    previous[after[rows]] = rows
    return Stays(**columns | {"previous": previous})


def _chosen(told: Stays, children: Children, ended: int) -> Ints:
    """Rows of all children in care, and of as many others as make up the number."""
    length = np.bincount(told.child, minlength=len(children))
    wanted = ended - int((length - 1)[children.in_care].sum())
    picked = children.in_care.copy()
    for child in np.flatnonzero(~children.in_care):
        if length[child] <= wanted:
            picked[child] = True
            wanted -= int(length[child])
        if wanted == 0:
            break
    if wanted:
        raise AssertionError(f"{wanted} placements short: draw more children")
    rows = np.flatnonzero(picked[told.child])
    return rows[np.lexsort((told.step[rows], told.child[rows]))]


def _beginning(
    rng: np.random.Generator,
    children: Children,
    child: Ints,
    kind: Ints,
    ended: Ints,
    open_ended: Bools,
) -> tuple[Ints, Bools]:
    """When each placement began, and whether it began a period of care."""
    length = _lengths(rng, kind, children.strain[child], open_ended)
    born = children.born[child]
    youngest = np.array([row.age_from for row in population().kinds])[kind]
    alone = children.unaccompanied[child]
    youngest = np.where(alone, np.maximum(youngest, ARRIVAL_AGE), youngest)
    earliest = born + np.ceil(youngest * YEAR).astype(np.int64)
    room = np.maximum(ended - earliest, 1)
    length = np.where(length > room, np.ceil(rng.random(len(kind)) * room), length)
    started = ended - np.maximum(length, 1).astype(np.int64)
    chance = np.array([row.first for row in population().kinds])[kind]
    first = (rng.random(len(kind)) < chance) | (started - born < NEWBORN)
    first |= alone & (started - earliest < NEWBORN)
    return np.maximum(started, born), first


def _lengths(
    rng: np.random.Generator, kind: Ints, strain: Floats, open_ended: Bools
) -> Floats:
    """Days from a placement's start to its end, or so far where it lasts.

    Lengths are log-normal. A placement found under way on one day is a long one: drawn
    in proportion to its length, and seen at a random moment of it.
    """
    stays = np.array([row.stay for row in population().kinds])[kind]
    middle, spread = np.log(stays[:, 0] * YEAR), stays[:, 1]
    middle = middle - STRAIN_SHORTENS * spread * strain
    spread = spread * np.sqrt(1 - STRAIN_SHORTENS**2)
    middle = middle + np.where(open_ended, spread**2, 0)
    lengths: Floats = np.exp(middle + spread * rng.standard_normal(len(kind)))
    lengths[open_ended] *= rng.random(int(open_ended.sum()))
    return lengths


def _kind_before(rng: np.random.Generator, kind: Ints, age: Ints, alone: Bools) -> Ints:
    """Kind of the placement before, of those that admit a child of that age in days.

    Those who came alone have no family here to have lived with.
    """
    youngest = np.array([row.age_from for row in population().kinds])
    weights = _transitions()[kind] * (age[:, None] > youngest * YEAR)
    for key in WITH_FAMILY:
        weights[alone, population().index[key]] = 0
    weights[:, population().index["fostering"]] += 1e-9
    return drawn(rng, weights)


@cache
def _transitions() -> Floats:
    """Weights of the kind before (columns) for each kind (rows)."""
    kinds = population().kinds
    return np.array([[row.previous.get(k.key, 0.0) for k in kinds] for row in kinds])
