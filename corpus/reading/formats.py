"""The formats that are read: from a path to lines, by the file name's ending."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from corpus.reading.html import html_lines
from corpus.reading.lines import Line, paragraph, plain_lines
from corpus.reading.office import read_docx, read_pptx, read_xlsx
from corpus.reading.pdf import read_pdf

_MARKDOWN_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_RULE: Final = re.compile(r"-{3,}|\*{3,}|_{3,}|={3,}|\|(?:\s*:?-+:?\s*\|)+")


def decode(data: bytes) -> str:
    """Text of a file's bytes: UTF-8, UTF-16 by its mark, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_text(path: Path) -> Iterator[Line]:
    """Plain text; form feeds, where there are any, part its pages."""
    pages = decode(path.read_bytes()).split("\f")
    for number, page in enumerate(pages, 1):
        yield from plain_lines(page, number if len(pages) > 1 else None)


def read_markdown(path: Path) -> Iterator[Line]:
    """A Markdown file."""
    return markdown_lines(decode(path.read_bytes()))


def markdown_lines(text: str) -> Iterator[Line]:
    """Markdown: headings and tables are known, inline marks stay as written."""
    for line in plain_lines(text):
        heading = _MARKDOWN_HEADING.match(line.text)
        if heading and heading[2]:
            yield from paragraph(heading[2], level=len(heading[1]))
        elif line.text.startswith("|") and not _RULE.fullmatch(line.text):
            cells = [cell.strip() for cell in line.text.strip("|").split("|")]
            if any(cells):
                yield Line(" | ".join(cells).strip(), blanks=line.blanks, whole=True)
        elif not _RULE.fullmatch(line.text):
            yield line


def read_html(path: Path) -> Iterator[Line]:
    """A web page."""
    return html_lines(decode(path.read_bytes()))


READERS: Final[dict[str, Callable[[Path], Iterator[Line]]]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".pptx": read_pptx,
    ".xlsx": read_xlsx,
}
"""Reader of each file name ending."""
