"""Rows of the Placements North West census, read into placements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from corpus.children import Placement
from corpus.codes import Need, PlacementType, Route
from corpus.errors import UnknownPlace
from corpus.geography import Gazetteer
from corpus.importing.cells import Reading, Unreadable, is_blank, read_age, read_choice
from corpus.importing.ledger import Ledger
from corpus.importing.owners import provider_id
from corpus.importing.placing_authority import PlacingAuthority
from corpus.importing.pnw_census_cells import CensusCells
from corpus.importing.pnw_census_cost import read_cost
from corpus.importing.pnw_census_layout import census
from corpus.importing.return_cells import read_day, read_reference, read_urn
from corpus.importing.sheets import Row
from corpus.importing.terms import read_placement_type
from corpus.text import comparable_name

_HOME_REGION: Final = "North West"
"""Where a host authority's name that several places share is taken to lie."""
_NOT_ASKED: Final[Mapping[str, Any]] = dict.fromkeys(
    [
        *("ended", "place_code", "place_provider", "legal_status", "need_code"),
        *("reason_new", "reason_ended", "reason_changed", "distance_miles"),
        *("previous_placement_id", "previous_type", "needs_met", "notice"),
        "planned_end",
    ]
) | {"risk_scores": ()}
"""Fields of a placement that the census does not ask for."""


@dataclass(frozen=True)
class CensusRow:
    """A row of the census that can be loaded."""

    ledger: Ledger
    row: Row
    day: date
    """The census's."""
    placement: Placement

    @property
    def where(self) -> str:
        """Where it stands, for a report."""
        return f"row {self.row.number} of {self.ledger.sheet.label}"


@dataclass(frozen=True)
class CensusReader:
    """Reads the rows of one sheet; what is wrong with them goes to its ledger."""

    cells: CensusCells
    day: date
    """The census's."""
    placing: PlacingAuthority
    gazetteer: Gazetteer
    owners: Mapping[str, str]
    """Provider of each setting held, by URN."""

    def read(self, row: Row) -> CensusRow | None:
        """The row as a placement; None where it is rejected."""
        cells, ledger = self.cells, self.cells.ledger
        authority = self.placing.of_row(row, cells.columns.get("authority"), ledger)
        child = cells.needed(row, "identifier", read_reference)
        provision = cells.needed(row, "provision", _read_provision)
        started = self._started(row)
        self._refuse_if_not_looked_after(row)
        if ledger.is_rejected(row) or started is None:
            return None
        facts = {
            "placement_id": f"{authority}/{child}/{started.isoformat()}",
            "child_id": child,
            "local_authority": authority,
            "started": started,
            "placement_type": provision or None,
            "age_at_start": self._age_at_start(row, started),
            **self._child_facts(row),
            **self._setting_facts(row),
            **read_cost(cells, row),
        }
        placement = Placement.model_validate({**_NOT_ASKED, **facts})
        return CensusRow(ledger, row, self.day, placement)

    def _child_facts(self, row: Row) -> dict[str, object]:
        cells, answers = self.cells, census()
        uasc = cells.choice(row, "uasc", answers.uasc)
        dols = cells.choice(row, "dols", answers.dols)
        send = cells.choice(row, "send_need", answers.send_need)
        said = {Need.UASC: uasc, Need.DOLS: dols, send or None: True}
        return {
            "gender": cells.choice(row, "gender", answers.gender),
            "uasc": uasc,
            "dols": dols,
            "solo": cells.choice(row, "solo", answers.solo),
            "needs": tuple(need for need in Need if said.get(need)),
        }

    def _setting_facts(self, row: Row) -> dict[str, object]:
        cells = self.cells
        urn = cells.value(row, "establishment_urn", read_urn)
        owner = cells.value(row, "organisation", read_reference)
        reason = cells.choice(row, "distance_reason", census().distance_reason)
        named = provider_id(owner) if owner else None
        host = cells.value(row, "host", self._read_host)
        return {
            "urn": urn,
            "provider_id": self.owners.get(urn or "", named),
            "host_authority": host,
            "route": self._route(row),
            "distance_reason": reason or None,
            "packages_included": cells.choice(row, "packages", census().packages),
        }

    def _started(self, row: Row) -> date | None:
        """The start; the census day in the layout that does not ask for it."""
        if "started" not in self.cells.columns:
            return self.day
        started = self.cells.needed(row, "started", read_day)
        if started and started > self.day:
            why = f"it is after the census of {self.day.isoformat()}"
            self.cells.reject(row, "started", why, "correct the date")
        return started

    def _refuse_if_not_looked_after(self, row: Row) -> None:
        if self.cells.choice(row, "looked_after", census().looked_after) is False:
            why = "the child is not looked after"
            remedy = "leave the row out, or correct the answer"
            self.cells.reject(row, "looked_after", why, remedy)

    def _age_at_start(self, row: Row, started: date) -> int | None:
        """The census's age less the whole years since; it may be a year too high."""
        age = self.cells.value(row, "age", read_age)
        if age is None:
            return None
        years = self.day.year - started.year
        years -= (self.day.month, self.day.day) < (started.month, started.day)
        if age < years:
            why = f"the child was not born on {started.isoformat()}"
            self.cells.mend(row, "age", "", why)
            return None
        return age - years

    def _route(self, row: Row) -> Route | None:
        sourcing = self.cells.choice(row, "sourcing", census().sourcing)
        in_house = "in house" in comparable_name(self.cells.text(row, "provision"))
        return Route.IN_HOUSE if in_house else sourcing or None

    def _read_host(self, text: str) -> Reading[str]:
        if is_blank(text):
            return Reading(None)
        known = {comparable_name(name): host for name, host in census().host.items()}
        name = known.get(comparable_name(text)) or self._authority_with(text)
        return Reading(name, "" if name == text else f"it is in {name}")

    def _authority_with(self, text: str) -> str:
        try:
            place = self.gazetteer.resolve(text, near_region=_HOME_REGION)
        except UnknownPlace as error:
            remedy = error.remedy or "write the authority's usual name"
            raise Unreadable(error.message.removesuffix("."), remedy) from error
        return place.local_authority


def _read_provision(text: str) -> Reading[PlacementType | Literal[""]]:
    """One of the census's types of provision, else a placement type in other words."""
    try:
        return read_choice(text, census().provision)
    except Unreadable as fault:
        try:
            other = read_placement_type(text)
        except Unreadable:
            raise fault from None
        return Reading(other.value, other.note)
