"""What the invented children are drawn from: kinds of placement, ages and needs."""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from corpus.codes import Need, PlacementType
from corpus.demonstration.calibration import Size
from corpus.models import Frozen


class Kind(Frozen):
    """One kind of placement; `population.toml` says what each figure is."""

    key: str
    placement_type: PlacementType | None = None
    age_from: int
    share: float
    exits: float
    at_eighteen: float
    stay: tuple[float, float]
    first: float
    ages: tuple[float, ...]
    exit_ages: tuple[float, ...]
    localities: tuple[float, float, float, float, float]
    unknown: float
    previous: dict[str, float]


class AgeBands(Frozen):
    """Bands of age in years, the upper end exclusive."""

    from_age: tuple[int, ...]
    to_age: tuple[int, ...]
    shares: tuple[float, ...]


class NeedChance(Frozen):
    """How often a need is recorded."""

    family: float
    residential: float
    from_age: int
    girls: float = 1.0


class Counts(NamedTuple):
    """Rows of one size of the region."""

    current: int
    ended: int
    referrals: int


class Population(Frozen):
    """All of `population.toml`."""

    history_years: int
    male: float
    sizes: dict[Size, Counts]
    age_bands: AgeBands
    kinds: tuple[Kind, ...]
    needs: dict[Need, NeedChance]
    scores: dict[str, tuple[float, ...]]
    unaccompanied: dict[str, float]

    @cached_property
    def index(self) -> dict[str, int]:
        """Place of each kind in `kinds`, by its key."""
        return {kind.key: number for number, kind in enumerate(self.kinds)}


@cache
def population() -> Population:
    """The packaged parameters."""
    text = files(__package__).joinpath("population.toml").read_text(encoding="utf-8")
    return Population.model_validate(tomllib.loads(text))
