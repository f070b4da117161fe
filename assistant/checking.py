"""The check on every answer of every brain: figures, markers and quotations hold."""

from __future__ import annotations

import re
from typing import Final

from assistant.draft import Draft
from assistant.figures import KnownFigures
from assistant.ledger import MARKER, Ledger
from corpus.models import Citation, Frozen

_SENTENCE_END: Final = re.compile(r"(?<=[.!?:])\s+(?=[A-Z*\"“£])|\n+")


class Verdict(Frozen):
    """A draft after the check."""

    text: str
    struck: tuple[str, ...]
    """Sentences taken out because something in them did not hold."""
    markers: tuple[int, ...]
    """Markers that stand in the text, in their order, each once."""


def check(draft: Draft, question: str, ledger: Ledger) -> Verdict:
    """Strike each sentence with a figure that stands in no result, cited span or the
    question itself, nor is a rounding of one that does; with a marker that was never
    given out; or with a quotation that is not in the cited document.
    """
    known = KnownFigures.of(question, ledger)
    pieces = _SENTENCE_END.split(draft.text)
    gaps = [*(gap[0] for gap in _SENTENCE_END.finditer(draft.text)), ""]
    kept, struck = [], []
    for piece, gap in zip(pieces, gaps, strict=True):
        if _holds(piece, known, ledger):
            kept += [piece, gap]
        else:
            struck.append(piece)
            kept += ["\n"] if "\n" in gap else []
    text = "".join(kept).strip()
    markers = dict.fromkeys(int(number) for number in MARKER.findall(text))
    return Verdict(text=text, struck=tuple(struck), markers=tuple(markers))


def _holds(sentence: str, known: KnownFigures, ledger: Ledger) -> bool:
    markers = [int(number) for number in MARKER.findall(sentence)]
    citations = [ledger.citation(marker) for marker in markers]
    if any(citation is None for citation in citations):
        return False
    if not all(_verbatim(c, ledger) for c in citations if c is not None):
        return False
    return known.hold(MARKER.sub("", sentence))


def _verbatim(citation: Citation, ledger: Ledger) -> bool:
    """A quotation is the span of the stored document that it says it is."""
    if citation.quote is None or citation.document_id is None:
        return citation.quote is None
    text = ledger.knowledge.library.get(citation.document_id).text
    start = citation.start or 0
    return text[start : start + len(citation.quote)] == citation.quote
