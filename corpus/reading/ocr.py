"""Pages of a PDF drawn for text recognition, or read without their type, by PDFium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

_DOTS_PER_INCH: Final = 300
"""What tesseract's documentation advises."""
_LARGEST_SIDE: Final = 5000
"""Pixels of the longer side of a page as drawn: a page may claim any size."""
_PATIENCE_S: Final = 90


@cache
def installed() -> bool:
    """Whether the tesseract program is on the path."""
    return shutil.which("tesseract") is not None


def recognised_text(path: Path, index: int) -> str | None:
    """The text that tesseract sees on a page; None where it fails or takes too long.

    `index` counts pages from 0.
    """
    import pytesseract

    try:
        with _page(path, index) as page:
            longest = max(*page.get_size(), 1)
            scale = min(_DOTS_PER_INCH / 72, _LARGEST_SIDE / longest)
            image = page.render(scale=scale, grayscale=True).to_pil()
        return str(pytesseract.image_to_string(image, timeout=_PATIENCE_S))
    except (RuntimeError, OSError, ValueError):
        return None


def plain_text(path: Path, index: int) -> str:
    """The text of a page as PDFium gives it; "" where it gives none."""
    try:
        with _page(path, index) as page:
            return str(page.get_textpage().get_text_bounded())
    except (RuntimeError, OSError, ValueError):
        return ""


@contextmanager
def _page(path: Path, index: int) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        yield document[index]
    finally:
        document.close()
