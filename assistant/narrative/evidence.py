"""The tool calls that a narrative is written from, run through one ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from assistant.ledger import Entry, Ledger
from corpus.disclosure import Dimension
from corpus.errors import PlacementsError
from corpus.models import Frozen
from tools.base import Knowledge
from tools.found_summary import PlacementSummary, SummaryGroup
from tools.regions import region_of

MONTHS_AHEAD: Final = 36
"""How far the forecasts look: the three years of most published statements."""


class Planned(Frozen):
    """One call, and what is being read by it in words."""

    key: str
    told: str
    tool: str
    arguments: dict[str, Any]


def _summary(key: str, told: str, measure: str, by: str) -> Planned:
    arguments = {"measure": measure, "group_by": by}
    return Planned(key=key, told=told, tool="summarise_placements", arguments=arguments)


_CALLS: Final = (
    _summary("children_by_year", "children over the years", "count", "year"),
    _summary("children_by_age", "children by age", "count", "age_band"),
    _summary("children_by_gender", "children by gender", "count", "gender"),
    _summary("children_by_need", "children by need", "count", "need"),
    _summary("children_by_type", "placements by type", "count", "placement_type"),
    _summary("children_by_route", "placements by route", "count", "route"),
    _summary("children_by_grade", "placements by grade", "count", "rating"),
    _summary("outside_by_type", "placements outside the area", "share_out_of_area",
             "placement_type"),
    _summary("outside_by_year", "placements outside the area over the years",
             "share_out_of_area", "year"),
    _summary("far_by_type", "placements far from home", "share_over_20_miles",
             "placement_type"),
    _summary("far_by_year", "placements far from home over the years",
             "share_over_20_miles", "year"),
    _summary("miles_by_type", "distances from home", "median_distance",
             "placement_type"),
    _summary("cost_by_type", "weekly costs", "average_weekly_cost", "placement_type"),
    _summary("cost_by_year", "weekly costs over the years", "average_weekly_cost",
             "year"),
    _summary("total_by_type", "total weekly costs", "total_weekly_cost",
             "placement_type"),
    Planned(key="spend", told="who the money goes to", tool="provider_spend",
            arguments={}),
    Planned(key="prices", told="prices paid for children's homes",
            tool="benchmark_price", arguments={"placement_type": "residential"}),
    Planned(key="journeys", told="journeys into high-cost care",
            tool="trace_journeys", arguments={}),
    Planned(key="homes", told="children's homes in the area and their outcomes",
            tool="provider_outcomes", arguments={"placement_type": "residential"}),
    Planned(key="vacancies", told="vacancies in children's homes",
            tool="find_providers",
            arguments={"placement_type": "residential", "with_vacancy": True}),
    Planned(key="sufficiency", told="placements sought and secured",
            tool="analyse_sufficiency", arguments={}),
    Planned(key="demand", told="children to come", tool="forecast_demand",
            arguments={"months": MONTHS_AHEAD}),
    Planned(key="spend_ahead", told="spend to come", tool="forecast_spend",
            arguments={"months": MONTHS_AHEAD}),
)  # fmt: skip
_REGIONAL: Final = {
    "region_outside": "share_out_of_area",
    "region_far": "share_over_20_miles",
    "region_cost": "average_weekly_cost",
}
"""What is set beside the authority's own: measures of its region, by key."""


def planned_calls(authority: str, knowledge: Knowledge) -> tuple[Planned, ...]:
    """Every call for one authority, in the order in which they run."""
    own = (
        call.model_copy(
            update={"arguments": {"local_authority": authority, **call.arguments}}
        )
        for call in _CALLS
    )
    region = region_of(authority, knowledge.gazetteer)
    beside = (
        Planned(
            key=key,
            told=f"the same of {region}",
            tool="summarise_placements",
            arguments={"region": region, "measure": measure},
        )
        for key, measure in _REGIONAL.items()
    )
    return (*own, *beside)


@dataclass
class Evidence:
    """What the calls found, by key, for the sections to write from."""

    ledger: Ledger
    authority: str
    entries: dict[str, Entry] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    """Why a call found nothing that can be told, by its words."""

    @property
    def knowledge(self) -> Knowledge:
        """What the calls were asked of."""
        return self.ledger.knowledge

    @property
    def own(self) -> bool:
        """Whether the viewer reads the authority's rows whole."""
        viewer = self.knowledge.viewer
        return viewer.role == "evaluator" or viewer.owns(self.authority)

    @property
    def region(self) -> str:
        """The authority's region of England."""
        return region_of(self.authority, self.knowledge.gazetteer)

    def gather(self) -> Iterator[Planned]:
        """Run every call; each is yielded before it runs. A call that cannot be run is
        kept among the missing, since tables of a council may lack a part."""
        for call in planned_calls(self.authority, self.knowledge):
            yield call
            try:
                self.entries[call.key] = self.ledger.run(call.tool, call.arguments)
            except PlacementsError as error:
                self.missing[call.told] = error.message

    def get(self, key: str) -> Entry | None:
        """The entry of a call; None where it could not be run."""
        return self.entries.get(key)

    def data(self, key: str) -> Any:
        """The typed result of a call; None where it could not be run."""
        entry = self.get(key)
        return entry.result.data if entry else None

    def summary(self, key: str) -> PlacementSummary | None:
        """A summary that has a figure to tell; None where there is none."""
        found: PlacementSummary | None = self.data(key)
        told = found is not None and (found.total.value is not None or found.groups)
        return found if told else None

    def groups(self, key: str) -> dict[str, SummaryGroup]:
        """The groups of a summary by their one label; of years, by the year."""
        found = self.summary(key)
        return {group.labels[0]: group for group in found.groups} if found else {}


def is_over_time(found: PlacementSummary) -> bool:
    """Whether the groups of a summary are years."""
    return found.group_by == (Dimension.YEAR,)
