"""A source in full: where it is, and its quote highlighted in its surroundings."""

from __future__ import annotations

from textual.content import Content

from assistant.answer import MarkedCitation
from tui.service import SourceText
from tui.transcript import KINDS

BEFORE, AFTER = 160, 800
"""Characters shown around a quote: few before it, so that it is soon in view."""
QUOTED = "bold $text-accent on $accent-muted"


def source_content(source: MarkedCitation, text: SourceText | None) -> Content:
    """A source in full. Without its surroundings, the quote stands alone."""
    quote = source.citation.quote
    if quote is None:
        return _facts(source)
    return Content.assemble(
        lead_in(source, text),
        (quote if text is None else text.quote, QUOTED),
        "" if text is None else _beginning(text.after),
    )


def lead_in(source: MarkedCitation, text: SourceText | None) -> Content:
    """All that stands above the quote."""
    label = Content("\n\nQuoted (in bold):\n").stylize("dim")
    before = "" if text is None else _ending(text.before)
    return _facts(source).append(label).append(Content(before))


def _facts(source: MarkedCitation) -> Content:
    citation = source.citation
    return Content("\n").join(
        [
            Content(f"[{source.marker}] {citation.title}").stylize("bold"),
            Content(f"{KINDS[citation.kind]}: {citation.locator}"),
            Content(citation.source).stylize("dim"),
        ]
    )


def _ending(text: str) -> str:
    """The last words of a text, with an ellipsis for what is left out."""
    if len(text) <= BEFORE:
        return text
    return "… " + text[-BEFORE:].partition(" ")[2].lstrip()


def _beginning(text: str) -> str:
    """The first words of a text, with an ellipsis for what is left out."""
    if len(text) <= AFTER:
        return text
    return text[:AFTER].rpartition(" ")[0].rstrip() + " …"
