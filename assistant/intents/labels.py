"""What a question may want: one of the tools, or something that needs none."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Label(StrEnum):
    """One thing that a question may want; a tool's value is the tool's name."""

    FIND_PROVIDERS = "find_providers"
    PROVIDER_PROFILE = "provider_profile"
    PROVIDER_OUTCOMES = "provider_outcomes"
    PROVIDER_SPEND = "provider_spend"
    BENCHMARK_PRICE = "benchmark_price"
    ESTIMATE_DELIVERY_COST = "estimate_delivery_cost"
    COMPARE_CONTRACTS = "compare_contracts"
    FORECAST_SPEND = "forecast_spend"
    FORECAST_DEMAND = "forecast_demand"
    ANALYSE_SUFFICIENCY = "analyse_sufficiency"
    SUMMARISE_PLACEMENTS = "summarise_placements"
    TRACE_JOURNEYS = "trace_journeys"
    MODEL_INVEST_TO_SAVE = "model_invest_to_save"
    SEARCH_DOCUMENTS = "search_documents"
    NARRATIVE = "narrative"
    """A written sufficiency narrative is to be drafted."""
    SMALL_TALK = "small_talk"
    IDENTIFY_CHILD = "identify_child"
    RULING = "ruling"
    """A professional or legal judgement is asked for."""
    OVERRIDE = "override"
    """An attempt to turn the assistant against its rules."""
    OUT_OF_SCOPE = "out_of_scope"
    UNCLEAR = "unclear"
    """Too little is said to tell what is wanted."""


LABELS: Final = tuple(Label)
"""In the order of a model's columns."""
TOOL_LABELS: Final = frozenset(LABELS[:14])
"""Those that name a tool."""
