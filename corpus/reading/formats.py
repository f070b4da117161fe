"""The formats that are read: from a path to lines, by what the file holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from corpus.reading.html import read_html
from corpus.reading.identify import format_of
from corpus.reading.lines import Event, Line, Note
from corpus.reading.mail import read_mail
from corpus.reading.pdf import read_pdf
from corpus.reading.plain import read_markdown, read_text
from corpus.reading.refusals import MOST_TEXT, too_large
from corpus.reading.sheets import read_xlsx
from corpus.reading.slides import read_pptx
from corpus.reading.word import read_docx

Reader = Callable[[Path], Iterator[Event]]

READERS: Final[dict[str, Reader]] = {
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
    ".eml": read_mail,
}
"""Reader of each file name ending."""
_NAMES: Final = {
    ".html": "a web page",
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".pptx": "a presentation",
    ".xlsx": "a workbook",
    ".eml": "an e-mail",
}


def read_events(path: Path) -> Iterator[Event]:
    """The lines of a file, read as what it is and not as what it is called.

    Raises:
        DocumentError: where it cannot be read, or holds more text than `MOST_TEXT`.
        OSError: where the file system refuses it.
    """
    ending = format_of(path)
    if READERS[ending] is not READERS[path.suffix.lower()]:
        known = _NAMES.get(ending, "text")
        yield Note(f"Its name ends in {path.suffix}, but it is {known}: read as such.")
    length = 0
    for event in READERS[ending](path):
        if isinstance(event, Line):
            length += len(event.text)
        if length > MOST_TEXT:
            raise too_large(path, f"of over {MOST_TEXT:,} characters of text")
        yield event
