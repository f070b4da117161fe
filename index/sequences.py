"""The words of every window in order: what shows whether one sentence answers.

A passage may name every word of a question, each in another sentence. One sentence that
holds most of them, and holds them side by side as the question does, is better evidence
(sequential dependence, after Metzler and Croft 2005).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.fusion import Scores
from index.windows import Rows, firsts, ranges


@dataclass(frozen=True)
class Sequences:
    """Numbers of the terms of many windows, one window after the other."""

    firsts: NDArray[np.int64]
    """Place of each window's first term, and at the end the number of terms."""
    numbers: NDArray[np.int32]
    """Each term's number in the lexical index, memory-mapped."""

    @classmethod
    def write(
        cls, folder: Path, held: Sequence[Sequence[str]], vocabulary: Mapping[str, int]
    ) -> None:
        """Write the terms `held` by each window, by their numbers."""
        flat = [vocabulary[term] for window in held for term in window]
        np.save(folder / "terms.npy", np.array(flat, dtype=np.int32))
        np.save(folder / "terms-firsts.npy", firsts([len(each) for each in held]))

    @classmethod
    def open(cls, folder: Path) -> Sequences:
        """The terms written to `folder`."""
        numbers = np.load(folder / "terms.npy", mmap_mode="r")
        return cls(np.load(folder / "terms-firsts.npy"), numbers)

    def held(
        self, asked: Sequence[int], rarity: Sequence[float], rows: Rows
    ) -> tuple[Scores, Scores]:
        """What each window at `rows` holds of a question.

        Args:
            asked: the number of each of the question's terms, in order; less than 0
                for one that stands nowhere.
            rarity: the rarity of each.
            rows: the windows looked at.

        Returns:
            The share of the question's terms that a window holds, weighted by their
            rarities; and the share of its pairs of neighbours that stand side by side,
            in the same order. Both are 0 to 1.
        """
        numbers, windows = self._terms(rows)
        shares = np.zeros(len(rows.rows), dtype=np.float32)
        pairs = np.zeros(len(rows.rows), dtype=np.float32)
        for term, rare in dict(zip(asked, rarity, strict=True)).items():
            shares[windows[numbers == term]] += rare
        wanted = {pair for pair in pairwise(asked) if pair[0] != pair[1]}
        within = windows[:-1] == windows[1:]
        for first, second in wanted:
            beside = (numbers[:-1] == first) & (numbers[1:] == second)
            pairs[windows[:-1][beside & within]] += 1
        shares /= sum(rarity) or 1
        pairs /= len(wanted) or 1
        return shares, pairs

    def _terms(self, rows: Rows) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The terms of the windows, and for each term the place of its window."""
        places = ranges(self.firsts[rows.rows], self.firsts[rows.rows + 1])
        counts = self.firsts[rows.rows + 1] - self.firsts[rows.rows]
        return self.numbers[places], np.repeat(np.arange(len(rows.rows)), counts)
