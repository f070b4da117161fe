"""The children themselves: authority, age, sex, and the placement they were last in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.demonstration.calibration import Size, calibration
from corpus.demonstration.chance import drawn, generator, quotas, shared_out
from corpus.demonstration.population.parameters import population

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

YEAR: Final = 365.25
"""Days in a year."""
ADULT: Final = round(18 * YEAR)
"""Age in days at which a period of care ends at the latest."""
MORE_THAN_NEEDED: Final = 0.64
"""Children who left care to draw, for each placement that has ended."""


@dataclass(frozen=True)
class Children:
    """Columns of one row a child; days count from 1 January 1970."""

    authority: Ints
    """Place in `authorities()`."""
    born: Ints
    male: Bools
    unaccompanied: Bools
    """Came alone to seek asylum."""
    strain: Floats
    """How hard life has been: mean 0, standard deviation 1. It shortens stays, adds
    needs and raises prices, each a little."""
    last_kind: Ints
    """Kind of the last placement, by its place in the parameters."""
    last_day: Ints
    """Day on which the last placement ended; the day after the as-at date for those
    in care."""
    in_care: Bools

    def __len__(self) -> int:
        return len(self.born)

    def joined(self, others: Children) -> Children:
        """These children and then the others."""
        return Children(
            *(
                np.concatenate([mine, theirs])
                for mine, theirs in zip(
                    vars(self).values(), vars(others).values(), strict=True
                )
            )
        )


def day_number(day: date) -> int:
    """Days from 1 January 1970."""
    return int(np.datetime64(day, "D").astype(np.int64))


def authorities() -> tuple[str, ...]:
    """The nineteen authorities, in alphabetical order."""
    return tuple(row.name for row in calibration().of_tier("south_east"))


def draw_children(seed: int, size: Size, as_at: date) -> Children:
    """Children in care on the as-at date, and then more than enough who have left.

    Those in care follow the published numbers by authority, kind of placement and age
    exactly, to the nearest child.
    """
    today = day_number(as_at)
    counts = population().sizes[size]
    leavers = round(counts.ended * MORE_THAN_NEEDED)
    in_care = _in_care(seed, counts.current, today)
    return in_care.joined(_left(seed, leavers, today))


def _in_care(seed: int, total: int, today: int) -> Children:
    rng = generator(seed, "children", "in care")
    cells = quotas(total, _kinds_by_age())
    kind, band = np.nonzero(cells)
    times = cells[kind, band]
    order = rng.permutation(total)
    kind, band = np.repeat(kind, times)[order], np.repeat(band, times)[order]
    last_day = np.full(total, today + 1)
    born = today - _age_in_band(rng, kind, band)
    return _children(rng, total, kind, last_day, born, in_care=True)


def _left(seed: int, total: int, today: int) -> Children:
    rng = generator(seed, "children", "left")
    kinds = population().kinds
    kind = rng.permutation(
        np.repeat(np.arange(len(kinds)), quotas(total, [kind.exits for kind in kinds]))
    )
    window = round(population().history_years * YEAR)
    last_day = today - rng.integers(0, window, total)
    band = drawn(rng, np.array([row.exit_ages for row in kinds])[kind])
    age = 1 + _age_in_band(rng, kind, band)  # so that the last placement has a day
    at_eighteen = np.array([row.at_eighteen for row in kinds])[kind]
    age[rng.random(total) < at_eighteen] = ADULT
    return _children(rng, total, kind, last_day, last_day - age, in_care=False)


def _children(
    rng: np.random.Generator,
    total: int,
    kind: Ints,
    last_day: Ints,
    born: Ints,
    *,
    in_care: bool,
) -> Children:
    chance = [
        population().unaccompanied.get(row.key, 0.0) for row in population().kinds
    ]
    old_enough = last_day - born >= 14 * YEAR
    unaccompanied = (rng.random(total) < np.array(chance)[kind]) & old_enough
    male = rng.random(total) < np.where(unaccompanied, 0.96, _other_males())
    return Children(
        authority=rng.permutation(np.repeat(np.arange(19), _by_authority(total))),
        born=born,
        male=male,
        unaccompanied=unaccompanied,
        strain=rng.standard_normal(total),
        last_kind=kind,
        last_day=last_day,
        in_care=np.full(total, in_care),
    )


def _other_males() -> float:
    """Share of boys among the rest, so that the whole meets the published share."""
    unaccompanied = 0.07
    return (population().male - 0.96 * unaccompanied) / (1 - unaccompanied)


def _by_authority(total: int) -> list[int]:
    published = {
        row.name: row.children_looked_after or 0
        for row in calibration().of_tier("south_east")
    }
    return list(shared_out(total, published).values())


def _age_in_band(rng: np.random.Generator, kind: Ints, band: Ints) -> Ints:
    """Days of age: anywhere in the band from the youngest age of the kind."""
    ages = population().age_bands
    youngest = np.array([row.age_from for row in population().kinds])[kind]
    low = np.maximum(np.array(ages.from_age)[band], youngest)
    high = np.maximum(np.array(ages.to_age)[band], low + 1)
    age = (low + rng.random(len(kind)) * (high - low)) * YEAR
    days: Ints = np.floor(age).astype(np.int64)
    return days


def _kinds_by_age() -> Floats:
    """Share of each kind and age band, with both published margins.

    Iterative proportional fitting of the kinds' own weights of the bands (Deming and
    Stephan, 1940).
    """
    kinds = population().kinds
    table = np.array([row.ages for row in kinds])
    by_kind = np.array([row.share for row in kinds])
    by_age = np.array(population().age_bands.shares)
    for _ in range(200):
        table = table * (by_kind / table.sum(axis=1))[:, None]
        table = table * (by_age / table.sum(axis=0))
    return table
