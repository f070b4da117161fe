"""The one door for text from outside: clean_text() and name comparison."""

from __future__ import annotations

import re
import unicodedata

_ESCAPE_SEQUENCES = re.compile(
    r"\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles, clipboard, links
    r"|\x1b[PX^_][^\x1b\x9c]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC
    r"|\x1b\[[0-?]*[ -/]*[@-~]?"  # CSI
    r"|\x1b[ -/]*[0-~]?"  # other escapes
    r"|\x9b[0-?]*[ -/]*[@-~]?"  # CSI as one C1 byte
)
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_LINE_BREAKS = re.compile("\r\n|[\r\x0c\x85]")


def clean_text(text: str) -> str:
    r"""Text with nothing in it that a terminal would obey.

    Removes whole escape sequences, control characters except tab and newline,
    zero-width and direction-override characters, and lone surrogates; makes every
    line break a newline and composes accents (NFC). Applying it twice changes nothing.
    """
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = _LINE_BREAKS.sub("\n", text)
    previous = None
    while previous != text:  # removing one sequence can join the halves of another
        previous = text
        text = _CONTROLS.sub("", _ESCAPE_SEQUENCES.sub("", text))
    return unicodedata.normalize("NFC", text)


def comparable_name(name: str) -> str:
    """A name reduced to what counts when two are compared.

    Lower case, '&' as 'and', accents and punctuation dropped, single spaces.
    """
    decomposed = unicodedata.normalize("NFKD", name.replace("&", " and "))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", bare.casefold().replace("'", "")).strip()
