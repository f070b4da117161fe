"""A reply to a question that was asked back, made the whole question that it means."""

from __future__ import annotations

import re
from typing import Final

from assistant.conversation import Conversation
from assistant.intent import read_intent
from assistant.planning.wanted import told_tool
from assistant.understanding import understand
from corpus.text import comparable_name
from tools.base import Knowledge

_PICKS: Final = re.compile(
    r"^\W*(?:(?:the|number|no\.?|option)\s*)*(?P<which>1|2|3|4|first|second|third|fourth"
    r"|one|two|three|four|1st|2nd|3rd|4th)(?:\s+(?:one|please|option))*\W*$",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    word: number
    for number, words in enumerate(
        ("1 first one 1st", "2 second two 2nd", "3 third three 3rd",
         "4 fourth four 4th")
    )
    for word in words.split()
}  # fmt: skip
LONGEST_PICK: Final = 6
"""Words of a reply that may pick a choice by a part of it."""
_AFRESH: Final = re.compile(
    r"\b(?:what|which|who|how|where|when|why|show|find|list|tell|compare|thanks?|hello"
    r"|forget|never\s*mind)\b",
    re.IGNORECASE,
)


def completed(question: str, conversation: Conversation, knowledge: Knowledge) -> str:
    """The question as it is meant where the last answer asked something back: the
    choice that it picks, or the earlier question with what it adds.
    """
    last = conversation.last
    if last is None or last.status != "needs_clarification" or last.tool_calls:
        return question
    if chosen := _picked(question, last.suggestions):
        return chosen
    told, before = told_tool(question), told_tool(last.question)
    seeks = read_intent(understand(last.question, knowledge.gazetteer))
    if _AFRESH.search(question) or (told and told != before):
        return question
    if not before and seeks != "find_providers":
        return question
    return f"{last.question.rstrip(' ?.!')}: {question}"


def _picked(question: str, choices: tuple[str, ...]) -> str | None:
    """The choice that is picked by its number, or by words that it alone holds."""
    if question in choices:
        return question
    if match := _PICKS.match(question):
        at = _NUMBERS[match["which"].casefold()]
        return choices[at] if at < len(choices) else None
    words = comparable_name(question)
    if not words or len(words.split()) > LONGEST_PICK:
        return None
    held = [choice for choice in choices if words in comparable_name(choice)]
    return held[0] if len(held) == 1 else None
