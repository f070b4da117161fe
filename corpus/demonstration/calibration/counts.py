"""Where settings stand: published counts by authority, and the region's size."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from corpus.codes import PlacementType
from corpus.models import Frozen

Size = Literal["full", "small"]
Tier = Literal["south_east", "neighbour", "distant"]


class AuthorityCounts(Frozen):
    """Settings that Ofsted lists in one authority, at 31 March 2025."""

    name: str
    tier: Tier
    children_homes: int
    fostering_agencies: int
    supported_accommodation: int
    residential_schools: int
    family_centres: int
    children_looked_after: int | None = None
    """At 31 March 2024 (Department for Education); None outside the South East."""

    def count(self, placement_type: PlacementType) -> int:
        """Settings listed for one placement type; 0 for types that are not listed."""
        column = _COLUMNS.get(placement_type)
        return getattr(self, column) if column else 0


class Calibration(Frozen):
    """What the invented region is held to."""

    shares: dict[Tier, float]
    sizes: dict[Size, dict[PlacementType, int]]
    secure_homes_in: tuple[str, ...]
    authorities: tuple[AuthorityCounts, ...]

    def of_tier(self, tier: Tier) -> tuple[AuthorityCounts, ...]:
        """The authorities of one tier, in alphabetical order."""
        return tuple(row for row in self.authorities if row.tier == tier)


_COLUMNS: Final[dict[PlacementType, str]] = {
    PlacementType.RESIDENTIAL: "children_homes",
    PlacementType.FOSTERING: "fostering_agencies",
    PlacementType.SUPPORTED_ACCOMMODATION: "supported_accommodation",
    PlacementType.RESIDENTIAL_SCHOOL: "residential_schools",
    PlacementType.PARENT_AND_CHILD: "family_centres",
}


@cache
def calibration() -> Calibration:
    """The packaged counts, shares and sizes."""
    text = files(__package__).joinpath("counts.toml").read_text(encoding="utf-8")
    return Calibration.model_validate(tomllib.loads(text))
