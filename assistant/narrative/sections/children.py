"""The children: how many there are, their ages and needs, and how that has changed."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.composing.wording import counted, day, listed, marks, told
from assistant.exporting import Block, Lead, Paragraph, ToComplete
from assistant.narrative.evidence import Evidence
from assistant.narrative.quoting import quotations
from assistant.narrative.telling import cell, compared, figure, known, table
from corpus import vocabulary
from tools.found_summary import SummaryGroup

_NEEDS_NAMED = 3
_NEEDS_SHOWN = 10
_GENDERS = {"male": "boys", "female": "girls", "other": "of another gender"}


def children(evidence: Evidence) -> Iterator[Block]:
    """Numbers over the years, ages, gender and needs."""
    yield from _numbers(evidence)
    yield from _ages(evidence)
    yield from _needs(evidence)
    yield from quotations(evidence, "listening")
    yield Paragraph(
        text="The records held do not show ethnicity, faith, language, legal status or"
        " how many children in the population there are for each child in care."
    )
    yield ToComplete(
        whose="the council",
        items=(
            "Ethnicity, faith, language and legal status of the children, from its"
            " return of looked after children",
            "The rate for each ten thousand children, beside statistical neighbours"
            " and England",
            "What children and care leavers say of where they live",
        ),
    )


def _numbers(evidence: Evidence) -> Iterator[Block]:
    entry = evidence.get("children_by_year")
    found = evidence.summary("children_by_year")
    if entry is None or found is None:
        yield Lead(text="The records held do not show how many children there are.")
        return
    mark, years = marks(entry), list(evidence.groups("children_by_year").values())
    total = f"{counted(found.total, 'child', 'children')} in placement"
    before = f", {_against(years)}" if len(years) > 1 else ""
    yield Lead(
        text=f"{evidence.authority} had {total} on {day(found.on)}{before} {mark}."
    )
    if len(years) > 2 and years[0].figure.value is not None:
        first = years[0]
        yield Paragraph(
            text=f"On {day(first.on)}, the first of the years held, there were"
            f" {told(first.figure)} {mark}. Each figure is of placements under way on"
            f" the last day of its financial year, as in national statistics {mark}."
        )
    charts = entry.result.charts
    yield from figure(
        charts[0] if charts else None,
        "Children in placement on the last day of each year",
        mark,
        evidence,
    )


def _against(years: list[SummaryGroup]) -> str:
    """The last year beside the one before."""
    last, before = years[-1].figure, years[-2]
    how = compared(last, before.figure)
    if before.figure.within or before.figure.value is None:
        figures = f"the number of {day(before.on)}, {told(before.figure)}"
    else:
        figures = f"the {told(before.figure)} of {day(before.on)}"
    return f"{how or 'against'} {figures}"


def _ages(evidence: Evidence) -> Iterator[Block]:
    entry, found = evidence.get("children_by_age"), evidence.summary("children_by_age")
    if entry is None or found is None:
        return
    groups = evidence.groups("children_by_age")
    ranked, mark = known(groups), marks(entry)
    if ranked:
        most, others = ranked[0], ranked[1:3]
        then = "".join(f"; {told(n)} are {_aged(label)}" for label, n in others)
        yield Paragraph(
            text=f"The most children are {_aged(most[0])},"
            f" {told(most[1])} of {told(found.total)} children{then} {mark}."
            f"{_genders(evidence)}"
        )
    yield from table(
        evidence,
        f"Children in placement by age, {day(found.on)}",
        mark,
        ("Age", "Children"),
        [
            ("Under 1" if label == "0" else label, cell(group.figure))
            for label, group in groups.items()
            if group.figure.value or group.figure.withheld
        ],
    )


def _aged(band: str) -> str:
    return "under 1" if band == "0" else f"aged {band}"


def _genders(evidence: Evidence) -> str:
    entry = evidence.get("children_by_gender")
    figures = known(evidence.groups("children_by_gender"))
    if entry is None or not figures:
        return ""
    said = listed(
        [f"{told(n)} are {_GENDERS.get(label, label)}" for label, n in figures]
    )
    return f" Of all, {said} {marks(entry)}."


def _needs(evidence: Evidence) -> Iterator[Block]:
    entry = evidence.get("children_by_need")
    ranked = known(evidence.groups("children_by_need"))
    if entry is None or not ranked:
        return
    mark, label = marks(entry), vocabulary.needs().label
    said = [f"{label(need)} ({told(n)})" for need, n in ranked[:_NEEDS_NAMED]]
    yield Paragraph(
        text=f"The needs and risks recorded of most children are {listed(said)}"
        f" {mark}. A child with several is counted in each, so the figures do not add"
        f" up to a number of children {mark}."
    )
    yield from table(
        evidence,
        "The needs and risks recorded of most children",
        mark,
        ("Need or risk", "Children"),
        [(label(need), cell(n)) for need, n in ranked[:_NEEDS_SHOWN]],
    )
