"""Which documents a query asks for."""

from __future__ import annotations

from corpus.library import DocumentSummary
from corpus.text import comparable_name
from index.models import Query


def matches(document: DocumentSummary, query: Query) -> bool:
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
