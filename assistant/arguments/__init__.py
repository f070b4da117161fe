"""Arguments of a tool as a question states them: canonical, and nothing invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pydantic import ValidationError

from assistant.arguments.documents import read_search_documents
from assistant.arguments.placements import (
    read_analyse_sufficiency,
    read_summarise_placements,
    read_trace_journeys,
)
from assistant.arguments.plans import (
    read_forecast_demand,
    read_forecast_spend,
    read_model_invest_to_save,
)
from assistant.arguments.prices import (
    read_benchmark_price,
    read_compare_contracts,
    read_estimate_delivery_cost,
)
from assistant.arguments.providers import (
    read_find_providers,
    read_provider_outcomes,
    read_provider_profile,
    read_provider_spend,
)
from assistant.arguments.reading import Draft, ReadArguments
from assistant.arguments.statement import Statement
from corpus.errors import UnknownTool
from tools.base import Knowledge
from tools.registry import TOOLS

__all__ = ["ReadArguments", "arguments_of", "read_arguments"]

_READERS: Final[dict[str, Callable[[Draft, Statement], None]]] = {
    "find_providers": read_find_providers,
    "provider_profile": read_provider_profile,
    "provider_outcomes": read_provider_outcomes,
    "provider_spend": read_provider_spend,
    "benchmark_price": read_benchmark_price,
    "estimate_delivery_cost": read_estimate_delivery_cost,
    "compare_contracts": read_compare_contracts,
    "forecast_spend": read_forecast_spend,
    "forecast_demand": read_forecast_demand,
    "analyse_sufficiency": read_analyse_sufficiency,
    "summarise_placements": read_summarise_placements,
    "trace_journeys": read_trace_journeys,
    "model_invest_to_save": read_model_invest_to_save,
    "search_documents": read_search_documents,
}


def arguments_of(tool: str, question: str, knowledge: Knowledge) -> dict[str, Any]:
    """What the question states for that tool; what it leaves to defaults is left out.

    Raises:
        UnknownTool: where no reader is kept for the tool.
    """
    return read_arguments(tool, question, knowledge).arguments


def read_arguments(tool: str, question: str, knowledge: Knowledge) -> ReadArguments:
    """The arguments that the question states, with what is to be said of the reading.

    Raises:
        UnknownTool: where no reader is kept for the tool.
    """
    if tool not in _READERS:
        raise UnknownTool(
            f"No question can be read for {tool!r}.",
            f"The tools are {', '.join(_READERS)}.",
        )
    draft = Draft()
    statement = Statement.of(question, knowledge)
    _READERS[tool](draft, statement)
    if tool != "find_providers":
        draft.notes[:0] = [f"read {old!r} as {new}" for old, new in statement.mended]
    _set_aside_impossible(tool, draft)
    return draft.done()


def _set_aside_impossible(tool: str, draft: Draft) -> None:
    """Leave out values that the tool refuses, and say why."""
    if tool not in TOOLS:
        return
    try:
        TOOLS[tool].arguments.model_validate(draft.arguments)
    except ValidationError as error:
        for each in error.errors():
            _refused(draft, each)


def _refused(draft: Draft, error: Any) -> None:
    """Where it is one argument, leave it out; a missing one is no value to refuse."""
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "missing":
        return
    if not error["loc"]:
        draft.problems.append(message)
        return
    name = str(error["loc"][0])
    value = draft.arguments.pop(name, None)
    if value is not None and name != "group_by":
        said = name.replace("_", " ")
        draft.problems.append(f"{said} {value}: {message[:1].lower()}{message[1:]}")
