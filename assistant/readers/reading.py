"""What a reader gives back, and the number words that several readers share."""

from __future__ import annotations

import re
from typing import Final, Generic, TypeVar

from corpus.models import Frozen

ValueT = TypeVar("ValueT")


class Reading(Frozen, Generic[ValueT]):
    """A value read from a question, and the span that states it."""

    value: ValueT
    start: int
    end: int


_WORDS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen"
    " fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()

NUMBER: Final = rf"(?:\d{{1,3}}|{'|'.join(_WORDS)})"
"""A small whole number, in digits or in words."""


def whole_number(text: str) -> int:
    """The number that a match of `NUMBER` stands for."""
    word = text.casefold()
    return _WORDS.index(word) if word in _WORDS else int(word)


_NEGATION: Final = re.compile(
    r"\b(?:no|not|without|never|nor|(?:is|has|does|are|do)n['’]?t"
    r"|denies|denied|excluding|rather than)\b",
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(
    r"[.;:!?\n]|,(?!\s*(?:or|nor)\b)"
    r"|\b(?:because|due to|but|however|though|although|just|only|and|with)\b",
    re.IGNORECASE,
)


def negated(text: str, start: int) -> bool:
    """Whether what begins at `start` is denied: a negation stands before it in its own
    clause ("no history of fire-setting"), and nothing in between ends the clause.
    """
    before = text[max(0, start - 60) : start]
    cues = [cue.end() for cue in _NEGATION.finditer(before)]
    return bool(cues) and not _CLAUSE_END.search(before, cues[-1])
