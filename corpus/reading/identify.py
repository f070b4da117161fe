"""What a file is, told from its first bytes; its name is only a hint."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from corpus.reading.packages import package_format
from corpus.reading.refusals import damaged, encrypted, other_format

PLAIN: Final = frozenset({".txt", ".text", ".md", ".markdown"})
"""Endings of files that are text and nothing else."""
_HEAD: Final = 4096
_PACKED: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""Old Office files, and new ones that are locked with a password."""
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_PAGE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+)?html")
_HEADER: Final = re.compile(r"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_MAILED: Final = re.compile(r"^(?:mime-version|received|message-id):", re.M | re.I)
_OTHERS: Final = (
    (b"{\\rtf", "a rich text file", "Save it as .docx."),
    (b"\x89PNG", "a picture", "Save it as PDF; text recognition then reads it."),
    (b"\xff\xd8\xff", "a picture", "Save it as PDF; text recognition then reads it."),
    (b"II*\0", "a picture", "Save it as PDF; text recognition then reads it."),
    (b"MM\0*", "a picture", "Save it as PDF; text recognition then reads it."),
    (b"\x1f\x8b", "an archive", "Unpack it, and ingest what it holds."),
    (b"7z\xbc\xaf", "an archive", "Unpack it, and ingest what it holds."),
    (b"Rar!", "an archive", "Unpack it, and ingest what it holds."),
)


def format_of(path: Path) -> str:
    """The ending that the file's content asks for: ".pdf" for a PDF however named.

    Raises:
        DocumentError: where the content is of a kind that is not read, is locked, or
            is not what its name says without being anything else that is read.
    """
    head, ending = _head(path), path.suffix.lower()
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(_PACKED):
        return package_format(path)
    if head.startswith(_OLE):
        raise _old_office(path)
    for mark, what, remedy in _OTHERS:
        if head.startswith(mark):
            raise other_format(path, what, remedy)
    return _text_format(path, ending, head)


def is_plain(path: Path) -> bool:
    """Whether it is plain text or Markdown by its name and by its first bytes."""
    head, ending = _head(path), path.suffix.lower()
    marks = (_PACKED, _OLE, *(mark for mark, _, _ in _OTHERS))
    if ending not in PLAIN or head.startswith(marks) or b"%PDF-" in head[:1024]:
        return False
    return _text_format(path, ending, head) == ending


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _old_office(path: Path) -> Exception:
    with path.open("rb") as file:
        if _LOCKED in file.read(1_000_000):
            return encrypted(path)
    return other_format(
        path,
        "encrypted, or of an old Office format",
        "Save it without a password as .docx, .pptx or .xlsx.",
    )


def _text_format(path: Path, ending: str, head: bytes) -> str:
    text = head.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if _PAGE.match(text.lower()):
        return ".html"
    headers = _HEADER.match(text)
    if headers and ending in PLAIN and _MAILED.search(text.partition("\n\n")[0]):
        return ".eml"
    if ending in (".pdf", ".docx", ".pptx", ".xlsx"):
        raise damaged(path, ending.lstrip(".").upper())
    return ending
