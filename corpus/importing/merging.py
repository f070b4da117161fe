"""Imported rows beside those held: what stays, and how the two differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from corpus.dataset import TABLES, Dataset
from corpus.errors import TableError
from corpus.importing.report import EVERY_ROW, Imported, Replaced
from corpus.models import Frozen

_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "claimed_needs": ("urn", "need", "stance"),
    "inspections": ("urn", "inspected_on"),
    "prices": ("urn", "route"),
    "offers": ("referral_id", "urn"),
    "published_figures": ("subject", "area", "unit", "as_at"),
}
"""What tells a table's rows apart, where its first field alone does not."""


def merged(held: Dataset | None, imported: Imported) -> dict[str, list[Frozen]]:
    """The tables that the import touches, as they are to be.

    Raises:
        TableError: where a table held is damaged and not wholly replaced.
    """
    return {
        name: [*_staying(held, name, imported), *imported.rows.get(name, ())]
        for name in {*imported.rows, *imported.replaces}
    }


def _staying(held: Dataset | None, name: str, imported: Imported) -> list[Frozen]:
    scope = imported.replaces.get(name)
    if held is None or scope == EVERY_ROW:
        return []
    rows = held.rows(TABLES[name])
    return rows if scope is None else [row for row in rows if not _in(row, scope)]


def _in(row: Frozen, scope: Replaced) -> bool:
    """Whether a row held gives way."""
    return scope.column is None or str(getattr(row, scope.column)) in scope.values


def differences(held: Dataset | None, imported: Imported) -> tuple[str, ...]:
    """One line a table: how its new rows differ from those that give way to them.

    A table that held no such row is not named.
    """
    lines = (_difference(held, name, imported) for name in imported.replaces)
    return tuple(line for line in lines if line)


def _difference(held: Dataset | None, name: str, imported: Imported) -> str:
    told = name.replace("_", " ")
    try:
        before = [
            row
            for row in (held.rows(TABLES[name]) if held else ())
            if _in(row, imported.replaces[name])
        ]
    except TableError:
        return f"{told}: what was held cannot be read, and gives way"
    if not before:
        return ""
    counts = _compare(name, before, imported.rows.get(name, ()))
    return f"{told}: " + ", ".join(f"{counts[kind]:,} {kind}" for kind in _KINDS)


_KINDS: Final = ("new", "changed", "gone", "the same")


def _compare(
    name: str, before: Sequence[Frozen], after: Sequence[Frozen]
) -> Counter[str]:
    fields = _KEYS.get(name) or (next(iter(TABLES[name].model_fields)),)
    old = {tuple(getattr(row, f) for f in fields): row for row in before}
    new = {tuple(getattr(row, f) for f in fields): row for row in after}
    counts = Counter({"new": len(new.keys() - old.keys())})
    counts["gone"] = len(old.keys() - new.keys())
    for key in old.keys() & new.keys():
        counts["the same" if old[key] == new[key] else "changed"] += 1
    return counts
