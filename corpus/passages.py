"""A document cut into passages that search can return."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.models import Document, Passage, Section
from corpus.reading.layout import BULLET, NUMBERED
from corpus.reading.outline import Outline
from corpus.sentences import sentences

TARGET: Final = 150
"""Size from which a passage is full, in word pieces (see `_size`)."""
LARGEST: Final = 210
"""Size that a passage never passes. The embedding model reads 256 word pieces, its
context included (the packaged all-MiniLM-L6-v2: `max_seq_length`)."""
_SMALL: Final = 60
"""Size below which a passage takes in the section that follows it."""
_BEFORE_LEAD: Final = 100
"""Size from which a passage ends before a lead, such as a slide's title."""
_LEAD_WORDS: Final = 12
"""Words that a lead has at most."""
_CONTEXT: Final = 400
"""Characters of the longest context, so that it leaves the model room for the text."""
_PIECES: Final = re.compile(r"[^\W\d_]{1,8}|\d{1,3}|[^\w\s]|_")
_PARAGRAPH: Final = re.compile(r"\S(?:.|\n(?!\s*\n))*", re.MULTILINE)
_ROW_BREAK: Final = re.compile(r" \| |\t")
_AMOUNT: Final = re.compile(r"£|%|\d,\d{3}")


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    size: int
    header: str = ""
    """Header row of the table that the span goes on with; empty elsewhere."""


def split_passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order.

    Each is a run of whole paragraphs, or of whole sentences of a long one; none spans a
    heading unless what stands before it is short. Together they hold every character
    of the text but the space between them.
    """
    outline = Outline(document)
    return tuple(_passage(document, outline, span) for span in _packed(document))


def _packed(document: Document) -> Iterator[_Span]:
    """Paragraphs packed into spans, greedily; a heading or a lead stays with what
    follows it."""
    units = list(_units(document.text))
    headings = {section.start for section in document.sections if section.heading}
    leads = {u.start for u in units if _is_lead(document.text[u.start : u.end])}
    enough = dict.fromkeys(leads, _BEFORE_LEAD) | dict.fromkeys(headings, _SMALL)
    current: _Span | None = None
    for span in _with_headings(units, headings | leads):
        if current and _closes(current, span, enough.get(span.start, TARGET)):
            yield current
            current = None
        current = _joined(current, span) if current else span
    if current:
        yield current


def _is_lead(text: str) -> bool:
    """Whether a paragraph is one short line that what follows belongs to: the title of
    a slide or a table, or the line that opens a list, though no heading by format."""
    if "\n" in text or len(text.split()) > _LEAD_WORDS or _AMOUNT.search(text):
        return False
    if BULLET.match(text) or NUMBERED.match(text) or _ROW_BREAK.search(text):
        return False
    first = text.lstrip("*“\"'")[:1]
    return (first.isupper() or first.isdigit()) and (
        text.endswith(("...", ":", "?")) or text[-1] not in ".;,!"
    )


def _with_headings(units: Sequence[_Span], staying: set[int]) -> Iterator[_Span]:
    """The units, each that starts in `staying` joined to the unit after it where both
    fit together."""
    pending: _Span | None = None
    for unit in units:
        if pending and pending.size + unit.size > LARGEST:
            yield pending
            pending = None
        whole = _joined(pending, unit) if pending else unit
        pending = whole if unit.start in staying else None
        if not pending:
            yield whole
    if pending:
        yield pending


def _closes(current: _Span, following: _Span, enough: int) -> bool:
    return current.size >= enough or current.size + following.size > LARGEST


def _joined(first: _Span, second: _Span) -> _Span:
    return replace(first, end=second.end, size=first.size + second.size)


def _units(text: str) -> Iterator[_Span]:
    """Paragraphs, and the parts of those that are too large, each small enough."""
    for match in _PARAGRAPH.finditer(text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        whole = _Span(start, end, _size(text[start:end]))
        yield from [whole] if whole.size <= LARGEST else _parts(text, whole)


def _parts(text: str, whole: _Span) -> Iterator[_Span]:
    paragraph = text[whole.start : whole.end]
    first_row = paragraph.split("\n", 1)[0]
    header = first_row if _ROW_BREAK.search(first_row) else ""
    for start, end in sentences(paragraph):
        start, end = whole.start + start, whole.start + end
        size = _size(text[start:end])
        span = _Span(start, end, size, header if start > whole.start else "")
        yield from [span] if size <= LARGEST else _windows(text, span)


def _windows(text: str, span: _Span) -> Iterator[_Span]:
    """A sentence that is too large, cut between words, or within one without end."""
    pieces = list(_PIECES.finditer(text, span.start, span.end))
    cuts = [piece.start() for piece in pieces[TARGET::TARGET]]
    start = span.start
    for cut in [*cuts, span.end]:
        space = text.rfind(" ", start + 1, cut)
        end = space if space > start and cut != span.end else cut
        while start < end and text[start].isspace():
            start += 1
        stop = start + len(text[start:end].rstrip())
        if stop > start:
            yield _Span(start, stop, _size(text[start:stop]), span.header)
        start = end


def _size(text: str) -> int:
    """About how many word pieces the embedding model makes of `text`."""
    return sum(1 for _ in _PIECES.finditer(text))


def _passage(document: Document, outline: Outline, span: _Span) -> Passage:
    text = document.text[span.start : span.end]
    context = _context(document, outline.path(span.start), span.header)
    return Passage(
        passage_id=hashlib.sha256(f"{context}\0{text}".encode()).hexdigest()[:24],
        document_id=document.document_id,
        start=span.start,
        end=span.end,
        text=text,
        locator=_locator(document, outline, span),
        context=context,
    )


def _locator(document: Document, outline: Outline, span: _Span) -> str:
    """The numbered paragraphs that the span holds; else the section that it starts in.

    The section is the first below the document's title, where the span holds one.
    """
    start = outline.locator(span.start)
    inside = _starting_within(document.sections, span)
    numbers = [s.number for s in inside if s.number and not s.heading]
    if start.startswith("paragraph "):
        numbers.insert(0, start.removeprefix("paragraph "))
    if not numbers:
        titled = start == "opening section" and inside
        return outline.locator(inside[0].start) if titled else start
    alone = numbers[0] == numbers[-1]
    return (
        f"paragraph {numbers[0]}" if alone else f"paragraphs {numbers[0]}-{numbers[-1]}"
    )


def _starting_within(sections: Sequence[Section], span: _Span) -> Sequence[Section]:
    """Sections that start after the span does and before it ends."""
    first = bisect_right(sections, span.start, key=lambda section: section.start)
    last = bisect_left(sections, span.end, key=lambda section: section.start)
    return sections[first:last]


def _context(document: Document, path: tuple[str, ...], header: str) -> str:
    """Title > section > date > authority > provider > header of a table under way."""
    parts = (
        document.title,
        *path,
        f"{document.published:%B %Y}" if document.published else "",
        document.local_authority or "",
        document.provider or "",
        header,
    )
    return " > ".join(dict.fromkeys(part for part in parts if part))[:_CONTEXT]
