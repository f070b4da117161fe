"""forecast_spend: spend to year end and over the medium term, with its range."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pydantic import Field

from corpus.codes import PlacementType
from corpus.disclosure.bands import NOT_RECORDED
from corpus.disclosure.flows import DEAR, TYPES
from corpus.disclosure.past_spend import Paid
from tools.arguments import Months, Name, Uplift
from tools.assumptions import OUR_ASSUMPTION, Assumption
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import (
    dataset_citation,
    invented_caveats,
    invented_mark,
    model_citation,
    stated_filters,
)
from tools.forecasting import (
    POUNDS,
    Place,
    Projection,
    Scenario,
    joined,
    place_of,
    project,
    ranges_of,
    thin_caveats,
    why_not,
)
from tools.found_forecast_spend import (
    MonthSpend,
    SpendForecast,
    spend_charts,
    spend_tables,
)
from tools.kinds_of_care import kind_of_care
from tools.price_growth import WITHOUT_INDEX, Growth, growth_by_type
from tools.spend_parts import Priced, priced_futures, tail_spend, type_spend
from tools.spend_periods import Spans, history_of
from tools.spend_range import DEAR_KINDS, drivers_of

NAME: Final = "forecast_spend"
DEFAULT_MONTHS: Final = 36
ENTRANTS_STEP: Final = Assumption(
    name="entrants in the low and the high scenario",
    value=0.1,
    unit="below or above the central one, as a share",
    source=OUR_ASSUMPTION,
)
GROWTH_STEP: Final = Assumption(
    name="yearly price growth in the low and the high scenario",
    value=0.02,
    unit="below or above the central one",
    source=OUR_ASSUMPTION,
)
_SIGN: Final[dict[Scenario, int]] = {"low": -1, "central": 0, "high": 1}


class ForecastSpendArguments(Arguments):
    """Whose spend, on what, how far ahead, and at what growth of prices."""

    local_authority: Name | None = Field(
        None, description="The authority that pays; all together where not given."
    )
    placement_type: PlacementType | None = None
    months: Months | None = Field(
        None,
        ge=1,
        le=120,
        description="How many months ahead, 1 to 120; else to the financial year's end"
        " and over three years.",
    )
    annual_uplift: Uplift | None = Field(
        None,
        ge=-0.5,
        le=1,
        description="Growth of prices a year, such as 0.07; else by the price index.",
    )
    scenario: Scenario | None = Field(
        None, description="Fewer or more entrants and slower or faster growth."
    )


def forecast_spend(
    arguments: ForecastSpendArguments, knowledge: Knowledge
) -> Result[SpendForecast]:
    """Price simulated children: today's placements and those to come.

    Raises:
        UnknownPlace: for a name that is no authority's.
        NothingLoaded: where no tables are loaded.
    """
    place = place_of(arguments.local_authority, knowledge)
    scenario: Scenario = arguments.scenario or "central"
    empty = SpendForecast(
        local_authority=place.local_authority,
        placement_type=arguments.placement_type,
        as_at=place.until,
        months=arguments.months or DEFAULT_MONTHS,
        months_chosen=arguments.months is None,
        scenario=scenario,
        annual_uplift=arguments.annual_uplift,
        exact=False,
    )
    reason = why_not(place)
    if reason:
        return _result(empty, arguments, knowledge, (), (reason,))
    factor = 1 + ENTRANTS_STEP.value * _SIGN[scenario]
    found = project(place, empty.months, factor)
    growth = _growths(place, arguments.annual_uplift, scenario)
    priced = priced_futures(found, growth, empty)
    if not len(priced.kinds):
        reason = "No cost of such a placement is recorded, so no spend can be forecast."
        return _result(empty, arguments, knowledge, (), (reason,))
    data = _found(empty, place, found, priced)
    return _result(
        data,
        arguments,
        knowledge,
        _assumptions(data, found, growth),
        _caveats(data, found, place),
    )


def _growths(
    place: Place, uplift: float | None, scenario: Scenario
) -> dict[str, Growth]:
    """Growth by type: as given and certain, or expected, a step up or down."""
    if uplift is not None:
        return {name: Growth(uplift, uplift, 0.0) for name in TYPES}
    known = growth_by_type(place.dataset, place.until)
    step = GROWTH_STEP.value * _SIGN[scenario]
    growths = {name: known.get(name, WITHOUT_INDEX) for name in TYPES}
    return {
        name: replace(each, last=each.last + step, usual=each.usual + step)
        for name, each in growths.items()
    }


def _found(
    empty: SpendForecast, place: Place, found: Projection, priced: Priced
) -> SpendForecast:
    asked = (empty.placement_type,) if empty.placement_type else ()
    paid = Paid(place.local_authority, asked)
    history = history_of(place, paid, found.own)
    live, new = priced.futures.live.sum(axis=2), priced.futures.new.sum(axis=2)
    spans = Spans(place, paid, priced.futures, live, new, history)
    months = zip(
        *(ranges_of(part, POUNDS) for part in (live + new, live, new)), strict=True
    )
    return empty.model_copy(
        update={
            "exact": found.own.exact,
            "last_year": history[1],
            "year_before": history[0],
            "whole": spans.whole(),
            "by_period": spans.by_year(),
            "by_month": tuple(
                MonthSpend(last_day=day, total=total, live=on_live, new=on_new)
                for day, (total, on_live, on_new) in zip(
                    priced.futures.ends, months, strict=True
                )
            ),
            "by_type": type_spend(found, priced),
            "tail": tail_spend(found, priced),
            "drivers": drivers_of(priced.futures, DEAR_KINDS[priced.kinds]),
        }
    )


def _assumptions(
    data: SpendForecast, found: Projection, growth: dict[str, Growth]
) -> tuple[Assumption, ...]:
    uplift = data.annual_uplift
    growths = [
        Assumption(
            name=f"price growth next year, {kind_of_care(row.placement_type)}",
            value=row.growth_next_year,
            unit=f"a year, give or take {growth[row.placement_type].doubt:.3f}",
            source="table price_index, half-way between the latest year and the mean",
        )
        for row in data.by_type
    ]
    given = Assumption(
        name="price growth", value=uplift or 0.0, unit="a year", source="", given=True
    )
    steps = [ENTRANTS_STEP] if uplift is not None else [ENTRANTS_STEP, GROWTH_STEP]
    return (
        *([given] if uplift is not None else growths),
        Assumption(
            name="children entering care, central",
            value=round(4 * found.futures.model.entrants, 1),
            unit="a year",
            source="counted in the placements of the last five years",
        ),
        Assumption(
            name="the tail",
            value=DEAR,
            unit="£ a week or more",
            source="the line drawn by the Local Government Association's survey of"
            " high-cost placements, 2023",
        ),
        *(steps if data.scenario != "central" else []),
    )


def _caveats(data: SpendForecast, found: Projection, place: Place) -> tuple[str, ...]:
    chosen = [
        "No number of months was given: each financial year is shown, the first to its"
        f" end, over {DEFAULT_MONTHS} months in all."
    ] * data.months_chosen
    uplift = [
        "Prices grow as asked for, without a range; the scenario changes entrants only."
    ] * (data.annual_uplift is not None)
    return joined(
        chosen,
        uplift,
        [
            "P10 and P90 bound eight outcomes in ten if flows and prices go on as in"
            f" the years known; the data speaks to {place.until:%-d %B %Y}.",
            "A weekly cost is social care, with education and health where they are"
            " recorded. The cost on record is the latest paid; earlier months are taken"
            " at the price level of their year.",
            "Ranges are rounded to £1,000, and do not add up: each is the P10, P50 or"
            " P90 of its own.",
        ],
        _unpriced(data, found),
        thin_caveats(place, found.own, data.months),
        [found.own.line],
    )


def _unpriced(data: SpendForecast, found: Projection) -> list[str]:
    """What is said of types of which some costs are missing."""
    said = []
    for at, name in enumerate(TYPES):
        children = found.own.by_type[-1, at]
        share = found.own.priced[2 * at]
        asked = data.placement_type in (None, name)
        if name == NOT_RECORDED or not asked or not children > 0:
            continue
        if not any(row.placement_type == name for row in data.by_type):
            said.append(f"No cost is recorded of {kind_of_care(name)}: it is left out.")
        elif share < 0.95:
            said.append(
                f"Of {kind_of_care(name)}, {share:.0%} of placements have a recorded"
                " cost; the others are forecast at their mean, and last year's spend"
                " leaves them out."
            )
    return said


def _result(
    data: SpendForecast,
    arguments: ForecastSpendArguments,
    knowledge: Knowledge,
    assumptions: tuple[Assumption, ...],
    caveats: tuple[str, ...],
) -> Result[SpendForecast]:
    about = "children in care by quarter, and what their placements cost"
    filters = stated_filters(arguments, "months", "annual_uplift", "scenario")
    place, mark = data.local_authority or "all authorities", invented_mark(knowledge)
    model = model_citation("Model: spend on placements to come", NAME, assumptions)
    prices = dataset_citation(knowledge, "price_index", "price levels by year", {})
    return Result(
        data=data,
        citations=(
            dataset_citation(knowledge, "placements", about, filters),
            *((prices, model) if assumptions else ()),
        ),
        caveats=joined(caveats, invented_caveats(knowledge)),
        tables=spend_tables(data, place, mark),
        charts=spend_charts(data, place, mark),
    )


FORECAST_SPEND: Final = Tool(
    name=NAME,
    description=(
        "What placements will cost to the financial year's end and over the medium"
        " term, with the range (P10, P50, P90) and what drives it: today's placements"
        " and new ones apart, the mix, price growth and the dearest placements."
    ),
    arguments=ForecastSpendArguments,
    run=forecast_spend,
)
