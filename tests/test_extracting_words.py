"""Numbers, days and ages in words, over everything that can be written."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codes import DocumentKind
from corpus.documents import Overrides, document_of
from corpus.extracting import read_rows
from corpus.extracting.ages import read_ages
from corpus.extracting.days import deadline, find_days, period_end
from corpus.extracting.numbers import leading_number, read_number, read_times

ONES = "zero one two three four five six seven eight nine ten eleven twelve".split()
TENS = {20: "twenty", 30: "thirty", 40: "forty", 70: "seventy", 90: "ninety"}
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def nth(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day // 10 != 1 else 0, "th")
    return f"{day}{ending}"


FORMS = (
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d.day} {d:%B %Y}",
    lambda d: f"{d:%A} {nth(d.day)} {d:%B} {d.year}",
    lambda d: f"the {nth(d.day)} of {d:%B} {d.year}",
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d:%d.%m.%y}",
    lambda d: f"{d.day} {d:%b} {d.year}",
    lambda d: f"{d:%B} {d.day}, {d.year}",
    lambda d: f"{d.day} {d:%B}".upper() + f" {d.year}",
)


@given(DAYS, st.sampled_from(FORMS))
def test_a_day_is_found_in_any_form_and_where_it_stands(
    day: date, form: object
) -> None:
    written = form(day)  # type: ignore[operator]
    text = f"The visit took place on {written}, after school."
    (found,) = find_days(text)
    assert found.day == day
    assert text[found.start : found.end].strip() in written


@given(DAYS, st.integers(-150, 150))
def test_a_day_without_its_year_is_the_nearest(day: date, days: int) -> None:
    near = day + timedelta(days=days)
    if (day.month, day.day) == (2, 29):
        return
    (found,) = find_days(f"by {day.day} {day:%B}", near)
    assert found.day == day


def test_a_day_without_its_year_is_nothing_alone() -> None:
    assert find_days("by 3 March") == ()


@given(DAYS)
def test_the_day_after_by_is_the_deadline_not_the_others(day: date) -> None:
    text = (
        f"Review the incident of 4 March 2014 by {day.day} {day:%B %Y} with the team."
    )
    assert deadline(text, None) == day


@given(DAYS)
def test_the_end_of_a_month_is_its_last_day(day: date) -> None:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    assert deadline(f"Done by the end of {day:%B %Y}.", None) == last
    assert period_end(f"by {day:%B %Y}") == last


@given(DAYS, st.integers(1, 12))
def test_weeks_count_from_the_visit(day: date, weeks: int) -> None:
    found = deadline(f"Complete this within {ONES[weeks]} weeks.", day)
    assert found == day + timedelta(weeks=weeks)


@pytest.mark.parametrize(
    "text", ["Done at once.", "By the next visit.", "Since 2024 this has slipped.", ""]
)
def test_no_deadline_is_made_of_none(text: str) -> None:
    assert deadline(text, date(2026, 3, 3)) is None


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026/27", date(2027, 3, 31)),
        ("2026-27", date(2027, 3, 31)),
        ("Q2 2026/27", date(2026, 9, 30)),
        ("quarter four of 2026/27", date(2027, 3, 31)),
        ("autumn 2027", date(2027, 11, 30)),
        ("2028", date(2028, 12, 31)),
        ("no year at all", None),
    ],
)
def test_a_period_ends_on_its_last_day(text: str, end: date | None) -> None:
    assert period_end(text) == end


@given(st.integers(0, 999))
def test_digits_are_read_back(number: int) -> None:
    assert read_number(str(number)) == number
    assert leading_number(f"{number} (all of one child)") == number


@given(st.sampled_from(sorted(TENS)), st.integers(1, 9))
def test_compound_words_are_read_back(tens: int, ones: int) -> None:
    for joint in ("-", " "):
        assert read_number(f"{TENS[tens]}{joint}{ONES[ones]}".title()) == tens + ones


@pytest.mark.parametrize("word", ["no", "None", "nil", "zero", "neither"])
def test_nothing_is_nought(word: str) -> None:
    assert read_number(word) == 0


@pytest.mark.parametrize(
    "text", ["3/4/2026", "1.5", "£40", "12%", "12 per cent", "many"]
)
def test_parts_of_other_figures_are_no_counts(text: str) -> None:
    assert leading_number(text) is None


@given(st.integers(2, 12))
def test_occasions_are_counted(number: int) -> None:
    assert read_times(f"on {ONES[number]} occasions") == number
    assert read_times("twice") == 2


@given(st.integers(0, 17), st.integers(0, 17), st.sampled_from(["to", "-", "–", "and"]))
def test_an_age_range_is_read_whatever_joins_it(low: int, high: int, by: str) -> None:
    ages = read_ages(f"children aged {low} {by} {high}")
    assert ages == ((low, high) if low <= high else None)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("from eight up to their eighteenth birthday", (8, 17)),
        ("between the ages of ten and sixteen", (10, 16)),
        ("16 and 17 year olds", (16, 17)),
        ("children under 12", (None, 11)),
        ("young people aged 16+", (16, None)),
        ("over 13s", (14, None)),
        ("open from 9 to 5", None),
        ("three beds", None),
    ],
)
def test_ages_in_words(text: str, ages: tuple[int | None, int | None] | None) -> None:
    assert read_ages(text) == ages


@given(
    st.text(max_size=300),
    st.sampled_from(
        [
            DocumentKind.REG44,
            DocumentKind.STATEMENT_OF_PURPOSE,
            DocumentKind.SUFFICIENCY_STATEMENT,
        ]
    ),
)
def test_no_text_breaks_a_reader(text: str, kind: DocumentKind) -> None:
    heads = "# Recommendations\n\n1. "
    document = document_of(heads + text + " |", "any.md", Overrides(kind=kind))
    rows = read_rows(document)
    spans = [row.span for row in rows.recommendations]
    spans += [row.span for row in rows.stated_gaps]
    spans += [row.span for row in rows.visit_counts]
    assert all(document.text[s.start : s.end] == s.quote for s in spans)
