"""How long each tool takes, beside a plain group-by of the same placements."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from corpus.disclosure import visible_rows
from corpus.models import Frozen
from corpus.viewer import Viewer

if TYPE_CHECKING:
    from corpus.dataset import Dataset
    from tools.base import Knowledge

Calls = tuple[dict[str, Any], ...]

CALLS: Final[Mapping[str, Calls]] = {
    "find_providers": (
        {"near": "Maidstone", "age": 14, "gender": "male", "needs": ["cse"]},
        {"near": "Guildford", "placement_type": "fostering", "siblings": 3, "age": 8},
        {"local_authority": "Surrey", "placement_type": "residential", "age": 12},
        {"near": "Reading", "with_vacancy": True, "age": 9, "sort_by": "price"},
    ),
    "provider_profile": (),
    "provider_outcomes": (
        {"placement_type": "residential"},
        {"local_authority": "Kent"},
        {"placement_type": "fostering", "sort_by": "stay"},
        {"placement_type": "supported_accommodation", "local_authority": "Surrey"},
    ),
    "provider_spend": (
        {"year": "2024/25"},
        {"local_authority": "Kent"},
        {"placement_type": "fostering", "year": "2023/24"},
        {"local_authority": "Surrey", "placement_type": "residential"},
    ),
    "summarise_placements": (
        {"measure": "count", "group_by": "age_band"},
        {"measure": "average_weekly_cost", "group_by": "placement_type"},
        {"measure": "count", "local_authority": "Kent", "group_by": "quarter"},
        {"measure": "median_distance", "placement_type": "residential"},
    ),
    "analyse_sufficiency": (
        {"local_authority": "Kent"},
        {"placement_type": "residential", "group_by": "need"},
        {"age_from": 16, "age_to": 17},
        {"local_authority": "Surrey", "needs": ["cse"]},
    ),
    "trace_journeys": (
        {"local_authority": "Kent"},
        {"min_weekly_cost": 8000},
        {"placement_type": "secure"},
        {"placement_type": "residential", "min_moves": 2},
    ),
    "benchmark_price": (
        {"placement_type": "residential", "weekly_price": 6000},
        {"placement_type": "fostering", "age": 12},
        {"placement_type": "residential", "needs": ["cse"], "local_authority": "Kent"},
        {"placement_type": "supported_accommodation", "route": "spot"},
    ),
    "search_documents": (
        {"query": "missing episodes"},
        {"query": "foster carer recruitment", "kinds": ["sufficiency_statement"]},
        {"query": "recommendations on supervision", "kinds": ["reg44"]},
        {"query": "emergency placements", "local_authority": "Kent"},
    ),
    "compare_contracts": (
        {"places": 4, "spot_price": 6000, "block_price": 5000, "occupancy": 0.85},
        {"places": 8, "spot_price": 5500, "block_price": 5200},
        {"places": 3, "spot_price": 7000, "block_price": 6100, "years": 5},
        {"places": 4, "spot_price": 6000, "block_price": 5000, "void_share": 0.5},
    ),
    "estimate_delivery_cost": (
        {"placement_type": "residential", "places": 4},
        {"placement_type": "residential", "places": 3, "occupancy": 0.8},
        {"placement_type": "residential", "places": 2, "waking_night_staff": 1},
        {"placement_type": "residential", "places": 6, "therapy_hours": 10},
    ),
    "model_invest_to_save": (
        {"scheme": "fostering_fee", "children": 20, "weekly_cost_now": 950},
        {"scheme": "step_down", "children": 10, "weekly_cost_now": 6000},
        {"scheme": "in_house_beds", "children": 4, "weekly_cost_now": 6500},
        {"scheme": "step_down", "children": 5, "weekly_cost_now": 7000, "years": 3},
    ),
    "forecast_spend": (
        {"local_authority": "Kent"},
        {"local_authority": "Surrey", "months": 24},
        {"placement_type": "residential"},
        {"local_authority": "Medway", "scenario": "high"},
    ),
    "forecast_demand": (
        {"local_authority": "Kent"},
        {"local_authority": "Surrey", "months": 24},
        {"placement_type": "residential"},
        {"local_authority": "Medway", "placement_type": "fostering"},
    ),
}
"""Calls of each tool, none like another; a profile's and outcomes' name one setting
after another."""

_SETTINGS: Final = 4

EVALUATOR: Final = Viewer(role="evaluator")
"""Reads every row of a demonstration, which is what the times are taken on."""


class ToolTime(Frozen):
    """Seconds that a tool takes with new arguments, where the tables are read."""

    tool: str
    first: float
    """The first call of all."""
    median: float
    slowest: float
    computing: float
    """What the processor spent on a call, at the mean: apart from other programs."""
    beside: float
    """A group-by of the placements, at the median."""

    @property
    def line(self) -> str:
        """The figure as printed."""
        return (
            f"  {self.tool}: median {self.median * 1000:.0f} ms,"
            f" {self.median / self.beside:.1f} of a plain group-by"
            f" ({self.beside * 1000:.0f} ms), {self.computing * 1000:.0f} ms computing;"
            f" slowest {self.slowest * 1000:.0f} ms;"
            f" the first call {self.first * 1000:.0f} ms"
        )


def tool_times(knowledge: Knowledge) -> Iterator[ToolTime]:
    """Time every tool, each call once, after one that has read the tables."""
    from tools.registry import TOOLS, call_tool

    for tool in TOOLS:
        warm, *calls = _calls(tool, knowledge.dataset)
        first = _timed(lambda a=warm, t=tool: call_tool(t, a, knowledge))
        spent = time.process_time()
        times = [_timed(lambda a=a, t=tool: call_tool(t, a, knowledge)) for a in calls]
        spent = time.process_time() - spent
        yield ToolTime(
            tool=tool,
            first=first,
            median=median(times),
            slowest=max(times),
            computing=spent / len(times),
            beside=_plain(knowledge.dataset),
        )


def on_tables(root: Path, large: Path) -> Iterator[str]:
    """The times on the region, and on its enlarged placements, as lines to print."""
    from assistant.engine import Assistant
    from assistant.settings import Settings
    from corpus.data_directory import DataDirectory
    from corpus.dataset import Dataset

    knowledge = Assistant.open(Settings(data_dir=root)).knowledge
    enlarged = replace(knowledge, dataset=Dataset.open(DataDirectory(large)))
    for told, held in (("the region", knowledge), ("a million placements", enlarged)):
        yield f"tools on {told}:"
        yield from (found.line for found in tool_times(held))


def _calls(tool: str, dataset: Dataset) -> Calls:
    rows = visible_rows(dataset, "placements", EVALUATOR)
    urns = rows["urn"].value_counts().index[:_SETTINGS]
    named = tuple({"provider": str(urn)} for urn in urns)
    if tool == "provider_profile":
        return named
    return CALLS[tool] + (named if tool == "provider_outcomes" else ())


def _plain(dataset: Dataset) -> float:
    frame = visible_rows(dataset, "placements", EVALUATOR)
    by = ["placement_type", "local_authority"]
    times = [
        _timed(lambda: frame.groupby(by)["weekly_social_care"].mean()) for _ in range(5)
    ]
    return median(times)


def _timed(run: Any) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started
