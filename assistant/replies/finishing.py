"""A draft finished with what its plan says beside the calls: limits, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.draft import Draft
from assistant.ledger import MARKER, Entry, Ledger
from assistant.replies.reply import Reply
from corpus.models import Citation
from tools.search_documents import FoundPassages

MOST_POINTED_AT = 3
"""Documents named beside a limit."""


def drafted_reply(reply: Reply, ledger: Ledger) -> Draft:
    """A reply as the whole draft."""
    text = cited(reply.text, reply.citations, ledger)
    return Draft(status=reply.status, text=text, suggestions=reply.suggestions)


def with_reply(draft: Draft, reply: Reply, ledger: Ledger) -> Draft:
    """A draft that answers some of the questions, and the reply to the others."""
    text = cited(reply.text, reply.citations, ledger)
    suggestions = (*draft.suggestions, *reply.suggestions)
    return draft.model_copy(
        update={
            "text": f"{draft.text}\n\n{text}",
            "suggestions": tuple(dict.fromkeys(suggestions))[:4],
        }
    )


def pointing(reply: Reply, entries: Iterable[Entry], ledger: Ledger) -> Draft:
    """A reply that declines, and points to documents held on the subject."""
    draft = drafted_reply(reply, ledger)
    named = list(dict.fromkeys(_nearest(entries)))[:MOST_POINTED_AT]
    if not named:
        return draft
    listed = "\n".join(f"- *{title}* [{marker}]" for title, marker in named)
    return draft.model_copy(
        update={
            "text": f"{draft.text}\n\nThe documents held that come nearest:\n{listed}"
        }
    )


def cited(text: str, citations: tuple[Citation, ...], ledger: Ledger) -> str:
    """The text with its own markers, from 1 on, as the ledger numbers them."""
    markers = [ledger.cite(citation) for citation in citations]
    return MARKER.sub(lambda match: f"[{markers[int(match[1]) - 1]}]", text)


def _nearest(entries: Iterable[Entry]) -> Iterator[tuple[str, int]]:
    seen = set[str]()
    for entry in entries:
        if isinstance(entry.result.data, FoundPassages):
            for passage, marker in zip(
                entry.result.data.passages, entry.markers, strict=True
            ):
                if passage.document_id not in seen:
                    seen.add(passage.document_id)
                    yield passage.title, marker
