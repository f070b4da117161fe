"""The answer of model_invest_to_save: the saving, its payback, what decides it."""

from __future__ import annotations

from typing import Final

from assistant.composing.part import Part, in_order
from assistant.composing.wording import (
    asks,
    marks,
    number_of,
    percent,
    plain,
    pounds,
    sentence,
    taken,
)
from assistant.ledger import Entry, Ledger
from tools.model_invest_to_save import MODEL_INVEST_TO_SAVE
from tools.scheme_case import SchemeCase

_SCHEMES: Final = {
    "fostering_fee": "the fostering fee rise",
    "step_down": "stepping children down",
    "in_house_beds": "running beds in-house",
}


def compose_model_invest_to_save(question: str, entry: Entry, ledger: Ledger) -> Part:
    """The saving a year; payback, break-even or the term's net first, where asked."""
    found: SchemeCase = entry.result.data
    mark = marks(entry, MODEL_INVEST_TO_SAVE.name)
    statements = {
        "saving": _saving(found, mark),
        "payback": _payback(found, mark),
        "net": _net(found, mark),
        "break_even": _break_even(found, mark),
    }
    said = in_order(_asked_first(question), statements)
    return Part(
        status="answered",
        lead=said[0],
        rests_on=(*said[1:], *_paths(found, mark), _decides(found, mark)),
        assumed=taken(entry, mark),
        not_known=(
            f"whether a move is right for a child, which no model tells {mark}.",
        ),
        suggestions=_suggestions(found),
    )


def _asked_first(question: str) -> str:
    if asks(question, "pays? ?back", "payback", "how long", "when (?:does|will|would)"):
        return "payback"
    if asks(question, "break.?even", "need to (?:move|fill)", "least take"):
        return "break_even"
    return "net" if asks(question, r"over \w+ years?", "net\\b") else "saving"


def _saving(found: SchemeCase, mark: str) -> str:
    scheme = sentence(_SCHEMES[found.scheme])
    amount = pounds(abs(found.saving_a_year))
    verb = "saves" if found.saving_a_year >= 0 else "costs more than now by"
    return f"**{scheme} {verb} {amount} a year**: {_sums(found)} {mark}."


def _sums(found: SchemeCase) -> str:
    who = (
        f"{plain(found.children_moved)} of"
        f" {number_of(found.children, 'child', 'children')}"
    )
    if found.scheme == "in_house_beds":
        beds = number_of(found.children, "bed", "beds")
        who = f"{plain(found.children_moved)} of {beds} filled"
    return (
        f"{who}, at {pounds(found.weekly_cost_now)} a week now and"
        f" {pounds(found.weekly_cost_after)} after"
    )


def _payback(found: SchemeCase, mark: str) -> str:
    setup = pounds(found.set_up_cost)
    if found.payback_years is None:
        return f"**It never pays back** its set-up cost of {setup} {mark}."
    if not found.set_up_cost:
        return f"There is no set-up cost to pay back {mark}."
    within = "within" if found.pays_back_within_term else "after"
    years = number_of(found.payback_years, "year", "years")
    term = number_of(found.years, "year", "years")
    return (
        f"**It pays back its set-up cost of {setup} in {years}**, {within} the term of"
        f" {term} {mark}."
    )


def _net(found: SchemeCase, mark: str) -> str:
    verb = "saves" if found.net_over_term >= 0 else "loses"
    return (
        f"**Over {number_of(found.years, 'year', 'years')} it {verb}"
        f" {pounds(abs(found.net_over_term))} net** of the set-up cost, or"
        f" {pounds(found.present_value)} at today's value (discounted at 3.5%) {mark}."
    )


def _break_even(found: SchemeCase, mark: str) -> str:
    at = found.break_even
    said = []
    if at.take_up:  # of none who move, neither world differs
        said.append(f"a take-up of {percent(at.take_up)}")
    if at.weekly_cost_after is not None:
        said.append(f"{pounds(at.weekly_cost_after)} a week after")
    if at.weekly_cost_now is not None:
        said.append(f"{pounds(at.weekly_cost_now)} a week now")
    if not said:
        return ""
    return f"It comes to nothing either way at {', or at '.join(said)} {mark}."


def _paths(found: SchemeCase, mark: str) -> tuple[str, ...]:
    said = [f"{pounds(path.net)} if {path.name}" for path in found.paths[1:]]
    return (f"Net over the term: {'; '.join(said)} {mark}.",) if said else ()


def _decides(found: SchemeCase, mark: str) -> str:
    first = found.sensitivity[0]
    return (
        f"What matters most is {first.driver.replace('_', ' ')}, moved by a fifth"
        f" either way {mark}."
    )


def _suggestions(found: SchemeCase) -> tuple[str, ...]:
    children = plain(found.children)
    return (
        f"What would stepping {children} children down save at a take-up of 50%?",
        "How many children will need foster care in three years?",
        "Is £6,000 a week a fair price for a children's home?",
    )
