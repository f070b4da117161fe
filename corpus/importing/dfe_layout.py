"""DfE's statistics files: what each column is, and what its figures are called.

Sources: "Children looked after in England including adoptions", underlying data
files and data guidance (Department for Education, official statistics, OGL).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from corpus.importing.sheets import Row, Sheet

RELEASE: Final = (
    "Department for Education, Children looked after in England including adoptions"
)
SYMBOLS: Final = frozenset("czxk")
"""Confidential, not applicable, not available, rounds to zero but is not zero."""

_KEYS: Final = frozenset(
    {
        "time_period", "time_identifier", "geographic_level", "country_code",
        "country_name", "region_code", "region_name", "old_la_code", "la_name",
        "new_la_code",
    }
)  # fmt: skip
_MEASURE: Final = re.compile(
    r"(number|percent|percentage|rate|average|mean|median|population_estimate)(_.*)?"
)
_NUMBERED: Final = re.compile(r"(\d+)(?:\.([ivx]+)|([a-z])\.|\.)\s+(.+)")
"""A label such as "2. Outside", with "2a. Fostering" or "2.i Near" below it."""
_STANDS_ALONE: Final = re.compile(
    r"looked after|\bCLA\b|^(?:Average|Percentage|Number|Net gain|Children)\b"
)
_MONTHS: Final = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october"
    r"|november|december)\b"
)


@dataclass(frozen=True)
class Layout:
    """One file's columns besides those of time and place."""

    file: str
    dimensions: tuple[str, ...]
    """Columns that say what is measured."""
    measures: tuple[str, ...]
    """Columns of figures."""
    labels: dict[tuple[str, ...], str]
    """The last of some labels in full, below its parent: "2a. Fostering" means one
    thing among types of placement and another among ethnic groups."""

    @property
    def name(self) -> str:
        """What the file was recognised as."""
        return f"statistics: {', '.join((*self.dimensions, *self.measures))}"

    def subject(self, row: Row) -> str:
        """What a row measures, in words that stand alone."""
        path = tuple(row.cells[name] for name in self.dimensions)
        full = (self.labels[path[: depth + 1]] for depth in range(len(path)))
        labels = [label for label in full if label]
        if not labels or not _STANDS_ALONE.search(labels[0]):
            labels.insert(0, _topic(self.file))
        return ": ".join(labels)

    def unit(self, measure: str, subject: str) -> str:
        """What a figure counts: files mix counts, averages and shares in a column."""
        if measure.startswith("rate_per_10000"):
            return "per 10,000 children"
        if measure.startswith("percent") or subject.startswith("Percentage"):
            return "percent"
        if subject.startswith("Average"):
            return "incidents per child" if "incidents" in subject else "average"
        if subject.startswith("Number of") and "incidents" in subject:
            return "incidents"
        if not measure.startswith(("number", "population")):
            return measure.replace("_", " ")
        return "placements" if "reason_for_change" in self.dimensions else "children"


def is_statistics(header: Sequence[str]) -> bool:
    """Whether a row is the header of a file of DfE's statistics."""
    known = {"time_period", "geographic_level"} <= set(header)
    return known and any(_MEASURE.fullmatch(name) for name in header)


def recognise(sheet: Sheet) -> Layout:
    """The layout of a sheet whose header is that of such a file."""
    others = [name for name in sheet.header if name not in _KEYS]
    measures = tuple(name for name in others if _MEASURE.fullmatch(name))
    dimensions = tuple(name for name in others if name not in measures)
    paths = {tuple(row.cells[name] for name in dimensions): None for row in sheet.rows}
    return Layout(sheet.file, dimensions, measures, _labels(paths, len(dimensions)))


def _labels(
    paths: Iterable[tuple[str, ...]], dimensions: int
) -> dict[tuple[str, ...], str]:
    """Every label in full, each among those that share the labels before it."""
    labels: dict[tuple[str, ...], str] = {}
    for depth in range(dimensions):
        groups: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for path in paths:
            groups[path[:depth]][path[depth]] = None
        for group, members in groups.items():
            full = _in_full(members)
            labels |= {(*group, label): text for label, text in full.items()}
    return labels


def _in_full(labels: Iterable[str]) -> dict[str, str]:
    """Each label without its number, below the one that it is a part of.

    "2a. Fostering" below "2. Outside the boundary" is "Outside the boundary:
    Fostering": without its parent it would be one with "3a. Fostering".
    """
    numbered = {label: _NUMBERED.fullmatch(label) for label in labels}
    parents = {m[1]: m[4] for m in numbered.values() if m and not (m[2] or m[3])}
    full = {}
    for label, match in numbered.items():
        text = match[4] if match else label
        parent = parents.get(match[1], "") if match and (match[2] or match[3]) else ""
        nested = parent and not text.startswith(parent)
        full[label] = f"{parent}: {text}" if nested else text
    return full


def _topic(file: str) -> str:
    """What a file is about, from its name: "Children looked after on 31 March"."""
    stem = re.sub(r"^(national|regional|la)_", "", PurePath(file).stem.casefold())
    words = stem.partition("_by_")[0].replace("_", " ")
    words = re.sub(r"\bcla\b", "children looked after", words)
    words = _MONTHS.sub(lambda match: match[0].capitalize(), words)
    return words[:1].upper() + words[1:]
