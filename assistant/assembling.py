"""A checked draft made an answer: sources numbered in the order of the text."""

from __future__ import annotations

from typing import Final

from assistant.answer import Answer, MarkedCitation
from assistant.checking import Verdict
from assistant.draft import Draft
from assistant.ledger import Ledger, renumbered, table_with_sources
from corpus.models import Table
from tools.search_documents import INVENTED, is_invented

UNTRACEABLE: Final = "Nothing in the draft answer could be traced to a source."
"""Said where the check struck every sentence."""


def assembled(question: str, draft: Draft, verdict: Verdict, ledger: Ledger) -> Answer:
    """The answer, but for how it was read, by which brain and how quickly."""
    order = _order(ledger, verdict)
    citations = _marked(ledger, order)
    caveats = _caveats(ledger, citations)
    if verdict.struck:
        caveats.append(
            f"Struck from the answer, because something in it could not be traced"
            f" to a source: {len(verdict.struck)} sentence(s)."
        )
    return Answer(
        question=question,
        status=draft.status if verdict.text else "not_in_evidence",
        text=renumbered(verdict.text, order) or UNTRACEABLE,
        citations=citations,
        tool_calls=ledger.calls,
        tables=_tables(ledger, order),
        charts=tuple(c for entry in ledger.entries for c in entry.result.charts),
        caveats=tuple(dict.fromkeys(caveats)),
        suggestions=draft.suggestions,
    )


def _order(ledger: Ledger, verdict: Verdict) -> dict[int, int]:
    """Each marker in use, as the ledger gave it, and its number in the answer: 1 for
    the first in the text, then those of table rows."""
    rows = (
        entry.markers[source]
        for entry in ledger.entries
        for table in entry.result.tables
        for source in table.row_sources
    )
    used = dict.fromkeys((*verdict.markers, *rows))
    return {marker: number for number, marker in enumerate(used, start=1)}


def _tables(ledger: Ledger, order: dict[int, int]) -> tuple[Table, ...]:
    return tuple(
        table_with_sources(table, entry.markers, order)
        for entry in ledger.entries
        for table in entry.result.tables
    )


def _marked(ledger: Ledger, order: dict[int, int]) -> tuple[MarkedCitation, ...]:
    citations = ledger.citations
    return tuple(
        MarkedCitation(marker=number, citation=citations[marker - 1])
        for marker, number in order.items()
    )


def _caveats(ledger: Ledger, citations: tuple[MarkedCitation, ...]) -> list[str]:
    """The tools' caveats, less that on invented documents where none is cited."""
    invented = any(is_invented(marked.citation) for marked in citations)
    return [
        caveat
        for entry in ledger.entries
        for caveat in entry.result.caveats
        if invented or caveat != INVENTED
    ]
