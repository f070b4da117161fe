"""A document as its readers see it: lines under their headings, cells and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from corpus.extracting.words import Words
from corpus.models import Document
from corpus.observed import Span
from corpus.reading.layout import BULLET
from corpus.reading.outline import Outline
from corpus.sentences import sentences

_LINE: Final = re.compile(r"[^\n]+")
_MARKS: Final = "*_#> \t"
_MARKER: Final = re.compile(
    rf"(?:{BULLET.pattern}|(?P<number>\d{{1,2}})[.)]\s+|\d{{1,2}}(?:\.\d{{1,2}})+[.)]?\s+"
    r"|(?:recommendation|rec|action|r)\s*(?:no\.?\s*)?(?P<named>\d{1,2})\s*[.):–—-]?\s+"
    r"|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+)+",
    re.IGNORECASE,
)
_PARAGRAPH: Final = re.compile(r"\W*\d{1,2}\.\d")
_CELL_EDGE: Final = re.compile(r"\s*(?:\||\t)\s*")
_LABEL_WORDS: Final = 14


@dataclass(frozen=True)
class Piece:
    """A stretch of a document's text, such as a cell or a sentence."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Line(Piece):
    """One line: a paragraph, list item, heading or table row."""

    path: tuple[str, ...]
    """Headings that it stands under, the topmost first; a heading's own is the last."""
    heading: bool
    block: int
    """Number of the run of unbroken lines that it stands in."""

    @property
    def bare(self) -> str:
        """The line without its bullet, number and emphasis."""
        return self.body.text.strip(_MARKS)

    @cached_property
    def body(self) -> Piece:
        """The line after its bullet or number."""
        marker = _MARKER.match(self.text)
        lead = marker.end() if marker and marker.end() < len(self.text) else 0
        return Piece(self.start + lead, self.end, self.text[lead:])

    @property
    def marked(self) -> bool:
        """Whether it begins as an item of a list does."""
        return self.body.start > self.start

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list, and no numbered paragraph such as "5.1"."""
        return self.marked and not _PARAGRAPH.match(self.text)

    @property
    def number(self) -> int | None:
        """Its printed whole number; None without one."""
        marker = _MARKER.match(self.text)
        digits = (marker["number"] or marker["named"]) if marker else None
        return int(digits) if digits and digits.isdecimal() else None

    @cached_property
    def cells(self) -> tuple[Piece, ...]:
        """The cells of a table row; the line alone where it is none."""
        found, begin = [], 0
        for edge in _CELL_EDGE.finditer(self.text):
            found.append(self._piece(begin, edge.start()))
            begin = edge.end()
        return (*found, self._piece(begin, len(self.text)))

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return len(self.cells) > 1

    def _piece(self, start: int, end: int) -> Piece:
        return Piece(self.start + start, self.start + end, self.text[start:end])


@dataclass(frozen=True)
class Field:
    """A label and what stands against it: "Restraints: 2", or two cells of a row."""

    label: str
    value: Piece
    start: int
    """Where the label starts."""


class LinedDocument:
    """A document's lines, made ready for reading rows from them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._outline = Outline(document)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line that is not blank, in order."""
        return tuple(self._lines())

    @cached_property
    def sentences(self) -> tuple[tuple[Line, Piece], ...]:
        """Every sentence but headings, with the line that it stands in."""
        prose = (line for line in self.lines if not line.heading)
        return tuple((line, piece) for line in prose for piece in sentences_of(line))

    @cached_property
    def fields(self) -> tuple[tuple[Line, Field], ...]:
        """Every label with its value, and the line that it stands in."""
        found = []
        for index, line in enumerate(self.lines):
            following = self.lines[index + 1] if index + 1 < len(self.lines) else None
            found += [(line, field) for field in _fields(line, following)]
        return tuple(found)

    def span(self, start: int, end: int) -> Span:
        """The span of the text between two offsets, without the space at its ends."""
        text = self.document.text
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return Span(
            document_id=self.document.document_id,
            start=start,
            end=end,
            quote=text[start:end],
            locator=self._outline.locator(start),
        )

    def below(self, line: Line) -> Iterator[Line]:
        """The lines after `line` up to the next heading or lead."""
        at = bisect_right(self.lines, line.start, key=lambda other: other.start)
        for other in self.lines[at:]:
            if other.heading:
                return
            yield other

    def _lines(self) -> Iterator[Line]:
        headings = {s.start: s.number for s in self.document.sections if s.heading}
        path: tuple[str, ...] = ()
        lead, block, last = "", 0, 0
        counted = _Counted()
        for match in _LINE.finditer(self.document.text):
            start, text = match.start(), match[0].rstrip()
            if not text:
                continue
            block += self.document.text.count("\n", last, start) > 1
            last = match.end()
            heading = start in headings and counted.is_heading(headings[start], text)
            if heading:
                path, lead = self._outline.path(start), ""
                path = path[1:] if path[:1] == (self.document.title,) else path
            elif _is_lead(text):
                lead, heading = text.strip(_MARKS).rstrip(":"), True
                counted.plain += 1
            whole = (*path, lead) if lead else path
            yield Line(start, start + len(text), text, whole, heading, block)


@dataclass
class _Counted:
    """Tells numbered headings from numbered items that look like them."""

    plain: int = 0
    """Headings without a number so far, the title among them."""
    heading: int = 0
    """Number of the latest numbered heading."""
    item: int = 0
    """Number of the latest item; 0 where a heading came since."""

    def is_heading(self, number: str | None, text: str) -> bool:
        """Whether what is marked as a heading is one, and no item of a list.

        Numbers of headings go on from one another. One that starts anew, or is a whole
        sentence, or goes on from the item before, is an item's.
        """
        if number is None or not number.isdecimal():
            self.plain += number is None
            self.item = 0
            return True
        value = int(number)
        goes_on = value == self.heading + 1 and not (
            self.item and value == self.item + 1
        )
        said = re.search(r"[a-z]{4,}[.;]\s", text)
        if goes_on and not said and (self.heading or self.plain < 2):
            self.heading, self.item = value, 0
            return True
        self.item = value
        return False


def sentences_of(piece: Piece) -> Iterator[Piece]:
    """The sentences of a stretch of text."""
    for start, end in sentences(piece.text):
        yield Piece(piece.start + start, piece.start + end, piece.text[start:end])


def clauses(piece: Piece, pattern: Words | re.Pattern[str]) -> Iterator[Piece]:
    """The stretches of `piece` between the matches of `pattern`, none of them blank."""
    begin = 0
    edges = [(m.start(), m.end()) for m in pattern.finditer(piece.text)]
    for start, end in [*edges, (len(piece.text), len(piece.text))]:
        if piece.text[begin:start].strip():
            yield Piece(
                piece.start + begin, piece.start + start, piece.text[begin:start]
            )
        begin = end


def _is_lead(text: str) -> bool:
    """Whether an unmarked line stands as a heading: bold, capitals, or "Actions:"."""
    bare = text.strip(_MARKS)
    words = bare.split()
    if not words or len(words) > _LABEL_WORDS or "|" in text or "\t" in text:
        return False
    bold = text.startswith(("**", "__")) and text.rstrip(":").endswith(("**", "__"))
    capitals = bare.isupper() and len(bare) > 6 and bare[-1] not in ".;,"
    asked = bare.endswith("?") and not text.startswith(("-", "–", '"', "“"))
    return bold or capitals or asked or (bare.endswith(":") and len(words) <= 8)


def _fields(line: Line, following: Line | None) -> Iterator[Field]:
    if line.is_row:
        yield from _row_fields(line)
        return
    body = line.body
    label, colon, value = _parted(body.text)
    bare = label.strip(_MARKS)
    if colon:
        start = body.end - len(value)
        yield Field(bare, Piece(start, body.end, value), body.start)
        return
    leads = line.heading or body.text.rstrip(_MARKS).endswith((":", "?"))
    if leads and following and not following.heading:
        value_piece = Piece(following.start, following.end, following.text)
        yield Field(line.bare.rstrip(": "), value_piece, line.start)


def _parted(text: str) -> tuple[str, str, str]:
    """A label, the first mark that parts it, and what stands against it."""
    for mark in ("?", ":", " – "):
        label, found, value = text.partition(mark)
        if found and value.strip(_MARKS) and len(label.split()) <= _LABEL_WORDS:
            return label + mark.strip("–: "), mark, value
    return "", "", ""


def _row_fields(line: Line) -> Iterator[Field]:
    """Each cell of a row as the label of the cell after it."""
    for label, value in zip(line.cells, line.cells[1:], strict=False):
        yield Field(label.text.strip(_MARKS).rstrip(":"), value, label.start)
