"""An answer as plain text: how it was read, the answer, tables, caveats, sources."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import compress
from textwrap import fill
from typing import Final

from tabulate import tabulate

from assistant.answer import Answer, MarkedCitation
from assistant.ledger import Entry
from corpus.models import Table

WIDEST_CELL: Final = 24
"""Characters after which a cell's text wraps."""

NARROWEST_CELL: Final = 8
"""Characters below which no column is squeezed, however narrow the terminal."""


def printed(answer: Answer) -> str:
    """The whole answer, ready for stdout."""
    parts = [answer.text.replace("**", "").strip()]
    if answer.understood:
        parts.insert(0, f"Understood: {answer.understood}")
    parts += [_table(table) for table in answer.tables]
    if answer.caveats:
        parts.append("\n".join(["Beware:", *(f"- {text}" for text in answer.caveats)]))
    if answer.citations:
        parts.append("\n".join(["Sources:", *_sources(answer.citations)]))
    if answer.suggestions:
        parts.append("Ask next: " + " | ".join(answer.suggestions))
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    rows = [[_spoken(cell) for cell in row] for row in table.rows]
    used = [any(column) for column in zip(*rows, strict=True)]
    rows = [list(compress(row, used)) for row in rows]
    columns = list(compress(table.columns, used))
    widths = _widths([columns, *rows])
    drawn = tabulate(
        [_wrapped(row, widths) for row in rows],
        headers=_wrapped(columns, widths),
        tablefmt="simple",
        disable_numparse=True,
    )
    return f"{table.title} ({len(table.rows)} of {table.total_rows})\n{drawn}"


def _spoken(cell: str | int | float | bool | None) -> str:
    if cell is None:
        return ""
    return f"{cell:,}" if type(cell) is int else str(cell)


def _widths(lines: list[list[str]]) -> list[int]:
    """Column widths that fit the terminal, the widest columns giving way first."""
    widths = [
        min(WIDEST_CELL, max(map(len, column))) for column in zip(*lines, strict=True)
    ]
    room = shutil.get_terminal_size((120, 40)).columns - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST_CELL:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped(row: Sequence[str], widths: list[int]) -> list[str]:
    return [fill(cell, width) for cell, width in zip(row, widths, strict=True)]


def _sources(citations: tuple[MarkedCitation, ...]) -> Iterator[str]:
    for marked in citations:
        citation = marked.citation
        yield f"[{marked.marker}] {citation.title}; {citation.locator}"
        if citation.kind == "document":
            yield f"    {citation.source}"
        if citation.quote:
            yield f"    “{' '.join(citation.quote.split())}”"


def printed_entry(entry: Entry) -> str:
    """A tool's result on its own: tables where it has them, else its data."""
    result = entry.result
    parts = [_table(table) for table in result.tables]
    parts = parts or [result.data.model_dump_json(indent=1)]
    parts.append("\n".join(["Beware:", *(f"- {text}" for text in result.caveats)]))
    marked = tuple(
        MarkedCitation(marker=marker, citation=citation)
        for marker, citation in zip(entry.markers, result.citations, strict=True)
    )
    parts.append("\n".join(["Sources:", *_sources(marked)]))
    return "\n\n".join(parts) + "\n"
