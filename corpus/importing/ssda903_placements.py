"""Stays made placements: codes, ages, distances and the moves between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from math import hypot
from typing import Final

from corpus.children import Placement
from corpus.codes import Need, Route
from corpus.errors import UnknownPlace
from corpus.geography import Gazetteer, Place, tables
from corpus.importing.cells import METRES_A_MILE, OLDEST, Unreadable, read_distance
from corpus.importing.ssda903_layouts import LayoutName
from corpus.importing.ssda903_record import Records
from corpus.importing.ssda903_stays import MOVED_ON, Stay
from corpus.ssda903_codes import placement_type_of

_RETURNED_HOME: Final[Mapping[str, bool]] = {"E4A": True, "E4B": False}
"""REC that says whether an end was planned. No other code of the return does."""
_OWN_PROVISION: Final = "PR1"


class PlacementMaker:
    """Makes placements of stays, and keeps count of the postcodes it cannot place."""

    def __init__(self, records: Records, gazetteer: Gazetteer) -> None:
        self._records = records
        self._authority = cache(lambda text: _authority(text, gazetteer))
        self.unknown_postcodes: Counter[str] = Counter()
        """Postcodes that the gazetteer lacks, and in how many placements."""

    def placements(self, stays: Sequence[Stay]) -> list[Placement]:
        """One child's placements, each with the one before it in the period of care."""
        made: list[Placement] = []
        for stay in stays:
            before = made[-1] if made and not stay.first.begins_care else None
            made.append(self._placement(stay, before))
        return made

    def _placement(self, stay: Stay, before: Placement | None) -> Placement:
        first, last = stay.first, stay.last
        authority, child = first.row.child
        record = self._records.of(first.row.child)
        place, provider = last.row.texts["PLACE"], last.code("PLACE_PROVIDER")
        ended = last.code("REC") if last.ended else None
        host, miles = self._whereabouts(stay)
        return Placement(
            placement_id=f"{authority}/{child}/{first.started.isoformat()}",
            child_id=child,
            local_authority=authority,
            started=first.started,
            ended=last.ended,
            placement_type=placement_type_of(place),
            place_code=place,
            place_provider=provider,
            legal_status=last.code("LS"),
            need_code=last.code("CIN"),
            reason_new=first.code("RNE"),
            reason_ended=ended,
            reason_changed=(
                last.code("REASON_PLACE_CHANGE") if ended == MOVED_ON else None
            ),
            age_at_start=age_on(record.born, first.started),
            gender=record.gender,
            uasc=self._asked(Need.UASC, "UASC", stay),
            needs=record.needs(first.started, last.ended),
            risk_scores=(),
            urn=last.code("URN"),
            provider_id=None,
            host_authority=host,
            distance_miles=miles,
            distance_reason=None,
            route=Route.IN_HOUSE if provider == _OWN_PROVISION else None,
            weekly_social_care=None,
            weekly_education=None,
            weekly_health=None,
            packages_included=None,
            previous_placement_id=before.placement_id if before else None,
            previous_type=before.placement_type if before else None,
            needs_met=None,
            notice=None,
            planned_end=_RETURNED_HOME.get(ended or ""),
            solo=None,
            dols=self._asked(Need.DOLS, "DoLo", stay),
        )

    def _asked(self, need: Need, layout: LayoutName, stay: Stay) -> bool | None:
        """Whether the child has a need; None where no file was given that says so."""
        record = self._records.of(stay.first.row.child)
        if not self._records.has(stay.first.row.child[0], layout):
            return None
        return need in record.needs(stay.first.started, stay.last.ended)

    def _whereabouts(self, stay: Stay) -> tuple[str | None, float | None]:
        """The authority that the child lives in, and miles from home.

        As the return's own PL_LA and PL_DISTANCE say, else from the postcodes: between
        the middles of their sectors or districts, in a straight line.
        """
        extras = stay.last.row.extras
        there = self._located(stay.last.code("PL_POST"))
        home = self._located(stay.last.code("HOME_POST"))
        host = self._authority(extras.get("PL_LA", ""))
        miles = _stated_miles(extras.get("PL_DISTANCE", ""))
        if miles is None and there and home:
            miles = _miles_between(home, there)
        return host or (there.local_authority if there else None), miles

    def _located(self, postcode: str | None) -> Place | None:
        if postcode is None:
            return None
        place = _postcode(postcode)
        if place is None:
            self.unknown_postcodes[postcode] += 1
        return place


def age_on(born: date | None, day: date) -> int | None:
    """Whole years from birth to a day; None where birth is not known, or no child's."""
    if born is None:
        return None
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return years if 0 <= years <= OLDEST else None


def _miles_between(one: Place, other: Place) -> float:
    metres = hypot(one.easting - other.easting, one.northing - other.northing)
    return round(metres / METRES_A_MILE, 1)


def _stated_miles(text: str) -> float | None:
    try:
        return read_distance(text).value
    except Unreadable:
        return None


def _authority(text: str, gazetteer: Gazetteer) -> str | None:
    try:
        return gazetteer.authority(text).name if text else None
    except UnknownPlace:
        return None


@cache
def _postcode(text: str) -> Place | None:
    """The sector of a postcode, else its district; None where neither is known."""
    return tables.sector(text) or tables.outcode(text.partition(" ")[0])
