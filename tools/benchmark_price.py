"""benchmark_price: what has been paid for similar placements, and where a quote stands.

Comparables are placements of the same kind, needs, age band, authority and route that
began since a day, at today's prices: each cost is divided by the price index of the
year of the placement's last day.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Final

from pydantic import Field

from corpus.codes import Need, PlacementType, Route
from corpus.disclosure import Filters
from corpus.errors import NothingLoaded
from corpus.models import Citation
from tools.arguments import Age, Name, WeeklyPrice
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import dataset_citation, invented_caveats, invented_mark
from tools.comparables import (
    ENOUGH,
    MONTHS,
    Likeness,
    age_band,
    best_level,
    comparable_prices,
    price_basis,
    recent,
)
from tools.financial_years import check_since
from tools.places import resolve_authority
from tools.price_benchmark import (
    PriceBenchmark,
    benchmark_of,
    price_chart,
    price_tables,
)
from tools.prices_by_kind import prices_by_kind
from tools.quoted_prices import QuotedPrices, block_prices, quoted_prices
from tools.regions import NO_PLACEMENTS_HELD, authorities_held

PERCENTILES: Final = (
    "Percentiles are protected as averages are, within 20%; a share is rounded to 5%"
    " and within 10 percentage points. The interval of the median is that of a sample"
    " of the market; protection comes on top."
)
COMPOSITION: Final = (
    "A cost is what social care pays a week, with education and health where they are"
    " recorded; whether packages are included differs from record to record. Staffing"
    " ratios are not recorded of placements, so they are not compared."
)
NO_KIND: Final = (
    "No placement type was asked for, so all kinds are compared together, and each"
    " apart: fostering costs a fraction of residential care."
)


class BenchmarkPriceArguments(Arguments):
    """What is being bought. What is not asked is left out."""

    placement_type: PlacementType | None = None
    needs: tuple[Need, ...] | None = Field(
        None, description="Needs and risks that the child must have, all of them."
    )
    age: Age | None = Field(None, description="The child's age; its band is compared.")
    local_authority: Name | None = Field(
        None, description="The authority that places and pays."
    )
    route: Route | None = None
    since: date | None = Field(
        None, description="Placements begun then or later; else the last 24 months."
    )
    weekly_price: WeeklyPrice | None = Field(
        None, description="A quote to place on the distribution, pounds a week."
    )


def benchmark_price(
    arguments: BenchmarkPriceArguments, knowledge: Knowledge
) -> Result[PriceBenchmark]:
    """Find enough comparables, and say what was paid for them.

    Raises:
        NothingLoaded: where no tables are loaded.
        UnknownPlace: for a name that is not an authority's.
        InvalidArguments: where `since` lies after the data.
    """
    filters = _filters(arguments, knowledge)
    levels = comparable_prices(knowledge, filters, arguments.weekly_price)
    best = best_level(levels)
    beside = _beside(arguments, knowledge)
    kind, quote = arguments.placement_type, arguments.weekly_price
    basis, mark = price_basis(knowledge, kind), invented_mark(knowledge)
    uprated = basis == "weekly_cost_uprated"
    apart = (
        None if kind else prices_by_kind(knowledge, best.prices.filters, basis, mark)
    )
    by_kind = apart[0] if apart else ()
    data = benchmark_of(levels, best, kind, quote, uprated, beside, by_kind)
    return Result(
        data=data,
        citations=_citations(knowledge, data, best, beside),
        caveats=(
            *_likeness_caveats(arguments, levels, best, knowledge),
            *_price_caveats(knowledge, data, best),
            *invented_caveats(knowledge),
        ),
        tables=(
            *price_tables(data, best.prices, mark),
            *((apart[1],) if apart else ()),
        ),
        charts=price_chart(data, best.prices, mark),
    )


def _filters(arguments: BenchmarkPriceArguments, knowledge: Knowledge) -> Filters:
    as_at = knowledge.dataset.as_at
    if as_at is None:
        raise NothingLoaded(
            "No placement tables are loaded.",
            "Run `placements demo` for the demonstration region, or import tables.",
        )
    check_since(arguments.since, as_at)
    ages = (None, None) if arguments.age is None else age_band(arguments.age)
    authority = resolve_authority(arguments.local_authority, knowledge.gazetteer)
    return Filters(
        local_authority=(authority,) if authority else (),
        placement_type=(arguments.placement_type,) if arguments.placement_type else (),
        needs=arguments.needs or (),
        age_from=ages[0],
        age_to=ages[1],
        route=arguments.route,
        since=arguments.since or recent(as_at),
    )


def _beside(
    arguments: BenchmarkPriceArguments, knowledge: Knowledge
) -> tuple[QuotedPrices, ...]:
    kind, route = arguments.placement_type, arguments.route
    quoted = quoted_prices(knowledge, kind, arguments.age, arguments.needs or (), route)
    blocks = route in (None, Route.BLOCK)
    return (*quoted, *(block_prices(knowledge, kind) if blocks else ()))


def _citations(
    knowledge: Knowledge,
    data: PriceBenchmark,
    best: Likeness,
    beside: tuple[QuotedPrices, ...],
) -> tuple[Citation, ...]:
    applied = best.prices.filters.model_dump(mode="json", exclude_defaults=True)
    cited = [dataset_citation(knowledge, "placements", "costs of comparables", applied)]
    if data.uprated:
        to = {"prices of": f"the year of {knowledge.dataset.as_at}"}
        cited.append(dataset_citation(knowledge, "price_index", "uprating", to))
    kind = {"placement_type": data.placement_type}
    cited += [
        dataset_citation(knowledge, table, about, kind)
        for table, about in (
            ("prices", "prices that settings quote"),
            ("block_contracts", "block contracts"),
        )
        if any(prices.table == table for prices in beside)
    ]
    return tuple(cited)


def _likeness_caveats(
    arguments: BenchmarkPriceArguments,
    levels: tuple[Likeness, ...],
    best: Likeness,
    knowledge: Knowledge,
) -> tuple[str, ...]:
    """What was compared, and what was widened to find enough."""
    asked = best.prices.filters.local_authority
    if not authorities_held(knowledge, "placements", asked):
        return (NO_PLACEMENTS_HELD,)
    said = [] if arguments.placement_type else [NO_KIND]
    if arguments.age is not None and best.prices.filters.age_from is not None:
        first, last = age_band(arguments.age)
        said.append(f"Age {arguments.age} is compared within ages {first} to {last}.")
    if arguments.since is None and best.prices.filters.since is not None:
        said.append(
            f"Placements that began in the last {MONTHS} months are compared, since no"
            " day was asked for."
        )
    said += [
        f"Fewer than {ENOUGH} comparables with a known cost at the level"
        f" “{before.level}”, so it was widened: {after.widened[-1]}."
        for before, after in pairwise(levels)
    ]
    if not best.enough:
        said.append(
            f"Even so fewer than {ENOUGH} comparables, or a number that is withheld:"
            " too few to rest a price on."
        )
    return tuple(said)


def _price_caveats(
    knowledge: Knowledge, data: PriceBenchmark, best: Likeness
) -> tuple[str, ...]:
    """What the prices are, and how they are protected."""
    prices = best.prices
    uprating = (
        "Costs are brought to the prices of the year of"
        f" {knowledge.dataset.as_at} by the price index, from the year of each"
        " placement's last day."
        if data.uprated
        else "Costs are as they were paid: no price index of the kind is held."
    )
    protection = () if prices.line is None else (prices.line, PERCENTILES)
    return (uprating, COMPOSITION, *prices.snapped, *protection)


BENCHMARK_PRICE: Final = Tool(
    name="benchmark_price",
    description=(
        "What has been paid for similar placements, at today's prices: percentiles,"
        " how sure they are, and where a quoted weekly price stands among them. With"
        " the prices that settings quote and block contracts cost beside."
    ),
    arguments=BenchmarkPriceArguments,
    run=benchmark_price,
)
