"""forecast_demand: children by age and placement type to come, with the range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from pydantic import Field

from corpus.codes import PlacementType
from corpus.disclosure.flows import AGES, TYPES, Flows
from corpus.disclosure.stays import median_stays
from tools.arguments import Months, Name
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
    Place,
    Projection,
    Range,
    joined,
    kinds_of,
    known,
    monthly,
    place_of,
    project,
    range_of,
    ranges_of,
    thin_caveats,
    why_not,
)
from tools.found_demand import (
    DemandForecast,
    GroupDemand,
    MonthDemand,
    PastDemand,
    StayLength,
    demand_charts,
    demand_tables,
)
from tools.simulation import DRAWS, ENDINGS_DRIFT, ENTRANTS_DRIFT

NAME: Final = "forecast_demand"
DEFAULT_MONTHS: Final = 12
_PAST_QUARTERS: Final = 8
"""Quarters of history shown before the forecast."""


class ForecastDemandArguments(Arguments):
    """Whose children, in which placements, and how far ahead."""

    local_authority: Name | None = Field(
        None, description="The authority that places; all together where not given."
    )
    placement_type: PlacementType | None = None
    months: Months | None = Field(
        None, ge=1, le=120, description="How many months ahead, 1 to 120; else 12."
    )


def forecast_demand(
    arguments: ForecastDemandArguments, knowledge: Knowledge
) -> Result[DemandForecast]:
    """Children to come by age and placement type, simulated from stocks and flows.

    Raises:
        UnknownPlace: for a name that is no authority's.
        NothingLoaded: where no tables are loaded.
    """
    place = place_of(arguments.local_authority, knowledge)
    months = arguments.months or DEFAULT_MONTHS
    empty = DemandForecast(
        local_authority=place.local_authority,
        placement_type=arguments.placement_type,
        as_at=place.until,
        months=months,
        months_chosen=arguments.months is None,
        exact=False,
    )
    reason = why_not(place)
    if reason:
        return _result(empty, arguments, knowledge, (), (reason,))
    found = project(place, months)
    data = _found(empty, found, place)
    return _result(
        data, arguments, knowledge, _assumptions(found), _caveats(data, found, place)
    )


def _found(empty: DemandForecast, found: Projection, place: Place) -> DemandForecast:
    asked, futures = empty.placement_type, found.futures
    chosen = kinds_of(asked)[futures.model.kind]
    months = empty.months
    ends = ranges_of(monthly(futures.children[:, :, chosen].sum(axis=2), months, 1.0))
    years = futures.entered.shape[1] / 4
    return empty.model_copy(
        update={
            "exact": found.own.exact,
            "children_now": _children_on(found.own, -1, asked),
            "children": ends[-1],
            "enter_a_year": _yearly(futures.entered, years) if not asked else None,
            "leave_a_year": _yearly(futures.left, years) if not asked else None,
            "by_type": _by_type(found, months, asked),
            "by_age": _by_age(found, months, asked),
            "by_type_and_age": _by_both(found, months, asked),
            "by_month": tuple(
                MonthDemand(day=day, children=range_)
                for day, range_ in zip(place.ends(months), ends, strict=True)
            ),
            "past": _past(found.own, asked),
            "stays": _stays(place, asked),
        }
    )


def _yearly(counts: np.ndarray, years: float) -> Range:
    return range_of(counts.sum(axis=1) / years)


def _children_on(own: Flows, at: int, asked: str | None) -> float | None:
    """Children at a quarter's end, of a type or of all; None where withheld."""
    return known(own.by_type[at, TYPES.index(asked)] if asked else own.children[at])


def _at_end(found: Projection, chosen: np.ndarray, months: int) -> Range:
    """Children of some groups at the end of the forecast."""
    path = found.futures.children[:, :, chosen].sum(axis=2)
    return ranges_of(monthly(path, months, 1.0)[:, -1:])[0]


def _types(found: Projection, asked: PlacementType | None) -> Sequence[str]:
    """The types to show: that asked for, or all of which there are any children."""
    held = {TYPES[kind // 2] for kind in np.unique(found.futures.model.kind)}
    return [asked] if asked else [name for name in TYPES if name in held]


def _by_type(
    found: Projection, months: int, asked: PlacementType | None
) -> tuple[GroupDemand, ...]:
    model, futures = found.futures.model, found.futures
    years = futures.entered.shape[1] / 4
    rows = []
    for name in _types(found, asked):
        chosen = kinds_of(name)[model.kind]
        begun, ended = (
            part[:, :, chosen].sum(axis=2) for part in (futures.begun, futures.ended)
        )
        rows.append(
            GroupDemand(
                placement_type=name,
                age_band=None,
                now=_children_on(found.own, -1, name),
                ahead=_at_end(found, chosen, months),
                begin_a_year=_yearly(begun, years),
                end_a_year=_yearly(ended, years),
            )
        )
    return tuple(rows)


def _by_age(
    found: Projection, months: int, asked: PlacementType | None
) -> tuple[GroupDemand, ...]:
    model, kinds = found.futures.model, kinds_of(asked)
    own = found.own
    now = own.by_age_and_type[:, TYPES.index(asked)] if asked else own.by_age
    return tuple(
        GroupDemand(
            placement_type=None,
            age_band=AGES[age],
            now=known(now[age]),
            ahead=_at_end(found, (model.age == age) & kinds[model.kind], months),
        )
        for age in np.unique(model.age[kinds[model.kind]]).tolist()
    )


def _by_both(
    found: Projection, months: int, asked: PlacementType | None
) -> tuple[GroupDemand, ...]:
    model = found.futures.model
    rows = []
    for name in _types(found, asked):
        kinds, at = kinds_of(name), TYPES.index(name)
        for age in np.unique(model.age[kinds[model.kind]]).tolist():
            rows.append(
                GroupDemand(
                    placement_type=name,
                    age_band=AGES[age],
                    now=known(found.own.by_age_and_type[age, at]),
                    ahead=_at_end(
                        found, (model.age == age) & kinds[model.kind], months
                    ),
                )
            )
    return tuple(rows)


def _past(own: Flows, asked: PlacementType | None) -> tuple[PastDemand, ...]:
    """Children at the last quarters' ends to which the records reach back."""
    reached = np.append(own.complete, True)
    return tuple(
        PastDemand(day=own.days[at], children=_children_on(own, at, asked))
        for at in np.flatnonzero(reached)[-_PAST_QUARTERS - 1 :].tolist()
    )


def _stays(place: Place, asked: PlacementType | None) -> tuple[StayLength, ...]:
    """Median stays as the tables' own day knows them, of the types asked for."""
    held = median_stays(place.dataset, place.viewer).median_days
    return tuple(
        StayLength(placement_type=kind, age_band=band, median_days=figure.value)
        for (kind, band), figure in held.items()
        if figure.value is not None and asked in (None, kind)
    )


def _assumptions(found: Projection) -> tuple[Assumption, ...]:
    model = found.futures.model
    seen = "counted in the placements of the last five years"
    return (
        Assumption(
            name="children entering care",
            value=round(4 * model.entrants, 1),
            unit="a year",
            source=f"{seen}, recent quarters weighing most",
        ),
        Assumption(
            name="yearly change in the level of entrants, standard deviation",
            value=ENTRANTS_DRIFT,
            unit="of the level",
            source=OUR_ASSUMPTION,
        ),
        Assumption(
            name="yearly change in the level of endings, standard deviation",
            value=ENDINGS_DRIFT,
            unit="of the level",
            source=OUR_ASSUMPTION,
        ),
        Assumption(
            name="futures drawn", value=DRAWS, unit="draws", source=OUR_ASSUMPTION
        ),
    )


def _caveats(data: DemandForecast, found: Projection, place: Place) -> tuple[str, ...]:
    chosen = [
        f"No number of months was given: {DEFAULT_MONTHS} were taken."
    ] * data.months_chosen
    return joined(
        chosen,
        [
            "P10 and P90 bound eight outcomes in ten if the flows of the last five"
            f" years go on; the data speaks to {place.until:%-d %B %Y}.",
            "Placements shorter than a quarter are counted only where they span a"
            " quarter's end.",
        ],
        thin_caveats(place, found.own, data.months),
        [found.own.line],
    )


def _result(
    data: DemandForecast,
    arguments: ForecastDemandArguments,
    knowledge: Knowledge,
    assumptions: tuple[Assumption, ...],
    caveats: tuple[str, ...],
) -> Result[DemandForecast]:
    about = "children in care by quarter, who enters, moves and leaves"
    filters = stated_filters(arguments, "months")
    place, mark = data.local_authority or "all authorities", invented_mark(knowledge)
    model = model_citation("Model: stock and flow of children", NAME, assumptions)
    return Result(
        data=data,
        citations=(
            dataset_citation(knowledge, "placements", about, filters),
            *((model,) if assumptions else ()),
        ),
        caveats=joined(caveats, invented_caveats(knowledge)),
        tables=demand_tables(data, place, mark),
        charts=demand_charts(data, place, mark),
    )


FORECAST_DEMAND: Final = Tool(
    name=NAME,
    description=(
        "How many children in care there will be, by age and placement type, with the"
        " range (P10, P50, P90): forecast from who enters, moves and leaves."
    ),
    arguments=ForecastDemandArguments,
    run=forecast_demand,
)
