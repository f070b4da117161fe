"""What an answer says of its own: its text without what it repeats of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

RUN: Final = 5
"""Words in a row that are taken for a repetition. Fewer are how a fact is stated
("£7,600 a week is high"); our choice."""

_WORD: Final = re.compile(r"[\w£%.,'’-]*\w%?")


def without_echoes(text: str, questions: Sequence[str]) -> str:
    """The text with each run of `RUN` words or more that a question holds taken out.

    Otherwise a figure or phrase of the question would count as found.
    """
    asked = {gram for question in questions for gram in _grams(_words(question))}
    found = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in found]
    dropped: set[int] = set()
    for at, gram in enumerate(_grams(words)):
        if gram in asked:
            dropped.update(range(at, at + RUN))
    pieces, at = [], 0
    for place in sorted(dropped):
        pieces.append(text[at : found[place].start()])
        at = found[place].end()
    return "".join([*pieces, text[at:]])


def _words(text: str) -> list[str]:
    return [match[0].casefold() for match in _WORD.finditer(text)]


def _grams(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
