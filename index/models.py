"""What is asked of the index, and what it gives back."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from corpus.codes import DocumentKind
from corpus.library import DocumentSummary
from corpus.models import Frozen, Passage

Mode = Literal["hybrid", "lexical"]


class Query(Frozen):
    """What to look for, and in which documents."""

    text: str
    kinds: tuple[DocumentKind, ...] = ()
    """Only documents of these kinds; empty for all."""
    local_authority: str | None = None
    """Only documents about this authority."""
    provider: str | None = None
    """Only documents about this provider or setting, by name or a part of it."""
    since: date | None = None
    """Only documents dated on or after it."""
    limit: int = Field(default=8, ge=1)


class Hit(Frozen):
    """One passage found."""

    passage: Passage
    document: DocumentSummary
    score: float
    """Fused score, 0 to 1; comparable within one search only."""
    rank: int
    """1 for the best."""
    lexical: float | None = None
    """BM25 score; None where no word of the query stands in the passage."""
    dense: float | None = None
    """Cosine of query and passage, -1 to 1; None in a lexical search."""


class SearchResult(Frozen):
    """Passages, best first."""

    hits: tuple[Hit, ...]
    mode: Mode
    note: str | None = None
    """What the reader should know of this search; None where nothing is amiss."""


class GenerationManifest(Frozen):
    """What one generation of the index holds."""

    generation: str
    layout: int
    """Version of the folder's layout and of how passages are cut."""
    library: str
    """Fingerprint of the library that it was built from."""
    documents: int
    passages: int
    vectors: int
    """Number of passages with a vector: all, or none."""
    model: str | None = None
    """Embedding model of the vectors; None where there are none."""


class IndexStatus(Frozen):
    """The state of the index that a searcher holds."""

    passages: int
    vectors: int
    stale: bool
    """True where the library holds other documents than the index."""
    mode: Mode
    generation: str | None = None
    """None where no index has been built."""
