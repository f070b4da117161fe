"""Comparable placements: like for like first, then widened step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from corpus.codes import PlacementType, Route
from corpus.disclosure import (
    Figure,
    Filters,
    PriceDistribution,
    Question,
    price_distribution,
)
from corpus.disclosure.bands import AGE_STARTS, OLDEST
from corpus.models import Citation
from tools.assumptions import Assumption
from tools.base import Knowledge
from tools.citing import dataset_citation, holding

ENOUGH: Final = 20
"""Comparables below which the likeness is widened: with 20, the median's 95% interval
spans the middle 44% of them. Our choice."""

MONTHS: Final = 24
"""Placements that began in so many months before the as-at date are compared, unless
another day is asked for: two years of purchases. Our choice."""

Basis = Literal["weekly_cost_uprated", "weekly_cost"]
"""Prices of today, or as they were paid where no price index is held."""

_BAND_WIDTHS: Final = {
    PlacementType.FOSTERING: 100,
    PlacementType.KINSHIP: 100,
    PlacementType.SUPPORTED_ACCOMMODATION: 250,
    PlacementType.RESIDENTIAL: 500,
    PlacementType.RESIDENTIAL_SCHOOL: 500,
    PlacementType.PARENT_AND_CHILD: 500,
    PlacementType.SECURE: 1000,
    PlacementType.UNREGISTERED: 2000,
}
_BANDS: Final = 25
"""Ranges of prices: 24 of the kind's width, and all above. Published, as ages are."""


@dataclass(frozen=True)
class Likeness:
    """One level of likeness and the prices found at it."""

    widened: tuple[str, ...]
    """What was widened, in words; empty for what was asked."""
    prices: PriceDistribution

    @property
    def enough(self) -> bool:
        """Whether it holds enough comparables to go no further."""
        return (self.prices.rows.value or 0) >= ENOUGH

    @property
    def level(self) -> str:
        """The level in one phrase."""
        return "; ".join(self.widened) or "as asked"


def recent(as_at: date) -> date:
    """The first of the `MONTHS` that end on a day: the day after it, two years before.

    From 31 March, 1 April, so that a quarter's end gives whole quarters.
    """
    after = as_at + date.resolution
    day = 28 if (after.month, after.day) == (2, 29) else after.day
    return date(after.year - MONTHS // 12, after.month, day)


def age_band(age: int) -> tuple[int, int]:
    """First and last age of the published band that holds an age."""
    first = max(start for start in AGE_STARTS if start <= age)
    after = min((start for start in AGE_STARTS if start > age), default=OLDEST + 1)
    return first, after - 1


def price_edges(placement_type: PlacementType | None) -> tuple[float, ...]:
    """Lower ends of the ranges that a kind's prices are counted in."""
    width = _BAND_WIDTHS[placement_type or PlacementType.RESIDENTIAL]
    return tuple(float(width * step) for step in range(_BANDS))


def price_basis(knowledge: Knowledge, placement_type: PlacementType | None) -> Basis:
    """Uprated prices where the price index holds the kind (any, for None)."""
    kinds = set(knowledge.dataset.frame("price_index")["placement_type"])
    held = placement_type in kinds if placement_type else bool(kinds)
    return "weekly_cost_uprated" if held else "weekly_cost"


def comparable_prices(
    knowledge: Knowledge, filters: Filters, quote: float | None = None
) -> tuple[Likeness, ...]:
    """The prices at each level of likeness, up to the first with enough comparables.

    Needs are dropped first, then the age band, then the route, then the time.

    Raises:
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    kind = filters.placement_type[0] if filters.placement_type else None
    basis = price_basis(knowledge, kind)
    found: list[Likeness] = []
    for widened, level in _levels(filters):
        question = Question(knowledge.dataset, "placements", knowledge.viewer, level)
        prices = price_distribution(question, basis, price_edges(kind), quote)
        found.append(Likeness(widened, prices))
        if found[-1].enough:
            break
    return tuple(found)


def best_level(levels: tuple[Likeness, ...]) -> Likeness:
    """The first level with enough comparables, else the widest."""
    return next((level for level in levels if level.enough), levels[-1])


def whole(figure: Figure) -> int | None:
    """A count as a whole number; None where it is withheld."""
    return None if figure.value is None else int(figure.value)


def usual_price(
    knowledge: Knowledge, name: str, kind: PlacementType, route: Route | None = None
) -> Assumption | None:
    """The median price of recent placements of a kind, as an assumption of a model.

    None where none is held, or the figure is withheld from the viewer.
    """
    dataset = knowledge.dataset
    if dataset.as_at is None:
        return None
    filters = Filters(placement_type=(kind,), route=route, since=recent(dataset.as_at))
    basis = price_basis(knowledge, kind)
    question = Question(dataset, "placements", knowledge.viewer, filters)
    prices = price_distribution(question, basis)
    median = prices.quantiles[0.5].value
    if median is None:
        return None
    sort = f"{kind} {route}" if route else str(kind)
    return Assumption(
        name=name,
        value=median,
        unit="£ a week",
        source=f"{holding(knowledge)}: median {sort.replace('_', ' ')} placement begun"
        f" since {prices.filters.since}"
        + ("" if prices.exact else ", protected, within 20%"),
        as_at=dataset.as_at,
    )


def usual_price_citation(knowledge: Knowledge) -> tuple[Citation, ...]:
    """Where `usual_price` reads; empty where no tables are loaded."""
    if knowledge.dataset.as_at is None:
        return ()
    begun = {"since": recent(knowledge.dataset.as_at)}
    return (dataset_citation(knowledge, "placements", "median costs", begun),)


def _levels(asked: Filters) -> Iterator[tuple[tuple[str, ...], Filters]]:
    """What was asked, then wider and wider; steps that change nothing are left out."""
    widened: tuple[str, ...] = ()
    yield widened, asked
    steps = (
        ("any needs", {"needs": ()}),
        ("any age", {"age_from": None, "age_to": None}),
        ("any route", {"route": None}),
        ("any date of start", {"since": None}),
    )
    for words, change in steps:
        wider = asked.model_copy(update=change)
        if wider != asked:
            asked, widened = wider, (*widened, words)
            yield widened, asked
