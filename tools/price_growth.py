"""How placement prices may grow: expected from the price index, with its range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from corpus.dataset import Dataset
from corpus.disclosure.quarters import index_levels
from tools.stock_flow import Numbers

GROWTH_WITHOUT_INDEX: Final = 0.05
"""Yearly growth of prices where no index is held."""
USUAL_DOUBT: Final = 0.04
"""Standard deviation of a year's growth where no error of a forecast is known yet."""
USUAL_DOUBT_YEARS: Final = 2
"""How many years' errors it weighs."""
PERSISTENCE: Final = 0.5
"""Part of a year's departure from the long-run growth that carries on into the next."""


@dataclass(frozen=True)
class Growth:
    """Expected growth of one type's prices."""

    last: float
    """In the latest year known."""
    usual: float
    """Mean of the years known."""
    doubt: float
    """Standard deviation of the error of one year's forecast."""

    def in_year(self, ahead: int) -> float:
        """Expected growth so many financial years ahead, from 1."""
        return self.usual + (self.last - self.usual) * PERSISTENCE**ahead


def growth_by_type(dataset: Dataset, until: date) -> Mapping[str, Growth]:
    """Growth expected from the index as it was known on a day; by placement type.

    Next year's growth lies half-way between the latest and the mean of the years known.
    The doubt is the root mean square error that this rule would have made so far, with
    `USUAL_DOUBT` among the errors, since there are few.
    """
    year = until.year if until.month >= 4 else until.year - 1
    known = {
        kind: levels[: year - first + 1]
        for kind, (first, levels) in index_levels(dataset).items()
    }
    return {kind: _growth(levels) for kind, levels in known.items() if len(levels) > 1}


WITHOUT_INDEX: Final = Growth(GROWTH_WITHOUT_INDEX, GROWTH_WITHOUT_INDEX, USUAL_DOUBT)


def _growth(levels: Numbers) -> Growth:
    grown = levels[1:] / levels[:-1] - 1
    errors = [
        grown[at] - Growth(grown[at - 1], float(grown[:at].mean()), 0).in_year(1)
        for at in range(1, len(grown))
    ]
    squares = sum(np.square(errors)) + USUAL_DOUBT_YEARS * USUAL_DOUBT**2
    doubt = float(np.sqrt(squares / (len(errors) + USUAL_DOUBT_YEARS)))
    return Growth(float(grown[-1]), float(grown.mean()), doubt)


def level_draws(
    rng: np.random.Generator, growths: list[Growth], years: int, draws: int
) -> Numbers:
    """Price levels against today's: (draw, year, growth), years from 0, this one.

    Types rise and fall together: one draw moves all of them, each by its own doubt.
    Departures carry on in part, as the expected growth does.
    """
    levels = np.ones((draws, years + 1, len(growths)))
    doubt = np.array([growth.doubt for growth in growths])
    departure = np.zeros(draws)
    for year in range(1, years + 1):
        departure = PERSISTENCE * departure + rng.standard_normal(draws)
        expected = np.array([growth.in_year(year) for growth in growths])
        grown = np.log1p(expected) + departure[:, None] * doubt
        levels[:, year] = levels[:, year - 1] * np.exp(grown)
    return levels
