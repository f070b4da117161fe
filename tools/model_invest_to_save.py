"""model_invest_to_save: fostering fees, step-down or in-house beds, against neither."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from corpus.codes import PlacementType
from tools.arguments import Share, WeeklyPrice, Years
from tools.assumptions import Assumption
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import invented_caveats, model_citation
from tools.comparables import usual_price_citation
from tools.delivery_assumptions import defaults
from tools.invest_to_save import PricePath, Scheme, SchemeName, saving
from tools.scheme_assumptions import (
    CHILDREN,
    SET_UP,
    TAKE_UP,
    TERM,
    cost_after,
    cost_now,
    rise_after,
    rise_now,
)
from tools.scheme_case import SchemeCase, case_charts, case_of, case_tables

NAME: Final = "model_invest_to_save"

Number = Annotated[int, Field(ge=1, le=10_000, description="1 to 10,000.")]


class ModelInvestToSaveArguments(Arguments):
    """The scheme and its figures. What is not asked is left out."""

    scheme: SchemeName
    children: Number | None = Field(
        None, description="Who would move; of in-house beds, the beds."
    )
    weekly_cost_now: WeeklyPrice | None = None
    weekly_cost_after: WeeklyPrice | None = Field(
        None, description="Pounds a week with the scheme; of in-house beds, for a bed."
    )
    set_up_cost: float | None = Field(
        None, ge=0, le=1_000_000_000, description="Once, in pounds."
    )
    take_up: Share | None = Field(
        None, description="Share of the children who do move, or of beds filled."
    )
    years: Years | None = None
    existing_placements: Number | None = Field(
        None, description="Fostering fees: placements in-house already, paid the rise."
    )
    weekly_uplift: WeeklyPrice | None = Field(
        None, description="Fostering fees: the rise, pounds a week for a placement."
    )

    @model_validator(mode="after")
    def _the_rise_is_of_fees(self) -> Self:
        rise = (self.existing_placements, self.weekly_uplift)
        if rise != (None, None) and self.scheme != "fostering_fee":
            raise ValueError(
                "existing_placements and weekly_uplift belong to the scheme"
                " fostering_fee"
            )
        if (rise[0] is None) != (rise[1] is None):
            raise ValueError(
                "existing_placements and weekly_uplift are given together or not at all"
            )
        return self


def model_invest_to_save(
    arguments: ModelInvestToSaveArguments, knowledge: Knowledge
) -> Result[SchemeCase]:
    """Set a scheme against what would be paid without it.

    Raises:
        InvalidArguments: where a weekly cost is not given and none can be shown.
    """
    used = _assumptions(arguments, knowledge)
    value = {name: item.value for name, item in used.items()}
    scheme = Scheme(
        scheme=arguments.scheme,
        children=value["children"],
        weekly_cost_now=value["weekly_cost_now"],
        weekly_cost_after=value["weekly_cost_after"],
        set_up_cost=value["set_up_cost"],
        take_up=value["take_up"],
        years=value["years"],
        existing_placements=arguments.existing_placements or 0,
        weekly_uplift=arguments.weekly_uplift or 0,
    )
    rises = (
        rise_now(arguments.scheme, knowledge),
        rise_after(arguments.scheme, knowledge),
    )
    data = case_of(scheme, _paths(*rises))
    from_tables = None in (arguments.weekly_cost_now, arguments.weekly_cost_after)
    return Result(
        data=data,
        citations=(
            model_citation("Model: invest to save", NAME, (*used.values(), *rises)),
            *(usual_price_citation(knowledge) if from_tables else ()),
        ),
        caveats=(
            *_caveats(arguments, used, data),
            *_all_filled(scheme, used["take_up"], knowledge),
            *invented_caveats(knowledge),
        ),
        tables=case_tables(data),
        charts=case_charts(data),
    )


def _assumptions(
    arguments: ModelInvestToSaveArguments, knowledge: Knowledge
) -> dict[str, Assumption]:
    """What the case rests on, by argument."""
    scheme, given = arguments.scheme, arguments.model_dump()
    now = cost_now(scheme, arguments.weekly_cost_now, knowledge)
    rise = arguments.weekly_uplift
    after = cost_after(scheme, arguments.weekly_cost_after, rise, knowledge)
    rest = {
        str(item.argument): item.stated(given.get(str(item.argument)))
        for item in (CHILDREN, TAKE_UP, SET_UP, TERM)
    }
    return {"weekly_cost_now": now, "weekly_cost_after": after, **rest}


def _paths(now: Assumption, after: Assumption) -> tuple[PricePath, ...]:
    """Prices that go on rising, and a counterfactual that stops rising."""
    return (
        PricePath(name="both rise as now", now=now.value, after=after.value),
        PricePath(name="only the new cost rises", now=0, after=after.value),
    )


def _caveats(
    arguments: ModelInvestToSaveArguments,
    used: dict[str, Assumption],
    data: SchemeCase,
) -> tuple[str, ...]:
    said = [
        "A year is 365/7 = 52.14 weeks. The main figures are at today's prices; the"
        " paths show prices that move.",
        "It is assumed that the children who move would otherwise go on costing what"
        " they cost now for the whole term. Whether a move is right for a child is for"
        " the social worker to judge, not for this model.",
    ]
    taken = [item.told for item in used.values() if not item.given]
    if taken:
        said.append(f"Not given, so taken: {'; '.join(taken)}.")
    if data.saving_a_year <= 0:
        said.append("At these figures the scheme saves nothing: it never pays back.")
    if data.empty_beds_a_year:
        said.append(
            "Beds not taken up still cost the council: without that cost the saving a"
            f" year would be £{data.saving_a_year + data.empty_beds_a_year:,.0f}."
        )
    if arguments.scheme == "fostering_fee" and arguments.existing_placements is None:
        said.append(
            "What the rise costs for carers who foster in-house already is not counted,"
            " since existing_placements and weekly_uplift were not given: each £10 a"
            " week for 100 placements costs £52,143 a year."
        )
    return tuple(said)


def _all_filled(
    scheme: Scheme, take_up: Assumption, knowledge: Knowledge
) -> tuple[str, ...]:
    """What full in-house beds flatter, where it was not asked how many are filled."""
    if scheme.scheme != "in_house_beds" or take_up.given:
        return ()
    usual = defaults(PlacementType.RESIDENTIAL, knowledge.as_at)["occupancy"].value
    emptier = saving(scheme.model_copy(update={"take_up": usual}))
    return (
        f"Every bed is taken to be filled all year. With {usual:.0%} filled, as the"
        f" cost-of-delivery model assumes, the saving a year is £{emptier:,.0f}.",
    )


MODEL_INVEST_TO_SAVE: Final = Tool(
    name=NAME,
    description=(
        "What a fostering fee rise, stepping children down or in-house beds save"
        " against doing nothing: saving a year, net over the term, payback, break-even,"
        " prices that move, and what matters most."
    ),
    arguments=ModelInvestToSaveArguments,
    run=model_invest_to_save,
)
