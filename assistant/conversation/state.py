"""The conversation as the planner sees it: earlier answers, their calls and rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.answer import Answer, ToolCall
from corpus.models import Frozen, Table

RECENT: Final = 4
"""Answers after which a follow-up no longer takes up an earlier call."""

_NAMED: Final = ("Setting", "Provider", "Provider group", "Home", "Name")
"""Columns whose cells name the row."""


class Conversation(Frozen):
    """Earlier answers, oldest first."""

    answers: tuple[Answer, ...] = ()

    def after(self, question: str, calls: tuple[ToolCall, ...]) -> Conversation:
        """The conversation as if the calls had just answered the question."""
        if not calls:
            return self
        made = Answer(question=question, status="answered", text="", tool_calls=calls)
        return Conversation(answers=(*self.answers, made))

    @property
    def last(self) -> Answer | None:
        """The newest answer; None before the first."""
        return self.answers[-1] if self.answers else None

    @property
    def last_calls(self) -> tuple[ToolCall, ...]:
        """The calls of the newest of the recent answers that rest on any."""
        found = (main_calls(one) for one in reversed(self.answers[-RECENT:]))
        return next((calls for calls in found if calls), ())

    @property
    def focus(self) -> str | None:
        """The one provider or setting that the last calls are about; None for none."""
        named = {call.arguments.get("provider") for call in self.last_calls}
        return named.pop() if len(named) == 1 else None

    @property
    def searches(self) -> tuple[ToolCall, ...]:
        """Every search for homes so far, each once, oldest first."""
        found: list[ToolCall] = []
        for answer in self.answers:
            calls = (c for c in answer.tool_calls if c.name == "find_providers")
            found += (call for call in calls if call not in found)
        return tuple(found)

    @property
    def call_groups(self) -> tuple[tuple[ToolCall, ...], ...]:
        """The calls of each answer that rests on any, oldest first."""
        return tuple(filter(None, map(main_calls, self.answers)))

    @property
    def row_names(self) -> tuple[str, ...]:
        """Names of the rows of the newest list that was shown, in its order."""
        recent = list(reversed(self.answers[-RECENT:]))
        shown = sorted(recent, key=_is_of_one)  # a list before the profile of one
        return next((names for one in shown if (names := _row_names(one))), ())

    @property
    def document_titles(self) -> tuple[str, ...]:
        """Titles that the newest answer citing documents cites, in its order."""
        cited = (_titles(one) for one in reversed(self.answers[-RECENT:]))
        return next((titles for titles in cited if titles), ())


def main_calls(answer: Answer) -> tuple[ToolCall, ...]:
    """The calls of an answer, without searches made beside them in documents."""
    others = tuple(c for c in answer.tool_calls if c.name != "search_documents")
    return others or answer.tool_calls


def _is_of_one(answer: Answer) -> bool:
    return any("provider" in call.arguments for call in main_calls(answer))


def _row_names(answer: Answer) -> tuple[str, ...]:
    lists = (names for table in answer.tables if (names := _names(table)))
    return next(lists, ())


def _names(table: Table) -> tuple[str, ...]:
    if not table.columns or table.columns[0] not in _NAMED:
        return ()
    return tuple(dict.fromkeys(str(row[0]) for row in table.rows if row[0]))


def _titles(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_cited(answer)))


def _cited(answer: Answer) -> Iterator[str]:
    for marked in answer.citations:
        if marked.citation.kind == "document":
            yield marked.citation.title.partition(" (invented")[0]
