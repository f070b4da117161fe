"""What every format reader yields: lines of cleaned text, notes, and its progress."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from corpus.text import clean_text

_SPACES: Final = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]+")


@dataclass(frozen=True)
class Note:
    """What a reader left out, or read otherwise than a person would expect."""

    text: str


@dataclass(frozen=True)
class Step:
    """How far a reader is, in pages, slides or sheets."""

    done: int
    total: int


@dataclass(frozen=True)
class Line:
    """One line, or one whole paragraph where the format knows its paragraphs."""

    text: str
    page: int | None = None
    """Page (or slide) it stands on; None where the format has none."""
    blanks: int = 0
    """Blank lines before it."""
    level: int | None = None
    """Heading level where the format marks headings; None for any other line."""
    whole: bool = False
    """True for a paragraph or table row that must not be joined to the next."""
    inside: bool = False
    """True where its place on the page shows that it is no running head or foot."""


Event = Line | Note | Step
"""What a reader yields, in the order of the document."""


def plain_lines(text: str, page: int | None = None) -> Iterator[Line]:
    """The lines of plain text, cleaned, with the blank lines between them counted."""
    blanks = 1
    for raw in clean_text(text).split("\n"):
        tidy = _SPACES.sub(" ", raw).strip()
        if not tidy:
            blanks += 1
            continue
        yield Line(tidy, page=page, blanks=blanks, whole="\t" in tidy)
        blanks = 0


def paragraph(text: str, level: int | None = None) -> Iterator[Line]:
    """A paragraph that its format delimits, as one line; nothing where it is blank."""
    tidy = " ".join(clean_text(text).split())
    if tidy:
        yield Line(tidy, blanks=1, level=level, whole=True)


def quotation(text: str) -> Iterator[Line]:
    """A block quotation: a paragraph within quotation marks, those it has or ours."""
    for line in paragraph(text):
        marked = line.text[0] in "\"“‘'"
        yield line if marked else replace(line, text=f"“{line.text}”")


def table_rows(rows: Iterable[Iterable[str]]) -> Iterator[Line]:
    """Table rows as lines of cells parted by bars, the first after a blank line."""
    blanks = 1
    for row in rows:
        cells = [" ".join(clean_text(cell).split()) for cell in row]
        if any(cells):
            yield Line(" | ".join(cells), blanks=blanks, whole=True)
            blanks = 0


def footnotes(notes: Iterable[str], level: int | None) -> Iterator[Line]:
    """Footnotes apart from the text, below a heading of their own."""
    lines = [line for note in notes for line in paragraph(note)]
    if lines:
        yield from paragraph("Footnotes", level)
        yield from (replace(line, blanks=int(not n)) for n, line in enumerate(lines))


def on_page(lines: Iterable[Line], page: int) -> Iterator[Line]:
    """The same lines, standing on `page`, which has no running heads."""
    return (replace(line, page=page, inside=True) for line in lines)
