"""Regions of England, and the placing authorities that a call is about."""

from __future__ import annotations

import difflib
from typing import Final

from corpus.disclosure.coding import ChildTable
from corpus.disclosure.reading import listed_authorities
from corpus.errors import InvalidArguments, NothingLoaded, UnknownPlace
from corpus.geography import Gazetteer
from corpus.text import comparable_name
from tools.base import Knowledge
from tools.places import resolve_authority

NO_PLACEMENTS_HELD: Final = (
    "No placements are held of what was asked about: nothing is known."
)
"""Caveat where `authorities_held` finds none in the placements."""


def resolve_region(name: str, gazetteer: Gazetteer) -> str:
    """A region's usual name.

    Raises:
        UnknownPlace: for any other name, with the regions there are.
    """
    known = {_reduced(each.region): each.region for each in gazetteer.authorities}
    found = difflib.get_close_matches(_reduced(name), known, n=1, cutoff=0.85)
    if not found:
        raise UnknownPlace(
            f"region = {name!r} is not a region of England.",
            f"The regions are {', '.join(sorted(known.values()))}.",
        )
    return known[found[0]]


def region_of(authority: str, gazetteer: Gazetteer) -> str:
    """The region of an authority, by its usual name."""
    return gazetteer.authority(authority).region


def authorities_in(region: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Usual names of a region's authorities; the region by its usual name."""
    return tuple(each.name for each in gazetteer.authorities if each.region == region)


def placing_authorities(
    local_authority: str | None, region: str | None, gazetteer: Gazetteer
) -> tuple[str, ...]:
    """The authorities that a call restricts itself to; empty where it does not.

    Raises:
        UnknownPlace: for a name of no authority or region.
        InvalidArguments: for an authority outside the region given.
    """
    authority = resolve_authority(local_authority, gazetteer)
    if region is None:
        return (authority,) if authority else ()
    inside = authorities_in(resolve_region(region, gazetteer), gazetteer)
    if authority is None:
        return inside
    if authority not in inside:
        raise InvalidArguments(
            f"local_authority = {authority!r} lies in"
            f" {region_of(authority, gazetteer)}, and region = {region!r} is another.",
            "Give one of the two, or a region that holds the authority.",
        )
    return (authority,)


def authorities_held(
    knowledge: Knowledge, table: ChildTable, asked: tuple[str, ...]
) -> tuple[str, ...]:
    """Of the authorities asked for, those whose rows the table holds.

    All that it holds where none is asked for.

    Raises:
        NothingLoaded: where the data directory holds no tables.
    """
    if knowledge.dataset.kind is None:
        raise NothingLoaded(
            "No placement tables are loaded.",
            "Run `placements demo` for the demonstration region.",
        )
    held = listed_authorities(knowledge.dataset, table, knowledge.viewer)
    return tuple(sorted(held & set(asked))) if asked else tuple(sorted(held))


def _reduced(name: str) -> str:
    words = comparable_name(name).removesuffix(" of england").split()
    return " ".join(word for word in words if word not in ("the", "region"))
