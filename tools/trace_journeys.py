"""trace_journeys: the placements and moves that lead into high-cost care."""

from __future__ import annotations

from datetime import date
from typing import Final

from pydantic import Field

from corpus.codes import PlacementType
from corpus.disclosure import DISCLOSURE_LINE, Filters, Question, mean_by
from corpus.disclosure.journeys import Destination, Journeys, journeys_to
from corpus.disclosure.spend import held_since
from tools.arguments import Name, WeeklyPrice
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import (
    dataset_citation,
    invented_caveats,
    invented_mark,
    stated_filters,
)
from tools.found_journeys import (
    TracedJourneys,
    journeys_charts,
    journeys_tables,
    traced,
)
from tools.regions import NO_PLACEMENTS_HELD, authorities_held, placing_authorities
from tools.shown import shown

HIGH_COST: Final = 10_000.0
"""Pounds a week from which a placement is high-cost, where nothing is asked for: what
the Local Government Association counted in its survey of 2023."""

NO_COSTS: Final = "No costs are recorded, so that nothing is known of high cost."


class TraceJourneysArguments(Arguments):
    """Where the journeys lead. What is not given does not restrict."""

    local_authority: Name | None = Field(
        None, description="The authority that places and pays."
    )
    placement_type: PlacementType | None = Field(
        None, description="Type of the placement that the journey leads into."
    )
    min_weekly_cost: WeeklyPrice | None = Field(
        None,
        description="Weekly cost of that placement, or more; else £10,000 where no type"
        " is given either, and any cost where one is.",
    )
    min_moves: int | None = Field(
        None, ge=0, le=100, description="Fewest moves on the way."
    )


def trace_journeys(
    arguments: TraceJourneysArguments, knowledge: Knowledge
) -> Result[TracedJourneys]:
    """Trace what came before each child's first placement of the kind asked for.

    Raises:
        UnknownPlace: for an authority that is none.
        NothingLoaded: where no tables are loaded.
    """
    asked = placing_authorities(arguments.local_authority, None, knowledge.gazetteer)
    held = authorities_held(knowledge, "placements", asked)
    destination, assumed = _destination(arguments)
    empty = TracedJourneys(
        authorities=held,
        placement_type=destination.placement_type,
        min_weekly_cost=destination.min_weekly_cost,
        cost_assumed=assumed,
        min_moves=arguments.min_moves or 0,
    )
    if not held:
        return _result(empty, arguments, knowledge, ())
    question = Question(
        knowledge.dataset,
        "placements",
        knowledge.viewer,
        Filters(local_authority=asked),
    )
    if destination.min_weekly_cost is not None and _costs_nothing(question):
        return _result(empty, arguments, knowledge, (NO_COSTS,))
    found = journeys_to(question, destination, empty.min_moves)
    told = found.snapped if found.children.exact else (*found.snapped, DISCLOSURE_LINE)
    return _result(_found(empty, found), arguments, knowledge, told)


def _costs_nothing(question: Question) -> bool:
    """Whether the viewer can tell that no cost is recorded."""
    mean = mean_by(question, "weekly_cost").total
    return mean.exact and mean.value is None


def _destination(arguments: TraceJourneysArguments) -> tuple[Destination, bool]:
    """Where the journeys lead, and whether the cost is the default."""
    kind, cost = arguments.placement_type, arguments.min_weekly_cost
    assumed = kind is None and cost is None
    return Destination(kind, HIGH_COST if assumed else cost), assumed


def _found(empty: TracedJourneys, journeys: Journeys) -> TracedJourneys:
    listed = traced(journeys.journeys)
    return empty.model_copy(
        update={
            "min_weekly_cost": journeys.destination.min_weekly_cost,
            "children": shown(journeys.children),
            "journeys": listed,
            "journeys_withheld": len(journeys.journeys) - len(listed),
            "came_from": traced(journeys.came_from),
            "by_moves": tuple(shown(figure) for _, figure in journeys.by_moves),
            "cost_before": shown(journeys.cost_before),
            "cost_at": shown(journeys.cost_at),
            "moves": shown(journeys.moves),
            "days": shown(journeys.days, digits=0),
        }
    )


def _result(
    found: TracedJourneys,
    arguments: TraceJourneysArguments,
    knowledge: Knowledge,
    protection: tuple[str, ...],
) -> Result[TracedJourneys]:
    mark = invented_mark(knowledge)
    filters = {
        **stated_filters(arguments, "placement_type", "min_weekly_cost"),
        "destination": found.destination,
    }
    since = held_since(knowledge.dataset, knowledge.viewer)
    return Result(
        data=found,
        citations=(
            dataset_citation(
                knowledge, "placements", f"journeys into {found.destination}", filters
            ),
        ),
        caveats=(
            *_caveats(found, since),
            *protection,
            *invented_caveats(knowledge),
        ),
        tables=journeys_tables(found, mark),
        charts=journeys_charts(found, mark),
    )


def _caveats(found: TracedJourneys, since: date | None) -> tuple[str, ...]:
    """What is counted, and what is not known."""
    if not found.authorities:
        return (NO_PLACEMENTS_HELD,)
    told = [
        "A journey is what came before the first such placement of a period of care;"
        " placements of one type in a row are one step, the destination is a step of"
        " its own, and placements for which no provider is sought (with parents, placed"
        " for adoption, in hospital or custody) are moves but no steps.",
        "Costs are weekly (social care, with education and health where recorded), at"
        " the prices of their own years, so that part of a step is inflation.",
    ]
    if found.cost_assumed:
        told.append(
            "No cost or type was given: high-cost means £10,000 a week or more, as in"
            " the Local Government Association's survey of 2023."
        )
    elif found.min_weekly_cost is None:
        told.append("No cost was given, so the destination may have any.")
    if since is not None:
        told.append(
            f"Placements that ended before {since} are not held: of the earlier steps"
            " of a journey, at most the last type before is known."
        )
    if found.journeys_withheld:
        told.append(
            "Sequences that are withheld, for few children, and not listed:"
            f" {found.journeys_withheld:,}."
        )
    return tuple(told)


TRACE_JOURNEYS: Final = Tool(
    name="trace_journeys",
    description=(
        "Journeys into high-cost care: the sequences of placements that lead there, how"
        " many moves they took, where children came from, and the weekly cost at each"
        " step."
    ),
    arguments=TraceJourneysArguments,
    run=trace_journeys,
)
