"""The field's words in a cell: placement type, needs, gender, grade, route, place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, TypeVar

from corpus import vocabulary
from corpus.codes import Gender, Need, OfstedRating, PlacementType, Route
from corpus.errors import UnknownPlace
from corpus.geography import Gazetteer
from corpus.importing.cells import Reading, Unreadable, is_blank
from corpus.text import comparable_name

E = TypeVar("E", bound=StrEnum)

_SHORT_TYPES: Final = {
    "res": PlacementType.RESIDENTIAL,
    "ch": PlacementType.RESIDENTIAL,
    "resi school": PlacementType.RESIDENTIAL_SCHOOL,
    "res school": PlacementType.RESIDENTIAL_SCHOOL,
    "semi": PlacementType.SUPPORTED_ACCOMMODATION,
    "semi indep": PlacementType.SUPPORTED_ACCOMMODATION,
    "sup acc": PlacementType.SUPPORTED_ACCOMMODATION,
    "supp acc": PlacementType.SUPPORTED_ACCOMMODATION,
    "supported accom": PlacementType.SUPPORTED_ACCOMMODATION,
    "supported": PlacementType.SUPPORTED_ACCOMMODATION,
    "sa": PlacementType.SUPPORTED_ACCOMMODATION,
    "in house": PlacementType.FOSTERING,
    "p c": PlacementType.PARENT_AND_CHILD,
}
"""Abbreviations too short to be looked for inside a longer text."""
_NARROWER: Final = {
    PlacementType.UNREGISTERED: frozenset(PlacementType),
    PlacementType.PARENT_AND_CHILD: frozenset(
        [PlacementType.RESIDENTIAL, PlacementType.FOSTERING]
    ),
    PlacementType.KINSHIP: frozenset([PlacementType.FOSTERING]),
    PlacementType.SECURE: frozenset([PlacementType.RESIDENTIAL]),
    PlacementType.RESIDENTIAL_SCHOOL: frozenset([PlacementType.RESIDENTIAL]),
}
"""Types that decide where another is named beside them: "kinship foster care"."""
_ROUTES: Final[dict[str, Route]] = {
    "spot": Route.SPOT,
    "spot purchase": Route.SPOT,
    "direct award": Route.SPOT,
    "off framework": Route.SPOT,
    "direct award off framework": Route.SPOT,
    "individual": Route.SPOT,
    "framework": Route.FRAMEWORK,
    "dps": Route.FRAMEWORK,
    "dynamic purchasing system": Route.FRAMEWORK,
    "fps": Route.FRAMEWORK,
    "flexible purchasing system": Route.FRAMEWORK,
    "block": Route.BLOCK,
    "block contract": Route.BLOCK,
    "soft block": Route.BLOCK,
    "hard block": Route.BLOCK,
    "in house": Route.IN_HOUSE,
    "inhouse": Route.IN_HOUSE,
    "internal": Route.IN_HOUSE,
    "own provision": Route.IN_HOUSE,
    "local authority provision": Route.IN_HOUSE,
}
_DENIAL: Final = re.compile(
    r"\b(?:no(?! pets)|not|nil|never|denie[sd]|without)\b", re.I
)
_NOTHING: Final = frozenset(
    ["no", "n", "none", "nil", "no known needs", "0", "no needs"]
)


def read_placement_type(text: str) -> Reading[PlacementType]:
    """A placement type by the words of the vocabulary: "Resi", "IFA", "M&B".

    Raises:
        Unreadable: for words that name none, or several that are not one.
    """
    exact = _identified(PlacementType, text)
    if exact or is_blank(text):
        return Reading(exact)
    short = _SHORT_TYPES.get(comparable_name(text))
    matches = vocabulary.placement_types().find(text)
    found = [short] if short else [PlacementType(m.identifier) for m in matches]
    kinds = _narrowest(found)
    if len(kinds) != 1:
        why = "it names no placement type" if not kinds else "it names several types"
        raise Unreadable(why, f"write one of: {', '.join(PlacementType)}")
    return Reading(kinds[0], f"read as {_label(kinds[0])!r}")


def _narrowest(kinds: Iterable[PlacementType]) -> list[PlacementType]:
    """Distinct kinds, without those that another of them makes more exact."""
    distinct = list(dict.fromkeys(kinds))
    return [
        kind
        for kind in distinct
        if not any(
            other != kind and kind in _NARROWER.get(other, ()) for other in distinct
        )
    ]


def _label(kind: PlacementType) -> str:
    return vocabulary.placement_types().label(kind)


def read_needs(text: str) -> Reading[tuple[Need, ...]]:
    """Needs in a free list, in the order of `Need`: "CSE; missing, ADHD".

    Words that name no need are passed over and the note says so. "None" is no needs.

    Raises:
        Unreadable: where part of the list is negated, or no part of it names a need.
    """
    if is_blank(text) or comparable_name(text) in _NOTHING:
        return Reading(())
    parts = [part.strip() for part in re.split(r"[;,|\n/]+", text) if part.strip()]
    if _DENIAL.search(text):
        raise Unreadable("a part of it is a denial", "list only the needs there are")
    named = {part: _needs_in(part) for part in parts}
    needs = {need for found in named.values() for need in found} | set(_needs_in(text))
    if not needs:
        raise Unreadable("it names no need that is known", "name needs, such as CSE")
    unknown = [part for part, found in named.items() if not found]
    note = f"not known as needs: {', '.join(unknown)}" if unknown else ""
    return Reading(tuple(need for need in Need if need in needs), note)


def _needs_in(text: str) -> list[Need]:
    exact = _identified(Need, text)
    if exact:
        return [exact]
    return [Need(match.identifier) for match in vocabulary.needs().find(text)]


def need_named(header: str) -> Need | None:
    """The one need that a column's header names; None for none or several."""
    found = set(_needs_in(header))
    return found.pop() if len(found) == 1 else None


def read_gender(text: str) -> Reading[Gender]:
    """Gender in words or letters: "M", "girl", "Male (including trans male)".

    Raises:
        Unreadable: for words that name none, or several.
    """
    exact = _identified(Gender, text)
    letter = {"m": Gender.MALE, "f": Gender.FEMALE, "nb": Gender.OTHER}
    word = comparable_name(text)
    if exact or word in ("u", "") or is_blank(text):
        return Reading(exact)
    if word in letter:
        return Reading(letter[word])
    found = {Gender(m.identifier) for m in vocabulary.genders().find(text)}
    if re.fullmatch(r"other\b.*", word):
        found = {Gender.OTHER}
    if len(found) != 1:
        raise Unreadable("it names no gender", "write male, female or other")
    gender = found.pop()
    return Reading(gender, f"read as {gender.value!r}")


def read_genders(text: str) -> Reading[tuple[Gender, ...]]:
    """Genders that a setting admits: "Both", "Mixed", "M/F", "Boys only".

    Raises:
        Unreadable: for words that name none.
    """
    word = comparable_name(text)
    if is_blank(text):
        return Reading(())
    if re.fullmatch(r"both|mixed|any|all|either|m f|f m|mf|co ?ed", word):
        return Reading((Gender.MALE, Gender.FEMALE), "read as male and female")
    found = {Gender(m.identifier) for m in vocabulary.genders().find(text)}
    if len(found) > 1:
        return Reading(tuple(g for g in Gender if g in found))
    gender = read_gender(text)
    return Reading((gender.value,) if gender.value else (), gender.note)


def read_rating(text: str) -> Reading[OfstedRating]:
    """One of Ofsted's four grades; "not yet inspected" is none.

    Raises:
        Unreadable: for another word, such as a grade no longer given.
    """
    exact = _identified(OfstedRating, text)
    word = comparable_name(text)
    if exact or is_blank(text) or re.match(r"(not yet|awaiting|uninspected|no )", word):
        return Reading(exact)
    found = {OfstedRating(m.identifier) for m in vocabulary.ratings().find(text)}
    if word == "ri":
        found = {OfstedRating.REQUIRES_IMPROVEMENT}
    if len(found) != 1:
        raise Unreadable(
            "it is not one of the four grades", f"write {', '.join(OfstedRating)}"
        )
    rating = found.pop()
    label = vocabulary.ratings().label(rating)
    return Reading(rating, "" if label == text.strip() else f"read as {label!r}")


def read_route(text: str) -> Reading[Route]:
    """How a placement was bought: "Spot", "DPS", "Block contract", "In-house".

    Raises:
        Unreadable: for other words, or for several that differ.
    """
    exact = _identified(Route, text)
    word = comparable_name(text)
    if exact or is_blank(text):
        return Reading(exact)
    if word in _ROUTES:
        return Reading(_ROUTES[word])
    phrases = {
        route for phrase, route in _ROUTES.items() if f" {phrase} " in f" {word} "
    }
    if "off framework" in word:
        phrases = {Route.SPOT}
    if len(phrases) != 1:
        raise Unreadable(
            "it names no one way of buying", f"write one of: {', '.join(Route)}"
        )
    route = phrases.pop()
    return Reading(route, f"read as {route.value!r}")


def read_authority(text: str, gazetteer: Gazetteer) -> Reading[str]:
    """The usual name of a local authority, by name, alias, code or a near spelling.

    Raises:
        Unreadable: for no authority, with the names most like it.
    """
    if is_blank(text):
        return Reading(None)
    try:
        name = gazetteer.authority(text).name
    except UnknownPlace as error:
        remedy = error.remedy or "write the authority's usual name"
        raise Unreadable(error.message.removesuffix("."), remedy) from error
    return Reading(name, "" if name == text.strip() else f"read as {name!r}")


def _identified(kinds: type[E], text: str) -> E | None:
    """The member of a closed set whose own identifier the text is; None for none."""
    word = re.sub(r"[^a-z0-9]+", "_", text.strip().casefold()).strip("_")
    return next((kind for kind in kinds if kind.value == word), None)
