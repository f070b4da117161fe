"""Whether an answer holds: its calls are run again, and every figure, marker and
quotation sought in what they give. It trusts nothing that the assistant says of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import Answer
from assistant.figures import KnownFigures, figures
from assistant.ledger import MARKER, Ledger
from corpus.documents import locator_at
from corpus.errors import PlacementsError
from corpus.models import Citation, Frozen
from evals.scoring.grounds import has_grounds
from tools.base import Knowledge
from tools.search_documents import document_title

Problem = tuple[str, str]


class Replayed(Frozen):
    """What the calls of an answer gave when they were run again."""

    problems: tuple[Problem, ...]
    """Kind and words of each figure, marker or quotation that does not hold."""
    retrieved: tuple[tuple[str, str], ...] | None
    """Source and title of each passage found, best first; None without a search."""


def replay(
    answer: Answer, knowledge: Knowledge, earlier: Sequence[Answer] = ()
) -> Replayed:
    """Run an answer's calls again, and hold the answer to what they give.

    `earlier` are the answers before it in the conversation, oldest first.
    """
    ledger, failures = Ledger(knowledge), []
    for call in answer.tool_calls:
        try:
            ledger.run(call.name, call.arguments)
        except PlacementsError as error:
            failures.append(("call_fails", f"{call.name} fails again: {error.message}"))
    given = ledger.citations
    sources = [*_markers(answer), *_sources(answer, earlier, given, ledger)]
    problems = [*failures, *sources, *_rows(answer, ledger), *_figures(answer, ledger)]
    return Replayed(problems=tuple(problems), retrieved=_retrieved(ledger))


def _markers(answer: Answer) -> Iterator[Problem]:
    """Markers of the text, and of rows of tables, that lead nowhere."""
    given = {marked.marker for marked in answer.citations}
    cells = (str(cell) for table in answer.tables for row in table.rows for cell in row)
    shown = " ".join((answer.text, *filter(MARKER.fullmatch, cells)))
    for marker in dict.fromkeys(map(int, MARKER.findall(shown))):
        if marker not in given:
            yield "dangling_marker", f"[{marker}] has no source"


def _sources(
    answer: Answer,
    earlier: Sequence[Answer],
    given: Sequence[Citation],
    ledger: Ledger,
) -> Iterator[Problem]:
    """Sources that no call gives and no looking again, and quotations that no document
    holds. Only a source that holds may be rested on for a figure."""
    for marked in answer.citations:
        citation = marked.citation
        if citation in given:
            continue
        if citation.quote is not None:
            if not _verbatim(citation, ledger):
                yield "not_verbatim", f"[{marked.marker}] is not what the document says"
                continue
        elif not has_grounds(citation, answer, earlier, ledger.knowledge):
            yield "unknown_source", f"[{marked.marker}] is given by no call"
            continue
        ledger.cite(citation)


def _verbatim(citation: Citation, ledger: Ledger) -> bool:
    """Whether document, place and words are those of the library, at that offset."""
    if citation.document_id is None or citation.quote is None:
        return False
    try:
        document = ledger.knowledge.library.get(citation.document_id)
    except PlacementsError:
        return False
    start = citation.start or 0
    stored = Citation(
        kind="document",
        title=document_title(document.title, document.invented),
        locator=locator_at(document, start),
        quote=document.text[start : start + len(citation.quote)],
        source=document.source,
        document_id=document.document_id,
        start=citation.start,
    )
    return citation == stored


def _rows(answer: Answer, ledger: Ledger) -> Iterator[Problem]:
    """Rows of tables that no call gives, markers apart."""
    found = (table for entry in ledger.entries for table in entry.result.tables)
    given = {(table.title, row) for table in found for row in table.rows}
    for table in answer.tables:
        for row in table.rows:
            if not {(table.title, row), (table.title, row[:-1])} & given:
                yield "row_not_given", f"no call gives {row} of {table.title!r}"


def _figures(answer: Answer, ledger: Ledger) -> Iterator[Problem]:
    """Figures that no result, source that holds or the question has, line by line."""
    known = KnownFigures.of(answer.question, ledger)
    for line in answer.text.splitlines():
        bare = MARKER.sub("", line)
        if known.hold(bare):
            continue
        lacking = [f.digits for f in figures(bare) if not known.hold(f.digits)]
        told = ", ".join(lacking) or bare[:60]
        yield "figure_not_held", f"no evidence holds {told}"


def _retrieved(ledger: Ledger) -> tuple[tuple[str, str], ...] | None:
    searches = [e.result for e in ledger.entries if e.call.name == "search_documents"]
    if not searches:
        return None
    return tuple((c.source, c.title) for found in searches for c in found.citations)
