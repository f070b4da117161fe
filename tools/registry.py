"""The registry: every tool by name, and the one way to call one."""

from __future__ import annotations

import difflib
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from corpus.errors import InvalidArguments, UnknownTool
from tools.allowed import Schema, allowed_values
from tools.analyse_sufficiency import ANALYSE_SUFFICIENCY
from tools.base import Knowledge, Result, Tool
from tools.benchmark_price import BENCHMARK_PRICE
from tools.compare_contracts import COMPARE_CONTRACTS
from tools.estimate_delivery_cost import ESTIMATE_DELIVERY_COST
from tools.find_providers import FIND_PROVIDERS
from tools.forecast_demand import FORECAST_DEMAND
from tools.forecast_spend import FORECAST_SPEND
from tools.model_invest_to_save import MODEL_INVEST_TO_SAVE
from tools.provider_outcomes import PROVIDER_OUTCOMES
from tools.provider_profile import PROVIDER_PROFILE
from tools.provider_spend import PROVIDER_SPEND
from tools.search_documents import SEARCH_DOCUMENTS
from tools.summarise_placements import SUMMARISE_PLACEMENTS
from tools.trace_journeys import TRACE_JOURNEYS

TOOLS: Final[dict[str, Tool[Any, Any]]] = {
    tool.name: tool
    for tool in (
        FIND_PROVIDERS,
        PROVIDER_PROFILE,
        PROVIDER_OUTCOMES,
        PROVIDER_SPEND,
        SUMMARISE_PLACEMENTS,
        ANALYSE_SUFFICIENCY,
        TRACE_JOURNEYS,
        BENCHMARK_PRICE,
        SEARCH_DOCUMENTS,
        COMPARE_CONTRACTS,
        ESTIMATE_DELIVERY_COST,
        MODEL_INVEST_TO_SAVE,
        FORECAST_SPEND,
        FORECAST_DEMAND,
    )
}
"""Every tool, in the order in which they are listed."""

_LONGEST_VALUE: Final = 100
"""Characters of a refused value that a message repeats."""


def tool_named(name: str) -> Tool[Any, Any]:
    """The tool of that name.

    Raises:
        UnknownTool: with the nearest names.
    """
    if name in TOOLS:
        return TOOLS[name]
    nearest = difflib.get_close_matches(name, TOOLS, n=1)
    hint = f"Did you mean {nearest[0]}?" if nearest else ""
    raise UnknownTool(
        f"There is no tool {name!r}.",
        f"{hint} The tools are {', '.join(TOOLS)}.".strip(),
    )


def call_tool(
    name: str, arguments: dict[str, Any], knowledge: Knowledge
) -> Result[BaseModel]:
    """Check the arguments, then run the tool.

    Raises:
        UnknownTool: where no tool bears the name.
        InvalidArguments: naming each argument that does not fit.
    """
    tool = tool_named(name)
    try:
        checked = tool.arguments.model_validate(arguments)
    except ValidationError as error:
        told = dict.fromkeys(_complaint(each, tool.schema()) for each in error.errors())
        raise InvalidArguments(
            f"{name}: {'; '.join(told)}.",
            f"See `placements tools --json` for the schema of {name}.",
        ) from error
    result: Result[BaseModel] = tool.run(checked, knowledge)
    return result


def _complaint(error: Any, schema: Schema) -> str:
    """One validation error in words: which argument, its value, what is allowed."""
    where = ".".join(str(part) for part in error["loc"] if not _is_branch(part))
    if error["type"] == "extra_forbidden":
        return f"there is no argument {where!r}, only {', '.join(schema['properties'])}"
    if not where:
        return str(error["msg"]).removeprefix("Value error, ")
    allowed = allowed_values(schema, str(error["loc"][0]))
    if error["type"] == "missing":
        return f"the argument {where!r} is needed; allowed: {allowed}"
    return f"{where} = {_shortened(error['input'])}; allowed: {allowed}"


def _shortened(value: object) -> str:
    told = repr(value)
    return told if len(told) <= _LONGEST_VALUE else f"{told[:_LONGEST_VALUE]}…"


def _is_branch(part: object) -> bool:
    """Pydantic names the branch of a union in the location; a reader need not know."""
    return isinstance(part, str) and part.startswith(("str", "tuple", "constrained"))
