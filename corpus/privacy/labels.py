"""Names after the labels of a form, and what in a label's value is the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from corpus.privacy.names import Name, Whose
from corpus.privacy.tokens import WORD, folded
from corpus.privacy.words import names_known, words

_LONGEST: Final = 4
"""Words of the longest name that is taken from a value."""


def labelled_names(text: str) -> Iterator[Name]:
    """Names after a label: "Known as: Jaz", "Social worker | jane smith"."""
    kinds: tuple[tuple[re.Pattern[str], Whose], ...] = (
        (_family_label(), "family"),
        (_staff_label(), "work"),
    )
    for label, whose in kinds:
        for match in label.finditer(text):
            start, end = _trimmed(match["name"], match.start("name"))
            if end > start and _worth(text[start:end]):
                yield Name(start, end, whose, True)


def _trimmed(name: str, start: int) -> tuple[int, int]:
    """The part of a labelled value that is a name: before a role, a number, a body."""
    lists, end = words(), 0
    first = None
    for match in list(WORD.finditer(name))[:_LONGEST]:
        key = folded(match[0])
        if key in lists.honorifics and first is None:
            continue
        if key in lists.never or key in lists.roles or key in lists.organisations:
            break
        first = match.start() if first is None else first
        end = match.end()
    return (start + first, start + end) if first is not None else (start, start)


def _worth(name: str) -> bool:
    """Whether a labelled value is a name: capitalised, or with a name that is known."""
    key, known = folded(name), names_known()
    if len(key) < 2 or key in known.places:
        return False
    listed = any(part in known.given | known.surnames for part in key.split())
    shouted = name.isupper() and len(name) in (4, 5)
    return listed or (name[0].isupper() and not shouted)


@cache
def _family_label() -> re.Pattern[str]:
    return _label(words().labels)


@cache
def _staff_label() -> re.Pattern[str]:
    return _label(words().staff_labels)


def _label(labels: frozenset[str]) -> re.Pattern[str]:
    spelt = "|".join(
        re.escape(label).replace("'", "['’]") for label in sorted(labels, key=len)[::-1]
    )
    return re.compile(
        rf"(?:^|[|\t;,(]|\. )[ *•\-–]*\**(?:{spelt})\**(?:['’]s name|s? name)?\**"
        r"[ ]*(?:\([^()\n]{1,30}\))?[ ]*(?:[:|\t]|[-–] )[ *|]*"
        r"(?P<name>[^\n|;\t,(\d:]{2,60})",
        re.IGNORECASE | re.MULTILINE,
    )
