"""The answer of trace_journeys: the commonest way there, and what it costs."""

from __future__ import annotations

from typing import Any

from assistant.composing.asked import of_place, place_asked
from assistant.composing.part import Part, in_order
from assistant.composing.wording import (
    NOT_TOLD,
    asks,
    counted,
    listed,
    marks,
    plain,
    pounds,
    sentence,
    told,
)
from assistant.ledger import Entry, Ledger
from tools.found_journeys import TracedJourney, TracedJourneys

_NAMED = 4
"""Journeys named after the first; the table holds the rest."""


def compose_trace_journeys(question: str, entry: Entry, ledger: Ledger) -> Part:
    """The commonest journey; or how many children or moves there were, where asked."""
    found: TracedJourneys = entry.result.data
    asked, mark = entry.call.arguments, marks(entry)
    if not found.authorities or not found.by_moves:
        return _nothing(found, asked, mark)
    statements = {
        "journey": _commonest(found, asked, mark),
        "children": _children(found, asked, mark),
        "cost": _cost(found, mark),
        "moves": _moves(found, mark),
    }
    said = in_order(_asked_first(question), statements)
    return Part(
        status="answered",
        lead=said[0],
        rests_on=(*said[1:], *_others(found, mark)),
        assumed=_assumed(found, mark),
        not_known=_not_known(found, mark),
        suggestions=_suggestions(asked),
    )


def _asked_first(question: str) -> str:
    if asks(question, "how many (?:children|young|boys|girls|of)"):
        return "children"
    if asks(
        question, "how many moves", "how (?:long|many days|often)", "average moves"
    ):
        return "moves"
    return "cost" if asks(question, "how much", "cost step", "cost more") else "journey"


def _nothing(found: TracedJourneys, asked: dict[str, Any], mark: str) -> Part:
    place = place_asked(asked, "any authority")
    if not found.authorities:
        lead = f"**No placements of {place} are held**, so nothing is known {mark}."
    else:
        lead = (
            f"**Nothing is known of journeys into {found.destination}**: no costs are"
            f" recorded {mark}."
        )
    return Part(status="not_in_evidence", lead=lead)


def _into(found: TracedJourneys, asked: dict[str, Any]) -> str:
    least = ""
    if found.min_moves:
        moves = "move" if found.min_moves == 1 else "moves"
        least = f" after {plain(found.min_moves)} {moves} or more"
    return f"into {found.destination}{least} ({place_asked(asked)})"


def _children(found: TracedJourneys, asked: dict[str, Any], mark: str) -> str:
    number = sentence(counted(found.children, "child", "children"))
    return f"**{number} made the journey** {_into(found, asked)} {mark}."


def _commonest(found: TracedJourneys, asked: dict[str, Any], mark: str) -> str:
    if not found.journeys:
        if found.children.value == 0:
            return f"**No child made the journey** {_into(found, asked)} {mark}."
        return (
            f"**Every sequence of placements is {NOT_TOLD}**, {_into(found, asked)}"
            f" {mark}."
        )
    first = found.journeys[0]
    return (
        f"**The commonest journey is {_way(first)}**:"
        f" {counted(first.children, 'child', 'children')} of {told(found.children)}"
        f" {_into(found, asked)} {mark}."
    )


def _way(journey: TracedJourney) -> str:
    if len(journey.types) == 1:
        return f"straight into {journey.told}"
    return journey.told.replace(" → ", ", then ")


def _cost(found: TracedJourneys, mark: str) -> str:
    if found.cost_at.value is None:
        return ""
    before = (
        f", against {told(found.cost_before, pounds)} at the step before"
        if found.cost_before.value is not None
        else ""
    )
    return (
        f"**There the mean cost is {told(found.cost_at, pounds)} a week**{before}"
        f" {mark}."
    )


def _moves(found: TracedJourneys, mark: str) -> str:
    if found.moves.value is None:
        return ""
    days = f" over {told(found.days)} days" if found.days.value is not None else ""
    return (
        f"**On the way into {found.destination} there were {told(found.moves)} moves on"
        f" average**{days} in care {mark}."
    )


def _others(found: TracedJourneys, mark: str) -> tuple[str, ...]:
    after = found.journeys[1 : _NAMED + 1]
    if not after:
        return ()
    said = [f"{_way(each)} ({told(each.children)})" for each in after]
    return (f"Next come {listed(said).replace(', then', ' then')} {mark}.",)


def _not_known(found: TracedJourneys, mark: str) -> tuple[str, ...]:
    lines = []
    if found.journeys_withheld:
        lines.append(
            f"{plain(found.journeys_withheld)} sequences are {NOT_TOLD}, and not listed"
            f" {mark}."
        )
    return tuple(lines)


def _assumed(found: TracedJourneys, mark: str) -> tuple[str, ...]:
    if not found.cost_assumed or found.min_weekly_cost is None:
        return ()
    cost = pounds(found.min_weekly_cost)
    return (f"high-cost, since no cost was named, is {cost} a week or more {mark}.",)


def _suggestions(asked: dict[str, Any]) -> tuple[str, ...]:
    place = of_place(asked)
    return (
        f"What journeys lead into children's homes{place}?",
        f"What is sought against secured for foster care{place}?",
        f"What is the average weekly cost of placements{place} by placement type?",
    )
