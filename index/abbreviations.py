"""Abbreviations of the field: either form of one finds the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from corpus.vocabulary import abbreviations
from index.lexical import terms


def other_forms(asked: Sequence[str]) -> list[str]:
    """Terms of the other form of each abbreviation in `asked`, a question's terms.

    "cse" gives those of child sexual exploitation, and these give "cse". The forms are
    those of the vocabulary; terms that the question holds already are left out.
    """
    found: list[str] = []
    for short, words in _forms():
        if short in asked:
            found += words
        elif _stand_in(words, asked):
            found.append(short)
    return [term for term in dict.fromkeys(found) if term not in asked]


@cache
def _forms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Term of each abbreviation, and the terms of its words."""
    pairs = ((terms(short), terms(words)) for short, words in abbreviations().items())
    return tuple((short[0], tuple(words)) for short, words in pairs if short)


def _stand_in(words: tuple[str, ...], asked: Sequence[str]) -> bool:
    """Whether the words stand in the question, side by side and in order."""
    starts = range(len(asked) - len(words) + 1)
    return any(tuple(asked[at : at + len(words)]) == words for at in starts)
