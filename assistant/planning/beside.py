"""Documents asked beside data, where both can answer: data first."""

from __future__ import annotations

from typing import Any, Final

from assistant.answer import ToolCall
from assistant.arguments import arguments_of
from assistant.describing import describe_call
from tools.base import Knowledge

SHORTEST_QUERY: Final = 6
"""Words from which a question can be searched for as it stands; a shorter one, such as
"and in Kent?", is searched for with what it was understood as."""

_ANSWERED_BY_BOTH: Final = frozenset({
    "provider_profile", "provider_outcomes", "provider_spend", "benchmark_price",
    "forecast_demand", "forecast_spend", "analyse_sufficiency", "summarise_placements",
})  # fmt: skip
"""Tools whose questions statements, reports and visits may answer as well."""


def with_documents(
    calls: tuple[ToolCall, ...], question: str, knowledge: Knowledge
) -> tuple[ToolCall, ...]:
    """The calls, and behind them a search in documents where these may answer too."""
    asked = [call for call in calls if call.name in _ANSWERED_BY_BOTH]
    about = _about(asked, knowledge)
    if not asked or about is None or _searches(calls):
        return calls
    arguments = arguments_of("search_documents", question, knowledge) | about
    if len(question.split()) < SHORTEST_QUERY:
        arguments["query"] = f"{question} {describe_call(**asked[0].model_dump())}"
    return (*calls, ToolCall(name="search_documents", arguments=arguments))


def _searches(calls: tuple[ToolCall, ...]) -> bool:
    return any(call.name == "search_documents" for call in calls)


def _about(calls: list[ToolCall], knowledge: Knowledge) -> dict[str, Any] | None:
    """Whose documents: those of the one provider, or else the one authority, that the
    calls name. None where none are held, of the provider or at all.
    """
    held = knowledge.library.summaries()
    providers = {call.arguments.get("provider") for call in calls} - {None}
    authorities = {call.arguments.get("local_authority") for call in calls} - {None}
    if not held or (providers and not providers <= {one.provider for one in held}):
        return None
    if len(providers) == 1:
        return {"provider": providers.pop()}
    if len(authorities) == 1 and authorities <= {one.local_authority for one in held}:
        return {"local_authority": authorities.pop()}
    return {}
