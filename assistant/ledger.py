"""The ledger of one answer: every tool result, and the marker of each citation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from threading import Lock
from typing import Any, Final

from pydantic import BaseModel

from assistant.answer import MarkedCitation, ToolCall
from corpus.errors import ToolError, UnknownPlace
from corpus.models import Citation, Frozen, Table
from tools.base import Knowledge, Result
from tools.registry import call_tool

MARKER: Final = re.compile(r"\[(\d{1,3})\]")
"""A marker as it stands in an answer's text."""


class Entry(Frozen):
    """A tool call that ran, with the markers of its citations in their order."""

    call: ToolCall
    result: Result[Any]
    markers: tuple[int, ...]


class Ledger:
    """Runs tools for a brain, and keeps what they found under one numbering."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.entries: list[Entry] = []
        self._citations: list[Citation] = []
        self._numbering = Lock()

    def run(self, name: str, arguments: dict[str, Any]) -> Entry:
        """Run a tool and number its citations, whoever asks.

        Raises:
            ToolError: where the tool or its arguments are wrong.
            UnknownPlace: where a place is not known.
        """
        result = call_tool(name, arguments, self.knowledge)
        with self._numbering:  # a model may call several tools at once
            first = len(self._citations) + 1
            self._citations += result.citations
            entry = Entry(
                call=ToolCall(name=name, arguments=arguments),
                result=result,
                markers=tuple(range(first, first + len(result.citations))),
            )
            self.entries.append(entry)
        return entry

    def cite(self, citation: Citation) -> int:
        """The marker of a narrower citation, such as one sentence of a passage."""
        if citation in self._citations:
            return self._citations.index(citation) + 1
        self._citations.append(citation)
        return len(self._citations)

    def citation(self, marker: int) -> Citation | None:
        """What a marker stands for; None for one that was never given out."""
        known = 1 <= marker <= len(self._citations)
        return self._citations[marker - 1] if known else None

    def only(self, markers: Iterable[int]) -> Ledger:
        """A ledger of these sources alone: the calls that gave them out, and their
        citations, for a statement that must hold by what it cites."""
        wanted = set(markers)
        part = Ledger(self.knowledge)
        part.entries = [e for e in self.entries if wanted & set(e.markers)]
        cited = (self.citation(marker) for marker in sorted(wanted))
        part._citations = [citation for citation in cited if citation]
        return part

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation given out, in the order of their markers."""
        return tuple(self._citations)

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """The calls that ran, in their order."""
        return tuple(entry.call for entry in self.entries)


def table_with_sources(
    table: Table, markers: tuple[int, ...], order: dict[int, int] | None = None
) -> Table:
    """The table with each row's marker in a last column, where rows have sources.

    `order` gives the number that a marker bears in the answer; None keeps them.
    """
    if not table.row_sources:
        return table
    rows = tuple(
        (*row, f"[{(order or {}).get(markers[source], markers[source])}]")
        for row, source in zip(table.rows, table.row_sources, strict=True)
    )
    return Table(
        title=table.title,
        columns=(*table.columns, "Source"),
        rows=rows,
        total_rows=table.total_rows,
    )


def renumbered(text: str, order: dict[int, int]) -> str:
    """`text` with each marker replaced by its number in `order`."""
    return MARKER.sub(
        lambda match: f"[{order.get(int(match[1]), int(match[1]))}]", text
    )


def entry_for_model(entry: Entry) -> str:
    """A tool's result as a language model reads it: data, then numbered sources."""
    data: BaseModel = entry.result.data
    sources = [
        MarkedCitation(marker=marker, citation=citation)
        for marker, citation in zip(entry.markers, entry.result.citations, strict=True)
    ]
    lines = [f"[{s.marker}] {s.citation.title}, {s.citation.locator}" for s in sources]
    return "\n".join(
        [
            data.model_dump_json(exclude_none=True),
            "Sources, to be cited by their markers:",
            *lines,
            *(f"Caveat: {caveat}" for caveat in entry.result.caveats),
        ]
    )


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """A tool's result as other programs read it: the contract's object of a call."""
    result = entry.result
    return {
        "name": entry.call.name,
        "arguments": entry.call.arguments,
        "data": result.data.model_dump(mode="json"),
        "citations": [
            citation.model_dump(mode="json") for citation in result.citations
        ],
        "caveats": list(result.caveats),
    }


RECOVERABLE = (ToolError, UnknownPlace)
"""Failures of a call that a brain may mend by calling again."""
