"""estimate_delivery_cost: what a home should cost to run, line by line."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from corpus.codes import PlacementType
from corpus.errors import InvalidArguments
from tools.arguments import Occupancy, Places, Share
from tools.assumptions import WEEKS_A_YEAR, Assumption
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import invented_caveats, model_citation
from tools.comparables import usual_price, usual_price_citation
from tools.delivery_assumptions import MODELLED, defaults, living_wage
from tools.delivery_cost import DeliveryCost, Inputs, delivery_cost
from tools.delivery_estimate import (
    DeliveryEstimate,
    PriceCheck,
    estimate_charts,
    estimate_of,
    estimate_tables,
)

NAME: Final = "estimate_delivery_cost"

NAO: Final = Assumption(
    name="England's average for a child in a children's home",
    value=round(318_400 / WEEKS_A_YEAR),
    unit="£ a week",
    source="£318,400 a year, at 52.14 weeks, in 2023-24: National Audit Office, report"
    " on children's residential care",
)
CMA: Final = Assumption(
    name="large private homes' average price",
    value=3_830,
    unit="£ a week",
    source="2020: Competition and Markets Authority, Children's social care, 2022",
)
"""Published prices that a children's home is checked against."""

Staff = Annotated[
    float, Field(ge=0, le=20, description="Staff at a time, for the home, 0 to 20.")
]


class EstimateDeliveryCostArguments(Arguments):
    """The home and its staffing. What is not asked is left out."""

    placement_type: PlacementType | None = None
    places: Places | None = None
    occupancy: Occupancy | None = None
    staff_per_shift: Staff | None = None
    waking_night_staff: Staff | None = None
    sleep_in_staff: Staff | None = None
    therapy_hours: float | None = Field(
        None, ge=0, le=500, description="Hours of therapy a week for the setting."
    )
    hourly_rate: float | None = Field(
        None, ge=5, le=100, description="Care staff's pay, £ an hour before on-costs."
    )
    margin: Share | None = Field(None, description="On top of cost, 0 to 1.")


def estimate_delivery_cost(
    arguments: EstimateDeliveryCostArguments, knowledge: Knowledge
) -> Result[DeliveryEstimate]:
    """Cost a home from its staff up.

    Raises:
        InvalidArguments: for a kind of placement that is no staffed building.
    """
    kind = _kind(arguments)
    used = _assumptions(arguments, kind, knowledge)
    inputs = Inputs(**{field: item.value for field, item in used.items()})
    cost = delivery_cost(inputs)
    observed = usual_price(knowledge, "median paid for the kind", kind)
    data = estimate_of(kind, inputs, cost, _checks(kind, cost, observed))
    return Result(
        data=data,
        citations=(
            model_citation("Model: cost of delivery", NAME, used.values()),
            *(usual_price_citation(knowledge) if observed else ()),
        ),
        caveats=(*_caveats(used, knowledge), *_data_caveats(knowledge, observed)),
        tables=estimate_tables(data),
        charts=estimate_charts(data),
    )


def _kind(arguments: EstimateDeliveryCostArguments) -> PlacementType:
    kind = arguments.placement_type or PlacementType.RESIDENTIAL
    if kind not in MODELLED:
        raise InvalidArguments(
            f"{NAME}: placement_type = '{kind}': the cost of delivery is modelled for"
            f" {' and '.join(MODELLED)}.",
            "For prices paid ask benchmark_price; for fostering fees,"
            " model_invest_to_save.",
        )
    return kind


def _assumptions(
    arguments: EstimateDeliveryCostArguments, kind: PlacementType, knowledge: Knowledge
) -> dict[str, Assumption]:
    given = arguments.model_dump()
    return {
        field: item.stated(given.get(item.argument or ""))
        for field, item in defaults(kind, knowledge.as_at).items()
    }


def _checks(
    kind: PlacementType, cost: DeliveryCost, observed: Assumption | None
) -> tuple[PriceCheck, ...]:
    published = (NAO, CMA) if kind is PlacementType.RESIDENTIAL else ()
    return tuple(
        PriceCheck(
            name=anchor.name,
            weekly=anchor.value,
            difference=round(cost.per_child / anchor.value - 1, 4),
            source=anchor.source,
        )
        for anchor in (*published, observed)
        if anchor is not None
    )


def _caveats(used: dict[str, Assumption], knowledge: Knowledge) -> tuple[str, ...]:
    rate, wage = used["hourly_rate"], living_wage(knowledge.as_at)
    said = [
        "A year is 365/7 = 52.14 weeks. The margin is a share of cost, not of price.",
        "This is a model: what is not asked is an assumption, listed in the source, and"
        " most are ours. Prices of the market hold more than cost, and other years.",
    ]
    if rate.value < wage.value:
        said.append(
            f"The pay of £{rate.value:.2f} an hour is below the National Living Wage of"
            f" £{wage.value:.2f} (from {wage.as_at}): it cannot be paid to staff of 21"
            " and over."
        )
    if not used["therapy_hours"].value:
        said.append("No therapy is included, since no hours were given.")
    said.append("Education is not included: it is paid for apart.")
    return tuple(said)


def _data_caveats(knowledge: Knowledge, observed: Assumption | None) -> tuple[str, ...]:
    if observed is None:
        return ("No price paid for the kind can be shown beside it.",)
    return (f"Beside it: {observed.told}.", *invented_caveats(knowledge))


ESTIMATE_DELIVERY_COST: Final = Tool(
    name=NAME,
    description=(
        "What a children's home or supported accommodation should cost to run, from"
        " staffing up: line by line, a week, a year and per filled bed, by occupancy,"
        " and against prices paid."
    ),
    arguments=EstimateDeliveryCostArguments,
    run=estimate_delivery_cost,
)
