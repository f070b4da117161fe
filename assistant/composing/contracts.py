"""The answer of compare_contracts: block against spot, where they meet, the best."""

from __future__ import annotations

from assistant.composing.part import Part
from assistant.composing.wording import (
    asks,
    marks,
    number_of,
    percent,
    plain,
    pounds,
    taken,
)
from assistant.ledger import Entry, Ledger
from tools.compare_contracts import COMPARE_CONTRACTS
from tools.contract_comparison import ContractComparison, ContractCost
from tools.published_checks import PublishedComparison


def compose_compare_contracts(question: str, entry: Entry, ledger: Ledger) -> Part:
    """Which of block and spot is cheaper; the break-even first, where it is asked."""
    found: ContractComparison = entry.result.data
    mark = marks(entry, COMPARE_CONTRACTS.name)
    cheaper, meets = _cheaper(found, mark), _break_even(found, mark)
    even_first = asks(
        question, "break", "at what occupancy", "what occupancy", "how full"
    )
    lead, next_said = (meets, cheaper) if even_first else (cheaper, meets)
    return Part(
        status="answered",
        lead=lead,
        rests_on=(
            next_said.replace("**", ""),
            *_others_asked_for(question, found, mark),
            *_over_term(found, mark),
            _void(found, mark),
            _cheapest(found, mark),
            *_published(found, entry),
        ),
        assumed=taken(entry, mark),
        suggestions=_suggestions(found),
    )


def _form(found: ContractComparison, name: str) -> ContractCost:
    return next(form for form in found.forms if form.form == name)


def _beds(found: ContractComparison) -> str:
    beds = number_of(found.places, "bed", "beds")
    return f"{beds} at {percent(found.occupancy)} occupancy"


def _cheaper(found: ContractComparison, mark: str) -> str:
    spot, block = _form(found, "spot"), _form(found, found.block)
    apart = abs(block.a_year - spot.a_year)
    each = (
        f"{pounds(block.a_year)} a year for the {block.label} against"
        f" {pounds(spot.a_year)} for spot"
    )
    if round(apart) == 0:
        same = f"**The {block.label} and spot cost the same**"
        return f"{same}, for {_beds(found)}: {each} {mark}."
    first = f"The {block.label}" if block.a_year < spot.a_year else "Spot"
    return f"**{first} is cheaper**, for {_beds(found)}: {each} {mark}."


def _break_even(found: ContractComparison, mark: str) -> str:
    block = _form(found, found.block)
    at = found.break_even_occupancy
    if at is None or found.break_even_beds is None:
        return f"**The {block.label} is {block.against_spot}**, against spot {mark}."
    return (
        f"**The {block.label} breaks even with spot at {percent(at)} occupancy**,"
        f" {plain(found.break_even_beds)} of"
        f" {number_of(found.places, 'bed', 'beds')} filled; above it the block is"
        f" cheaper {mark}."
    )


def _others_asked_for(
    question: str, found: ContractComparison, mark: str
) -> tuple[str, ...]:
    """Each form that the question names beside spot and the block compared with it."""
    told = ("spot", found.block)
    return tuple(
        f"A {form.label} costs {pounds(form.a_year)} a year,"
        f" {pounds(form.per_filled_bed)} a week for a filled bed: {form.against_spot}"
        f" {mark}."
        for form in found.forms
        if form.form not in told and asks(question, form.label.replace("-", "[ -]"))
    )


def _over_term(found: ContractComparison, mark: str) -> tuple[str, ...]:
    if found.years == 1:
        return ()
    spot, block = _form(found, "spot"), _form(found, found.block)
    uplift = f", rising {percent(found.annual_uplift)} a year" * bool(
        found.annual_uplift
    )
    return (
        f"Over {number_of(found.years, 'year', 'years')}{uplift}: {block.label}"
        f" {pounds(block.over_term)}, spot {pounds(spot.over_term)} {mark}.",
    )


def _void(found: ContractComparison, mark: str) -> str:
    block = _form(found, found.block)
    return (
        f"Of the {block.label}'s year, {pounds(block.void_a_year)} is for empty beds:"
        f" {block.who_bears_the_void}; a filled bed then costs"
        f" {pounds(block.per_filled_bed)} a week {mark}."
    )


def _cheapest(found: ContractComparison, mark: str) -> str:
    best = _form(found, found.cheapest)
    return (
        f"Of all six forms {best.label} comes out lowest, at {pounds(best.a_year)} a"
        f" year; framework, cost-plus and retainer are worked out, no offers {mark}."
    )


def _published(found: ContractComparison, entry: Entry) -> tuple[str, ...]:
    """Published arithmetic beside ours, whether or not they agree."""
    return tuple(_compared(item, entry) for item in found.published)


def _compared(item: PublishedComparison, entry: Entry) -> str:
    mark = next(
        (
            f"[{marker}]"
            for marker, cited in zip(entry.markers, entry.result.citations, strict=True)
            if cited.locator == item.locator
        ),
        marks(entry),
    )
    return f"{item.told} {mark}"


def _suggestions(found: ContractComparison) -> tuple[str, ...]:
    beds = plain(found.places)
    spot, block = pounds(found.spot_price), pounds(found.block_price)
    return (
        f"Compare a block of {beds} beds at {block} with spot at {spot}, at 95%"
        " occupancy.",
        f"Is {spot} a week a fair price for a children's home?",
        f"What should a children's home of {beds} places cost to run?",
    )
