"""Invented Regulation 44 reports: stories over a year, told by ten visitors."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations, pairwise
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.codes import DocumentKind
from corpus.demonstration import AS_AT, Region, generate_region
from corpus.demonstration.plan import plan_settings
from corpus.demonstration.settings import StatedSetting
from corpus.demonstration.writing import Known
from corpus.demonstration.writing.visits import (
    STANDARDS,
    PlannedVisit,
    planned_visits,
)
from corpus.demonstration.writing.visits.manner import (
    alone,
    counted,
    number,
    written,
)
from corpus.demonstration.writing.visits.stories import stories
from corpus.demonstration.writing.visits.visitors import Visitor, visitors
from corpus.models import Document
from corpus.observed import Opinion, Theme, VisitMeasure
from corpus.passages import split_passages
from corpus.sentences import sentences

SIZES = ("small", "full")
NOUNS: dict[VisitMeasure, str] = {
    "children_living_there": r"residents?|resident|in placement|living here today",
    "incidents": "incidents",
    "restraints": r"restraints\)?",
    "missing_episodes": "missing episodes",
    "complaints": "complaints",
    "notifications": r"notifications(?: under Regulation 40| to Ofsted)?",
    "staff_vacancies": "staff vacancies",
}
"""How a measure's label ends, before a colon or a cell."""
Told = tuple[Document, PlannedVisit]


@cache
def region(size: Any = "full", seed: int = 2026) -> Region:
    return generate_region(seed, size)


@cache
def told(size: Any = "full", seed: int = 2026) -> tuple[Told, ...]:
    """Each report with what was planned for it."""
    made = region(size, seed)
    planned = plan_settings(seed, size)
    plans = planned_visits(Known.of(seed, size, AS_AT, planned, made.rows))
    reports = [d for d in made.documents if d.kind is DocumentKind.REG44]
    return tuple(zip(reports, plans, strict=True))


def by_home(size: Any = "full") -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for report, plan in told(size):
        found[plan.urn].append((report, plan))
    return found


def rows(name: str, size: str = "full") -> Sequence[Any]:
    return cast(Sequence[Any], region(size).rows[name])


def manner(plan: PlannedVisit) -> Visitor:
    return visitors()[plan.visitor]


# --- When and where ------------------------------------------------------------------


def test_sixteen_homes_are_visited_in_each_of_twelve_months() -> None:
    assert len(by_home()) == 16
    for visits in by_home().values():
        days = [plan.visited_on for _, plan in visits]
        assert [(day.year, day.month) for day in days] == [
            *((2025, month) for month in range(4, 13)),
            *((2026, month) for month in range(1, 4)),
        ]
        assert all(timedelta(14) < b - a < timedelta(50) for a, b in pairwise(days))


def test_the_small_region_has_the_last_four_visits_to_three_homes() -> None:
    assert [len(visits) for visits in by_home("small").values()] == [4, 4, 4]


def test_no_visit_falls_on_a_bank_holiday_or_after_the_data() -> None:
    closed = {date(2025, 4, 18), date(2025, 4, 21), date(2025, 12, 25)}
    days = {plan.visited_on for _, plan in told()}
    assert not days & closed
    assert max(days) <= AS_AT


def test_most_visits_are_on_weekdays_and_some_are_not() -> None:
    weekend = sum(plan.visited_on.weekday() >= 5 for _, plan in told())
    assert 0 < weekend < len(told()) / 4


def test_no_more_children_live_there_than_the_vacancy_return_leaves_room_for() -> None:
    free = {row.urn: row.vacancies for row in rows("vacancies")}
    places = {row.urn: row.places for row in rows("settings")}
    counts = [
        (plan.urn, plan.counts["children_living_there"] or 0) for _, plan in told()
    ]
    assert all(count <= (places[urn] or 0) - free.get(urn, 0) for urn, count in counts)
    assert sum(count > 0 for _, count in counts) > 0.9 * len(counts)


@pytest.mark.parametrize("size", SIZES)
def test_reports_state_the_homes_registration(size: str) -> None:
    known = {
        row.urn: row for row in cast(Sequence[StatedSetting], rows("settings", size))
    }
    for report, plan in told(size):
        setting = known[plan.urn]
        assert report.urn == plan.urn
        assert report.published == plan.visited_on
        assert plan.setting == setting.name
        assert setting.name in report.title
        stated = set(re.findall(r"aged (\d+) to (\d+)", report.text))
        assert stated == {(str(setting.age_from), str(setting.age_to))}
        assert (
            counted("children_living_there", setting.places or 0, False) in report.text
        )


def test_an_inspection_within_the_year_is_told_once_with_its_grade() -> None:
    latest: dict[str, Any] = {}
    for row in rows("inspections"):
        if row.urn not in latest or row.inspected_on > latest[row.urn].inspected_on:
            latest[row.urn] = row
    tellings = 0
    for report, plan in told():
        row = latest.get(plan.urn)
        if row and f"{written(row.inspected_on, manner(plan).dates)}" in report.text:
            tellings += 1
            assert row.inspected_on < plan.visited_on
            assert row.rating.replace("_", " ") in report.text
    assert tellings >= 4


# --- What a report states is what was planned ----------------------------------------


def check(report: Document, plan: PlannedVisit) -> None:
    check_counts(report, plan)
    check_opinions(report, plan)
    check_lists(report, plan)
    words = r"\b(un)?announced\b"
    found = re.search(words, report.text)
    assert bool(found) == (plan.announced is not None), report.source
    if found:
        assert (found[1] is None) == plan.announced


def check_counts(report: Document, plan: PlannedVisit) -> None:
    digits = manner(plan).digits
    for measure, count in plan.counts.items():
        if count is None:
            continue
        label = rf"(?:{NOUNS[measure]})(?: \||:)? {alone(count, digits)}\b"
        phrase = rf"\b{counted(measure, count, digits)}\b"
        assert re.search(f"{phrase}|{label}", report.text, re.IGNORECASE), (
            report.source,
            measure,
        )


YES = r"(?<!not )(?:effectively )?safeguarded(?: here| at this| by the| in)?"
SAFEGUARDED = {
    Opinion.NO: r"not effectively safeguarded|do(?:es)? not consider|safeguarded: no|"
    r"not satisfied|does not support|do not feel|Safeguarded\? No",
    Opinion.INSUFFICIENT_EVIDENCE: r"insufficient evidence|cannot say",
}


def check_opinions(report: Document, plan: PlannedVisit) -> None:
    text = report.text
    if plan.safeguarded in SAFEGUARDED:
        assert re.search(SAFEGUARDED[plan.safeguarded], text, re.IGNORECASE)
    else:
        assert re.search(r"[Ss]afeguarded", text), report.source
        assert not re.search("not effectively safeguarded", text), report.source
    if plan.visited_on.month in manner(plan).silent:
        assert plan.well_being is Opinion.INSUFFICIENT_EVIDENCE
        assert "well-being" not in text
    else:
        assert "well-being" in text.lower()


def check_lists(report: Document, plan: PlannedVisit) -> None:
    text = report.text.casefold()
    for asked in plan.recommendations:
        assert asked.text.casefold() in text, report.source
        if asked.whose:
            assert asked.whose in text
        if asked.by:
            assert written(asked.by, manner(plan).dates) in report.text
            assert asked.by > plan.visited_on
    for found in plan.follow_ups:
        assert found.text.casefold() in text, report.source


@pytest.mark.parametrize("size", SIZES)
def test_every_report_states_what_was_planned(size: str) -> None:
    for report, plan in told(size):
        check(report, plan)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_any_seed_gives_reports_that_state_what_was_planned(seed: int) -> None:
    assert told("small", seed)
    for report, plan in told("small", seed):
        check(report, plan)


def test_a_recommendation_is_followed_up_at_the_next_visit_unless_forgotten() -> None:
    for visits in by_home().values():
        for (_, before), (_, after) in pairwise(visits):
            asked = [request.theme for request in before.recommendations]
            found = [follow_up.theme for follow_up in after.follow_ups]
            forgotten = after.visited_on.month in manner(after).forgets
            assert found == ([] if forgotten else asked)


def fire_safety(visits: list[Told]) -> Sequence[Sequence[str]]:
    """Outcomes of recommendations on fire safety, by visit, where there were any."""
    outcomes = [
        [found.outcome for found in plan.follow_ups if found.theme is Theme.FIRE_SAFETY]
        for _, plan in visits
    ]
    return [each for each in outcomes if each]


def test_a_recommendation_on_fire_safety_is_missed_twice_and_then_met() -> None:
    told_of = [fire_safety(visits) for visits in by_home().values()]
    missed = next(each for each in told_of if ["not_met", "not_met"] in each)
    assert missed == [
        ["not_met", "not_met"],
        ["not_met", "partly_met"],
        ["met", "met"],
    ]


def test_counts_move_with_the_story() -> None:
    peaks = Counter[str]()
    for visits in by_home().values():
        for measure in ("incidents", "restraints", "missing_episodes"):
            counts = [
                count
                for _, plan in visits
                if (count := plan.counts[measure]) is not None
            ]
            if counts and max(counts) >= 6 and counts[-1] <= max(counts) / 3:
                peaks[measure] += 1
    assert peaks["incidents"] >= 5
    assert peaks["restraints"] >= 2
    assert peaks["missing_episodes"] >= 1


def test_opinions_of_every_kind_are_given_and_most_are_content() -> None:
    for name in ("safeguarded", "well_being"):
        given_ = Counter(getattr(plan, name) for _, plan in told())
        assert set(given_) == set(Opinion)
        assert given_[Opinion.YES] > len(told()) / 2


def test_some_visitors_leave_things_out() -> None:
    plans = [plan for _, plan in told()]
    assert any(plan.announced is None for plan in plans)
    assert any(None in plan.counts.values() for plan in plans)
    assert any(
        asked.by is None or asked.whose is None
        for plan in plans
        for asked in plan.recommendations
    )


def test_verdicts_on_standards_are_written_where_they_are_planned() -> None:
    judged = [(report, plan) for report, plan in told() if plan.standards]
    assert len(judged) >= 20
    for report, plan in judged:
        for (key, title), outcome in zip(
            STANDARDS.items(), plan.standards.values(), strict=True
        ):
            line = next(n for n in report.text.splitlines() if title in n)
            said = {
                "met": "met",
                "partly_met": "partly met",
                "not_met": "not met",
                "insufficient_evidence": "not sampled",
            }[outcome]
            assert f" - {said}" in line, (report.source, key)


def test_reports_by_regulation_name_all_nine_standards() -> None:
    by_regulation = [d for d, _ in told() if "Regulation 6: quality" in d.text]
    assert len(by_regulation) >= 12
    for report in by_regulation:
        for title in STANDARDS.values():
            assert title.split(", ", 1)[1] in report.text


# --- It reads as the real thing does -------------------------------------------------


def sentences_of(report: Document) -> set[str]:
    """Full sentences of six words or more, without headings, cells and the notice."""
    headings = {
        report.text[s.start : s.start + len(s.heading or "")] for s in report.sections
    }
    return set(_sentences(report.text, headings))


def _sentences(text: str, headings: set[str]) -> Iterator[str]:
    for start, end in sentences(text):
        said = re.sub(r"^(?:\d+\.\d+|[-–]|\d+\.|\(\d\)|R\d\.)\s+", "", text[start:end])
        notice = said.startswith(("Invented document", "No such home"))
        whole = len(said.split()) >= 6 and said[-1] in '.?!"' and " | " not in said
        if whole and not notice and said not in headings:
            yield said


def test_no_two_reports_share_more_than_a_few_sentences() -> None:
    said = [(plan.visitor, sentences_of(report)) for report, plan in told()]
    for (visitor, first), (other, second) in combinations(said, 2):
        shared = len(first & second) / min(len(first), len(second))
        assert shared <= (0.15 if visitor == other else 0.05)


def test_visitors_differ_in_order_headings_and_length() -> None:
    headings: dict[str, set[str]] = defaultdict(set)
    words: dict[str, list[int]] = defaultdict(list)
    for report, plan in told():
        headings[plan.visitor] |= {s.heading or "" for s in report.sections[1:]}
        words[plan.visitor].append(len(report.text.split()))
    assert len(headings) >= 8
    for first, second in combinations(headings.values(), 2):
        assert len(first & second) / min(len(first), len(second)) < 0.3
    usual = sorted(sum(each) / len(each) for each in words.values())
    assert usual[-1] > 2 * usual[0]


def test_nothing_is_left_unfilled_or_ungrammatical() -> None:
    wrong = {
        "slot": r"[{}<>]|\bnan\b",
        "space": r" [,.;:]|\.\.|  |,,",
        "capital": r"[.!?] [a-z]{2,}",
        "article": r"\ba [aei]\w+|\ban [bcdfgjklmnpqrstvwxz]\w+",
        "twice": r"\b([a-z]+) \1\b",
        "number": r"\b(?:one|1) (?:incidents|restraints|complaints|children)\b",
    }
    for report, _ in told():
        body = report.text.partition("\n")[2]
        for name, pattern in wrong.items():
            found = re.search(pattern, body)
            assert not found, (report.source, name, found)


def test_children_are_told_apart_as_their_visitor_does_and_never_by_name() -> None:
    for report, plan in told():
        visitor = manner(plan)
        known = {visitor.child(letter) for letter in "ABCDEF"}
        pattern = r"\b(?:Child|Young Person|Resident|YP) ?(?:[A-Z]|\d)\b"
        assert set(re.findall(pattern, report.text)) <= known, report.source


def test_a_story_never_speaks_of_a_child_who_does_not_live_there() -> None:
    for story in stories():
        known: set[str] = set()
        for month in story.months:
            known |= set(month.children)
            text = " ".join([month.happened, *month.standards.values()])
            assert set(re.findall(r"\{([A-F])\}", text)) <= known, story.key


def test_all_reports_together_leave_room_in_the_index() -> None:
    assert sum(len(split_passages(report)) for report, _ in told()) <= 1900


# --- Manner --------------------------------------------------------------------------


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_day_is_written_so_that_day_and_year_can_be_read_back(day: date) -> None:
    for style in {visitor.dates for visitor in visitors().values()}:
        digits = [int(each) for each in re.findall(r"\d+", written(day, style))]
        assert digits[0] == day.day
        assert digits[-1] == day.year


def test_the_eleventh_to_the_thirteenth_take_th() -> None:
    endings = [written(date(2026, 3, day), "4th March 2026") for day in (1, 12, 22, 23)]
    assert [text.split()[0] for text in endings] == ["1st", "12th", "22nd", "23rd"]


@pytest.mark.parametrize(
    ("count", "digits", "before_noun", "by_itself"),
    [(0, False, "no", "none"), (0, True, "0", "0"), (4, False, "four", "four"),
     (14, False, "14", "14")],
)  # fmt: skip
def test_small_numbers_are_words_unless_the_visitor_writes_digits(
    count: int, digits: bool, before_noun: str, by_itself: str
) -> None:
    assert number(count, digits) == before_noun
    assert alone(count, digits) == by_itself
