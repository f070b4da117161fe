"""Rows read from statements of purpose and sufficiency statements."""

from __future__ import annotations

import pytest

from corpus.codes import DocumentKind, Stance
from corpus.documents import Overrides, document_of
from corpus.extracting import read_rows
from corpus.models import Document
from corpus.observed import StatedGap
from tests.statements_read import PURPOSES, SUFFICIENCY, ReadPurpose, ReadSufficiency

each_purpose = pytest.mark.parametrize("stated", PURPOSES, ids=lambda s: s.key)
each_sufficiency = pytest.mark.parametrize("stated", SUFFICIENCY, ids=lambda s: s.key)


def document(text: str, kind: DocumentKind) -> Document:
    return document_of(text, "statement.md", Overrides(kind=kind))


def purpose(stated: ReadPurpose) -> Document:
    return document(stated.text, DocumentKind.STATEMENT_OF_PURPOSE)


@each_purpose
def test_criteria_are_as_the_statement_words_them(stated: ReadPurpose) -> None:
    (row,) = read_rows(purpose(stated)).criteria
    assert (row.age_from, row.age_to) == stated.ages
    assert (row.genders, row.places) == (stated.genders, stated.places)
    assert row.urn == stated.urn


@each_purpose
def test_needs_are_claimed_or_excluded_only_in_words(stated: ReadPurpose) -> None:
    rows = read_rows(purpose(stated)).stated_needs
    found = {
        stance: {row.need for row in rows if row.stance == stance} for stance in Stance
    }
    assert found == {Stance.ACCEPTS: stated.accepts, Stance.EXCLUDES: stated.excludes}


@each_purpose
def test_each_claim_quotes_its_place(stated: ReadPurpose) -> None:
    text = purpose(stated).text
    rows = read_rows(purpose(stated))
    spans = [row.span for row in rows.stated_needs] + list(rows.criteria[0].spans)
    assert spans
    assert all(text[span.start : span.end] == span.quote for span in spans)


def _facts(row: StatedGap) -> tuple[object, ...]:
    ages = (row.age_from, row.age_to)
    return (row.kind, row.placement_type, row.needs, ages, row.places, row.by)


@each_sufficiency
def test_gaps_and_intentions_are_as_stated(stated: ReadSufficiency) -> None:
    found = document(stated.text, DocumentKind.SUFFICIENCY_STATEMENT)
    rows = read_rows(found).stated_gaps
    assert [_facts(row) for row in rows] == [gap[:6] for gap in stated.gaps]
    for row, gap in zip(rows, stated.gaps, strict=True):
        assert gap[6] in row.span.quote
        assert found.text[row.span.start : row.span.end] == row.span.quote


def test_other_kinds_of_document_give_no_rows() -> None:
    report = document(SUFFICIENCY[0].text, DocumentKind.REPORT)
    assert not any(read_rows(report).model_dump().values())
