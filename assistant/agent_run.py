"""One run of LangChain's agent loop with a language model, as events and a draft."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from assistant.answer import Status
from assistant.describing import describe_call
from assistant.draft import UNFINISHED, Draft
from assistant.events import Event, TextAdded, ToolFinished, ToolStarted, Understood
from assistant.language_models import chat_model, logging_handler
from assistant.ledger import Ledger
from assistant.session import Session
from assistant.settings import Settings
from assistant.telling import finished, stage_of
from corpus.errors import ModelFailed, PlacementsError
from corpus.text import clean_text

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage, ToolCall

MOST_STEPS: Final = 24
"""Steps of the agent loop after which a brain that keeps calling tools is stopped."""

SYSTEM_PROMPT: Final = (
    "You answer questions about placements for children in care in England, only from"
    " what the tools return. Put the marker of its source, such as [1], after every"
    " statement of fact. Say plainly what the tools do not hold. Needs are claims of"
    " the provider, not findings. Never name or describe an actual child. End with a"
    " line of its own, `Status: answered`, or instead of answered: needs_clarification,"
    " not_in_evidence, out_of_scope or declined."
)

PATIENCE: Final = 3
"""A whole answer may take as many times the silence that is allowed."""


@dataclass
class AgentRun:
    """One run of the agent loop, folded into events and a draft."""

    settings: Settings
    ledger: Ledger
    stop: Callable[[], bool]
    draft: Draft = UNFINISHED
    understood: str = ""
    stopped: bool = False
    built_in: bool = False

    def events(self, question: str, session: Session) -> Iterator[Event]:
        """Run the loop; afterwards `draft` holds the brain's answer.

        Raises:
            BackendFailed: where a language model cannot be opened.
            ModelFailed: where it was opened, and failed.
        """
        agent = _agent(self.settings, self.ledger)
        logged = [logging_handler(self.settings)]
        deadline = time.monotonic() + PATIENCE * self.settings.model_seconds
        stream = agent.stream(
            {"messages": _messages(question, session)},
            {"recursion_limit": MOST_STEPS, "callbacks": logged},
            stream_mode=["updates", "messages"],
        )
        try:
            for mode, chunk in stream:
                if time.monotonic() > deadline:
                    raise TimeoutError("it did not come to an end in time")
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
            told = clean_text(str(error))[:300] or type(error).__name__
            raise ModelFailed(
                f"The brain {self.settings.brain!r} failed: {told}",
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
        if message.tool_calls:
            line = _line(message.tool_calls)
            if line != self.understood:
                self.understood = line
                yield Understood(text=line)
        for call in message.tool_calls:
            yield ToolStarted(name=call["name"], arguments=call["args"])
            yield stage_of(call["name"], self.ledger.knowledge)
        if not message.tool_calls:
            self._refuse_broken(message)
            self.draft = _foreign_draft(message, self.ledger)

    def _refuse_broken(self, message: AIMessage) -> None:
        """The last words are whole, or they are no answer.

        Raises:
            ModelFailed: where a tool call is no JSON, or the stream was cut off: a
                server that names its model's provider also says why it stopped.
        """
        told = message.response_metadata
        cut_off = "model_provider" in told and not any(
            key in told for key in ("finish_reason", "stop_reason", "done_reason")
        )
        if cut_off or message.invalid_tool_calls:
            problem = "its reply was cut off" if cut_off else "its tool call is no JSON"
            raise ModelFailed(f"The brain {self.settings.brain!r} failed: {problem}.")

    def _tool_ended(self, message: Any) -> Iterator[Event]:
        if message.status == "error":
            yield ToolFinished(name=message.name, error=str(message.content))
        else:
            yield finished(message.artifact)


def _line(calls: Sequence[ToolCall]) -> str:
    """How a language model read the question, told by its calls."""
    return "; then ".join(describe_call(call["name"], call["args"]) for call in calls)


def _agent(settings: Settings, ledger: Ledger) -> Any:
    from langchain.agents import create_agent  # deferred: it costs a second

    from assistant.toolbox import langchain_tools

    model = chat_model(settings, ledger.knowledge.dataset.kind)
    return create_agent(model, langchain_tools(ledger), system_prompt=SYSTEM_PROMPT)


def _messages(question: str, session: Session) -> list[BaseMessage]:
    from langchain_core.messages import AIMessage, HumanMessage

    messages: list[BaseMessage] = []
    for turn in session.turns:
        messages += [HumanMessage(turn.question), AIMessage(turn.answer)]
    return [*messages, HumanMessage(question)]


_STATUS: Final = re.compile(
    r"\n*^\W*status\W+(?P<status>[a-z_ ]+?)\W*\Z", re.IGNORECASE | re.MULTILINE
)
_STATUSES: Final[tuple[Status, ...]] = get_args(Status)


def _foreign_draft(message: AIMessage, ledger: Ledger) -> Draft:
    """A language model's own words as a draft: answered only where tools ran."""
    text = clean_text(message.text).strip()
    found = _STATUS.search(text)
    said = found["status"].strip().lower().replace(" ", "_") if found else ""
    status: Status = "answered" if ledger.entries else "not_in_evidence"
    stated = next((one for one in _STATUSES if one == said), status)
    if stated != "answered":
        status = stated
    return Draft(status=status, text=_STATUS.sub("", text) if found else text)
