"""An answer as plain text: how it was read, the answer, tables, caveats, sources."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import compress
from textwrap import fill
from typing import Final

import tabulate

from assistant.answer import Answer, MarkedCitation
from assistant.ledger import Entry
from corpus.models import Table

tabulate.MIN_PADDING = 0  # else headers are wider than the widths worked out here

WIDEST_CELL: Final = 24
"""Characters after which a cell's text wraps."""

NARROWEST_CELL: Final = 8
"""Characters below which no column is squeezed, however narrow the terminal."""

PENCE_BELOW: Final = 100
"""Pounds below which pence are printed."""

_SHARE: Final = re.compile(r"\b(?:share|growth)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-?(?:£?[\d,]+(?:\.\d+)?%?|c)?")


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
    rows = [list(map(_spoken, row, table.columns)) for row in table.rows]
    used = [any(column) for column in zip(*rows, strict=True)]
    rows = [list(compress(row, used)) for row in rows]
    columns = list(compress(table.columns, used))
    widths = _widths([columns, *rows])
    drawn = tabulate.tabulate(
        [_wrapped(row, widths) for row in rows],
        headers=_wrapped(columns, widths),
        tablefmt="simple",
        disable_numparse=True,
        colalign=[_side(column) for column in zip(*rows, strict=True)] or None,
    )
    return f"{table.title} ({len(table.rows)} of {table.total_rows})\n{drawn}"


def _spoken(cell: str | int | float | bool | None, column: str) -> str:
    """A cell for a reader: shares as percentages, pounds without needless pence."""
    if cell is None or isinstance(cell, str | bool):
        return "" if cell is None else str(cell)
    if _SHARE.search(column) and abs(cell) <= 1:
        return f"{100 * cell:.1f}".removesuffix(".0") + "%"
    if "£" in column:
        pence = abs(cell) < PENCE_BELOW and cell != int(cell)
        return f"{cell:,.2f}" if pence else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.12g}"


def _side(column: Sequence[str]) -> str:
    """Numbers stand on the right, so that their digits are under each other."""
    return "right" if all(map(_NUMBER.fullmatch, column)) else "left"


def _widths(lines: list[list[str]]) -> list[int]:
    """Column widths that fit the terminal, the widest columns giving way first: those
    that wrap between words before any that must break one.
    """
    columns = list(zip(*lines, strict=True))
    widths = [min(WIDEST_CELL, max(map(len, column))) for column in columns]
    words = [max(map(_longest_word, column)) for column in columns]
    room = shutil.get_terminal_size((120, 40)).columns - 2 * (len(widths) - 1)
    for floors in (words, [NARROWEST_CELL] * len(widths)):
        while sum(widths) > room:
            free = [at for at, floor in enumerate(floors) if widths[at] > floor]
            if not free:
                break
            widths[max(free, key=lambda at: widths[at])] -= 1
    return widths


def _longest_word(cell: str) -> int:
    """Characters of the longest part that wrapping leaves whole."""
    return max(map(len, re.split(r"\s+|(?<=\w-)(?=\w)", cell)), default=0)


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
