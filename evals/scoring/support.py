"""Whether an answer holds: its calls are run again, and every figure, marker and
quotation sought in what they give. It trusts nothing that the assistant says of itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Answer
from assistant.figures import KnownFigures, figures
from assistant.ledger import MARKER, Ledger
from corpus.errors import PlacementsError
from corpus.models import Citation, Frozen
from tools.base import Knowledge

Problem = tuple[str, str]


class Replayed(Frozen):
    """What the calls of an answer gave when they were run again."""

    problems: tuple[Problem, ...]
    """Kind and words of each figure, marker or quotation that does not hold."""
    retrieved: tuple[tuple[str, str], ...] | None
    """Source and title of each passage found, best first; None without a search."""


def replay(answer: Answer, knowledge: Knowledge) -> Replayed:
    """Run an answer's calls again, and hold the answer to what they give."""
    ledger, failures = Ledger(knowledge), []
    for call in answer.tool_calls:
        try:
            ledger.run(call.name, call.arguments)
        except PlacementsError as error:
            failures.append(("call_fails", f"{call.name} fails again: {error.message}"))
    problems = [*failures, *_sources(answer, ledger), *_figures(answer, ledger)]
    return Replayed(problems=tuple(problems), retrieved=_retrieved(ledger))


def _sources(answer: Answer, ledger: Ledger) -> Iterator[Problem]:
    """Markers that lead nowhere, and sources that no call gives."""
    given = {marked.marker for marked in answer.citations}
    for marker in dict.fromkeys(map(int, MARKER.findall(answer.text))):
        if marker not in given:
            yield "dangling_marker", f"[{marker}] has no source"
    for marked in answer.citations:
        if marked.citation.quote is not None:
            if not _verbatim(marked.citation, ledger):
                yield "not_verbatim", f"[{marked.marker}] is not what the document says"
            ledger.cite(marked.citation)
        elif not _is_given(marked.citation, ledger):
            yield "unknown_source", f"[{marked.marker}] is given by no call"


def _verbatim(citation: Citation, ledger: Ledger) -> bool:
    if citation.document_id is None or citation.quote is None:
        return False
    try:
        text = ledger.knowledge.library.get(citation.document_id).text
    except PlacementsError:
        return False
    start = citation.start or 0
    return text[start : start + len(citation.quote)] == citation.quote


def _is_given(citation: Citation, ledger: Ledger) -> bool:
    """Whether a call cites it, or a call's source to which it adds a place."""
    return any(
        one.kind == citation.kind and one.source == citation.source
        for one in ledger.citations
    )


def _figures(answer: Answer, ledger: Ledger) -> Iterator[Problem]:
    """Figures that no result, cited span or the question holds, line by line."""
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
