"""Foster carers' fees, and what an authority's own fostering costs with its support."""

from __future__ import annotations

from typing import Final

import numpy as np

from corpus.codes import PlacementType
from corpus.commissioning import FosteringFee
from corpus.demonstration.chance import stream
from corpus.demonstration.population.children import (
    YEAR,
    Floats,
    authorities,
)
from corpus.demonstration.population.lives import Lives
from corpus.demonstration.population.parameters import population
from corpus.demonstration.population.price_levels import price_levels

AGES: Final = ((0, 4), (5, 10), (11, 15), (16, 17))
ALLOWANCE: Final = (205, 228, 260, 304)
"""Usual weekly allowance of each age range in 2025/26; invented, near the minimum that
the government sets for the South East."""
FEE: Final = (150, 190, 275, 320)
SUPPORT: Final = 460
"""Supervision, training and administration for each child of an authority's own carers.

With allowance and fee this comes near the £646 a week of 2017 that the Personal Social
Services Research Unit gives for foster care with all its costs, at today's prices."""
KINSHIP_SUPPORT: Final = 190
FIRST_YEAR: Final = "2021/22"


def fee_rows(seed: int) -> tuple[FosteringFee, ...]:
    """What each authority pays its own carers, by age and financial year."""
    return tuple(
        FosteringFee(
            local_authority=name,
            age_from=AGES[band][0],
            age_to=AGES[band][1],
            weekly_allowance=float(round(allowance * level)),
            weekly_fee=float(round(fee * level)),
            year=year,
        )
        for number, name in enumerate(authorities())
        for year, level in _levels()
        for band, (allowance, fee) in enumerate(_rates(seed)[number])
    )


def in_house_costs(seed: int, lives: Lives) -> Floats:
    """Weekly cost today of each placement with the authority's own carers or kin.

    NaN for the other kinds of placement.
    """
    rates, stays = _rates(seed), lives.stays
    age = (stays.ended - lives.born) / YEAR
    band = np.searchsorted([low for low, _ in AGES], age, side="right") - 1
    at = rates[lives.authority, band]
    index = population().index
    foster, kin = stays.kind == index["fostering"], stays.kind == index["kinship"]
    with_fee = at.sum(axis=1) + SUPPORT
    without = at[:, 0] + KINSHIP_SUPPORT
    return np.where(foster, with_fee, np.where(kin, without, np.nan))


def _rates(seed: int) -> Floats:
    """Allowance and fee: authorities, age ranges, and the two of them."""
    rates = np.empty((len(authorities()), len(AGES), 2))
    for number, name in enumerate(authorities()):
        rng = stream(seed, "fees", name)
        rates[number, :, 0] = np.round(np.array(ALLOWANCE) * rng.uniform(1.0, 1.08))
        rates[number, :, 1] = np.round(np.array(FEE) * rng.uniform(0.75, 1.25))
    return rates


def _levels() -> list[tuple[str, float]]:
    held = price_levels()
    levels = zip(held.years, held.levels[PlacementType.FOSTERING], strict=True)
    return [(year, level) for year, level in levels if year >= FIRST_YEAR]
