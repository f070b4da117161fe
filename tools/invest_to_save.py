"""What a scheme saves against what would be paid without it, year by year.

Symbols: n children, k take-up, P the weekly cost now, Q the weekly cost after, W the
365/7 = 52.14 weeks of a year, I the set-up cost, Y years. A year's saving is

    step-down, fostering fees   W · (n·k·(P − Q) − e·x)
    in-house beds               W · (n·k·P − n·Q)

with e existing placements whose fee rises by x as well: they move nobody. An in-house
bed costs Q whether it is filled or not. Over the term the net is Y savings less I.
"""

from __future__ import annotations

from math import ceil
from typing import Final, Literal

from corpus.models import Frozen
from tools.assumptions import WEEKS_A_YEAR

SchemeName = Literal["fostering_fee", "step_down", "in_house_beds"]

DISCOUNT_RATE: Final = 0.035
"""HM Treasury, The Green Book (2022), annex 6: social time preference rate."""

VARIED_BY: Final = 0.2
"""Each driver is moved by a fifth, down and up, to see what matters most."""

Driver = Literal[
    "children",
    "weekly_cost_now",
    "weekly_cost_after",
    "set_up_cost",
    "take_up",
    "years",
]
DRIVERS: Final[tuple[Driver, ...]] = (
    "weekly_cost_now", "weekly_cost_after", "take_up", "children", "years",
    "set_up_cost",
)  # fmt: skip


class Scheme(Frozen):
    """A scheme and what it rests on; money in pounds of today."""

    scheme: SchemeName
    children: float
    """Who would move; of in-house beds, the beds."""
    weekly_cost_now: float
    weekly_cost_after: float
    set_up_cost: float
    take_up: float
    """Share of the children who do move, or of the beds that are filled."""
    years: float
    existing_placements: float
    weekly_uplift: float


class PricePath(Frozen):
    """How the two prices move, as a share a year."""

    name: str
    now: float
    """Rise of what would be paid without the scheme."""
    after: float
    """Rise of what is paid with it."""


TODAY: Final = PricePath(name="today's prices", now=0, after=0)


class Sensitivity(Frozen):
    """The net over the term with one driver moved and the others as they are."""

    driver: Driver
    low_input: float
    high_input: float
    low: float
    """Net at the low input, pounds."""
    high: float

    @property
    def span(self) -> float:
        """How far the net moves."""
        return abs(self.high - self.low)


def saving(scheme: Scheme, year: int = 0, path: PricePath = TODAY) -> float:
    """What one year saves, pounds; below 0 where the scheme costs more.

    Args:
        scheme: The scheme.
        year: 0 for the first.
        path: How prices move from year to year.
    """
    moved = scheme.children * scheme.take_up
    now = scheme.weekly_cost_now * (1 + path.now) ** year
    rise = (1 + path.after) ** year
    paid_for = scheme.children if scheme.scheme == "in_house_beds" else moved
    after = scheme.weekly_cost_after * rise * paid_for
    uplift = scheme.existing_placements * scheme.weekly_uplift * rise
    return WEEKS_A_YEAR * (moved * now - after - uplift)


def net(scheme: Scheme, path: PricePath = TODAY) -> float:
    """Savings over the term less the set-up cost, pounds; a part year in part."""
    return cumulative(scheme, path)[-1]


def cumulative(scheme: Scheme, path: PricePath = TODAY) -> tuple[float, ...]:
    """The net after each year, from the set-up cost alone at the start to the end."""
    nets = [-scheme.set_up_cost]
    for year in range(ceil(scheme.years)):
        nets.append(nets[-1] + _part(scheme, year) * saving(scheme, year, path))
    return tuple(nets)


def present_value(scheme: Scheme) -> float:
    """The net at today's prices with each year's saving discounted at 3.5%.

    The set-up cost and the first year's saving are not discounted.
    """
    years = range(ceil(scheme.years))
    savings = (
        _part(scheme, year) * saving(scheme, year) / (1 + DISCOUNT_RATE) ** year
        for year in years
    )
    return sum(savings) - scheme.set_up_cost


def payback(scheme: Scheme) -> float | None:
    """Years until the savings have paid for the set-up; None where they never do."""
    first = saving(scheme)
    return scheme.set_up_cost / first if first > 0 else None


def break_even(scheme: Scheme, driver: Driver) -> float | None:
    """The value of a driver at which the net over the term is 0, the others as is.

    The net is a straight line in each driver but the years. None where no value that is
    possible gives 0: the net does not move with it, or crosses 0 out of its range.
    """
    at_zero = net(scheme.model_copy(update={driver: 0.0}))
    slope = net(scheme.model_copy(update={driver: 1.0})) - at_zero
    if driver == "years" or abs(slope) < 1e-9:
        return None
    value = -at_zero / slope + 0.0  # never -0
    return value if 0 <= value <= (1 if driver == "take_up" else value) else None


def sensitivities(scheme: Scheme) -> tuple[Sensitivity, ...]:
    """Each driver moved by a fifth, the one that matters most first."""
    found = []
    for driver in DRIVERS:
        value = getattr(scheme, driver)
        low, high = value * (1 - VARIED_BY), value * (1 + VARIED_BY)
        high = min(high, 1.0) if driver == "take_up" else high
        found.append(
            Sensitivity(
                driver=driver,
                low_input=low,
                high_input=high,
                low=net(scheme.model_copy(update={driver: low})),
                high=net(scheme.model_copy(update={driver: high})),
            )
        )
    return tuple(sorted(found, key=lambda item: -item.span))


def _part(scheme: Scheme, year: int) -> float:
    """How much of a year lies within the term: 1, or less for the last."""
    return min(1.0, scheme.years - year)
