"""What a tool was asked about, in words: whose children, which, and where placed."""

from __future__ import annotations

from typing import Any, Final

from corpus import vocabulary
from corpus.codes import PlacementType

_PLACED: Final = {
    PlacementType.FOSTERING: "in foster care",
    PlacementType.RESIDENTIAL: "in children's homes",
    PlacementType.SUPPORTED_ACCOMMODATION: "in supported accommodation",
    PlacementType.SECURE: "in secure children's homes",
    PlacementType.RESIDENTIAL_SCHOOL: "in residential schools",
    PlacementType.PARENT_AND_CHILD: "in parent and child placements",
    PlacementType.KINSHIP: "in kinship care",
    PlacementType.UNREGISTERED: "in unregistered homes",
}
_CALLED: Final = {
    PlacementType.FOSTERING: "foster care",
    PlacementType.RESIDENTIAL: "children's homes",
    PlacementType.SUPPORTED_ACCOMMODATION: "supported accommodation",
    PlacementType.SECURE: "secure children's homes",
    PlacementType.RESIDENTIAL_SCHOOL: "residential schools",
    PlacementType.PARENT_AND_CHILD: "parent and child placements",
    PlacementType.KINSHIP: "kinship care",
    PlacementType.UNREGISTERED: "unregistered homes",
}
_ROUTES: Final = {
    "spot": "bought spot",
    "framework": "on a framework",
    "block": "under a block contract",
    "in_house": "in-house",
}


def kind_asked(asked: dict[str, Any]) -> str:
    """The kind of care asked about, as a noun; empty where none is."""
    kind = asked.get("placement_type")
    return _CALLED[PlacementType(kind)] if kind else ""


def place_asked(asked: dict[str, Any], everyone: str = "all authorities held") -> str:
    """The authority, or the authorities of the region, that places and pays."""
    if asked.get("local_authority"):
        return str(asked["local_authority"])
    if asked.get("region"):
        return f"the authorities of {asked['region']}"
    return everyone


def children_asked(asked: dict[str, Any], one: bool = False) -> str:
    """The children in words: "girls of 10 to 15 with autism"; or one of them."""
    nouns = {"male": ("boy", "boys"), "female": ("girl", "girls")}
    noun = nouns.get(str(asked.get("gender")), ("child", "children"))[not one]
    return f"{noun}{_ages(asked)}{_needs(asked)}"


def _ages(asked: dict[str, Any]) -> str:
    first, last = asked.get("age_from"), asked.get("age_to")
    if asked.get("age") is not None:
        return f" of {asked['age']}"
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f" of {first} and over" if last is None else f" up to {last}"
    return f" of {first}" if first == last else f" of {first} to {last}"


def _needs(asked: dict[str, Any]) -> str:
    short = vocabulary.needs().short
    needs = [short(str(need)) for need in asked.get("needs") or ()]
    return f" with {' and '.join(needs)}" if needs else ""


def placed_asked(asked: dict[str, Any]) -> str:
    """How they are placed, in words: " in foster care, over 20 miles from home"."""
    kind, route = asked.get("placement_type"), asked.get("route")
    miles = asked.get("min_distance_miles")
    words = f" {_PLACED[PlacementType(kind)]}" if kind else ""
    words += f" {_ROUTES[str(route)]}" if route else ""
    return words + (f" over {miles:g} miles from home" if miles is not None else "")


def of_place(asked: dict[str, Any]) -> str:
    """Whose they are, for a question: " in Kent"; empty for everyone."""
    place = asked.get("local_authority") or asked.get("region")
    return f" in {place}" if place else ""


def possessive(asked: dict[str, Any]) -> str:
    """Whose it is: "Kent's"; "the region's" where no authority is asked about."""
    place = asked.get("local_authority")
    return f"{place}'s" if place else "the region's"
