"""Placements and mix: where the children live, and how their places are bought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.composing.wording import counted, day, listed, marks, told
from assistant.exporting import Block, Lead, Paragraph, ToComplete
from assistant.narrative.evidence import Evidence
from assistant.narrative.telling import (
    care,
    cell,
    figure,
    figure_of,
    kinds,
    known,
    more_than_half,
    table,
    types_in_order,
)
from corpus.charts import Chart, Series
from corpus.disclosure.bands import NOT_RECORDED
from tools.found_summary import PlacementSummary
from tools.kinds_of_care import kind_of_care

_ROUTES: Final = {
    "in_house": "the council's own carers and homes",
    "framework": "a framework",
    "spot": "spot purchase",
    "block": "a block contract",
}


def placements(evidence: Evidence) -> Iterator[Block]:
    """The mix of types, the routes, and placements that no regulator oversees."""
    found = evidence.summary("children_by_type")
    entry = evidence.get("children_by_type")
    if entry is None or found is None:
        yield Lead(text="The records held do not show where the children live.")
        return
    mark = marks(entry)
    yield Lead(text=_mix(evidence, found, mark))
    yield from _unregistered(evidence, mark)
    yield from table(
        evidence,
        f"Children by type of placement, {day(found.on)}",
        mark,
        ("Type of placement", "Children"),
        _rows(evidence),
    )
    yield from figure(_chart(evidence), "Children by type of placement", mark, evidence)
    yield from _routes(evidence, found)
    yield ToComplete(
        whose="the council",
        items=(
            "How many of its own fostering households are approved, and how many of"
            " their places are in use",
            "Children placed with parents, placed for adoption and subject to orders"
            " that end care, which are not searched for as placements",
        ),
    )


def _mix(evidence: Evidence, found: PlacementSummary, mark: str) -> str:
    """The largest type, and children's homes beside it."""
    groups = evidence.groups("children_by_type")
    ranked = [pair for pair in known(groups) if pair[0] != NOT_RECORDED]
    if not ranked:
        return f"How many children live in each type of placement is withheld {mark}."
    label, most = ranked[0]
    where, whole = kinds(label), told(found.total)
    opening = (
        f"More than half of the children live in {where}: {told(most)} of {whole}"
        if more_than_half(most, found.total)
        else f"The most children live in {where}: {told(most)} of {whole}"
    )
    homes = figure_of(groups, "residential")
    if label == "residential" or homes.value is None:
        return f"{opening} {mark}."
    return f"{opening}; {told(homes)} live in children's homes {mark}."


def _rows(evidence: Evidence) -> list[tuple[str, str]]:
    groups = evidence.groups("children_by_type")
    rows = [(care(t), cell(figure_of(groups, t))) for t in types_in_order(groups)]
    others = figure_of(groups, NOT_RECORDED)
    if others.value or others.withheld:
        rows.append((care(NOT_RECORDED), cell(others)))
    found = evidence.summary("children_by_type")
    return [*rows, ("All", cell(found.total))] if found else rows


def _chart(evidence: Evidence) -> Chart | None:
    groups = evidence.groups("children_by_type")
    shown = [pair for pair in known(groups) if pair[0] != NOT_RECORDED]
    if len(shown) < 2:
        return None
    return Chart(
        kind="bars",
        title="",
        x_label="children",
        y_label="type of placement",
        categories=tuple(kind_of_care(label) for label, _ in shown),
        series=(Series(name="children", values=tuple(n.value for _, n in shown)),),
    )


def _unregistered(evidence: Evidence, mark: str) -> Iterator[Block]:
    found = figure_of(evidence.groups("children_by_type"), "unregistered")
    if found.value:
        yield Paragraph(
            text=f"Of them, {counted(found, 'child', 'children')} live in homes that"
            f" are not registered {mark}."
            " Running such a home is an offence, and each of these placements needs a"
            " plan to end it."
        )


def _routes(evidence: Evidence, found: PlacementSummary) -> Iterator[Block]:
    entry = evidence.get("children_by_route")
    groups = evidence.groups("children_by_route")
    ranked = [pair for pair in known(groups) if pair[0] != NOT_RECORDED]
    if entry is None or not ranked:
        return
    mark = marks(entry)
    said = [f"{_ROUTES.get(label, label)} ({told(n)})" for label, n in ranked]
    unknown = figure_of(groups, NOT_RECORDED)
    whom = counted(unknown, "child", "children")
    rest = f" Of {whom} no route is recorded {mark}." if unknown.value else ""
    yield Paragraph(
        text=f"By how the place was come by, most children are with"
        f" {said[0]}, then {listed(said[1:])} {mark}.{rest}"
        if len(said) > 1
        else f"The one route that is shown is {said[0]} {mark}.{rest}"
    )
