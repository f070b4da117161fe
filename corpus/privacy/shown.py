"""The library as one viewer may read it: whole to the owner, masked to all others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.library import DocumentSummary, Library
from corpus.models import Document
from corpus.privacy.finding import finders_version
from corpus.privacy.views import DocumentMask, known_of, masked_label
from corpus.viewer import Viewer


@dataclass(frozen=True)
class ShownLibrary:
    """A library for reading alone, under its viewer's eyes.

    A council reads the documents about itself whole, an evaluator the invented ones.
    Every other document is masked; its offsets count in the masked text.
    """

    held: Library
    """The library as stored, for those who must not show what they read."""
    viewer: Viewer | None
    """None for a reader to whom everything is masked, such as an index."""

    @property
    def folder(self) -> Path:
        """The folder of the library."""
        return self.held.folder

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """All documents without their text, by title."""
        return tuple(map(self.summary, self.held.summaries()))

    def summary(self, stored: DocumentSummary) -> DocumentSummary:
        """One summary as it is shown."""
        if self.reads_whole(stored):
            return stored
        title, source = stored.masked_title, stored.masked_source
        if stored.finders != finders_version():
            known = known_of(stored.provider, stored.local_authority)
            title = masked_label(stored.title, known)
            source = masked_label(stored.source, known)
        return stored.model_copy(
            update={"title": title, "source": source, "origin": ""}
        )

    def providers(self) -> tuple[str, ...]:
        """Providers and settings that documents are about, in order."""
        held = self.held.summaries()
        return tuple(sorted({one.provider for one in held if one.provider}))

    def get(self, document_id: str) -> Document:
        """One document as it is shown.

        Raises:
            DocumentError: where there is none, or its file is damaged.
        """
        stored = self.held.get(document_id)
        return stored if self.reads_whole(stored) else DocumentMask(stored).shown

    def fingerprint(self) -> str:
        """Hash of what the library holds: equal where the documents are."""
        return self.held.fingerprint()

    def reads_whole(self, document: Document | DocumentSummary) -> bool:
        """Whether the viewer reads a document without masks."""
        if self.viewer is None:
            return False
        if self.viewer.role == "evaluator":
            return document.invented
        owner = document.local_authority
        return owner is not None and self.viewer.owns(owner)
