"""Where sentences start and end, in text that was laid out as paragraphs and lists."""

from __future__ import annotations

import re
from typing import Final

_ABBREVIATIONS: Final = frozenset(
    "e.g i.e eg ie dr mr mrs ms st prof rev hon vs cf al approx inc ltd dept fig figs"
    " para paras p pp sec s ss reg regs art ch vol ref tel ext no nos".split()
)
_ONLY_BEFORE_DIGITS: Final = frozenset(
    "no nos p pp para paras reg regs sec s ss art ch vol fig figs".split()
)
_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*(?: ?[⁰¹²³⁴-⁹]+)?(?=\s|\Z)")
_MARKER: Final = re.compile(r"\W*(?:\d+(?:\.\d+)*|[A-Za-z]|[ivx]+)[.)]?")
_NOT_SPACE: Final = re.compile(r"\S")
_LINE: Final = re.compile(r"\n+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of `text`, in order and without overlap.

    A span starts and ends on a character that is not a space; together the spans hold
    every such character. A line break ends a sentence unless the next line plainly
    goes on with it; a full stop does not after an abbreviation, inside a number, or
    after a list marker such as "5.1" or "(a)".
    """
    spans: list[tuple[int, int]] = []
    for start, end in _lines(text):
        begin = start
        for match in _END.finditer(text, start, end):
            if _ends_sentence(text, begin, match):
                spans.append((begin, match.end()))
                begin = match.end()
        spans.append((begin, end))
    trimmed = (_trim(text, start, end) for start, end in spans)
    return [(start, end) for start, end in trimmed if start < end]


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of lines, those that go on with the sentence before joined to it."""
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _LINE.finditer(text):
        before = text[start : gap.start()].rstrip()
        if not _continues(before, text[gap.start() : gap.end() + 1]):
            spans.append((start, gap.start()))
            start = gap.end()
    return [*spans, (start, len(text))]


def _continues(before: str, gap: str) -> bool:
    """Whether a line goes on after `gap`: one break, and the next line's start."""
    return gap[1:].islower() and before[-1:] not in {"", *".!?:;"}


def _ends_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    found = _NOT_SPACE.search(text, match.end())
    following = found[0] if found else ""
    if not following or following.islower() or following in ")]":
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    before = text[begin : match.start()]
    if _MARKER.fullmatch(before.strip()):
        return False
    word = before.split()[-1].lstrip("(“\"'[").casefold() if before.split() else ""
    if word in _ONLY_BEFORE_DIGITS:
        return not following.isdigit()
    return word not in _ABBREVIATIONS and not re.fullmatch(r"(?:[a-z]\.)*[a-z]", word)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + max(lead, len(piece.rstrip()))
