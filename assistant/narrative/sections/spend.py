"""Spend and price: what placements cost, what is paid for them, and to whom."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.composing.wording import (
    counted,
    day,
    listed,
    marks,
    percent,
    pounds,
    told,
)
from assistant.exporting import Block, Lead, Paragraph, ToComplete
from assistant.narrative.evidence import Evidence
from assistant.narrative.telling import (
    care,
    cell,
    figure,
    figure_of,
    kinds,
    known,
    millions,
    pounds_cell,
    share_cell,
    table,
    types_in_order,
)
from corpus.disclosure.bands import NOT_RECORDED
from tools.found_journeys import TracedJourneys
from tools.found_spend import ProviderSpend
from tools.price_benchmark import PriceBenchmark


def spend(evidence: Evidence) -> Iterator[Block]:
    """The year's spend, the weekly cost of each type, prices paid and high cost."""
    yield from _year(evidence)
    yield from _by_type(evidence)
    yield from _over_time(evidence)
    yield from _prices(evidence)
    yield from _groups(evidence)
    yield from _high_cost(evidence)
    yield Paragraph(
        text="Costs are the weekly costs on record, and not what was invoiced. The"
        " records do not show budgets, staff who find and support placements, or what"
        " was paid for an empty bed."
    )
    yield ToComplete(
        whose="the council",
        items=(
            "The budget for placements, and the outturn as the accounts give it",
            "What health and education have agreed to pay, and what is in dispute",
            "Fees and allowances of its own foster carers, beside the national minimum",
        ),
    )


def _year(evidence: Evidence) -> Iterator[Block]:
    found: ProviderSpend | None = evidence.data("spend")
    entry = evidence.get("spend")
    if entry is None or found is None or found.total.value is None:
        yield Lead(text="The records held do not show what placements cost in a year.")
        return
    mark = marks(entry)
    yield Lead(
        text=f"Placements cost {told(found.total, millions)} in {found.year} {mark}."
    )
    parts = {
        "to provider groups": found.to_groups,
        "to homes that councils run": found.to_council_run,
        "on placements that name no provider, such as those with the council's own"
        " carers":
            found.without_provider,
    }  # fmt: skip
    said = [
        f"{told(part, millions)} went {where}"
        for where, part in parts.items()
        if part.value
    ]
    if said:
        yield Paragraph(text=f"Of that, {listed(said)} {mark}.")


def _by_type(evidence: Evidence) -> Iterator[Block]:
    totals, means = evidence.groups("total_by_type"), evidence.groups("cost_by_type")
    total, mean = evidence.get("total_by_type"), evidence.get("cost_by_type")
    children, count = (
        evidence.groups("children_by_type"),
        evidence.get("children_by_type"),
    )
    if total is None or mean is None or count is None or not totals:
        return
    mark = f"{marks(count)}{marks(mean)}{marks(total)}"
    ranked = [pair for pair in known(totals) if pair[0] != NOT_RECORDED]
    found = evidence.summary("total_by_type")
    if ranked and found:
        label, most = ranked[0]
        mean_of, lived = figure_of(means, label), figure_of(children, label)
        known_of = mean_of.value is not None and lived.value is not None
        whom = counted(lived, "child", "children")
        where = (
            f", where {whom} lived at a mean of {told(mean_of, pounds)} a week"
            if known_of
            else ""
        )
        yield Paragraph(
            text=f"On {day(found.on)} the weekly cost was {told(found.total, millions)}"
            f" {marks(total)}. The most of it, {told(most, millions)}, was for"
            f" {kinds(label)}{where} {mark}."
        )
    yield from table(
        evidence,
        "What placements cost a week, by type",
        mark,
        ("Type of placement", "Children", "Mean a week", "All together a week"),
        [
            (
                care(kind),
                cell(figure_of(children, kind)),
                pounds_cell(figure_of(means, kind)),
                pounds_cell(figure_of(totals, kind)),
            )
            for kind in types_in_order(totals, means)
        ],
    )


def _over_time(evidence: Evidence) -> Iterator[Block]:
    entry = evidence.get("cost_by_year")
    groups = list(evidence.groups("cost_by_year").values())
    shown = [group for group in groups if group.figure.value is not None]
    if entry is None or len(shown) < 2:
        return
    mark, first, last = marks(entry), shown[0], shown[-1]
    beside = evidence.data("region_cost")
    of_region = evidence.get("region_cost")
    regional = (
        f" Across the {evidence.region} it is {told(beside.total, pounds)}"
        f" {marks(of_region)}."
        if beside and of_region and beside.total.value is not None
        else ""
    )
    yield Paragraph(
        text=f"The mean weekly cost of a placement of any type was"
        f" {told(last.figure, pounds)} on {day(last.on)}, against"
        f" {told(first.figure, pounds)} on {day(first.on)} {mark}.{regional}"
    )
    yield from figure(
        entry.result.charts[0] if entry.result.charts else None,
        "Mean weekly cost of a placement on the last day of each year",
        mark,
        evidence,
    )


def _prices(evidence: Evidence) -> Iterator[Block]:
    found: PriceBenchmark | None = evidence.data("prices")
    entry = evidence.get("prices")
    if entry is None or found is None or found.median is None:
        return
    mark = marks(entry, "placements")
    middle = (
        f"; half of them cost between {pounds(found.p25)} and {pounds(found.p75)}"
        if found.p25 is not None and found.p75 is not None
        else ""
    )
    since = f" begun since {day(found.since)}" if found.since else ""
    about = "about " if found.protected else ""
    yield Paragraph(
        text=f"For placements in children's homes{since}, the council paid a median of"
        f" {about}{pounds(found.median)} a week at today's prices{middle} {mark}."
    )


def _groups(evidence: Evidence) -> Iterator[Block]:
    found: ProviderSpend | None = evidence.data("spend")
    entry = evidence.get("spend")
    if entry is None or found is None or found.concentration.top_1.value is None:
        return
    told_of, mark = found.concentration, marks(entry)
    yield Paragraph(
        text=f"Of what goes to provider groups, the largest ten receive"
        f" {told(told_of.top_10, percent)} and the largest alone"
        f" {told(told_of.top_1, percent)} {mark}."
    )
    yield from table(
        evidence,
        f"How concentrated spend on provider groups is, {found.year}",
        mark,
        ("Provider groups", "Share of spend"),
        [
            ("The largest", share_cell(told_of.top_1)),
            ("The largest five", share_cell(told_of.top_5)),
            ("The largest ten", share_cell(told_of.top_10)),
        ],
    )


def _high_cost(evidence: Evidence) -> Iterator[Block]:
    found: TracedJourneys | None = evidence.data("journeys")
    entry = evidence.get("journeys")
    if entry is None or found is None or not found.children.value:
        return
    mark = marks(entry)
    moved = (
        f" They had moved {told(found.moves)} times on average on the way {mark}."
        if found.moves.value is not None
        else ""
    )
    dearer = (
        f" The step before cost a mean of {told(found.cost_before, pounds)} a week, and"
        f" the placement it led to {told(found.cost_at, pounds)} {mark}."
        if found.cost_before.value is not None and found.cost_at.value is not None
        else ""
    )
    yield Paragraph(
        text=f"Over the years held, {counted(found.children, 'child', 'children')} came"
        f" into {found.destination.replace('any placement', 'a placement')}"
        f" {mark}.{moved}{dearer}"
    )
