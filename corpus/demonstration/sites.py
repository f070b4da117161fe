"""Where settings stand: points near those of real postcode districts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from corpus.demonstration.chance import stream
from corpus.demonstration.plan import Planned
from corpus.geography import Gazetteer, Place, areas, tables

JITTER_METRES: Final = 1600
"""A setting stands within about a mile of its postcode district's point."""
NOT_IN_USE: Final = frozenset({"SO1", "WD1", "FY0", "PR0"})
"""Districts that postcode files hold and nobody's address has."""
_TRIES: Final = 12
"""Attempts before the district's own point is tried, and then another district."""


@dataclass(frozen=True)
class Site:
    """A point with the names of the areas it lies in."""

    local_authority: str
    district: str
    town: str
    postcode_district: str
    easting: int
    northing: int


def find_sites(seed: int, planned: Sequence[Planned]) -> tuple[Site, ...]:
    """A site for each planned setting, inside its authority and the named district."""
    return tuple(
        _site(stream(seed, "site", str(row.number)), row.local_authority)
        for row in planned
    )


@cache
def postcode_districts(authority: str) -> tuple[Place, ...]:
    """Postcode districts of an authority where people live."""
    places = Gazetteer.load().places_in(authority, "postcode_district")
    return tuple(place for place in places if _is_residential(place.name))


def _is_residential(postcode_district: str) -> bool:
    """False for a withdrawn district, or one of large organisations' mail.

    The latter are numbered from 50 up; so are some places, which have more sectors.
    """
    number = int("".join(c for c in postcode_district if c.isdigit()))
    sectors = sum(bool(tables.sector(f"{postcode_district} {n}")) for n in range(10))
    numbered_as_a_place = number < 50 or (number < 57 and sectors > 3)
    return numbered_as_a_place and postcode_district not in NOT_IN_USE


def _site(rng: Random, authority: str) -> Site:
    postcodes = postcode_districts(authority)
    for place in rng.sample(postcodes, len(postcodes)):
        for metres in (*[JITTER_METRES] * _TRIES, 0):
            easting, northing = _near(rng, place, metres)
            if areas.district_at(easting, northing) == place.district:
                return _at(place, easting, northing)
    raise AssertionError(f"no postcode district of {authority} fits")


def _near(rng: Random, place: Place, metres: int) -> tuple[int, int]:
    reach = round(metres / 2**0.5)
    return (
        place.easting + rng.randint(-reach, reach),
        place.northing + rng.randint(-reach, reach),
    )


def _at(place: Place, easting: int, northing: int) -> Site:
    return Site(
        local_authority=place.local_authority,
        district=place.district or place.local_authority,
        town=_town(place, easting, northing),
        postcode_district=place.name,
        easting=easting,
        northing=northing,
    )


def _town(place: Place, easting: int, northing: int) -> str:
    """The nearest town of the same authority; the district where there is none."""
    towns = Gazetteer.load().places_in(place.local_authority, "town")
    near = min(
        towns,
        key=lambda t: (t.easting - easting) ** 2 + (t.northing - northing) ** 2,
        default=None,
    )
    return near.name if near else place.district or place.local_authority
