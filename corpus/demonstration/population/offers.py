"""Whom each search went to, and what they said."""

from __future__ import annotations

from typing import Final, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from corpus.children import Offer, RefusalReason, Response
from corpus.codes import PlacementType
from corpus.demonstration.chance import generator
from corpus.demonstration.population.children import YEAR, Bools, Floats, Ints
from corpus.demonstration.population.columns import (
    Objects,
    chosen,
    dates,
    only,
)
from corpus.demonstration.population.market import Market
from corpus.demonstration.population.placements import Population
from corpus.demonstration.population.referrals import TYPES, Searches, referral_ids

RESPONSES: Final[tuple[Response, ...]] = get_args(Response)
REASONS: Final[tuple[RefusalReason, ...]] = get_args(RefusalReason)
REASON_WEIGHTS: Final = (36, 17, 13, 12, 0, 9, 4, 2, 7)
"""Of the reasons in their order. Age or gender is given where it is the reason, and
nowhere else."""
ASKED: Final = {
    PlacementType.RESIDENTIAL: 7.0, PlacementType.FOSTERING: 3.6,
    PlacementType.SUPPORTED_ACCOMMODATION: 2.6, PlacementType.SECURE: 2.0,
    PlacementType.RESIDENTIAL_SCHOOL: 2.2, PlacementType.PARENT_AND_CHILD: 2.4,
}  # fmt: skip
"""Mean number of settings that a search goes to."""
REACH: Final = 45.0
"""Miles over which the chance of being asked falls by a factor of e."""
OFFERED: Final = 0.09
NO_REPLY: Final = 0.34
_CHUNK: Final = 4000


def offer_frame(
    seed: int, people: Population, searches: Searches, market: Market
) -> pd.DataFrame:
    """The table `offers`: for each referral, what each setting that was asked said.

    The setting that was secured is among them, with an offer at the price paid. A
    search that displaced a child from the type sought has none from that type.
    """
    rng = generator(seed, "offers")
    search, setting = _asked(rng, people, searches, market)
    response = _responses(rng, people, searches, search, setting, market)
    sent = searches.made[search]
    answered = np.minimum(
        sent + rng.geometric(0.5, len(search)) - 1, people.lives.today
    )
    fits = _fits(people, searches, market, search, setting)
    frame = pd.DataFrame(
        {
            "referral_id": referral_ids(searches)[search],
            "urn": chosen([row.urn for row in market.settings], setting),
            "sent_on": dates(sent),
            "response": chosen(RESPONSES, response),
            "responded_on": only(response != 2, dates(answered)),
            "refusal_reason": _reasons(rng, response, fits),
            "weekly_price": _prices(
                rng, people, searches, search, setting, market, response
            ),
        }
    )
    return frame[list(Offer.model_fields)]


def _asked(
    rng: np.random.Generator, people: Population, searches: Searches, market: Market
) -> tuple[Ints, Ints]:
    """Row of the search and of the setting for each enquiry, without repeats."""
    pairs: list[NDArray[np.int64]] = []
    secured_in = _secured_in(people, searches)
    kind_of = np.array([TYPES.index(row.placement_type) for row in market.settings])
    for which in ASKED:
        rows = np.flatnonzero(searches.sought == TYPES.index(which))
        displaced = (secured_in >= 0) & (kind_of[secured_in] == TYPES.index(which))
        more = np.flatnonzero(displaced & (searches.sought != TYPES.index(which)))
        for part in (rows, more):
            pairs += _enquiries(rng, people, searches, market, part, which)
    known = np.flatnonzero(secured_in >= 0)
    pairs.append(np.stack([known, secured_in[known]]))
    found = np.unique(np.concatenate(pairs, axis=1), axis=1)
    return found[0], found[1]


def _enquiries(
    rng: np.random.Generator,
    people: Population,
    searches: Searches,
    market: Market,
    rows: Ints,
    which: PlacementType,
) -> list[NDArray[np.int64]]:
    """Settings of one type drawn without repeats, the near likelier.

    The smallest of exponential waiting times (Efraimidis and Spirakis, 2006).
    """
    of_type = market.of_type(which)
    found = []
    for part in np.array_split(rows, len(rows) // _CHUNK + 1):
        child = people.stays.child[searches.stay[part]]
        miles = people.lives.homes.points.taken(child).miles_to(
            market.points.taken(of_type)
        )
        waits = rng.exponential(size=miles.shape) * np.exp(miles / REACH)
        count = np.minimum(1 + rng.poisson(ASKED[which] - 1, len(part)), len(of_type))
        order = np.argsort(waits, axis=1)[:, : int(count.max(initial=0))]
        kept = np.arange(order.shape[1]) < count[:, None]
        row, column = np.nonzero(kept)
        found.append(np.stack([part[row], of_type[order[row, column]]]))
    return found


def _secured_in(people: Population, searches: Searches) -> Ints:
    """Setting secured by each search; -1 where none was, or none is known."""
    return np.where(searches.secured, people.matched.setting[searches.stay], -1)


def _fits(
    people: Population, searches: Searches, market: Market, search: Ints, setting: Ints
) -> Bools:
    """Whether the setting admits the child's age and sex."""
    child = people.stays.child[searches.stay[search]]
    age = (searches.made[search] - people.children.born[child]) // YEAR
    male = people.children.male[child]
    boys = np.array([any(g == "male" for g in row.genders) for row in market.settings])
    girls = np.array(
        [any(g == "female" for g in row.genders) for row in market.settings]
    )
    fits = (market.age_from[setting] <= age) & (age <= market.age_to[setting])
    return fits & np.where(male, boys[setting], girls[setting])


def _responses(
    rng: np.random.Generator,
    people: Population,
    searches: Searches,
    search: Ints,
    setting: Ints,
    market: Market,
) -> Ints:
    """0 offered, 1 refused, 2 no reply, as in `RESPONSES`."""
    draws = rng.random(len(search))
    response = np.where(draws < OFFERED, 0, np.where(draws > 1 - NO_REPLY, 2, 1))
    kind_of = np.array([TYPES.index(row.placement_type) for row in market.settings])
    secured = _secured_in(people, searches)[search]
    sought = searches.sought[search]
    displaced = searches.secured[search] & (
        (secured < 0) | (kind_of[secured] != sought)
    )
    none = ~searches.secured[search] | (displaced & (kind_of[setting] == sought))
    fits = _fits(people, searches, market, search, setting)
    response[(response == 0) & (none | ~fits)] = 1
    response[secured == setting] = 0
    return response


def _reasons(rng: np.random.Generator, response: Ints, fits: Bools) -> Objects:
    weights = np.array(REASON_WEIGHTS, dtype=float)
    which = rng.choice(len(REASONS), len(response), p=weights / weights.sum())
    which = np.where(fits, which, REASONS.index("age_or_gender"))
    return only(response == 1, chosen(REASONS, which))


def _prices(
    rng: np.random.Generator,
    people: Population,
    searches: Searches,
    search: Ints,
    setting: Ints,
    market: Market,
    response: Ints,
) -> Floats:
    """The price of each offer: of the one secured what is paid, of others near it."""
    stay = searches.stay[search]
    secured = _secured_in(people, searches)[search] == setting
    paid = people.costs.total[stay]
    usual = (
        np.round(market.spot[setting] * np.exp(rng.normal(0, 0.08, len(search))) / 5)
        * 5
    )
    price = np.where(secured & ~np.isnan(paid), paid, usual)
    return np.where(response == 0, price, np.nan)
