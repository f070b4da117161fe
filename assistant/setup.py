"""Sets a data directory up: the demonstration region with its first index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from assistant.settings import Settings


def build_demonstration(
    settings: Settings,
    progress: Callable[[str], None],
    seed: int = 2026,
    size: Literal["full", "small"] = "full",
) -> None:
    """Generate the region, keep it, and index its documents by their words.

    Embedding takes longer, and is left to the index build that follows.

    Raises:
        DataDirectoryError: where the directory holds real tables.
    """
    from corpus import demonstration
    from index.building import build_index

    demonstration.build_demonstration(settings.directory, seed, size, progress)
    progress("indexing the documents by their words")
    build_index(settings.directory, embed=False, progress=lambda *_: None)
