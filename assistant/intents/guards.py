"""Rules that come before the learned intent: few, and right where they speak."""

from __future__ import annotations

import re
from typing import Final

from assistant.intents.labels import Label


def _pattern(*alternatives: str) -> re.Pattern[str]:
    """A pattern of which any alternative may match, whatever its case."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


_GREETING: Final = (
    r"hi|hiya|hello|hey|good (?:morning|afternoon|evening)|morning|thanks?|thank you"
    r"|thx|cheers|bye|goodbye|who are you|what are you|what (?:can|do) you do|help"
    r"|how (?:can|do) you help"
)
_SMALL_TALK: Final = _pattern(
    rf"^\W*(?:{_GREETING})"
    r"(?:\s+(?:there|you|very much|a lot|so much|for your help|me|all|again))*\W*$"
)
# the child itself: children's homes are no children
_CHILD: Final = (
    r"(?:child(?:ren)?|boy|girl|young person|residents?|siblings?|yp|kid)\b(?!['’])"
)
_IDENTIFY: Final = _pattern(
    r"\b(?:names?|address|surname|date of birth|dob|identity|nhs number)\b"
    rf"[^.?]{{0,40}}\b{_CHILD}",
    rf"\bidentify (?:(?:the|this|that|a|any|each) )?{_CHILD}",
    r"\bwho is (?:child|yp|young person) [a-z]\b",
    r"\b(?:his|her) (?:full|real|first|last) names?\b",
    r"\bwho(?:['’]?s| is) the (?:\d{1,2}[\s-]*(?:y(?:ea)?rs?[\s-]*old|yo)"
    r"|boy|girl|lad|child|kid|young person)\b(?!['’])",
    r"\bwhich (?:child|boy|girl|young person|resident|sibling|yp|kid)\b(?!['’])",
    r"\b(?:what|wat)(?:['’]?s| is| are| was) (?:his|her)\s+"
    r"(?:(?:real|full|first|last) )?(?:names?|surname|address|date of birth|dob)\b",
    r"\b(?:what|which) (?:school|address|street) (?:is|does|did|was) (?:he|she)\b",
    r"\bwhere (?:does|is) (?:child|young person) [a-z]\b",
    r"\b(?:their|his|her|the child(?:ren)?['’]s?) initials\b",
    r"\binitials (?:will|would) do\b",
    r"\bwho are (?:the|these|those) (?:\w+ )?(?:children|kids|girls|boys)\b",
)
_RULING: Final = _pattern(
    r"\bshould (?:i|we) (?:place|move|remove|refuse|agree|accept|apply|tell the)\b",
    r"\bis it (?:lawful|legal|illegal|safe) (?:to|for|if)\b",
    r"\bare we (?:allowed|legally)\b",
    r"\bwould (?:a|the) (?:court|judge)\b",
    r"\bthreshold is met\b",
    r"\bis (?:he|she) safe (?:in|at|with|there)\b",
)
_OVERRIDE: Final = _pattern(
    r"\b(?:ignore|disregard|forget|override)\b[^.?!]{0,40}"
    r"\b(?:instructions?|rules?|prompt|guard\w*|guidelines|checks?)\b",
    r"\byou are now\b",
    r"\bsystem prompt\b",
    r"\bjailbreak\b",
)


def guarded(question: str) -> Label | None:
    """What a rule says that the question is; None where no rule speaks."""
    if _OVERRIDE.search(question):
        return Label.OVERRIDE
    if _IDENTIFY.search(question):
        return Label.IDENTIFY_CHILD
    if _SMALL_TALK.match(question):
        return Label.SMALL_TALK
    return Label.RULING if _RULING.search(question) else None
