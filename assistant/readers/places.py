"""Reader of places: which are named, how far is allowed, and inside or near."""

from __future__ import annotations

import re
from typing import Final

from assistant.readers.reading import NUMBER, whole_number
from corpus import vocabulary
from corpus.geography import Gazetteer, Mention
from corpus.models import Frozen

MILES_IN_A_KILOMETRE: Final = 0.621371

_RADIUS: Final = re.compile(
    rf"(?<![£\d.,])\b(?:(?P<number>\d{{1,3}}(?:\.\d+)?|{NUMBER})[\s-]*"
    r"(?P<unit>miles?|mls?|mi|km|kms|kilomet(?:re|er)s?)\b"
    r"|(?P<short>\d{1,3})\s?m(?=\s+(?:from|of)\b))",
    re.IGNORECASE,
)
_BEYOND: Final = re.compile(
    r"(?<!no )(?<!not )(?:more than|over|beyond|further than|at least)\s*$", re.I
)
_INSIDE: Final = re.compile(
    r"\b(?:in|inside|within|based in|located in)\s+(?:the\s+)?(?:county\s+of\s+)?$",
    re.I,
)
_BACKGROUND: Final = re.compile(
    r"\b(?:currently|presently|now|living|lives|residing|stuck|is|he['’]s|she['’]s"
    r"|(?:\b(?:his|her|their|the|an)\s+|['’]s\s+)(?:famil(?:y|ies)|parents?|mum|mother|dad|father|aunt|uncle|gran|nan|grandmother|grandparents|sister|brother"
    r"|friends?|school|college)(?:\s+(?:who\s+)?(?:is|lives?|are|live|placed))?)\s+in\s+"
    r"(?:the\s+)?$|\bplaced\s+by\s+$|\bplacing\s+authority\s*(?:is|:)?\s+$"
    r"|\bon\s+behalf\s+of\s+$|(?<!miles )(?<!away )(?<!km )\bfrom\s+$",
    re.IGNORECASE,
)
"""Where the child is or comes from, not where a home is sought."""
_SENTENCE_END: Final = re.compile(r"[.!?;]\s")
_OR_NEAR: Final = re.compile(
    r"^['’]?s?\s*(?:,|\()?\s*(?:or|and|/)\s*(?:nearby|near|close|thereabouts|around|the\s+surrounding"
    r"|surrounding|neighbouring|its\s+(?:neighbours|borders)|over\s+the\s+border)"
    r"|^['’]?s?\s*(?:area|borders?|surrounds)\b",
    re.IGNORECASE,
)
_IN_OR_AROUND: Final = re.compile(
    r"\bin\s+(?:or|and|/)\s+(?:around|near)\s+(?:the\s+)?$", re.IGNORECASE
)
_LEFT_OUT: Final = re.compile(
    r"\b(?:not|no(?:where)?|except(?: for| in)?|outside(?: of)?|excluding|avoid(?:ing)?"
    r"|away from|but not|anywhere but|other than|isn['’]?t|(?<!miles )(?<!just )out of)"
    r"\s+(?:in|near|around|from|within)?\s*(?:the\s+)?$"
    r"|(?<!\bno )(?<!\bnot )\b(?:at least|more than|over|beyond)\s+\d+"
    r"\s*(?:miles?|km)\s+(?:away\s+)?(?:from|of)\s+$",
    re.IGNORECASE,
)
_JUST_OUTSIDE: Final = re.compile(r"\bjust outside(?: of)?\s+$", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"\b(?:near|nr|around|close to|outside|miles of|miles from)\s+(?:the\s+)?"
    r"(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2})"
)
_ALSO: Final = re.compile(r"\s*(?:,|/|,?\s*\b(?:or|and)\b|&)\s*", re.IGNORECASE)
_DISTRICT: Final = re.compile(r"^\s*(?:district|borough)s?\b", re.IGNORECASE)
_DISTRICTS_OF: Final = re.compile(r"\b(?:district|borough)s?\s+of\s+$", re.IGNORECASE)
_REST_OF: Final = re.compile(
    r"\b(?:the\s+rest|other\s+parts|elsewhere|the\s+remainder)\s+(?:of|in)\s+$", re.I
)
"""What stands before an area of which only a part is meant."""
_OF_EITHER: Final = re.compile(
    r"\b(?:of|from|to|near|by)\s+(?:either|both)\b(?!\s+(?:\w+\s+)?(?:parent|side))",
    re.I,
)
"""Refers to all places that were told before: "within 10 miles of either"."""

_NEAR_CUE: Final = re.compile(
    r"\b(?:near(?:er|est)?(?:\s+to)?|nr|around|close\s+to|closest\s+to|next\s+to|proximal\s+to|outside"
    r"|(?:miles?|mi|km)\s+(?:of|from)|reach\s+of|between|both|either|towards?|in|by|vicinity\s+of"
    r"|within)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FIELD_BEFORE: Final = re.compile(r"(?:^|[,;/|(.–]\s*|\s-\s+)$")
_FIELD_AFTER: Final = re.compile(r"\s*(?:$|[,;/|).–!?]|-\s|\s-\s)")
_JOINS_ON: Final = re.compile(
    r"\b(?:near(?:er|est)?|nr|around|close|closest|to|of|from|by|outside|towards?|at|beyond|not|than"
    r"|and|or|with|except|but|via|on|off|is|are|was|has|have|does|do|say|says|the|our|for"
    r"|anywhere|nowhere|either|both|between)\W*$",
    re.IGNORECASE,
)
"""Ends in a word that says something of the place behind it."""
_OF_THE_PLACE: Final = re.compile(
    r"\s+(?:[MF][\s/]*\d|\d{1,2}\b|with\b|for\b|who\b|that\b|only\b|please\b|pls\b)"
)
_TERSE: Final = 12
"""Words of a note in which a council needs no preposition: "resi Hants F13"."""

_SMALL: Final = ("district", "town")


class PlacesReading(Frozen):
    """The places of a question, sorted by what the question says of them."""

    near: tuple[str, ...] = ()
    inside: str | None = None
    """An authority in whose area the setting must stand."""
    within: tuple[str, ...] = ()
    """Districts that the setting must stand in, or several authorities."""
    radius_miles: float | None = None
    mended: tuple[tuple[str, str], ...] = ()
    """Names as written and as read, where the spelling was mended."""
    left_out: tuple[str, ...] = ()
    """Places that the question wants left out."""
    unknown: tuple[str, ...] = ()
    """Names that stand where a place does, but are none that is held."""
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names that several places bear, as written, with the places they may mean."""
    spans: tuple[tuple[int, int], ...] = ()


def read_mentions(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Places that a text names; a mended name never runs over a sentence's end."""
    return [
        mention
        for mention in gazetteer.mentions(text)
        if mention.exact or not _SENTENCE_END.search(text[mention.start : mention.end])
    ]


def read_places(text: str, gazetteer: Gazetteer) -> PlacesReading:
    """Places named in the question, and the distance allowed from them."""
    mentions = read_mentions(text, gazetteer)
    radius = read_radius(text)
    near: dict[str, None] = {}
    within: dict[str, None] = {}
    left_out: dict[str, None] = {}
    background: dict[str, None] = {}
    inside: dict[str, None] = {}
    bare: dict[str, None] = {}
    last: Mention | None = None
    districts = _districts(text, mentions)
    for mention in mentions:
        name = mention.place.name
        if _REST_OF.search(text[: mention.start]):
            continue
        if is_left_out(text, mention):
            left_out[name] = None
        elif _BACKGROUND.search(text[: mention.start]):
            background[name] = None
        elif mention.start in districts:
            within[mention.place.district or name] = None
        elif radius is None and (
            _is_inside(text, mention) or (last and _goes_on(text, last, mention))
        ):
            inside[name] = None
            last = mention
        elif radius is None and _is_bare(text, mention, mentions):
            bare[name] = None
        else:
            near[name] = None
    (near if near or within or inside else inside).update(bare)
    near = _announced(text, mentions, near) or near
    if _OF_EITHER.search(text):
        near = {**background, **near}
    if not (near or within or inside):
        near = background
    # "currently in Kent, needs to be out of Kent"
    for places in (near, within, inside):
        for name in left_out.keys() & places.keys():
            del places[name]
    several = tuple(inside) if len(inside) > 1 else ()
    return PlacesReading(
        near=tuple(near),
        inside=None if several else next(iter(inside), None),
        within=(*within, *several),
        radius_miles=radius,
        mended=tuple(
            (text[mention.start : mention.end], mention.place.name)
            for mention in mentions
            if not mention.exact
        ),
        left_out=tuple(left_out),
        unknown=_unknown(text, mentions),
        ambiguous=tuple(
            (text[mention.start : mention.end], mention.choices)
            for mention in mentions
            if mention.choices
        ),
        spans=tuple((mention.start, mention.end) for mention in mentions),
    )


def _announced(
    text: str, mentions: list[Mention], near: dict[str, None]
) -> dict[str, None]:
    """Of the places near which homes are sought those that a "near" announces, itself
    or for a list; what the child supports or visits is named without one.
    """
    found: dict[str, None] = {}
    last: Mention | None = None
    for mention in mentions:
        told = _NEAR_CUE.search(text[: mention.start])
        goes_on = last and _ALSO.fullmatch(text[last.end : mention.start])
        if mention.place.name in near and (told or goes_on):
            found[mention.place.name] = None
            last = mention
    return found


def read_radius(text: str) -> float | None:
    """The farthest distance allowed, in miles; None where none is stated."""
    for match in _RADIUS.finditer(text):
        if _BEYOND.search(text[: match.start()]):
            continue
        number = match["number"] or match["short"]
        miles = float(number if number[0].isdigit() else whole_number(number))
        if (match["unit"] or "m").casefold().startswith("k"):
            miles = round(miles * MILES_IN_A_KILOMETRE, 1)
        return miles
    return None


def is_left_out(text: str, mention: Mention) -> bool:
    """Whether the text wants a place left out: "anywhere but Kent"."""
    before = text[: mention.start]
    return bool(_LEFT_OUT.search(before)) and not _JUST_OUTSIDE.search(before)


def _unknown(text: str, mentions: list[Mention]) -> tuple[str, ...]:
    """Names after "near" and its like that no mention covers."""
    known = [(mention.start, mention.end) for mention in mentions]
    return tuple(
        match["name"]
        for match in _NAMED.finditer(text)
        if not any(match.start("name") < e and match.end() > s for s, e in known)
    )


def _goes_on(text: str, last: Mention, mention: Mention) -> bool:
    """True for the second of "in Kent or Surrey"."""
    joined = _ALSO.fullmatch(text[last.end : mention.start])
    after = text[mention.end :]
    is_authority = mention.place.kind == "local_authority"
    return bool(joined) and is_authority and not _OR_NEAR.match(after)


def _districts(text: str, mentions: list[Mention]) -> set[int]:
    """Where districts are named: both of "in Mid Sussex or Horsham district"."""
    found: set[int] = set()
    later: Mention | None = None
    last: Mention | None = None
    for mention in mentions:  # "the districts of Swale and Thanet"
        follows = last and _ALSO.fullmatch(text[last.end : mention.start])
        told = _DISTRICTS_OF.search(text[: mention.start])
        if mention.place.kind in _SMALL and (
            told or (follows and last and last.start in found)
        ):
            found.add(mention.start)
        last = mention
    for mention in reversed(mentions):
        joined = later and _ALSO.fullmatch(text[mention.end : later.start])
        shares = joined and later and later.start in found
        if _is_district(text, mention) or (shares and mention.place.kind in _SMALL):
            found.add(mention.start)
        later = mention
    return found


def _is_district(text: str, mention: Mention) -> bool:
    named_so = _DISTRICT.match(text[mention.end :])
    return bool(named_so) and mention.place.kind in _SMALL


def _is_bare(text: str, mention: Mention, mentions: list[Mention]) -> bool:
    """True for a council that stands as a field of a list, or unannounced in a note,
    with the kind of home that is sought: "outstanding resi, Surrey, M13". Without one,
    it may be where the child is from, and the homes near it.
    """
    start, end = _listed(text, mention, mentions)
    before, after = text[:start], text[end:]
    if mention.place.kind != "local_authority" or _JOINS_ON.search(before):
        return False
    if not vocabulary.placement_types().find(text):
        return False
    if _FIELD_BEFORE.search(before) and _FIELD_AFTER.match(after):
        return True
    follows = _FIELD_AFTER.match(after) or _OF_THE_PLACE.match(after)
    return bool(follows) and len(text.split()) <= _TERSE


def _listed(text: str, mention: Mention, mentions: list[Mention]) -> tuple[int, int]:
    """Where the list of places begins and ends that it stands in: "Kent or Surrey"."""
    start, end = mention.start, mention.end
    for other in mentions:
        if other.start >= end and _ALSO.fullmatch(text[end : other.start]):
            end = other.end
    for other in reversed(mentions):
        if other.end <= start and _ALSO.fullmatch(text[other.end : start]):
            start = other.start
    return start, end


def _is_inside(text: str, mention: Mention) -> bool:
    """True for "in Surrey"; not for "in or around Surrey" nor "in Kent or nearby"."""
    before, after = text[: mention.start], text[mention.end :]
    return (
        mention.place.kind == "local_authority"
        and bool(_INSIDE.search(before))
        and not _IN_OR_AROUND.search(before)
        and not _OR_NEAR.match(after)
    )
