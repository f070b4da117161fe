"""Guards before any tool: what is declined, and orders that are only text."""

from __future__ import annotations

import re
from typing import Final

from assistant.intent import read_intent
from assistant.planning.plan import Plan
from assistant.planning.wanted import told_tool
from assistant.replies.limits import LIMITS
from assistant.understanding import understand
from tools.base import Knowledge

_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?\n]*")
ONLY_TEXT: Final = "words that give me orders are read as text only"


def without_orders(question: str, knowledge: Knowledge) -> str | None:
    """The question without sentences that give the assistant orders; None where
    nothing that can be answered is left, the question itself where it has none.
    """
    sentences = _SENTENCE.findall(question)
    gazetteer = knowledge.gazetteer
    kept = [s for s in sentences if _intent(s, knowledge) != "override"]
    left = "".join(kept).strip()
    if len(kept) == len(sentences):
        return question
    seeks = left and read_intent(understand(left, gazetteer)) == "find_providers"
    return left if left and (told_tool(left) or seeks) else None


def _intent(sentence: str, knowledge: Knowledge) -> str:
    return read_intent(understand(sentence, knowledge.gazetteer))


def declined_order() -> Plan:
    """What is said to an order and nothing else."""
    return Plan(reply=LIMITS["override"])
