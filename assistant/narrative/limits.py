"""Method and limits: what the figures mean, and which evidence was not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.composing import topic_of
from assistant.exporting import Block, Bullets, Heading, Note, Paragraph
from assistant.narrative.evidence import Evidence
from tools.citing import INVENTED_DATA
from tools.search_documents import INVENTED


def limits(evidence: Evidence, struck: Sequence[str]) -> Iterator[Block]:
    """How the draft was made, the caveats of each tool, and what is missing."""
    yield Paragraph(
        text="Each figure was worked out by a typed tool from the records, or quoted"
        " from a document; none was written by a language model. Before this file was"
        " written, every figure was held to the source that is cited beside it, every"
        " quotation to the stored document, and every marker to the references."
    )
    if struck:
        yield Note(
            text="Taken out, because something in them could not be traced to the"
            f" source cited: {_number(len(struck))}."
        )
    yield Paragraph(text="What to bear in mind of the figures:")
    for topic, caveats in _caveats(evidence):
        yield Heading(text=topic, level=3)
        yield Bullets(items=caveats)
    if evidence.missing:
        yield Paragraph(text="What could not be read from the records held:")
        yield Bullets(items=tuple(map(_capital, evidence.missing)))


def _caveats(evidence: Evidence) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each tool is about, and its caveats, each once, with the source."""
    said: dict[str, dict[str, str]] = {}
    told: set[str] = {INVENTED_DATA, INVENTED}
    for entry in evidence.ledger.entries:
        of_tool = said.setdefault(entry.call.name, {})
        for caveat in entry.result.caveats:
            if caveat not in told:
                told.add(caveat)
                of_tool[caveat] = f" [{entry.markers[0]}]" if entry.markers else ""
    for tool, caveats in said.items():
        if caveats:
            yield (
                _capital(topic_of(tool)),
                tuple(f"{text.rstrip('.')}{mark}." for text, mark in caveats.items()),
            )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _number(count: int) -> str:
    """A small number in words: it is the draft's own, and stands in no source."""
    words = ("none", "one statement", "two statements", "three statements")
    return words[count] if count < len(words) else "several statements"
