"""The check on every answer of every brain: figures, markers and quotations hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from assistant.draft import Draft
from assistant.ledger import MARKER, Ledger
from corpus.models import Citation, Frozen

_FIGURE: Final = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
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
    question itself, with a marker that was never given out, or with a quotation that
    is not in the cited document.
    """
    known = _known_figures(question, ledger)
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


def _holds(sentence: str, known: frozenset[str], ledger: Ledger) -> bool:
    markers = [int(number) for number in MARKER.findall(sentence)]
    citations = [ledger.citation(marker) for marker in markers]
    if any(citation is None for citation in citations):
        return False
    if not all(_verbatim(c, ledger) for c in citations if c is not None):
        return False
    bare = MARKER.sub("", sentence)
    return all(figure in known for figure in _figures(bare))


def _verbatim(citation: Citation, ledger: Ledger) -> bool:
    """A quotation is the span of the stored document that it says it is."""
    if citation.quote is None or citation.document_id is None:
        return citation.quote is None
    text = ledger.knowledge.library.get(citation.document_id).text
    start = citation.start or 0
    return text[start : start + len(citation.quote)] == citation.quote


def _known_figures(question: str, ledger: Ledger) -> frozenset[str]:
    texts = [question]
    for entry in ledger.entries:
        texts.append(json.dumps(entry.result.data.model_dump(mode="json")))
        texts.append(json.dumps(entry.call.arguments))
        texts += [
            str(cell) for table in entry.result.tables for cell in _cells(table.rows)
        ]
        texts += [f"{len(table.rows)} rows" for table in entry.result.tables]
        texts += entry.result.caveats
    texts += [part for citation in ledger.citations for part in _parts(citation)]
    return frozenset(figure for text in texts for figure in _figures(text))


def _cells(rows: Iterable[tuple[object, ...]]) -> Iterable[object]:
    return (cell for row in rows for cell in row)


def _parts(citation: Citation) -> tuple[str, ...]:
    return (citation.title, citation.locator, citation.quote or "")


def _figures(text: str) -> set[str]:
    """Figures in a form that compares: no thousands separators, no trailing zeros."""
    return {_comparable(match) for match in _FIGURE.findall(text)}


def _comparable(figure: str) -> str:
    bare = figure.replace(",", "").rstrip(".")
    if "." in bare:
        bare = bare.rstrip("0").rstrip(".")
    return bare.lstrip("0") or "0"
