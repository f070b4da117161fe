"""One question against a collection of texts: candidates of both arms, scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.abbreviations import other_forms
from index.figures import asked_figure, holds_figure
from index.fusion import Scores, candidates
from index.lexical import LexicalIndex, terms
from index.sequences import Sequences
from index.windows import Rows, Windows

MEANING_WEIGHT: Final = np.float32(0.4)
"""Weight of the cosine of question and whole text, beside 1 for the words."""
WINDOW_WEIGHT: Final = np.float32(0.9)
"""Weight of the best window: its cosine, and `WINDOW_WORDS` of the words it holds."""
WINDOW_WORDS: Final = np.float32(0.4)
SHARE_WEIGHT: Final = np.float32(0.25)
"""Weight of the largest share of the question's words that one window holds."""
PAIRS_WEIGHT: Final = np.float32(0.25)
"""Weight of the largest share of its pairs of neighbouring words."""
FIGURE_BONUS: Final = np.float32(0.25)
"""What a passage gains that holds a figure of the kind asked for."""


@dataclass(frozen=True)
class Collection:
    """Texts, and what scores them."""

    lexical: LexicalIndex = field(repr=False)
    text: Callable[[int], str] = field(repr=False)
    """The text at a position."""
    windows: Windows = field(repr=False)
    sequences: Sequences = field(repr=False)
    matrix: NDArray[np.float32] | None = field(repr=False)
    """Vectors (texts, dimensions) of length 1; None without them."""
    weights: NDArray[np.float32] | None = field(default=None, repr=False)
    """By which each text's score is multiplied; None for 1."""


@dataclass(frozen=True)
class WindowScores:
    """The windows of all candidates, one candidate after the other."""

    rows: Rows = field(repr=False)
    shares: Scores
    """Share of the question's words that each holds, weighted by rarity, 0 to 1."""
    cosines: Scores | None
    """Cosine of each with the question; None in a search by words."""

    def of(self, place: int) -> list[tuple[float, float | None]]:
        """Share and cosine of each window of the candidate at a place."""
        (own,) = np.nonzero(self.rows.texts == place)
        near: Sequence[float | None] = [None] * len(own)
        if self.cosines is not None:
            near = self.cosines[own].tolist()
        return list(zip(self.shares[own].tolist(), near, strict=True))


@dataclass(frozen=True)
class Scored:
    """The candidates for one question; all arrays are in the order of `positions`."""

    positions: tuple[int, ...]
    words: Scores
    """Share of the question's words held, 0 to 1."""
    cosines: Scores | None
    """Cosine of question and whole text; None in a search by words."""
    fused: Scores
    """The final score, on one scale for every question."""
    windows: WindowScores

    def best(self) -> list[int]:
        """Places in the arrays, the best first; of equals, the earlier text."""
        return sorted(
            range(len(self.positions)),
            key=lambda place: (-float(self.fused[place]), self.positions[place]),
        )


def nearest(
    collection: Collection, vector: NDArray[np.float32], allowed: NDArray[np.bool_]
) -> list[int]:
    """Positions of the texts nearest to a question's vector, by exact search."""
    if collection.matrix is None:
        return []
    return candidates(collection.matrix @ vector, allowed, -1.1)


def by_words(
    collection: Collection, question: str, allowed: NDArray[np.bool_]
) -> list[int]:
    """Positions of the texts that hold most of a question's words, best first."""
    return _by_words(collection, question, allowed)[2]


def score_words(
    collection: Collection, question: str, allowed: NDArray[np.bool_]
) -> Scored:
    """The candidates by words alone."""
    asked, words, positions = _by_words(collection, question, allowed)
    evidence, windows = _evidence(collection, asked, None, positions)
    found = words[positions] + evidence
    fused = _finished(collection, question, positions, found)
    return Scored(tuple(positions), words[positions], None, fused, windows)


def score_both(
    collection: Collection,
    question: str,
    vector: NDArray[np.float32],
    near: Sequence[int],
    allowed: NDArray[np.bool_],
) -> Scored:
    """The candidates by words and those `near` in meaning, each scored by both."""
    assert collection.matrix is not None
    asked, words, by_words = _by_words(collection, question, allowed)
    positions = sorted({*by_words, *near})
    cosines = np.asarray(collection.matrix[positions] @ vector, dtype=np.float32)
    evidence, windows = _evidence(collection, asked, vector, positions)
    found = words[positions] + MEANING_WEIGHT * cosines + evidence
    fused = _finished(collection, question, positions, found)
    return Scored(tuple(positions), words[positions], cosines, fused, windows)


def score_meaning(
    collection: Collection,
    question: str,
    vector: NDArray[np.float32],
    near: Sequence[int],
) -> Scored:
    """Those `near` in meaning, scored by it alone."""
    assert collection.matrix is not None
    positions = sorted(near)
    cosines = np.asarray(collection.matrix[positions] @ vector, dtype=np.float32)
    evidence, windows = _evidence(collection, (), vector, positions)
    found = np.asarray(MEANING_WEIGHT * cosines + evidence, dtype=np.float32)
    fused = _finished(collection, question, positions, found)
    return Scored(tuple(positions), np.zeros_like(cosines), cosines, fused, windows)


def _by_words(
    collection: Collection, question: str, allowed: NDArray[np.bool_]
) -> tuple[list[str], Scores, list[int]]:
    asked = terms(question)
    words = collection.lexical.scores(asked, other_forms(asked))
    return asked, words, candidates(words, allowed, 0.0)


def _evidence(
    collection: Collection,
    asked: Sequence[str],
    vector: NDArray[np.float32] | None,
    positions: Sequence[int],
) -> tuple[Scores, WindowScores]:
    """What the best window of each text says; without a vector, by words alone."""
    rows, lexical = collection.windows.of(positions), collection.lexical
    shares, pairs = collection.sequences.held(
        lexical.numbers(asked), lexical.rarity(asked), rows
    )
    found = SHARE_WEIGHT * rows.best(shares, 0) + PAIRS_WEIGHT * rows.best(pairs, 0)
    cosines = None
    if vector is not None and collection.windows.matrix is not None:
        cosines = collection.windows.matrix[rows.rows].astype(np.float32) @ vector
        found += WINDOW_WEIGHT * rows.best(cosines + WINDOW_WORDS * shares, -1)
    return np.asarray(found, dtype=np.float32), WindowScores(rows, shares, cosines)


def _finished(
    collection: Collection, question: str, positions: Sequence[int], found: Scores
) -> Scores:
    """The scores with what the figure asked for and the text's weight make of them."""
    kind = asked_figure(question)
    if kind is not None:
        held = [holds_figure(collection.text(at), kind) for at in positions]
        found = found + FIGURE_BONUS * np.array(held, dtype=np.float32)
    if collection.weights is not None:
        found = found * collection.weights[list(positions)]
    return np.asarray(found, dtype=np.float32)
