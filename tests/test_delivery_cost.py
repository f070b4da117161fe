from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.codes import PlacementType
from corpus.dataset import Dataset
from corpus.errors import InvalidArguments
from tools.assumptions import OUR_ASSUMPTION, Assumption
from tools.base import Knowledge, Result
from tools.delivery_assumptions import MODELLED, defaults, living_wage
from tools.delivery_cost import Inputs, cover, delivery_cost, on_costs
from tools.delivery_estimate import DeliveryEstimate
from tools.registry import call_tool

WEEKS = 365 / 7
KIND = st.sampled_from(MODELLED)
COSTS = ("staff_per_shift", "waking_night_staff", "sleep_in_staff", "therapy_hours",
         "hourly_rate", "margin", "manager_pay", "premises", "supplies", "overhead",
         "leave_weeks", "insurance_rate", "education", "running")  # fmt: skip


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return Assistant.open(Settings(data_dir=region_dir)).knowledge


def inputs(kind: PlacementType = PlacementType.RESIDENTIAL, **changed: float) -> Inputs:
    values = {
        name: item.value for name, item in defaults(kind, date(2026, 3, 31)).items()
    }
    return Inputs.model_validate(values | changed)


def estimate(knowledge: Knowledge, **arguments: Any) -> Result[DeliveryEstimate]:
    result = call_tool("estimate_delivery_cost", arguments, knowledge)
    assert isinstance(result.data, DeliveryEstimate)
    return result  # type: ignore[return-value]


@given(kind=KIND, field=st.sampled_from(COSTS), more=st.floats(0.1, 20))
def test_whatever_costs_more_makes_the_home_dearer(
    kind: PlacementType, field: str, more: float
) -> None:
    base = inputs(kind, therapy_hours=2)
    dearer = base.model_copy(update={field: getattr(base, field) + more})
    assert delivery_cost(dearer).weekly > delivery_cost(base).weekly


@given(kind=KIND, low=st.floats(0.05, 0.99), more=st.floats(0.001, 0.9))
def test_a_fuller_home_costs_less_for_each_child_and_more_in_all(
    kind: PlacementType, low: float, more: float
) -> None:
    high = min(low + more, 1.0)
    emptier, fuller = (delivery_cost(inputs(kind, occupancy=u)) for u in (low, high))
    assert fuller.per_child < emptier.per_child
    assert fuller.weekly > emptier.weekly


@given(
    kind=KIND,
    occupancy=st.floats(0.05, 1),
    staff=st.floats(0, 10),
    margin=st.floats(0, 1),
    therapy=st.floats(0, 100),
)
def test_the_lines_add_up(
    kind: PlacementType, occupancy: float, staff: float, margin: float, therapy: float
) -> None:
    cost = delivery_cost(
        inputs(kind, occupancy=occupancy, staff_per_shift=staff, margin=margin,
               therapy_hours=therapy)
    )  # fmt: skip
    assert sum(line.weekly for line in cost.lines) == pytest.approx(cost.weekly)
    assert min(line.weekly for line in cost.lines) >= 0
    before = cost.weekly - cost.lines[-1].weekly
    assert cost.lines[-1].weekly == pytest.approx(margin * before)
    assert cost.per_child * cost.beds_filled == pytest.approx(cost.weekly)


def test_a_home_agrees_with_its_payroll_worked_out_person_by_person() -> None:
    # three posts round the clock at £15 an hour, nobody away and nothing else to pay
    bare = inputs(
        places=3, occupancy=1, staff_per_shift=3, waking_night_staff=3,
        sleep_in_staff=0, hourly_rate=15, margin=0, overhead=0, manager_pay=0,
        deputy_pay=0, premises=0, running=0, supplies=0,
        leave_weeks=0, sickness_weeks=0, training_weeks=0,
    )  # fmt: skip
    people = 3 * 24 * 7 / 37.5
    pay = 15 * 37.5 * WEEKS
    each = pay + 0.15 * (pay - 5000) + 0.03 * (pay - 6240)
    cost = delivery_cost(bare)
    assert cost.a_year == pytest.approx(people * each)
    assert cost.per_child == pytest.approx(people * each / WEEKS / 3)


def test_cover_pays_for_every_hour_of_those_away() -> None:
    some = inputs()
    away = some.leave_weeks + some.sickness_weeks + some.training_weeks
    paid_for_each_hour_worked = WEEKS / (WEEKS - away)
    assert 1 + cover(some) == pytest.approx(paid_for_each_hour_worked)


@given(pay=st.floats(1, 50_000))
def test_on_costs_are_paid_over_the_thresholds_alone(pay: float) -> None:
    share = on_costs(pay, inputs())
    assert 0 <= share < 0.18
    assert (share == 0) == (pay <= 5000)


def test_only_what_is_over_the_day_is_night() -> None:
    short, long = inputs(night_hours=8), inputs(night_hours=10)
    names = {line.name: line.working for line in delivery_cost(short).lines}
    assert "16 hours" in names["day shifts"]
    assert "8 hours" in names["waking nights"]
    assert delivery_cost(long).weekly < delivery_cost(short).weekly


@pytest.mark.parametrize(
    ("on", "wage"),
    [
        (date(2025, 3, 31), 11.44),
        (date(2025, 4, 1), 12.21),
        (date(2026, 3, 31), 12.21),
        (date(2026, 4, 1), 12.71),
        (date(2010, 1, 1), 8.91),
    ],
)
def test_the_living_wage_is_that_of_the_day(on: date, wage: float) -> None:
    assert living_wage(on).value == wage


@pytest.mark.parametrize("kind", MODELLED)
def test_every_default_says_where_it_is_from(kind: PlacementType) -> None:
    used = defaults(kind, date(2026, 3, 31))
    assert set(used) == set(Inputs.model_fields)
    assert len({item.name for item in used.values()}) == len(used)
    for item in used.values():
        assert item.source == OUR_ASSUMPTION or len(item.source) > 20


def test_a_statement_of_the_caller_takes_the_place_of_the_default(
    knowledge: Knowledge,
) -> None:
    asked = {
        "places": 3, "occupancy": 0.9, "staff_per_shift": 2, "waking_night_staff": 2,
        "sleep_in_staff": 0, "therapy_hours": 6, "hourly_rate": 15.5, "margin": 0.05,
    }  # fmt: skip
    result = estimate(knowledge, **asked)
    told = result.citations[0].locator
    assert told.count("as asked") == len(asked)
    data = result.data
    assert (data.places, data.occupancy, data.beds_filled) == (3, 0.9, 2.7)
    expected = delivery_cost(inputs(**asked))  # type: ignore[arg-type]
    assert data.per_child == pytest.approx(expected.per_child, abs=0.01)
    assert data.a_year == pytest.approx(expected.weekly * WEEKS, abs=0.01)
    assert "No therapy" not in " ".join(result.caveats)


def test_a_home_is_checked_against_prices_paid(knowledge: Knowledge) -> None:
    data = estimate(knowledge).data
    nao, cma, region = data.checks
    assert (nao.weekly, cma.weekly) == (6106, 3830)
    assert "£318,400" in nao.source
    assert "median residential" in region.source
    for check in data.checks:
        assert check.difference == pytest.approx(
            data.per_child / check.weekly - 1, abs=1e-3
        )
    assert 0.5 < data.per_child / nao.weekly < 1.5


def test_lodgings_are_not_checked_against_childrens_homes(knowledge: Knowledge) -> None:
    data = estimate(knowledge, placement_type="supported_accommodation").data
    assert [check.name for check in data.checks] == ["median paid for the kind"]
    assert data.per_child < estimate(knowledge).data.per_child


def test_without_tables_the_model_still_stands(knowledge: Knowledge) -> None:
    empty = replace(knowledge, dataset=Dataset(None, None, None))
    result = estimate(empty)
    assert [check.name for check in result.data.checks][-1].startswith("large private")
    assert result.data.per_child == estimate(knowledge).data.per_child


def test_pay_below_the_living_wage_is_said_to_be_unlawful(knowledge: Knowledge) -> None:
    low = estimate(knowledge, hourly_rate=10)
    assert "below the National Living Wage of £12.21" in " ".join(low.caveats)
    assert "below the National" not in " ".join(estimate(knowledge).caveats)


def test_the_chart_has_its_twin_among_the_tables(knowledge: Knowledge) -> None:
    result = estimate(knowledge, occupancy=0.75)
    (chart,) = result.charts
    twin = result.tables[1]
    assert [row[0] for row in twin.rows] == list(chart.x_names)
    assert [row[1] for row in twin.rows] == [
        round(value or 0) for value in chart.series[0].values
    ]
    assert "75%" in chart.x_names


@pytest.mark.parametrize("kind", sorted(set(PlacementType) - set(MODELLED)))
def test_what_is_no_staffed_building_is_refused(
    knowledge: Knowledge, kind: str
) -> None:
    with pytest.raises(InvalidArguments, match="placement_type"):
        estimate(knowledge, placement_type=kind)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"occupancy": 3},
        {"occupancy": 0},
        {"places": 0},
        {"margin": 2},
        {"margin": -0.1},
        {"hourly_rate": 1e12},
        {"hourly_rate": 0},
        {"staff_per_shift": -1},
        {"waking_night_staff": 1e9},
        {"sleep_in_staff": float("inf")},
        {"therapy_hours": -3},
    ],
)
def test_nonsense_is_refused_by_the_name_of_its_argument(
    knowledge: Knowledge, nonsense: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArguments, match=next(iter(nonsense))):
        estimate(knowledge, **nonsense)


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (6480, "£ a week", "£6,480 a week"),
        (12.21, "£ an hour", "£12.21 an hour"),
        (1, "beds", "1 bed"),
        (4, "beds", "4 beds"),
        (1, "years", "1 year"),
        (1, "of beds filled", "1 of beds filled"),
    ],
)
def test_an_assumption_is_told_with_its_unit_as_one_would_say_it(
    value: float, unit: str, told: str
) -> None:
    assumption = Assumption(name="it", value=value, unit=unit, source=OUR_ASSUMPTION)
    assert assumption.told == f"it {told} (our assumption)"
