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

from assistant.answer import ToolCall
from assistant.composing import compose
from assistant.draft import Draft
from assistant.ledger import Ledger
from assistant.planning import Plan, plan

DRAFT = "draft"
"""Key of a message's `additional_kwargs` that holds the brain's own Draft."""
NOTES = "notes"
"""Key that holds what was mended or set aside in reading."""
CALLS = "calls"
"""Key of an earlier answer that holds the tool calls it rests on."""


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
        answers = [m for m in messages[last_question:] if isinstance(m, ToolMessage)]
        if any(answer.status == "error" for answer in answers):
            return _drafted(_failed(answers))
        if answers:
            return _drafted(compose(question, self.ledger))
        earlier = _earlier(messages[:last_question])
        planned = plan(question, earlier, self.ledger.knowledge)
        if planned.reply is not None:
            return _drafted(self._spoken(planned))
        return _calling(planned)

    def _spoken(self, planned: Plan) -> Draft:
        reply = planned.reply
        assert reply is not None
        for citation in reply.citations:
            self.ledger.cite(citation)
        return Draft(
            status=reply.status, text=reply.text, suggestions=reply.suggestions
        )


def _earlier(messages: list[BaseMessage]) -> list[ToolCall]:
    return [
        call
        for message in messages
        if isinstance(message, AIMessage)
        for call in message.additional_kwargs.get(CALLS, ())
    ]


def _calling(planned: Plan) -> AIMessage:
    calls = [
        {"name": call.name, "args": call.arguments, "id": f"call-{number}"}
        for number, call in enumerate(planned.calls, start=1)
    ]
    return AIMessage(
        content="",
        tool_calls=calls,
        additional_kwargs={NOTES: list(planned.notes)},
    )


def _drafted(draft: Draft) -> AIMessage:
    return AIMessage(content=draft.text, additional_kwargs={DRAFT: draft})


def _failed(answers: list[ToolMessage]) -> Draft:
    problems = [str(m.content) for m in answers if m.status == "error"]
    return Draft(
        status="needs_clarification",
        text="I could not do that as asked: " + " ".join(problems),
    )
