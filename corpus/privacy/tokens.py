"""The words of a text, and which of them stand in names of places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus.privacy.words import names_known

WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word with its inner apostrophes and hyphens."""
_LONGEST_PLACE: Final = 4
"""Words of the longest name of a place."""


@dataclass(frozen=True)
class Word:
    """A word with its place, without a possessive ending."""

    start: int
    end: int
    text: str
    possessive: bool

    @property
    def folded(self) -> str:
        """The word as it is compared."""
        return folded(self.text)

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def folded(word: str) -> str:
    """A word in lower case and without accents; ' for every apostrophe."""
    return _folded(word)


@cache
def _folded(word: str) -> str:
    plain = word.replace("’", "'").replace("ł", "l").replace("Ł", "L")
    apart = unicodedata.normalize("NFKD", plain.replace("ı", "i"))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def read_words(text: str) -> list[Word]:
    """The words of a text in order; "Jayden's" gives Jayden, possessive."""
    found = []
    for match in WORD.finditer(text):
        word, end = match[0], match.end()
        possessive = len(word) > 2 and word[-2] in "'’" and word[-1] in "sS"
        if possessive:
            word, end = word[:-2], end - 2
        found.append(Word(match.start(), end, word, possessive))
    return found


def positions_in_places(words: Sequence[Word]) -> frozenset[int]:
    """Positions of the words of places that have several: "Basingstoke and Deane"."""
    found: set[int] = set()
    for at, word in enumerate(words):
        if word.capital and word.folded in _place_beginnings():
            keys = [one.folded for one in words[at : at + _LONGEST_PLACE]]
            joined = (" ".join(keys[:size]) for size in range(len(keys), 1, -1))
            known = next((key for key in joined if key in names_known().places), "")
            found.update(range(at, at + len(known.split())))
    return frozenset(found)


@cache
def _place_beginnings() -> frozenset[str]:
    """First words of the places that have several."""
    several = (place.split() for place in names_known().places)
    return frozenset(parts[0] for parts in several if len(parts) > 1)
