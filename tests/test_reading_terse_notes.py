from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.intents.guards import guarded
from assistant.intents.labels import Label
from assistant.planning.wanted import told_tool
from assistant.readers.ages import AgeBand, read_age_band
from assistant.readers.counts import read_min_moves, read_places_count
from assistant.readers.durations import read_durations
from assistant.readers.grouping import read_groups, read_measure, read_min_distance
from assistant.readers.money import read_amounts
from assistant.readers.periods import read_financial_year, read_since
from assistant.readers.places import read_radius
from assistant.readers.shares import read_shares
from assistant.readers.shorthand import in_full
from assistant.readers.terms import read_flags, read_limit, read_min_rating
from assistant.understanding import understand
from corpus.geography import Gazetteer

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("hes 9, foster", {"age": 9, "placement_type": "fostering"}),
        ("girl, twelve, solo", {"age": 12, "gender": "female", "solo": True}),
        (
            "supp accom w/ vac. 17. M. h/o absconding",
            {
                "age": 17,
                "gender": "male",
                "placement_type": "supported_accommodation",
                "with_vacancy": True,
                "needs": ["missing"],
            },
        ),
        (
            "outstanding resi / Surrey / F 11 / MH yes, sub misuse no / 6 only",
            {
                "age": 11,
                "gender": "female",
                "placement_type": "residential",
                "local_authority": "Surrey",
                "min_rating": "outstanding",
                "needs": ["mental_health"],
                "limit": 6,
            },
        ),
        ("16, girl, Kent", {"age": 16, "gender": "female", "near": "Kent"}),
        (
            "res school Hants M 8-11",
            {
                "age_from": 8,
                "age_to": 11,
                "gender": "male",
                "placement_type": "residential_school",
                "local_authority": "Hampshire",
            },
        ),
        (
            "the young man I ring about is 15, his nan says she is worn out, resi",
            {"age": 15, "gender": "male", "placement_type": "residential"},
        ),
        (
            "she supports Gillingham, her mum in Deal is ill; carers near Faversham",
            {"near": "Faversham", "gender": "female"},
        ),
        (
            "homes near either Slough or Reading with a bed",
            {"near": ["Slough", "Reading"]},
        ),
        (
            "resi near basing stoke, F9",
            {"near": "Basingstoke", "age": 9, "gender": "female"},
        ),
        ("resi near Ashford Surrey, M 12", {"near": "Ashford, Surrey", "age": 12}),
        (
            "three siblings comma ages two four and seven",
            {"ages": [2, 4, 7], "siblings": 3},
        ),
        ("girls of 12 to 17, resi", {"age_from": 12, "age_to": 17}),
        ("resi no worse than RI", {"min_rating": "requires_improvement"}),
        ("resi for a lad, not to exceed £950 a week", {"max_weekly_price": 950}),
        ("foster or lodgings for a boy of 16", {"age": 16, "placement_type": None}),
        (
            "IFA sibs 2 + 4 + 9",
            {"ages": [2, 4, 9], "siblings": 3, "placement_type": "fostering"},
        ),
        (
            "she's 16 today, resi",
            {"age": 16, "gender": "female", "placement_type": "residential"},
        ),
        ("lad assessed as 17", {"age": 17, "gender": "male"}),
        (
            "sibs x2 boys 4/7",
            {"ages": [4, 7], "gender": "male", "siblings": 2},
        ),
        (
            "supported accom, boy of 17",
            {"age": 17, "gender": "male", "placement_type": "supported_accommodation"},
        ),
        (
            "girl of 17, semi-indep",
            {
                "age": 17,
                "gender": "female",
                "placement_type": "supported_accommodation",
            },
        ),
        ("boy of 8 in Crawley or Horsham district", {"within": ["Crawley", "Horsham"]}),
    ],
)
def test_terse_notes_are_read_in_full(question: str, stated: dict[str, Any]) -> None:
    read = understand(question, Gazetteer.load()).provider_arguments()
    assert {name: read.get(name) for name in stated} == stated


@pytest.mark.parametrize(
    ("text", "miles"),
    [
        ("inside thirty mile of Reading", 30.0),
        ("no further than 20m from Slough", 20.0),
        ("a £30m from the fund", None),
    ],
)
def test_distances_in_words_and_short_are_read(text: str, miles: float | None) -> None:
    assert read_radius(text) == miles


def test_a_date_behind_a_day_is_no_price() -> None:
    text = "places begun 1 April 2025 onwards"
    assert read_amounts(text, 500) == ()
    assert read_since(text, TODAY) == date(2025, 4, 1)


def test_calendar_months_are_months() -> None:
    assert [a.per for a in read_amounts("£20,000 a calendar month")] == ["month"]


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("two in five of them", [0.4]),
        ("9 out of 10 children", [0.9]),
        ("2 in 5 years", []),
        ("five in four", []),
    ],
)
def test_parts_of_a_number_are_shares(text: str, shares: list[float]) -> None:
    assert [share.value for share in read_shares(text)] == shares


def test_counts_of_moves_beds_and_terms_are_read() -> None:
    assert read_min_moves("bounced about 4 or more times") == 4
    assert read_places_count("a block of 7 at £5,000") == 7
    assert read_places_count("a block of 5 years") is None
    assert [d.years for d in read_durations("6 beds / four yr term")] == [4.0]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Supp accom w/ vac", "supported accommodation with vacancy"),
        ("f/cast no. of YPs", "forecast number of young people"),
        ("w/e 3 May, no. 2", "w/e 3 May, no. 2"),
        ("no. that was wrong", "no. that was wrong"),
        ("accommodation", "accommodation"),
    ],
)
def test_shorthand_is_written_out_and_what_is_in_full_stays(
    short: str, full: str
) -> None:
    assert in_full(short) == full
    assert in_full(full) == full


def test_short_spans_of_time_and_written_parts_are_read() -> None:
    assert [d.months for d in read_durations("spend 18m, at £12m")] == [18.0]
    assert [d.years for d in read_durations("4y, a lad of 14 y/o")] == [4.0]
    assert [s.value for s in read_shares("take up 3/4 of 1/4/25")] == [0.75]


def test_measures_and_groups_of_terse_notes_are_read() -> None:
    assert read_groups("residential, yr by yr") == ("year",)
    assert read_min_distance("more than forty miles off") == 40.0
    assert read_measure("block, total £ going out") == "total_weekly_cost"
    assert read_financial_year("financial yr 23-24", TODAY) == "2023/24"


def test_bands_leave_a_kind_of_home_alone() -> None:
    assert read_age_band("fostering for under 6s (0-5)") == AgeBand(
        youngest=0, oldest=5
    )
    assert read_age_band("16+ accommodation") == AgeBand()
    assert read_age_band("everyone 16+") == AgeBand(youngest=16)


def test_grades_vacancies_and_limits_of_terse_notes_are_read() -> None:
    assert read_min_rating("nothing RI please") is not None
    assert read_flags("is there one free?") == {"with_vacancy": True}
    assert read_flags("what's any one going rate") == {}
    assert read_limit("give me six homes") == 6


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("lads who were moved about six times", "trace_journeys"),
        ("how the placements turned out", "provider_outcomes"),
        ("what share of referrals came to nothing", "analyse_sufficiency"),
        ("what % of the children", "summarise_placements"),
        ("boys' referrals since May, how did they end", "analyse_sufficiency"),
        ("total £ pw fostering", "summarise_placements"),
        ("£ by group, Kent", "provider_spend"),
        ("the study of voids, what did it find", "search_documents"),
    ],
)
def test_idioms_tell_the_tool(question: str, tool: str) -> None:
    assert told_tool(question) == tool


@pytest.mark.parametrize(
    "question",
    [
        "who's the 13 yr old at that home",
        "the lad in the report, whats his name",
        "which school does she go to, and her full name please",
        "what school is he at",
    ],
)
def test_asking_who_a_child_is_is_guarded(question: str) -> None:
    assert guarded(question) is Label.IDENTIFY_CHILD


def test_asking_for_names_of_homes_is_not_guarded() -> None:
    assert guarded("who is the provider of the girls' home in Maidstone") is None
