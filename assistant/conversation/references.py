"""What a question points at in earlier answers, put into it by name."""

from __future__ import annotations

import re
from typing import Final

from assistant.conversation.state import Conversation
from corpus.models import Frozen

_ORDINALS: Final = {
    word: number
    for number, words in enumerate(
        (
            "first 1st top", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th",
            "sixth 6th", "seventh 7th", "eighth 8th", "ninth 9th", "tenth 10th",
        )
    )
    for word in words.split()
} | {"last": -1, "bottom": -1}  # fmt: skip
_COUNTS: Final = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_ORDINAL: Final = "|".join(_ORDINALS)
_NOUN: Final = (
    r"(?:one|home|house|setting|provider|agency|result|row|option|match|entry|company"
    r"|group|name|carer|place)"
)
_ON_LIST: Final = (
    r"(?:\s+(?:on|of|in|from)\s+(?:the\s+|that\s+|your\s+)?"
    r"(?:list|table|results?|these|those|them))"
)
_ROW: Final = re.compile(
    rf"\b(?:the\s+)?(?P<word>{_ORDINAL})\s+{_NOUN}(?!s)\b{_ON_LIST}?"
    rf"|\b(?:the\s+)?(?P<listed>{_ORDINAL}){_ON_LIST}"
    rf"|\bthe\s+(?P<bare>{_ORDINAL})(?=\s*[?.!,]*\s*$|\s+and\s+(?:the\s+)?(?:{_ORDINAL})\b)"
    r"|(?:\b(?:number|no\.?|row|option|result)\s*|#)(?P<digits>\d{1,2})\b",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(
    rf"\b(?:the\s+)?(?:first|top)\s+(?P<count>{'|'.join(_COUNTS)})\b(?:\s+{_NOUN}s?)?"
    rf"{_ON_LIST}?",
    re.IGNORECASE,
)
_DOCUMENT: Final = re.compile(
    rf"\b(?:the\s+)?(?P<word>{_ORDINAL})\s+(?:document|report|source|statement)\b"
    r"|\b(?:that|this|the\s+same)\s+(?:document|report|source|statement|strategy)\b",
    re.IGNORECASE,
)
_ONE: Final = re.compile(
    r"\b(?:this|that|the\s+same)\s+(?:home|house|setting|provider|agency|company|group"
    r"|place|one)(?P<own>['’]s)?(?!\w)|(?<!\bis )\b(?P<its>its|their)\b"
    r"|\b(?:it|them|they)\b|(?<!\bis )(?<!\bare )(?<!\bwas )\bthere\b"
    r"(?!\s+(?:is|are|was|were|any))",
    re.IGNORECASE,
)


class Resolved(Frozen):
    """A question whose references are put into it by name."""

    question: str
    names: tuple[str, ...] = ()
    """Rows that it points at, in the order in which it does."""
    beyond: str | None = None
    """A reference to a row that the list does not have, as written."""


def resolve_rows(question: str, conversation: Conversation) -> Resolved | None:
    """The question with the names of the rows that it points at; None where it points
    at none, or nothing was listed.
    """
    names = conversation.row_names
    if not names:
        return None
    if several := _SEVERAL.search(question):
        chosen = names[: _COUNTS[several["count"].casefold()]]
        text = _SEVERAL.sub(" and ".join(chosen), question, count=1)
        return Resolved(question=text, names=chosen)
    found: list[str] = []
    for match in _ROW.finditer(question):
        at = _position(match)
        if not -len(names) <= at < len(names):
            return Resolved(question=question, beyond=match[0])
        found.append(names[at])
    if not found:
        return None
    left = iter(found)
    text = _ROW.sub(lambda _: next(left), question)
    return Resolved(question=text, names=tuple(dict.fromkeys(found)))


def resolve_document(question: str, conversation: Conversation) -> str | None:
    """The question with the title of the document that it points at; None for none."""
    titles, match = conversation.document_titles, _DOCUMENT.search(question)
    if not match or not titles:
        return None
    at = _ORDINALS[match["word"].casefold()] if match["word"] else 0
    if not -len(titles) <= at < len(titles):
        return None
    return f"{question[: match.start()]}“{titles[at]}”{question[match.end() :]}"


def resolve_focus(question: str, conversation: Conversation) -> str | None:
    """The question with the provider in focus for "it", "its" or "that home"."""
    name, match = conversation.focus, _ONE.search(question)
    if not name or not match:
        return None
    own = match["its"] or match["own"]
    told = f"{name}'s" if own else f"at {name}" if match[0] == "there" else name
    return question[: match.start()] + told + question[match.end() :]


def _position(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"]) - 1 if int(match["digits"]) else 99
    word = match["word"] or match["listed"] or match["bare"]
    return _ORDINALS[word.casefold()]
