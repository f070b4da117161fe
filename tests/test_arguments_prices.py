from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.questions_asked import read, stated

BENCHMARKS: list[tuple[str, dict[str, Any]]] = [
    (
        "A provider has quoted £6,200 a week for a solo residential placement for a"
        " 15-year-old with self harm - is that reasonable?",
        {
            "placement_type": "residential",
            "needs": ["self_harm"],
            "age": 15,
            "weekly_price": 6200.0,
        },
    ),
    (
        "What have we been paying for framework fostering placements since April 2024?",
        {"placement_type": "fostering", "route": "framework", "since": "2024-04-01"},
    ),
    (
        "is 5k a week fair for resi, 14yo with autism",
        {
            "placement_type": "residential",
            "needs": ["autism"],
            "age": 14,
            "weekly_price": 5000.0,
        },
    ),
    (
        "what's the going rate for semi independent for a 17 year old UASC in the last"
        " 12 months",
        {
            "placement_type": "supported_accommodation",
            "needs": ["uasc"],
            "age": 17,
            "since": "2025-03-31",
        },
    ),
    (
        "Typical price for spot purchased residential in Kent, £260k a year quoted",
        {
            "placement_type": "residential",
            "local_authority": "Kent",
            "route": "spot",
            "weekly_price": 4986.3,
        },
    ),
    (
        "Is £7k too much for a girl of 13 with CSE and self-harm in resi?",
        {
            "placement_type": "residential",
            "needs": ["cse", "self_harm"],
            "age": 13,
            "weekly_price": 7000.0,
        },
    ),
    (
        "going rate for 16yo boy, arson, spot purchase since Jan 2025, Surrey",
        {
            "needs": ["fire_setting"],
            "age": 16,
            "local_authority": "Surrey",
            "route": "spot",
            "since": "2025-01-01",
        },
    ),
    (
        "They're asking £4,950pw for a lad of 12 with ADHD and no offending. How does"
        " it compare?",
        {"needs": ["adhd"], "age": 12, "weekly_price": 4950.0},
    ),
    (
        "IFA wants nine hundred and fifty pounds a week for an 8 yo",
        {"placement_type": "fostering", "age": 8, "weekly_price": 950.0},
    ),
    (
        "what did similar placments cost - secure, violent, 15",
        {"placement_type": "secure", "needs": ["violence"], "age": 15},
    ),
    (
        "benchmark a residential school place at £21,000 a month",
        {"placement_type": "residential_school", "weekly_price": 4832.88},
    ),
    (
        "price of parent and child placements in the past two years",
        {"placement_type": "parent_and_child", "since": "2024-03-31"},
    ),
    (
        "block contract beds for children with complex health in Hants, what's paid?",
        {
            "local_authority": "Hampshire",
            "needs": ["complex_health"],
            "route": "block",
        },
    ),
    (
        "Is six grand reasonable for therapeutic resi?",
        {
            "placement_type": "residential",
            "needs": ["attachment_trauma"],
            "weekly_price": 6000.0,
        },
    ),
    (
        "how much for in-house fostering, not disabled, aged 5",
        {"placement_type": "fostering", "route": "in_house", "age": 5},
    ),
    (
        "quote of 5200 for a children's home: high or low?",
        {"placement_type": "residential", "weekly_price": 5200.0},
    ),
]


@pytest.mark.parametrize(("question", "arguments"), BENCHMARKS)
def test_a_benchmark_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "benchmark_price", question) == arguments


DELIVERIES: list[tuple[str, dict[str, Any]]] = [
    (
        "What should a 4-bed children's home cost to run at 85% occupancy with 2 staff"
        " per shift, one waking night and a sleep-in, 6 hours of therapy a week, £13.50"
        " an hour and a 10% margin?",
        {
            "placement_type": "residential",
            "places": 4,
            "occupancy": 0.85,
            "staff_per_shift": 2,
            "waking_night_staff": 1,
            "sleep_in_staff": 1,
            "therapy_hours": 6.0,
            "hourly_rate": 13.5,
            "margin": 0.1,
        },
    ),
    (
        "solo home 2:1 staffing, two waking nights, no sleep-in",
        {
            "places": 1,
            "staff_per_shift": 2,
            "waking_night_staff": 2,
            "sleep_in_staff": 0,
        },
    ),
    (
        "cost of running 3 bed home, 3 staff on shift, 1 waking night, 90% occupied",
        {
            "places": 3,
            "staff_per_shift": 3,
            "waking_night_staff": 1,
            "occupancy": 0.9,
        },
    ),
    (
        "What's a fair cost for a solo provision with two staff on shift day and night,"
        " £14.20ph and 12% profit",
        {"places": 1, "staff_per_shift": 2, "hourly_rate": 14.2, "margin": 0.12},
    ),
    (
        "build-up of fees for a six place children's home at three quarters occupancy",
        {"placement_type": "residential", "places": 6, "occupancy": 0.75},
    ),
    (
        "run supported accommodation for five young people with one sleep-in and no"
        " waking nights",
        {
            "placement_type": "supported_accommodation",
            "places": 5,
            "sleep_in_staff": 1,
            "waking_night_staff": 0,
        },
    ),
    (
        "5-bedded resi, 15% voids, margin of 8 per cent",
        {
            "placement_type": "residential",
            "places": 5,
            "occupancy": 0.85,
            "margin": 0.08,
        },
    ),
    ("What does it cost to run a children's home?", {"placement_type": "residential"}),
    (
        "three beds, 2 on shift, sleep in x1, waking night x1, therapy 10 hrs",
        {
            "places": 3,
            "staff_per_shift": 2,
            "sleep_in_staff": 1,
            "waking_night_staff": 1,
            "therapy_hours": 10.0,
        },
    ),
    (
        "home for four children, fully occupied, no therapy",
        {"places": 4, "occupancy": 1.0, "therapy_hours": 0.0},
    ),
    (
        "what should a 2 bed cost with pay at £12.60 per hour",
        {"places": 2, "hourly_rate": 12.6},
    ),
    (
        "delivery cost, 4 places, occupancy 0.8, profit margin 0.15",
        {"places": 4, "occupancy": 0.8, "margin": 0.15},
    ),
    (
        "2:1 for two children, one awake night staff",
        {"waking_night_staff": 1},
    ),
    (
        "twelve hours a week of psychology in a 6-bed unit, four staff a shift",
        {"places": 6, "staff_per_shift": 4, "therapy_hours": 12.0},
    ),
    (
        "a three bedroom home at eighty per cent occupancy, a waking night and two"
        " sleep-ins",
        {
            "places": 3,
            "occupancy": 0.8,
            "waking_night_staff": 1,
            "sleep_in_staff": 2,
        },
    ),
]


@pytest.mark.parametrize(("question", "arguments"), DELIVERIES)
def test_a_cost_of_delivery_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "estimate_delivery_cost", question) == arguments


CONTRACTS: list[tuple[str, dict[str, Any]]] = [
    (
        "Is a block of 6 beds at £4,800 cheaper than spot at £5,600 with 80% occupancy"
        " over 3 years, if we bear half the void cost and prices rise 4% a year?",
        {
            "places": 6,
            "block_price": 4800.0,
            "spot_price": 5600.0,
            "occupancy": 0.8,
            "years": 3,
            "void_share": 0.5,
            "annual_uplift": 0.04,
        },
    ),
    (
        "£5,200 spot versus £4,600 block for four places",
        {"spot_price": 5200.0, "block_price": 4600.0, "places": 4},
    ),
    (
        "At what occupancy does a hard block at £4,500 beat spot purchasing at £5,000?",
        {"block_price": 4500.0, "spot_price": 5000.0},
    ),
    (
        "3-year block for 5 beds @ 4200 vs spot 5100, 90% occ, council carries all"
        " voids, 3% pa uplift",
        {
            "years": 3,
            "places": 5,
            "block_price": 4200.0,
            "spot_price": 5100.0,
            "occupancy": 0.9,
            "void_share": 1.0,
            "annual_uplift": 0.03,
        },
    ),
    (
        "spot at £5,500pw. block at £4,900pw. 12 beds. occupancy 75 per cent",
        {
            "spot_price": 5500.0,
            "block_price": 4900.0,
            "places": 12,
            "occupancy": 0.75,
        },
    ),
    (
        "Soft block of four beds, we pay 60% of voids, block price £4,600, spot £5,300",
        {
            "places": 4,
            "void_share": 0.6,
            "block_price": 4600.0,
            "spot_price": 5300.0,
        },
    ),
    (
        "break-even for a block at 4,800 a week against spot of 5,600?",
        {"block_price": 4800.0, "spot_price": 5600.0},
    ),
    (
        "we're offered ten guaranteed beds at 4.7k pw; spot is 5.4k pw. Two year deal",
        {"places": 10, "block_price": 4700.0, "spot_price": 5400.0, "years": 2},
    ),
    (
        "block 6 beds £250,000 a year each, spot £5,500 a week, provider bears the"
        " voids",
        {
            "places": 6,
            "block_price": 4794.52,
            "spot_price": 5500.0,
            "void_share": 0.0,
        },
    ),
    (
        "would a block be worth it if beds are only two thirds full? spot 6k block 5k",
        {"occupancy": 0.667, "spot_price": 6000.0, "block_price": 5000.0},
    ),
    (
        "compare £4,400 and £5,050 spot, five beds, 18 months",
        {
            "block_price": 4400.0,
            "spot_price": 5050.0,
            "places": 5,
            "years": 1.5,
        },
    ),
    (
        "we share the voids 50/50, 10 beds, block price £4,500, spot £5,200",
        {
            "void_share": 0.5,
            "places": 10,
            "block_price": 4500.0,
            "spot_price": 5200.0,
        },
    ),
    (
        "spot price £5,250, 2.5% inflation, 5 years, 8 places",
        {"spot_price": 5250.0, "annual_uplift": 0.025, "years": 5, "places": 8},
    ),
    (
        "Block of 3 at 95% occupancy, £4,950 per bed per week",
        {"block_price": 4950.0, "occupancy": 0.95, "places": 3},
    ),
    (
        "cost-plus or block at five thousand pounds a week for 6 beds with a 10% void"
        " rate",
        {"block_price": 5000.0, "places": 6, "occupancy": 0.9},
    ),
    (
        "spot: £5,800/wk; block: £5,100/wk; void share 40%; occupancy 70%",
        {
            "spot_price": 5800.0,
            "block_price": 5100.0,
            "void_share": 0.4,
            "occupancy": 0.7,
        },
    ),
]


@pytest.mark.parametrize(("question", "arguments"), CONTRACTS)
def test_a_comparison_of_contracts_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "compare_contracts", question) == arguments


def test_contracts_without_a_price_lack_one(region_dir: Path) -> None:
    found = read(region_dir, "compare_contracts", "block contract or spot purchase?")
    assert found.missing == ("spot_price", "block_price")
    assert found.arguments == {}


def test_a_benchmark_of_nothing_asks_of_what(region_dir: Path) -> None:
    assert read(region_dir, "benchmark_price", "what's the going rate?").missing


def test_an_occupancy_above_all_is_a_problem(region_dir: Path) -> None:
    found = read(region_dir, "compare_contracts", "block £4,000 at 120% occupancy")
    assert found.arguments == {"block_price": 4000.0}
    assert "occupancy" in found.problems[0]


def test_a_yearly_price_is_told_to_have_been_brought_to_a_week(
    region_dir: Path,
) -> None:
    found = read(region_dir, "benchmark_price", "resi at £260,000 a year")
    assert "365/7" in found.notes[0]


def test_a_year_has_the_weeks_that_the_question_gives_it(region_dir: Path) -> None:
    question = "resi at £260,000 a year, with 52 weeks in the year"
    found = read(region_dir, "benchmark_price", question)
    assert found.arguments["weekly_price"] == 5000.0
    assert "52 weeks" in found.notes[0]


def test_of_a_range_of_ages_the_youngest_is_said_to_be_compared(
    region_dir: Path,
) -> None:
    found = read(region_dir, "benchmark_price", "fostering for ages 5 to 9")
    assert found.arguments == {"placement_type": "fostering", "age": 5}
    assert "youngest" in found.notes[0]
