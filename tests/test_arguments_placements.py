from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.questions_asked import read, stated

SUMMARIES: list[tuple[str, dict[str, Any]]] = [
    (
        "How many children does Kent have in residential placements?",
        {"local_authority": "Kent", "placement_type": "residential"},
    ),
    (
        "average weekly cost of fostering by authority",
        {
            "placement_type": "fostering",
            "measure": "average_weekly_cost",
            "group_by": "local_authority",
        },
    ),
    (
        "How far from home are Surrey's children placed?",
        {"local_authority": "Surrey", "measure": "median_distance"},
    ),
    (
        "What proportion of Hampshire's placements are over 20 miles from home?",
        {"local_authority": "Hampshire", "measure": "share_over_20_miles"},
    ),
    (
        "how many W Sussex kids are more than 20 miles away",
        {"local_authority": "West Sussex", "min_distance_miles": 20.0},
    ),
    (
        "girls 10 to 15 with CSE in children's homes as at 31 March 2025, how many?",
        {
            "placement_type": "residential",
            "needs": ["cse"],
            "age_from": 10,
            "age_to": 15,
            "gender": "female",
            "on": "2025-03-31",
        },
    ),
    (
        "what does the South East spend in total each week on spot purchased resi",
        {
            "region": "South East",
            "placement_type": "residential",
            "route": "spot",
            "measure": "total_weekly_cost",
        },
    ),
    (
        "number of under 16s placed more than 50 miles away by type and authority",
        {
            "age_to": 15,
            "min_distance_miles": 50.0,
            "group_by": ["placement_type", "local_authority"],
        },
    ),
    (
        "Percentage of Medway children placed out of county",
        {"local_authority": "Medway", "measure": "share_out_of_area"},
    ),
    (
        "teenage boys in secure in Oxfordshire",
        {
            "local_authority": "Oxfordshire",
            "placement_type": "secure",
            "age_from": 13,
            "age_to": 19,
            "gender": "male",
        },
    ),
    (
        "total weekly cost of in-house fostering in Kent by year",
        {
            "local_authority": "Kent",
            "placement_type": "fostering",
            "route": "in_house",
            "measure": "total_weekly_cost",
            "group_by": "year",
        },
    ),
    (
        "median distance from home by placement type for girls over 12",
        {
            "age_from": 13,
            "gender": "female",
            "measure": "median_distance",
            "group_by": "placement_type",
        },
    ),
    (
        "count of placements by rating and provider on 30/09/2025",
        {"group_by": ["rating", "provider"], "on": "2025-09-30"},
    ),
    (
        "average price per week by route for Bucks, financial year 2023/24",
        {
            "local_authority": "Buckinghamshire",
            "measure": "average_weekly_cost",
            "group_by": "route",
            "on": "2024-03-31",
        },
    ),
    (
        "How many UASC were in supported accommodation a year ago?",
        {
            "placement_type": "supported_accommodation",
            "needs": ["uasc"],
            "on": "2025-03-31",
        },
    ),
    (
        "over-16s in semi-indy, split by gender",
        {
            "age_from": 16,
            "placement_type": "supported_accommodation",
            "group_by": "gender",
        },
    ),
    (
        "avg cost of framework resi placmenets for autistic kids 12 and under",
        {
            "placement_type": "residential",
            "needs": ["autism"],
            "age_to": 12,
            "route": "framework",
            "measure": "average_weekly_cost",
        },
    ),
    (
        "What is our weekly bill for block contracts, quarterly?",
        {"route": "block", "measure": "total_weekly_cost", "group_by": "quarter"},
    ),
    (
        "Cost per week of in-house vs IFA fostering",
        {
            "placement_type": "fostering",
            "measure": "average_weekly_cost",
            "group_by": "route",
        },
    ),
    (
        "How many placements are not in-house?",
        {},
    ),
]


@pytest.mark.parametrize(("question", "arguments"), SUMMARIES)
def test_a_summary_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    expected = {"measure": "count", **arguments}
    assert stated(region_dir, "summarise_placements", question) == expected


GAPS: list[tuple[str, dict[str, Any]]] = [
    (
        "Where are the gaps for teenage girls with mental health needs in Hampshire?",
        {
            "local_authority": "Hampshire",
            "needs": ["mental_health"],
            "age_from": 13,
            "age_to": 19,
            "gender": "female",
        },
    ),
    (
        "resi sought but not secured for under 12s since April 2025",
        {"placement_type": "residential", "age_to": 11, "since": "2025-04-01"},
    ),
    (
        "Which needs are hardest to place in Kent?",
        {"local_authority": "Kent", "group_by": "need"},
    ),
    (
        "sufficiency gaps for secure in Surrey",
        {"local_authority": "Surrey", "placement_type": "secure"},
    ),
    (
        "What fostering did East Sussex look for and not get, for 10-15 year olds, over"
        " the last 2 years by quarter",
        {
            "local_authority": "East Sussex",
            "placement_type": "fostering",
            "age_from": 10,
            "age_to": 15,
            "since": "2024-03-31",
            "group_by": "quarter",
        },
    ),
    ("Where do we fall short?", {}),
    ("How often do we fail to secure placements?", {}),
    (
        "unmet demand for parent and child placements by council",
        {"placement_type": "parent_and_child", "group_by": "local_authority"},
    ),
    (
        "gaps for boys with harmful sexual behaviour, by age band",
        {
            "needs": ["harmful_sexual_behaviour"],
            "gender": "male",
            "group_by": "age_band",
        },
    ),
    (
        "what did we look for for 16 and 17 year olds and end up with instead",
        {"age_from": 16, "age_to": 17},
    ),
    (
        "shortfall of foster homes for siblings under 5 in Portsmouth",
        {"local_authority": "Portsmouth", "placement_type": "fostering", "age_to": 4},
    ),
    (
        "sought vs secured by type and need, Reading Council",
        {"local_authority": "Reading", "group_by": ["placement_type", "need"]},
    ),
    (
        "what do the gaps in residential cost Medway since 2024",
        {
            "local_authority": "Medway",
            "placement_type": "residential",
            "since": "2024-01-01",
        },
    ),
    (
        "any shortfall for wheelchair users with no challenging behaviour?",
        {"needs": ["physical_disability"]},
    ),
    (
        "placement searches for girls 16+ this financial year",
        {"gender": "female", "age_from": 16, "since": "2025-04-01"},
    ),
    (
        "children with DoLS orders who were sought secure but got unregistered",
        {"needs": ["dols"], "placement_type": "secure"},
    ),
]


@pytest.mark.parametrize(("question", "arguments"), GAPS)
def test_a_question_on_sufficiency_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "analyse_sufficiency", question) == arguments


JOURNEYS: list[tuple[str, dict[str, Any]]] = [
    (
        "How do children end up in placements over £10,000 a week in Kent?",
        {"local_authority": "Kent", "min_weekly_cost": 10000.0},
    ),
    (
        "journeys from fostering into residential with at least 3 moves",
        {"placement_type": "residential", "min_moves": 3},
    ),
    (
        "which kids in Surrey moved more than twice before high cost residential?",
        {"local_authority": "Surrey", "placement_type": "residential", "min_moves": 3},
    ),
    (
        "Typical pathways into secure for Hampshire",
        {"local_authority": "Hampshire", "placement_type": "secure"},
    ),
    (
        "What happened before children reached placements costing 15k+ a week, four or"
        " more moves",
        {"min_weekly_cost": 15000.0, "min_moves": 4},
    ),
    ("Show typical journeys into high cost care", {}),
    (
        "routes into residential from £8,000 a week",
        {"placement_type": "residential", "min_weekly_cost": 8000.0},
    ),
    (
        "how do our foster placements step up to children's homes",
        {"placement_type": "residential"},
    ),
    (
        "sequences with 5+ moves in Slough",
        {"local_authority": "Slough", "min_moves": 5},
    ),
    (
        "What led up to placements costing over half a million a year?",
        {"min_weekly_cost": 9589.04},
    ),
    ("children who moved three times or so", {"min_moves": 3}),
    (
        "cost steps on the way into a residential school, Isle of Wight",
        {"local_authority": "Isle of Wight", "placement_type": "residential_school"},
    ),
    (
        "after 2 placement moves, where do Wokingham's children go?",
        {"local_authority": "Wokingham", "min_moves": 2},
    ),
    (
        "how did kids get to be in ten grand a week placements",
        {"min_weekly_cost": 10000.0},
    ),
    (
        "pathways into supported accommodation for Bracknell Forest",
        {
            "local_authority": "Bracknell Forest",
            "placement_type": "supported_accommodation",
        },
    ),
]


@pytest.mark.parametrize(("question", "arguments"), JOURNEYS)
def test_a_question_on_journeys_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "trace_journeys", question) == arguments


def test_two_authorities_are_kept_apart_and_grouped_by(region_dir: Path) -> None:
    found = read(
        region_dir,
        "summarise_placements",
        "compare Kent and Surrey on the average cost of resi",
    )
    assert found.several == {"local_authority": ("Kent", "Surrey")}
    assert found.arguments == {
        "placement_type": "residential",
        "measure": "average_weekly_cost",
        "group_by": "local_authority",
    }


def test_where_children_live_is_not_who_places_them(region_dir: Path) -> None:
    found = read(
        region_dir,
        "summarise_placements",
        "how many children from Kent are placed in Essex",
    )
    assert found.arguments == {"local_authority": "Kent", "measure": "count"}
    assert any("Essex" in note for note in found.notes)


def test_our_children_are_those_of_the_council_that_looks(region_dir: Path) -> None:
    question = "how many of our children are in fostering"
    own = read(region_dir, "summarise_placements", question, council="Surrey")
    assert own.arguments["local_authority"] == "Surrey"
    everyone = read(region_dir, "summarise_placements", question)
    assert "local_authority" not in everyone.arguments


def test_a_day_worked_out_from_the_data_s_own_is_said_back(region_dir: Path) -> None:
    found = read(region_dir, "analyse_sufficiency", "gaps over the last 12 months")
    assert found.arguments == {"since": "2025-03-31"}
    assert found.notes == ("since 2025-03-31, counted from 2026-03-31",)


def test_an_authority_outside_the_region_is_a_problem(region_dir: Path) -> None:
    found = read(
        region_dir, "summarise_placements", "count for Leeds in the South East region"
    )
    assert "Leeds lies in Yorkshire" in found.problems[0]


@pytest.mark.parametrize("age", [26, 40, 99])
def test_an_impossible_age_is_said_and_left_out(region_dir: Path, age: int) -> None:
    found = read(region_dir, "summarise_placements", f"placements of {age} year olds")
    assert found.arguments == {"measure": "count"}
    assert str(age) in found.problems[0]
