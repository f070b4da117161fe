"""The table of placements, put together from its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
import pandas as pd

from corpus.children import NeedsMet, Placement
from corpus.codes import Need
from corpus.demonstration.chance import generator
from corpus.demonstration.population.children import YEAR, Children, Ints, authorities
from corpus.demonstration.population.coding import Coded
from corpus.demonstration.population.columns import (
    Objects,
    chosen,
    dates,
    genders,
    objects,
    only,
)
from corpus.demonstration.population.costs import Costs
from corpus.demonstration.population.histories import Stays
from corpus.demonstration.population.lives import Lives
from corpus.demonstration.population.market import Market
from corpus.demonstration.population.matching import Matched
from corpus.demonstration.population.needs import NEEDS
from corpus.demonstration.population.parameters import population
from corpus.demonstration.population.terms import NOTICES, ROUTES, Terms
from corpus.demonstration.population.whereabouts import NEAR_MILES, hosts

NEEDS_MET: Final[tuple[NeedsMet, ...]] = get_args(NeedsMet)
MET: Final = {
    "fostering": (42, 38, 15, 5), "kinship": (48, 36, 13, 3), "home": (19, 36, 32, 13),
    "supported": (30, 40, 22, 8), "secure": (15, 35, 38, 12), "school": (30, 42, 20, 8),
    "family_centre": (34, 42, 18, 6), "unregistered": (3, 15, 42, 40),
}  # fmt: skip
"""Weights of how well needs are met; of dear homes 54% mostly or fully (South East
project)."""
WHY_FAR: Final = {
    "Provision within distance exists but is not available": 46,
    "Provision within distance does not exist": 23,
    "Safeguarding requirement": 14,
    "CYP/Parental preference": 12,
    "Carer moving out of area": 4,
    "Legal reasons": 1,
}
"""Why a child lives at a distance, in the words of the North West census: mostly for
want of a place near by, as the South East project found."""
SOLO: Final = {"home": 0.05, "unregistered": 0.85, "supported": 0.22, "fostering": 0.1}


@dataclass(frozen=True)
class Population:
    """All columns of the region's placements."""

    lives: Lives
    matched: Matched
    terms: Terms
    costs: Costs
    coded: Coded

    @property
    def children(self) -> Children:
        """Columns of one row a child."""
        return self.lives.children

    @property
    def stays(self) -> Stays:
        """Columns of one row a placement."""
        return self.lives.stays


def placement_ids(people: Population) -> Objects:
    """Identifiers of the placements, numbered in the order in which they began."""
    order = np.lexsort((people.stays.child, people.stays.started))
    ids = np.empty(len(order), dtype=object)
    ids[order] = [f"PL{number + 1:06}" for number in range(len(order))]
    return ids


def child_ids(seed: int, people: Population) -> Objects:
    """The pseudonym of each row of the children, in no telling order."""
    order = generator(seed, "pseudonyms").permutation(len(people.children))
    return objects(f"C{number + 1:06}" for number in order)


def placement_frame(seed: int, people: Population, market: Market) -> pd.DataFrame:
    """The table `placements`, columns as the row model's fields, in order of start."""
    stays, children, coded = people.stays, people.children, people.coded
    rng = generator(seed, "placements")
    ids = placement_ids(people)
    recorded, scores = people.lives.needs.recorded()
    frame = pd.DataFrame(
        {
            "placement_id": ids,
            "child_id": child_ids(seed, people)[stays.child],
            "local_authority": objects(authorities())[children.authority[stays.child]],
            "started": dates(stays.started),
            "ended": only(~people.lives.under_way, dates(stays.ended)),
            "placement_type": placement_types(stays.kind),
            "place_code": coded.place,
            "place_provider": coded.provider,
            "legal_status": coded.legal_status,
            "need_code": coded.need,
            "reason_new": coded.reason_new,
            "reason_ended": coded.reason_ended,
            "reason_changed": coded.reason_changed,
            "age_at_start": ages(people),
            "gender": genders(children.male)[stays.child],
            "uasc": children.unaccompanied[stays.child],
            "needs": recorded,
            "risk_scores": scores,
            **_places(people, market),
            "distance_miles": np.round(people.matched.miles, 1),
            "distance_reason": _reasons(rng, people),
            "route": chosen(ROUTES, people.terms.route),
            "weekly_social_care": people.costs.social_care,
            "weekly_education": people.costs.education,
            "weekly_health": people.costs.health,
            "packages_included": _packages(rng, people),
            "previous_placement_id": chosen(ids, stays.previous),
            "previous_type": placement_types(stays.previous_kind),
            "needs_met": _met(rng, people),
            "notice": chosen(NOTICES, people.terms.notice),
            "planned_end": coded.planned_end,
            "solo": _solo(rng, people, market),
            "dols": people.lives.needs.scores[:, NEEDS.index(Need.DOLS)] > 0,
        }
    )
    return frame[list(Placement.model_fields)].sort_values(
        "placement_id", ignore_index=True
    )


def placement_types(kind: Ints) -> Objects:
    """Code of each kind's placement type; None for -1, and where none is sought."""
    return objects([*(row.placement_type for row in population().kinds), None])[kind]


def ages(people: Population) -> Ints:
    """Whole years of age at the start of each placement."""
    days = people.stays.started - people.lives.born
    return np.floor(days / YEAR).astype(np.int64)


def _places(people: Population, market: Market) -> dict[str, Objects]:
    """The setting, its provider, and the authority that the child lives in."""
    urns = [row.urn for row in market.settings]
    providers = [row.provider_id for row in market.settings]
    return {
        "urn": chosen(urns, people.matched.setting),
        "provider_id": chosen(providers, people.matched.setting),
        "host_authority": chosen(hosts(), people.matched.host),
    }


def _reasons(rng: np.random.Generator, people: Population) -> Objects:
    weights = np.array(list(WHY_FAR.values()), dtype=float)
    words = objects(WHY_FAR)
    why = words[rng.choice(len(words), len(people.stays), p=weights / weights.sum())]
    far = np.nan_to_num(people.matched.miles, nan=0) > NEAR_MILES
    sought = people.terms.notice >= 0
    return only(far & sought, why)


def _packages(rng: np.random.Generator, people: Population) -> Objects:
    """Whether packages are in the cost: often not said, as in real returns."""
    said = objects([True, False, None])
    answers = said[rng.choice(3, len(people.stays), p=[0.34, 0.46, 0.2])]
    return only(~np.isnan(people.costs.total), answers)


def _met(rng: np.random.Generator, people: Population) -> Objects:
    """How well needs are met, alike at every price.

    Along the placements in order of cost the draws are spread evenly, by steps of the
    golden section, so that a high price neither buys a better judgement nor a worse.
    """
    kind, cost = people.stays.kind, np.nan_to_num(people.costs.total)
    rank = np.empty(len(kind), dtype=np.int64)
    rank[np.lexsort((cost, people.lives.under_way, kind))] = np.arange(len(kind))
    spread = (rng.random() + rank * (5**0.5 - 1) / 2) % 1
    weights = np.array([MET.get(row.key, (1, 0, 0, 0)) for row in population().kinds])
    edges = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)[kind]
    judged = np.array([row.key in MET for row in population().kinds])[kind]
    which = np.minimum((spread[:, None] >= edges).sum(axis=1), len(NEEDS_MET) - 1)
    return chosen(NEEDS_MET, np.where(judged, which, -1))


def _solo(rng: np.random.Generator, people: Population, market: Market) -> Objects:
    """Whether the child lives alone with staff or carers; None where none is paid."""
    chance = np.array([SOLO.get(row.key, 0.0) for row in population().kinds])
    solo = rng.random(len(people.stays)) < chance[people.stays.kind]
    single = np.array([row.places == 1 for row in market.settings])
    known = people.matched.setting >= 0
    solo = np.where(known, solo | single[people.matched.setting], solo)
    return only(people.terms.notice >= 0, solo)
