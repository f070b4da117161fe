"""The `dfe` door: published statistics on looked-after children, as facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from corpus.commissioning import PublishedFigure
from corpus.geography import Gazetteer
from corpus.importing.area_names import read_area
from corpus.importing.cells import Unreadable
from corpus.importing.context import ImportOptions
from corpus.importing.dfe_layout import (
    RELEASE,
    SYMBOLS,
    Layout,
    is_statistics,
    recognise,
)
from corpus.importing.ledger import Ledger
from corpus.importing.report import Imported, Replaced
from corpus.importing.sheets import Row, read_sheets

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_YEAR_ENDS: Final = {
    "reporting year": (3, 31),
    "financial year": (3, 31),
    "academic year": (8, 31),
    "calendar year": (12, 31),
}
"""Month and day on which each kind of year of these statistics ends."""

_Key = tuple[str, str, str, date]
"""Subject, unit, area and day: what tells one figure from another."""


def read_dfe(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Published figures, one for each measure of each row that has one.

    They replace those held of the same subjects. National and regional figures are
    rounded by the publisher; a suppressed one has its symbol in place of a value.

    Raises:
        TableError: for a file that is none of these statistics.
    """
    figures: dict[_Key, PublishedFigure] = {}
    ledgers = []
    for file in files:
        for sheet in read_sheets(file, is_statistics):
            layout = recognise(sheet)
            ledger = Ledger(sheet, layout.name)
            reader = FigureReader(ledger, layout, options.gazetteer)
            for row in sheet.rows:
                _add(figures, reader.read(row), row, ledger)
            ledgers.append(ledger)
    subjects = frozenset(figure.subject for figure in figures.values())
    return Imported(
        rows={"published_figures": list(figures.values())},
        replaces={"published_figures": Replaced("subject", subjects)},
        tallies=tuple(ledger.tally() for ledger in ledgers),
        mended=tuple(m for ledger in ledgers for m in ledger.mended),
        rejected=tuple(r for ledger in ledgers for r in ledger.rejected),
        duplicates=tuple(d for ledger in ledgers for d in ledger.duplicates),
        as_at=max((figure.as_at for figure in figures.values()), default=None),
    )


def _add(
    known: dict[_Key, PublishedFigure],
    found: Sequence[PublishedFigure],
    row: Row,
    ledger: Ledger,
) -> None:
    """Keep the figures of one row, unless others stand in their place already."""
    if ledger.is_rejected(row):
        return
    new = {(f.subject, f.unit, f.area, f.as_at): f for f in found}
    clash = next(
        (f for k, f in new.items() if k in known and _differ(f, known[k])), None
    )
    if clash:
        why = f"another row gives another figure of {clash.subject!r} in {clash.unit}"
        ledger.reject(row, "", why, "import the newest release alone")
    elif new.keys() <= known.keys():
        ledger.repeat(row, "a row with the same figures")
    else:
        known.update(new)
        ledger.load(row)


def _differ(one: PublishedFigure, other: PublishedFigure) -> bool:
    return (one.value, one.symbol) != (other.value, other.symbol)


class FigureReader:
    """Reads the rows of one file and tells its ledger what it mends or rejects."""

    def __init__(self, ledger: Ledger, layout: Layout, gazetteer: Gazetteer) -> None:
        self._ledger = ledger
        self._layout = layout
        self._gazetteer = gazetteer

    def read(self, row: Row) -> list[PublishedFigure]:
        """The row's figures; empty where it is rejected, with every fault told."""
        as_at, place = self._as_at(row), self._place(row)
        values = [
            (name, self._value(row, name))
            for name in self._layout.measures
            if row.cells[name]
        ]
        if not values:
            why = "there is no figure in it"
            self._ledger.reject(row, "", why, "give its figure, or its symbol")
        if as_at is None or place is None or self._ledger.is_rejected(row):
            return []
        authority, area = place
        return [
            self._figure(row, name, value, authority, area, as_at)
            for name, value in values
        ]

    def _figure(
        self,
        row: Row,
        measure: str,
        value: float | str | None,
        authority: str | None,
        area: str,
        as_at: date,
    ) -> PublishedFigure:
        subject = self._layout.subject(row)
        unit = self._layout.unit(measure, subject)
        if measure == "population_estimate":
            subject = "Population under 18, estimated"
        return PublishedFigure(
            subject=subject,
            local_authority=authority,
            area=area,
            value=None if isinstance(value, str) else value,
            symbol=value if isinstance(value, str) else None,
            unit=unit,
            as_at=as_at,
            source=f"{RELEASE} ({self._layout.file})",
        )

    def _value(self, row: Row, name: str) -> float | str | None:
        """The number, or the symbol in its place; None where the row is rejected."""
        text = row.cells[name]
        if text in SYMBOLS:
            return text
        if _NUMBER.fullmatch(text):
            return float(text)
        why = "it is neither a number nor one of the symbols c, z, x and k"
        self._ledger.reject(row, name, why, "take the file as it was published")
        return None

    def _as_at(self, row: Row) -> date | None:
        """The day on which the period ends; None where the row is rejected."""
        period = row.cells["time_period"]
        kind = row.cells.get("time_identifier", "").casefold() or "reporting year"
        if re.fullmatch(r"20\d\d(\d\d)?", period, re.ASCII) and kind in _YEAR_ENDS:
            year = int(period[:4]) + (1 if len(period) == 6 else 0)
            return date(year, *_YEAR_ENDS[kind])
        column = "time_period" if kind in _YEAR_ENDS else "time_identifier"
        why = "it is not a year of these statistics"
        self._ledger.reject(row, column, why, "write the year as 2024 or 202324")
        return None

    def _place(self, row: Row) -> tuple[str | None, str] | None:
        """The authority, None where there is none, and the area."""
        level = row.cells["geographic_level"].casefold()
        if level == "local authority":
            name = self._authority(row)
            return (name, name) if name else None
        column = {"national": "country_name", "regional": "region_name"}.get(level)
        if column and row.cells.get(column):
            return None, row.cells[column]
        at = column or "geographic_level"
        why = "it names no country, region or local authority"
        self._ledger.reject(row, at, why, "take the file as it was published")
        return None

    def _authority(self, row: Row) -> str | None:
        """The authority's usual name; None where the row is rejected."""
        try:
            reading = read_area(row.cells.get("la_name", ""), self._gazetteer)
        except Unreadable as error:
            self._ledger.reject(row, "la_name", error.why, error.remedy)
            return None
        if reading.note:
            self._ledger.mend(row, "la_name", str(reading.value), reading.note)
        return reading.value
