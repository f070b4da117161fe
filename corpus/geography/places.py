"""Value types of the gazetteer: an authority, a place, and a mention of one."""

from __future__ import annotations

from typing import Literal

from corpus.models import Frozen

PlaceKind = Literal[
    "local_authority", "district", "town", "postcode_district", "postcode_sector"
]


class LocalAuthority(Frozen):
    """An authority of England that is responsible for children's services."""

    name: str
    """Usual name: "Kent", "Bristol", "Windsor and Maidenhead"."""
    code: str
    """Code of the Office for National Statistics, as of November 2025."""
    region: str
    county: str
    """Ceremonial county: Kent for Medway; the authority's own name for a county."""
    type: Literal[
        "county",
        "unitary",
        "london_borough",
        "metropolitan_district",
        "city_corporation",
    ]
    aliases: tuple[str, ...]
    """Other names and abbreviations, and former codes."""
    easting: int
    """Metres: middle of its postcodes."""
    northing: int
    neighbours: tuple[str, ...]
    """Usual names of those it borders over land, in alphabetical order."""


class Place(Frozen):
    """Something a question can be near to."""

    name: str
    """Usual name, spelt right; with its county only where the name is ambiguous."""
    kind: PlaceKind
    local_authority: str
    """Usual name of the authority it lies in; its own for an authority."""
    district: str | None
    """None for a county, which has several; for a unitary authority, itself."""
    easting: int
    """Metres: representative point, not the whole of an area."""
    northing: int


class Mention(Frozen):
    """A place as a text names it: `text[start:end]`."""

    start: int
    end: int
    place: Place
    exact: bool
    """False where a misspelling was mended."""
    choices: tuple[str, ...] = ()
    """Names of the places it may be, where the text leaves that open; else empty."""
