"""The built-in brain: plans and composes without a language model.

It reads the conversation, says which tools to call by its own reading of the question,
and composes the answer from what the tools found. It is deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composing import compose
from assistant.conversation import Conversation
from assistant.conversation.exclusion import exclusion
from assistant.draft import Draft
from assistant.ledger import MARKER, Ledger
from assistant.planning import Plan, plan
from assistant.replies.asking import UNCLEAR
from assistant.replies.finishing import (
    cited,
    drafted_reply,
    pointing,
    with_reply,
)
from assistant.session import Session
from tools.search_documents import is_invented


@dataclass(frozen=True)
class BuiltInBrain:
    """Plans with small readers, composes with templates and quotations."""

    ledger: Ledger
    """What the tools of this question found."""

    def planned(self, question: str, session: Session) -> Plan:
        """The calls to make, or the reply to give, after what was said before."""
        earlier = Conversation(answers=tuple(turn.result for turn in session.turns))
        return plan(question, earlier, self.ledger.knowledge)

    def drafted(self, question: str, planned: Plan, problems: Sequence[str]) -> Draft:
        """The answer, once the calls of the plan have run.

        `problems` are the words of the calls that could not be run as asked.
        """
        if planned.narrative:  # it takes longer than a call may: the engine drafts it
            return Draft(status="answered", text="", narrative=planned.narrative)
        if planned.reply is not None and not planned.calls:
            return drafted_reply(planned.reply, self.ledger)
        return self._composed(question, planned, _failed(problems))

    def _composed(self, question: str, planned: Plan, failed: Draft) -> Draft:
        """The draft from what was found, with what the plan says beside it."""
        if not self.ledger.entries:
            return failed
        reply = planned.reply
        if reply and reply.status == "declined" and planned.only_documents:
            return pointing(reply, self.ledger.entries, self.ledger)
        draft = compose(planned.asked or question, self.ledger)
        if reply and planned.unless_documents:
            answers = draft.status == "answered" and (
                reply == UNCLEAR or self._rests_on_real(draft)
            )
            nothing = draft.status == "not_in_evidence" and reply == UNCLEAR
            return draft if answers or nothing else drafted_reply(reply, self.ledger)
        if planned.held_against:
            draft = self._with_exclusion(draft, planned)
        if failed.text:
            draft = draft.model_copy(update={"text": f"{draft.text}\n\n{failed.text}"})
        return with_reply(draft, reply, self.ledger) if reply else draft

    def _rests_on_real(self, draft: Draft) -> bool:
        """Whether the first source of the text is a document that is not invented."""
        first = MARKER.search(draft.text)
        source = self.ledger.citation(int(first[1])) if first else None
        return source is not None and not is_invented(source)

    def _with_exclusion(self, draft: Draft, planned: Plan) -> Draft:
        """Why the provider did not come up in the earlier search, before the rest."""
        search, knowledge = planned.held_against, self.ledger.knowledge
        name = planned.calls[0].arguments.get("provider")
        found = (
            exclusion(name, search.arguments, knowledge) if name and search else None
        )
        if found is None:
            return draft
        told = cited(found.text, (found.citation,), self.ledger)
        return draft.model_copy(update={"text": f"{told}\n\n{draft.text}"})


def _failed(problems: Sequence[str]) -> Draft:
    """What could not be done as asked; empty where all of it was."""
    told = "I could not do that as asked: " + " ".join(problems) if problems else ""
    return Draft(status="needs_clarification", text=told)
