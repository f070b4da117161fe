"""Hits as their reader may read them: the index is masked, the owner's hits are not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from corpus.errors import DocumentError
from corpus.library import DocumentSummary
from corpus.models import Passage
from corpus.privacy import DocumentMask, ShownLibrary
from index.models import FormerVersion, Hit, Window


@dataclass(frozen=True)
class Unmasking:
    """Gives the passages of documents that a viewer reads whole as they are stored."""

    library: ShownLibrary

    def hit(self, hit: Hit) -> Hit:
        """A hit, its passage and its former versions as the viewer reads them."""
        return hit.model_copy(
            update={
                "windows": self._windows(hit),
                "passage": self._passage(hit.passage, hit.document),
                "document": self._document(hit.document),
                "former": tuple(map(self._former, hit.former)),
            }
        )

    def _former(self, former: FormerVersion) -> FormerVersion:
        return former.model_copy(
            update={
                "passage": self._passage(former.passage, former.document),
                "document": self._document(former.document),
            }
        )

    def _document(self, document: DocumentSummary) -> DocumentSummary:
        if not self.library.reads_whole(document):
            return document
        return self._stored.get(document.document_id, document)

    def _windows(self, hit: Hit) -> tuple[Window, ...]:
        """The windows by their offsets in the text that the viewer reads."""
        mask = self._mask(hit.passage.document_id, hit.document)
        if mask is None:
            return hit.windows
        return tuple(
            window.model_copy(
                update={
                    "start": mask.masking.to_stored(window.start),
                    "end": mask.masking.to_stored(window.end, end=True),
                }
            )
            for window in hit.windows
        )

    def _mask(self, document_id: str, document: DocumentSummary) -> DocumentMask | None:
        """The masking of a document that the viewer reads whole; None of others, and
        where the document is gone."""
        if not self.library.reads_whole(document):
            return None
        try:
            return DocumentMask(self.library.held.get(document_id))
        except DocumentError:
            return None

    def _passage(self, passage: Passage, document: DocumentSummary) -> Passage:
        """The passage in the text as stored; masked where the document is gone."""
        mask = self._mask(passage.document_id, document)
        if mask is None:
            return passage
        start = mask.masking.to_stored(passage.start)
        end = mask.masking.to_stored(passage.end, end=True)
        text = mask.document.text[start:end]
        return passage.model_copy(update={"start": start, "end": end, "text": text})

    @cached_property
    def _stored(self) -> dict[str, DocumentSummary]:
        return {one.document_id: one for one in self.library.held.summaries()}
