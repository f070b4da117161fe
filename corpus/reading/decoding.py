"""From the bytes of a text file to its characters, and what is doubtful of them."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from corpus.errors import DocumentError
from corpus.importing.decoding import decode as judged

_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TWICE_ENCODED: Final = re.compile("â€[\u0099œ“”™˜]|Â[£\u00a0]|Ã[©¨¢ª]")
"""What UTF-8 becomes where a program took it for Windows-1252 and saved it again."""
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE: Final = 20_000
"""Characters by which a file is judged to be text at all."""
_REMEDY: Final = "Check its £ signs and quotation marks, or save it as UTF-8."


def decode(path: Path) -> tuple[str, str]:
    """The text of a file, and a note on its encoding; "" where it is plain UTF-8.

    A file that is UTF-8 but for a few damaged bytes is read as UTF-8. Any other
    encoding is judged by what it decodes to.

    Raises:
        DocumentError: where it is no text in any encoding.
    """
    text, note = _decoded(path.read_bytes())
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(8, len(sample) // 10):
        raise DocumentError(
            f"{path.name!r} is not text.",
            "Save it as text in UTF-8, or in the format that its name should end in.",
        )
    return text, note


def _decoded(data: bytes) -> tuple[str, str]:
    if not data.startswith(_MARKS) and b"\0" in data[:400]:
        return judged(data), f"Not in UTF-8: its encoding was judged. {_REMEDY}"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _not_utf8(data)
    return _once(text) if _TWICE_ENCODED.search(text) else (text, "")


def _not_utf8(data: bytes) -> tuple[str, str]:
    if data.startswith(_MARKS[1:]):
        return judged(data), ""
    text = data.decode("utf-8-sig", "replace")
    damaged = text.count("\ufffd")
    if len(_NOT_ASCII.findall(text)) > 2 * damaged:
        return text, f"UTF-8 with {damaged:,} bytes that are damaged. {_REMEDY}"
    return judged(data), f"Not in UTF-8: its encoding was judged. {_REMEDY}"


def _once(text: str) -> tuple[str, str]:
    """Text that was encoded twice, decoded again; as it is where that fails."""
    try:
        mended = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text, f"Some of it was encoded twice and may be garbled. {_REMEDY}"
    return mended, "It was encoded twice, and was decoded again."
