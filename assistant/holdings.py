"""What is loaded and indexed, and a cited document in its surroundings."""

from __future__ import annotations

from datetime import date

from corpus.data_directory import Kind
from corpus.errors import DocumentError
from corpus.models import Citation, Frozen
from corpus.privacy import ShownLibrary
from tools.base import Knowledge
from tools.profiles import setting_profiles

SURROUNDINGS = 1_500
"""Characters shown before and after a quotation."""


class Holdings(Frozen):
    """Counts of what a data directory holds."""

    kind: Kind | None
    """None where no tables are loaded."""
    as_at: date | None
    settings: int
    documents: int
    passages: int
    vectors: int
    """Passages that can be found by meaning; fewer than `passages` while an index is
    being built."""
    stale: bool = False
    """Whether the index is missing, of another layout, or behind the documents."""
    note: str = ""
    """What is wrong or unfinished, and what mends it; empty where nothing is."""

    @classmethod
    def of(cls, knowledge: Knowledge) -> Holdings:
        """What is held now."""
        dataset, index = knowledge.dataset, knowledge.searcher.status()
        settings = len(setting_profiles(dataset)) if dataset.kind else 0
        return cls(
            kind=dataset.kind,
            as_at=dataset.as_at,
            settings=settings,
            documents=len(knowledge.library.summaries()),
            passages=index.passages,
            vectors=index.vectors,
            stale=index.stale,
            note=_note(index.passages, index.vectors, index.stale),
        )


def _note(passages: int, vectors: int, stale: bool) -> str:
    if stale:
        return "The index is behind the documents: run `placements index build`."
    if vectors < passages:
        return (
            f"{vectors:,} of {passages:,} passages can be found by meaning; the rest"
            " by their words. `placements index build` completes it."
        )
    return ""


class SourceText(Frozen):
    """A quotation in its surroundings."""

    title: str
    locator: str
    before: str
    quote: str
    after: str


def source_text(citation: Citation, library: ShownLibrary) -> SourceText | None:
    """The text around a document citation; None where there is no such text."""
    if citation.document_id is None or citation.quote is None:
        return None
    try:
        text = library.get(citation.document_id).text
    except DocumentError:  # replaced since: the quotation itself still stands
        text = citation.quote
    start = text.find(citation.quote) if citation.start is None else citation.start
    end = start + len(citation.quote)
    if text[start:end] != citation.quote:
        start, end, text = 0, len(citation.quote), citation.quote
    return SourceText(
        title=citation.title,
        locator=citation.locator,
        before=text[max(0, start - SURROUNDINGS) : start],
        quote=citation.quote,
        after=text[end : end + SURROUNDINGS],
    )
