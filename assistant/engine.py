"""The assistant: one agent loop, whichever brain, told as a stream of typed events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from assistant.answer import Answer, MarkedCitation
from assistant.checking import Verdict, check
from assistant.draft import Draft
from assistant.events import (
    CitationAdded,
    Done,
    Event,
    Failed,
    Stage,
    TextAdded,
    ToolFinished,
    ToolStarted,
    Understood,
)
from assistant.holdings import Holdings, SourceText, source_text
from assistant.ledger import Ledger, renumbered, table_with_sources
from assistant.session import Session, Turn
from assistant.settings import BUILT_IN, Settings
from assistant.understanding import describe_call
from corpus.dataset import Dataset
from corpus.errors import (
    BackendFailed,
    NothingLoaded,
    PlacementsError,
    QuestionRejected,
)
from corpus.geography import Gazetteer
from corpus.library import Library
from corpus.models import Citation, Table
from corpus.text import clean_text
from index.search import Searcher
from tools.base import Knowledge
from tools.profiles import setting_profiles

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage

LONGEST_QUESTION: Final = 8_000
"""Characters; a case description of several pages still fits."""

MOST_STEPS: Final = 24
"""Steps of the agent loop after which a brain that keeps calling tools is stopped."""

SYSTEM_PROMPT: Final = (
    "You answer questions about placements for children in care in England, only from"
    " what the tools return. Put the marker of its source, such as [1], after every"
    " statement of fact. Say plainly what the tools do not hold. Needs are claims of"
    " the provider, not findings. Never name or describe an actual child."
)


UNTRACEABLE: Final = "Nothing in the draft answer could be traced to a source."
"""Said where the check struck every sentence."""

UNFINISHED: Final = Draft(status="not_in_evidence", text="")
"""The draft of a brain that has not answered yet."""


def never() -> bool:
    """The default of `stop`: nobody asks to stop."""
    return False


@dataclass
class Assistant:
    """Answers questions from what one data directory holds."""

    settings: Settings
    knowledge: Knowledge

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """Open the tables, the documents and the index of the settings.

        Raises:
            DataDirectoryError: where the data directory cannot be read.
        """
        return cls(settings, _open_knowledge(settings))

    def reload(self) -> None:
        """Take up newer tables, documents and index, where there are any."""
        self.knowledge = _open_knowledge(self.settings)

    @cached_property
    def session(self) -> Session:
        """The conversation of the settings, or one kept in memory only."""
        name = self.settings.session
        if name is None:
            return Session([])
        folder = self.settings.directory.sessions
        return Session.open(folder, name, self.settings.viewer)

    def holdings(self) -> Holdings:
        """What is loaded and indexed."""
        return Holdings.of(self.knowledge)

    def source(self, citation: Citation) -> SourceText | None:
        """A document citation in its surroundings; None for data and models."""
        return source_text(citation, self.knowledge.library)

    def ask(
        self,
        question: str,
        session: Session | None = None,
        stop: Callable[[], bool] = never,
    ) -> Iterator[Event]:
        """Answer a question as a stream of events that ends in Done or Failed.

        The turn is added to the session once it is done.
        """
        try:
            yield from self._ask(question, session or Session([]), stop)
        except PlacementsError as error:
            kind = type(error).__name__
            yield Failed(kind=kind, message=error.message, remedy=error.remedy)

    def answer(self, question: str, session: Session | None = None) -> Answer:
        """The finished answer, for callers that do not follow events.

        Raises:
            PlacementsError: where no answer could be given.
        """
        for event in self._ask(question, session or Session([]), never):
            if isinstance(event, Done):
                return event.answer
        raise BackendFailed("The assistant ended without an answer.")

    def _ask(
        self, question: str, session: Session, stop: Callable[[], bool]
    ) -> Iterator[Event]:
        started = time.perf_counter()
        question = _acceptable(question)
        self._refuse_if_empty()
        yield Stage(text="reading the question")
        ledger = Ledger(self.knowledge)
        talk = _Talk(self, ledger, stop)
        yield from talk.events(question, session)
        if talk.stopped:
            yield Failed(kind="Stopped", message="Stopped before the answer was ready.")
            return
        yield Stage(text="checking figures and sources")
        verdict = check(talk.draft, question, ledger)
        elapsed = (time.perf_counter() - started) * 1000
        answer = self._assembled(question, talk, ledger, verdict, elapsed)
        for citation in answer.citations:
            yield CitationAdded(citation=citation)
        session.add(_turn(answer))
        yield Done(answer=answer)

    def _refuse_if_empty(self) -> None:
        held = self.knowledge
        if held.dataset.kind is None and not held.library.summaries():
            raise NothingLoaded(
                f"The data directory {str(self.settings.data_dir)!r} holds neither"
                " tables nor documents.",
                "Run `placements demo` for the demonstration region, or"
                " `placements ingest PATH` for documents.",
            )

    def _assembled(
        self,
        question: str,
        talk: _Talk,
        ledger: Ledger,
        verdict: Verdict,
        elapsed: float,
    ) -> Answer:
        order = _order(ledger, verdict)
        caveats = [c for entry in ledger.entries for c in entry.result.caveats]
        if verdict.struck:
            caveats.append(
                f"Struck from the answer, because something in it could not be traced"
                f" to a source: {len(verdict.struck)} sentence(s)."
            )
        return Answer(
            question=question,
            status=talk.draft.status if verdict.text else "not_in_evidence",
            text=renumbered(verdict.text, order) or UNTRACEABLE,
            citations=_marked(ledger, order),
            tool_calls=ledger.calls,
            tables=_tables(ledger, order),
            caveats=tuple(dict.fromkeys(caveats)),
            suggestions=talk.draft.suggestions,
            understood=talk.understood,
            brain=self.settings.brain,
            elapsed_ms=round(elapsed, 1),
        )


@dataclass
class _Talk:
    """One run of the agent loop, folded into events and a draft."""

    assistant: Assistant
    ledger: Ledger
    stop: Callable[[], bool]
    draft: Draft = UNFINISHED
    understood: str = ""
    stopped: bool = False

    def events(self, question: str, session: Session) -> Iterator[Event]:
        """Run the loop; afterwards `draft` holds the brain's answer."""
        agent = _agent(self.assistant.settings.brain, self.ledger)
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
            if self.assistant.settings.brain == BUILT_IN:
                raise
            raise BackendFailed(
                f"The brain {self.assistant.settings.brain!r} failed:"
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
        knowledge = self.assistant.knowledge
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


def _open_knowledge(settings: Settings) -> Knowledge:
    directory = settings.directory
    dataset = Dataset.open(directory)
    return Knowledge(
        dataset=dataset,
        gazetteer=Gazetteer.load(),
        library=Library.open(directory),
        searcher=Searcher.open(directory, settings.chroma_url),
        viewer=settings.viewer,
        as_at=settings.as_at or dataset.as_at or date.today(),
    )


def _acceptable(question: str) -> str:
    question = clean_text(question).strip()
    if not question:
        raise QuestionRejected("The question is empty.", "Ask something.")
    if len(question) > LONGEST_QUESTION:
        raise QuestionRejected(
            f"The question has {len(question):,} characters;"
            f" at most {LONGEST_QUESTION:,} are read.",
            "Shorten it, or ingest the text as a document.",
        )
    return question


def _agent(brain: str, ledger: Ledger) -> Any:
    from langchain.agents import create_agent  # deferred: it costs a second

    from assistant.toolbox import langchain_tools

    model = _model(brain, ledger)
    return create_agent(model, langchain_tools(ledger), system_prompt=SYSTEM_PROMPT)


def _model(brain: str, ledger: Ledger) -> Any:
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


def _order(ledger: Ledger, verdict: Verdict) -> dict[int, int]:
    """Each marker in use, as the ledger gave it, and its number in the answer: 1 for
    the first in the text, then those of table rows."""
    rows = (
        entry.markers[source]
        for entry in ledger.entries
        for table in entry.result.tables
        for source in table.row_sources
    )
    used = dict.fromkeys((*verdict.markers, *rows))
    return {marker: number for number, marker in enumerate(used, start=1)}


def _tables(ledger: Ledger, order: dict[int, int]) -> tuple[Table, ...]:
    return tuple(
        table_with_sources(table, entry.markers, order)
        for entry in ledger.entries
        for table in entry.result.tables
    )


def _marked(ledger: Ledger, order: dict[int, int]) -> tuple[MarkedCitation, ...]:
    citations = ledger.citations
    return tuple(
        MarkedCitation(marker=number, citation=citations[marker - 1])
        for marker, number in order.items()
    )


def _turn(answer: Answer) -> Turn:
    return Turn(
        question=answer.question,
        status=answer.status,
        answer=answer.text,
        tool_calls=answer.tool_calls,
    )
