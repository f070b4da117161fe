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
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if spans and _words(text, spans[-1]) < FEWEST_WORDS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    if len(spans) > 1 and _words(text, spans[-1]) < _SHORTEST_LAST:
        _, end = spans.pop()
        spans[-1] = (spans[-1][0], end)
    return [text[start:end] for start, end in spans]


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
class WindowVectors:
    """The windows' vectors of many texts, in the order of the texts."""

    firsts: NDArray[np.int64]
    """Row of each text's first window, and at the end the number of rows."""
    matrix: NDArray[np.float16]
    """Vectors (windows, dimensions) of length 1, memory-mapped."""

    @classmethod
    def open(cls, folder: Path) -> WindowVectors | None:
        """The vectors written to `folder`; None where there are none."""
        try:
            firsts = np.load(folder / "windows-firsts.npy")
            matrix = np.load(folder / "windows.npy", mmap_mode="r")
        except FileNotFoundError:
            return None
        return cls(firsts, matrix)

    def best(
        self, question: NDArray[np.float32], positions: Sequence[int]
    ) -> NDArray[np.float32]:
        """Cosine of the question and the nearest window of each text at `positions`;
        -1 for a text without words."""
        starts, ends = self.firsts[positions], self.firsts[np.add(positions, 1)]
        found = np.full(len(positions), -1.0, dtype=np.float32)
        if not len(positions) or not (counts := ends - starts).sum():
            return found
        rows = np.concatenate(
            [np.arange(a, b) for a, b in zip(starts, ends, strict=True)]
        )
        cosines = self.matrix[rows].astype(np.float32) @ question
        np.maximum.at(found, np.repeat(np.arange(len(counts)), counts), cosines)
        return found


def write_windows(
    folder: Path, counts: Sequence[int], matrix: NDArray[np.float32]
) -> None:
    """Write the vectors (windows, dimensions) of texts with `counts` windows each."""
    np.save(folder / "windows-firsts.npy", firsts(counts))
    np.save(folder / "windows.npy", matrix.astype(np.float16))


def firsts(counts: Sequence[int]) -> NDArray[np.int64]:
    """Row of each text's first window, and at the end the number of rows."""
    return np.cumsum([0, *counts], dtype=np.int64)
