"""What is to be done about a question."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import ToolCall
from assistant.describing import describe_call
from assistant.draft import NarrativeAsked
from assistant.replies import Reply
from corpus.models import Frozen


class Plan(Frozen):
    """Tool calls to make, a reply, or both; and how the question was read."""

    calls: tuple[ToolCall, ...] = ()
    """In the order in which they are to run."""
    reply: Reply | None = None
    """Said straight away; beside calls, after what they found."""
    notes: tuple[str, ...] = ()
    """What was mended, set aside or taken from an earlier turn in reading."""
    asked: str = ""
    """The question as it is meant, with what it refers to put into it by name; empty
    where that is the question as it stands."""
    unless_documents: bool = False
    """Whether the reply stands only where the documents of the calls answer nothing."""
    held_against: ToolCall | None = None
    """A search for homes that the providers of the calls did not come up in: each
    criterion that rules them out is to be said."""

    narrative: NarrativeAsked | None = None
    """A sufficiency statement to draft; such a plan calls nothing and has no reply."""

    @property
    def understood(self) -> str:
        """How the question was read, in one line."""
        told = [describe_call(call.name, call.arguments) for call in self.calls]
        if self.narrative:
            told = [f"a draft statement for {self.narrative.local_authority}"]
        return " · ".join(["; then ".join(told), *self.notes])

    @property
    def only_documents(self) -> bool:
        """Whether it calls nothing but the search in documents."""
        return all(call.name == "search_documents" for call in self.calls)

    def noting(self, *notes: str) -> Plan:
        """The plan with more said of the reading."""
        told = tuple(dict.fromkeys((*self.notes, *notes)))
        return self.model_copy(update={"notes": told})


def replying(reply: Reply) -> Plan:
    """A plan that calls nothing."""
    return Plan(reply=reply)


def joined(plans: Sequence[Plan]) -> Plan:
    """The plans of several questions in one: each call once, the first reply."""
    if len(plans) == 1:
        return plans[0]
    calls: list[ToolCall] = []
    for one in plans:
        calls += (call for call in one.calls if call not in calls)
    replies = (one.reply for one in plans if one.reply)
    meant = (one.asked for one in plans if one.asked)
    held = (one.held_against for one in plans if one.held_against)
    return Plan(
        calls=tuple(calls),
        reply=next(replies, None),
        notes=tuple(dict.fromkeys(note for one in plans for note in one.notes)),
        asked=next(meant, ""),
        narrative=next((one.narrative for one in plans if one.narrative), None),
        held_against=next(held, None),
        unless_documents=any(one.unless_documents for one in plans),
    )
