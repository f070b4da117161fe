"""An answer as a brain drafts it, before it is checked."""

from __future__ import annotations

from typing import Final

from assistant.answer import Status
from corpus.models import Frozen


class Draft(Frozen):
    """The text of an answer, with the markers of its sources in it."""

    status: Status
    text: str
    suggestions: tuple[str, ...] = ()


UNFINISHED: Final = Draft(status="not_in_evidence", text="")
"""The draft of a brain that has not answered yet."""
