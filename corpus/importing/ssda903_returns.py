"""Several years' returns made one: of rows that speak of one thing, the latest's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from corpus.importing.ssda903_layouts import LayoutName
from corpus.importing.ssda903_rows import ReturnRow

_KEYS: Final[Mapping[LayoutName, tuple[str, ...]]] = {
    "Episodes": ("DECOM",),
    "Header": (),
    "UASC": (),
    "Missing": ("MIS_START",),
    "DoLo": ("DOLO_START",),
}
"""What, besides the child, makes two rows one; in other files, every value."""
_YEARLY: Final = frozenset[LayoutName](["OC2", "OC3"])
"""Files that say something of the year itself: the same again is not a repetition."""
_ENDS: Final = ("DEC", "DUC", "MIS_END", "DOLO_END")
"""Columns that a later return fills."""


def latest_rows(rows: Iterable[ReturnRow]) -> tuple[list[ReturnRow], list[str]]:
    """One row for each thing that the returns speak of, and what changed in them.

    An earlier return's row is a duplicate. Of two rows of one return that differ, the
    second is rejected. A row that says when something ended comes before one of the
    same year that does not.
    """
    groups: dict[object, list[ReturnRow]] = defaultdict(list)
    for row in rows:
        groups[_key(row)].append(row)
    changed: Counter[tuple[str, str]] = Counter()
    kept = []
    for group in groups.values():
        chain = sorted(_without_conflicts(group), key=_rank)
        kept.append(chain[-1])
        for row in chain[:-1]:
            row.ledger.repeat(row.row, chain[-1].where)
        changed.update(_changes(chain))
    return kept, [_told(*found, count) for found, count in sorted(changed.items())]


def _key(row: ReturnRow) -> object:
    name = row.layout.name
    columns = _KEYS.get(name)
    if columns is None:
        return (name, row.child, _content(row), row.year if name in _YEARLY else None)
    return (name, row.child, *(row.dates.get(column) for column in columns))


def _content(row: ReturnRow) -> object:
    return frozenset(row.texts.items()), frozenset(row.dates.items())


def _rank(row: ReturnRow) -> tuple[int, bool]:
    return row.year or 0, any(column in row.dates for column in _ENDS)


def _without_conflicts(group: Sequence[ReturnRow]) -> list[ReturnRow]:
    """The first row of each sheet and return; the others repeat it or are rejected."""
    first: dict[tuple[int, int | None], ReturnRow] = {}
    for row in group:
        other = first.setdefault((id(row.ledger), row.year), row)
        if other is row:
            continue
        if _content(other) == _content(row):
            row.ledger.repeat(row.row, other.where)
        else:
            _reject_conflict(row, other)
    return list(first.values())


def _reject_conflict(row: ReturnRow, other: ReturnRow) -> None:
    columns = ("CHILD", *_KEYS.get(row.layout.name, ()))
    row.ledger.reject(
        row.row,
        "",
        f"{other.where} has the same {' and '.join(columns)} and other values",
        "keep the row that is right",
    )


def _changes(chain: Sequence[ReturnRow]) -> set[tuple[str, str]]:
    """Columns in which a later return says otherwise, not only more."""
    return {
        (row.layout.name, column)
        for row, later in pairwise(chain)
        for values, others in ((row.texts, later.texts), (row.dates, later.dates))
        for column, value in values.items()
        if others.get(column, value) != value
    }


def _told(layout: str, column: str, count: int) -> str:
    return f"{layout} {column}: later returns changed {count}; the latest is held."
