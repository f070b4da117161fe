"""Sources of a document numbered in the order in which they are first cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.exporting import Block, References
from assistant.exporting.blocks import rewritten
from assistant.ledger import MARKER, Ledger, renumbered


def with_references(
    blocks: Sequence[Block], ledger: Ledger
) -> tuple[tuple[Block, ...], References]:
    """The blocks with new markers, and the list of what they stand for."""
    order = {old: new for new, old in enumerate(markers_of(blocks), start=1)}
    numbered = tuple(
        rewritten(block, lambda text: renumbered(text, order)) for block in blocks
    )
    citations = ledger.citations
    cited = tuple((new, citations[old - 1]) for old, new in order.items())
    return numbered, References(citations=cited)


def markers_of(blocks: Iterable[Block]) -> tuple[int, ...]:
    """Every marker of the blocks, in their order, each once."""
    found: dict[int, None] = {}

    def read(text: str) -> str:
        found.update(dict.fromkeys(int(number) for number in MARKER.findall(text)))
        return text

    for block in blocks:
        rewritten(block, read)
    return tuple(found)
