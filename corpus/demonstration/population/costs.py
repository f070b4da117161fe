"""What each placement costs a week, and who pays which part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from corpus.codes import PlacementType, Route
from corpus.demonstration.chance import generator
from corpus.demonstration.population.children import YEAR, Bools, Floats, Ints
from corpus.demonstration.population.fees import in_house_costs
from corpus.demonstration.population.histories import Stays
from corpus.demonstration.population.lives import Lives
from corpus.demonstration.population.market import Market, usual_prices
from corpus.demonstration.population.matching import Matched
from corpus.demonstration.population.parameters import population
from corpus.demonstration.population.price_levels import level_on
from corpus.demonstration.population.terms import NOTICES, ROUTES, Terms

HIGH: Final = 0.1092
"""Share of children's-home placements in the long tail of prices: 114 of the 1,253
sampled, every home placement of £4,800 a week or more (South East project)."""
THRESHOLD: Final = 4800 / 0.572
"""Where the tail begins: £4,800 a week in 2019/20, at the prices of 2025/26."""
TAIL: Final = 1075 / 0.572
"""Mean excess over the threshold; the sample's is £1,046 in 2019/20. Excesses fall off
exponentially, as the sample's do: 32% exceed £6,000, which this gives as 33%."""
BODY: Final = (6200.0, 900.0, 4200.0)
"""Mean, standard deviation and floor of the other home placements."""
FRAMEWORK_DISCOUNT: Final = 0.045
SAME_PRICE: Final = 0.62
"""Share of moves from home to home that leave the weekly price as it was."""
QUOTED: Final = {
    "fostering": PlacementType.FOSTERING,
    "supported": PlacementType.SUPPORTED_ACCOMMODATION,
    "secure": PlacementType.SECURE,
    "school": PlacementType.RESIDENTIAL_SCHOOL,
    "family_centre": PlacementType.PARENT_AND_CHILD,
}
"""Kinds whose price is what the setting quotes, nearly."""
UNKNOWN_LODGINGS: Final = (1300.0, 0.22)
UNREGISTERED: Final = (11300.0, 0.5, 5500.0, 35000.0)
"""Median, spread, lowest and highest: most of the dearest placements are unregistered
(Local Government Association, 2023: usually emergencies)."""


@dataclass(frozen=True)
class Costs:
    """Pounds a week, columns of one row a placement; NaN where nothing is recorded."""

    total: Floats
    education: Floats
    health: Floats

    @property
    def social_care(self) -> Floats:
        """What social care bears."""
        return self.total - self.education - self.health


def price_placements(
    seed: int, lives: Lives, matched: Matched, terms: Terms, market: Market
) -> Costs:
    """The weekly cost of each placement, in the prices of its last day."""
    rng = generator(seed, "costs")
    stays = lives.stays
    total = np.full(len(stays), np.nan)
    noise = rng.standard_normal(len(stays))
    quoted = _quoted(matched, terms, market)
    strain = lives.children.strain[stays.child]
    for key, kind in population().index.items():
        rows = np.flatnonzero(stays.kind == kind)
        at = noise[rows], strain[rows], quoted[rows]
        if key == "home":
            score = _home_score(rows, *at, stays=stays, matched=matched, terms=terms)
            total[rows] = _from_rank(score, lives.under_way[rows])
        elif key == "unregistered":
            middle, spread, low, high = UNREGISTERED
            even = _evenly(at[0], lives.under_way[rows])
            total[rows] = np.clip(middle * np.exp(spread * even), low, high)
        elif key in QUOTED:
            usual = float(np.mean(usual_prices(QUOTED[key])))
            asked = np.where(np.isnan(at[2]), usual, at[2])
            total[rows] = asked * np.exp(0.06 * at[0] + 0.05 * at[1])
    _price_lodgings(stays, matched, total, noise)
    own = in_house_costs(seed, lives)
    with_own = ~np.isnan(own) & (matched.setting < 0)
    total = np.where(with_own, own, total)
    total = _at_the_time(stays, total)
    _keep_prices(rng, stays, total)
    return _split(rng, stays, np.round(total))


def _quoted(matched: Matched, terms: Terms, market: Market) -> Floats:
    """What the setting asks on the route; NaN where no setting is known."""
    quoted = np.where(matched.setting >= 0, market.spot[matched.setting], np.nan)
    framework = terms.route == ROUTES.index(Route.FRAMEWORK)
    return np.where(framework, (1 - FRAMEWORK_DISCOUNT) * quoted, quoted)


def _home_score(
    rows: Ints,
    noise: Floats,
    strain: Floats,
    quoted: Floats,
    *,
    stays: Stays,
    matched: Matched,
    terms: Terms,
) -> Floats:
    """What makes a place in a home dear, on a scale of its own.

    The setting's price, the child's strain, distance, haste, and a new arrival.
    """
    asked = np.log(np.where(np.isnan(quoted), np.nanmedian(quoted), quoted))
    same_day = terms.notice[rows] == NOTICES.index("same_day")
    length = stays.ended[rows] - stays.started[rows]
    far = np.nan_to_num(matched.miles[rows], nan=0) > 100
    score: Floats = (
        asked
        + 0.22 * strain
        + 0.14 * noise
        + 0.19 * far
        + 0.1 * same_day
        - 0.08 * (length < YEAR)
    )
    return score


def _from_rank(score: Floats, current: np.ndarray) -> Floats:
    """The price of each score: ranks are kept, the distribution is the published one.

    Args:
        score: n scores.
        current: which of them are of placements under way, whose ranks set the scale.
    """
    scale = np.sort(score[current])
    rank = (np.searchsorted(scale, score) + 0.5) / (len(scale) + 1)
    rank = np.clip(rank, 0.001, 1 - 0.5 / (len(scale) + 1))
    mean, spread, floor = BODY
    below = 1 / (1 + np.exp(-1.702 * (THRESHOLD - mean) / spread))
    body = np.maximum(mean + spread * _normal(below * rank / (1 - HIGH)), floor)
    tail = THRESHOLD + TAIL * np.log(HIGH / np.maximum(1 - rank, 1e-9))
    return np.where(rank < 1 - HIGH, body, tail)


def _evenly(noise: Floats, under_way: Bools) -> Floats:
    """The noise made exactly normal among the placements under way, and the others.

    So that a few dozen placements reach from the lowest price to the highest.
    """
    even = np.empty_like(noise)
    for part in (under_way, ~under_way):
        rank = np.argsort(np.argsort(noise[part], kind="stable"), kind="stable")
        even[part] = _normal((rank + 0.5) / max(len(rank), 1))
    return even


def _normal(share: Floats) -> Floats:
    """Quantiles of the normal distribution, by the logistic approximation."""
    inside = np.clip(share, 1e-4, 1 - 1e-4)
    return np.log(inside / (1 - inside)) / 1.702


def _price_lodgings(
    stays: Stays, matched: Matched, total: Floats, noise: Floats
) -> None:
    """A price for supported accommodation that the region has no setting for."""
    kind = population().index["supported"]
    rows = np.flatnonzero((stays.kind == kind) & (matched.setting < 0))
    middle, spread = UNKNOWN_LODGINGS
    total[rows] = middle * np.exp(spread * noise[rows])


def _at_the_time(stays: Stays, total: Floats) -> Floats:
    """Prices of today as those of each placement's last day."""
    then = total.copy()
    for number, kind in enumerate(population().kinds):
        rows = np.flatnonzero(stays.kind == number)
        if kind.placement_type:
            then[rows] = total[rows] * level_on(kind.placement_type, stays.ended[rows])
    return then


def _keep_prices(rng: np.random.Generator, stays: Stays, total: Floats) -> None:
    """Moves from home to home often leave the price as it was; from the latest back."""
    home = population().index["home"]
    before = stays.previous
    moved = (before >= 0) & (stays.kind == home) & (stays.previous_kind == home)
    kept = moved & (rng.random(len(stays)) < SAME_PRICE)
    for row in np.flatnonzero(kept):
        total[before[row]] = total[row]


def _split(rng: np.random.Generator, stays: Stays, total: Floats) -> Costs:
    """Shares of education and health, for the few placements that have them."""
    index = population().index
    residential = np.isin(stays.kind, [index["home"], index["unregistered"]])
    school = stays.kind == index["school"]
    with_education = school | (residential & (rng.random(len(stays)) < 0.14))
    with_health = (residential | school) & (rng.random(len(stays)) < 0.09)
    education = np.where(school, 0.5, 0.22) * rng.uniform(0.7, 1.3, len(stays))
    health = rng.uniform(0.08, 0.3, len(stays))
    return Costs(
        total=total,
        education=np.round(np.where(with_education, education, 0) * total),
        health=np.round(np.where(with_health, health, 0) * total),
    )
