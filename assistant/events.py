"""Typed events of one question: the one interface between assistant and front ends."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from assistant.answer import Answer, MarkedCitation
from corpus.charts import Chart
from corpus.models import Frozen, Table


class Understood(Frozen):
    """How the question was read, in one line."""

    type: Literal["understood"] = "understood"
    text: str


class Stage(Frozen):
    """What is being done now, in words."""

    type: Literal["stage"] = "stage"
    text: str
    done: int = 0
    """Steps finished of `total`, of long work that counts its steps."""
    total: int = 0
    """0 where the steps are not counted."""


class ToolStarted(Frozen):
    """A tool begins to run."""

    type: Literal["tool_started"] = "tool_started"
    name: str
    arguments: dict[str, Any]


class ToolFinished(Frozen):
    """A tool ended."""

    type: Literal["tool_finished"] = "tool_finished"
    name: str
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    error: str | None = None
    """Why it failed; None where it did not."""


class TextAdded(Frozen):
    """More of the answer's Markdown."""

    type: Literal["text"] = "text"
    text: str


class StartedAgain(Frozen):
    """A language model failed, and the built-in brain begins afresh.

    What was streamed, and the tools that ran, no longer stand.
    """

    type: Literal["started_again"] = "started_again"
    reason: str


class CitationAdded(Frozen):
    """A source that a marker in the text stands for."""

    type: Literal["citation"] = "citation"
    citation: MarkedCitation


class Done(Frozen):
    """The finished, checked answer. Its text replaces what was streamed."""

    type: Literal["done"] = "done"
    answer: Answer


class Failed(Frozen):
    """No answer could be given; the conversation goes on."""

    type: Literal["failed"] = "failed"
    kind: str
    """The exception's class name."""
    message: str
    remedy: str = ""


Event = Annotated[
    Understood
    | Stage
    | ToolStarted
    | ToolFinished
    | TextAdded
    | StartedAgain
    | CitationAdded
    | Done
    | Failed,
    Field(discriminator="type"),
]
