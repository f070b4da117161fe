"""A sufficiency statement asked for: whose, and as which file."""

from __future__ import annotations

import re
from typing import Final

from assistant.arguments import read_arguments
from assistant.draft import NarrativeAsked
from assistant.intents import Label
from assistant.planning.plan import Plan, replying
from assistant.planning.wanted import wanted
from assistant.replies.narrative import ask_whose, say_none_held
from assistant.understanding import understand
from corpus.errors import NothingLoaded
from tools.base import Knowledge
from tools.regions import authorities_held

_DRAFTS: Final = re.compile(
    r"\b(?:(?:re-?)?draft\w*|narrative|narative|narativ|rite|writ\w+|written|prepare\w*|produce"
    r"|compose|generate|put\s+together|words?|docx|document|text|prose|account)\b",
    re.IGNORECASE,
)
"""Words without which nothing is asked to be written."""
_OUTRIGHT: Final = re.compile(
    r"^(?!.*\b(?:what|says?|said)\b)(?!\W*(?:what|which|who|whose|how|when|where|why|did|does|do|is|are|was)\b)"
    r"(?:.*\b)?(?:re-?draft|draft|writ(?:e|ing)|prepare|produce|compose|generate"
    r"|put\s+together)\b(?:\s+(?:up|out|me|us))*\s+(?:(?:the|a|an|our|my|its|this"
    r"|first|new|full|whole|written|draft|of|[\w'’]+['’]s?)\s+){0,5}sufficiency"
    r"\s+(?:statement|narrative|strateg\w+|document|report|plan|needs\s+assessment)\b",
    re.IGNORECASE,
)
"""Asks outright for the whole statement, and not for what is said of one."""
_LESS: Final = re.compile(
    r"\b(?:summary|summarise|letter|e-?mail|list|paragraph|briefing|bullets?|table)\b",
    re.IGNORECASE,
)
"""Asks for something other than the statement, whatever it is about."""
_MARKDOWN: Final = re.compile(r"\bmark\s?down\b|\.md\b", re.IGNORECASE)


def asks_to_draft(question: str, knowledge: Knowledge) -> bool:
    """Whether a whole sufficiency statement is to be written."""
    if _LESS.search(question) or not _DRAFTS.search(question):
        return False
    if _OUTRIGHT.search(question):
        return True
    read = understand(question, knowledge.gazetteer)
    parts = wanted(question, read, knowledge)
    return any(part.label is Label.NARRATIVE for part in parts)


def asks_for_less(question: str) -> bool:
    """Whether what is to be written is no statement, but a list, a letter or such."""
    return bool(_LESS.search(question))


def plan_narrative(question: str, knowledge: Knowledge) -> Plan:
    """The statement to draft; or what is asked back, or why there is nothing to draft
    it from. A council that names nobody means itself."""
    read = read_arguments("analyse_sufficiency", question, knowledge)
    authority = read.arguments.get("local_authority")
    several = read.several.get("local_authority", ())
    authority = None if several else authority or knowledge.viewer.local_authority
    try:
        held = authorities_held(knowledge, "placements", ())
    except NothingLoaded:
        return replying(say_none_held(authority, ()))
    if authority is None:
        return replying(ask_whose(several or held))
    if authority not in held:
        return replying(say_none_held(authority, held))
    suffix = ".md" if _MARKDOWN.search(question) else ".docx"
    asked = NarrativeAsked(local_authority=authority, suffix=suffix)
    return Plan(narrative=asked)
