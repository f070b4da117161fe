"""Which setting each child was placed in: one that had a place and fitted the child."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

import numpy as np

from corpus.codes import Gender, PlacementType
from corpus.demonstration.chance import drawn, generator
from corpus.demonstration.population.children import (
    YEAR,
    Bools,
    Floats,
    Ints,
    authorities,
)
from corpus.demonstration.population.lives import Lives
from corpus.demonstration.population.market import Market
from corpus.demonstration.population.parameters import population
from corpus.demonstration.population.whereabouts import (
    drawn_localities,
    hosts,
    locality,
)

KNOWN: Final = {
    "home": 0.965, "supported": 0.62, "secure": 1.0, "school": 1.0,
    "family_centre": 1.0,
}  # fmt: skip
"""Share of placements whose setting the region knows, by kind of placement; the others
are in homes and lodgings that are not in its tables."""
AGENCY: Final = 0.53
"""Share of foster placements with an agency's carers: private and voluntary provision
is 40% of foster placements, kinship among them (Department for Education, 2024)."""
EXCLUDED: Final = 0.3
"""What remains of a setting's weight for each serious need that it excludes."""
OTHER_COUNCILS: Final = 0.08
"""Weight of a council-run setting for a child of another council."""
SERIOUS: Final = 3
_AGENCY_REACH: Final = 30.0
"""Miles over which an agency branch's weight falls by a factor of e."""
_CHUNK: Final = 4000


@dataclass(frozen=True)
class Matched:
    """The setting of each placement, and where the child then lives."""

    setting: Ints
    """Row in the market; -1 where no setting is known, or none is needed."""
    agency: Ints
    """1 for an agency's foster carers, 0 for the authority's own, -1 for the rest."""
    host: Ints
    miles: Floats

    def in_area(self, lives: Lives) -> Bools:
        """Placements in a known setting that stands in the child's own authority."""
        own = np.array([hosts().index(name) for name in authorities()])
        inside: Bools = (self.setting >= 0) & (self.host == own[lives.authority])
        return inside


def match_settings(seed: int, lives: Lives, market: Market) -> Matched:
    """A setting for each placement that is in one.

    Places are taken in the order in which placements begin, so that no setting ever
    holds more children than it has places. A setting admits the child's sex, and the
    child's age from the first day to the last.
    """
    stays, where = lives.stays, lives.where
    matched = Matched(
        setting=np.full(len(stays), -1),
        agency=np.full(len(stays), -1),
        host=where.host.copy(),
        miles=where.miles.copy(),
    )
    _foster(seed, lives, market, matched)
    rng = generator(seed, "matching")
    for key in KNOWN:
        kind = population().index[key]
        rows = np.flatnonzero(stays.kind == kind)
        rows = rows[rng.random(len(rows)) < KNOWN[key]]
        rows = rows[np.lexsort((rows, stays.started[rows]))]
        wanted = drawn_localities(rng, stays.kind[rows])
        round_ = _Round(market, _type_of(key), lives)
        for row, place in zip(rows.tolist(), wanted.tolist(), strict=True):
            setting, miles = round_.place(row, place, rng.random())
            if setting >= 0:
                matched.setting[row] = setting
                matched.host[row] = market.host[setting]
                matched.miles[row] = miles
    return matched


def _type_of(key: str) -> PlacementType:
    found = population().kinds[population().index[key]].placement_type
    assert found is not None, key
    return found


class _Round:
    """One type's settings, as they fill and empty over the years."""

    def __init__(
        self, market: Market, placement_type: PlacementType, lives: Lives
    ) -> None:
        self._rows = market.of_type(placement_type)
        self._free = market.free_for_use[self._rows].copy()
        self._leaving: list[tuple[int, int]] = []
        """Day and setting of each placement under way, the soonest to end first."""
        self._points = market.points.taken(self._rows)
        self._host = market.host[self._rows]
        self._ages = market.age_from[self._rows], market.age_to[self._rows]
        self._admits = {
            True: market.admits(Gender.MALE)[self._rows],
            False: market.admits(Gender.FEMALE)[self._rows],
        }
        self._excludes = market.excludes[self._rows]
        self._council = market.council_run[self._rows]
        self._popularity = market.popularity[self._rows]
        self._homes, self._children = lives.homes.points, lives.children
        self._stays, self._scores = lives.stays, lives.needs.scores
        self._own = np.array([hosts().index(name) for name in authorities()])

    def place(self, row: int, wanted: int, chance: float) -> tuple[int, float]:
        """A setting for one placement, and its miles from home; -1 where none fits."""
        child, stays = int(self._stays.child[row]), self._stays
        self._release(int(stays.started[row]))
        weight = self._weight(row, child)
        if not weight.any():
            return -1, float("nan")
        miles = self._points.miles_from(self._homes.taken(np.array([child])))
        inside = self._host == self._own[self._children.authority[child]]
        places = locality(miles, inside)
        at_hand = weight * (places == wanted)
        if not at_hand.any():  # the next best: as near to the distance as can be had
            at_hand = weight * np.exp(-np.abs(places - wanted))
        edges = np.cumsum(at_hand)
        pick = int(np.searchsorted(edges, chance * edges[-1], side="right"))
        self._free[pick] -= 1
        heappush(self._leaving, (int(stays.ended[row]), pick))
        return int(self._rows[pick]), float(miles[pick])

    def _release(self, day: int) -> None:
        while self._leaving and self._leaving[0][0] <= day:
            self._free[heappop(self._leaving)[1]] += 1

    def _weight(self, row: int, child: int) -> Floats:
        born, stays = int(self._children.born[child]), self._stays
        young = int((stays.started[row] - born) / YEAR)
        old = int((stays.ended[row] - 1 - born) / YEAR)
        fits = (self._ages[0] <= young) & (old <= self._ages[1]) & (self._free > 0)
        fits &= self._admits[bool(self._children.male[child])]
        serious = np.flatnonzero(self._scores[row] >= SERIOUS)
        against = self._excludes[:, serious].sum(axis=1)
        weight: Floats = fits * self._free * self._popularity * EXCLUDED**against
        elsewhere = self._host != self._own[self._children.authority[child]]
        weight[self._council & elsewhere] *= OTHER_COUNCILS
        return weight


def _foster(seed: int, lives: Lives, market: Market, matched: Matched) -> None:
    """Agency branches for the placements with agencies' carers, the near likelier."""
    rng = generator(seed, "matching", "agencies")
    stays, where, born = lives.stays, lives.where, lives.born
    rows = np.flatnonzero(stays.kind == population().index["fostering"])
    with_agency = rng.random(len(rows)) < AGENCY
    matched.agency[rows] = with_agency
    agencies = market.of_type(PlacementType.FOSTERING)
    size = market.popularity[agencies] ** 2
    for part in np.array_split(rows[with_agency], with_agency.sum() // _CHUNK + 1):
        miles = where.points.taken(part).miles_to(market.points.taken(agencies))
        young = (stays.started[part] - born[part])[:, None] / YEAR
        old = (stays.ended[part] - 1 - born[part])[:, None] / YEAR
        fits = np.floor(young) >= market.age_from[agencies]
        fits &= np.floor(old) <= market.age_to[agencies]
        near = np.exp(-miles / _AGENCY_REACH) + 1e-6
        matched.setting[part] = agencies[drawn(rng, fits * near * size)]
