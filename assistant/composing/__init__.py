"""Drafts composed from what tools found: templates for figures, quotations."""

from __future__ import annotations

from assistant.composing.documents import compose_documents
from assistant.composing.providers import compose_providers
from assistant.draft import Draft
from assistant.ledger import Ledger


def compose(question: str, ledger: Ledger) -> Draft:
    """The draft of an answer to `question` from the last call of the ledger."""
    entry = ledger.entries[-1]
    if entry.call.name == "find_providers":
        return compose_providers(entry)
    return compose_documents(question, entry, ledger)


__all__ = ["compose"]
