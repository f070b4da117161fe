"""Notice and route: how each placement was come by, and how it was bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import numpy as np

from corpus.children import Notice
from corpus.codes import Route
from corpus.demonstration.chance import drawn, generator
from corpus.demonstration.population.children import Bools, Ints
from corpus.demonstration.population.lives import Lives
from corpus.demonstration.population.market import Market
from corpus.demonstration.population.matching import Matched
from corpus.demonstration.population.parameters import population

NOTICES: Final[tuple[Notice, ...]] = get_args(Notice)
NOTICE: Final = {
    "fostering": (0.48, 0.33, 0.19), "kinship": (0.55, 0.3, 0.15),
    "home": (0.36, 0.42, 0.22), "supported": (0.52, 0.36, 0.12),
    "secure": (0.1, 0.7, 0.2), "school": (0.9, 0.1, 0.0),
    "family_centre": (0.5, 0.45, 0.05), "unregistered": (0.02, 0.28, 0.7),
}  # fmt: skip
"""Shares of planned, short-notice and same-day placements."""
ROUTES: Final = tuple(Route)
FRAMEWORK: Final = {
    "fostering": 0.8, "home": 0.44, "supported": 0.56, "school": 0.3,
    "family_centre": 0.4,
}  # fmt: skip
"""Share of bought placements under a framework: of children's homes 43%, with 55% spot
and 3% block (Children's Home Association, 2023, in the Department for Education's
report of December 2024); of the others the demonstration's own."""
_LISTED: Final = 0.35
"""How far a setting's quoting a framework price moves it towards that route."""
_PLANNED: Final = 0.12
"""How far notice does."""


@dataclass(frozen=True)
class Terms:
    """Columns of one row a placement."""

    notice: Ints
    """Place in `NOTICES`; -1 where no provider was sought."""
    route: Ints
    """Place in `ROUTES`; -1 where nothing is bought. Block beds come later."""


def agree_terms(seed: int, lives: Lives, matched: Matched, market: Market) -> Terms:
    """Notice and route of each placement."""
    rng = generator(seed, "terms")
    stays = lives.stays
    kinds = population().kinds
    shares = np.array([NOTICE.get(row.key, (1, 0, 0)) for row in kinds])[stays.kind]
    sought = np.array([row.key in NOTICE for row in kinds])[stays.kind]
    notice = np.where(sought, drawn(rng, shares), -1)
    route = np.full(len(stays), -1)
    in_house = _in_house(rng, lives, matched, market)
    route[in_house] = ROUTES.index(Route.IN_HOUSE)
    bought = sought & ~in_house
    route[bought] = ROUTES.index(Route.SPOT)
    leaning = rng.random(len(stays)) + _PLANNED * notice
    known = matched.setting >= 0
    leaning[known] -= _LISTED * market.framework[matched.setting[known]]
    for key, share in FRAMEWORK.items():
        rows = np.flatnonzero(bought & (stays.kind == population().index[key]))
        rows = rows[np.argsort(leaning[rows], kind="stable")]
        now = lives.under_way[rows]
        for part in (rows[now], rows[~now]):  # so that the share holds on the day
            route[part[: round(share * len(part))]] = ROUTES.index(Route.FRAMEWORK)
    return Terms(notice, route)


def _in_house(
    rng: np.random.Generator, lives: Lives, matched: Matched, market: Market
) -> Bools:
    """Placements with the authority's own carers and in its own homes."""
    index, stays = population().index, lives.stays
    own_carers = (stays.kind == index["fostering"]) & (matched.agency == 0)
    own_homes = matched.in_area(lives) & market.council_run[matched.setting]
    lodgings = (stays.kind == index["supported"]) & (matched.setting < 0)
    own_lodgings = lodgings & (rng.random(len(stays)) < 0.12)
    kin = stays.kind == index["kinship"]
    secure = stays.kind == index["secure"]
    in_house: Bools = own_carers | (own_homes & ~secure) | own_lodgings | kin
    return in_house
