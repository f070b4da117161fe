"""summarise_placements: counts, costs and distances of placements, in any groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from corpus.codes import Gender, Need, PlacementType, Route
from corpus.disclosure import Dimension, Filters, Question
from corpus.disclosure.bands import financial_year, quarter_end
from corpus.disclosure.spend import held_since
from corpus.errors import InvalidArguments
from tools.arguments import Age, Name
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import (
    dataset_citation,
    invented_caveats,
    invented_mark,
    protection_caveats,
    stated_filters,
)
from tools.financial_years import known_day, last_day
from tools.found_summary import (
    TITLES,
    UNITS,
    PlacementSummary,
    SummaryGroup,
    listed_groups,
    summary_caveats,
    summary_charts,
    summary_tables,
)
from tools.groupings import check_ages, checked_groupings, one_or_several
from tools.protected import HEADINGS
from tools.regions import authorities_held, placing_authorities
from tools.shown import NOTHING_KNOWN
from tools.summary_measures import Measure, answers, components, not_recorded

GroupBy = Literal[
    "local_authority", "placement_type", "route", "gender", "age_band", "need",
    "provider", "rating", "year", "quarter",
]  # fmt: skip
GroupBys = Annotated[tuple[GroupBy, ...], BeforeValidator(one_or_several)]
MOST_GROUPINGS: Final = 3

_PERIODS: Final = (Dimension.YEAR, Dimension.QUARTER)


class SummarisePlacementsArguments(Arguments):
    """Which placements, and what of them. What is not given does not restrict."""

    local_authority: Name | None = Field(
        None, description="The authority that places and pays."
    )
    region: Name | None = Field(
        None, description="Region of England whose authorities place and pay."
    )
    placement_type: PlacementType | None = None
    needs: tuple[Need, ...] | None = Field(
        None, description="Needs and risks that the child has, all of them."
    )
    age_from: Age | None = Field(None, description="Youngest age on the day.")
    age_to: Age | None = Field(None, description="Oldest age on the day, inclusive.")
    gender: Gender | None = None
    min_distance_miles: float | None = Field(
        None, ge=0, le=500, description="Only placements further from home than this."
    )
    route: Route | None = None
    measure: Measure = "count"
    group_by: GroupBys | None = Field(
        None,
        description="One or several groupings; year or quarter gives the last day of"
        " each.",
    )
    on: date | None = Field(
        None, description="Placements under way on this day; else the data's own day."
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_ages(self.age_from, self.age_to)
        checked_groupings(self.group_by, MOST_GROUPINGS)
        return self

    @property
    def groupings(self) -> tuple[Dimension, ...]:
        """The groupings asked for, in order."""
        return checked_groupings(self.group_by, MOST_GROUPINGS)


def summarise_placements(
    arguments: SummarisePlacementsArguments, knowledge: Knowledge
) -> Result[PlacementSummary]:
    """Work out one measure of the placements under way on a day.

    Raises:
        UnknownPlace: for an authority or region that is none.
        InvalidArguments: for a day of which nothing can be known.
        NothingLoaded: where no tables are loaded.
    """
    asked = placing_authorities(
        arguments.local_authority, arguments.region, knowledge.gazetteer
    )
    held = authorities_held(knowledge, "placements", asked)
    on = _day(arguments, knowledge)
    empty = PlacementSummary(
        measure=arguments.measure,
        unit=UNITS[arguments.measure],
        on=on,
        group_by=arguments.groupings,
        authorities=held,
    )
    if not held or not _is_held(on, knowledge):
        unknown = empty.model_copy(update={"held": False})
        return _result(unknown, arguments, knowledge, ())
    question = Question(
        knowledge.dataset,
        "placements",
        knowledge.viewer,
        _filters(arguments, asked, on),
    )
    found, told = _found(empty, question, knowledge)
    return _result(found, arguments, knowledge, told)


def _day(arguments: SummarisePlacementsArguments, knowledge: Knowledge) -> date:
    last = last_day(knowledge)
    if arguments.on is None:
        return known_day(knowledge)
    if arguments.on > last:
        raise InvalidArguments(
            f"on = {arguments.on} is after {last}, the last day that the placements"
            " speak to.",
            "Ask for an earlier day, or use forecast_demand for days to come.",
        )
    return arguments.on


def _is_held(on: date, knowledge: Knowledge) -> bool:
    """Whether the tables hold every placement of a day, not those alone that lasted."""
    since = held_since(knowledge.dataset, knowledge.viewer)
    if since is None:
        return on == last_day(knowledge)
    return on >= since - timedelta(days=1)


def _filters(
    arguments: SummarisePlacementsArguments, asked: tuple[str, ...], on: date
) -> Filters:
    kind = arguments.placement_type
    return Filters(
        local_authority=asked,
        placement_type=(kind,) if kind else (),
        needs=arguments.needs or (),
        age_from=arguments.age_from,
        age_to=arguments.age_to,
        gender=arguments.gender,
        min_distance_miles=arguments.min_distance_miles,
        route=arguments.route,
        on=on,
    )


def _found(
    empty: PlacementSummary, question: Question, knowledge: Knowledge
) -> tuple[PlacementSummary, tuple[str, ...]]:
    """The summary filled in, and what to tell of its protection."""
    by = tuple(name for name in empty.group_by if name not in _PERIODS)
    total, groups, told = NOTHING_KNOWN, list[SummaryGroup](), list[str]()
    days = _days(empty, knowledge)
    for on in days:
        asked = replace(
            question,
            filters=question.filters.model_copy(update={"on": on}),
            group_by=by,
        )
        found, table = answers(asked, empty.measure)
        applied = table.filters.on or on
        total = found.pop(())
        if len(days) > 1 and not by:
            found = {(): total}
        groups = [group for group in groups if group.on != applied]
        groups += [
            SummaryGroup(
                labels=_labels(empty.group_by, labels, applied),
                on=applied,
                figure=figure,
            )
            for labels, figure in found.items()
        ]
        told += protection_caveats(table)
    listed = listed_groups(groups, empty.group_by, _provider_names(knowledge))
    changes = {
        "on": applied,
        "total": total,
        "groups": listed,
        "groups_withheld": sum(group.figure.withheld for group in groups)
        - sum(group.figure.withheld for group in listed),
        "components": components(question, empty.measure),
        "not_recorded": not_recorded(question, empty.measure),
    }
    return empty.model_copy(update=changes), tuple(dict.fromkeys(told))


def _provider_names(knowledge: Knowledge) -> dict[str, str]:
    """Names of providers by their id."""
    providers = knowledge.dataset.frame("providers")
    return dict(zip(providers["provider_id"], providers["name"], strict=True))


def _days(empty: PlacementSummary, knowledge: Knowledge) -> tuple[date, ...]:
    """The days to count on: the one asked for, or the last of each period until then.

    None of which the tables do not hold whole.
    """
    since = held_since(knowledge.dataset, knowledge.viewer)
    period = next((name for name in empty.group_by if name in _PERIODS), None)
    if since is None or period is None:
        return (empty.on,)
    months = (3,) if period is Dimension.YEAR else (3, 6, 9, 12)
    ends = [
        quarter_end(date(year, month, 1) + timedelta(days=30))
        for year in range(since.year - 1, empty.on.year + 1)
        for month in months
    ]
    first = since - timedelta(days=1)
    return (*(day for day in ends if first <= day < empty.on), empty.on)


def _labels(
    by: tuple[Dimension, ...], labels: tuple[str, ...], on: date
) -> tuple[str, ...]:
    """A group's labels with its period's among them."""
    others = iter(labels)
    return tuple(_period(name, on) if name in _PERIODS else next(others) for name in by)


def _period(dimension: Dimension, on: date) -> str:
    """The financial year of a day, and its quarter: 2024/25, 2024/25 Q4."""
    year = financial_year(on)
    if dimension is Dimension.YEAR:
        return year
    return f"{year} Q{(on.month - 4) // 3 % 4 + 1}"


def _result(
    found: PlacementSummary,
    arguments: SummarisePlacementsArguments,
    knowledge: Knowledge,
    protection: tuple[str, ...],
) -> Result[PlacementSummary]:
    left_out = ("measure", "group_by", "on")
    filters = {**stated_filters(arguments, *left_out), "under way on": str(found.on)}
    by = " and ".join(HEADINGS[name].lower() for name in found.group_by)
    about = f"{TITLES[found.measure].lower()}{f' by {by}' if by else ''}"
    mark = invented_mark(knowledge)
    return Result(
        data=found,
        citations=(dataset_citation(knowledge, "placements", about, filters),),
        caveats=(
            *summary_caveats(found),
            *protection,
            *invented_caveats(knowledge),
        ),
        tables=summary_tables(found, mark),
        charts=summary_charts(found, mark),
    )


SUMMARISE_PLACEMENTS: Final = Tool(
    name="summarise_placements",
    description=(
        "Counts, weekly costs, distances and shares of the placements under way on a"
        " day, filtered and grouped by authority, type, route, gender, age, need,"
        " provider, grade, or over years or quarters."
    ),
    arguments=SummarisePlacementsArguments,
    run=summarise_placements,
)
