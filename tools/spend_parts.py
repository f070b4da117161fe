"""Spend to come by placement type, and on the dearest placements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpus.disclosure.flows import DEAR, TYPES
from tools.forecasting import POUNDS, Projection, kinds_of, known, range_of
from tools.found_forecast_spend import SpendForecast, TailSpend, TypeSpend
from tools.price_growth import Growth
from tools.spend_model import Prices, SpendFutures, prices_of, spend_futures
from tools.spend_range import DEAR_KINDS
from tools.stock_flow import Counts


@dataclass(frozen=True, eq=False)
class Priced:
    """Simulated spend of the kinds asked for whose cost is known."""

    futures: SpendFutures
    kinds: Counts
    """(kind,) their places among all kinds."""
    prices: Prices
    growth: dict[str, Growth]

    def of(self, name: str) -> SpendFutures:
        """One type's."""
        return self.futures.of_kinds(kinds_of(name)[self.kinds])


def priced_futures(
    found: Projection, growth: dict[str, Growth], data: SpendForecast
) -> Priced:
    """Price a projection, for the placement type and the months asked for."""
    prices = prices_of(found.own, found.region)
    held = np.zeros(len(prices.new), dtype=bool)
    held[np.unique(found.futures.model.kind)] = True
    priced = ~np.isnan(prices.live) & ~np.isnan(prices.new)
    kinds = np.flatnonzero(held & priced & kinds_of(data.placement_type))
    futures = spend_futures(found.futures, prices, growth, data.as_at, data.months)
    return Priced(futures.of_kinds(kinds), kinds, prices, growth)


def type_spend(found: Projection, priced: Priced) -> tuple[TypeSpend, ...]:
    """Pounds over the whole forecast on each type."""
    own = found.own
    rows = []
    for at, name in enumerate(TYPES):
        mine = kinds_of(name)[priced.kinds]
        if not mine.any():
            continue
        part = priced.of(name)
        live, new = (each.sum(axis=(1, 2)) for each in (part.live, part.new))
        kinds = priced.kinds[mine]
        held = np.nan_to_num(own.stock[-1][kinds]) + 1e-9
        rows.append(
            TypeSpend(
                placement_type=name,
                children_now=known(own.by_type[-1, at]),
                weekly_price_now=round(
                    float(np.average(priced.prices.live[kinds], weights=held)), 2
                ),
                growth_next_year=round(priced.growth[name].in_year(1), 4),
                total=range_of(live + new, POUNDS),
                live=range_of(live, POUNDS),
                new=range_of(new, POUNDS),
            )
        )
    return tuple(rows)


def tail_spend(found: Projection, priced: Priced) -> TailSpend | None:
    """Pounds on the dearest placements; None where there can be none."""
    mine = DEAR_KINDS[priced.kinds]
    if not mine.any():
        return None
    part = priced.futures.of_kinds(mine)
    kinds = priced.kinds[mine]
    now, prices = found.own.stock[-1][kinds], found.own.mean_price[0][kinds]
    seen = ~np.isnan(prices) & (np.nan_to_num(now) > 0)
    weights = now[seen]
    return TailSpend(
        from_weekly_price=DEAR,
        children_now=None if np.isnan(now).all() else float(np.nansum(now)),
        weekly_price_now=round(float(np.average(prices[seen], weights=weights)), 2)
        if seen.any()
        else None,
        total=range_of((part.live + part.new).sum(axis=(1, 2)), POUNDS),
        children_at_end=range_of(
            (part.live_children + part.new_children)[:, -1].sum(axis=1)
        ),
    )
