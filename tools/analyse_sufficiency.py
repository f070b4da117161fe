"""analyse_sufficiency: placements sought against secured, the gaps and their cost."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from corpus.codes import Gender, Need, PlacementType
from corpus.disclosure import Dimension, Filters, Question
from corpus.disclosure.searches import searches_since
from corpus.models import Citation
from corpus.observed import StatedGap
from tools.arguments import Age, Name
from tools.assumptions import Assumption
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import (
    dataset_citation,
    invented_caveats,
    invented_mark,
    model_citation,
    stated_filters,
)
from tools.financial_years import check_since, known_day
from tools.found_sufficiency import (
    Sufficiency,
    TypeSufficiency,
    listed_gaps,
    sufficiency_caveats,
)
from tools.groupings import check_ages, checked_groupings, one_or_several
from tools.places import resolve_authority
from tools.regions import authorities_held, authorities_in, region_of
from tools.search_documents import document_title
from tools.shown import Shown, three_figures
from tools.sought_and_secured import Searches, grouped_by, refusals_of, total_of
from tools.sufficiency_costs import (
    BED_YEARS,
    WEEKS,
    Displacement,
    displacements,
    mean_prices,
)
from tools.sufficiency_tables import sufficiency_charts, sufficiency_tables

GroupBy = Literal[
    "local_authority", "placement_type", "gender", "age_band", "need", "year", "quarter"
]
"""What is recorded of a search."""
GroupBys = Annotated[tuple[GroupBy, ...], BeforeValidator(one_or_several)]
MOST_GROUPINGS: Final = 2

_DAYS_A_YEAR: Final = 365


class AnalyseSufficiencyArguments(Arguments):
    """Which searches. What is not given does not restrict."""

    local_authority: Name | None = Field(
        None, description="The authority that searches, places and pays."
    )
    placement_type: PlacementType | None = Field(None, description="The type sought.")
    needs: tuple[Need, ...] | None = Field(
        None, description="Needs and risks that the child has, all of them."
    )
    age_from: Age | None = Field(None, description="Youngest age when searched for.")
    age_to: Age | None = Field(None, description="Oldest age, inclusive.")
    gender: Gender | None = None
    group_by: GroupBys | None = Field(
        None, description="One or two groupings; else by need, age and authority."
    )
    since: date | None = Field(
        None, description="Only searches made on this day or later."
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


def analyse_sufficiency(
    arguments: AnalyseSufficiencyArguments, knowledge: Knowledge
) -> Result[Sufficiency]:
    """Set what was sought beside what was secured, and say what the gaps cost.

    Raises:
        UnknownPlace: for an authority that is none.
        InvalidArguments: where `since` lies after the data.
        NothingLoaded: where no tables are loaded.
    """
    authority = resolve_authority(arguments.local_authority, knowledge.gazetteer)
    asked = (authority,) if authority else ()
    held = authorities_held(knowledge, "referrals", asked)
    since = _since(arguments, knowledge)
    until = knowledge.dataset.table_as_at("referrals")
    check_since(arguments.since, until)
    if not held or since is None or until is None:
        empty = Sufficiency(authorities=held, since=None, until=until, years=None)
        return _result(empty, arguments, knowledge, ())
    years = ((until - since).days + 1) / _DAYS_A_YEAR
    filters = _filters(arguments, asked)
    question = Question(knowledge.dataset, "referrals", knowledge.viewer, filters)
    empty = Sufficiency(
        authorities=held, since=since, until=until, years=round(years, 3)
    )
    found, told = _found(empty, Searches(question, years), arguments, knowledge)
    return _result(found, arguments, knowledge, told)


def _since(arguments: AnalyseSufficiencyArguments, knowledge: Knowledge) -> date | None:
    """The first day of the searches; None where there are none."""
    first = searches_since(knowledge.dataset, knowledge.viewer)
    if first is None or arguments.since is None:
        return first
    return max(first, arguments.since)


def _filters(arguments: AnalyseSufficiencyArguments, asked: tuple[str, ...]) -> Filters:
    return Filters(
        local_authority=asked,
        needs=arguments.needs or (),
        age_from=arguments.age_from,
        age_to=arguments.age_to,
        gender=arguments.gender,
        since=arguments.since,
    )


def _found(
    empty: Sufficiency,
    searches: Searches,
    arguments: AnalyseSufficiencyArguments,
    knowledge: Knowledge,
) -> tuple[Sufficiency, tuple[str, ...]]:
    """The analysis filled in, and what to tell of its protection."""
    kind, asked = arguments.placement_type, searches.question.filters.local_authority
    prices = mean_prices(knowledge, asked, known_day(knowledge))
    pairs = searches.pairs()
    every = displacements(
        pairs["otherwise"],
        pairs["otherwise_now"],
        searches.secured(),
        prices,
        searches.years,
    )
    instead = tuple(item for item in every if kind in (None, item.sought))
    of_kind = searches.seeking(kind)
    total, told = total_of(of_kind)
    beside = region_of(asked[0], knowledge.gazetteer) if asked else None
    changes = {
        "total": total,
        "types": _with_costs(_only(searches.types(), kind), instead),
        "displacements": instead,
        "in_homes_for_want_of_fostering": next(filter(_for_want, every), None),
        "grouped": tuple(grouped_by(of_kind, by) for by in _groupings(arguments)),
        "refusals": refusals_of(of_kind),
        "beside": beside,
        "assumptions": _assumptions(every, prices.assumptions),
    }
    gaps = _stated_gaps(knowledge, asked, kind)
    changes["stated_gaps"] = gaps
    if beside:
        region = authorities_in(beside, knowledge.gazetteer)
        changes["beside_types"] = _only(searches.of(region).types(), kind)
    return empty.model_copy(update=changes), told


def _only(
    types: tuple[TypeSufficiency, ...], kind: PlacementType | None
) -> tuple[TypeSufficiency, ...]:
    return tuple(row for row in types if kind in (None, row.placement_type))


def _groupings(
    arguments: AnalyseSufficiencyArguments,
) -> tuple[tuple[Dimension, ...], ...]:
    """The groupings asked for; else by need, by age and, of several, by authority."""
    if arguments.groupings:
        return (arguments.groupings,)
    usual = ((Dimension.NEED,), (Dimension.AGE_BAND,))
    return (
        usual if arguments.local_authority else (*usual, (Dimension.LOCAL_AUTHORITY,))
    )


def _for_want(item: Displacement) -> bool:
    wanted = (PlacementType.FOSTERING, PlacementType.RESIDENTIAL)
    return (item.sought, item.secured) == wanted


def _assumptions(
    instead: tuple[Displacement, ...], prices: tuple[Assumption, ...]
) -> tuple[Assumption, ...]:
    return (*prices, WEEKS, BED_YEARS) if instead else ()


def _with_costs(
    types: tuple[TypeSufficiency, ...], instead: tuple[Displacement, ...]
) -> tuple[TypeSufficiency, ...]:
    """The types with what a year of those secured otherwise costs, all together."""
    costed = []
    for row in types:
        costs = [
            item.cost_a_year
            for item in instead
            if item.sought == row.placement_type and item.cost_a_year.value is not None
        ]
        if costs:
            value = sum(cost.value or 0 for cost in costs)
            within = sum(cost.within or 0 for cost in costs)
            value = three_figures(value) if within else value
            row = row.model_copy(
                update={"cost_a_year": Shown(value=value, within=within)}
            )
        costed.append(row)
    return tuple(costed)


def _result(
    found: Sufficiency,
    arguments: AnalyseSufficiencyArguments,
    knowledge: Knowledge,
    protection: tuple[str, ...],
) -> Result[Sufficiency]:
    mark = invented_mark(knowledge)
    tables = _table_citations(found, arguments, knowledge)
    stated = tuple(_stated_citation(gap, knowledge) for gap in listed_gaps(found))
    return Result(
        data=found,
        citations=(*tables, *stated),
        caveats=(
            *sufficiency_caveats(found),
            *protection,
            *invented_caveats(knowledge),
        ),
        tables=sufficiency_tables(found, mark, first_stated=len(tables)),
        charts=sufficiency_charts(found, mark),
    )


def _stated_gaps(
    knowledge: Knowledge, asked: tuple[str, ...], kind: PlacementType | None
) -> tuple[StatedGap, ...]:
    """Gaps that sufficiency statements state of the authorities and type asked for."""
    from corpus.observations import observations  # deferred: help reads no documents

    return tuple(
        gap
        for gap in observations(knowledge.library).stated_gaps
        if (not asked or gap.local_authority in asked)
        and kind in (None, gap.placement_type)
    )


def _table_citations(
    found: Sufficiency, arguments: AnalyseSufficiencyArguments, knowledge: Knowledge
) -> tuple[Citation, ...]:
    filters = stated_filters(arguments, "group_by")
    referrals = dataset_citation(
        knowledge, "referrals", "placements sought and secured", filters
    )
    if found.years is None:
        return (referrals,)
    offers = dataset_citation(knowledge, "offers", "refusals of searches", filters)
    model = model_citation(
        "Cost of a gap in sufficiency", "analyse_sufficiency", found.assumptions
    )
    return (referrals, offers, model) if found.assumptions else (referrals, offers)


def _stated_citation(gap: StatedGap, knowledge: Knowledge) -> Citation:
    span = gap.span
    document = knowledge.library.get(span.document_id)
    return Citation(
        kind="document",
        title=document_title(document.title, document.invented),
        locator=span.locator,
        quote=span.quote,
        source=document.source,
        document_id=span.document_id,
        start=span.start,
    )


ANALYSE_SUFFICIENCY: Final = Tool(
    name="analyse_sufficiency",
    description=(
        "Placements sought against secured by type, need, age and authority: where the"
        " gaps are, how many children live in homes for want of foster care, why"
        " providers refused, and what the gaps cost a year."
    ),
    arguments=AnalyseSufficiencyArguments,
    run=analyse_sufficiency,
)
