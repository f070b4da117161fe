"""Kinds of setting: bundles of criteria, size and price that go together."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import NonNegativeFloat

from corpus.codes import Need, PlacementType
from corpus.models import Frozen

GenderMix = Literal["mixed", "male", "female"]


class Archetype(Frozen):
    """One kind of setting, from which single settings are drawn."""

    key: str
    placement_type: PlacementType
    share: float
    """Its part of the settings of its placement type."""
    places: dict[int, float]
    """Registered places to weights; empty where the register gives none."""
    ages: tuple[tuple[int, int], ...]
    """Age ranges that occur, the oldest inclusive."""
    genders: dict[GenderMix, NonNegativeFloat]
    solo: float
    siblings: dict[int, float]
    same_day: float
    price: tuple[int, int, int]
    """Lowest, usual and highest weekly price in pounds."""
    accepts: dict[Need, float]
    """Probability that a setting claims to meet the need, if it does not exclude it."""
    excludes: dict[Need, float]
    """Probability that a setting excludes the need."""


@cache
def archetypes() -> dict[str, Archetype]:
    """Every archetype by its key."""
    text = files(__package__).joinpath("archetypes.toml").read_text(encoding="utf-8")
    read = [Archetype.model_validate(row) for row in tomllib.loads(text)["archetypes"]]
    return {archetype.key: archetype for archetype in read}
