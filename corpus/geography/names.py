"""The index of names: every spelling of every place, and the choice between them."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from corpus.errors import UnknownPlace
from corpus.geography import tables
from corpus.geography.places import LocalAuthority, Place
from corpus.geography.spelling import (
    alike,
    means_district,
    mended,
    shortened,
    spelling,
)

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(?:\s*(\d)[A-Z]{2}|\s+(\d))?", re.I)
"""A full postcode, a sector with its space, or a postcode district."""
SHORTEST_ALIAS = 6
"""Letters from which a misspelt alias is mended; shorter ones are abbreviations."""
_QUALIFIED = re.compile(r"(.+?)\s*(?:,\s*|\(|\bin\s+)([^,()]+?)\s*\)?")
_RANK = ("local_authority", "town", "district")


class Names:
    """Every spelling that is known, exactly as `spelling()` reduces it."""

    def __init__(self) -> None:
        self._places: defaultdict[str, list[Place]] = defaultdict(list)
        self.local_authorities = {a.name: a for a in tables.authorities()}
        for authority in tables.authorities():
            self._add(_area(authority), (*authority.aliases, authority.code))
        for town, aliases in tables.towns():
            self._add(town, aliases)
        for district in tables.districts():
            if district.name not in self.local_authorities:
                aliases = tables.district_aliases().get(district.name, ())
                self._add(district, aliases)
        self._mendable = tuple(filter(self._is_mendable, self._places))
        self._spaceless = {key.replace(" ", ""): key for key in self._places}

    def _add(self, place: Place, aliases: tuple[str, ...]) -> None:
        for key in dict.fromkeys(spelling(name) for name in (place.name, *aliases)):
            self._places[key].append(place)

    def _is_mendable(self, key: str) -> bool:
        """Whether slips for it are looked for: not for "Cambs", so near to "CAMHS"."""
        own = any(spelling(place.name) == key for place in self._places[key])
        return own or len(key) >= SHORTEST_ALIAS

    def candidates(self, key: str) -> tuple[Place, ...]:
        """Places that a spelling may mean; empty where it is not known."""
        return tuple(self._places.get(key, ()))

    def in_one_word(self, key: str) -> str | None:
        """The name that some words make when written as one: "basing stoke"."""
        whole = key.replace(" ", "")
        return whole if whole != key and whole in self._places else None

    def find(self, name: str, near_region: str | None) -> Place:
        """The place that a name means.

        Raises:
            UnknownPlace: for a name that means none, or several alike.
        """
        place = postcode(name) or self._qualified(name)
        if place is None:
            keys = shortened(spelling(name))
            plain = keys[1:]  # "near Forest" is not a slip for New Forest
            mendings = (self.mend(key, near_region) for key in plain)
            key = self._known(keys) or next(filter(None, mendings), None)
            if key is None:
                raise self._unknown(name)
            lower = means_district(keys[0])
            place = self.choose(key, near_region, lower=lower)
        return place

    def _known(self, keys: tuple[str, ...]) -> str | None:
        """The first of some spellings that is known, whatever its spaces."""
        for key in keys:
            exact = self._spaceless.get(key.replace(" ", ""), key)
            if exact in self._places:
                return exact
        return None

    def mend(self, key: str, near_region: str | None) -> str | None:
        """The known spelling meant by a misspelt one; None where there is no telling.

        Of several as near, an authority's is likelier than a town's, and one of
        `near_region` likelier than another.
        """
        near = mended(key, self._mendable)
        ruling = [k for k in near if self._kinds(k) == {"local_authority"}]
        for likely in (near, ruling, self._local(ruling, near_region)):
            if len(likely) == 1:
                return likely[0]
        local = self._local(near, near_region)
        return local[0] if len(local) == 1 and not ruling else None

    def _kinds(self, key: str) -> set[str]:
        return {place.kind for place in self.candidates(key)}

    def _local(self, keys: list[str], near_region: str | None) -> list[str]:
        """Spellings of places in one region alone."""
        return [
            key
            for key in keys
            if {self.region(place) for place in self.candidates(key)} == {near_region}
        ]

    def _qualified(self, name: str) -> Place | None:
        """A name with its county behind it, as in "Ashford, Surrey"; else None."""
        match = _QUALIFIED.fullmatch(name.strip())
        if match is None:
            return None
        key = self._known(shortened(spelling(match[1])))
        return self.within(self.candidates(key), match[2]) if key else None

    def within(self, places: tuple[Place, ...], county: str) -> Place | None:
        """The first of some places that lies in a county, authority or district."""
        wanted = set(shortened(spelling(county)))
        holders = {p.name for key in wanted for p in self.candidates(key)}
        for place in sorted(places, key=lambda p: _RANK.index(p.kind)):
            authority = self.local_authorities[place.local_authority]
            around = {authority.name, authority.county, place.district}
            by_name = {spelling(area) for area in around if area} & wanted
            if place.name not in holders and (by_name or around & holders):
                return place
        return None

    def choose(
        self, key: str, near_region: str | None, *, lower: bool = False
    ) -> Place:
        """The place that a known spelling most likely means.

        A place whose own name it is comes before one that shares the name and has its
        county added; an authority before a town before a district, unless `lower`.

        Raises:
            UnknownPlace: where several are as likely.
        """
        places = self.candidates(key)
        own = [
            p for p in places if spelling(p.name) == key or p.kind == "local_authority"
        ]
        local = [p for p in places if self.region(p) == near_region]
        likely = own or local or list(places)
        if not own and len(likely) > 1:
            raise UnknownPlace(
                f"{key.title()!r} names several places.",
                f"Say which: {' or '.join(repr(p.name) for p in likely)}.",
            )
        order = ("district", *_RANK) if lower else _RANK
        return min(likely, key=lambda p: order.index(p.kind))

    def region(self, place: Place) -> str:
        """Region that a place lies in."""
        return self.local_authorities[place.local_authority].region

    def _unknown(self, name: str) -> UnknownPlace:
        """The error for a name, with what may have been meant."""
        members = self._members(spelling(name))
        if members:
            return UnknownPlace(
                f"{name!r} is not one authority but several.",
                f"Name one of them: {', '.join(members)}.",
            )
        known = dict.fromkeys(p.name for found in self._places.values() for p in found)
        near = alike(name, list(known))
        return UnknownPlace(
            f"{name!r} is not a place in the gazetteer of England.",
            f"Names most like it: {', '.join(near)}." if near else "",
        )

    def _members(self, key: str) -> list[str]:
        """Authorities of a region, or of a county that is no authority itself."""
        return [
            authority.name
            for authority in self.local_authorities.values()
            if key in (spelling(authority.region), spelling(authority.county))
        ]


def _area(authority: LocalAuthority) -> Place:
    """The authority as a place."""
    alone = authority.name in tables.authority_of()
    return Place(
        name=authority.name,
        kind="local_authority",
        local_authority=authority.name,
        district=authority.name if alone else None,
        easting=authority.easting,
        northing=authority.northing,
    )


def postcode(text: str) -> Place | None:
    """The sector of a full postcode, or a postcode district; None for other text."""
    joined = re.sub(r"^([A-Za-z]{1,2})\s+(?=\d)", r"\1", text.strip())
    match = _POSTCODE.fullmatch(joined)
    if match is None:
        return None
    outcode, digit = match[1].upper(), match[2] or match[3]
    sector = tables.sector(f"{outcode} {digit}") if digit else None
    return sector or tables.outcode(outcode)


@cache
def names() -> Names:
    """The one index of names."""
    return Names()
