"""What the returns say of a child besides episodes: birth, gender, needs, orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from corpus.codes import Gender, Need
from corpus.importing.ssda903_layouts import LayoutName
from corpus.importing.ssda903_rows import Child, ReturnRow

_GENDERS: Final[Mapping[str, Gender]] = {"M": Gender.MALE, "F": Gender.FEMALE}
_OC2_NEEDS: Final[Mapping[str, Need]] = {
    "SUBSTANCE_MISUSE": Need.SUBSTANCE_MISUSE,
    "CONVICTED": Need.OFFENDING,
}
"""Needs that OC2 states, by column. It asks for no others of the vocabulary."""


@dataclass(frozen=True)
class Spell:
    """A need over a time: the first and the last day, None where it has no such day."""

    need: Need
    first: date | None
    last: date | None

    def overlaps(self, started: date, ended: date | None) -> bool:
        """Whether it falls, at least for a day, between two dates."""
        begins = self.first is None or ended is None or self.first <= ended
        return begins and (self.last is None or self.last >= started)


@dataclass
class ChildRecord:
    """What is said of one child."""

    born: date | None = None
    gender: Gender | None = None
    spells: list[Spell] = field(default_factory=list)

    def needs(self, started: date, ended: date | None) -> tuple[Need, ...]:
        """Needs recorded of the child between two dates, in the order of `Need`."""
        found = {s.need for s in self.spells if s.overlaps(started, ended)}
        return tuple(need for need in Need if need in found)


@dataclass(frozen=True)
class Records:
    """The records of every child, and what each authority was asked for."""

    children: Mapping[Child, ChildRecord]
    files: frozenset[tuple[str, LayoutName]]
    """Authority and file, for each file that the authority gave."""

    def of(self, child: Child) -> ChildRecord:
        """The record of one child; an empty one where nothing is said."""
        return self.children.get(child) or ChildRecord()

    def has(self, local_authority: str, layout: LayoutName) -> bool:
        """Whether the authority gave a file, so that silence in it means no."""
        return (local_authority, layout) in self.files


def read_records(rows: Iterable[ReturnRow]) -> Records:
    """Records from the latest rows of every file."""
    children: dict[Child, ChildRecord] = defaultdict(ChildRecord)
    files = set()
    for row in rows:
        files.add((row.child[0], row.layout.name))
        _enter(row, children[row.child])
    return Records(dict(children), frozenset(files))


def _enter(row: ReturnRow, record: ChildRecord) -> None:
    if row.layout.name == "Header":
        record.born = row.dates.get("DOB")
        record.gender = _GENDERS.get(row.texts.get("SEX", ""))
    record.spells += _spells(row)


def _spells(row: ReturnRow) -> list[Spell]:
    dates = row.dates
    match row.layout.name:
        case "UASC":
            return [Spell(Need.UASC, None, dates.get("DUC"))]
        case "DoLo":
            return [Spell(Need.DOLS, dates["DOLO_START"], dates.get("DOLO_END"))]
        case "Missing" if row.texts["MISSING"] == "M":
            return [Spell(Need.MISSING, dates["MIS_START"], dates.get("MIS_END"))]
        case "OC2":
            return _year_spells(row)
    return []


def _year_spells(row: ReturnRow) -> list[Spell]:
    """Needs of the year to 31 March in which the return closes."""
    if row.year is None:
        return []
    first, last = date(row.year - 1, 4, 1), date(row.year, 3, 31)
    stated = [need for key, need in _OC2_NEEDS.items() if row.texts.get(key) == "1"]
    return [Spell(need, first, last) for need in stated]
