"""Personal details in the columns of a table: what a header says holds below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.codes import PersonalKind
from corpus.privacy.numbers import DATE
from corpus.privacy.words import names_known, words

_CELL: Final = re.compile(r"[^|\n]+")
_DATE: Final = re.compile(DATE, re.IGNORECASE)
_NAME: Final = re.compile(r"[^\W\d_][^\W\d_.'’ -]+(?:[ .'’-]+[^\W\d_]+){0,3}")
_HEADERS: Final = (
    (
        PersonalKind.DATE_OF_BIRTH,
        re.compile(r"\W*(?:d\.?o\.?b\.?|date of birth)\W*", re.I),
    ),
    (PersonalKind.ADDRESS, re.compile(r"\W*(?:home )?address\W*", re.I)),
)
_WIDEST: Final = 200
"""Characters of the longest line taken for a row of a table."""


def in_columns(text: str) -> Iterator[tuple[int, int, PersonalKind]]:
    """Start, end and kind of what stands under "Name", "DOB" or "Address"."""
    kinds: list[PersonalKind | None] = []
    at = 0
    for line in text.split("\n"):
        if line.count("|") == 0 or len(line) > 5 * _WIDEST:
            kinds = []
        else:
            cells = list(_CELL.finditer(line))
            headed = [_kind(cell[0]) for cell in cells]
            if any(headed) and not kinds:
                kinds = headed
            else:
                for cell, kind in zip(cells, kinds, strict=False):
                    yield from _in_cell(cell, kind, at)
        at += len(line) + 1


def _kind(cell: str) -> PersonalKind | None:
    """What a header's cell says of its column; None where nothing personal."""
    for kind, header in _HEADERS:
        if header.fullmatch(cell):
            return kind
    label = cell.strip(" *:").casefold().replace("’", "'")
    named = label in words().labels or label in words().staff_labels
    return PersonalKind.NAME if named else None


def _in_cell(
    cell: re.Match[str], kind: PersonalKind | None, at: int
) -> Iterator[tuple[int, int, PersonalKind]]:
    stripped = cell[0].strip(" *")
    start = at + cell.start() + cell[0].find(stripped)
    if kind is None or not stripped:
        return
    if kind is PersonalKind.DATE_OF_BIRTH and not _DATE.fullmatch(stripped):
        return
    if kind is PersonalKind.NAME and not _is_name(stripped):
        return
    yield start, start + len(stripped), kind


def _is_name(cell: str) -> bool:
    lists, keys = words(), cell.casefold().split()
    barred = lists.never | lists.organisations | lists.roles | names_known().places
    return bool(_NAME.fullmatch(cell)) and not barred.intersection(keys)
