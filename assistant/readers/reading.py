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


ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen"
    " fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS: Final = {
    **{
        f"{tens}{joint}{ones}": 10 * ten + one
        for ten, tens in enumerate(TENS, start=2)
        for one, ones in enumerate(ONES[1:10], start=1)
        for joint in "- "
    },
    **{word: 10 * ten for ten, word in enumerate(TENS, start=2)},
    **{word: one for one, word in enumerate(ONES)},
}

NUMBER: Final = (
    rf"(?:\d{{1,3}}|(?:{'|'.join(TENS)})[ -](?:{'|'.join(ONES[1:10])})\b"
    rf"|{'|'.join([*ONES[::-1], *TENS])})"
)
"""A small whole number, in digits or in words."""


def whole_number(text: str) -> int:
    """The number that a match of `NUMBER` stands for."""
    word = " ".join(text.casefold().split())
    return _WORDS[word] if word in _WORDS else int(word)


_NEGATION: Final = re.compile(
    r"\b(?:no|not|without|never|nor|(?:is|has|does|are|do)n['’]?t"
    r"|denies|denied|excluding|rather than)\b",
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(
    r"[.;:!?\n]|,(?!\s*(?:or|nor)\b)(?!(?:\s+[\w-]+){1,4}(?:,(?:\s+[\w-]+){1,4})*,?"
    r"\s+(?:or|nor)\b)"
    r"|\b(?:because|due to|but|however|though|although|just|only|and|with)\b",
    re.IGNORECASE,
)


_DENIED_AFTER: Final = re.compile(
    r"\s*[:=–-]\s*(?:none|no|nil|n/a)\b|\s+(?:is|are|was|were)?\s*(?:not|n['’]t)\s+"
    r"(?:an?\s+)?(?:issue|concern|risk|worry|problem|factor|known)"
    r"|\s+(?:isn['’]?t|aren['’]?t|wasn['’]?t)\s+(?:an?\s+)?"
    r"(?:issue|concern|risk|worry|problem|factor)|\s+(?:is\s+|has\s+been\s+)?ruled\s+out"
    r"|(?:['’]s|\s+has|\s+have|\s+is|\s+was)?\s+(?:been\s+|now\s+)?(?:lifted|resolved|discharged|no\s+longer)\b"
    r"|\s*\(?\s*\b(?:no|nil|neg)\b(?=\s*(?:[,;/)]|[.](?!\w)|$))",
    re.IGNORECASE,
)


def negated(text: str, start: int, end: int | None = None) -> bool:
    """Whether what stands from `start` to `end` is denied: a negation before it in its
    own clause ("no history of fire-setting"), or right behind it ("CSE: none").
    """
    cues = [cue.end() for cue in _NEGATION.finditer(text, max(0, start - 60), start)]
    if cues:
        ends = _CLAUSE_END.search(
            text, cues[-1]
        )  # beyond `start`, to see a list's "or"
        if ends is None or ends.start() >= start:
            return True
    return bool(end and _DENIED_AFTER.match(text, end))
