"""Spend on placements to come: simulated children at uncertain prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.disclosure.flows import DEAR, TYPES, Flows
from corpus.disclosure.quarters import month_shifted
from corpus.disclosure.wording import LEFT_OUT
from tools.forecasting import monthly
from tools.price_growth import WITHOUT_INDEX, Growth, level_draws
from tools.simulation import SEED, Futures
from tools.stock_flow import Counts, Numbers

PRICE_STRENGTH: Final = 20.0
"""Placements that the region's price of a new placement weighs in an authority's."""
NOISE: Final = 0.1
"""About the size of the secret factor on a child's values (docs/disclosure.md)."""


@dataclass(frozen=True, eq=False)
class Prices:
    """Weekly prices now, by kind; NaN where a kind's cost is not known."""

    live: Numbers
    """Mean of the placements under way."""
    new: Numbers
    """Mean of those newly begun."""
    spread_live: Numbers
    """Coefficients of variation of single prices; as is the next."""
    spread_new: Numbers
    doubt_live: Numbers
    """Relative standard errors of the means; as is the next."""
    doubt_new: Numbers


def prices_of(own: Flows, region: Flows) -> Prices:
    """The prices of one authority, thin kinds drawn towards the region's."""
    theirs = [_first(region.mean_price[at], region.mean_price[1 - at]) for at in (0, 1)]
    dear = np.arange(len(theirs[0])) % 2 == 1
    tail = np.append(theirs[1][dear], theirs[0][dear])
    usual_tail = float(np.nanmean(tail)) if (~np.isnan(tail)).any() else DEAR
    theirs = [np.where(dear & np.isnan(price), usual_tail, price) for price in theirs]
    spread_live, spread_new = (_spread(region, at) for at in (0, 1))
    children = np.maximum(np.nan_to_num(own.stock[-1]), 1.0)
    if own is region:
        live, new, seen = *theirs, children
    else:
        seen = np.nan_to_num(own.stock[-1]) + PRICE_STRENGTH
        weight = 1 - PRICE_STRENGTH / seen
        recent = _first(own.mean_price[1], theirs[1])
        new = _first(weight * recent + (1 - weight) * theirs[1], recent)
        live = _first(own.mean_price[0], new)
    counted = ~np.isnan(own.mean_price[0])
    variance = np.where(counted, 0.0, spread_live**2)
    if not own.exact:
        variance = np.where(counted, LEFT_OUT * spread_live**2 + NOISE**2, variance)
    doubt_live = np.sqrt(variance / children)
    return Prices(
        live, new, spread_live, spread_new, doubt_live, spread_new / np.sqrt(seen)
    )


def _first(price: Numbers, other: Numbers) -> Numbers:
    """The price, or the other where it is not known."""
    return np.where(np.isnan(price), other, price)


def _spread(flow: Flows, at: int) -> Numbers:
    """Coefficient of variation by kind, between 0.05 and 1."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = flow.mean_square[at] / flow.mean_price[at] ** 2 - 1
    spread = np.sqrt(np.clip(np.nan_to_num(ratio, nan=0.04), 0.0025, 1.0))
    return np.asarray(spread, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class SpendFutures:
    """Simulated spend; axes: draw, month from the day after `until`, kind."""

    until: date
    ends: tuple[date, ...]
    """The last day of each month."""
    weeks: Numbers
    """(month,) weeks in each."""
    live_children: Numbers
    """Mean children in the month, in placements under way today."""
    new_children: Numbers
    """The same, in placements begun since."""
    live_price: Numbers
    """Pounds a week, at the prices of the month."""
    new_price: Numbers

    @property
    def live(self) -> Numbers:
        """Pounds on placements under way today."""
        return self.live_children * self.live_price * self.weeks[:, None]

    @property
    def new(self) -> Numbers:
        """Pounds on placements begun since."""
        return self.new_children * self.new_price * self.weeks[:, None]

    def of_kinds(self, chosen: NDArray[Any]) -> SpendFutures:
        """Some kinds alone, by their places or a mask."""
        names = ("live_children", "new_children", "live_price", "new_price")
        taken = {name: getattr(self, name)[:, :, chosen] for name in names}
        return SpendFutures(self.until, self.ends, self.weeks, **taken)


def spend_futures(
    futures: Futures,
    prices: Prices,
    growth: Mapping[str, Growth],
    until: date,
    months: int,
) -> SpendFutures:
    """Price the children of each draw, month by month.

    Args:
        futures: Children to at least the end of the last month.
        prices: Weekly prices on the day.
        growth: By placement type; types without one grow as `WITHOUT_INDEX` says.
        until: The day from which the forecast runs.
        months: How many.
    """
    rng = np.random.Generator(np.random.SFC64(SEED + 1))
    edges = [month_shifted(until, month) for month in range(months + 1)]
    days = np.array([(b - a).days for a, b in pairwise(edges)])
    live, new = (_by_kind(futures, part) for part in (futures.live, futures.new))
    levels = _levels(rng, growth, edges, len(live))
    chance_live = _live_chance(rng, prices, live)
    chance_new = _new_chance(rng, prices, new)
    return SpendFutures(
        until=until,
        ends=tuple(edges[1:]),
        weeks=days / 7,
        live_children=monthly(live, months, 0.5),
        new_children=monthly(new, months, 0.5),
        live_price=levels * prices.live * monthly(chance_live, months, 0.5),
        new_price=levels * prices.new * monthly(chance_new, months, 0.5),
    )


def _by_kind(futures: Futures, counts: Counts) -> Numbers:
    """(draw, quarter, kind) children."""
    model = futures.model
    pick = np.zeros((len(model.kind), 2 * len(TYPES)))
    pick[np.arange(len(model.kind)), model.kind] = 1.0
    return counts @ pick


def _levels(
    rng: np.random.Generator,
    growth: Mapping[str, Growth],
    edges: list[date],
    draws: int,
) -> Numbers:
    """(draw, month, kind) price levels; they change at the start of April."""
    today = _year(edges[0])
    middles = [a + (b - a) / 2 for a, b in pairwise(edges)]
    ahead = np.array([_year(middle + timedelta(days=1)) - today for middle in middles])
    growths = [growth.get(kind, WITHOUT_INDEX) for kind in TYPES]
    levels = level_draws(rng, growths, int(ahead.max(initial=0)), draws)
    return np.repeat(levels[:, ahead], 2, axis=2)


def _year(day: date) -> int:
    """The year in which a day's financial year begins."""
    return day.year if day.month >= 4 else day.year - 1


def _live_chance(
    rng: np.random.Generator, prices: Prices, children: Numbers
) -> Numbers:
    """What the mean price of those who stay is multiplied by.

    Who leaves is chance: the mean of n left of N has a variance of the price's times
    (1/n - 1/N). The same luck holds along a draw.
    """
    luck = rng.standard_normal((len(children), 1, children.shape[2]))
    start, left = np.maximum(children[:, :1], 1.0), np.maximum(children, 1.0)
    chance = prices.spread_live**2 * np.maximum(1 / left - 1 / start, 0.0)
    return _about_one(luck * np.sqrt(chance + prices.doubt_live**2))


def _new_chance(rng: np.random.Generator, prices: Prices, children: Numbers) -> Numbers:
    """What the mean price of new placements is multiplied by: a mean of n draws."""
    luck = rng.standard_normal((len(children), 1, children.shape[2]))
    chance = prices.spread_new**2 / np.maximum(children, 1.0)
    return _about_one(luck * np.sqrt(chance + prices.doubt_new**2))


def _about_one(departure: Numbers) -> Numbers:
    return np.maximum(1 + departure, 0.3)
