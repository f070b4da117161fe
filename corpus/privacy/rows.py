"""Rows read from documents, as a viewer may read the spans that they stand on."""

from __future__ import annotations

from functools import cache
from typing import Any

from corpus.errors import DocumentError
from corpus.models import Frozen
from corpus.observed import Observed, Span
from corpus.privacy.shown import ShownLibrary
from corpus.privacy.views import DocumentMask


def shown_rows(observed: Observed, library: ShownLibrary) -> Observed:
    """The rows with each span quoted from its document as it is shown.

    A row of a document that has been taken away since is left out.
    """

    @cache
    def mask(document_id: str) -> DocumentMask | None:
        stored = library.held.get(document_id)
        return None if library.reads_whole(stored) else DocumentMask(stored)

    def shown(row: Frozen) -> Frozen:
        spans = {name: _shown(value, mask) for name, value in row if _has_span(value)}
        return row.model_copy(update=spans)

    return Observed(**{name: tuple(_readable(rows, shown)) for name, rows in observed})


def _readable(rows: Any, shown: Any) -> list[Any]:
    found = []
    for row in rows:
        try:
            found.append(shown(row))
        except DocumentError:
            continue
    return found


def _has_span(value: object) -> bool:
    return isinstance(value, Span) or (
        isinstance(value, tuple) and any(isinstance(part, Span) for part in value)
    )


def _shown(value: Any, mask: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_shown(part, mask) for part in value)
    masked = mask(value.document_id)
    return value if masked is None else masked.span(value)
