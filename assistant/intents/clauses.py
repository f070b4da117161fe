"""Several questions in one, taken apart."""

from __future__ import annotations

import re
from typing import Final

_ASKS: Final = (
    r"(?:what|what['’]?s|whats|wats?|who|who['’]?s|whos|whom|whose|which|wich|where|when"
    r"|why|how|is|are|do|does|did|was|were|will|would|could|can|should"
    r"|if|also|please|pls|show|list|find|give|tell|compare|forecast|draft|write)\b"
)
_NUMBERED: Final = re.compile(
    r"(?:^|\s+)(?:\(?[1-9][.)]\s+|(?:First|Second|Third)(?:ly)?[,:]\s+)(?=[A-Za-z])"
)
_BETWEEN: Final = re.compile(
    r"\b(?:between|of|against)\s+what\b[^?!;]*?\s+and\s+what\b", re.IGNORECASE
)
"""Two things compared, which are no two questions."""
_SENTENCE: Final = re.compile(r"(?<=[?!])\s+|(?<=[a-z)\d%][.])\s+(?=[A-Z])|\n+")
_JOINT: Final = re.compile(
    rf"\s*[,;–-]*\s+(?:and|n|&|\+|plus|also|then|but)\s*,?\s+(?:also\s+|then\s+"
    rf"|(?:quite\s+)?separately,?\s+)?(?={_ASKS})|\s*,\s+(?:and\s+)?(?=(?:also|plus)\b)"
    rf"|;\s+(?:and\s+)?(?={_ASKS})",
    re.IGNORECASE,
)
_TELLS: Final = re.compile(
    r"^\W*(?:(?:when|while)\b[^?]*|(?:if|where)\b[^?]*,[^?]*)\.\s*$", re.IGNORECASE
)
"""Opens like a question and tells something: "When I started, it was quieter."."""
_ASKING: Final = re.compile(
    rf"^\W*(?:(?:and|also|so|ok|right|then|plus)\W+)*{_ASKS}|\?\s*$", re.IGNORECASE
)
FEWEST: Final = 3
"""Words of a clause that stands for itself."""


def clauses(question: str) -> tuple[str, ...]:
    """The questions that a question holds, in order; itself where it is one.

    A sentence that asks nothing goes with the next one that does: it tells the case.
    """
    numbered = [part.strip() for part in _NUMBERED.split(question) if part.strip()]
    if len(numbered) > 1 and _NUMBERED.match(question):
        return tuple(numbered)
    found: list[str] = []
    told = ""
    for sentence in _SENTENCE.split(question):
        told = f"{told} {sentence}".strip()
        if _ASKING.search(sentence) and not _TELLS.match(sentence):
            found += _joined(told)
            told = ""
    if not told:
        return tuple(found) or (question,)
    return (*found[:-1], f"{found[-1]} {told}") if found else tuple(_joined(told))


def _joined(sentence: str) -> list[str]:
    """The parts of a sentence that a conjunction and a question word part."""
    if _BETWEEN.search(sentence):
        return [sentence]
    parts: list[str] = []
    for part in _JOINT.split(sentence):
        if parts and min(_length(part), _length(parts[-1])) < FEWEST:
            parts[-1] = f"{parts[-1]} and {part}"
        else:
            parts.append(part.strip())
    return parts


def _length(text: str) -> int:
    return len(re.findall(r"[^\W\d_]+", text))
