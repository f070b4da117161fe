"""Rows of Ofsted's provider lists: a setting with its owner, grades and flags."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final, TypeVar

from corpus.codes import Need, OfstedRating, Sector
from corpus.errors import UnknownPlace
from corpus.geography import Gazetteer, Place
from corpus.importing import ofsted_values as values
from corpus.importing.area_names import read_area
from corpus.importing.cells import Reading, Unreadable
from corpus.importing.ledger import Ledger
from corpus.importing.ofsted_layout import Field, Layout
from corpus.importing.sheets import Row
from corpus.models import Inspection, Setting

T = TypeVar("T")

_WITHHELD: Final = "redacted"
UNSTATED: Final = {
    "age_from": None,
    "age_to": None,
    "genders": (),
    "solo": None,
    "siblings": None,
    "same_day": None,
    "statement_date": None,
}
"""Admission criteria: the register says nothing of them."""


@dataclass(frozen=True)
class Listed:
    """What one row says."""

    setting: Setting
    """Its `provider_id` is empty until the owners are known."""
    owner: str
    sector: Sector
    inspections: tuple[Inspection, ...]
    """The latest, and the one before it where the list has it."""
    needs: frozenset[Need]
    """Needs flagged; empty for the public list."""


class RowReader:
    """Reads the rows of one sheet and tells its ledger what it mends or rejects."""

    def __init__(
        self, ledger: Ledger, layout: Layout, gazetteer: Gazetteer, as_at: date | None
    ) -> None:
        self._ledger = ledger
        self._layout = layout
        self._gazetteer = gazetteer
        self._day = partial(values.read_day, as_at=as_at)
        self._area = partial(read_area, gazetteer=gazetteer)

    def read(self, row: Row) -> Listed | None:
        """The row's facts; None where it is rejected, with every fault told."""
        if self._is_misplaced(row):
            return None
        urn = self._take(row, "urn", values.read_urn)
        sector = self._take(row, "sector", values.read_sector)
        day = self._take(row, "inspected_on", self._day)
        before = self._take(row, "previous_inspected_on", self._day)
        setting = self._setting(row, urn or "", day)
        grades = {
            day: self._grade(row, "rating", "inspected_on", day),
            before: self._grade(
                row, "previous_rating", "previous_inspected_on", before
            ),
        }
        needs = self._flags(row)
        if self._ledger.is_rejected(row) or sector is None or setting is None:
            return None
        inspections = tuple(
            Inspection(urn=setting.urn, inspected_on=on, rating=rating)
            for on, rating in grades.items()
            if on and rating
        )
        return Listed(setting, self._owner(row, setting), sector, inspections, needs)

    def _is_misplaced(self, row: Row) -> bool:
        """Whether it is no row of this list: a header again, or cells that shifted."""
        urn = self._layout.columns["urn"]
        if row.cells[urn] == urn:
            self._ledger.reject(row, "", "it is the header again", "remove the row")
        for column in self._ledger.sheet.unnamed:
            if row.cells[column]:
                why = "text stands beyond the named columns, so cells may have shifted"
                remedy = "put quotation marks around a cell that has a comma in it"
                self._ledger.reject(row, column, why, remedy)
        return self._ledger.is_rejected(row)

    def _setting(self, row: Row, urn: str, day: date | None) -> Setting | None:
        """The setting; None where the row is rejected."""
        kind = self._take(row, "provision_type", values.read_kind)
        authority = self._take(row, "local_authority", self._area)
        status = self._take(row, "status", values.read_status)
        outcome = self._take(row, "outcome", values.read_outcome)
        self._require_day(row, "inspected_on", outcome, day)
        if kind is None or authority is None or status is None:
            return None
        outcode, place = self._address(row)
        return Setting(
            urn=urn,
            name=self._shown(row, "name") or f"{kind}, {authority} (URN {urn})",
            provider_id="",
            placement_type=values.PROVISION.get(kind),
            provision_type=kind,
            local_authority=authority,
            district=place.district if place else None,
            town=self._shown(row, "town"),
            postcode_district=outcode,
            easting=place.easting if place else None,
            northing=place.northing if place else None,
            places=self._take_or_leave(row, "places", values.read_places),
            status=status,
            supported_outcome=outcome,
            supported_outcome_on=day if outcome else None,
            **UNSTATED,
        )

    def _grade(
        self, row: Row, field: Field, on: Field, day: date | None
    ) -> OfstedRating | None:
        rating = self._take(row, field, values.read_grade)
        self._require_day(row, on, rating, day)
        return rating

    def _require_day(
        self, row: Row, on: Field, judgement: str | None, day: date | None
    ) -> None:
        """Without its day, a judgement cannot be told from one that is out of date."""
        if judgement and day is None and not self._ledger.is_rejected(row):
            self._ledger.reject(
                row, self._column(on), "there is a judgement without its day",
                "add the day of the inspection, or leave the judgement out",
            )  # fmt: skip

    def _address(self, row: Row) -> tuple[str | None, Place | None]:
        """The postcode district, and the place of the whole postcode."""
        if self._shown(row, "postcode") is None:
            return None, None
        postcode = self._take_or_leave(row, "postcode", values.read_postcode)
        if postcode is None:
            return None, None
        outcode = postcode.partition(" ")[0]
        try:
            return outcode, self._gazetteer.resolve(postcode)
        except UnknownPlace:
            why = "not a postcode that is known, so its distance is not told"
            self._ledger.mend(row, self._column("postcode"), outcode, why)
            return outcode, None

    def _flags(self, row: Row) -> frozenset[Need]:
        flagged = {
            need
            for column, need in self._layout.flags.items()
            if self._leave(row, column, values.read_flag)
        }
        return frozenset(flagged)

    def _owner(self, row: Row, setting: Setting) -> str:
        """The owner's name, without the company number that some end with.

        Where none is published, the setting stands for its own.
        """
        owner = re.sub(r"\s+\d{8}$", "", self._shown(row, "owner") or "")
        if owner:
            return owner
        named = self._shown(row, "name")
        return named or f"Owner not published (URN {setting.urn})"

    def _take(
        self, row: Row, field: Field, read: Callable[[str], Reading[T]]
    ) -> T | None:
        """A cell that the row cannot be loaded without, once it is there."""
        column = self._column(field)
        try:
            reading = read(self._text(row, field))
        except Unreadable as error:
            self._ledger.reject(row, column, error.why, error.remedy)
            return None
        if reading.note:
            self._ledger.mend(row, column, str(reading.value), reading.note)
        return reading.value

    def _take_or_leave(
        self, row: Row, field: Field, read: Callable[[str], Reading[T]]
    ) -> T | None:
        return self._leave(row, self._column(field), read)

    def _leave(
        self, row: Row, column: str, read: Callable[[str], Reading[T]]
    ) -> T | None:
        """A cell that is left out, and said to be, where it cannot be read."""
        try:
            reading = read(row.cells.get(column, ""))
        except Unreadable as error:
            self._ledger.mend(row, column, "", f"{error.why}; left out")
            return None
        if reading.note:
            self._ledger.mend(row, column, str(reading.value), reading.note)
        return reading.value

    def _shown(self, row: Row, field: Field) -> str | None:
        """A cell's text on one line; None where it is blank or withheld."""
        text = " ".join(self._text(row, field).split())
        return text if text and text.casefold() != _WITHHELD else None

    def _text(self, row: Row, field: Field) -> str:
        """A cell; of a list without registration status, every setting is active."""
        if field == "status" and field not in self._layout.columns:
            return "Active"
        return row.cells.get(self._column(field), "")

    def _column(self, field: Field) -> str:
        return self._layout.columns.get(field, field)
