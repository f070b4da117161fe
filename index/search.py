"""Searching: both arms over one generation, filtered, fused and without duplicates."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.data_directory import DataDirectory
from corpus.errors import IndexFault
from corpus.library import DocumentSummary, Library, fingerprint_of
from corpus.text import comparable_name
from index.chroma import ChromaVectors, place
from index.embedding import QuestionEmbedder, exported
from index.fusion import candidates, fuse, ranked
from index.generations import Generation, open_current
from index.lexical import same_words
from index.models import Hit, IndexStatus, Mode, Query, SearchResult
from index.rerank import best_sentence

EXACT_LIMIT: Final = 20_000
"""Passages up to which the exact matrix is searched though Chroma could be.

At this size importing and opening Chroma costs as much as some fifty exact searches,
and more with fewer passages (`docs/retrieval.md` has the figures)."""

EVIDENCE_WEIGHT: Final = 0.5
"""Weight of the best sentence beside the fused score; 0.3 to 0.6 measured alike."""

NO_INDEX: Final = (
    "No documents are indexed. Read some in with `placements ingest PATH`."
)
NONE_FITS: Final = "No document fits the kinds, authority, provider and date asked for."
WORDS_ONLY: Final = "Searched by words alone: the passages have not been embedded yet."
EXACTLY: Final = "Chroma could not be opened; the kept vectors were searched exactly."

Chosen = NDArray[np.bool_]


@dataclass(frozen=True)
class Searcher:
    """Searches the generation that was current when it was opened."""

    directory: DataDirectory
    generation: Generation | None = field(repr=False)
    """None where no index has been built."""
    chroma_url: str | None = None
    """Server that keeps the vectors; None for the embedded Chroma."""

    @classmethod
    def open(cls, directory: DataDirectory, chroma_url: str | None = None) -> Searcher:
        """A searcher of the current index, or of none.

        Raises:
            IndexFault: where the index is damaged.
        """
        return cls(directory, open_current(directory), chroma_url)

    def search(self, query: Query) -> SearchResult:
        """The passages that bear most on the query, best first.

        Where vectors or the question model are missing, words alone are searched and
        the note says so; where no index has been built there are no hits.
        """
        generation = self.generation
        if generation is None or not generation.lines:
            return SearchResult(hits=(), mode="lexical", note=NO_INDEX)
        chosen = [_matches(d.summary, query) for d in generation.documents]
        if not any(chosen):
            return SearchResult(hits=(), mode=self.mode, note=NONE_FITS)
        allowed = generation.allowed(chosen)
        words = generation.lexical.scores(query.text) * generation.weights
        lexical = {i: float(words[i]) for i in candidates(words, allowed, 0.0)}
        question, why = self._embedded(query.text)
        if question is None:
            hits = self._hits(query, [lexical], lexical, {})
            return SearchResult(hits=hits, mode="lexical", note=why)
        dense, note = self._dense(question, allowed, chosen)
        cosines = self._cosines(question, {*lexical, *dense})
        hits = self._hits(query, [lexical, dense], lexical, cosines)
        return SearchResult(hits=hits, mode="hybrid", note=note)

    def close(self) -> None:
        """Let go of Chroma, where it was opened; searching opens it again."""
        if isinstance(chroma := self.__dict__.pop("_chroma", None), ChromaVectors):
            chroma.close()

    def status(self) -> IndexStatus:
        """What is indexed, and whether the library has moved on since."""
        held = Library.open(self.directory).fingerprint()
        if self.generation is None:
            stale = held != fingerprint_of(())
            return IndexStatus(passages=0, vectors=0, stale=stale, mode="lexical")
        manifest = self.generation.manifest
        return IndexStatus(
            passages=manifest.passages,
            vectors=manifest.vectors,
            stale=manifest.library != held,
            mode=self.mode,
            generation=manifest.generation,
        )

    @property
    def passages(self) -> int:
        """How many passages are searched."""
        return len(self.generation.lines) if self.generation else 0

    @property
    def mode(self) -> Mode:
        """`hybrid` where both the vectors and the question model are there."""
        dense = self.generation is not None and self.generation.matrix is not None
        return "hybrid" if dense and exported(self._model) else "lexical"

    @property
    def _model(self) -> Path:
        return self.directory.index / "model"

    @cached_property
    def _embedder(self) -> QuestionEmbedder:
        return QuestionEmbedder.open(self._model)

    @cached_property
    def _chroma(self) -> ChromaVectors | None:
        """Chroma, where it is worth opening; None where the matrix serves.

        Raises:
            IndexFault: where it is worth opening and cannot be.
        """
        generation = self.generation
        if generation is None or generation.matrix is None:
            return None
        if self.chroma_url is None and len(generation.lines) <= EXACT_LIMIT:
            return None
        where = place(
            self.directory,
            generation.folder / "chroma",
            generation.manifest,
            self.chroma_url,
        )
        return ChromaVectors.open(where, len(generation.lines))

    def _embedded(self, text: str) -> tuple[NDArray[np.float32] | None, str]:
        """The question's vector; or None, and why the search is by words alone."""
        if self.mode == "lexical":
            return None, WORDS_ONLY
        try:
            vector: NDArray[np.float32] = self._embedder.embed([text])[0]
        except IndexFault as error:
            return None, f"Searched by words alone. {error}"
        return vector, ""

    def _dense(
        self, question: NDArray[np.float32], allowed: Chosen, chosen: list[bool]
    ) -> tuple[dict[int, float], str | None]:
        """Cosines of the nearest passages, and a note where Chroma failed."""
        generation, everything = self.generation, all(chosen)
        documents = generation.documents if generation else ()
        pairs = zip(documents, chosen, strict=True)
        ids = [document.summary.document_id for document, kept in pairs if kept]
        try:
            if self._chroma is None:
                return self._exact(question, allowed), None
            nearest = self._chroma.nearest(question, None if everything else ids)
            return self._weighted(nearest), None
        except IndexFault:
            return self._exact(question, allowed), EXACTLY

    def _exact(
        self, question: NDArray[np.float32], allowed: Chosen
    ) -> dict[int, float]:
        if self.generation is None or self.generation.matrix is None:
            return {}
        cosines = self.generation.matrix @ question
        nearest = candidates(cosines, allowed, -1.1)
        return self._weighted({i: float(cosines[i]) for i in nearest})

    def _weighted(self, cosines: dict[int, float]) -> dict[int, float]:
        """The candidates without those that their weight puts below the last of them.

        Kept, a lowered cosine would stretch the scale on which all are normalised.
        """
        if self.generation is None:
            return cosines
        weights, floor = self.generation.weights, min(cosines.values(), default=0.0)
        lowered = {i: cosine * float(weights[i]) for i, cosine in cosines.items()}
        return {i: cosine for i, cosine in lowered.items() if cosine >= floor}

    def _cosines(
        self, question: NDArray[np.float32], positions: set[int]
    ) -> dict[int, float]:
        """Cosine of every candidate, also of those that only the words put forward."""
        if self.generation is None or self.generation.matrix is None:
            return {}
        rows = sorted(positions)
        cosines = self.generation.matrix[rows] @ question
        return dict(zip(rows, map(float, cosines), strict=True))

    def _hits(
        self,
        query: Query,
        arms: list[dict[int, float]],
        lexical: dict[int, float],
        dense: dict[int, float],
    ) -> tuple[Hit, ...]:
        generation = self.generation
        if generation is None:
            return ()
        fused = self._with_evidence(fuse(arms), query.text)
        best = ranked(
            fused, query.limit, lambda i: same_words(generation.passage(i).text)
        )
        return tuple(
            Hit(
                passage=generation.passage(position),
                document=generation.document(position),
                score=fused[position],
                rank=rank,
                lexical=lexical.get(position),
                dense=dense.get(position),
            )
            for rank, position in enumerate(best, 1)
        )

    def _with_evidence(
        self, fused: dict[int, float], question: str
    ) -> dict[int, float]:
        """The fused scores, each joined by what of the question one sentence holds."""
        generation = self.generation
        if generation is None:
            return fused
        rarity = generation.lexical.rarity(question)
        return {
            position: (1 - EVIDENCE_WEIGHT) * score
            + EVIDENCE_WEIGHT * best_sentence(generation.passage(position).text, rarity)
            for position, score in fused.items()
        }


def _matches(document: DocumentSummary, query: Query) -> bool:
    """Whether a document passes the query's filters."""
    if query.kinds and document.kind not in query.kinds:
        return False
    if query.since and (document.published is None or document.published < query.since):
        return False
    if query.local_authority and not _same(
        document.local_authority, query.local_authority
    ):
        return False
    return not query.provider or _names(document, query.provider)


def _same(first: str | None, second: str) -> bool:
    return first is not None and comparable_name(first) == comparable_name(second)


def _names(document: DocumentSummary, provider: str) -> bool:
    """Whether one name holds the other, word for word, as "Oak" and "Oak Ltd" do."""
    sought = f" {comparable_name(provider)} "
    if not document.provider:
        return False
    held = f" {comparable_name(document.provider)} "
    return bool(sought.strip()) and (sought in held or held in sought)
