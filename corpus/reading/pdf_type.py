"""What the type of a PDF tells: headings, paragraphs, and footnotes apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from corpus.reading.lines import Line
from corpus.reading.pdf_page import Printed, is_inside

_LARGER: Final = 1.12
"""Size of a heading's type, at least, to that of the text."""
_SMALLER: Final = 0.92
"""Size of a footnote's type, at most, to that of the text."""
_DEEPEST: Final = 4
_LONGEST: Final = 120
"""Characters of the longest heading."""
_NOTE: Final = re.compile(r"(?:\d{1,3}[.)]?\s|[⁰¹²³⁴-⁹]+\s?|[*†‡]\s?)\S")
_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d+)?\W*", re.I
)
_SENTENCE_END: Final = (".", ";", ",")


@dataclass(frozen=True)
class _Type:
    """Sizes of a document's type, in points."""

    body: float
    levels: dict[float, int]
    """Heading level by size; 1 is the largest type."""

    def level(self, line: Printed, *, parted: bool) -> int | None:
        """The heading level of a line; None for text. Bold type of the text's size is a
        heading's only where it is parted from what is above."""
        if line.row or not _may_head(line.text):
            return None
        if line.size >= _LARGER * self.body:
            return self.levels.get(line.size)
        bold = parted and line.bold and line.size >= 0.98 * self.body
        return min(len(self.levels), _DEEPEST) + 1 if bold else None


def typeset(pages: Sequence[Sequence[Printed] | Sequence[Line]]) -> Iterator[Line]:
    """The lines of all pages, footnotes behind them; recognised pages as they are."""
    printed = [line for page in pages for line in page if isinstance(line, Printed)]
    type_ = _type_of(printed)
    notes: list[Printed] = []
    marked = False
    for page in pages:
        lines = [line for line in page if isinstance(line, Printed)]
        kept, below = _without_notes(lines, type_.body)
        notes += below
        for line in _page_lines(kept, type_):
            marked = marked or line.level is not None
            yield line
        yield from (line for line in page if isinstance(line, Line))
    yield from _footnotes(notes, 1 if marked else None)


def _type_of(lines: Sequence[Printed]) -> _Type:
    amounts = Counter[float]()
    for line in lines:
        if not line.row:
            amounts[line.size] += len(line.text)
    body = amounts.most_common(1)[0][0] if amounts else 0.0
    heads = {
        line.size
        for line in lines
        if not line.row and line.size >= _LARGER * body and _may_head(line.text)
    }
    largest = enumerate(sorted(heads, reverse=True), 1)
    return _Type(body, {size: min(level, _DEEPEST) for level, size in largest})


def _may_head(text: str) -> bool:
    """Whether a line reads like a heading: short, with letters, no sentence's end."""
    short = len(text) <= _LONGEST and len(text.split()) <= 14
    lettered = sum(c.isalpha() for c in text) >= max(3, len(text) / 2)
    return short and lettered and not text.endswith(_SENTENCE_END)


def _without_notes(
    lines: Sequence[Printed], body: float
) -> tuple[list[Printed], list[Printed]]:
    """A page's lines, and the footnotes taken from its foot.

    Footnotes are a run of small type in the lower half, to the end of the page but
    for its running foot, that begins with a number or a star.
    """
    end = len(lines)
    while end and _is_foot(lines[end - 1]):
        end -= 1
    start = end
    while start and _is_small(lines[start - 1], body):
        start -= 1
    while start < end and not _NOTE.match(lines[start].text):
        start += 1
    return [*lines[:start], *lines[end:]], list(lines[start:end])


def _is_foot(line: Printed) -> bool:
    numbered = _PAGE_NUMBER.fullmatch(line.text)
    return line.top > 0.93 * line.height or bool(numbered)


def _is_small(line: Printed, body: float) -> bool:
    small = line.size <= _SMALLER * body and not line.row
    return small and line.top > 0.4 * line.height


def _page_lines(lines: Sequence[Printed], type_: _Type) -> Iterator[Line]:
    """Lines with the blank ones between them, those of one heading joined."""
    usual = _usual_gap(lines)
    heading: Line | None = None
    before: Printed | None = None
    for line in lines:
        blanks = _blanks(before, line, usual)
        level = type_.level(line, parted=bool(blanks or heading))
        joined = heading is not None and level == heading.level and _close(before, line)
        if heading and joined and len(heading.text) < _LONGEST:
            heading = replace(heading, text=f"{heading.text} {line.text}")
        else:
            yield from [heading] if heading else []
            whole, inside = bool(level or line.row), is_inside(line)
            made = Line(line.text, line.page, blanks, level, whole, inside)
            heading = made if level else None
            yield from [] if level else [made]
        before = line
    yield from [heading] if heading else []


def _usual_gap(lines: Sequence[Printed]) -> float:
    """Points between most lines of a page; 0 where it has too few to tell."""
    pairs = pairwise(line for line in lines if not line.row)
    gaps = [b.top - a.bottom for a, b in pairs]
    return median([gap for gap in gaps if gap > -2] or [0.0])


def _blanks(before: Printed | None, line: Printed, usual: float) -> int:
    if before is None or line.first_row:
        return 1
    if line.row:
        return 0
    gap = line.top - before.bottom
    return int(before.row or gap > usual + 0.35 * line.size or gap > 0.9 * line.size)


def _close(before: Printed | None, line: Printed) -> bool:
    return before is not None and -2 < line.top - before.bottom < 0.8 * line.size


def _footnotes(notes: Sequence[Printed], level: int | None) -> Iterator[Line]:
    if notes:
        yield Line("Footnotes", notes[0].page, 1, level, whole=True)
    note: Line | None = None
    for line in notes:
        if note and not _NOTE.match(line.text) and note.page == line.page:
            note = replace(note, text=f"{note.text} {line.text}")
            continue
        yield from [note] if note else []
        note = Line(line.text, line.page, int(note is None), whole=True, inside=True)
    yield from [note] if note else []
