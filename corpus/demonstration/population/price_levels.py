"""The price index: what a price of today would have been in an earlier year."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from corpus.codes import PlacementType
from corpus.commissioning import PriceIndex
from corpus.demonstration.population.children import Floats, Ints
from corpus.models import Frozen

SAMPLE_YEAR: Final = "2019/20"
"""Price year of the South East project's sample of 1,253 placements."""


class PriceLevels(Frozen):
    """All of `price_levels.toml`."""

    years: tuple[str, ...]
    levels: dict[PlacementType, tuple[float, ...]]


@cache
def price_levels() -> PriceLevels:
    """The packaged levels."""
    text = files(__package__).joinpath("price_levels.toml").read_text(encoding="utf-8")
    return PriceLevels.model_validate(tomllib.loads(text))


def index_rows() -> tuple[PriceIndex, ...]:
    """The rows of the table `price_index`."""
    held = price_levels()
    return tuple(
        PriceIndex(placement_type=kind, year=year, index=level)
        for kind, levels in held.levels.items()
        for year, level in zip(held.years, levels, strict=True)
    )


def level_on(placement_type: PlacementType, days: Ints) -> Floats:
    """Level of prices on each day, counted from 1 January 1970.

    Days before the first year or after the last have the level of that year.
    """
    held = price_levels()
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first = int(held.years[0][:4])
    year = 1970 + (months - 3) // 12 - first  # financial years begin in April
    levels = np.array(held.levels[placement_type])
    return levels[np.clip(year, 0, len(levels) - 1)]
