"""Counts and medians over settings, as documents state them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import mean, median, quantiles

from corpus.codes import Need, Route
from corpus.demonstration.writing.homes import Home


def spot_prices(homes: Iterable[Home]) -> list[int]:
    """Spot prices of those homes that have quoted one, lowest first."""
    return sorted(h.prices[Route.SPOT] for h in homes if Route.SPOT in h.prices)


def pounds(amount: float) -> str:
    """An amount to the nearest pound, with its thousands marked, without the sign."""
    return f"{round(amount):,}"


def median_price(homes: Iterable[Home]) -> str:
    """The median spot price as written; "not known" where none has quoted."""
    prices = spot_prices(homes)
    return pounds(median(prices)) if prices else "not known"


def highest_price(homes: Iterable[Home]) -> str:
    """The highest spot price as written; "not known" where none has quoted."""
    prices = spot_prices(homes)
    return pounds(prices[-1]) if prices else "not known"


def quartiles(homes: Iterable[Home]) -> tuple[str, str]:
    """Lower and upper quartile of spot prices; the inclusive method.

    At least two homes must have quoted.
    """
    lower, _, upper = quantiles(spot_prices(homes), n=4, method="inclusive")
    return pounds(lower), pounds(upper)


def framework_discount(homes: Iterable[Home]) -> str:
    """Mean per cent by which a setting's framework price is below its spot price."""
    shares = [
        1 - h.prices[Route.FRAMEWORK] / h.prices[Route.SPOT]
        for h in homes
        if Route.FRAMEWORK in h.prices
    ]
    return f"{100 * mean(shares):.1f}" if shares else "0"


def accepting(homes: Iterable[Home], need: Need) -> int:
    """How many say that they accept a need."""
    return sum(need in home.accepts for home in homes)


def excluding(homes: Iterable[Home], need: Need) -> int:
    """How many say that they exclude a need."""
    return sum(need in home.excludes for home in homes)


def places(homes: Iterable[Home]) -> int:
    """Registered places together, where the register gives them."""
    return sum(home.setting.places or 0 for home in homes)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
