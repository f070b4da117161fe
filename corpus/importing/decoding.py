"""Which encoding a file of text was written in, judged by what it decodes to."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY: Final = ("cp1252", "mac-roman", "latin-1")
"""In order of likelihood; the last decodes anything."""

_EVIDENCE: Final = (
    (re.compile(r"[A-Za-z]’[a-z]|[a-z]’ "), 3),  # Children’s, Homes’ own
    (re.compile(r" [–—] |[“”‘]|£\d|\u00a0"), 2),
    (re.compile(r"[éèêëôöüáàâäíóúçñŵŷ]"), 1),
    (re.compile(r"[a-z][À-ÞŒŸ]|[¡¢¤¥¦§¨©ª«¬®¯±²³´µ¶·¸¹º»¿÷×ƒ†‡‰]"), -2),
    (re.compile(r"[\x80-\x9f\ue000-\uf8ff]|[∂∑∏π∫Ω√≈∆◊ˆ˜˘˙˚˝˛ˇıﬁﬂ]"), -3),
)
"""What British text has, for, and what a wrong encoding makes of it, against."""


def decode(data: bytes) -> str:
    """The text of a file: by its byte order mark, as UTF-8, else by the evidence.

    Of Windows, Mac and ISO encodings, the one whose non-ASCII characters look most
    like British text is taken.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[:400].count(0) > len(data[:400]) // 4:
        return data.decode(_wide(data), "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return max(_candidates(data), key=_likelihood)


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: the zero bytes of ASCII text say which end is first."""
    return (
        "utf-16-be" if data[:400:2].count(0) > data[1:400:2].count(0) else "utf-16-le"
    )


def _candidates(data: bytes) -> list[str]:
    """Each legacy decoding that is possible; the first wins where they are alike."""
    texts = []
    for encoding in _LEGACY:
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return texts


def _likelihood(text: str) -> int:
    return sum(weight * len(sign.findall(text)) for sign, weight in _EVIDENCE)
