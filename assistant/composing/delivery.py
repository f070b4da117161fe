"""The answer of estimate_delivery_cost: the cost of a bed and of the home."""

from __future__ import annotations

from assistant.composing.part import Part
from assistant.composing.wording import (
    asks,
    listed,
    marks,
    number_of,
    percent,
    plain,
    pounds,
)
from assistant.ledger import Entry, Ledger
from tools.delivery_estimate import DeliveryEstimate, PriceCheck
from tools.estimate_delivery_cost import ESTIMATE_DELIVERY_COST
from tools.kinds_of_care import kind_of_care


def compose_estimate_delivery_cost(question: str, entry: Entry, ledger: Ledger) -> Part:
    """A filled bed's week; the home's year first, where a year is asked about."""
    found: DeliveryEstimate = entry.result.data
    mark = marks(entry, ESTIMATE_DELIVERY_COST.name)
    bed, home = _bed(found, mark), _home(found, mark)
    yearly = asks(
        question, r"(?:a|per|each) year", "annual", "yearly", "whole home", "in total"
    )
    lead, next_said = (home, bed) if yearly else (bed, home)
    return Part(
        status="answered",
        lead=lead,
        rests_on=(
            next_said.replace("**", ""),
            _lines(found, mark),
            *_beside(found, entry),
        ),
        assumed=(
            f"all that was not given, as the source lists: this is a model {mark}.",
        ),
        suggestions=_suggestions(found),
    )


def _the_home(found: DeliveryEstimate) -> str:
    places = number_of(found.places, "place", "places")
    return (
        f"{kind_of_care(found.placement_type)} of {places} at"
        f" {percent(found.occupancy)} occupancy"
    )


def _bed(found: DeliveryEstimate, mark: str) -> str:
    return (
        f"**{pounds(found.per_child)} a week for each filled bed**, or"
        f" {pounds(found.per_child_a_year)} a year, is what it should cost:"
        f" {_the_home(found)} {mark}."
    )


def _home(found: DeliveryEstimate, mark: str) -> str:
    return (
        f"**{pounds(found.a_year)} a year, {pounds(found.weekly)} a week**, for a whole"
        f" {_the_home(found)}, margin included {mark}."
    )


def _lines(found: DeliveryEstimate, mark: str) -> str:
    dearest = sorted(found.lines, key=lambda line: -line.weekly)[:3]
    said = [f"{line.name} ({pounds(line.weekly)} a week)" for line in dearest]
    return f"The largest lines are {listed(said)} {mark}."


def _beside(found: DeliveryEstimate, entry: Entry) -> tuple[str, ...]:
    mark = marks(entry, ESTIMATE_DELIVERY_COST.name, "placements")
    return tuple(f"{_compared(check)} {mark}." for check in found.checks)


def _compared(check: PriceCheck) -> str:
    side = "above" if check.difference > 0 else "below"
    return (
        f"It is {percent(abs(check.difference))} {side} {pounds(check.weekly)} a week,"
        f" {check.name} ({check.source})"
    )


def _suggestions(found: DeliveryEstimate) -> tuple[str, ...]:
    price = pounds(found.per_child)
    places = plain(found.places)
    return (
        f"Is {price} a week a fair price for a {kind_of_care(found.placement_type)}?",
        f"What should a children's home of {places} places cost to run at 95%"
        " occupancy?",
        f"What would {places} in-house beds save against spot placements?",
    )
