"""PDF files to lines, page by page: text, tables, and scanned pages by recognition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from corpus.errors import DocumentError
from corpus.reading import ocr
from corpus.reading.lines import Event, Line, Note, Step, plain_lines
from corpus.reading.pdf_page import Printed, printed_lines
from corpus.reading.pdf_type import typeset
from corpus.reading.refusals import damaged, encrypted, too_large

_FEWEST_WORDS: Final = 3
"""Words below which a page that shows a picture is taken for a scanned one."""
_MOST_PAGES: Final = 10_000
_MOST_SCANNED: Final = 300
"""Pages of one file that are read by recognition, each of which takes seconds."""
_NO_LETTERS: Final = re.compile(r"\(cid:\d+\)|\ufffd|[\ue000-\uf8ff]")
"""What stands where a font does not say which letters it draws."""
_PASSWORD: Final = 4
"""PDFium's error code for a file that wants a password."""


def read_pdf(path: Path) -> Iterator[Event]:
    """A PDF's headings, paragraphs and tables, its footnotes at the end.

    Pages that are pictures are read by text recognition where it is installed; notes
    say which pages were, and which were not read at all.
    """
    import pdfplumber

    count = _count(path)
    pages: list[list[Printed] | list[Line]] = []
    scanned: list[int] = []
    unread: list[int] = []
    try:
        with pdfplumber.open(path) as pdf:
            for number in range(1, count + 1):
                page = pdf.pages[number - 1] if number <= len(pdf.pages) else None
                pages.append(_page(path, page, number, scanned, unread))
                yield Step(number, count)
    except (DocumentError, OSError, MemoryError):
        raise
    except Exception as error:  # a hostile file makes the reader raise almost anything
        raise damaged(path, "PDF") from error
    if not any(pages):
        raise _without_text(path)
    yield from _notes(scanned, unread)
    yield from typeset(pages)


def _without_text(path: Path) -> DocumentError:
    if ocr.installed():
        return DocumentError(
            f"{path.name!r} holds no text, and text recognition (OCR) found none.",
            "Check that its pages are not blank; scan it again more sharply.",
        )
    return DocumentError(
        f"{path.name!r} holds no text, only pictures of pages.",
        "Install tesseract, or run text recognition (OCR) on it and ingest the result.",
    )


def _count(path: Path) -> int:
    """Pages of a PDF; refused where it is locked, damaged or beyond the limit."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise encrypted(path) from error
        raise damaged(path, "PDF") from error
    count = len(document)
    document.close()
    if count > _MOST_PAGES:
        raise too_large(path, f"of {count:,} pages, over {_MOST_PAGES:,}")
    return count


def _page(
    path: Path, page: Any, number: int, scanned: list[int], unread: list[int]
) -> list[Printed] | list[Line]:
    """One page; its number is added to `scanned` or `unread` where it is a picture."""
    lines = _written(path, page, number)
    text = " ".join(line.text for line in lines)
    if page is None or not _is_picture(page, text):
        return lines
    seen = None
    if ocr.installed() and len(scanned) < _MOST_SCANNED:
        seen = ocr.recognised_text(path, number - 1)
    if seen is None:
        unread.append(number)
        return [] if _NO_LETTERS.search(text) else lines
    if seen.strip():
        scanned.append(number)
    return list(plain_lines(seen, number)) or lines


def _written(path: Path, page: Any, number: int) -> list[Printed] | list[Line]:
    """The text of a page; without its type where only PDFium can read the page."""
    try:
        if page is not None:
            lines = printed_lines(page)
            page.close()  # what was parsed of it stays in memory otherwise
            return lines
    except (MemoryError, RecursionError):
        raise
    except Exception:  # pdfminer is strict; PDFium mends what it can
        pass
    return list(plain_lines(ocr.plain_text(path, number - 1), number))


def _is_picture(page: Any, text: str) -> bool:
    """Whether what a reader of the page sees is not in its text."""
    unlettered = len(_NO_LETTERS.findall(text))
    if unlettered > 0.3 * len(text.split()):
        return True
    return len(text.split()) < _FEWEST_WORDS and _shows_picture(page)


def _shows_picture(page: Any) -> bool:
    area = float(page.width * page.height)
    shown = (abs(i["x1"] - i["x0"]) * abs(i["bottom"] - i["top"]) for i in page.images)
    return bool(sum(shown) > 0.2 * area)


def _notes(scanned: Sequence[int], unread: Sequence[int]) -> Iterator[Note]:
    if scanned:
        yield Note(
            f"{_named(scanned)} read by text recognition: check figures against the"
            " original."
        )
    if unread:
        yield Note(
            f"{_named(unread)} not read, being pictures. Install tesseract, or run text"
            " recognition (OCR) on the file, and ingest it again."
        )


def _named(pages: Sequence[int]) -> str:
    """Pages in words: "Page 3 was", "Pages 1-4, 7 were"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    spans = (f"{r[0]}-{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in runs)
    told = ", ".join(spans)
    return f"Page {told} was" if len(pages) == 1 else f"Pages {told} were"
