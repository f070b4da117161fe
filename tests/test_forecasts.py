from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset
from corpus.disclosure.past_spend import Paid, past_spend
from corpus.errors import InvalidArguments, NothingLoaded, UnknownPlace
from corpus.models import Frozen
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, dataset_of, placement
from tests.placement_rows import asked, knowledge_of
from tools.base import Knowledge
from tools.forecasting import Range

EVALUATOR = Viewer.parse("evaluator")
BOTH = ("forecast_demand", "forecast_spend")


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return knowledge_of(region_dir)


def over(knowledge: Knowledge, dataset: Dataset) -> Knowledge:
    return replace(knowledge, dataset=dataset)


def ranges_in(data: Frozen) -> list[Range]:
    found: list[Range] = []
    waiting: list[object] = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Range):
            found.append(item)
        elif isinstance(item, Frozen):
            waiting += [getattr(item, name) for name in type(item).model_fields]
        elif isinstance(item, tuple):
            waiting += item
    return found


CALLS: list[dict[str, Any]] = [
    {},
    {"months": 1},
    {"months": 7},
    {"local_authority": "Kent", "months": 24},
    {"placement_type": "residential"},
    {"placement_type": "secure", "local_authority": "Surrey"},
]


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("viewer", ["region", "council:Kent", "evaluator"])
@pytest.mark.parametrize("arguments", CALLS)
def test_every_range_is_in_order_and_nothing_is_below_nothing(
    knowledge: Knowledge, name: str, viewer: str, arguments: dict[str, Any]
) -> None:
    found = asked(knowledge, name, viewer, **arguments)
    ranges = ranges_in(found.data)
    if not ranges:
        assert "nothing to forecast" in found.caveats[0] or "cost" in found.caveats[0]
    for each in ranges:
        assert 0 <= each.p10 <= each.p50 <= each.p90
    for chart in found.charts:
        assert "invented" in chart.title


@pytest.mark.parametrize("name", BOTH)
def test_the_same_call_has_the_same_answer(knowledge: Knowledge, name: str) -> None:
    first, again = (asked(knowledge, name, months=6).data for _ in range(2))
    assert first == again


def test_demand_without_months_looks_a_year_ahead_and_says_so(
    knowledge: Knowledge,
) -> None:
    found = asked(knowledge, "forecast_demand")
    assert len(found.data.by_month) == 12
    assert any("No number of months was given" in line for line in found.caveats)
    given = asked(knowledge, "forecast_demand", months=12)
    assert given.data.by_month == found.data.by_month
    assert not any("No number of months" in line for line in given.caveats)


def test_spend_without_months_goes_to_the_years_end_and_over_three_years(
    knowledge: Knowledge,
) -> None:
    found = asked(knowledge, "forecast_spend").data
    names = [period.name for period in found.by_period]
    assert names == ["2026/27", "2027/28", "2028/29"]
    assert found.by_period[0].last_day == date(2027, 3, 31)
    assert len(found.by_month) == 36


def test_in_mid_year_what_is_spent_and_what_is_to_come_make_up_the_year(
    knowledge: Knowledge,
) -> None:
    earlier = replace(knowledge, as_at=date(2025, 9, 30))
    found = asked(earlier, "forecast_spend", "evaluator").data
    year = found.by_period[0]
    assert (year.name, year.first_day, year.last_day) == (
        "2025/26", date(2025, 10, 1), date(2026, 3, 31),
    )  # fmt: skip
    start, end = date(2025, 4, 1), date(2025, 10, 1)
    spent = past_spend(earlier.dataset, EVALUATOR, Paid(), start, end)
    assert year.spent == pytest.approx(spent)
    assert year.total.p50 == pytest.approx(year.to_come.p50 + spent, abs=1000)


def test_a_day_in_mid_month_splits_its_month_between_the_years(
    knowledge: Knowledge,
) -> None:
    earlier = replace(knowledge, as_at=date(2026, 2, 14))
    found = asked(earlier, "forecast_spend", months=3).data
    first, second = found.by_period
    assert first.last_day == date(2026, 3, 31)
    assert second.first_day == date(2026, 4, 1)
    both = first.to_come.p50 + second.to_come.p50
    assert both == pytest.approx(found.whole.to_come.p50, rel=0.02)


def test_scenarios_are_in_order(knowledge: Knowledge) -> None:
    low, central, high = (
        asked(knowledge, "forecast_spend", scenario=name).data.whole.to_come.p50
        for name in ("low", "central", "high")
    )
    assert low < central < high


def test_an_uplift_given_takes_the_place_of_the_index_and_of_its_doubt(
    knowledge: Knowledge,
) -> None:
    flat, dear = (
        asked(knowledge, "forecast_spend", annual_uplift=uplift)
        for uplift in (0.0, 0.1)
    )
    own = asked(knowledge, "forecast_spend")
    ratio = dear.data.by_period[0].to_come.p50 / flat.data.by_period[0].to_come.p50
    assert ratio == pytest.approx(1.1, rel=0.001)
    share = {driver.source: driver.share for driver in own.data.drivers}
    without = {driver.source: driver.share for driver in flat.data.drivers}
    assert without["prices"] < share["prices"]
    assert any("0 a year (as asked)" in each.locator for each in flat.citations)


def test_shares_of_the_drivers_make_up_the_whole(knowledge: Knowledge) -> None:
    drivers = asked(knowledge, "forecast_spend").data.drivers
    assert sum(driver.share for driver in drivers) == pytest.approx(1, abs=0.01)
    assert [d.share for d in drivers] == sorted(
        (d.share for d in drivers), reverse=True
    )


def test_what_is_asked_about_a_council_by_others_rests_on_protected_figures(
    knowledge: Knowledge,
) -> None:
    for name in BOTH:
        others = asked(knowledge, name, "council:Surrey", local_authority="Kent")
        own = asked(knowledge, name, "council:Kent", local_authority="Kent")
        assert not others.data.exact
        assert own.data.exact
        assert any("Protected figures" in line for line in others.caveats)
        assert any("rates of all authorities together" in c for c in others.caveats)
        assert not any("Protected figures" in line for line in own.caveats)


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"months": 0}, "months = 0"),
        ({"months": 121}, "months = 121"),
        ({"months": 2.5}, "months = 2.5"),
        ({"placement_type": "castle"}, "placement_type = 'castle'"),
        ({"years": 3}, "there is no argument 'years'"),
        ({"local_authority": ""}, "local_authority"),
    ],
)
def test_arguments_that_make_no_sense_are_refused_by_name(
    knowledge: Knowledge, name: str, arguments: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidArguments, match=said):
        asked(knowledge, name, **arguments)


@pytest.mark.parametrize(
    "arguments", [{"annual_uplift": 5}, {"annual_uplift": -0.9}, {"scenario": "worst"}]
)
def test_spend_refuses_an_uplift_or_a_scenario_that_is_none(
    knowledge: Knowledge, arguments: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArguments, match=next(iter(arguments))):
        asked(knowledge, "forecast_spend", **arguments)


@pytest.mark.parametrize("name", BOTH)
def test_a_place_that_is_none_is_refused(knowledge: Knowledge, name: str) -> None:
    with pytest.raises(UnknownPlace, match="Narnia"):
        asked(knowledge, name, local_authority="Narnia")


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("viewer", ["region", "council:Leeds"])
def test_an_authority_of_which_nothing_is_held_has_no_figures(
    knowledge: Knowledge, name: str, viewer: str
) -> None:
    found = asked(knowledge, name, viewer, local_authority="Leeds")
    assert not ranges_in(found.data)
    assert not found.tables
    assert "nothing to forecast from" in found.caveats[0]
    assert "Leeds" in found.caveats[0]


@pytest.mark.parametrize("name", BOTH)
def test_without_tables_the_reader_is_told_what_to_run(
    knowledge: Knowledge, name: str, tmp_path: Path
) -> None:
    empty = over(knowledge, Dataset.open(DataDirectory(tmp_path)))
    with pytest.raises(NothingLoaded, match="placements demo"):
        asked(empty, name)


@pytest.mark.parametrize("name", BOTH)
def test_children_of_whom_none_ever_left_are_too_little_history(
    knowledge: Knowledge, name: str, tmp_path: Path
) -> None:
    rows = [placement(n, started=date(2024, 1, 1)) for n in range(60)]
    found = asked(over(knowledge, dataset_of(tmp_path, rows)), name, "evaluator")
    assert not ranges_in(found.data)
    assert "too little history" in found.caveats[0]


def steady(cost: float | None) -> list[Any]:
    """Sixty children a year, each in one placement for a year."""
    return [
        placement(
            n,
            started=date(2019 + n // 60, 1 + n % 12, 1),
            ended=date(2020 + n // 60, 1 + n % 12, 1) if n < 375 else None,
            weekly_cost=cost,
        )
        for n in range(435)
        if date(2020 + n // 60, 1 + n % 12, 1) > date(2021, 4, 1)
        and date(2019 + n // 60, 1 + n % 12, 1) <= AS_AT
    ]


def test_spend_is_not_forecast_where_no_cost_is_recorded(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    dataset = dataset_of(tmp_path, steady(None))
    found = asked(over(knowledge, dataset), "forecast_spend", "evaluator")
    assert found.data.whole is None
    assert "No cost" in found.caveats[0]


def test_as_many_children_at_one_price_cost_the_same_again(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    known = over(knowledge, dataset_of(tmp_path, steady(1000.0)))
    found = asked(
        known, "forecast_spend", "evaluator", months=12, annual_uplift=0.0
    ).data
    assert found.last_year is not None
    assert found.whole.to_come.p10 < found.last_year < found.whole.to_come.p90
    assert found.by_type[0].weekly_price_now == 1000.0
    assert found.tail is None


def test_costs_missing_of_some_placements_are_told(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    rows = [
        each.model_copy(update={"weekly_social_care": None}) if n % 2 else each
        for n, each in enumerate(steady(1000.0))
    ]
    found = asked(
        over(knowledge, dataset_of(tmp_path, rows)), "forecast_spend", "evaluator"
    )
    assert any("have a recorded cost" in line for line in found.caveats)


def test_a_forecast_over_more_years_than_are_known_says_so(
    knowledge: Knowledge,
) -> None:
    found = asked(knowledge, "forecast_demand", months=120)
    assert any("10 years ahead" in line for line in found.caveats)
    assert len(found.data.by_month) == 120
