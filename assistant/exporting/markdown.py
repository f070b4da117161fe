"""A document as Markdown, in which data can never become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.exporting.blocks import (
    Block,
    Bullets,
    Captions,
    Contents,
    Figure,
    Heading,
    Lead,
    Note,
    Paragraph,
    Quotation,
    References,
    TableBlock,
    ToComplete,
    cell_text,
    chart_table,
    headings_of,
    reference_line,
)
from corpus.models import Table
from corpus.text import clean_text

_SPECIAL: Final = re.compile(r"([\\`*_{}<>#|~]|!(?=\[)|\](?=[(:\[]))")
"""What would start markup; brackets of markers such as [1] stay as they are."""


def markdown_of(blocks: Iterable[Block]) -> str:
    """The blocks as one Markdown text that ends in a newline.

    Tables and figures are numbered in their order; a figure is its values.
    """
    held, captions = tuple(blocks), Captions()
    return "\n\n".join(_block(block, held, captions) for block in held) + "\n"


def _block(block: Block, held: tuple[Block, ...], captions: Captions) -> str:
    match block:
        case Heading(text=text, level=level):
            written = f"{'#' * (level + 1)} {_one_line(text)}"
        case Contents(title=title):
            written = f"**{_one_line(title)}**\n\n{_contents(held)}"
        case Lead(text=text):
            written = f"**{_one_line(text)}**"
        case Paragraph(text=text):
            written = escaped(text)
        case Bullets(items=items):
            written = _bullets(items)
        case Note(text=text):
            written = f"> **Note.** {_one_line(text)}"
        case ToComplete(whose=whose, items=items):
            listed = "\n".join(f"> {line}" for line in _bullets(items).splitlines())
            written = f"> **For {_one_line(whose)} to complete**\n>\n{listed}"
        case Quotation(text=text, source=source):
            said = f"{escaped(text)} {_one_line(source)}" if source else escaped(text)
            written = "\n".join(f"> {line}" for line in said.splitlines())
        case TableBlock(table=table, caption=caption):
            written = f"*{_caption(block, caption, captions)}*\n\n{_table(table)}"
        case Figure(chart=chart, caption=caption):
            table = chart_table(chart)
            written = f"*{_caption(block, caption, captions)}*\n\n{_table(table)}"
        case References(citations=citations):
            lines = [
                f"[{at}] {_one_line(reference_line(one))}" for at, one in citations
            ]
            written = "\n\n".join(lines)
    return written


def _contents(held: Iterable[Block]) -> str:
    return "\n".join(
        f"{'  ' * (heading.level - 1)}- {_one_line(heading.text)}"
        for heading in headings_of(held)
    )


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {_one_line(item)}" for item in items)


def _caption(block: TableBlock | Figure, caption: str, captions: Captions) -> str:
    kind, number = captions.next(block)
    return f"{kind} {number}. {_one_line(caption)}"


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
