"""Citations of spans that rows were read from."""

from __future__ import annotations

from corpus.models import Citation
from corpus.observed import Span
from corpus.privacy import ShownLibrary
from tools.search_documents import document_title


def span_citation(span: Span, library: ShownLibrary) -> Citation:
    """The document, place and words of a span.

    Raises:
        DocumentError: where the document is no longer held.
    """
    document = library.get(span.document_id)
    return Citation(
        kind="document",
        title=document_title(document.title, document.invented),
        locator=span.locator,
        quote=span.quote,
        source=document.source,
        document_id=span.document_id,
        start=span.start,
    )
