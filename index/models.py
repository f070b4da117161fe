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


class FormerVersion(Frozen):
    """An older version of a passage found, folded under the newest."""

    passage: Passage
    document: DocumentSummary
    figures_now: tuple[str, ...]
    """Figures that only the newest version holds, as printed."""
    figures_then: tuple[str, ...]
    """Figures that only this older version holds; both are empty where they agree."""

    @property
    def disagrees(self) -> bool:
        """Whether the versions differ in a figure."""
        return bool(self.figures_now or self.figures_then)


class Window(Frozen):
    """One sentence or two of a hit, and what speaks for their being the answer."""

    start: int
    """Offset in the document's text."""
    end: int
    cosine: float | None
    """Cosine with the question, -1 to 1; None in a search by words."""
    share: float
    """Share of the question's words that it holds, weighted by rarity, 0 to 1."""


class Hit(Frozen):
    """One passage found, with neighbours found too or that end its sentence."""

    passage: Passage
    """A span of its document's text; the id is that of the first passage in it."""
    document: DocumentSummary
    score: float
    """Fused score, 0 to 1; comparable within one search only."""
    rank: int
    """1 for the best."""
    lexical: float | None = None
    """Share of the query's words that the best passage of the span holds, weighted by
    rarity, 0 to 1; None where it holds none."""
    dense: float | None = None
    """Cosine of query and that passage, -1 to 1; None in a lexical search."""
    windows: tuple[Window, ...] = ()
    """Those of the passages of the span that were scored, in their order."""
    former: tuple[FormerVersion, ...] = ()
    """Older versions of the passage, the newest of them first."""


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
    finders: str = ""
    """Version of the finders of personal details by which its passages are masked."""


class IndexStatus(Frozen):
    """The state of the index that a searcher holds."""

    passages: int
    vectors: int
    stale: bool
    """True where the library holds other documents than the index."""
    mode: Mode
    generation: str | None = None
    """None where no index has been built."""


class IndexStanding(IndexStatus):
    """The state of the index, and what it keeps on disk."""

    documents: int
    model: str | None
    """Embedding model of the vectors; None where there are none."""
    bytes_on_disk: int
    """Of everything under the index's folder."""
    older_generations: int
    """Generations kept beside the current one."""
    older_held: int
    """Those of them that a reader holds; the next build clears the others."""
