"""How alike invented texts are: the share of sentences that two have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from corpus.sentences import sentences

_NUMBER: Final = re.compile(r"^\d+(\.\d+)*\.? ")
_NOT_PROSE: Final = re.compile(r"^(#|- |\|)")
SHORTEST: Final = 4
"""Words from which on a sentence counts."""


def prose(text: str) -> frozenset[str]:
    """Sentences of a Markdown text that are neither headings, lists nor tables."""
    lines = [line for line in text.split("\n") if not _NOT_PROSE.match(line)]
    body = "\n".join(lines[1:])
    found = (_NUMBER.sub("", body[start:end]) for start, end in sentences(body))
    return frozenset(each for each in found if len(each.split()) >= SHORTEST)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Sentences in common as a share of the shorter text's; 0 where one is empty."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def most_alike(text: frozenset[str], others: Iterable[frozenset[str]]) -> float:
    """Likeness to the most similar of other texts; 0 where there is none."""
    return max((likeness(text, other) for other in others), default=0.0)
