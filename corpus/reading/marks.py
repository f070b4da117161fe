"""Marks that a text carries in its type: raised footnote numbers."""

from __future__ import annotations

import re
from typing import Final

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBER: Final = re.compile(r"\s*\[?(\d{1,3})\]?\s*")


def raised(text: str) -> str:
    """A footnote's number as superscript digits ("12" is "¹²"); other text as it is.

    The stored text then tells the mark from a figure that it stands behind.
    """
    number = _NUMBER.fullmatch(text)
    return number[1].translate(_RAISED) if number else text
