"""One question of a conversation: guards, follow-ups, clauses, tools, documents."""

from __future__ import annotations

from typing import Final

from assistant.answer import ToolCall
from assistant.conversation import Conversation
from assistant.planning.asked_back import completed
from assistant.planning.beside import with_documents
from assistant.planning.calls import plan_tool
from assistant.planning.going_on import going_on
from assistant.planning.limits import ONLY_TEXT, declined_order, without_orders
from assistant.planning.plan import Plan, joined, replying
from assistant.planning.wanted import wanted
from assistant.replies.asking import UNCLEAR
from assistant.replies.limits import LIMITS
from assistant.understanding import understand
from tools.base import Knowledge
from tools.registry import TOOLS

GUARDED: Final = frozenset({"small_talk", "identify_child", "override"})
"""What needs no evidence, whatever is held."""
GUIDANCE: Final = ("report", "other")
"""Kinds of document that guidance is kept as."""


def plan(question: str, conversation: Conversation, knowledge: Knowledge) -> Plan:
    """What to do about `question`, after the earlier answers of the conversation.

    Without tables every question goes to the documents.
    """
    asked = completed(question, conversation, knowledge)
    left = without_orders(asked, knowledge)
    if left is None:
        return declined_order()
    made = _of_clauses(left, conversation, knowledge)
    calls = made.calls
    if made.reply is None and made.held_against is None:
        calls = with_documents(calls, made.asked or left, knowledge)
    notes = (ONLY_TEXT,) if left != asked else ()
    meant = made.asked or (left if left != question else "")
    return made.model_copy(update={"calls": calls, "asked": meant}).noting(*notes)


def _of_clauses(
    question: str, conversation: Conversation, knowledge: Knowledge
) -> Plan:
    """The plan of each question in it; a later one may go on from one before."""
    follows = _going_on(question, conversation, knowledge)
    if follows is not None:
        return follows
    read = understand(question, knowledge.gazetteer)
    plans, context = list[Plan](), conversation
    for each in wanted(question, read, knowledge):
        made = _going_on(each.text, context, knowledge) if plans else None
        made = made or _of_label(each.label, each.text, knowledge)
        plans.append(made)
        context = context.after(each.text, made.calls)
    return joined(plans)


def _going_on(
    question: str, conversation: Conversation, knowledge: Knowledge
) -> Plan | None:
    if knowledge.dataset.kind is None:
        return None
    return going_on(question, conversation, knowledge)


def _of_label(label: str, question: str, knowledge: Knowledge) -> Plan:
    if label == "ruling":
        return _ruling(question, knowledge)
    if knowledge.dataset.kind is None and label not in GUARDED:
        label = "search_documents"
    for limit, reply in LIMITS.items():
        if label == limit:
            return replying(reply)
    if label not in TOOLS:
        return replying(UNCLEAR)
    read = understand(question, knowledge.gazetteer)
    return plan_tool(label, question, read, knowledge)


def _ruling(question: str, knowledge: Knowledge) -> Plan:
    """Declined, with the guidance that is held beside it."""
    held = {summary.kind for summary in knowledge.library.summaries()}
    kinds = [kind for kind in GUIDANCE if kind in held]
    if not kinds:
        return replying(LIMITS["ruling"])
    arguments = {"query": question, "kinds": kinds}
    call = ToolCall(name="search_documents", arguments=arguments)
    return Plan(calls=(call,), reply=LIMITS["ruling"])
