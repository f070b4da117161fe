"""Ages as documents state them: "aged 8 to 17", "up to their eighteenth birthday"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.extracting.numbers import read_number
from corpus.extracting.words import forms

_ORDINALS: Final = {
    "twelfth": 12,
    "sixteenth": 16,
    "eighteenth": 18,
    "twenty-first": 21,
}
_OLDEST: Final = 25


def read_ages(text: str) -> tuple[int | None, int | None] | None:
    """Youngest and oldest age, inclusive, either None where open; None without any.

    "Up to their eighteenth birthday" ends at 17, and "under 12" at 11.
    """
    for match in _found("birthday", text):
        nth = match["nth"] or _ORDINALS.get((match["word"] or "").casefold())
        if nth:
            return _checked(read_number(match["low"] or ""), int(nth) - 1)
    for match in _found("ranges", text):
        ages = _checked(read_number(match["low"]), read_number(match["high"]))
        if ages:
            return ages
    return _open(text)


def _open(text: str) -> tuple[int | None, int | None] | None:
    """A range with one end."""
    ends = (
        *((_age(m, "low"), None) for m in _found("from", text)),
        *((_age(m, "low", 1), None) for m in _found("over", text)),
        *((None, _age(m, "high", -1)) for m in _found("under", text)),
        *((None, _age(m, "high")) for m in _found("up_to", text)),
    )
    return next((ages for end in ends if (ages := _checked(*end))), None)


def _age(match: re.Match[str], end: str, more: int = 0) -> int | None:
    age = read_number(match[end])
    return None if age is None else age + more


def _found(name: str, text: str) -> Iterator[re.Match[str]]:
    for form in forms(f"ages.{name}"):
        yield from form.finditer(text)


def _checked(
    first: int | None, last: int | None
) -> tuple[int | None, int | None] | None:
    stated = [age for age in (first, last) if age is not None]
    if not stated or max(stated) > _OLDEST or stated != sorted(stated):
        return None
    return first, last
