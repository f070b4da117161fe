"""The assistant: one question in, whichever brain, a stream of typed events out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assistant.agent_run import AgentRun
from assistant.answer import Answer
from assistant.assembling import assembled
from assistant.audit import (
    UNWRITTEN,
    audit_answer,
    audit_call,
    forget_old_months,
)
from assistant.built_in_run import BuiltInRun
from assistant.checking import check
from assistant.draft import NarrativeAsked
from assistant.events import (
    CitationAdded,
    Done,
    Event,
    Failed,
    Stage,
    StartedAgain,
)
from assistant.holdings import Holdings, SourceText, source_text
from assistant.keeping import (
    answer_to_keep,
    entry_to_keep,
    question_to_send,
    session_to_send,
)
from assistant.language_models import is_remote
from assistant.ledger import Entry, Ledger
from assistant.session import Session, Turn
from assistant.sessions import forget_old_sessions
from assistant.settings import BUILT_IN, Settings
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset
from corpus.errors import (
    BackendFailed,
    DataDirectoryError,
    ModelFailed,
    NothingLoaded,
    PlacementsError,
    QuestionRejected,
    UsageError,
)
from corpus.geography import Gazetteer
from corpus.library import Library
from corpus.models import Citation
from corpus.privacy import ShownLibrary
from corpus.text import clean_text
from corpus.viewer import Viewer
from index.generations import current_folder
from index.search import Searcher
from tools.base import Knowledge

if TYPE_CHECKING:
    from assistant.narrative import NarrativeEvent, NarrativeWritten

LONGEST_QUESTION: Final = 8_000
"""Characters; a case description of several pages still fits."""

TAKEN_OVER: Final = "The built-in brain answered instead."
"""Said where a language model failed."""

UNKEPT: Final = "This answer could not be kept with the conversation: {reason}."
"""The caveat of an answer whose session could not be written."""


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
        _forget_what_is_old(settings)
        return cls(settings, _open_knowledge(settings))

    def reload(self) -> None:
        """Take up newer tables, documents and index, where there are any."""
        self.knowledge = _open_knowledge(self.settings)

    def refresh(self) -> None:
        """Reload, where newer tables or a newer index have been put in place."""
        directory, held = self.settings.directory, self.knowledge
        generation = held.searcher.generation
        newest = (Dataset.open(directory).folder, current_folder(directory))
        if newest != (held.dataset.folder, generation and generation.folder):
            self.reload()

    @cached_property
    def session(self) -> Session:
        """The conversation of the settings, or one kept in memory only."""
        name = self.settings.session
        if name is None:
            return Session([])
        folder = self.settings.directory.sessions
        return Session.open(folder, name, self.knowledge.viewer)

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
        run, failure = self._run(self.settings, stop), ""
        try:
            yield from run.events(*self._sent(question, session))
        except ModelFailed as error:
            failure = error.message
        verdict = check(run.draft, question, run.ledger)
        if not run.built_in and not run.stopped and not (verdict.text or failure):
            failure = f"The brain {self.settings.brain!r} gave no answer that holds."
        if failure:
            yield StartedAgain(reason=failure)
            built_in = self.settings.model_copy(update={"brain": BUILT_IN})
            run = self._run(built_in, stop)
            yield from run.events(question, session)
        if run.draft.narrative:
            yield from self._drafting(run, run.draft.narrative)
        if run.stopped:
            yield Failed(kind="Stopped", message="Stopped before the answer was ready.")
            return
        yield Stage(text="checking figures and sources")
        verdict = check(run.draft, question, run.ledger)
        answer = assembled(question, run.draft, verdict, run.ledger)
        taken_over = (f"{failure} {TAKEN_OVER}",) if failure else ()
        answer = answer.model_copy(
            update={
                "understood": run.understood,
                "brain": run.settings.brain,
                "caveats": (*taken_over, *answer.caveats),
                "elapsed_ms": round((time.perf_counter() - started) * 1000, 1),
            }
        )
        kept = answer_to_keep(answer, self.knowledge)
        unwritten = self._kept(partial(audit_answer, answer=kept))
        answer = answer.model_copy(update={"caveats": (*answer.caveats, *unwritten)})
        for citation in answer.citations:
            yield CitationAdded(citation=citation)
        kept = kept.model_copy(update={"caveats": answer.caveats})
        try:
            session.add(Turn.of(kept))
        except DataDirectoryError as error:
            lost = UNKEPT.format(reason=error.message.rstrip("."))
            answer = answer.model_copy(update={"caveats": (*answer.caveats, lost)})
        yield Done(answer=answer)

    def narrate(
        self,
        local_authority: str,
        output: Path,
        stop: Callable[[], bool] = never,
    ) -> Iterator[NarrativeEvent]:
        """Draft a sufficiency statement into a file, as events that end in
        NarrativeWritten or Failed; see `assistant.narrative`."""
        from assistant.narrative import Stopped  # deferred: few questions need it

        try:
            yield from self.narrating(local_authority, output, stop)
        except Stopped:
            yield Failed(kind="Stopped", message="Stopped; no statement was written.")
        except PlacementsError as error:
            kind = type(error).__name__
            yield Failed(kind=kind, message=error.message, remedy=error.remedy)

    def narrating(
        self,
        local_authority: str,
        output: Path,
        stop: Callable[[], bool] = never,
    ) -> Iterator[Stage | NarrativeWritten]:
        """The same for callers that take errors as exceptions.

        Raises:
            PlacementsError: where no statement could be written.
            Stopped: where `stop` said so.
        """
        from assistant.narrative import NarrativeWritten, write_narrative

        for event in write_narrative(self.knowledge, local_authority, output, stop):
            if isinstance(event, NarrativeWritten):
                self._kept(partial(audit_answer, answer=event.record))
            yield event

    def narrative_path(self, asked: NarrativeAsked) -> Path:
        """Where a statement goes that was asked for without a place: beside the data,
        in the viewer's own folder, and never over an earlier one.

        Raises:
            UnknownPlace: for a name of no authority.
            NothingLoaded: where no placements of the authority are held.
            DataDirectoryError: where the folder cannot be made.
        """
        from assistant.narrative import authority_to_draft, folder_of, free_path

        name = authority_to_draft(asked.local_authority, self.knowledge)
        usual = asked.model_copy(update={"local_authority": name})
        viewer = folder_of(str(self.knowledge.viewer))
        return free_path(self.settings.directory.narratives / viewer, usual.name)

    def _drafting(
        self, run: AgentRun | BuiltInRun, asked: NarrativeAsked
    ) -> Iterator[Event]:
        """Draft a statement that was asked for into the data directory, and make the
        answer that says so; every stage is told."""
        from assistant.narrative import NarrativeWritten, Stopped
        from assistant.replies.narrative import told_written

        root = self.settings.directory.root
        try:
            output = self.narrative_path(asked)
            for event in self.narrating(asked.local_authority, output, run.stop):
                if isinstance(event, NarrativeWritten):
                    run.draft = told_written(event, root, run.ledger)
                else:
                    yield event
        except Stopped:
            run.stopped = True

    def call(self, name: str, arguments: dict[str, Any], way: str) -> Entry:
        """Run one tool directly, and keep a line of it in the audit.

        Raises:
            ToolError: where the tool or its arguments are wrong.
            PlacementsError: where the tool cannot be run.
        """
        entry = Ledger(self.knowledge).run(name, arguments)
        kept = entry_to_keep(entry, self.knowledge)
        keep = partial(audit_call, way=way, entry=kept)
        caveats = (*entry.result.caveats, *self._kept(keep))
        result = entry.result.model_copy(update={"caveats": caveats})
        return entry.model_copy(update={"result": result})

    def _kept(self, keep: Callable[[DataDirectory, Viewer], None]) -> tuple[str, ...]:
        """Write to the audit; the caveat that it could not be written, if so."""
        try:
            keep(self.settings.directory, self.knowledge.viewer)
        except DataDirectoryError as error:
            return (UNWRITTEN.format(reason=error.message.rstrip(".")),)
        return ()

    def _sent(self, question: str, session: Session) -> tuple[str, Session]:
        """Question and conversation as the brain reads them: a remote one reads no
        personal detail."""
        if not is_remote(self.settings):
            return question, session
        held = self.knowledge
        return question_to_send(question, held), session_to_send(session, held)

    def _run(
        self, settings: Settings, stop: Callable[[], bool]
    ) -> AgentRun | BuiltInRun:
        run = BuiltInRun if settings.brain == BUILT_IN else AgentRun
        return run(settings, Ledger(self.knowledge), stop)

    def _refuse_if_empty(self) -> None:
        held = self.knowledge
        if held.dataset.kind is None and not held.library.summaries():
            raise NothingLoaded(
                f"The data directory {str(self.settings.data_dir)!r} holds neither"
                " tables nor documents.",
                "Run `placements demo` for the demonstration region, or"
                " `placements ingest PATH` for documents.",
            )


def _forget_what_is_old(settings: Settings) -> None:
    """Apply the settings' retention, where they set any."""
    if settings.session_days:
        forget_old_sessions(settings.directory.sessions, settings.session_days)
    if settings.audit_days:
        forget_old_months(settings.directory, settings.audit_days, date.today())


def _open_knowledge(settings: Settings) -> Knowledge:
    directory, gazetteer = settings.directory, Gazetteer.load()
    dataset = Dataset.open(directory)
    viewer = _admitted(settings.viewer, dataset, gazetteer)
    reader = None if settings.masked or is_remote(settings) else viewer
    return Knowledge(
        dataset=dataset,
        gazetteer=gazetteer,
        library=ShownLibrary(Library.open(directory), reader),
        searcher=Searcher.open(directory, settings.chroma_url, reader, settings.search),
        viewer=viewer,
        as_at=settings.as_at or dataset.as_at or date.today(),
    )


def _admitted(viewer: Viewer, dataset: Dataset, gazetteer: Gazetteer) -> Viewer:
    """The viewer, its council by the usual name.

    Raises:
        UnknownPlace: where no authority bears the council's name.
        UsageError: for an evaluator on real tables.
    """
    if viewer.role == "evaluator" and dataset.kind == "real":
        raise UsageError(
            "An evaluator sees everything, and so only a demonstration.",
            "Use --viewer region or council:NAME on real tables.",
        )
    if viewer.local_authority is None:
        return viewer
    name = gazetteer.authority(viewer.local_authority).name
    return Viewer(role=viewer.role, local_authority=name)


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
