"""Reader of places: which are named, how far is allowed, and inside or near."""

from __future__ import annotations

import re
from typing import Final

from corpus.geography import Gazetteer, Mention
from corpus.models import Frozen

MILES_IN_A_KILOMETRE: Final = 0.621371

_RADIUS: Final = re.compile(
    r"\b(?P<number>\d{1,3}(?:\.\d+)?)[\s-]*(?P<unit>miles?|mi|km|kms|kilomet(?:re|er)s?)\b",
    re.IGNORECASE,
)
_BEYOND: Final = re.compile(
    r"(?:more than|over|beyond|further than|at least)\s*$", re.I
)
_INSIDE: Final = re.compile(
    r"\b(?:in|inside|within|based in|located in)\s+(?:the\s+)?(?:county\s+of\s+)?$",
    re.I,
)
_OR_NEAR: Final = re.compile(
    r"^['’]?s?\s*(?:,|\()?\s*(?:or|and|/)\s*(?:nearby|near|close|thereabouts|around|the\s+surrounding"
    r"|surrounding|neighbouring|its\s+(?:neighbours|borders)|over\s+the\s+border)"
    r"|^['’]?s?\s*(?:area|borders?|surrounds)\b",
    re.IGNORECASE,
)
_IN_OR_AROUND: Final = re.compile(
    r"\bin\s+(?:or|and|/)\s+(?:around|near)\s+(?:the\s+)?$", re.IGNORECASE
)
_DISTRICT: Final = re.compile(r"^\s*(?:district|borough)\b", re.IGNORECASE)


class PlacesReading(Frozen):
    """The places of a question, sorted by what the question says of them."""

    near: tuple[str, ...] = ()
    inside: str | None = None
    """An authority in whose area the setting must stand."""
    within: tuple[str, ...] = ()
    """Districts that the setting must stand in."""
    radius_miles: float | None = None
    mended: tuple[tuple[str, str], ...] = ()
    """Names as written and as read, where the spelling was mended."""
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names that several places bear, as written, with the places they may mean."""
    spans: tuple[tuple[int, int], ...] = ()


def read_places(text: str, gazetteer: Gazetteer) -> PlacesReading:
    """Places named in the question, and the distance allowed from them."""
    mentions = gazetteer.mentions(text)
    radius = read_radius(text)
    near: dict[str, None] = {}
    within: dict[str, None] = {}
    inside = None
    for mention in mentions:
        name = mention.place.name
        if _is_district(text, mention):
            within[mention.place.district or name] = None
        elif radius is None and _is_inside(text, mention) and inside in (None, name):
            inside = name
        else:
            near[name] = None
    return PlacesReading(
        near=tuple(near),
        inside=inside,
        within=tuple(within),
        radius_miles=radius,
        mended=tuple(
            (text[mention.start : mention.end], mention.place.name)
            for mention in mentions
            if not mention.exact
        ),
        ambiguous=tuple(
            (text[mention.start : mention.end], mention.choices)
            for mention in mentions
            if mention.choices
        ),
        spans=tuple((mention.start, mention.end) for mention in mentions),
    )


def read_radius(text: str) -> float | None:
    """The farthest distance allowed, in miles; None where none is stated."""
    for match in _RADIUS.finditer(text):
        if _BEYOND.search(text[: match.start()]):
            continue
        miles = float(match["number"])
        if match["unit"].casefold().startswith("k"):
            miles = round(miles * MILES_IN_A_KILOMETRE, 1)
        return miles
    return None


def _is_district(text: str, mention: Mention) -> bool:
    named_so = _DISTRICT.match(text[mention.end :])
    return bool(named_so) and mention.place.kind in ("district", "town")


def _is_inside(text: str, mention: Mention) -> bool:
    """True for "in Surrey"; not for "in or around Surrey" nor "in Kent or nearby"."""
    before, after = text[: mention.start], text[mention.end :]
    return (
        mention.place.kind == "local_authority"
        and bool(_INSIDE.search(before))
        and not _IN_OR_AROUND.search(before)
        and not _OR_NEAR.match(after)
    )
