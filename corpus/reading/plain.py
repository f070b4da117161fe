"""Plain text and Markdown to lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from corpus.reading.decoding import decode
from corpus.reading.lines import Event, Line, Note, paragraph, plain_lines, quotation

_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_RULE: Final = re.compile(r"-{3,}|\*{3,}|_{3,}|={3,}|\|(?:\s*:?-+:?\s*\|)+")
_QUOTED: Final = re.compile(r"(?:>\s*)+")


def read_text(path: Path) -> Iterator[Event]:
    """Plain text; form feeds, where there are any, part its pages."""
    text, doubt = decode(path)
    if doubt:
        yield Note(doubt)
    pages = text.split("\f")
    for number, page in enumerate(pages, 1):
        yield from plain_lines(page, number if len(pages) > 1 else None)


def read_markdown(path: Path) -> Iterator[Event]:
    """A Markdown file."""
    text, doubt = decode(path)
    if doubt:
        yield Note(doubt)
    yield from markdown_lines(text)


def markdown_lines(text: str) -> Iterator[Line]:
    """Markdown: headings, tables and block quotations are known, inline marks stay."""
    quoted: list[str] = []
    for line in plain_lines(text):
        if quoted and (line.blanks or not line.text.startswith(">")):
            yield from _quotation(quoted)
        if line.text.startswith(">"):
            quoted.append(_QUOTED.sub("", line.text, count=1))
        else:
            yield from _markdown_line(line)
    yield from _quotation(quoted)


def _quotation(quoted: list[str]) -> Iterator[Line]:
    """The block quotation gathered, which is emptied: its paragraphs."""
    text, held = "", [*quoted, ""]
    quoted.clear()
    for line in held:
        if not line:
            yield from quotation(text)
        text = f"{text} {line}" if line else ""


def _markdown_line(line: Line) -> Iterator[Line]:
    heading = _HEADING.match(line.text)
    if heading and heading[2]:
        yield from paragraph(heading[2], level=len(heading[1]))
    elif line.text.startswith("|") and not _RULE.fullmatch(line.text):
        cells = [cell.strip() for cell in line.text.strip("|").split("|")]
        if any(cells):
            yield Line(" | ".join(cells).strip(), blanks=line.blanks, whole=True)
    elif not _RULE.fullmatch(line.text):
        yield line
