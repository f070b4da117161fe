"""The conversation as plain values, and fold(), which adds one event to it.

Nothing here draws: the widgets show a `Turn`, and every rule about what a turn
becomes when something happens stands in this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answer import Answer, MarkedCitation, Status
from assistant.events import (
    CitationAdded,
    Done,
    Event,
    Failed,
    Stage,
    StartedAgain,
    TextAdded,
    ToolFinished,
    ToolStarted,
    Understood,
)
from corpus.charts import Chart
from corpus.models import Table
from tui.service import PastTurn

Phase = Literal["waiting", "answering", "done", "stopped", "failed"]


@dataclass(frozen=True)
class Turn:
    """One question and what has come of it so far."""

    number: int
    """1 for the conversation's first question."""
    question: str
    phase: Phase = "waiting"
    stage: str = ""
    """What is being done now; empty once the turn is over."""
    understood: str = ""
    text: str = ""
    """The answer's Markdown so far."""
    status: Status | None = None
    """None until the answer is done."""
    citations: tuple[MarkedCitation, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    caveats: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    failure: Failed | None = None
    """None unless the phase is "failed"."""
    brain: str = ""
    elapsed_ms: float = 0.0

    @property
    def over(self) -> bool:
        """Nothing more is to come."""
        return self.phase in ("done", "stopped", "failed")

    def cited(self, marker: int) -> MarkedCitation | None:
        """The citation that the marker stands for; None where there is none."""
        return next((c for c in self.citations if c.marker == marker), None)


@dataclass(frozen=True)
class ChatState:
    """A whole conversation, oldest turn first."""

    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn | None:
        """The latest turn; None before the first question."""
        return self.turns[-1] if self.turns else None

    @property
    def busy(self) -> bool:
        """A question is waiting or being answered."""
        return self.last is not None and not self.last.over

    def turn(self, number: int) -> Turn | None:
        """The turn of that number; None where there is none."""
        return self.turns[number - 1] if 0 < number <= len(self.turns) else None


def asked(state: ChatState, question: str) -> ChatState:
    """The conversation with one more question, which waits for its first event."""
    turn = Turn(len(state.turns) + 1, question)
    return replace(state, turns=(*state.turns, turn))


def resumed(past: Sequence[PastTurn]) -> ChatState:
    """A conversation of an earlier sitting, with its sources and tables."""
    return ChatState(
        tuple(
            _with_answer(Turn(number, turn.result.question), turn.result)
            for number, turn in enumerate(past, 1)
        )
    )


def stopped(state: ChatState) -> ChatState:
    """The conversation with its last turn cut short, keeping what has come."""
    if state.last is None or state.last.over:
        return state
    return _with_last(state, replace(state.last, phase="stopped", stage=""))


def fold(state: ChatState, event: Event) -> ChatState:
    """The conversation after one event of its last turn.

    A turn that is done or failed no longer changes. A stopped one still accepts
    sources, and an ending that the engine has checked.
    """
    if state.last is None or state.last.phase in ("done", "failed"):
        return state
    if state.last.phase == "stopped":
        return _with_last(state, _after_stop(state.last, event))
    return _with_last(state, _after(state.last, event))


def _with_last(state: ChatState, turn: Turn) -> ChatState:
    return replace(state, turns=(*state.turns[:-1], turn))


def _after(turn: Turn, event: Event) -> Turn:
    match event:
        case Done(answer=answer):
            return _with_answer(turn, answer)
        case Failed(kind="Stopped"):
            return replace(turn, phase="stopped", stage="")
        case Failed():
            return replace(turn, phase="failed", stage="", failure=event)
        case _:
            return replace(_progressed(turn, event), phase="answering")


def _progressed(turn: Turn, event: Event) -> Turn:
    match event:
        case Understood(text=text):
            turn = replace(turn, understood=text)
        case Stage(text=text):
            turn = replace(turn, stage=text)
        case ToolStarted(name=name):
            turn = replace(turn, stage=f"Using {name.replace('_', ' ')}")
        case ToolFinished(tables=tables, charts=charts):
            tables, charts = turn.tables + tables, turn.charts + charts
            turn = replace(turn, tables=tables, charts=charts)
        case TextAdded(text=text):
            turn = replace(turn, text=turn.text + text)
        case StartedAgain():
            stage = "The language model failed; the built-in brain answers"
            turn = replace(turn, text="", tables=(), charts=(), stage=stage)
        case CitationAdded(citation=citation):
            turn = _with_citation(turn, citation)
    return turn


def _after_stop(turn: Turn, event: Event) -> Turn:
    match event:
        case CitationAdded(citation=citation):
            return _with_citation(turn, citation)
        case Done(answer=answer) if answer.text:
            return replace(_with_answer(turn, answer), phase="stopped", status=None)
        case _:
            return turn


def _with_citation(turn: Turn, citation: MarkedCitation) -> Turn:
    others = tuple(c for c in turn.citations if c.marker != citation.marker)
    return replace(turn, citations=(*others, citation))


def _with_answer(turn: Turn, answer: Answer) -> Turn:
    """The finished answer replaces whatever was streamed."""
    return replace(
        turn,
        phase="done",
        stage="",
        understood=answer.understood or turn.understood,
        text=answer.text,
        status=answer.status,
        citations=answer.citations,
        tables=answer.tables,
        charts=answer.charts,
        caveats=answer.caveats,
        suggestions=answer.suggestions,
        brain=answer.brain,
        elapsed_ms=answer.elapsed_ms,
    )
