"""The check on every answer of every brain: figures, markers and quotations hold."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    text, struck = strike(draft.text, lambda piece: _holds(piece, known, ledger))
    markers = dict.fromkeys(int(number) for number in MARKER.findall(text))
    return Verdict(text=text, struck=struck, markers=tuple(markers))


def strike(text: str, holds: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """The text without the sentences that do not hold, and those sentences."""
    pieces = _SENTENCE_END.split(text)
    gaps = [*(gap[0] for gap in _SENTENCE_END.finditer(text)), ""]
    kept, struck = [], []
    for piece, gap in zip(pieces, gaps, strict=True):
        if holds(piece):
            kept += [piece, gap]
        else:
            struck.append(piece)
            kept += ["\n"] if "\n" in gap else []
    return "".join(kept).strip(), tuple(struck)


def _holds(sentence: str, known: KnownFigures, ledger: Ledger) -> bool:
    return resolves(sentence, ledger) and known.hold(MARKER.sub("", sentence))


def resolves(text: str, ledger: Ledger) -> bool:
    """Whether each marker of a text was given out, and each quotation that one stands
    for is the span of the document that it says it is."""
    markers = [int(number) for number in MARKER.findall(text)]
    citations = [ledger.citation(marker) for marker in markers]
    return all(c is not None and _verbatim(c, ledger) for c in citations)


def _verbatim(citation: Citation, ledger: Ledger) -> bool:
    """A quotation is the span of the stored document that it says it is."""
    if citation.quote is None or citation.document_id is None:
        return citation.quote is None
    text = ledger.knowledge.library.get(citation.document_id).text
    start = citation.start or 0
    return text[start : start + len(citation.quote)] == citation.quote
