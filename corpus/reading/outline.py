"""Where any point of a document stands: its headings, and its locator."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePath
from typing import Final

from corpus.models import Document, Section

_GAP: Final = re.compile(r"\n+")
_PAGES: Final = {".pptx": "slide"}
"""What a page is called, by the ending of the file's name; elsewhere a page."""


class Outline:
    """A document's sections, pages and lines, made ready for many look-ups."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [section.start for section in document.sections]
        self._pages = [page.start for page in document.pages]
        self._paths = _paths(document.sections)
        self._ending = PurePath(document.source).suffix.lower()

    @cached_property
    def _paragraphs(self) -> list[tuple[int, int, int]]:
        """Where each paragraph starts, and the numbers of its first and last line."""
        found: list[tuple[int, int, int]] = []
        start, first, line = 0, 1, 1
        for gap in _GAP.finditer(self._document.text):
            if len(gap[0]) > 1:
                found.append((start, first, line))
                start, first = gap.end(), line + len(gap[0])
            line += len(gap[0])
        return [*found, (start, first, line)]

    def path(self, offset: int) -> tuple[str, ...]:
        """Headings above `offset`, the topmost first; numbered paragraphs left out."""
        at = bisect_right(self._starts, offset)
        return tuple(_label(section) for section in self._paths[at - 1]) if at else ()

    def locator(self, offset: int) -> str:
        """Where a reader finds `offset`; see `locator_at`."""
        at = bisect_right(self._starts, offset)
        here = self._document.sections[at - 1] if at else None
        if here and here.number and not here.heading:
            return f"paragraph {here.number}"
        page = bisect_right(self._pages, offset)
        if page:
            unit = _PAGES.get(self._ending, "page")
            return f"{unit} {self._document.pages[page - 1].page}"
        path = self.path(offset)
        if path and self._ending == ".xlsx":
            return f"sheet {path[0]}"
        if path == (self._document.title,):
            return "opening section"
        return _section_locator(path) if path else self._lines(offset)

    def _lines(self, offset: int) -> str:
        at = bisect_right(self._paragraphs, offset, key=lambda paragraph: paragraph[0])
        _, first, last = self._paragraphs[at - 1]
        return f"line {first}" if first == last else f"lines {first}-{last}"


def _paths(sections: Sequence[Section]) -> list[tuple[Section, ...]]:
    """The headings that each section stands under, itself included."""
    paths: list[tuple[Section, ...]] = []
    path: tuple[Section, ...] = ()
    for section in sections:
        if section.heading:
            above = (other for other in path if other.level < section.level)
            path = (*above, section)
        paths.append(path)
    return paths


def _section_locator(path: Sequence[str]) -> str:
    """The innermost heading, with the number above it where it has none of its own."""
    inner = path[-1]
    numbers = [label.split()[0] for label in path[:-1] if label[0].isdigit()]
    if inner[0].isdigit() or not numbers:
        return f"section {inner}"
    return f"section {numbers[-1]}, {inner}"


def _label(section: Section) -> str:
    return f"{section.number} {section.heading}" if section.number else section.heading


def locator_at(document: Document, offset: int) -> str:
    """Where a reader finds `offset`.

    The numbered paragraph ("paragraph 5.1") where it stands in one; else the page or
    slide, the sheet of a workbook, the section ("opening section" below the title), or
    the lines of the paragraph in the text as stored ("lines 12-14").
    """
    return Outline(document).locator(offset)


def section_path(document: Document, offset: int) -> tuple[str, ...]:
    """Headings above `offset`, the topmost first; numbered paragraphs left out."""
    return Outline(document).path(offset)
