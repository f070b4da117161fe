"""Windows: a passage's sentences, which are what is embedded.

A question often asks for one sentence of a passage. The vector of the whole passage
blurs it; that of a sentence does not, and the best of a passage's windows tells. The
passage's own vector is their mean, which costs nothing more and found as many answers
as embedding the passage whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentences

FEWEST_WORDS: Final = 14
"""Words below which a sentence shares a window with the next. Of 3, 8, 14 and 25 this
found most answers (`docs/retrieval.md`)."""
_SHORTEST_LAST: Final = 6
"""Words below which what is left at the end goes to the window before."""


def windows(text: str) -> list[str]:
    """The windows of a text in order: spans of whole sentences, together all of it."""
    return [text[start:end] for start, end in window_spans(text)]


def window_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each window of a text."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if spans and _words(text, spans[-1]) < FEWEST_WORDS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    if len(spans) > 1 and _words(text, spans[-1]) < _SHORTEST_LAST:
        _, end = spans.pop()
        spans[-1] = (spans[-1][0], end)
    return spans


def window_id(window: str) -> str:
    """The name under which a window's vector is kept."""
    return hashlib.sha256(window.encode()).hexdigest()[:24]


def _words(text: str, span: tuple[int, int]) -> int:
    return len(text[span[0] : span[1]].split())


def pooled(cut: Sequence[Sequence[str]], matrix: NDArray[Any]) -> NDArray[np.float32]:
    """One vector of length 1 for each text: the mean of its windows' by their words.

    `matrix` (windows, dimensions) is in the order of `cut`, the windows of each text.
    A text without windows has a vector of zeros.
    """
    result = np.zeros((len(cut), matrix.shape[1]), dtype=np.float32)
    rows = firsts([len(parts) for parts in cut])
    for place, parts in enumerate(cut):
        if parts:
            words = np.array([len(part.split()) for part in parts], dtype=np.float32)
            own = matrix[rows[place] : rows[place + 1]].astype(np.float32)
            mean = words @ own
            result[place] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return result


@dataclass(frozen=True)
class Rows:
    """The windows of some texts, one text after the other."""

    rows: NDArray[np.int64]
    """Each window's row."""
    texts: NDArray[np.int64]
    """For each window, the place of its text among those asked for."""
    count: int
    """How many texts were asked for."""

    def best(self, scores: NDArray[np.float32], least: float) -> NDArray[np.float32]:
        """Each text's best window's score; `least` for a text without words."""
        found = np.full(self.count, least, dtype=np.float32)
        np.maximum.at(found, self.texts, scores)
        return found


@dataclass(frozen=True)
class Windows:
    """Which windows are whose, and their vectors."""

    firsts: NDArray[np.int64]
    """Row of each text's first window, and at the end the number of rows."""
    matrix: NDArray[np.float16] | None = None
    """Vectors (windows, dimensions) of length 1, memory-mapped; None without them."""

    @classmethod
    def open(cls, folder: Path) -> Windows:
        """The windows written to `folder`."""
        vectors = folder / "windows.npy"
        matrix = np.load(vectors, mmap_mode="r") if vectors.exists() else None
        return cls(np.load(folder / "windows-firsts.npy"), matrix)

    def of(self, positions: Sequence[int]) -> Rows:
        """The windows of the texts at `positions`."""
        places = np.asarray(positions, dtype=np.int64)  # of none at all too
        starts, ends = self.firsts[places], self.firsts[places + 1]
        texts = np.repeat(np.arange(len(positions)), ends - starts)
        return Rows(ranges(starts, ends), texts, len(positions))


def ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The whole numbers from each start to before its end, one range after another."""
    lengths = ends - starts
    before = np.repeat(np.cumsum(lengths) - lengths, lengths)
    found = np.arange(lengths.sum()) - before + np.repeat(starts, lengths)
    return np.asarray(found, dtype=np.int64)


def firsts(counts: Sequence[int]) -> NDArray[np.int64]:
    """Row of each text's first window, and at the end the number of rows."""
    return np.cumsum([0, *counts], dtype=np.int64)
