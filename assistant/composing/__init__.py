"""Drafts composed from what tools found: templates for figures, quotations."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from assistant.composing.contracts import compose_compare_contracts
from assistant.composing.delivery import compose_estimate_delivery_cost
from assistant.composing.documents import compose_search_documents
from assistant.composing.forecasts import (
    compose_forecast_demand,
    compose_forecast_spend,
)
from assistant.composing.journeys import compose_trace_journeys
from assistant.composing.outcomes import compose_provider_outcomes
from assistant.composing.part import Part
from assistant.composing.prices import compose_benchmark_price
from assistant.composing.profiles import compose_provider_profile
from assistant.composing.providers import compose_find_providers
from assistant.composing.schemes import compose_model_invest_to_save
from assistant.composing.spending import compose_provider_spend
from assistant.composing.sufficiency import compose_analyse_sufficiency
from assistant.composing.summaries import compose_summarise_placements
from assistant.composing.wording import asks, day, marks
from assistant.draft import Draft
from assistant.ledger import Entry, Ledger
from tools.search_documents import is_invented

DOCUMENTS: Final = "search_documents"

_COMPOSERS: Final[dict[str, Callable[[str, Entry, Ledger], Part]]] = {
    "find_providers": compose_find_providers,
    "provider_profile": compose_provider_profile,
    "provider_outcomes": compose_provider_outcomes,
    "provider_spend": compose_provider_spend,
    "summarise_placements": compose_summarise_placements,
    "analyse_sufficiency": compose_analyse_sufficiency,
    "trace_journeys": compose_trace_journeys,
    "benchmark_price": compose_benchmark_price,
    DOCUMENTS: compose_search_documents,
    "compare_contracts": compose_compare_contracts,
    "estimate_delivery_cost": compose_estimate_delivery_cost,
    "model_invest_to_save": compose_model_invest_to_save,
    "forecast_spend": compose_forecast_spend,
    "forecast_demand": compose_forecast_demand,
}
_TOPICS: Final = {
    "find_providers": "homes",
    "provider_profile": "the provider",
    "provider_outcomes": "outcomes",
    "provider_spend": "who the money goes to",
    "summarise_placements": "placements",
    "analyse_sufficiency": "sought and secured",
    "trace_journeys": "journeys",
    "benchmark_price": "prices paid",
    "compare_contracts": "contracts",
    "estimate_delivery_cost": "cost of delivery",
    "model_invest_to_save": "invest to save",
    "forecast_spend": "spend to come",
    "forecast_demand": "children to come",
    DOCUMENTS: "documents",
}
"""What each tool's part is called, where an answer has several."""
MOST_SUGGESTIONS: Final = 3
_FIGURE_FIRST: Final = re.compile(r"\*\*[^*\n]*\*\* \[(?P<marker>\d+)\]")
_RELATIVE: Final = (
    r"(?:last|this|next|past|current|coming) (?:year|month|quarter|week|\w+ (?:years|months))",  # noqa: E501
    "recent", "today", "so far", r"\w+ (?:years|months) ago", "right now", "currently",
)  # fmt: skip


def compose(question: str, ledger: Ledger) -> Draft:
    """The draft of an answer from every call of the ledger: data first, then documents.

    Documents that answer nothing are left out beside data, unless they were asked a
    question of their own; data that answers nothing comes after documents that do.
    """
    data = [entry for entry in ledger.entries if entry.call.name != DOCUMENTS]
    documents = [entry for entry in ledger.entries if entry.call.name == DOCUMENTS]
    told = [(entry, composed(question, entry, ledger)) for entry in data]
    read = [
        part
        for entry in documents
        if (part := _read(question, entry, ledger)).status == "answered"
        or not data
        or not _beside_data(question, entry, ledger)
    ]
    parts = [part for _, part in told]
    blocks = _led(told)
    invented = ledger.knowledge.dataset.kind == "demonstration"
    if invented and any(_leads_with_real_figure(part, ledger) for part in read):
        blocks = [*(part.text for part in _answering(read)), *_beside(blocks)]
    elif any(part.status == "answered" for part in parts):
        blocks += [f"What documents say:\n\n{part.text}" for part in read]
    else:
        blocks = [*(part.text for part in _answering(read)), *blocks]
    dated = _dated(question, data, ledger)
    return Draft(
        status=_status([*parts, *read]),
        text="\n\n".join([*blocks, *dated]),
        suggestions=_suggestions([*parts, *read]),
    )


def _leads_with_real_figure(part: Part, ledger: Ledger) -> bool:
    """Whether documents answer with a figure, in bold, of one that is not invented."""
    first = _FIGURE_FIRST.match(part.text) if part.status == "answered" else None
    source = ledger.citation(int(first["marker"])) if first else None
    return source is not None and not is_invented(source)


def _beside(blocks: list[str]) -> list[str]:
    """The data's own part after a real document's figure, under its lead."""
    return ["In the demonstration's invented data:", *blocks] if blocks else []


def _searched(question: str, entry: Entry) -> str:
    """What the documents were asked: of several questions, the one for them."""
    return str(entry.call.arguments.get("query") or question)


def _read(question: str, entry: Entry, ledger: Ledger) -> Part:
    """What documents say to the question that they were asked."""
    beside = _beside_data(question, entry, ledger)
    return compose_search_documents(
        _searched(question, entry), entry, ledger, beside=beside
    )


def _beside_data(question: str, entry: Entry, ledger: Ledger) -> bool:
    """Whether data was asked the same question, which names no documents itself."""
    same = _searched(question, entry).startswith(question)
    data = any(other.call.name != DOCUMENTS for other in ledger.entries)
    return same and data and "kinds" not in entry.call.arguments


def _answering(read: list[Part]) -> list[Part]:
    """The parts that answer; else the first, which says that nothing does."""
    return [part for part in read if part.status == "answered"] or read[:1]


def composed(question: str, entry: Entry, ledger: Ledger) -> Part:
    """The part of an answer that one call gives."""
    composer = _COMPOSERS.get(entry.call.name, _shown)
    return composer(question, entry, ledger)


def topic_of(tool: str) -> str:
    """What a tool's part is about, in words."""
    return _TOPICS.get(tool, tool.replace("_", " "))


def _shown(question: str, entry: Entry, ledger: Ledger) -> Part:
    """For a tool without a template: its tables stand for themselves."""
    titles = [table.title for table in entry.result.tables]
    if not titles:
        return Part(
            status="not_in_evidence",
            lead=f"**Nothing is held of what was asked** {marks(entry)}.",
        )
    return Part(
        status="answered",
        lead=f"**The figures are in the table** “{titles[0]}” {marks(entry)}.",
    )


def _led(told: list[tuple[Entry, Part]]) -> list[str]:
    """Each part's text; of several, under a short lead that tells them apart."""
    if len(told) < 2:
        return [part.text for _, part in told]
    return [f"*On {_topic(entry, told)}*\n\n{part.text}" for entry, part in told]


def _topic(entry: Entry, told: list[tuple[Entry, Part]]) -> str:
    """The tool's topic; of several calls of one tool, with what this one asks."""
    topic = topic_of(entry.call.name)
    same = [e.call.arguments for e, _ in told if e.call.name == entry.call.name]
    differing = [
        _spoken(value)
        for name, value in entry.call.arguments.items()
        if any(other.get(name) != value for other in same)
    ]
    return f"{topic}: {', '.join(differing)}" if differing else topic


def _spoken(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " and ".join(map(_spoken, value))
    return str(value).replace("_", " ")


def _status(parts: list[Part]) -> Any:
    """Answered where any part is; else as the first part says."""
    statuses = [part.status for part in parts]
    return "answered" if "answered" in statuses else statuses[0]


def _suggestions(parts: list[Part]) -> tuple[str, ...]:
    """The first of each part, then the second: a few in all."""
    offered = [part.suggestions for part in parts]
    longest = max(map(len, offered), default=0)
    turns = [each[at] for at in range(longest) for each in offered if at < len(each)]
    return tuple(dict.fromkeys(turns))[:MOST_SUGGESTIONS]


def _dated(question: str, data: list[Entry], ledger: Ledger) -> list[str]:
    """From which day relative dates count, where the question has any."""
    if not data or not asks(question, *_RELATIVE):
        return []
    held = ledger.knowledge
    own = held.as_at == held.dataset.as_at
    which = "the day to which the data speaks" if own else "as asked"
    return [f"Dates count from {day(held.as_at)}, {which} {marks(data[0])}."]


__all__ = ["compose", "composed", "topic_of"]
