"""Passages that name everything and answer nothing: reference lists and contents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.models import Passage

_POINTERS: Final = re.compile(
    r"\((?:(?:19|20)\d\d[a-z]?|no date)\)|https?://|\bAvailable at\b"
    r"|\b[Pp]p?\. ?\d+|\.{4,} ?\d+"
)
_FEWEST: Final = 4
"""Pointers to elsewhere from which a passage may be a list of them."""
_DENSEST: Final = 25
"""Words a pointer, at most, in a list of pointers."""
LIST_WEIGHT: Final = 0.5
"""By which a list's scores are multiplied, so that it is found, but after the text."""


def is_pointer_list(text: str) -> bool:
    """Whether a passage is mostly references, or a table of contents."""
    pointers = sum(1 for _ in _POINTERS.finditer(text))
    return pointers >= _FEWEST and len(text.split()) <= _DENSEST * pointers


def weights(passages: Iterable[Passage]) -> NDArray[np.float32]:
    """One weight a passage: `LIST_WEIGHT` for a list of pointers, else 1."""
    return np.array(
        [LIST_WEIGHT if is_pointer_list(p.text) else 1.0 for p in passages],
        dtype=np.float32,
    )
