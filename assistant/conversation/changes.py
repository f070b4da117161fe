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
from assistant.readers.places import read_mentions, read_radius
from assistant.readers.reading import NUMBER, whole_number
from assistant.readers.shares import read_shares
from assistant.readers.spoken import in_figures
from corpus.models import Frozen
from tools.base import Knowledge
from tools.registry import TOOLS

_TOGETHER: Final = (
    ("near", "within", "local_authority", "region"),
    ("age", "ages", "age_from", "age_to"),
)
"""Arguments of which one that is stated takes the place of all."""
_BARE_NUMBER: Final = re.compile(rf"^(?:is\s+)?(?P<age>{NUMBER})\W*$", re.IGNORECASE)
_BARE_RANGE: Final = re.compile(
    rf"^(?:\w+\s+(?:that|it|this|them)\s+)?(?:to\s+)?(?P<low>{NUMBER})\s*(?:to|-|–)\s*"
    rf"(?P<high>{NUMBER})\b(?!\s*(?:miles?|%|k\b|beds?|places|months?|weeks?|years?\s+of\s+))",
    re.IGNORECASE,
)
_SAID_WRONG: Final = re.compile(
    r"^.*\bi\s+meant?\s+(?:to\s+say\s+)?(?=\S)", re.I | re.S
)
_INSTEAD: Final = re.compile(r"(?<=\binstead)\s*[,;.:]\s+", re.IGNORECASE)
_SIBLING: Final = re.compile(
    r"\b(?:brothers?|sisters?|siblings?|twin)\b", re.IGNORECASE
)
_BARE_MEASURE: Final = re.compile(
    r"^(?:(?:what['’]?s|as\s+a)\s+)?(?:the\s+)?(?P<measure>total|average|mean|count|number)"
    r"(?:\s+(?:too|please|instead|as\s+well))*\W*$",
    re.IGNORECASE,
)
_BARE_CASE: Final = re.compile(
    r"^(?:the\s+)?(?P<case>low|high|central)(?:\s+(?:one|i\s+mean\w*|instead|please|pls))*\W*$",
    re.IGNORECASE,
)
_YEAR_BEFORE: Final = re.compile(
    r"\b(?:year|one)\s+before\b|\bprevious\s+(?:\w+\s+)?year\b|\byear\s+earlier\b"
    r"|\bback\s+(?:a|one)\s+year\b|\bone\s+year\s+back\b",
    re.IGNORECASE,
)
_YEAR_AFTER: Final = re.compile(
    r"\b(?:year|one)\s+after\b|\b(?:following|next)\s+(?:\w+\s+)?year\b|\byear\s+later\b"
    r"|\b(?:on|forward)\s+(?:a|one)\s+year\b",
    re.IGNORECASE,
)
_SHARE_OF: Final = {
    "compare_contracts": ("void_share", "occupancy", "annual_uplift"),
    "estimate_delivery_cost": ("occupancy", "margin"),
    "model_invest_to_save": ("take_up",),
    "forecast_spend": ("annual_uplift",),
}
"""What a share may be of, where a follow-up does not say; the likeliest first."""
_DROPPING: Final = re.compile(
    r"^\W*(?:ok(?:ay)?\W+|and\W+|now\W+)*(?:please\s+)?(?:forget|ignore|drop|remove|scrap"
    r"|leave\s+out|take\s+(?:out|away|off)|lose|never\s*mind|disregard|without|minus)\b",
    re.IGNORECASE,
)
"""Opens a follow-up that takes away what it names."""
_TAKEN_OUT: Final = re.compile(
    r"\b(?:leave|take|strike|cross|rule)\s+(?:that|it|those|them|this)\s+(?:out|off|away)\b|\bdrop\s+(?:that|it)\b",
    re.IGNORECASE,
)
"""Takes away what it has just named."""
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
    text = _in_full(_meant(without_lead(question) or question), call)
    read = read_arguments(call.name, text, knowledge)
    stated = _stated(call, text, read)
    if call.name == "search_documents":
        stated |= _of_documents(call, text, knowledge)
    kin = "ages" in call.arguments and adds(question)
    if call.name == "find_providers" and (kin or _SIBLING.search(question)):
        _join_siblings(call.arguments, stated)
    left_out = drops(question)
    for name in {"placement_type", "needs"} & set(left_out):
        stated.pop(name, None)
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


def _meant(text: str) -> str:
    """What a follow-up means in the end: "did I say 13, I meant 15", "try Medway
    instead, for Kent has nothing".
    """
    return _INSTEAD.split(_SAID_WRONG.sub("", text), maxsplit=1)[0]


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
    distance is widened to is miles; a bare "low" after a forecast is its case.
    """
    if whole := _bare_word(text, call):
        return whole
    number = _BARE_NUMBER.match(text)
    about_age = {"age", "ages", "age_from", "age_to"} & call.arguments.keys()
    ages = _BARE_RANGE.match(text)
    if ages and about_age:
        low, high = whole_number(ages["low"]), whole_number(ages["high"])
        if low < high <= 25:
            return f"aged {low} to {high}"
    if (year := call.arguments.get("year")) and (other := _other_year(text, year)):
        return f"{other} {text}"
    if number and about_age and whole_number(number["age"]) <= 25:
        return f"aged {whole_number(number['age'])}"
    widened = _WIDENED.match(text)
    if widened and {"radius_miles", "near"} & call.arguments.keys():
        return f"within {whole_number(widened['miles'])} miles"
    return text


def _bare_word(text: str, call: ToolCall) -> str | None:
    """What a bare "low" or "total" asks of a call; None for any other text."""
    if call.name == "forecast_spend" and (case := _BARE_CASE.match(text)):
        return f"{case['case']} case"
    if call.name == "summarise_placements" and (asked := _BARE_MEASURE.match(text)):
        measure = asked["measure"].casefold()
        return "number of" if measure in ("count", "number") else f"{measure} cost"
    return None


def _other_year(text: str, year: str) -> str | None:
    """The financial year before or after one, where the text asks for that."""
    step = -1 if _YEAR_BEFORE.search(text) else 1 if _YEAR_AFTER.search(text) else 0
    first = int(year[:4]) + step
    return f"{first}/{(first + 1) % 100:02d}" if step else None


def _bare_share(call: ToolCall, text: str) -> dict[str, float]:
    """A share of which a follow-up does not say what it is of."""
    shares = read_shares(in_figures(text))
    names = _SHARE_OF.get(call.name, ())
    if len(shares) != 1 or not names:
        return {}
    name = next((each for each in names if each in call.arguments), None)
    fallback = "occupancy" if "occupancy" in names else names[0]
    return {name or fallback: shares[0].value}


def _of_documents(call: ToolCall, text: str, knowledge: Knowledge) -> dict[str, Any]:
    """Another authority's documents: whose name stands where the first one's did."""
    before = call.arguments.get("local_authority")
    named = dict.fromkeys(
        mention.place.local_authority
        for mention in read_mentions(text, knowledge.gazetteer)
    )
    if not before or len(named) != 1:
        return {}
    (other,) = named
    query = str(call.arguments.get("query", ""))
    return {"local_authority": other, "query": query.replace(before, other)}


def _stated(call: ToolCall, text: str, read: ReadArguments) -> dict[str, Any]:
    """What the follow-up states of the call, and no default or query of its own."""
    stated = dict(read.arguments)
    stated.pop("query", None)
    if not stated:
        stated = _bare_share(call, text)
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
    if _WHERE.search(text):
        return stated
    named = stated.get("near", stated.get("local_authority"))
    if isinstance(named, str) and {"near", "local_authority"} & before.keys():
        slot = "near" if "near" in before else "local_authority"
        stated = {
            n: v for n, v in stated.items() if n not in ("near", "local_authority")
        }
        stated[slot] = named
    return stated


def _join_siblings(before: dict[str, Any], stated: dict[str, Any]) -> None:
    """A further child of a sibling group: the ages together, and no one gender where
    the children's differ.
    """
    told = stated.get("ages", [stated["age"]] if "age" in stated else [])
    known = before.get("ages", [before["age"]] if "age" in before else [])
    if not known or not told:
        return
    stated.pop("age", None)
    stated["ages"] = sorted([*known, *told])
    stated["siblings"] = max(len(stated["ages"]), stated.get("siblings", 0))
    if stated.get("gender") != before.get("gender"):
        stated["gender"] = None


def _with_needs(
    before: dict[str, Any], stated: dict[str, Any], question: str
) -> dict[str, Any]:
    kept = list(before.get("needs", []))
    drops_them = _DROPPING.match(question) or _TAKEN_OUT.search(question)
    if drops_them:
        stated.pop("needs", None)
    if "needs" in stated and adds(question):
        stated["needs"] = kept + [n for n in stated["needs"] if n not in kept]
    merged = {**before, **stated}
    told = read_needs(question)
    denied = set(map(str, told.denied))
    if drops_them:
        denied |= set(map(str, told.needs))
    if denied and "needs" in merged:
        merged["needs"] = [need for need in merged["needs"] if need not in denied]
    return {name: value for name, value in merged.items() if value not in ([], None)}


__all__ = [
    "PLACE_SLOTS", "Change", "carried", "changed", "merged_with", "with_more_rows",
]  # fmt: skip
