"""Rows read from the invented library, against what its documents were to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from corpus.codes import DocumentKind, Stance
from corpus.demonstration import AS_AT, generate_region
from corpus.demonstration.plan import plan_settings
from corpus.demonstration.writing import (
    Known,
    planned_gaps,
    planned_statements,
    planned_visits,
    stated_homes,
)
from corpus.extracting import read_rows
from corpus.models import Document
from corpus.observed import Observed

pytestmark = pytest.mark.slow

LEAST = 0.95
"""Share of what was planned that must be read as planned."""


@cache
def library() -> tuple[Known, Sequence[Document]]:
    region = generate_region(2026, "full")
    known = Known.of(2026, "full", AS_AT, plan_settings(2026, "full"), region.rows)
    return known, region.documents


def read(kind: DocumentKind) -> list[Observed]:
    return [read_rows(document) for document in library()[1] if document.kind is kind]


@cache
def visits() -> list[tuple[Observed, Any]]:
    planned = planned_visits(library()[0])
    return list(zip(read(DocumentKind.REG44), planned, strict=True))


def agreement(pairs: Iterator[tuple[object, object]]) -> float:
    tally = Counter(found == wanted for found, wanted in pairs)
    assert tally.total() > 50
    return tally[True] / tally.total()


def test_visits_are_dated_and_announced_as_planned() -> None:
    pairs = [(rows.visits[0], plan) for rows, plan in visits()]
    assert all(visit.visited_on == plan.visited_on for visit, plan in pairs)
    assert agreement((v.announced, plan.announced) for v, plan in pairs) >= LEAST


def test_opinions_agree_with_the_plan() -> None:
    pairs = [(rows.visits[0], plan) for rows, plan in visits()]
    assert agreement((v.safeguarded, plan.safeguarded) for v, plan in pairs) >= LEAST
    assert agreement((v.well_being, plan.well_being) for v, plan in pairs) >= LEAST


def test_counts_agree_with_the_plan() -> None:
    def pairs() -> Iterator[tuple[object, object]]:
        for rows, plan in visits():
            found = {count.measure: count.value for count in rows.visit_counts}
            for measure in found.keys() | plan.counts.keys():
                yield found.get(measure), plan.counts.get(measure)

    assert agreement(pairs()) >= LEAST


def test_standards_are_judged_as_planned() -> None:
    def pairs() -> Iterator[tuple[object, object]]:
        for rows, plan in visits():
            found = {row.standard: row.met for row in rows.standard_comments}
            yield from ((found.get(name), met) for name, met in plan.standards.items())

    assert agreement(pairs()) >= LEAST


def test_recommendations_agree_with_the_plan() -> None:
    def pairs() -> Iterator[tuple[object, object]]:
        for rows, plan in visits():
            found = [(row.by, row.whose) for row in rows.recommendations]
            yield found, [(row.by, row.whose) for row in plan.recommendations]

    assert agreement(pairs()) >= LEAST


def test_follow_ups_agree_with_the_plan() -> None:
    def pairs() -> Iterator[tuple[object, object]]:
        for rows, plan in visits():
            found = [row.outcome for row in rows.follow_ups]
            yield found, [row.outcome for row in plan.follow_ups]

    assert agreement(pairs()) >= LEAST


@pytest.mark.parametrize("fact", ["age_from", "age_to", "genders", "places"])
def test_criteria_are_those_that_the_statements_state(fact: str) -> None:
    known = library()[0]
    planned = planned_statements(known, stated_homes(known))
    rows = read(DocumentKind.STATEMENT_OF_PURPOSE)
    pairs = zip(rows, planned, strict=True)
    assert (
        agreement((getattr(r.criteria[0], fact), getattr(p, fact)) for r, p in pairs)
        >= LEAST
    )


@pytest.mark.parametrize("stance", list(Stance))
def test_claimed_needs_are_those_that_the_statements_state(stance: Stance) -> None:
    known = library()[0]
    planned = planned_statements(known, stated_homes(known))
    rows = read(DocumentKind.STATEMENT_OF_PURPOSE)

    def needs(found: Observed) -> set[object]:
        return {row.need for row in found.stated_needs if row.stance == stance}

    pairs = zip(rows, planned, strict=True)
    assert (
        agreement((needs(r), set(getattr(p, stance.value))) for r, p in pairs) >= LEAST
    )


def _fact(gap: Any) -> Mapping[str, object]:
    names = ("kind", "placement_type", "age_from", "age_to", "places", "by")
    return {name: getattr(gap, name) for name in names} | {"needs": set(gap.needs)}


def test_planned_gaps_and_intentions_are_found() -> None:
    found: dict[str | None, list[Mapping[str, object]]] = {}
    for rows in read(DocumentKind.SUFFICIENCY_STATEMENT):
        for gap in rows.stated_gaps:
            found.setdefault(gap.local_authority, []).append(_fact(gap))
    planned = planned_gaps(library()[0])
    assert (
        agreement(
            (_fact(gap) in found.get(gap.local_authority, []), True) for gap in planned
        )
        >= 0.9
    )
