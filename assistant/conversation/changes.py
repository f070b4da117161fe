"""An earlier call with what a follow-up states put in its place."""

from __future__ import annotations

import re
from typing import Any, Final

from assistant.answer import ToolCall
from assistant.arguments import ReadArguments, read_arguments
from assistant.conversation.follow_up import (
    PLACE_SLOTS,
    adds,
    drops,
    without_lead,
)
from assistant.readers.grouping import read_measure
from assistant.readers.needs import read_needs
from assistant.readers.places import read_radius
from assistant.readers.reading import NUMBER, whole_number
from corpus.models import Frozen
from tools.base import Knowledge
from tools.registry import TOOLS

_TOGETHER: Final = (
    ("near", "within", "local_authority", "region"),
    ("age", "ages", "age_from", "age_to"),
)
"""Arguments of which one that is stated takes the place of all."""
_BARE_NUMBER: Final = re.compile(rf"^(?:is\s+)?(?P<age>{NUMBER})\W*$", re.IGNORECASE)
_WIDENED: Final = re.compile(
    r"^\W*(?:widen|extend|stretch|increase|expand|push|open|narrow|tighten|reduce|shrink|cut)"
    rf"\b[^.?!£]{{0,30}}?\bto\s+(?P<miles>{NUMBER})\b(?!\s*[%k\d])",
    re.IGNORECASE,
)
_WHERE: Final = re.compile(
    r"\b(?:near|nr|around|close|outside|miles?|in|inside)\b", re.I
)
_PLACING: Final = frozenset({
    "provider_spend", "benchmark_price", "forecast_spend", "forecast_demand",
    "analyse_sufficiency", "summarise_placements", "trace_journeys",
})  # fmt: skip
"""Tools whose authority is the one that places and pays."""
_STANDING: Final = frozenset({"find_providers", "provider_outcomes"})
"""Tools whose authority is where the settings are."""
_CARRIED: Final = (
    "placement_type", "needs", "gender", "age", "age_from", "age_to", "provider",
    "route", "region",
)  # fmt: skip
DEFAULT_ROWS: Final = 10


class Change(Frozen):
    """An earlier call as changed, and what is to be said of the reading."""

    call: ToolCall
    read: ReadArguments


def changed(call: ToolCall, question: str, knowledge: Knowledge) -> Change | None:
    """The call with what the question states in its place; None where that is nothing
    that the call can take.
    """
    text = _in_full(without_lead(question) or question, call)
    read = read_arguments(call.name, text, knowledge)
    stated = _stated(call, text, read)
    if call.name == "find_providers" and adds(question):
        _join_siblings(call.arguments, stated)
    left_out = drops(question)
    before = {k: v for k, v in call.arguments.items() if k not in left_out}
    for group in _TOGETHER:
        if stated.keys() & set(group):
            before = {k: v for k, v in before.items() if k not in group}
    merged = _with_needs(before, stated, question)
    if "near" not in merged:
        merged.pop("radius_miles", None)
    says = stated or left_out or read.several or read.problems
    if not says and merged == call.arguments:
        return None
    return Change(call=ToolCall(name=call.name, arguments=merged), read=read)


def with_more_rows(call: ToolCall, everything: bool) -> ToolCall:
    """The call with more rows of its list; as many as may be for everything."""
    limit = call.arguments.get("limit") or DEFAULT_ROWS
    more = 100 if everything else min(limit + DEFAULT_ROWS, 100)
    return ToolCall(name=call.name, arguments={**call.arguments, "limit": more})


def carried(call: ToolCall, tool: str) -> dict[str, Any]:
    """What another tool takes over from an earlier call, in its own arguments."""
    given = call.arguments
    kept: dict[str, Any] = {n: given[n] for n in _CARRIED if n in given}
    if tool == "search_documents" and call.name in _PLACING | {"search_documents"}:
        kept |= {n: given[n] for n in ("local_authority",) if n in given}
    same_side = any({call.name, tool} <= side for side in (_PLACING, _STANDING))
    if same_side and "local_authority" in given:
        kept["local_authority"] = given["local_authority"]
    if "age" in kept and "age" not in TOOLS[tool].arguments.model_fields:
        kept["age_from"] = kept["age_to"] = kept["age"]
    if kept.get("age_from") is not None and kept["age_from"] == kept.get("age_to"):
        kept.setdefault("age", kept["age_from"])
    fields = TOOLS[tool].arguments.model_fields
    return {name: value for name, value in kept.items() if name in fields}


def merged_with(kept: dict[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
    """What is stated now, over what is kept from before."""
    for group in _TOGETHER:
        if stated.keys() & set(group):
            kept = {name: value for name, value in kept.items() if name not in group}
    return {**kept, **stated}


def _in_full(text: str, call: ToolCall) -> str:
    """A bare number after a question about a child of some age is an age; one that a
    distance is widened to is miles.
    """
    number = _BARE_NUMBER.match(text)
    about_age = {"age", "ages", "age_from", "age_to"} & call.arguments.keys()
    if number and about_age and whole_number(number["age"]) <= 25:
        return f"aged {whole_number(number['age'])}"
    widened = _WIDENED.match(text)
    if widened and "radius_miles" in call.arguments:
        return f"within {whole_number(widened['miles'])} miles"
    return text


def _stated(call: ToolCall, text: str, read: ReadArguments) -> dict[str, Any]:
    """What the follow-up states of the call, and no default or query of its own."""
    stated = dict(read.arguments)
    stated.pop("query", None)
    if call.name == "summarise_placements" and read_measure(text) is None:
        stated.pop("measure", None)
    if call.name == "find_providers":
        stated = _search_places(call.arguments, text, stated)
    return stated


def _search_places(
    before: dict[str, Any], text: str, stated: dict[str, Any]
) -> dict[str, Any]:
    """A distance alone is from the place before; a bare name stands where the place
    before stood: "in Kent", then "what about Surrey?".
    """
    radius = read_radius(text)
    if radius is not None and "near" not in stated:
        if "local_authority" in before and "near" not in before:
            stated["near"] = before["local_authority"]
        stated["radius_miles"] = radius
        if "near" not in stated and "near" in before:
            stated["near"] = before["near"]
    bare = isinstance(stated.get("near"), str) and not _WHERE.search(text)
    if bare and "local_authority" in before and "near" not in before:
        stated["local_authority"] = stated.pop("near")
    return stated


def _join_siblings(before: dict[str, Any], stated: dict[str, Any]) -> None:
    """A further child of a sibling group: the ages together, and no one gender where
    the children's differ.
    """
    told = stated.get("ages", [stated["age"]] if "age" in stated else [])
    if "ages" not in before or not told:
        return
    stated.pop("age", None)
    stated["ages"] = sorted([*before["ages"], *told])
    stated["siblings"] = max(len(stated["ages"]), stated.get("siblings", 0))
    if stated.get("gender") != before.get("gender"):
        stated["gender"] = None


def _with_needs(
    before: dict[str, Any], stated: dict[str, Any], question: str
) -> dict[str, Any]:
    kept = list(before.get("needs", []))
    if "needs" in stated and adds(question):
        stated["needs"] = kept + [n for n in stated["needs"] if n not in kept]
    merged = {**before, **stated}
    denied = set(map(str, read_needs(question).denied))
    if denied and "needs" in merged:
        merged["needs"] = [need for need in merged["needs"] if need not in denied]
    return {name: value for name, value in merged.items() if value not in ([], None)}


__all__ = [
    "PLACE_SLOTS", "Change", "carried", "changed", "merged_with", "with_more_rows",
]  # fmt: skip
