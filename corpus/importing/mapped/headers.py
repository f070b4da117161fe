"""How well a column's header fits a field: abbreviations undone, words compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from corpus.importing.mapped.fields import abbreviations
from corpus.text import comparable_name

_PASSED_OVER: Final = frozenset(
    "a an the of for in on at by is was are and this please enter yes n y".split()
)
_CHANGES_THE_MEANING: Final = frozenset(
    "previous prior former last next expected planned proposed target estimated review"
    " parent mother father carer worker manager school invoice budget forecast birth"
    " emergency sought required secured reason provider place search referral education"
    " health social cumulative".split()
)
"""Words that make a header mean another thing than one without them."""
_YEAR: Final = re.compile(r"(?:20)?[0-9]{2}")
"""Part of a year, as in "Fee 2024/25"."""
REPEATED: Final = re.compile(r" \([0-9]+\)$")
"""What tells a second column of the same name apart: "Cost (2)"."""
_SAME_WORDS: Final = 0.97
_NEAR_SPELLING: Final = 87.0
"""Least likeness of two spellings, of 100, at which one is a slip for the other."""


@cache
def header_words(header: str) -> tuple[str, ...]:
    """The words of a header that count, with abbreviations written out.

    "Wkly £" gives weekly, cost; "LA resp" gives authority, placing.
    """
    first = REPEATED.sub("", header)
    marked = first.replace("£", " cost ").replace("’", "'").replace("#", " no ")
    text = comparable_name(marked)
    for short, meant in _abbreviations():
        text = short.sub(meant, text)
    words = (
        word
        for word in text.split()
        if word not in _PASSED_OVER and not _YEAR.fullmatch(word)
    )
    return tuple(dict.fromkeys(words))


@cache
def _abbreviations() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The longest first, so that "local authority" comes before "la"."""
    by_length = sorted(abbreviations().items(), key=lambda item: -len(item[0]))
    return tuple(
        (re.compile(rf"(?<!\S){re.escape(short)}(?!\S)"), meant)
        for short, meant in by_length
    )


def header_fit(header: str, known: Iterable[str]) -> float:
    """How well a header fits the best of some known ones, 0 to 1."""
    words = header_words(header)
    return max((_fit(words, header_words(each)) for each in known), default=0.0)


@cache
def _fit(header: tuple[str, ...], known: tuple[str, ...]) -> float:
    here, there = frozenset(header), frozenset(known)
    if here == there:
        return (1.0 if header == known else _SAME_WORDS) if here else 0.0
    if (here ^ there) & _CHANGES_THE_MEANING:
        return 0.3 if here & there else 0.0
    if there and there < here:
        return 0.5 + 0.4 * len(there) / len(here)
    if here and here < there:
        return 0.45 + 0.4 * len(here) / len(there)
    return _spelling(header, known)


def _spelling(header: tuple[str, ...], known: tuple[str, ...]) -> float:
    """Fit of two headers that differ by a slip of the pen; 0 for others."""
    from rapidfuzz import fuzz

    one, other = " ".join(header), " ".join(known)
    likeness = fuzz.ratio(one, other) if min(len(one), len(other)) >= 5 else 0.0
    return likeness / 100 * 0.9 if likeness >= _NEAR_SPELLING else 0.0
