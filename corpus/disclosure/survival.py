"""Survival curves of stays, those that last still among them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.disclosure.coding import Numbers

_NORMAL_95: Final = 1.96


def product_limit(
    days: Numbers, ended: NDArray[np.bool_]
) -> tuple[Numbers, Numbers, Numbers]:
    """The estimate of Kaplan and Meier (1958).

    Args:
        days: n lengths of stay, as far as each was watched.
        ended: n, whether it ended then.

    Returns:
        The distinct lengths in order; the share of stays that last longer than each;
        and Greenwood's sum, the variance of that share over its square.
    """
    times, place = np.unique(days, return_inverse=True)
    events = np.bincount(place, ended, minlength=len(times))
    at_risk = np.bincount(place, minlength=len(times))[::-1].cumsum()[::-1]
    lasting = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore"):
        variance = np.cumsum(events / (at_risk * (at_risk - events)))
    return times, lasting, variance


def lasting_at(days: Numbers, ended: NDArray[np.bool_], when: Numbers) -> Numbers:
    """The share of stays that last longer than each length; 1 without stays."""
    times, lasting, _ = product_limit(days, ended)
    place = np.searchsorted(times, when, side="right")
    return np.concatenate([[1.0], lasting])[place]


def median_interval(
    days: Numbers, ended: NDArray[np.bool_]
) -> tuple[float | None, float | None]:
    """The 95% interval of the median length of stay.

    After Brookmeyer and Crowley (Biometrics 38, 1982), on the log-log scale: the
    lengths at which the bounds of the survival curve reach a half. None for an end
    that lies beyond what was watched.
    """
    times, lasting, variance = product_limit(days, ended)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = _NORMAL_95 * np.sqrt(variance) / np.abs(np.log(lasting))
        lower, upper = lasting ** np.exp(spread), lasting ** np.exp(-spread)
    return first_half(times, lower), first_half(times, upper)


def first_half(times: Numbers, lasting: Numbers) -> float | None:
    """The first length by which half have ended; None where that is not reached."""
    reached = np.flatnonzero(lasting <= 0.5)
    return float(times[reached[0]]) if len(reached) else None
