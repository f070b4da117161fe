"""Rows read from Regulation 44 reports, against reports read by hand."""

from __future__ import annotations

from functools import cache

import pytest

from corpus.codes import DocumentKind
from corpus.documents import Overrides, document_of
from corpus.extracting import read_rows
from corpus.models import Document
from corpus.observed import Observed, Span
from tests.reports_44 import REPORTS, ReadReport

each_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.key)


@cache
def document(text: str) -> Document:
    return document_of(text, "visit.md", Overrides(kind=DocumentKind.REG44))


def rows(report: ReadReport) -> Observed:
    return read_rows(document(report.text))


def stated(span: Span | None) -> str | None:
    return span.quote if span else None


@each_report
def test_the_visit_is_dated_and_placed_as_the_report_says(report: ReadReport) -> None:
    (visit,) = rows(report).visits
    assert (visit.visited_on, visit.announced) == (report.visited_on, report.announced)
    assert (visit.urn, visit.setting) == (report.urn, report.setting) or (
        visit.urn == report.urn and report.setting is None
    )


@each_report
def test_opinions_are_the_visitors_own_words(report: ReadReport) -> None:
    (visit,) = rows(report).visits
    found = (visit.safeguarded, visit.well_being)
    assert found == (report.safeguarded, report.well_being)
    for span, words in (
        (visit.safeguarded_span, report.safeguarded_words),
        (visit.well_being_span, report.well_being_words),
    ):
        assert (span is None) == (words is None)
        assert words is None or words in (stated(span) or "")


@each_report
def test_counts_are_those_of_the_period_of_the_visit(report: ReadReport) -> None:
    assert {c.measure: c.value for c in rows(report).visit_counts} == report.counts


@each_report
def test_recommendations_keep_theme_day_and_role(report: ReadReport) -> None:
    found = rows(report).recommendations
    assert [(r.theme, r.by, r.whose) for r in found] == [
        expected[:3] for expected in report.recommendations
    ]
    assert [r.number for r in found] == list(range(1, len(found) + 1))
    for row, expected in zip(found, report.recommendations, strict=True):
        assert expected[3] in row.span.quote


@each_report
def test_follow_ups_keep_theme_and_outcome(report: ReadReport) -> None:
    found = rows(report).follow_ups
    assert [(f.theme, f.outcome) for f in found] == [
        expected[:2] for expected in report.follow_ups
    ]
    for row, expected in zip(found, report.follow_ups, strict=True):
        assert expected[2] in row.span.quote


@each_report
def test_standards_are_judged_only_where_the_report_does(report: ReadReport) -> None:
    judged = {c.standard: c.met for c in rows(report).standard_comments}
    assert {
        s: m for s, m in judged.items() if s in report.standards
    } == report.standards
    others = [
        met for standard, met in judged.items() if standard not in report.standards
    ]
    assert set(others) <= {"insufficient_evidence"}


@each_report
def test_each_row_quotes_its_place_in_the_text(report: ReadReport) -> None:
    text = document(report.text).text
    found = rows(report)
    spans = [row.span for row in found.visit_counts]
    spans += [row.span for row in found.standard_comments]
    spans += [row.span for row in found.recommendations]
    spans += [row.span for row in found.follow_ups]
    assert all(text[s.start : s.end] == s.quote and s.locator for s in spans)
