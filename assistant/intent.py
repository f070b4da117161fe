"""What a question wants: homes for a child, what documents say, or neither."""

from __future__ import annotations

import re
from typing import Final, Literal

from assistant.intents.guards import guarded
from assistant.intents.labels import Label
from assistant.understanding import Understanding

Intent = Literal[
    "find_providers", "documents", "small_talk", "identify_child", "ruling", "override"
]


def _pattern(*alternatives: str) -> re.Pattern[str]:
    """A pattern of which any alternative may match, whatever its case."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


_NEARBY: Final = r"\b[^.?!]{0,40}\b"  # later in the same sentence
_SEEKS_HOME: Final = _pattern(
    rf"\b(?:(?:which|any|find|list|show){_NEARBY}|what (?:\w+ ){{0,2}})"
    r"(?:providers?|homes?|settings?"
    r"|carers?|agenc(?:y|ies)|places?|placements?|beds?|schools?|accommodation"
    r"|lodgings)\b",
    rf"\b(?:who|anyone|anybody|somewhere|anywhere){_NEARBY}"
    r"(?:tak(?:e|es|ing)|accept|have|has|place|house|accommodate|for)\b",
    rf"\b(?:take|takes|taking|accepts?|accommodates?|admits?){_NEARBY}"
    r"(?:boy|girl|lad|child|year|yo|teen|young|siblings?|males?|females?)",
    r"\b(?:need|needs|looking for|want|require|seeking|searching for)"
    rf"{_NEARBY}(?:placement|home|bed|place|foster|resi|carers?|accommodation"
    r"|provider|somewhere)\b",
    r"\b(?:homes?|providers?|settings?|carers?|placements?|beds?)"
    r"\s+(?:near|nr|in|around|within|close to)\b",
    r"\bvacanc(?:y|ies)\b",
    r"\bplacement (?:for|options?|search)\b",
)
_ASKS_LIST: Final = _pattern(
    rf"\b(?:names?|list) of{_NEARBY}(?:homes|providers|settings|agencies|schools)\b"
)
_ASKS_FACT: Final = _pattern(
    r"\bwhat (?:is|was|were|are|does|did|do|has|have|share|percentage|proportion"
    r"|would)\b",
    r"\bhow (?:many|much|often|long|far|did|does|do|has|have|is|are|was|were)\b",
    r"\b(?:why|when|explain|summari[sz]e|describe|according to|says?|said|reports?"
    r"|average|percentage)\b",
    r"\btell me (?:about|what)\b",
    r"\bwho (?:runs?|ran|owns?|manages?|operates?|leads?|wrote)\b",
    r"\b(?:recommendations?|regulation 44|reg 44|statements? of purpose|strategy"
    r"|sufficiency)\b",
)


_RULED: Final[dict[Label, Intent]] = {
    Label.SMALL_TALK: "small_talk",
    Label.IDENTIFY_CHILD: "identify_child",
    Label.RULING: "ruling",
    Label.OVERRIDE: "override",
}


def read_intent(understanding: Understanding) -> Intent:
    """The one thing that the question wants."""
    if rule := guarded(understanding.question):
        return _RULED[rule]
    return "find_providers" if _provider_weight(understanding) > 1 else "documents"


def _provider_weight(understanding: Understanding) -> int:
    """How much speaks for a search for homes: what describes a child, a wish for a
    home; and against it, the words of a question about facts.
    """
    child = (
        2 * bool(understanding.ages or understanding.age_range)
        + bool(understanding.gender)
        + bool(understanding.siblings)
        + bool(understanding.needs)
    )
    home = bool(understanding.placement_type) + bool(understanding.flags)
    where = bool(understanding.places.spans)
    seeks = 3 if _SEEKS_HOME.search(understanding.question) else 0
    listed = 5 if _ASKS_LIST.search(understanding.question) else 0
    fact = 4 if _ASKS_FACT.search(understanding.question) else 0
    return child + min(home + where, 1) + seeks + listed - fact
