"""PDF files to lines, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from corpus.errors import DocumentError
from corpus.reading.lines import Line, plain_lines
from corpus.reading.refusals import damaged, encrypted

_FEWEST_WORDS: Final = 3
"""Words below which a PDF is taken for scanned pages."""


def read_pdf(path: Path) -> Iterator[Line]:
    """The text layer of a PDF, page by page."""
    pages = _pages(path)
    if len("".join(pages).split()) < _FEWEST_WORDS:
        raise DocumentError(
            f"{path.name!r} holds no text, only pictures of pages.",
            "Run text recognition (OCR) on it and ingest the result.",
        )
    for number, text in enumerate(pages, 1):
        yield from plain_lines(text, number)


def _pages(path: Path) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        with path.open("rb") as file:
            reader = PdfReader(file)
            if reader.is_encrypted and not reader.decrypt(""):
                raise encrypted(path)
            return [page.extract_text() for page in reader.pages]
    except DependencyError as error:  # a cipher that is not installed
        raise encrypted(path) from error
    except (DocumentError, OSError, MemoryError):
        raise
    except Exception as error:  # a hostile file makes pypdf raise almost anything
        raise damaged(path, "PDF") from error
