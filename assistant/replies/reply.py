"""A reply: an answer that needs no tool."""

from __future__ import annotations

from typing import Final

from assistant.answer import Status
from corpus.models import Citation, Frozen

EXAMPLES: Final = (
    "Which providers near Kent take 14-year-old boys with CSE risk?",
    "What has been paid for residential placements of 14-year-olds?",
    "What do the sufficiency statements say about fostering?",
)
"""Questions that the assistant offers when it has nothing nearer to suggest."""


class Reply(Frozen):
    """An answer that needs no tool."""

    status: Status
    text: str
    suggestions: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    """What the text's markers stand for, from 1 on."""
