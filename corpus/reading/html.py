"""Web pages to lines: headings, paragraphs, list items and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from corpus.reading.lines import Line, paragraph, table_rows


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
        self._level: int | None = None
        self._bullet = ""
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SKIPPED:
            self._skipping += 1
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in self._BLOCKS and self._row is None:
            self.flush()
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
        elif tag in self._BLOCKS and self._row is None:
            self.flush()

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._words.append(data)

    def flush(self) -> None:
        """End the paragraph or table row under way."""
        if self._row is not None:
            self._end_row()
        text = "".join(self._words).strip()
        self._words.clear()
        if text:
            self.lines += paragraph(self._bullet + text, self._level)
            self._bullet = ""
        self._level = None

    def _end_cell(self) -> None:
        words = "".join(self._words)
        if self._row is not None and words.strip():
            self._row.append(words)
            self._words.clear()

    def _end_row(self) -> None:
        self._end_cell()
        rows = list(table_rows([self._row or []]))
        inside = bool(self.lines) and " | " in self.lines[-1].text
        self.lines += [Line(r.text, blanks=int(not inside), whole=True) for r in rows]
        self._row = None
        self._words.clear()


def html_lines(text: str) -> Iterator[Line]:
    """The lines of a web page, those of scripts and styles left out."""
    parser = _HtmlText()
    parser.feed(text)
    parser.close()
    parser.flush()
    yield from parser.lines
