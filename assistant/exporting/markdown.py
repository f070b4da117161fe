"""A document as Markdown, in which data can never become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.exporting.blocks import (
    Block,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quotation,
    References,
    TableBlock,
    cell_text,
    reference_line,
)
from corpus.models import Table
from corpus.text import clean_text

_SPECIAL: Final = re.compile(r"([\\`*_{}<>#|~]|!(?=\[)|\](?=[(:\[]))")
"""What would start markup; brackets of markers such as [1] stay as they are."""


def markdown_of(blocks: Iterable[Block]) -> str:
    """The blocks as one Markdown text that ends in a newline."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text=text, level=level):
            written = f"{'#' * (level + 1)} {_one_line(text)}"
        case Paragraph(text=text):
            written = escaped(text)
        case Note(text=text):
            written = f"> **Note.** {_one_line(text)}"
        case Quotation(text=text):
            written = "\n".join(f"> {line}" for line in escaped(text).splitlines())
        case TableBlock(table=table, caption=caption):
            written = f"*{_one_line(caption)}*\n\n{_table(table)}"
        case Figure(chart=chart, caption=caption):
            written = f"*{_one_line(caption)}* (figure: {_one_line(chart.title)})"
        case References(citations=citations):
            lines = (f"{at}. {_one_line(reference_line(one))}" for at, one in citations)
            written = "\n".join(lines)
    return written


def _table(table: Table) -> str:
    lines = [_row(table.columns), _row(["---"] * len(table.columns), plain=True)]
    lines += [_row([cell_text(cell) for cell in row]) for row in table.rows]
    if table.total_rows > len(table.rows):
        lines.append(f"\n{len(table.rows):,} of {table.total_rows:,} rows.")
    return "\n".join(lines)


def _row(cells: Sequence[str], plain: bool = False) -> str:
    shown = cells if plain else [_one_line(cell) for cell in cells]
    return f"| {' | '.join(shown)} |"


def escaped(text: str) -> str:
    """Text whose characters stand for themselves in Markdown."""
    return _SPECIAL.sub(r"\\\1", clean_text(text))


def _one_line(text: str) -> str:
    return " ".join(escaped(text).split())
