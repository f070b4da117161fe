"""Mending of misspelt words of the field, before any other reader looks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from assistant.readers.shorthand import in_full
from corpus import vocabulary
from corpus.geography import Gazetteer
from corpus.geography.spelling import tolerance
from corpus.models import Frozen

_WORD: Final = re.compile(r"(?<![\w'’-])[A-Za-z]{3,}(?![\w'’]|-\d)")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:;\n])[\s\"'“‘(*-]*$")
LONGEST_WORD: Final = 24


class Mended(Frozen):
    """A text with its slips put right."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()
    """Words as written and as read, each once."""


def mend_words(text: str, gazetteer: Gazetteer) -> Mended:
    """Words a letter or two from one of the vocabulary's, put right.

    Never an ordinary word, a name (a capital inside a sentence) or a place; see the
    vocabulary's `spelling` section. Shorthand is written out, which is no change.
    """
    text = in_full(text)
    slips = [
        (match, right)
        for match in _WORD.finditer(text)
        if (right := _meant(match[0].casefold())) and not _is_name(text, match)
    ]
    if not slips:
        return Mended(text=text)
    places = gazetteer.mentions(text)
    slips = [
        (match, right)
        for match, right in slips
        if not any(
            m.exact and m.start < match.end() > match.start() < m.end for m in places
        )
    ]
    mended, last = "", 0
    for match, right in slips:
        mended += text[last : match.start()] + right
        last = match.end()
    changes = dict.fromkeys((match[0], right) for match, right in slips)
    return Mended(text=mended + text[last:], changes=tuple(changes))


def _is_name(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    return (
        match[0][0].isupper()
        and not text.isupper()
        and not _SENTENCE_START.search(before)
    )


@lru_cache(maxsize=4096)
def _meant(word: str) -> str | None:
    """The word that a slip stands for; None for any that is spelt right or unknown."""
    spelling = vocabulary.misspellings()
    if word in spelling.slips:
        return spelling.slips[word]
    known = word in spelling.words or word in spelling.ordinary
    if known or not tolerance(word) or len(word) > LONGEST_WORD:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(
        word, spelling.words, scorer=OSA.distance, score_cutoff=tolerance(word)
    )
    if (
        found is None
        or found[0][0] != word[0]
        or found[0].rstrip("s") == word.rstrip("s")
    ):
        return None  # "carer" is no slip of "carers"
    return str(found[0])
