"""Each kind of cell and how it is read, and how many cells of a column are such."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, Final

from corpus.children import Notice
from corpus.codes import PlacementType, RegistrationStatus, Sector
from corpus.errors import UnknownPlace
from corpus.geography import Gazetteer, Place
from corpus.importing.cells import (
    Reading,
    Unreadable,
    is_blank,
    read_age,
    read_age_range,
    read_choice,
    read_distance,
    read_whole,
    read_yes_no,
)
from corpus.importing.dates import DateOrder, read_date
from corpus.importing.mapped.fields import CellKind
from corpus.importing.money import Period, read_weekly_money
from corpus.importing.terms import (
    read_authority,
    read_gender,
    read_genders,
    read_needs,
    read_placement_type,
    read_rating,
    read_route,
)
from corpus.ssda903_codes import CodeListName, code_list
from corpus.text import comparable_name

CellParser = Callable[[str], Reading[Any]]

_POSTCODE: Final = re.compile(
    r"[A-Z]{1,2}[0-9][A-Z0-9]?(?:\s*[0-9][A-Z]{2}|\s+[0-9])?", re.I
)
_URN: Final = re.compile(r"(?:URN\s*:?\s*)?((?:SC|EY|CQ|YJ)?\s*[0-9]{5,9})", re.I)
_COUNCIL_WORDS: Final = ("council", "county council", "city council", "cc", "bc")
_NOTICE: Final[dict[str, Notice]] = {
    "planned": "planned",
    "routine": "planned",
    "standard": "planned",
    "non urgent": "planned",
    "short_notice": "short_notice",
    "short notice": "short_notice",
    "urgent": "short_notice",
    "unplanned": "short_notice",
    "same_day": "same_day",
    "same day": "same_day",
    "emergency": "same_day",
    "crisis": "same_day",
}
_STATUS: Final = {
    "active": RegistrationStatus.ACTIVE,
    "registered": RegistrationStatus.ACTIVE,
    "open": RegistrationStatus.ACTIVE,
    "approved": RegistrationStatus.ACTIVE,
    "live": RegistrationStatus.ACTIVE,
    "suspended": RegistrationStatus.SUSPENDED,
}
_SECTOR: Final = {
    "private": Sector.PRIVATE,
    "independent": Sector.PRIVATE,
    "voluntary": Sector.VOLUNTARY,
    "charity": Sector.VOLUNTARY,
    "third sector": Sector.VOLUNTARY,
    "not for profit": Sector.VOLUNTARY,
    "local_authority": Sector.LOCAL_AUTHORITY,
    "local authority": Sector.LOCAL_AUTHORITY,
    "in house": Sector.LOCAL_AUTHORITY,
    "council": Sector.LOCAL_AUTHORITY,
    "la": Sector.LOCAL_AUTHORITY,
}
_CODE_LISTS: Final[dict[CellKind, CodeListName]] = {
    CellKind.PLACE_CODE: "PLACE",
    CellKind.PROVIDER_CODE: "PLACE_PROVIDER",
    CellKind.LEGAL_STATUS: "LS",
    CellKind.NEED_CODE: "CIN",
}
_PLAIN: Final[dict[CellKind, CellParser]] = {
    CellKind.WHOLE: read_whole,
    CellKind.AGE: read_age,
    CellKind.AGES: read_age_range,
    CellKind.YES_NO: read_yes_no,
    CellKind.GENDER: read_gender,
    CellKind.GENDERS: read_genders,
    CellKind.RATING: read_rating,
    CellKind.ROUTE: read_route,
    CellKind.DISTANCE: read_distance,
    CellKind.NOTICE: partial(read_choice, choices=_NOTICE),
    CellKind.STATUS: partial(read_choice, choices=_STATUS),
    CellKind.SECTOR: partial(read_choice, choices=_SECTOR),
}


@dataclass(frozen=True)
class CellReader:
    """Reads cells of every kind for one import; each distinct text is read once."""

    gazetteer: Gazetteer

    def parser(
        self, kind: CellKind, order: DateOrder = "day_first", period: Period = "week"
    ) -> CellParser:
        """How cells of one column are read.

        Args:
            order: of numeric dates; for dates alone.
            period: to which amounts speak; for money alone.
        """
        if kind is CellKind.DATE:
            return partial(read_date, order=order)
        if kind is CellKind.MONEY:
            return partial(read_weekly_money, period=period)
        return self._parsers[kind]

    @property
    def _parsers(self) -> dict[CellKind, CellParser]:
        return _parsers(self.gazetteer)

    def readable(self, kind: CellKind, texts: Sequence[str]) -> float | None:
        """Share of the cells that are not blank and can be read as one kind.

        None where every cell is blank.
        """
        filled = [text for text in texts if not is_blank(text)]
        if kind is CellKind.AUTHORITY:  # exact names alone: a near one is slow to find
            known = _authority_names(self.gazetteer)
            good = sum(comparable_name(text) in known for text in filled)
        else:
            good = sum(_is_readable(self.parser(kind), text) for text in filled)
        return good / len(filled) if filled else None


@cache
def _parsers(gazetteer: Gazetteer) -> dict[CellKind, CellParser]:
    codes = {kind: partial(_read_code, name=n) for kind, n in _CODE_LISTS.items()}
    return {
        **_PLAIN,
        **codes,
        CellKind.IDENTIFIER: read_text,
        CellKind.CHILD: read_text,
        CellKind.TEXT: read_text,
        CellKind.URN: read_urn,
        CellKind.PLACE: _remembered(read_place),
        CellKind.PLACEMENT_TYPE: _remembered(read_placement_type),
        CellKind.PLACEMENT_TYPES: _remembered(_read_types),
        CellKind.NEEDS: _remembered(read_needs),
        CellKind.AUTHORITY: _remembered(partial(read_authority, gazetteer=gazetteer)),
        CellKind.POSTCODE: _remembered(partial(read_postcode, gazetteer=gazetteer)),
    }


def _remembered(parse: CellParser) -> CellParser:
    """The same parser, which reads each distinct text once, faults included."""

    @lru_cache(maxsize=20_000)
    def outcome(text: str) -> Reading[Any] | Unreadable:
        try:
            return parse(text)
        except Unreadable as fault:
            return fault

    def read(text: str) -> Reading[Any]:
        found = outcome(text)
        if isinstance(found, Unreadable):
            raise Unreadable(found.why, found.remedy)
        return found

    return read


@cache
def _authority_names(gazetteer: Gazetteer) -> frozenset[str]:
    """Names, aliases and codes of the authorities, as they are compared."""
    names = (
        name
        for authority in gazetteer.authorities
        for name in (authority.name, authority.code, *authority.aliases)
    )
    bare = {comparable_name(name) for name in names}
    councils = {f"{name} {word}" for name in bare for word in _COUNCIL_WORDS}
    return frozenset(bare | councils)


def _is_readable(parse: CellParser, text: str) -> bool:
    try:
        return parse(text).value is not None
    except Unreadable:
        return False


def read_text(text: str) -> Reading[str]:
    """The text itself; None where it is blank."""
    return Reading(None if is_blank(text) else text)


def read_urn(text: str) -> Reading[str]:
    """A registration number of Ofsted: "SC012345", "1234567".

    Raises:
        Unreadable: for anything else, such as a number of two digits.
    """
    if is_blank(text):
        return Reading(None)
    match = _URN.fullmatch(text.strip())
    if match is None:
        raise Unreadable("it is not a URN", "write it as on the register: SC012345")
    urn = match[1].upper().replace(" ", "")
    return Reading(urn, "" if urn == text else "written as on the register")


def read_postcode(text: str, gazetteer: Gazetteer) -> Reading[Place]:
    """The sector of a postcode, or its district.

    Raises:
        Unreadable: for no postcode, or one that is not known.
    """
    if is_blank(text):
        return Reading(None)
    if _POSTCODE.fullmatch(text.strip()) is None:
        raise Unreadable("it is not a postcode", "write it whole, such as ME15 6XX")
    try:
        return Reading(gazetteer.resolve(text))
    except UnknownPlace as error:
        raise Unreadable("no such postcode is known", "correct it") from error


def _read_code(text: str, name: CodeListName) -> Reading[str]:
    """A code of the SSDA903 return, alone or with its label: "K2 - Children's home"."""
    codes = code_list(name)
    match = re.match(r"\s*([A-Za-z]{1,2}[0-9]{1,2})\b", text)
    code = match[1].upper() if match else ""
    if code in codes:
        return Reading(code, "" if code == text.strip() else "read as its code")
    if is_blank(text):
        return Reading(None)
    raise Unreadable(f"it is no {name} code", f"write one of: {', '.join(codes)}")


@dataclass(frozen=True)
class StatedPlace:
    """A placement type as a cell states it."""

    placement_type: PlacementType | None
    """None for a PLACE code for which no provider is sought, such as P1."""
    place_code: str | None
    """None where the cell states the type in words."""


def read_place(text: str) -> Reading[StatedPlace]:
    """A placement type in words, or as an SSDA903 PLACE code.

    Raises:
        Unreadable: for neither.
    """
    match = re.match(r"\s*([A-Z][0-9]{1,2})\b", text)
    code = code_list("PLACE").get(match[1]) if match else None
    if code is not None:
        stated = StatedPlace(code.placement_type, code.code)
        return Reading(stated, f"PLACE {code.code}: {code.label}")
    kind = read_placement_type(text)
    value = StatedPlace(kind.value, None) if kind.value else None
    return Reading(value, kind.note)


def _read_types(text: str) -> Reading[Any]:
    """Several placement types in one cell."""
    if is_blank(text):
        return Reading(())
    parts = [part for part in re.split(r"[;,|/\n]+", text) if part.strip()]
    kinds = (read_placement_type(part).value for part in parts)
    return Reading(tuple(dict.fromkeys(kind for kind in kinds if kind)))
