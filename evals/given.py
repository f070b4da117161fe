"""An answer as it is scored: what `ask --json` and `ask --batch` print of it.

Every brain, and every program that prints the contract's object, is scored alike.
"""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer, Status, ToolCall


class _Read(BaseModel):
    """Frozen, and deaf to fields that a later version of the format adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GivenCitation(_Read):
    """One marked source."""

    marker: int
    kind: Literal["document", "dataset", "model"]
    title: str
    locator: str
    quote: str | None = None
    source: str


class GivenTable(_Read):
    """One table, as far as its rows are shown."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total_rows: int


class Given(_Read):
    """One answer of the published format."""

    question: str
    status: Status
    answer: str
    citations: tuple[GivenCitation, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    tables: tuple[GivenTable, ...] = ()
    caveats: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    brain: str = ""
    elapsed_ms: float = 0.0

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """From the assistant's own answer."""
        return cls.model_validate(answer.as_json())
