"""The built-in brain: a LangChain chat model that needs no language model.

It reads the conversation, emits tool calls by its own reading of the question, and
composes the answer from what the tools found. It is deterministic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    ToolMessage,
)
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from pydantic import ConfigDict

from assistant.answer import Answer
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
from tools.search_documents import is_invented

DRAFT = "draft"
"""Key of a message's `additional_kwargs` that holds the brain's own Draft."""
PLAN = "plan"
"""Key of a message that calls tools: the whole Plan that they are of."""
EARLIER = "earlier"
"""Key of an earlier turn's message that holds its whole Answer."""


class BuiltInBrain(BaseChatModel):
    """Plans with small readers, composes with templates and quotations."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    ledger: Ledger
    """What the tools of this question found."""

    @property
    def _llm_type(self) -> str:
        return "placements-built-in"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The registry is known to this model already, so binding changes nothing."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        message = self._reply(messages)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        whole = self._reply(messages)
        pieces = str(whole.content).splitlines(keepends=True) or [""]
        for piece in pieces[:-1]:
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        yield ChatGenerationChunk(
            message=AIMessageChunk(
                content=pieces[-1],
                additional_kwargs=whole.additional_kwargs,
                tool_calls=whole.tool_calls,
            )
        )

    def _reply(self, messages: list[BaseMessage]) -> AIMessage:
        last_question = max(
            place
            for place, message in enumerate(messages)
            if isinstance(message, HumanMessage)
        )
        question = str(messages[last_question].content)
        since = messages[last_question:]
        answers = [m for m in since if isinstance(m, ToolMessage)]
        if answers:
            planned = _plan_of(since)
            if len(answers) < len(planned.calls):
                return _calling(planned, len(answers))
            return _drafted(self._composed(question, planned, answers))
        earlier = _conversation(messages[:last_question])
        planned = plan(question, earlier, self.ledger.knowledge)
        if planned.reply is not None and not planned.calls:
            return _drafted(drafted_reply(planned.reply, self.ledger))
        return _calling(planned)

    def _composed(
        self, question: str, planned: Plan, answers: list[ToolMessage]
    ) -> Draft:
        """The draft from what was found, with what the plan says beside it."""
        failed = _failed(answers)
        if not self.ledger.entries:
            return failed
        reply = planned.reply
        if reply and reply.status == "declined" and planned.only_documents:
            return pointing(reply, self.ledger.entries, self.ledger)
        draft = compose(planned.asked or question, self.ledger)
        if reply and planned.unless_documents:
            really = draft.status == "answered" and self._rests_on_real(draft)
            nothing = draft.status == "not_in_evidence" and reply == UNCLEAR
            return draft if really or nothing else drafted_reply(reply, self.ledger)
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


def _conversation(messages: list[BaseMessage]) -> Conversation:
    kept = (
        message.additional_kwargs.get(EARLIER)
        for message in messages
        if isinstance(message, AIMessage)
    )
    return Conversation(answers=tuple(one for one in kept if isinstance(one, Answer)))


def _plan_of(messages: list[BaseMessage]) -> Plan:
    """The plan that the calls since the question are of."""
    kept = (
        message.additional_kwargs.get(PLAN)
        for message in messages
        if isinstance(message, AIMessage)
    )
    return next((one for one in kept if isinstance(one, Plan)), Plan())


def _calling(planned: Plan, done: int = 0) -> AIMessage:
    """The next call of the plan: one at a time, so that sources keep their order."""
    call = planned.calls[done]
    asked = {"name": call.name, "args": call.arguments, "id": f"call-{done + 1}"}
    return AIMessage(
        content="",
        tool_calls=[asked],
        additional_kwargs={PLAN: planned},
    )


def _drafted(draft: Draft) -> AIMessage:
    return AIMessage(content=draft.text, additional_kwargs={DRAFT: draft})


def _failed(answers: list[ToolMessage]) -> Draft:
    """What could not be done as asked; empty where all of it was."""
    problems = [str(m.content) for m in answers if m.status == "error"]
    told = "I could not do that as asked: " + " ".join(problems) if problems else ""
    return Draft(status="needs_clarification", text=told)
