"""Searching: both arms over one generation, filtered, fused, folded and joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.data_directory import DataDirectory
from corpus.errors import IndexFault
from corpus.library import Library, fingerprint_of
from corpus.privacy import ShownLibrary
from corpus.viewer import Viewer
from index.arms import Arm
from index.chroma import ChromaVectors, place
from index.embedding import QuestionEmbedder, exported_model
from index.filters import matches
from index.generations import Generation, current_folder, open_current
from index.hits import HitMaker
from index.models import IndexStatus, Mode, Query, SearchResult
from index.scoring import (
    Collection,
    Scored,
    nearest,
    score_both,
    score_meaning,
    score_words,
)
from index.unmasking import Unmasking

EXACT_LIMIT: Final = 20_000
"""Passages up to which the exact matrix is searched though Chroma could be.

At this size importing and opening Chroma costs as much as some fifty exact searches,
and more with fewer passages (`docs/retrieval.md` has the figures)."""

NO_INDEX: Final = (
    "No documents are indexed. Read some in with `placements ingest PATH`."
)
OLDER_INDEX: Final = (
    "The index is of an earlier version, and is not searched. Build it again with"
    " `placements index build`."
)
NONE_FITS: Final = "No document fits the kinds, authority, provider and date asked for."
WORDS_ONLY: Final = "Searched by words alone: the passages have not been embedded yet."
WORDS_CHOSEN: Final = "Searched by words alone, as the settings say."
OTHER_MODEL: Final = (
    "Searched by words alone: the passages were embedded with another model."
    " Build the index again with `placements index build`."
)
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
    viewer: Viewer | None = None
    """Who reads the hits: those of its own documents are given unmasked. What is
    searched is masked for everybody, so nobody confirms a name by searching for it."""
    arm: Arm = "both"

    @classmethod
    def open(
        cls,
        directory: DataDirectory,
        chroma_url: str | None = None,
        viewer: Viewer | None = None,
        arm: Arm = "both",
    ) -> Searcher:
        """A searcher of the current index, or of none.

        Raises:
            IndexFault: where the index is damaged.
        """
        return cls(directory, open_current(directory), chroma_url, viewer, arm)

    def search(self, query: Query) -> SearchResult:
        """The passages that bear most on the query, best first.

        Where vectors or the question model are missing, words alone are searched and
        the note says so; where no index has been built there are no hits.
        """
        generation = self.generation
        if generation is None or not generation.lines:
            return SearchResult(hits=(), mode="lexical", note=self._why_nothing())
        chosen = [matches(d.summary, query) for d in generation.documents]
        if not any(chosen):
            return SearchResult(hits=(), mode=self.mode, note=NONE_FITS)
        allowed = generation.allowed(chosen)
        question, why = self._embedded(query.text)
        if question is None:
            scored = score_words(self._collection(generation), query.text, allowed)
            return self._result(generation, scored, query, "lexical", why)
        scored, note = self._by_both(generation, query, question, chosen)
        return self._result(generation, scored, query, "hybrid", note)

    def _why_nothing(self) -> str:
        older = self.generation is None and current_folder(self.directory) is not None
        return OLDER_INDEX if older else NO_INDEX

    def embedded(self, text: str) -> NDArray[np.float32] | None:
        """A text's vector of length 1; None where no model can embed it."""
        try:
            vector: NDArray[np.float32] = self._embedder.embed([text])[0]
        except IndexFault:
            return None
        return vector

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
        """`hybrid` where both the vectors and their question model are there."""
        return "lexical" if self._why_words_only() else "hybrid"

    def _why_words_only(self) -> str:
        """Why words alone can be searched; empty where both arms can."""
        model = exported_model(self._model)
        if self.generation is None or self.generation.matrix is None or model is None:
            return WORDS_ONLY
        return "" if self.generation.manifest.model == model.name else OTHER_MODEL

    @property
    def _model(self) -> Path:
        return self.directory.index / "model"

    @cached_property
    def _embedder(self) -> QuestionEmbedder:
        return QuestionEmbedder.open(self._model)

    def _collection(self, generation: Generation) -> Collection:
        return Collection(
            lexical=generation.lexical,
            text=lambda position: generation.passage(position).text,
            matrix=generation.matrix,
            windows=generation.windows,
            sequences=generation.sequences,
            weights=generation.weights,
        )

    @cached_property
    def _hits(self) -> HitMaker | None:
        masked = ShownLibrary(Library.open(self.directory), None)
        return HitMaker(self.generation, masked) if self.generation else None

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
        if self.arm == "words":
            return None, WORDS_CHOSEN
        if why := self._why_words_only():
            return None, why
        try:
            vector: NDArray[np.float32] = self._embedder.embed([text])[0]
        except IndexFault as error:
            return None, f"Searched by words alone. {error}"
        return vector, ""

    def _by_both(
        self,
        generation: Generation,
        query: Query,
        question: NDArray[np.float32],
        chosen: list[bool],
    ) -> tuple[Scored, str | None]:
        """The candidates of both arms, and a note where Chroma failed."""
        collection, allowed = self._collection(generation), generation.allowed(chosen)
        near, note = self._nearest(collection, question, generation, chosen)
        if self.arm == "meaning":
            return score_meaning(collection, query.text, question, near), note
        return score_both(collection, query.text, question, near, allowed), note

    def _nearest(
        self,
        collection: Collection,
        question: NDArray[np.float32],
        generation: Generation,
        chosen: list[bool],
    ) -> tuple[list[int], str | None]:
        pairs = zip(generation.documents, chosen, strict=True)
        ids = [document.summary.document_id for document, kept in pairs if kept]
        note = None
        try:
            if self._chroma is not None:
                documents = None if all(chosen) else ids
                return list(self._chroma.nearest(question, documents)), None
        except IndexFault:
            note = EXACTLY
        return nearest(collection, question, generation.allowed(chosen)), note

    def _result(
        self,
        generation: Generation,
        scored: Scored,
        query: Query,
        mode: Mode,
        note: str | None,
    ) -> SearchResult:
        hits = self._hits.hits(scored, query.limit) if self._hits else ()
        shown = Unmasking(ShownLibrary(Library.open(self.directory), self.viewer))
        return SearchResult(hits=tuple(map(shown.hit, hits)), mode=mode, note=note)
