from __future__ import annotations

from pathlib import Path

from assistant.tool_reference import tool_reference
from tools.registry import TOOLS

REFERENCE = Path(__file__).parents[1] / "docs" / "tools.md"
CONTRACT = {
    "find_providers": "near radius_miles within age ages gender needs placement_type"
    " min_rating max_weekly_price with_vacancy solo siblings same_day local_authority"
    " sort_by limit",
    "provider_profile": "provider",
    "provider_outcomes": "provider placement_type local_authority sort_by limit",
    "provider_spend": "local_authority region placement_type year limit",
    "benchmark_price": "placement_type needs age local_authority route since"
    " weekly_price",
    "estimate_delivery_cost": "placement_type places occupancy staff_per_shift"
    " waking_night_staff sleep_in_staff therapy_hours hourly_rate margin",
    "compare_contracts": "places spot_price block_price occupancy years void_share"
    " annual_uplift",
    "forecast_spend": "local_authority placement_type months annual_uplift scenario",
    "forecast_demand": "local_authority placement_type months",
    "analyse_sufficiency": "local_authority placement_type needs age_from age_to gender"
    " group_by",
    "summarise_placements": "local_authority region placement_type needs age_from"
    " age_to gender min_distance_miles route measure group_by on",
    "trace_journeys": "local_authority placement_type min_weekly_cost min_moves",
    "model_invest_to_save": "scheme children weekly_cost_now weekly_cost_after"
    " set_up_cost take_up years",
    "search_documents": "query kinds local_authority provider since limit",
}
"""Names that other programs depend on."""


def test_reference_in_the_docs_is_what_the_schemas_say() -> None:
    told = "run: placements tools --markdown > docs/tools.md"
    assert REFERENCE.read_text(encoding="utf-8") == tool_reference(), told


def test_every_published_tool_and_argument_is_there() -> None:
    assert set(CONTRACT) <= set(TOOLS)
    for name, arguments in CONTRACT.items():
        assert set(arguments.split()) <= set(TOOLS[name].arguments.model_fields)


def test_every_argument_and_result_is_described() -> None:
    for tool in TOOLS.values():
        assert len(tool.description) > 40
        assert tool.schema()["properties"]
