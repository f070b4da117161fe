"""Market and quality: the homes in the area, their vacancies, grades and outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.composing.wording import (
    counted,
    day,
    listed,
    marks,
    number_of,
    pounds,
)
from assistant.exporting import Block, Lead, Paragraph, ToComplete
from assistant.narrative.evidence import Evidence
from assistant.narrative.quoting import quotations
from assistant.narrative.telling import cell, figure_of, known, table
from corpus import vocabulary
from corpus.disclosure.bands import NOT_RECORDED
from tools.found_outcomes import ProviderOutcomes, Verdict
from tools.found_providers import FoundProviders
from tools.price_benchmark import PriceBenchmark

_GRADES: Final = (("outstanding", "good"), ("requires_improvement", "inadequate"))
_TOLD_APART: Final[dict[Verdict, str]] = {
    "lower": "lower than expected",
    "higher": "higher than expected",
    "not_told_apart": "no different from expected, as far as can be told",
    "not_known": "not known, for too few placements",
}


def market(evidence: Evidence) -> Iterator[Block]:
    """Homes and vacancies, what they quote, grades, and how placements turn out."""
    yield from _homes(evidence)
    yield from quotations(evidence, "market")
    yield from _quoted(evidence)
    yield from _grades(evidence)
    yield from _outcomes(evidence)
    yield Paragraph(
        text="What a home says that it accepts is its own claim, and a vacancy is what"
        " it last reported. Neither says that a place would be offered to a given"
        " child. The records do not show staffing, ownership debt or plans to close."
    )
    yield ToComplete(
        whose="the council",
        items=(
            "What providers said when this statement was discussed with them",
            "How quality is watched between inspections, and what it has found",
            "Frameworks and block contracts in force, and when each ends",
        ),
    )


def _homes(evidence: Evidence) -> Iterator[Block]:
    homes: ProviderOutcomes | None = evidence.data("homes")
    vacancies: FoundProviders | None = evidence.data("vacancies")
    entry, found = evidence.get("homes"), evidence.get("vacancies")
    if entry is None or homes is None:
        yield Lead(text="The records held do not show which homes the area has.")
        return
    if not homes.total_settings:
        yield Lead(
            text=f"The records held show no children's home in {evidence.authority}"
            f" {marks(entry)}."
        )
        return
    count = number_of(homes.total_settings, "children's home", "children's homes")
    empty = ""
    if found and vacancies:
        without = number_of(vacancies.total_matches, "home", "homes")
        reports = "reports" if vacancies.total_matches == 1 else "report"
        empty = (
            f", and {without} of good standing {reports} a vacancy {marks(found)}"
            if vacancies.total_matches
            else f", and none of good standing reports a vacancy {marks(found)}"
        )
    yield Lead(
        text=f"{evidence.authority} has {count} in its area"
        f" {marks(entry, 'settings')}{empty}."
    )
    yield Paragraph(
        text="Of good standing means that the search for homes set it apart for no"
        " reason, such as a grade of inadequate. The places in these homes are open to"
        " every authority, so a vacancy in the area is not one kept for its children."
    )


def _quoted(evidence: Evidence) -> Iterator[Block]:
    found: PriceBenchmark | None = evidence.data("prices")
    entry = evidence.get("prices")
    if entry is None or found is None or not found.beside:
        return
    said = [
        f"{row.source}, {pounds(row.median)}"
        for row in found.beside
        if row.median is not None
    ]
    if said:
        mark = marks(entry, "prices", "block_contracts")
        yield Paragraph(
            text="The median weekly price of a place in a children's home, over all"
            f" areas held, differs by how it is bought: {'; '.join(said)} {mark}."
            " A price that is quoted is not yet one that was paid."
        )


def _grades(evidence: Evidence) -> Iterator[Block]:
    entry = evidence.get("children_by_grade")
    found = evidence.summary("children_by_grade")
    groups = evidence.groups("children_by_grade")
    graded = {label: g for label, g in groups.items() if label != NOT_RECORDED}
    if entry is None or found is None or not known(graded):
        return
    mark, label = marks(entry), vocabulary.ratings().label
    better, worse = (
        [
            f"{counted(figure_of(graded, grade), 'child lives', 'children live')} in"
            f" those graded {label(grade).lower()}"
            for grade in grades
            if figure_of(graded, grade).value
        ]
        for grades in _GRADES
    )
    if better:
        against = f", against {listed(worse)}" if worse else ""
        yield Paragraph(
            text=f"Where the setting has a grade, {listed(better)}{against} {mark}. Of"
            f" {counted(figure_of(groups, NOT_RECORDED), 'child', 'children')} the"
            f" setting has no grade on record {mark}. The council's own foster homes,"
            " kinship care and supported accommodation are given none."
        )
    yield from table(
        evidence,
        f"Children by the latest grade of their setting, {day(found.on)}",
        mark,
        ("Grade", "Children"),
        [
            (label(grade), cell(group.figure))
            for grade, group in graded.items()
            if group.figure.value or group.figure.withheld
        ],
    )


def _outcomes(evidence: Evidence) -> Iterator[Block]:
    found: ProviderOutcomes | None = evidence.data("homes")
    entry = evidence.get("homes")
    if entry is None or found is None or not found.verdicts:
        return
    mark = marks(entry)
    said = [
        f"of {number_of(found.verdicts[verdict], 'home', 'homes')} it is {words}"
        for verdict, words in _TOLD_APART.items()
        if found.verdicts.get(verdict)
    ]
    yield Paragraph(
        text="Set beside what the mix of children would lead one to expect, the share"
        f" of placements that ended unplanned within a year can be judged home by home:"
        f" {'; '.join(said)} {mark}."
    )
