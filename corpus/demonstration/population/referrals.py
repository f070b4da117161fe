"""Searches: what was sought for a child, and what was secured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from corpus.children import Referral
from corpus.codes import PlacementType
from corpus.demonstration.chance import drawn, generator
from corpus.demonstration.population.children import (
    YEAR,
    Bools,
    Floats,
    Ints,
    authorities,
)
from corpus.demonstration.population.columns import (
    Objects,
    chosen,
    dates,
    genders,
    objects,
    only,
)
from corpus.demonstration.population.needs import NeedScores
from corpus.demonstration.population.parameters import population
from corpus.demonstration.population.placements import (
    Population,
    child_ids,
    placement_ids,
    placement_types,
)
from corpus.demonstration.population.terms import NOTICES

TYPES: Final = tuple(PlacementType)
WITHOUT: Final = 0.1
"""Share of searches that ended without a placement."""
SOUGHT: Final[dict[str, dict[PlacementType, float]]] = {
    "home": {
        PlacementType.FOSTERING: 0.275, PlacementType.RESIDENTIAL: 0.7,
        PlacementType.RESIDENTIAL_SCHOOL: 0.01, PlacementType.SECURE: 0.015,
    },
    "fostering": {PlacementType.FOSTERING: 0.96, PlacementType.RESIDENTIAL: 0.04},
    "supported": {
        PlacementType.SUPPORTED_ACCOMMODATION: 0.84, PlacementType.FOSTERING: 0.12,
        PlacementType.RESIDENTIAL: 0.04,
    },
    "unregistered": {
        PlacementType.RESIDENTIAL: 0.72, PlacementType.SECURE: 0.16,
        PlacementType.FOSTERING: 0.12,
    },
    "secure": {PlacementType.SECURE: 1.0},
    "school": {PlacementType.RESIDENTIAL_SCHOOL: 1.0},
    "family_centre": {PlacementType.PARENT_AND_CHILD: 1.0},
}  # fmt: skip
"""The most suitable type, by the kind secured. Between 25 and 30% of the children in
residential placements would have been better in foster care (Department for Education,
Forecasting, commissioning and market shaping, December 2024)."""
ALSO: Final[dict[PlacementType, tuple[PlacementType, float]]] = {
    PlacementType.FOSTERING: (PlacementType.RESIDENTIAL, 0.3),
    PlacementType.RESIDENTIAL: (PlacementType.FOSTERING, 0.22),
    PlacementType.SUPPORTED_ACCOMMODATION: (PlacementType.FOSTERING, 0.25),
    PlacementType.RESIDENTIAL_SCHOOL: (PlacementType.RESIDENTIAL, 0.4),
}
"""A type that is suitable but not preferred, and how often it is."""
LEAD_DAYS: Final = ((6, 60), (1, 8), (0, 1))
"""Days from referral to start, the latter exclusive, by notice."""
WITHIN: Final = (5.0, 10.0, 15.0, 20.0, 30.0, 50.0)


@dataclass(frozen=True)
class Searches:
    """Columns of one row a search, in order of the day on which it was made."""

    stay: Ints
    """The placement secured; where none was, the one in which the child stayed."""
    secured: Bools
    sought: Ints
    """Place in `TYPES`."""
    made: Ints
    """Days from 1 January 1970."""
    needed: Ints
    notice: Ints


def search(seed: int, people: Population, total: int) -> Searches:
    """As many searches as wanted, for placements begun in the years held.

    All placements in homes, schools and the like have theirs; of foster placements as
    many as are wanted.
    """
    rng = generator(seed, "referrals")
    without, opens = round(WITHOUT * total), people.lives.opens
    stay = np.concatenate(
        [
            _with_placement(rng, people, total - without, opens),
            _without_placement(rng, people, without, opens),
        ]
    )
    secured = np.arange(total) < total - without
    notice = np.maximum(people.terms.notice[stay], 0)
    notice = np.where(secured, notice, rng.integers(0, 3, total))
    low = np.array([first for first, _ in LEAD_DAYS])[notice]
    high = np.array([last for _, last in LEAD_DAYS])[notice]
    lead = rng.integers(low, high)
    starts = people.stays.started[stay]
    wanted = np.where(secured, starts, _day_within(rng, people, stay, opens))
    made = np.maximum(wanted - lead, people.lives.born[stay])
    slack = rng.integers(0, np.maximum((wanted - made) // 3, 0) + 1)
    order = np.lexsort((stay, made))
    sought = _sought(rng, people, stay)
    return Searches(
        stay[order],
        secured[order],
        sought[order],
        made[order],
        (wanted - slack)[order],
        notice[order],
    )


def referral_frame(seed: int, people: Population, searches: Searches) -> pd.DataFrame:
    """The table `referrals`, columns as the row model's fields, in order of date."""
    rng = generator(seed, "referral details")
    stays, children = people.stays, people.children
    stay, child = searches.stay, stays.child[searches.stay]
    recorded, scores = NeedScores(people.lives.needs.scores[stay]).recorded()
    secured_on = searches.made + rng.integers(
        0, np.maximum(stays.started[stay] - searches.made, 0) + 1
    )
    within = np.array([*WITHIN, np.nan])[rng.integers(0, len(WITHIN) + 1, len(stay))]
    frame = pd.DataFrame(
        {
            "referral_id": referral_ids(searches),
            "child_id": child_ids(seed, people)[child],
            "local_authority": objects(authorities())[children.authority[child]],
            "made_on": dates(searches.made),
            "needed_by": dates(searches.needed),
            "notice": chosen(NOTICES, searches.notice),
            "age": np.floor((searches.made - children.born[child]) / YEAR).astype(int),
            "gender": genders(children.male)[child],
            "needs": recorded,
            "risk_scores": scores,
            "sought_type": chosen(TYPES, searches.sought),
            "also_suitable": _also(rng, searches.sought),
            "sought_within_miles": within,
            "siblings": _siblings(rng, searches.sought),
            "solo": _solo(rng, searches.sought),
            "placement_id": only(searches.secured, placement_ids(people)[stay]),
            "secured_type": only(searches.secured, placement_types(stays.kind[stay])),
            "secured_on": only(searches.secured, dates(secured_on)),
        }
    )
    return frame[list(Referral.model_fields)]


def referral_ids(searches: Searches) -> Objects:
    """Identifiers of the searches, numbered by date."""
    return objects(f"R{n + 1:06}" for n in range(len(searches.stay)))


def _with_placement(
    rng: np.random.Generator, people: Population, total: int, opens: int
) -> Ints:
    index = population().index
    begun = people.stays.started >= opens
    sought = np.isin(people.stays.kind, [index[key] for key in SOUGHT])
    fostered = people.stays.kind == index["fostering"]
    always = np.flatnonzero(begun & sought & ~fostered)
    sometimes = rng.permutation(np.flatnonzero(begun & fostered))
    return np.concatenate([always, sometimes])[:total]


def _without_placement(
    rng: np.random.Generator, people: Population, total: int, opens: int
) -> Ints:
    """Placements in which the child stayed, a search for another having failed."""
    index = population().index
    long = people.stays.ended - np.maximum(people.stays.started, opens) > 30
    held = np.isin(people.stays.kind, [index["fostering"], index["home"]])
    return rng.choice(np.flatnonzero(long & held), total, replace=False)


def _day_within(
    rng: np.random.Generator, people: Population, stay: Ints, opens: int
) -> Ints:
    first = np.maximum(people.stays.started[stay], opens)
    last = np.minimum(people.stays.ended[stay], people.lives.today)
    day: Ints = first + rng.integers(0, np.maximum(last - first, 1))
    return day


def _sought(rng: np.random.Generator, people: Population, stay: Ints) -> Ints:
    """The most suitable type; for the homes exactly the shares, so that none drifts."""
    sought = np.empty(len(stay), dtype=np.int64)
    index = population().index
    young = people.stays.started[stay] - people.lives.born[stay]
    for key, shares in SOUGHT.items():
        rows = rng.permutation(np.flatnonzero(people.stays.kind[stay] == index[key]))
        under_way = people.lives.under_way[stay[rows]]
        for part in (rows[under_way], rows[~under_way]):
            edges = np.cumsum([0.0, *shares.values()]) * len(part)
            for kind, low, high in zip(shares, edges, edges[1:], strict=False):
                sought[part[round(low) : round(high)]] = TYPES.index(kind)
    residential = TYPES.index(PlacementType.RESIDENTIAL)
    too_young = (sought == residential) & (young < 5 * YEAR)
    sought[too_young] = TYPES.index(PlacementType.FOSTERING)
    return sought


def _also(rng: np.random.Generator, sought: Ints) -> list[list[str]]:
    draws = rng.random(len(sought))
    found = []
    for which, chance in zip(sought, draws, strict=True):
        other, share = ALSO.get(TYPES[which], (None, 0.0))
        found.append([other.value] if other and chance < share else [])
    return found


def _siblings(rng: np.random.Generator, sought: Ints) -> Ints:
    """How many are to live together: groups are sought from foster carers."""
    groups = drawn(rng, np.tile([76.0, 16.0, 6.0, 2.0], (len(sought), 1))) + 1
    return np.where(sought == TYPES.index(PlacementType.FOSTERING), groups, 1)


def _solo(rng: np.random.Generator, sought: Ints) -> Bools:
    chance = np.zeros(len(TYPES))
    chance[TYPES.index(PlacementType.RESIDENTIAL)] = 0.14
    chance[TYPES.index(PlacementType.SECURE)] = 0.3
    chance[TYPES.index(PlacementType.FOSTERING)] = 0.12
    found: Floats = rng.random(len(sought))
    return found < chance[sought]
