"""A mapping proposed for a sheet: its kind, its columns, and what is in doubt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.codes import Need
from corpus.importing.cells import is_blank
from corpus.importing.mapped.cell_kinds import CellReader
from corpus.importing.mapped.evidence import Column
from corpus.importing.mapped.fields import CellKind, SheetField, SheetKind, fields_of
from corpus.importing.mapped.headers import header_fit
from corpus.importing.mapped.mapping import SheetMapping
from corpus.importing.money import Period, period_named
from corpus.importing.sheets import Sheet
from corpus.importing.terms import need_named

_LEAST: Final = 0.42
"""Confidence below which a column is left unmapped."""
_EQUALLY_GOOD: Final = 0.03
_WHOSE: Final = {
    SheetKind.PLACEMENTS: {"child_id"},
    SheetKind.REFERRALS: {"child_id"},
    SheetKind.PROVIDERS: {"urn", "setting"},
    SheetKind.PRICES: {"urn", "setting", "provider"},
}
"""Fields of which a row needs one, to be about somebody."""
_FLAG: Final = re.compile(
    r"y|yes|n|no|true|false|x|[01-5]|✓|✔|✗|(?:no known|low|medium|high)(?: risk)?", re.I
)


@dataclass(frozen=True)
class Proposal:
    """A mapping and how sure it is."""

    mapping: SheetMapping
    confidence: Mapping[str, float]
    """By field, 0 to 1."""
    doubts: tuple[str, ...] = ()
    """Columns that are equally good for a field, and a kind as likely, in words."""
    unmapped: tuple[str, ...] = field(default=())
    """Columns that are not read."""

    @property
    def is_likely(self) -> bool:
        """Whether the sheet has what makes a list of its kind, but for one field."""
        kind, columns = self.mapping.kind, self.mapping.columns.keys()
        if kind is None or not _WHOSE[kind] & columns:
            return False
        keys = {name for name, each in fields_of(kind).items() if each.key}
        return len(keys - columns) <= 1


@dataclass(frozen=True)
class _Assignment:
    """Columns given to the fields of one kind of sheet."""

    kind: SheetKind
    columns: Mapping[str, str]
    confidence: Mapping[str, float]
    rivals: Mapping[str, Sequence[str]]
    """By field, other columns that are as good for it and serve no other field."""
    score: float
    """Sum of the confidences; a key field found counts 1 more, one missing 1 less."""


def propose(sheet: Sheet, reader: CellReader) -> Proposal:
    """The likeliest mapping of a sheet.

    What a sheet is and what its columns hold follows from their headers and values,
    never from their order.
    """
    needs = _need_columns(sheet)
    columns = [Column.of(sheet, n, reader) for n in sheet.header if n not in needs]
    ranked = sorted((_assign(kind, columns) for kind in SheetKind), key=_by_score)
    best, second = ranked[0], ranked[1]
    known = {n: need for n, need in needs.items() if n not in best.columns.values()}
    mapping = SheetMapping(
        kind=best.kind,
        name=sheet.name,
        columns={name: best.columns[name] for name in _ordered(best)},
        needs=known if best.kind is not SheetKind.PRICES else {},
        periods=_periods(best),
        constants=_assumed(best),
    )
    unmapped = tuple(name for name in sheet.header if name not in mapping.used)
    return Proposal(mapping, best.confidence, _doubts(best, second), unmapped)


def _by_score(assignment: _Assignment) -> tuple[float, str]:
    return -assignment.score, assignment.kind


def _ordered(assignment: _Assignment) -> list[str]:
    return [name for name in fields_of(assignment.kind) if name in assignment.columns]


def _need_columns(sheet: Sheet) -> dict[str, Need]:
    """Columns whose header names one need and whose cells say yes or no."""
    known = {
        header
        for name in ("uasc", "dols", "solo")
        for header in fields_of(SheetKind.PLACEMENTS)[name].headers
    }
    found = {}
    for column in sheet.header:
        need = need_named(column)
        texts = [row.cells[column] for row in sheet.rows]
        marks = [text for text in texts if not is_blank(text)]
        flags = sum(bool(_FLAG.fullmatch(text)) for text in marks)
        own_field = header_fit(column, known) > 0.9
        if need and not own_field and marks and flags >= 0.9 * len(marks):
            found[column] = need
    return found


def _assign(kind: SheetKind, columns: Sequence[Column]) -> _Assignment:
    """Columns to fields one to one, the surest pair first."""
    pairs = sorted(
        (-sure, -column.filled, column.name, name)
        for column in columns
        for name, each in fields_of(kind).items()
        if (sure := _confidence(column, each, columns)) >= _LEAST
    )
    chosen: dict[str, str] = {}
    confidence: dict[str, float] = {}
    for minus_sure, _, column, name in pairs:
        if name not in chosen and column not in chosen.values():
            chosen[name] = column
            confidence[name] = round(-minus_sure, 2)
    rivals: dict[str, list[str]] = {}
    for minus_sure, _, column, name in pairs:
        as_good = -minus_sure >= confidence.get(name, 2.0) - _EQUALLY_GOOD
        if as_good and column not in chosen.values():
            rivals.setdefault(name, []).append(column)
    keys = [name in chosen for name, each in fields_of(kind).items() if each.key]
    score = sum(confidence.values()) + keys.count(True) - keys.count(False)
    return _Assignment(kind, chosen, confidence, rivals, score)


def _confidence(column: Column, each: SheetField, columns: Sequence[Column]) -> float:
    """As the column says; a date without a telling header only where it is alone."""
    sure = column.confidence(each)
    if each.cell is not CellKind.DATE or header_fit(column.name, each.headers) > 0.45:
        return sure
    dates = [c for c in columns if c.confidence(each) > 0.4 and not c.births()]
    return sure if dates == [column] else 0.0


def _periods(assignment: _Assignment) -> dict[str, Period]:
    """The periods that the headers of money columns name, the week apart."""
    known = fields_of(assignment.kind)
    named = {
        name: period_named(column)
        for name, column in assignment.columns.items()
        if known[name].cell is CellKind.MONEY
    }
    return {name: p for name, p in named.items() if p is not None and p != "week"}


def _assumed(assignment: _Assignment) -> dict[str, str]:
    return {
        name: each.assumed
        for name, each in fields_of(assignment.kind).items()
        if each.assumed
        and name not in assignment.columns
        and (not each.assumed_with or each.assumed_with in assignment.columns)
    }


def _doubts(best: _Assignment, second: _Assignment) -> tuple[str, ...]:
    doubts = [
        f"{name}: {', '.join(map(repr, sorted(others)))} fits as well as"
        f" {best.columns[name]!r}, which was used"
        for name, others in sorted(best.rivals.items())
    ]
    if best.score - second.score < 0.5:
        doubts.append(f"its rows may be {second.kind} rather than {best.kind}")
    return tuple(doubts)
