"""A turn as text to take away: the answer alone, or with its sources."""

from __future__ import annotations

from assistant.answer import MarkedCitation
from tui.state import Turn

KINDS = {"document": "Document", "dataset": "Dataset", "model": "Model"}


def source_line(source: MarkedCitation) -> str:
    """A source on one line, as it is listed."""
    citation = source.citation
    parts = [KINDS[citation.kind], citation.title, citation.locator, citation.source]
    return f"[{source.marker}] " + ", ".join(part for part in parts if part)


def answer_with_sources(turn: Turn) -> str:
    """The question, the answer, what to beware of, and the numbered sources."""
    parts = [turn.question, turn.text]
    if turn.phase == "stopped":
        parts.append("(Stopped before it was finished.)")
    if turn.caveats:
        parts.append("\n".join(f"- {caveat}" for caveat in turn.caveats))
    if turn.citations:
        parts.append("\n".join(["Sources:", *map(source_line, turn.citations)]))
    return "\n\n".join(part for part in parts if part)
