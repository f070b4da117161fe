"""What the assistant gives back: an answer, its status and its evidence."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from corpus.charts import Chart
from corpus.models import Citation, Frozen, Table

Status = Literal[
    "answered", "needs_clarification", "not_in_evidence", "out_of_scope", "declined"
]


class ToolCall(Frozen):
    """A tool that ran, with the arguments that the question states."""

    name: str
    arguments: dict[str, Any]


class MarkedCitation(Frozen):
    """A citation with the marker that stands for it in the answer."""

    marker: int
    citation: Citation

    def as_json(self) -> dict[str, Any]:
        """The flat object of the published output format."""
        return {"marker": self.marker, **self.citation.model_dump(mode="json")}


class Answer(Frozen):
    """One finished answer. `as_json` is the published output format."""

    question: str
    status: Status
    text: str
    """Markdown; each statement of fact carries its marker, such as [1]."""
    citations: tuple[MarkedCitation, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = Field(default=(), exclude=True)
    """Pictures of figures that stand in the tables; drawn, and never kept."""
    caveats: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    understood: str = ""
    """One line saying how the question was read; empty where nothing was read."""
    brain: str = "built-in"
    elapsed_ms: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Exactly the fields of `ask --json`."""
        return {
            "question": self.question,
            "status": self.status,
            "answer": self.text,
            "citations": [citation.as_json() for citation in self.citations],
            "tool_calls": [call.model_dump(mode="json") for call in self.tool_calls],
            "tables": [table.model_dump(mode="json") for table in self.tables],
            "caveats": list(self.caveats),
            "suggestions": list(self.suggestions),
            "brain": self.brain,
            "elapsed_ms": self.elapsed_ms,
        }
