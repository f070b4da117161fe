"""Where the range of a spend forecast comes from, source by source."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.disclosure.flows import TYPES
from tools.found_forecast_spend import Driver, Source
from tools.spend_model import SpendFutures
from tools.stock_flow import Numbers

DEAR_KINDS = np.tile([False, True], len(TYPES))
"""Which kinds stand in the tail."""


def drivers_of(futures: SpendFutures, dear: NDArray[np.bool_]) -> tuple[Driver, ...]:
    """Each source's part of the range: it varies, the others stay at their mean.

    Numbers are all children together, the mix how they share out among the kinds (and
    between today's placements and new ones), prices what each kind costs. The tail is
    both the number and the price of dear placements. What two sources do together is
    left out, so the shares are of the sum of their variances.

    Args:
        futures: Simulated spend of the kinds that are paid for.
        dear: (kind,) which of them are the tail.
    """
    children = np.concatenate([futures.live_children, futures.new_children], axis=2)
    price = np.concatenate([futures.live_price, futures.new_price], axis=2)
    tail = np.concatenate([dear, dear])
    usual, cost = children[:, :, ~tail], price[:, :, ~tail]
    number = usual.sum(axis=2, keepdims=True)
    mix = usual / np.maximum(number, 1e-9)
    mean = [part.mean(axis=0, keepdims=True) for part in (number, mix, cost)]
    totals: dict[Source, Numbers] = {
        "numbers of children": _total(futures, number * mean[1] * mean[2]),
        "mix of placements": _total(futures, mean[0] * mix * mean[2]),
        "prices": _total(futures, mean[0] * mean[1] * cost),
        "the tail": _total(futures, children[:, :, tail] * price[:, :, tail]),
    }
    middle = float(np.median(_total(futures, children * price)))
    return _ranked(totals, middle)


def _total(futures: SpendFutures, weekly: Numbers) -> Numbers:
    """(draw,) pounds over all months."""
    pounds = weekly * futures.weeks[:, None]
    return np.asarray(pounds.sum(axis=(1, 2)), dtype=np.float64)


def _ranked(totals: dict[Source, Numbers], middle: float) -> tuple[Driver, ...]:
    variance = {source: float(total.var()) for source, total in totals.items()}
    every = sum(variance.values())
    drivers = []
    for source, total in totals.items():
        low, high = np.quantile(total - np.median(total), (0.1, 0.9))
        share = variance[source] / every if every > 0 else 0.0
        drivers.append(
            Driver(
                source=source,
                low=round(middle + float(low)),
                high=round(middle + float(high)),
                share=round(share, 3),
            )
        )
    return tuple(sorted(drivers, key=lambda driver: -driver.share))
