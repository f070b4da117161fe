"""search_documents: passages of the library that bear on a question."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from corpus.codes import DocumentKind
from corpus.library import DocumentSummary
from corpus.models import Citation, Frozen
from index.models import FormerVersion, Hit, Query, Window
from tools.arguments import Name
from tools.base import Arguments, Knowledge, Result, Tool
from tools.document_topic import settled_words, topic
from tools.places import resolve_authority

DEFAULT_LIMIT: Final = 20
"""Passages returned where no limit is given: enough that the sentence which answers is
among them even where its passage is not among the first few."""


MOST_FIGURES: Final = 4
"""Figures named in one caveat on versions that differ."""
INVENTED: Final = "Documents marked as invented belong to the demonstration region."
"""Caveat of a result with such documents in it."""

_INVENTED_MARK: Final = "(invented, demonstration)"


class SearchDocumentsArguments(Arguments):
    """What to look for, and in which documents."""

    query: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)
    ]
    kinds: tuple[DocumentKind, ...] | None = Field(
        None, description="Only documents of these kinds."
    )
    local_authority: Name | None = Field(
        None, description="Only documents about this authority."
    )
    provider: Name | None = Field(
        None, description="Only documents about this provider or setting."
    )
    since: date | None = Field(None, description="Only documents dated on or after it.")
    limit: int | None = Field(None, ge=1, le=50, description="Passages to return.")


class FoundPassage(Frozen):
    """One passage, with the document that it stands in."""

    document_id: str
    title: str
    kind: DocumentKind
    published: date | None
    """None where the document bears no date that was recognised."""
    local_authority: Name | None
    locator: str
    start: int
    """Offset of the passage in the document's text."""
    text: str
    score: float
    """Fused score of the search, 0 to 1; comparable within one search only."""
    invented: bool
    windows: tuple[Window, ...] = Field((), exclude=True, repr=False)
    """Its sentences, with what speaks for each: for whoever quotes from it."""
    disagrees_with: tuple[str, ...] = ()
    """Older versions of this passage that give other figures, each in a sentence."""


class FoundPassages(Frozen):
    """Passages, best first."""

    passages: tuple[FoundPassage, ...]
    mode: str
    """"hybrid", or "lexical" while vectors are missing."""


def search_documents(
    arguments: SearchDocumentsArguments, knowledge: Knowledge
) -> Result[FoundPassages]:
    """Search the library, and cite each passage verbatim with its place."""
    authority = resolve_authority(arguments.local_authority, knowledge.gazetteer)
    kinds, since = arguments.kinds or (), arguments.since
    chosen = settled_words(kinds, arguments.provider, authority, since=since)
    searched = knowledge.searcher.search(
        Query(
            text=topic(arguments.query, chosen) or arguments.query,
            kinds=arguments.kinds or (),
            local_authority=authority,
            provider=arguments.provider,
            since=arguments.since,
            limit=arguments.limit or DEFAULT_LIMIT,
        )
    )
    passages = tuple(_passage(hit) for hit in searched.hits)
    caveats = [searched.note] if searched.note else []
    caveats += dict.fromkeys(told for p in passages for told in p.disagrees_with)
    if any(passage.invented for passage in passages):
        caveats.append(INVENTED)
    return Result(
        data=FoundPassages(passages=passages, mode=searched.mode),
        citations=tuple(_citation(hit) for hit in searched.hits),
        caveats=tuple(caveats),
    )


def _passage(hit: Hit) -> FoundPassage:
    return FoundPassage(
        document_id=hit.passage.document_id,
        title=hit.document.title,
        kind=hit.document.kind,
        published=hit.document.published,
        local_authority=hit.document.local_authority,
        locator=hit.passage.locator,
        start=hit.passage.start,
        text=hit.passage.text,
        score=hit.score,
        invented=hit.document.invented,
        windows=hit.windows,
        disagrees_with=tuple(
            _disagreement(hit, former) for former in hit.former if former.disagrees
        ),
    )


def _disagreement(hit: Hit, former: FormerVersion) -> str:
    """In which figures a passage and its older version differ."""
    now, then = former.figures_now, former.figures_then
    newer, older = _version(hit.document), _version(former.document)
    if not then:
        return f"Versions differ: {newer} has {_listed(now)}, which {older} lacks."
    if not now:
        return f"Versions differ: {newer} lacks {_listed(then)}, which {older} has."
    return f"Versions differ: {newer} has {_listed(now)}, {older} {_listed(then)}."


def _version(document: DocumentSummary) -> str:
    dated = f"{document.published:%B %Y}" if document.published else "undated"
    return f"{document_title(document.title, document.invented)} ({dated})"


def _listed(figures: tuple[str, ...]) -> str:
    named, others = figures[:MOST_FIGURES], len(figures) - MOST_FIGURES
    return ", ".join(named) + (f" and {others} more" if others > 0 else "")


def _citation(hit: Hit) -> Citation:
    return Citation(
        kind="document",
        title=document_title(hit.document.title, hit.document.invented),
        locator=hit.passage.locator,
        quote=hit.passage.text,
        source=hit.document.source,
        document_id=hit.passage.document_id,
        start=hit.passage.start,
    )


def document_title(title: str, invented: bool) -> str:
    """A document's title as cited: an invented one is always marked."""
    return f"{title} {_INVENTED_MARK}" if invented else title


def own_title(title: str) -> str:
    """A title as cited without the mark of an invented document."""
    return title.removesuffix(f" {_INVENTED_MARK}")


def is_invented(citation: Citation) -> bool:
    """Whether a citation is of an invented document."""
    return citation.kind == "document" and citation.title.endswith(_INVENTED_MARK)


SEARCH_DOCUMENTS: Final = Tool(
    name="search_documents",
    description=(
        "Passages of reports, Regulation 44 visit reports, statements of purpose,"
        " sufficiency statements and inspections that bear on a question, quoted"
        " verbatim with their place."
    ),
    arguments=SearchDocumentsArguments,
    run=search_documents,
)
