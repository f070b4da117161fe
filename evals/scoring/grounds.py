"""Sources that no call of an answer gives, each looked up where it is said to be from.

The law is a fixed table. What a tool refuses is read from the question again, why a
provider did not come up is held against the earlier searches again, and a statement
that was drafted is drafted again and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer
from assistant.conversation import Conversation
from assistant.conversation.exclusion import exclusion
from assistant.law import LAW
from assistant.ledger import Ledger
from assistant.planning import plan
from corpus.errors import PlacementsError
from corpus.models import Citation
from tools.base import Knowledge


def has_grounds(
    citation: Citation, answer: Answer, earlier: Sequence[Answer], knowledge: Knowledge
) -> bool:
    """Whether a source that no call gives is what looking again gives.

    Args:
        citation: the source.
        answer: the answer that cites it.
        earlier: the answers before it in the conversation, oldest first.
        knowledge: what is looked in.
    """
    if citation.source in {law.source for law in LAW}:
        return citation in LAW
    conversation = Conversation(answers=tuple(earlier))
    try:
        if citation.kind == "dataset":
            return _excludes(citation, answer, conversation, knowledge)
        planned = plan(answer.question, conversation, knowledge)
        if planned.narrative:
            authority = planned.narrative.local_authority
            return _is_drafted(citation, authority, knowledge)
    except PlacementsError:
        return False
    return planned.reply is not None and citation in planned.reply.citations


def _excludes(
    citation: Citation, answer: Answer, conversation: Conversation, knowledge: Knowledge
) -> bool:
    """Whether it says what rules a provider out of a search made before."""
    named = [call.arguments.get("provider") for call in answer.tool_calls]
    found = (
        exclusion(name, search.arguments, knowledge)
        for name in dict.fromkeys(filter(None, named))
        for search in conversation.searches
    )
    return any(one is not None and one.citation == citation for one in found)


def _is_drafted(citation: Citation, authority: str, knowledge: Knowledge) -> bool:
    """Whether the statement, drafted again, holds as much as is said of it, and
    nothing that was struck."""
    from assistant.narrative import Narrative, citation_of, draft_narrative, told_of

    ledger = Ledger(knowledge)
    *_, last = draft_narrative(knowledge, authority, lambda: False, ledger)
    if not isinstance(last, Narrative) or last.struck:
        return False
    written = told_of(last, Path(citation.source), ledger)
    return citation_of(written, citation.source) == citation
