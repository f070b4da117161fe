"""Where children come from and where they live, when no setting says where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from corpus.demonstration.chance import drawn, generator
from corpus.demonstration.population.children import (
    Bools,
    Children,
    Floats,
    Ints,
    authorities,
)
from corpus.demonstration.population.histories import Stays
from corpus.demonstration.population.parameters import population
from corpus.demonstration.sites import postcode_districts
from corpus.geography import tables

METRES_PER_MILE: Final = 1609.344
SPREAD_METRES: Final = 1500
"""Homes and carers stand about so far from their postcode district's point."""
NEAR_MILES: Final = 20
FAR_MILES: Final = 100
_SOFTENING: Final = 3.0
"""Miles added before nearness is weighed by the square of distance."""


@dataclass(frozen=True)
class Points:
    """Points of n places, in metres of the British National Grid."""

    eastings: Floats
    northings: Floats

    def taken(self, rows: Ints) -> Points:
        """Those rows alone, in that order."""
        return Points(self.eastings[rows], self.northings[rows])

    def miles_from(self, other: Points) -> Floats:
        """Straight-line miles of each of n points from another n, or from one."""
        east = self.eastings - other.eastings
        return np.hypot(east, self.northings - other.northings) / METRES_PER_MILE

    def miles_to(self, other: Points) -> Floats:
        """Straight-line miles from each of n points to each of m: n rows, m columns."""
        east = self.eastings[:, None] - other.eastings
        north = self.northings[:, None] - other.northings
        return np.hypot(east, north) / METRES_PER_MILE


@dataclass(frozen=True)
class Whereabouts:
    """Where the child of each placement lives, as far as it is recorded."""

    points: Points
    host: Ints
    """Place in `hosts()`; -1 where no address is recorded."""
    miles: Floats
    """From home; NaN where no address is recorded."""


@cache
def hosts() -> tuple[str, ...]:
    """Every authority of England that a child may live in."""
    return tuple(row.name for row in tables.authorities())


@dataclass(frozen=True)
class Homes:
    """Where each child's family lives."""

    points: Points
    district: Ints
    """Postcode district, by its place in the gazetteer's list."""


def find_homes(seed: int, children: Children) -> Homes:
    """A home for each child, near a postcode district of the authority."""
    rng = generator(seed, "homes")
    index = {place.name: number for number, place in enumerate(tables.outcodes())}
    district = np.empty(len(children), dtype=np.int64)
    for number, name in enumerate(authorities()):
        rows = np.flatnonzero(children.authority == number)
        listed = np.array([index[place.name] for place in postcode_districts(name)])
        district[rows] = rng.choice(listed, len(rows))
    return Homes(_jittered(rng, _districts().taken(district)), district)


def locality(miles: Floats, inside: Bools) -> Ints:
    """Which of the five localities of `population.toml` each place is in."""
    near, far = miles <= NEAR_MILES, miles > FAR_MILES
    return np.where(
        inside, np.where(near, 0, 2), np.where(near, 1, np.where(far, 4, 3))
    )


def drawn_localities(rng: np.random.Generator, kind: Ints) -> Ints:
    """A locality for each placement, by the shares of its kind."""
    shares = np.array([row.localities for row in population().kinds])
    return drawn(rng, shares[kind])


def find_whereabouts(seed: int, stays: Stays, homes: Homes) -> Whereabouts:
    """A place for every child, as though none lived in a setting that is known.

    Nearer places are likelier, within the locality that is drawn first.
    """
    rng = generator(seed, "whereabouts")
    wanted = drawn_localities(rng, stays.kind)
    picked = _pick(rng, homes.district[stays.child], wanted)
    points = _jittered(rng, _districts().taken(picked))
    unknown = np.array([row.unknown for row in population().kinds])[stays.kind]
    hidden = rng.random(len(stays)) < unknown
    miles = points.miles_from(homes.points.taken(stays.child))
    return Whereabouts(
        points=points,
        host=np.where(hidden, -1, _hosts_of_districts()[picked]),
        miles=np.where(hidden, np.nan, miles),
    )


def _pick(rng: np.random.Generator, district: Ints, wanted: Ints) -> Ints:
    """A postcode district for each child from that of home, in the wanted locality."""
    chance = rng.random(len(district))
    picked = np.empty(len(district), dtype=np.int64)
    pairs, of_pair = np.unique(
        np.stack([district, wanted]), axis=1, return_inverse=True
    )
    order = np.argsort(of_pair, kind="stable")
    ends = np.cumsum(np.bincount(of_pair, minlength=pairs.shape[1]))
    for (home, place), rows in zip(pairs.T, np.split(order, ends[:-1]), strict=True):
        edges = np.cumsum(_nearness(int(home), int(place)))
        picked[rows] = np.searchsorted(edges, chance[rows] * edges[-1], side="right")
    return picked


def _nearness(home: int, place: int) -> Floats:
    """Weight of each postcode district for a child from one of them."""
    miles = _districts().miles_from(_districts().taken(np.array([home])))
    fits = (
        locality(miles, _hosts_of_districts() == _hosts_of_districts()[home]) == place
    )
    return (miles + _SOFTENING) ** -2.0 * np.where(fits, 1, 1e-9)


def _jittered(rng: np.random.Generator, points: Points) -> Points:
    shape = points.eastings.shape
    return Points(
        points.eastings + rng.normal(0, SPREAD_METRES, shape),
        points.northings + rng.normal(0, SPREAD_METRES, shape),
    )


@cache
def _districts() -> Points:
    """Points of the postcode districts of England."""
    places = list(tables.outcodes())
    return Points(
        np.array([place.easting for place in places], dtype=float),
        np.array([place.northing for place in places], dtype=float),
    )


@cache
def _hosts_of_districts() -> Ints:
    """Authority of each postcode district, by its place in `hosts()`."""
    index = {name: number for number, name in enumerate(hosts())}
    return np.array([index[place.local_authority] for place in tables.outcodes()])
