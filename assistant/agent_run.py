"""One run of LangChain's agent loop, whichever brain, as events and a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assistant.draft import Draft
from assistant.events import (
    Event,
    Stage,
    TextAdded,
    ToolFinished,
    ToolStarted,
    Understood,
)
from assistant.ledger import Ledger, table_with_sources
from assistant.session import Session
from assistant.settings import BUILT_IN
from assistant.understanding import describe_call
from corpus.errors import BackendFailed, PlacementsError
from corpus.text import clean_text
from tools.profiles import setting_profiles

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage

MOST_STEPS: Final = 24
"""Steps of the agent loop after which a brain that keeps calling tools is stopped."""

SYSTEM_PROMPT: Final = (
    "You answer questions about placements for children in care in England, only from"
    " what the tools return. Put the marker of its source, such as [1], after every"
    " statement of fact. Say plainly what the tools do not hold. Needs are claims of"
    " the provider, not findings. Never name or describe an actual child."
)

UNFINISHED: Final = Draft(status="not_in_evidence", text="")
"""The draft of a brain that has not answered yet."""


@dataclass
class AgentRun:
    """One run of the agent loop, folded into events and a draft."""

    brain: str
    ledger: Ledger
    stop: Callable[[], bool]
    draft: Draft = UNFINISHED
    understood: str = ""
    stopped: bool = False

    def events(self, question: str, session: Session) -> Iterator[Event]:
        """Run the loop; afterwards `draft` holds the brain's answer."""
        agent = _agent(self.brain, self.ledger)
        stream = agent.stream(
            {"messages": _messages(question, session)},
            {"recursion_limit": MOST_STEPS},
            stream_mode=["updates", "messages"],
        )
        try:
            for mode, chunk in stream:
                if self.stop():
                    self.stopped = True
                    return
                if mode == "messages":
                    yield from self._text(chunk[0])
                else:
                    yield from self._update(chunk)
        except PlacementsError:
            raise
        except Exception as error:
            if self.brain == BUILT_IN:
                raise
            raise BackendFailed(
                f"The brain {self.brain!r} failed:"
                f" {clean_text(str(error))[:300] or type(error).__name__}.",
                "Try again, or use the built-in brain.",
            ) from error

    def _text(self, message: Any) -> Iterator[Event]:
        from langchain_core.messages import AIMessageChunk

        if isinstance(message, AIMessageChunk) and message.text:
            yield TextAdded(text=clean_text(message.text))

    def _update(self, update: dict[str, Any]) -> Iterator[Event]:
        for state in update.values():
            for message in (state or {}).get("messages", ()):
                if message.type == "ai":
                    yield from self._brain_spoke(message)
                elif message.type == "tool":
                    yield from self._tool_ended(message)

    def _brain_spoke(self, message: AIMessage) -> Iterator[Event]:
        from assistant.brain import DRAFT, NOTES

        for call in message.tool_calls:
            said = describe_call(call["name"], call["args"])
            notes = message.additional_kwargs.get(NOTES, ())
            self.understood = " · ".join([said, *notes])
            yield Understood(text=self.understood)
            yield ToolStarted(name=call["name"], arguments=call["args"])
            yield Stage(text=self._stage(call["name"]))
        if not message.tool_calls:
            self.draft = message.additional_kwargs.get(DRAFT) or _foreign_draft(
                message, self.ledger
            )

    def _stage(self, tool: str) -> str:
        knowledge = self.ledger.knowledge
        if tool == "find_providers" and knowledge.dataset.kind is not None:
            settings = len(setting_profiles(knowledge.dataset))
            return f"comparing {settings:,} settings"
        return f"searching {knowledge.searcher.passages:,} passages"

    def _tool_ended(self, message: Any) -> Iterator[Event]:
        if message.status == "error":
            yield ToolFinished(name=message.name, error=str(message.content))
            return
        entry = message.artifact
        yield ToolFinished(
            name=message.name,
            tables=tuple(
                table_with_sources(table, entry.markers)
                for table in entry.result.tables
            ),
        )


def _agent(brain: str, ledger: Ledger) -> Any:
    from langchain.agents import create_agent  # deferred: it costs a second

    from assistant.toolbox import langchain_tools

    model = chat_model(brain, ledger)
    return create_agent(model, langchain_tools(ledger), system_prompt=SYSTEM_PROMPT)


def chat_model(brain: str, ledger: Ledger) -> Any:
    """The chat model of that name.

    Raises:
        BackendFailed: where LangChain knows no such model, or lacks its package.
    """
    from assistant.brain import BuiltInBrain

    if brain == BUILT_IN:
        return BuiltInBrain(ledger=ledger)
    from langchain.chat_models import init_chat_model

    try:
        return init_chat_model(brain)
    except (ImportError, ValueError) as error:
        raise BackendFailed(
            f"The brain {brain!r} cannot be opened: {clean_text(str(error))}",
            "Use --brain built-in, or a LangChain name such as ollama:llama3.",
        ) from error


def _messages(question: str, session: Session) -> list[BaseMessage]:
    from langchain_core.messages import AIMessage, HumanMessage

    from assistant.brain import CALLS

    messages: list[BaseMessage] = []
    for turn in session.turns:
        messages.append(HumanMessage(turn.question))
        messages.append(
            AIMessage(turn.answer, additional_kwargs={CALLS: list(turn.tool_calls)})
        )
    return [*messages, HumanMessage(question)]


def _foreign_draft(message: AIMessage, ledger: Ledger) -> Draft:
    """A language model's own words as a draft: answered only where tools ran."""
    text = clean_text(message.text)
    return Draft(status="answered" if ledger.entries else "not_in_evidence", text=text)
