from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.questions_asked import read, stated

SPENDING: list[tuple[str, dict[str, Any]]] = [
    (
        "What will Kent spend on residential to year end?",
        {"local_authority": "Kent", "placement_type": "residential"},
    ),
    (
        "forecast our placement spend over the next three years with 5% inflation in"
        " the worst case",
        {"months": 36, "annual_uplift": 0.05, "scenario": "high"},
    ),
    (
        "Where will Surrey's fostering spend land at year end?",
        {"local_authority": "Surrey", "placement_type": "fostering"},
    ),
    (
        "project residential spend for Medway 24 months out assuming 7% uplift",
        {
            "local_authority": "Medway",
            "placement_type": "residential",
            "months": 24,
            "annual_uplift": 0.07,
        },
    ),
    (
        "optimistic scenario for Kent placement budget over 5 years",
        {"local_authority": "Kent", "months": 60, "scenario": "low"},
    ),
    ("what's the medium term outlook for spend", {}),
    (
        "IFA costs in E Sussex next year if fees go up 3 per cent",
        {
            "local_authority": "East Sussex",
            "placement_type": "fostering",
            "months": 12,
            "annual_uplift": 0.03,
        },
    ),
    ("central case to March 2028", {"months": 24, "scenario": "central"}),
    (
        "if prices keep rising 6.5% a year what will Oxfordshire pay in two years",
        {"local_authority": "Oxfordshire", "annual_uplift": 0.065, "months": 24},
    ),
    ("18 month projection, secure", {"placement_type": "secure", "months": 18}),
    (
        "high scenario for Brighton's children's homes to the end of 2026/27",
        {
            "local_authority": "Brighton and Hove",
            "placement_type": "residential",
            "scenario": "high",
            "months": 12,
        },
    ),
    (
        "pessimistic outturn for supported accommodation",
        {"placement_type": "supported_accommodation", "scenario": "high"},
    ),
    (
        "spend over the next six months in Slough",
        {"local_authority": "Slough", "months": 6},
    ),
    ("are we going to overspend this year?", {}),
    (
        "budget for resi over four years at 4% growth",
        {"placement_type": "residential", "months": 48, "annual_uplift": 0.04},
    ),
]


@pytest.mark.parametrize(("question", "arguments"), SPENDING)
def test_a_forecast_of_spend_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "forecast_spend", question) == arguments


DEMAND: list[tuple[str, dict[str, Any]]] = [
    (
        "How many children will be in foster care in Surrey in 18 months?",
        {"local_authority": "Surrey", "placement_type": "fostering", "months": 18},
    ),
    (
        "demand for residential by March 2028 in East Sussex",
        {
            "local_authority": "East Sussex",
            "placement_type": "residential",
            "months": 24,
        },
    ),
    (
        "how many will need supported accommodation next year in Kent",
        {
            "local_authority": "Kent",
            "placement_type": "supported_accommodation",
            "months": 12,
        },
    ),
    (
        "children coming into care in West Sussex over the next 6 months",
        {"local_authority": "West Sussex", "months": 6},
    ),
    ("how many children will there be in two years", {"months": 24}),
    ("future need for secure", {"placement_type": "secure"}),
    ("Projected numbers for Hampshire", {"local_authority": "Hampshire"}),
    (
        "resi beds needed in Milton Keynes in 3 yrs",
        {
            "local_authority": "Milton Keynes",
            "placement_type": "residential",
            "months": 36,
        },
    ),
    ("demand over the coming year", {"months": 12}),
    (
        "kinship placements 9 months from now",
        {"placement_type": "kinship", "months": 9},
    ),
    ("children in care by age to 31 March 2027", {"months": 12}),
    (
        "what demand for fostering should Southampton plan for over five years?",
        {
            "local_authority": "Southampton",
            "placement_type": "fostering",
            "months": 60,
        },
    ),
    ("how many kids in half a year", {"months": 6}),
    (
        "Isle of Wight demand, next quarter",
        {"local_authority": "Isle of Wight", "months": 3},
    ),
    (
        "given the last 3 years, how many in children's homes a year from now",
        {"placement_type": "residential", "months": 12},
    ),
]


@pytest.mark.parametrize(("question", "arguments"), DEMAND)
def test_a_forecast_of_demand_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "forecast_demand", question) == arguments


SCHEMES: list[tuple[str, dict[str, Any]]] = [
    (
        "If we step down 10 children from residential at £6,000 a week to foster care"
        " at £1,100 a week with 70% take-up over 3 years, what do we save?",
        {
            "scheme": "step_down",
            "children": 10,
            "weekly_cost_now": 6000.0,
            "weekly_cost_after": 1100.0,
            "take_up": 0.7,
            "years": 3,
        },
    ),
    (
        "step-down of 12 young people, now costing £5,800pw, to IFA at £1,050pw, £150k"
        " set up, two thirds succeed",
        {
            "scheme": "step_down",
            "children": 12,
            "weekly_cost_now": 5800.0,
            "weekly_cost_after": 1050.0,
            "set_up_cost": 150000.0,
            "take_up": 0.667,
        },
    ),
    (
        "Suppose we open two 3-bed homes in-house for £900k capital; beds at £4,700"
        " against £6,100 external. Over 5 years?",
        {
            "scheme": "in_house_beds",
            "children": 6,
            "set_up_cost": 900000.0,
            "weekly_cost_after": 4700.0,
            "weekly_cost_now": 6100.0,
            "years": 5,
        },
    ),
    (
        "business case for increasing foster carer allowances by £75 a week, 200"
        " current in-house placements, hoping to attract 15 children from agency at"
        " £1,050",
        {
            "scheme": "fostering_fee",
            "children": 15,
            "existing_placements": 200,
            "weekly_uplift": 75.0,
            "weekly_cost_now": 1050.0,
        },
    ),
    (
        "moving 8 kids out of children's homes into foster care",
        {"scheme": "step_down", "children": 8},
    ),
    (
        "would it pay to build our own 4 bed children's home for 1.5 million",
        {"scheme": "in_house_beds", "children": 4, "set_up_cost": 1500000.0},
    ),
    (
        "payback on opening a four-bed in-house home costing £1.2m to set up, currently"
        " paying £6,500 a week, would cost £4,900, 85% occupied",
        {
            "scheme": "in_house_beds",
            "children": 4,
            "set_up_cost": 1200000.0,
            "weekly_cost_now": 6500.0,
            "weekly_cost_after": 4900.0,
            "take_up": 0.85,
        },
    ),
    (
        "What would raising fostering fees do if 20 children came back at £650 a week"
        " instead of £1,150?",
        {
            "scheme": "fostering_fee",
            "children": 20,
            "weekly_cost_after": 650.0,
            "weekly_cost_now": 1150.0,
        },
    ),
    (
        "invest £200,000 to step five children down, half of them make it, 2 years",
        {
            "scheme": "step_down",
            "children": 5,
            "set_up_cost": 200000.0,
            "take_up": 0.5,
            "years": 2,
        },
    ),
    (
        "Step down programme: 15 children, £5,500 a week to £1,200 a week",
        {
            "scheme": "step_down",
            "children": 15,
            "weekly_cost_now": 5500.0,
            "weekly_cost_after": 1200.0,
        },
    ),
    (
        "save by paying carers more, 40 children, take-up of 60%",
        {"scheme": "fostering_fee", "children": 40, "take_up": 0.6},
    ),
    (
        "in-house residential beds: 6 beds, £700k upfront, 4 year view",
        {
            "scheme": "in_house_beds",
            "children": 6,
            "set_up_cost": 700000.0,
            "years": 4,
        },
    ),
    (
        "stepping down six young people from £7,200 a week",
        {"scheme": "step_down", "children": 6, "weekly_cost_now": 7200.0},
    ),
    (
        "buy a 5 bed home for £850,000",
        {"scheme": "in_house_beds", "children": 5, "set_up_cost": 850000.0},
    ),
    (
        "What if a quarter of the 40 children in resi could step down",
        {"scheme": "step_down", "children": 40, "take_up": 0.25},
    ),
]


@pytest.mark.parametrize(("question", "arguments"), SCHEMES)
def test_a_scheme_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "model_invest_to_save", question) == arguments


def test_saving_without_a_scheme_lacks_one(region_dir: Path) -> None:
    found = read(region_dir, "model_invest_to_save", "is it worth investing to save?")
    assert found.missing == ("scheme",)
