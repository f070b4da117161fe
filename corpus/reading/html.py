"""Web pages to lines: headings, paragraphs, list items and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from corpus.reading.decoding import decode
from corpus.reading.lines import Event, Line, Note, paragraph, quotation, table_rows
from corpus.reading.marks import raised

_WIDEST: Final = 50
"""Columns that one cell may be said to span."""


class _HtmlText(HTMLParser):
    """Gathers a page's paragraphs, headings, list items and table rows."""

    _SKIPPED = frozenset({"script", "style", "template", "noscript", "title", "svg"})
    _BLOCKS = frozenset(
        "p div section article header footer main ul ol li dl dt dd blockquote pre"
        " table tr br hr h1 h2 h3 h4 h5 h6 form figure figcaption nav aside".split()
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._row: list[str] | None = None
        self._cell: int | None = None  # columns that the cell under way spans
        self._quoting = 0
        self._raised_from: int | None = None
        self._level: int | None = None
        self._bullet = ""
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SKIPPED:
            self._skipping += 1
        elif tag in ("td", "th"):
            self._end_cell()
            self._cell = _span(dict(attrs).get("colspan"))
        elif tag == "sup":
            self._raised_from = len(self._words)
        elif tag in self._BLOCKS and self._row is None:
            self.flush()
            self._quoting += tag == "blockquote"
            self._level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else None
            self._bullet = "• " if tag == "li" else self._bullet
            self._row = [] if tag == "tr" else None
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in self._BLOCKS:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table") and self._row is not None:
            self._end_row()
        elif tag == "sup":
            self._end_raised()
        elif tag in self._BLOCKS and self._row is None:
            self.flush()
            self._quoting = max(0, self._quoting - (tag == "blockquote"))

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._words.append(data)

    def flush(self) -> None:
        """End the paragraph or table row under way."""
        if self._row is not None:
            self._end_row()
        text = "".join(self._words).strip()
        self._words.clear()
        if text and self._quoting and not (self._level or self._bullet):
            self.lines += quotation(text)
        elif text:
            self.lines += paragraph(self._bullet + text, self._level)
            self._bullet = ""
        self._level = None

    def _end_cell(self) -> None:
        words = "".join(self._words)
        if self._row is None or not (words.strip() or self._cell):
            return
        self._row += [words, *[""] * ((self._cell or 1) - 1)]
        self._words.clear()
        self._cell = None

    def _end_raised(self) -> None:
        """A footnote's mark is written as one: superscript digits."""
        if self._raised_from is not None:
            words = "".join(self._words[self._raised_from :])
            self._words[self._raised_from :] = [raised(words)]
        self._raised_from = None

    def _end_row(self) -> None:
        self._end_cell()
        rows = list(table_rows([self._row or []]))
        inside = bool(self.lines) and " | " in self.lines[-1].text
        self.lines += [Line(r.text, blanks=int(not inside), whole=True) for r in rows]
        self._row = None
        self._words.clear()


def _span(stated: str | None) -> int:
    return min(int(stated), _WIDEST) if stated and stated.isdecimal() else 1


def read_html(path: Path) -> Iterator[Event]:
    """A web page."""
    text, doubt = decode(path)
    if doubt:
        yield Note(doubt)
    yield from html_lines(text)


def html_lines(text: str) -> Iterator[Line]:
    """The lines of a web page, those of scripts and styles left out."""
    parser = _HtmlText()
    parser.feed(text)
    parser.close()
    parser.flush()
    yield from parser.lines
