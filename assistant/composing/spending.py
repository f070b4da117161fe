"""The answer of provider_spend: who got the most, how concentrated, and the total."""

from __future__ import annotations

from typing import Any

from assistant.composing.asked import of_place, place_asked, placed_asked
from assistant.composing.part import Part, in_order
from assistant.composing.wording import (
    NOT_TOLD,
    asks,
    listed,
    marks,
    number_of,
    percent,
    plain,
    pounds,
    sentence,
    told,
)
from assistant.ledger import Entry, Ledger
from tools.found_spend import GroupSpend, ProviderSpend

_NAMED = 4
"""Groups named after the first; the table holds the rest."""


def compose_provider_spend(question: str, entry: Entry, ledger: Ledger) -> Part:
    """The largest group; or concentration, sharing or the total, where asked."""
    found: ProviderSpend = entry.result.data
    asked, mark = entry.call.arguments, marks(entry, "placements")
    owned = marks(entry, "providers")
    if found.total.value is None and not found.groups:
        return _nothing(found, asked, mark)
    statements = {
        "largest": _largest(found, asked, mark),
        "concentration": _concentration(found, mark),
        "total": _total(found, asked, mark),
        "shared": _shared(found, mark + owned),
    }
    said = in_order(_asked_first(question), statements)
    return Part(
        status="answered",
        lead=said[0],
        rests_on=(*said[1:], *_others(found, mark)),
        assumed=_assumed(found, asked, mark),
        not_known=_not_known(found, mark),
        suggestions=_suggestions(found, asked),
    )


def _asked_first(question: str) -> str:
    if asks(
        question, "concentrat", "hhi", "herfindahl", r"(?:top|largest) \w+ (?!pro)"
    ):
        return "concentration"
    if asks(question, "shared?\\b", "how many authorities", "in common", "also use"):
        return "shared"
    much = r"(?:how much|what) (?:did|do|does|was|is|have|has)"
    if asks(question, much, "total"):
        return "total"
    return "largest"


def _nothing(found: ProviderSpend, asked: dict[str, Any], mark: str) -> Part:
    if found.total.withheld:
        lead = f"**Spend in {found.year} is {NOT_TOLD}** ({_of(asked)}) {mark}."
        return Part(status="answered", lead=lead, suggestions=_suggestions(found, {}))
    return Part(
        status="not_in_evidence",
        lead=f"**Nothing is held of spend in {found.year}** ({_of(asked)}) {mark}.",
    )


def _of(asked: dict[str, Any]) -> str:
    """Whose spend on what, in words: "Kent, children in foster care"."""
    placed = placed_asked(asked)
    return f"{place_asked(asked)}{f', children{placed}' if placed else ''}"


def _largest(found: ProviderSpend, asked: dict[str, Any], mark: str) -> str:
    if not found.groups:
        return (
            f"**What each provider group got is {NOT_TOLD}**, or none got any"
            f" in {found.year} ({_of(asked)}) {mark}."
        )
    first = found.groups[0]
    return (
        f"**{first.group} got the most, {told(first.spend, pounds)} in {found.year}**,"
        f" {told(first.share, percent)} of what went to provider groups"
        f" ({_of(asked)}) {mark}."
    )


def _concentration(found: ProviderSpend, mark: str) -> str:
    level = found.concentration
    if level.hhi is None:
        return ""
    return (
        f"**The largest group got {told(level.top_1, percent)}, the largest 5"
        f" {told(level.top_5, percent)} and the largest 10"
        f" {told(level.top_10, percent)}** of what went to provider groups in"
        f" {found.year}; the Herfindahl-Hirschman index is {plain(level.hhi)} of 10,000"
        f" {mark}."
    )


def _total(found: ProviderSpend, asked: dict[str, Any], mark: str) -> str:
    parts = [
        f"{told(figure, pounds)} {whither}"
        for figure, whither in (
            (found.to_groups, "to provider groups"),
            (found.to_council_run, "to homes that councils run"),
            (found.without_provider, "on placements that name no provider"),
        )
        if figure.value is not None
    ]
    if found.total.value is None:
        return f"**The total spent in {found.year} is {told(found.total)}** {mark}."
    return (
        f"**{sentence(told(found.total, pounds))} was spent in {found.year}**"
        f" ({_of(asked)}){': ' if parts else ''}{listed(parts)} {mark}."
    )


def _shared(found: ProviderSpend, mark: str) -> str:
    if not found.groups:
        return ""
    widest = max(found.groups, key=lambda group: group.authorities)
    least = "at least " if found.groups_withheld else ""
    number = number_of(widest.authorities, "authority", "authorities")
    verb = "spends" if widest.authorities == 1 else "spend"
    return f"{sentence(least + number)} {verb} with {widest.group} {mark}."


def _others(found: ProviderSpend, mark: str) -> tuple[str, ...]:
    after = found.groups[1 : _NAMED + 1]
    if not after:
        return ()
    return (f"After it come {listed([*map(_in_words, after)])} {mark}.",)


def _in_words(group: GroupSpend) -> str:
    return f"{group.group} ({told(group.spend, pounds)})"


def _assumed(found: ProviderSpend, asked: dict[str, Any], mark: str) -> tuple[str, ...]:
    if asked.get("year"):
        return ()
    return (f"no year was named, so {found.year}, the last full one {mark}.",)


def _not_known(found: ProviderSpend, mark: str) -> tuple[str, ...]:
    lines = []
    if found.to_council_run.withheld or found.without_provider.withheld:
        lines.append(f"parts of the total marked c are {NOT_TOLD} {mark}.")
    if found.groups_withheld:
        number = number_of(found.groups_withheld, "owner", "owners")
        lines.append(f"the spend with {number} is {NOT_TOLD} {mark}.")
    if found.unpriced.value or found.unpriced.withheld:
        lines.append(
            f"placements of {told(found.unpriced)} children have no recorded cost, and"
            f" count for nothing {mark}."
            if not found.unpriced.withheld
            else f"how many placements have no recorded cost is {NOT_TOLD} {mark}."
        )
    return tuple(lines)


def _suggestions(found: ProviderSpend, asked: dict[str, Any]) -> tuple[str, ...]:
    place = of_place(asked)
    offers = [
        f"How concentrated was spend on residential care{place} in {found.year}?",
        f"What is the average weekly cost of placements{place} by placement type?",
    ]
    if found.groups:
        offers.insert(0, f"Tell me about {found.groups[0].group}.")
    return tuple(offers)
