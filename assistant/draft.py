"""An answer as a brain drafts it, before it is checked."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from assistant.answer import Status
from corpus.models import Frozen


class NarrativeAsked(Frozen):
    """A sufficiency statement that is to be drafted into a file."""

    local_authority: str
    """By its usual name."""
    suffix: Literal[".docx", ".md"] = ".docx"

    @property
    def name(self) -> str:
        """The file's name, without a day or number."""
        words = "-".join(self.local_authority.lower().split())
        return str(Path(f"{words}-sufficiency-statement").with_suffix(self.suffix))


class Draft(Frozen):
    """The text of an answer, with the markers of its sources in it."""

    status: Status
    text: str
    suggestions: tuple[str, ...] = ()
    narrative: NarrativeAsked | None = None
    """What is to be drafted before the answer can be given; None for most answers."""


UNFINISHED: Final = Draft(status="not_in_evidence", text="")
"""The draft of a brain that has not answered yet."""
