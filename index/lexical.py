"""The lexical arm: BM25 over stemmed words, figures and their spellings."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.extracting.numbers import read_number
from corpus.text import comparable_name

STOP_WORDS: Final = frozenset(
    "a about all also am an and any are as at be because been being but by can"
    " could did do does doing england for from had has have having he her his how i"
    " if in into is it its just many me much my of on or our out over said say says she"
    " should so some such tell tells than that the their them then there these they"
    " this those to too up us was we were what when where which who whom why will with"
    " would you your".split()
)
"""Words that select nothing; England too, which every document here is about."""

_TOKEN: Final = re.compile(
    r"\d+(?:[.,/]\d+)*%?|[^\W\d_]+(?:[’'.&-][^\W\d_]+)*\d*|\d*[^\W\d_]+", re.UNICODE
)
_NO_NUMBERS: Final = frozenset("no none nil neither zero one".split())
K1: Final = 1.2
"""Saturation of repeated words; the usual default of Lucene."""
B: Final = 0.75
"""Normalisation by length; the usual default of Lucene."""
OTHER_FORM: Final = np.float32(0.3)
"""Weight of an abbreviation's other form; 0.3 and 0.5 measured alike."""


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """The stem of one lower-case word."""
    return str(_stemmer().stemWord(word))


def terms(text: str) -> list[str]:
    """The terms of a text: stems, and figures without their separators.

    A hyphenated word gives its parts and the whole: "step-down" gives step, down and
    stepdown. "4,557" and "4557" give the same term, as do "£4,557" and "4,557", "four"
    and "4".
    """
    found: list[str] = []
    for match in _TOKEN.finditer(text.replace("’", "'").casefold()):
        word = match[0]
        if word[0].isdigit():
            found.append(word.replace(",", "").rstrip("%"))
        else:
            found += _word_terms(word)
    return [term for term in found if term]


@cache
def _word_terms(word: str) -> tuple[str, ...]:
    word = word.removesuffix("'s").replace("'", "")
    parts = re.split(r"[-.&]", word)
    stems = [_number(part) or stem(part) for part in parts if part not in STOP_WORDS]
    return (*stems, stem("".join(parts))) if len(parts) > 1 else tuple(stems)


def _number(word: str) -> str | None:
    """The figure that a word is, from two on; "one" is seldom a number."""
    number = read_number(word) if word not in _NO_NUMBERS else None
    return None if number is None else str(number)


@dataclass(frozen=True, eq=False)
class LexicalIndex:
    """BM25 scores of every passage for a question.

    bm25s computes them as an index is built, and keeps them by term. Adding up those of
    a question's terms needs numpy alone: importing bm25s brings scipy along, a tenth of
    the time of a cold question.
    """

    vocabulary: dict[str, int]
    """The number of each term."""
    scored: NDArray[np.float32]
    """What a term adds to a passage's score, term after term."""
    at: NDArray[np.int32]
    """The passage of each score."""
    starts: NDArray[np.int32]
    """Where each term's scores begin, and after the last where they end."""
    passages: int

    @classmethod
    def build(cls, held: Sequence[Sequence[str]], folder: Path) -> dict[str, int]:
        """Write the index of texts, by the terms `held` by each, to `folder`.

        Returns:
            The number of each term.
        """
        import bm25s

        model = bm25s.BM25(k1=K1, b=B)
        corpus = [list(each) or ["∅"] for each in held]
        model.index(corpus or [["∅"]], show_progress=False)
        model.save(str(folder))
        return dict(model.vocab_dict)

    @classmethod
    def open(cls, folder: Path, passages: int) -> LexicalIndex:
        """The index in `folder`, mapped into memory rather than read."""
        scored, at, starts = (
            np.load(folder / f"{name}.csc.index.npy", mmap_mode="r")
            for name in ("data", "indices", "indptr")
        )
        vocabulary = json.loads((folder / "vocab.index.json").read_bytes())
        return cls(vocabulary, scored, at, starts, passages)

    def scores(
        self, asked: Sequence[str], other_forms: Sequence[str] = ()
    ) -> NDArray[np.float32]:
        """Each passage's share of the most that the terms `asked` could score, 0 to 1.

        It is BM25 over the sum of the terms' rarities, so that a question of which a
        passage holds half weighs half, whatever its length. `other_forms` are added
        with `OTHER_FORM` of their weight. 0 where no term stands in the passage.
        """
        most = sum(self._rarity(term) for term in asked)
        if not most or not self.passages:
            return np.zeros(self.passages, dtype=np.float32)
        found = self._bm25(asked) + OTHER_FORM * self._bm25(other_forms)
        return np.minimum(found / np.float32(most), np.float32(1.0))

    def _bm25(self, asked: Sequence[str]) -> NDArray[np.float32]:
        scores = np.zeros(self.passages, dtype=np.float32)
        for number in self.numbers(asked):
            if number >= 0:
                held = slice(self.starts[number], self.starts[number + 1])
                scores[self.at[held]] += self.scored[held]  # a passage once a term
        return scores

    def rarity(self, asked: Sequence[str]) -> list[float]:
        """The inverse document frequency of each term of a question, as in BM25; a term
        that stands nowhere is as rare as one can be."""
        return [self._rarity(term) for term in asked]

    def numbers(self, asked: Sequence[str]) -> list[int]:
        """The number of each term; -1 for one that stands nowhere."""
        return [self.vocabulary.get(term, -1) for term in asked]

    def _rarity(self, term: str) -> float:
        (number,) = self.numbers([term])
        holding = 0
        if number >= 0:
            holding = int(self.starts[number + 1]) - int(self.starts[number])
        return log1p((self.passages - holding + 0.5) / (holding + 0.5))


def same_words(text: str) -> str:
    """A text reduced to its words, so that near-duplicate passages compare equal."""
    return comparable_name(text)
