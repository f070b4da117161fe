"""compare_contracts: spot, framework, blocks, cost-plus and retainer side by side."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from corpus.codes import PlacementType, Route
from corpus.errors import InvalidArguments
from tools.arguments import Occupancy, Places, Share, Uplift, WeeklyPrice, Years
from tools.assumptions import OUR_ASSUMPTION, Assumption
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import invented_caveats, model_citation
from tools.comparables import usual_price, usual_price_citation
from tools.contract_comparison import (
    ContractComparison,
    contract_charts,
    contract_tables,
    cost_of,
    costs_by_occupancy,
    outcome_plane,
)
from tools.contract_forms import DEFAULTS, FormName, Terms, forms
from tools.published_checks import published_comparisons

NAME: Final = "compare_contracts"

BLOCK_DISCOUNT: Final = Assumption(
    name="block price against spot",
    value=0.95,
    unit="of the spot price",
    source=f"{OUR_ASSUMPTION}, within the 0 to 10% that Kent County Council aims at"
    " (decision 21/00094, paragraph 5.6, November 2021)",
)

WEEKS: Final = "A year is 365/7 = 52.14 weeks."


class CompareContractsArguments(Arguments):
    """The beds, their prices, and the terms. What is not asked is left out."""

    places: Places | None = None
    spot_price: WeeklyPrice | None = Field(
        None, description="Pounds a week for a filled bed bought singly."
    )
    block_price: WeeklyPrice | None = Field(
        None, description="Pounds a week for a bed bought ahead."
    )
    occupancy: Occupancy | None = None
    years: Years | None = Field(None, description="The term, over 0 to 30 years.")
    void_share: Share | None = Field(
        None, description="Part of an empty bed's price that the council bears."
    )
    annual_uplift: Uplift | None = None


def compare_contracts(
    arguments: CompareContractsArguments, knowledge: Knowledge
) -> Result[ContractComparison]:
    """Cost six forms of contract for the same beds.

    Raises:
        InvalidArguments: where no price is given and none can be taken from the tables.
    """
    used = _assumptions(arguments, knowledge)
    data = _comparison(arguments, used)
    from_tables = arguments.spot_price is None and arguments.block_price is None
    return Result(
        data=data,
        citations=(
            model_citation("Model: contract forms", NAME, used.values()),
            *(usual_price_citation(knowledge) if from_tables else ()),
            *(published.citation for published in data.published),
        ),
        caveats=(
            WEEKS,
            "Every form is taken to buy the same care for the same children.",
            *(published.told for published in data.published),
            *_price_caveats(arguments, used),
            *(invented_caveats(knowledge) if from_tables else ()),
        ),
        tables=contract_tables(data),
        charts=contract_charts(data),
    )


def _comparison(
    arguments: CompareContractsArguments, used: dict[str, Assumption]
) -> ContractComparison:
    terms = _terms(used)
    places, occupancy = int(used["places"].value), used["occupancy"].value
    years, uplift = used["term"].value, used["annual uplift"].value
    costs = tuple(
        cost_of(form, terms, places, occupancy, years, uplift) for form in forms(terms)
    )
    block: FormName = "hard_block" if arguments.void_share is None else "soft_block"
    meets = next(cost.break_even for cost in costs if cost.form == block)
    hard = next(cost for cost in costs if cost.form == "hard_block")
    quantities = {
        "hard_block_a_year": hard.a_year,
        "hard_block_over_term": hard.over_term,
        "beds_filled": places * occupancy,
    }
    return ContractComparison(
        places=places,
        occupancy=occupancy,
        beds_filled=round(places * occupancy, 2),
        spot_price=terms.spot_price,
        block_price=terms.block_price,
        years=years,
        annual_uplift=uplift,
        forms=costs,
        cheapest=min(costs, key=lambda cost: cost.a_year).form,
        block=block,
        break_even_occupancy=meets,
        break_even_beds=None if meets is None else round(meets * places, 2),
        by_occupancy=costs_by_occupancy(terms, places, occupancy),
        plane=outcome_plane(terms, places, block),
        published=published_comparisons(NAME, arguments, quantities),
    )


def _assumptions(
    arguments: CompareContractsArguments, knowledge: Knowledge
) -> dict[str, Assumption]:
    """Every value that the comparison rests on, by name: prices first."""
    given = arguments.model_dump()
    rest = {
        default.name: default.stated(given.get(default.argument or ""))
        for default in DEFAULTS
    }
    return {price.name: price for price in _prices(arguments, knowledge)} | rest


def _prices(
    arguments: CompareContractsArguments, knowledge: Knowledge
) -> tuple[Assumption, ...]:
    """The spot and the block price, and what links them where one is not given."""
    spot, block = arguments.spot_price, arguments.block_price
    if spot is not None and block is not None:
        return _stated("spot price", spot), _stated("block price", block)
    ratio, linked = BLOCK_DISCOUNT.value, "from the other price"
    if block is not None:
        return (
            _linked("spot price", block / ratio, linked),
            _stated("block price", block),
            BLOCK_DISCOUNT,
        )
    priced = _usual_spot(knowledge) if spot is None else _stated("spot price", spot)
    return priced, _linked("block price", priced.value * ratio, linked), BLOCK_DISCOUNT


def _stated(name: str, value: float) -> Assumption:
    unit, source = "£ a week", OUR_ASSUMPTION
    return Assumption(name=name, value=value, unit=unit, source=source, given=True)


def _linked(name: str, value: float, source: str) -> Assumption:
    return Assumption(name=name, value=round(value, 2), unit="£ a week", source=source)


def _usual_spot(knowledge: Knowledge) -> Assumption:
    usual = usual_price(knowledge, "spot price", PlacementType.RESIDENTIAL, Route.SPOT)
    if usual is None:
        raise InvalidArguments(
            f"{NAME}: neither spot_price nor block_price is given, and the tables hold"
            " too few costs to take one from.",
            "Give spot_price or block_price, in pounds a week.",
        )
    return usual


def _terms(used: dict[str, Assumption]) -> Terms:
    value = {name: assumption.value for name, assumption in used.items()}
    return Terms(
        spot_price=value["spot price"],
        block_price=value["block price"],
        void_share=value["part of a void that the council bears under a soft block"],
        framework_discount=value["framework price below spot"],
        market_margin=value["operating margin within the spot price"],
        market_occupancy=value["occupancy that the spot price is set for"],
        fixed_cost=value["cost that goes on when a bed is empty"],
        agreed_margin=value["margin agreed under cost-plus"],
        retainer=value["retainer for every bed held"],
        retainer_price=value["price on top of the retainer for a filled bed"],
    )


def _price_caveats(
    arguments: CompareContractsArguments, used: dict[str, Assumption]
) -> tuple[str, ...]:
    """Which prices and terms were taken rather than given."""
    missing = [
        used[name].told
        for name in ("spot price", "block price", "places", "occupancy", "term")
        if not used[name].given
    ]
    said = [f"Not given, so taken: {'; '.join(missing)}."] if missing else []
    uplift = arguments.annual_uplift
    if arguments.years is not None and uplift is None:
        said.append(
            "No annual uplift was given, so the term is at the first year's prices."
        )
    return (
        *said,
        "Framework, cost-plus and retainer follow from the spot price by the named"
        " assumptions: they are no offers. Cost-plus starts from the margin of the"
        " largest private providers.",
    )


COMPARE_CONTRACTS: Final = Tool(
    name=NAME,
    description=(
        "Spot, framework, soft block, hard block, cost-plus and retainer for the same"
        " beds: cost a week, a year and over the term at every occupancy and spot"
        " price, break-even occupancy, and who bears the void."
    ),
    arguments=CompareContractsArguments,
    run=compare_contracts,
)
