"""One question of a conversation: guards, follow-ups, clauses, tools, documents."""

from __future__ import annotations

import re
from typing import Final

from assistant.answer import ToolCall
from assistant.arguments import arguments_of, read_arguments
from assistant.arguments.statement import Statement
from assistant.conversation import Conversation
from assistant.intents import Label
from assistant.planning.asked_back import completed
from assistant.planning.beside import with_documents
from assistant.planning.calls import plan_tool
from assistant.planning.drafting import (
    asks_for_less,
    asks_to_draft,
    plan_narrative,
)
from assistant.planning.going_on import going_on
from assistant.planning.limits import ONLY_TEXT, declined_order, without_orders
from assistant.planning.plan import Plan, joined, replying
from assistant.planning.wanted import THEIRS, Wanted, told_tool, wanted
from assistant.readers.organisations import read_company, read_unknown_name
from assistant.readers.spelling import mend_words
from assistant.readers.titles import read_title
from assistant.readers.unheld import asks_unheld
from assistant.replies.asking import UNCLEAR
from assistant.replies.limits import LIMITS
from assistant.understanding import understand
from tools.base import Knowledge
from tools.registry import TOOLS

GUARDED: Final = frozenset({"small_talk", "identify_child", "override"})
"""What needs no evidence, whatever is held."""
OWN_DATA: Final = frozenset({
    "summarise_placements", "provider_spend", "analyse_sufficiency",
    "forecast_demand", "forecast_spend", "trace_journeys",
})  # fmt: skip
"""Tools that answer from the authorities' own rows alone."""
_BEYOND: Final = re.compile(
    r"\b(?:in|across|throughout|for|of)\s+(?:the whole of\s+)?"
    r"(?:england|britain|the\s+uk|the\s+country)\b|\bnation(?:ally|wide|al)\b"
    r"|\b(?:english|all)\s+(?:local\s+authorities|councils)\b"
    r"|\b(?:the\s+)?(?:north|east|eastern|north\s+(?:east|west)|south\s+west|west)\s+"
    r"(?:region|midlands)\b|\beast\s+of\s+england\b",
    re.IGNORECASE,
)
_SPENT: Final = re.compile(
    r"\bspent\b|\bdid\b[^?!.]{0,40}\bspend\b|\bspend(?:ing)?\b[^?!.]{0,60}\blast\s+"
    r"(?:financial\s+)?year\b",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(
    r"\b(?:will|shall|forecast\w*|project\w*|predict\w*|expect\w*|next|to\s+come"
    r"|out\s?-?turn|going\s+to|year[\s-]?end)\b",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"\b(?:percentage|per\s*cent|percent|proportion|share)\s+of\b|%\s+of\b",
    re.IGNORECASE,
)
_ASKS_FACT: Final = re.compile(
    r"^\W*(?:(?:by|in|of|for|to|from|with|within|on|at|about|roughly|and)\s+){0,2}"
    r"(?:what|which|who|whose|why|when|where|how)\b|\?\s*$|^\W*(?:average|number)\b",
    re.IGNORECASE,
)
_ITS_COST: Final = re.compile(
    r"\b(?:costs?|costing|price)\b(?=[^?!.]{0,12}(?:\bus\b|\bit\b|\bthem\b|\bthat\b|[?.!]|$))"
    r"|\b(?:it|that|this)\s+cost",
    re.IGNORECASE,
)
"""Asks what a shortage costs, which is told with where it is."""
_ABOUT_A_NAME: Final = re.compile(
    r"\b(?:everything|held|whose|details?|profile|any\s+good|good|like|heard|know|used|use|tell|about|why\s+not|info\w*|got\s+on"
    r"|rat(?:e|ed)|recommend|reputation|called|named)\b",
    re.IGNORECASE,
)
_OF_CHILDREN: Final = re.compile(
    r"\b(?:child|children|kids?|boys?|girls?|lads?|son|daughter|baby|young|youngsters?"
    r"|pupils?|residents?|who\s+lives?|names?\s+of)\b",
    re.IGNORECASE,
)
GUIDANCE: Final = ("report", "other")
"""Kinds of document that guidance is kept as."""


def plan(question: str, conversation: Conversation, knowledge: Knowledge) -> Plan:
    """What to do about `question`, after the earlier answers of the conversation.

    Without tables every question goes to the documents.
    """
    asked, mended = _spelt(completed(question, conversation, knowledge), knowledge)
    left = without_orders(asked, knowledge)
    if left is None:
        return declined_order()
    made = _of_clauses(left, conversation, knowledge)
    calls = made.calls
    if made.reply is None and made.held_against is None:
        calls = with_documents(calls, made.asked or left, knowledge)
    notes = (*mended, ONLY_TEXT) if left != asked else mended
    meant = made.asked or (left if left != question else "")
    return made.model_copy(update={"calls": calls, "asked": meant}).noting(*notes)


def _spelt(question: str, knowledge: Knowledge) -> tuple[str, tuple[str, ...]]:
    """The question written out and spelt right but for the name in it, and what is to
    be said of that.
    """
    name = Statement.of(question, knowledge).name
    start, end = (name.start, name.end) if name else (len(question), len(question))
    before = mend_words(question[:start], knowledge.gazetteer)
    after = mend_words(question[end:], knowledge.gazetteer)
    changes = (*before.changes, *after.changes)
    notes = tuple(f"read {old!r} as {new}" for old, new in changes)
    return before.text + question[start:end] + after.text, notes


def _of_clauses(
    question: str, conversation: Conversation, knowledge: Knowledge
) -> Plan:
    """The plan of each question in it; a later one may go on from one before."""
    if asks_to_draft(question, knowledge):
        return plan_narrative(question, knowledge)
    follows = _going_on(question, conversation, knowledge)
    if follows is not None:
        return follows
    read = understand(question, knowledge.gazetteer)
    plans, context = list[Plan](), conversation
    for each in _told_apart(question, wanted(question, read, knowledge), knowledge):
        told = f"and {each.text}" if THEIRS.search(each.text) else each.text
        made = _going_on(told, context, knowledge) if plans else None
        made = made or _of_label(each.label, each.text, knowledge)
        plans.append(made)
        context = context.after(each.text, made.calls)
    return joined(plans)


def _told_apart(
    question: str, parts: tuple[Wanted, ...], knowledge: Knowledge
) -> tuple[Wanted, ...]:
    """The parts; the whole question as one where all want one tool and state nothing
    of it that differs: "we pay £5,500 spot and are offered a block at £4,900".

    What a shortage costs is answered with where it is.
    """
    if parts[0].label is Label.ANALYSE_SUFFICIENCY:
        later = (part for part in parts[1:] if not _ITS_COST.search(part.text))
        parts = (parts[0], *later)
    labels = {part.label for part in parts}
    (label,) = labels if len(labels) == 1 else (None,)
    if label is None or len(parts) < 2 or label not in TOOLS:
        return parts
    read = [read_arguments(label, part.text, knowledge).arguments for part in parts]
    for name in {name for each in read for name in each} - {"query"}:
        values = [each[name] for each in read if name in each]
        if any(value != values[0] for value in values) and name != "group_by":
            return parts
    return (Wanted(text=question, label=label),)


def _going_on(
    question: str, conversation: Conversation, knowledge: Knowledge
) -> Plan | None:
    if knowledge.dataset.kind is None:
        return None
    return going_on(question, conversation, knowledge)


def _of_label(label: str, question: str, knowledge: Knowledge) -> Plan:
    if label in ("identify_child", "override") and _names_a_company(
        question, knowledge
    ):
        label = "provider_profile"  # a company is no child, held or not
    if label == "narrative" and not asks_for_less(question):
        return plan_narrative(question, knowledge)
    if label == "narrative":
        label = told_tool(question) or "unclear"
    if label == "ruling":
        return _ruling(question, knowledge)
    if knowledge.dataset.kind is None and label not in GUARDED:
        label = "search_documents"
    if label not in LIMITS and read_title(question, knowledge.library.summaries()):
        arguments = {
            "query": question
        }  # a document held is named, whatever its subject
        return Plan(calls=(ToolCall(name="search_documents", arguments=arguments),))
    made = _of_tool(label, question, knowledge)
    return made if label in GUARDED else _unless_documents(made, question, knowledge)


def _of_tool(label: str, question: str, knowledge: Knowledge) -> Plan:
    if asks_unheld(label, question):
        arguments = arguments_of("search_documents", question, knowledge)
        return Plan(calls=(ToolCall(name="search_documents", arguments=arguments),))
    if label in ("out_of_scope", "unclear") and _names_a_stranger(question, knowledge):
        label = "provider_profile"
    past = _SPENT.search(question) and not _TO_COME.search(question)
    if past and label in ("forecast_spend", "unclear"):
        label = "provider_spend"  # what was spent is known, and no forecast
    for limit, reply in LIMITS.items():
        if label == limit:
            return replying(reply)
    if label not in TOOLS:
        return replying(UNCLEAR)
    if label in OWN_DATA and _BEYOND.search(question) and knowledge.library.summaries():
        arguments = {"query": question}  # the tables hold a region, not the country
        return Plan(calls=(ToolCall(name="search_documents", arguments=arguments),))
    read = understand(question, knowledge.gazetteer)
    made = plan_tool(label, question, read, knowledge)
    if _SHARE.search(question) and any(_counts(call) for call in made.calls):
        arguments = {"query": question}  # a count is no share
        return Plan(calls=(ToolCall(name="search_documents", arguments=arguments),))
    return made


def _names_a_stranger(question: str, knowledge: Knowledge) -> bool:
    """Whether it asks about somebody by a name that is not held: "is Oakfield any
    good?". That is said, with the names that are like it.
    """
    if knowledge.dataset.kind is None:
        return False
    statement = Statement.of(question, knowledge)
    if statement.name is None and read_company(statement.text):
        return True
    if not _ABOUT_A_NAME.search(question):
        return False
    gazetteer = knowledge.gazetteer
    return bool(statement.name or read_unknown_name(statement.text, gazetteer))


def _names_a_company(question: str, knowledge: Knowledge) -> bool:
    """Whether a company is named, and nobody's child is spoken of."""
    return bool(read_company(question)) and not _OF_CHILDREN.search(question)


def _counts(call: ToolCall) -> bool:
    return call.arguments.get("measure") == "count" and not call.arguments.get(
        "group_by"
    )


def _unless_documents(made: Plan, question: str, knowledge: Knowledge) -> Plan:
    """Before a question for a fact is asked back or turned away, real documents are
    asked: they may speak of what no tool does.
    """
    turned_away = made.reply is not None and not made.calls
    held = any(not one.invented for one in knowledge.library.summaries())
    if not (turned_away and held and _ASKS_FACT.search(question)):
        return made
    call = ToolCall(name="search_documents", arguments={"query": question})
    return made.model_copy(update={"calls": (call,), "unless_documents": True})


def _ruling(question: str, knowledge: Knowledge) -> Plan:
    """Declined, with the guidance that is held beside it."""
    held = {summary.kind for summary in knowledge.library.summaries()}
    kinds = [kind for kind in GUIDANCE if kind in held]
    if not kinds:
        return replying(LIMITS["ruling"])
    arguments = {"query": question, "kinds": kinds}
    call = ToolCall(name="search_documents", arguments=arguments)
    return Plan(calls=(call,), reply=LIMITS["ruling"])
