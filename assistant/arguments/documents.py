"""Arguments of the search in documents."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from assistant.arguments.reading import Draft
from assistant.arguments.slots import put_day, put_limit, put_name
from assistant.arguments.statement import Statement
from assistant.readers.documents import read_document_kinds
from assistant.readers.periods import read_since

_SINCE: Final = re.compile(
    r"\b(?:onwards?|or\s+later|and\s+later|since|after|from|(?:in|over|during|within)\s+the\s+(?:last|past))\b",
    re.I,
)
_SAYS: Final = re.compile(
    r"^(?:\s+(?:county\s+|city\s+|borough\s+)?council)?(?:['’]s)?\s+(?:say|says|said|plan"
    r"|plans|intend|commit|report|reports|identify|identifies|want|aim|describe)\b",
    re.IGNORECASE,
)


def read_search_documents(draft: Draft, statement: Statement) -> None:
    """Arguments of `search_documents`: the question, and whose documents of which kind.

    An authority narrows the search only beside a kind, as in "Kent's sufficiency
    statement", or where it is the one that says: a report on the whole region may well
    speak of Kent.
    """
    draft.put("query", statement.question)
    kinds = read_document_kinds(statement.text)
    draft.put("kinds", [str(kind) for kind in kinds])
    name = statement.name
    if name and not name.choices:
        put_name(draft, statement)
    elif authority := _authority(statement, bool(kinds)):
        draft.put("local_authority", authority)
    if _SINCE.search(statement.text):
        put_day(draft, statement, "since", _past_since)
    put_limit(draft, statement)


def _past_since(text: str, as_at: date) -> date | None:
    """The day from which documents are dated: one to come dates what they speak of."""
    day = read_since(text, as_at)
    return day if day and day <= as_at else None


def _authority(statement: Statement, of_a_kind: bool) -> str | None:
    """The one authority whose documents are meant."""
    named = {
        mention.place.name: mention
        for mention in statement.mentions
        if mention.place.kind == "local_authority"
    }
    if len(named) != 1:
        return None
    ((name, mention),) = named.items()
    text = statement.text
    says = _SAYS.match(text[mention.end :]) or re.search(
        r"\baccording\s+to\s+$", text[: mention.start], re.IGNORECASE
    )
    return name if of_a_kind or says else None
