"""Foster households: where they live, how many places they have, who approved them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from corpus.commissioning import FosterHousehold
from corpus.demonstration.chance import generator
from corpus.demonstration.population.children import YEAR, Ints
from corpus.demonstration.population.columns import (
    chosen,
    dates,
    objects,
    only,
)
from corpus.demonstration.population.market import Market
from corpus.demonstration.population.parameters import population
from corpus.demonstration.population.placements import Population
from corpus.demonstration.population.whereabouts import hosts

PLACES: Final = (0.42, 0.36, 0.22)
"""Shares of households approved for one, two and three children."""
FILLED: Final = 0.66
"""Share of approved places that are filled: 4,985 of 7,565 in the South East at March
2019 (South East project)."""
LEFT_A_YEAR: Final = 0.11
"""Households that stop fostering in a year, as a share of those that foster."""


def household_frame(seed: int, people: Population, market: Market) -> pd.DataFrame:
    """The table `foster_households`, of authorities' own carers and of agencies'."""
    rng = generator(seed, "households")
    stays, matched = people.stays, people.matched
    fostered = people.lives.under_way & (stays.kind == population().index["fostering"])
    fostered &= matched.host >= 0
    mean = float(np.dot(PLACES, [1, 2, 3]))
    fostering = round(int(fostered.sum()) / FILLED / mean)
    years = population().history_years
    total = fostering + round(fostering * LEFT_A_YEAR * years)
    like = rng.choice(np.flatnonzero(fostered), total)
    urns = [row.urn for row in market.settings]
    approved, left = _times(
        rng, total, fostering, people.lives.today, people.lives.opens
    )
    frame = pd.DataFrame(
        {
            "household_id": [f"H{number + 1:05}" for number in range(total)],
            "local_authority": objects(hosts())[matched.host[like]],
            "urn": chosen(urns, matched.setting[like]),
            "approved_places": rng.choice([1, 2, 3], total, p=PLACES),
            "approved_on": dates(approved),
            "left_on": only(left >= 0, dates(np.maximum(left, 0))),
        }
    )
    return frame[list(FosterHousehold.model_fields)]


def _times(
    rng: np.random.Generator, total: int, fostering: int, today: int, opens: int
) -> tuple[Ints, Ints]:
    """Days of approval and of leaving, -1 for those who foster."""
    years = np.minimum(rng.exponential(6.5, total), 28)
    left = np.where(np.arange(total) < fostering, -1, rng.integers(opens, today, total))
    last = np.where(left < 0, today - 14, left - 60)
    return last - np.round(years * YEAR).astype(np.int64), left
