from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.dataset import Dataset
from corpus.errors import InvalidArguments
from tools.base import Knowledge, Result
from tools.invest_to_save import (
    Driver,
    PricePath,
    Scheme,
    SchemeName,
    break_even,
    cumulative,
    net,
    payback,
    present_value,
    saving,
    sensitivities,
)
from tools.registry import call_tool
from tools.scheme_case import SchemeCase

WEEKS = 365 / 7
SCHEMES = st.builds(
    Scheme,
    scheme=st.sampled_from(get_args(SchemeName)),
    children=st.integers(1, 200).map(float),
    weekly_cost_now=st.floats(100, 20_000),
    weekly_cost_after=st.floats(100, 20_000),
    set_up_cost=st.floats(0, 1e7),
    take_up=st.floats(0.01, 1),
    years=st.floats(0.1, 30),
    existing_placements=st.integers(0, 500).map(float),
    weekly_uplift=st.floats(0, 200),
)
PATHS = st.builds(
    PricePath,
    name=st.just("some"),
    now=st.floats(-0.2, 0.2),
    after=st.floats(-0.2, 0.2),
)


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return Assistant.open(Settings(data_dir=region_dir)).knowledge


def case(knowledge: Knowledge, **arguments: Any) -> Result[SchemeCase]:
    result = call_tool("model_invest_to_save", arguments, knowledge)
    assert isinstance(result.data, SchemeCase)
    return result  # type: ignore[return-value]


def bill(scheme: Scheme, path: PricePath) -> float:
    """Both worlds week by week: what each costs, and their difference."""
    total = -scheme.set_up_cost
    moved = scheme.children * scheme.take_up
    year = 0
    left = scheme.years
    while left > 0:
        weeks = WEEKS * min(left, 1.0)
        without = moved * scheme.weekly_cost_now * (1 + path.now) ** year
        price = scheme.weekly_cost_after * (1 + path.after) ** year
        beds = scheme.children if scheme.scheme == "in_house_beds" else moved
        rise = scheme.existing_placements * scheme.weekly_uplift
        total += weeks * (without - beds * price - rise * (1 + path.after) ** year)
        year, left = year + 1, left - 1
    return total


def test_one_child_from_6000_to_1000_a_week_saves_260700_a_year(
    knowledge: Knowledge,
) -> None:
    # Department for Education, Forecasting, Commissioning and Market Shaping (2024):
    # about £1,000 a week for a foster placement and £6,000 for a residential one
    result = case(
        knowledge, scheme="step_down", children=1, weekly_cost_now=6000,
        weekly_cost_after=1000,
    )  # fmt: skip
    assert result.data.saving_per_child == 5000
    assert round(result.data.saving_a_year, -2) == 260_700
    assert "52.14 weeks" in result.caveats[0]


@given(scheme=SCHEMES, path=PATHS)
def test_the_net_is_the_difference_between_two_worlds(
    scheme: Scheme, path: PricePath
) -> None:
    expected = bill(scheme, path)
    size = 1e-6 + 1e-9 * scheme.children * 20_000 * WEEKS * scheme.years
    assert net(scheme, path) == pytest.approx(expected, rel=1e-6, abs=size * 1000)


@given(scheme=SCHEMES)
def test_at_todays_prices_the_net_is_years_of_savings_less_the_set_up(
    scheme: Scheme,
) -> None:
    expected = scheme.years * saving(scheme) - scheme.set_up_cost
    assert net(scheme) == pytest.approx(expected, rel=1e-6, abs=1)


@given(scheme=SCHEMES, driver=st.sampled_from(get_args(Driver)))
def test_at_break_even_the_net_is_nothing(scheme: Scheme, driver: Driver) -> None:
    value = break_even(scheme, driver)
    if value is not None:
        at = scheme.model_copy(update={driver: value})
        gross = abs(net(at.model_copy(update={"set_up_cost": 0.0}))) + at.set_up_cost
        spent = WEEKS * at.years * at.children * at.weekly_cost_after
        uplift = WEEKS * at.years * at.existing_placements * at.weekly_uplift
        assert abs(net(at)) <= 1e-6 * (gross + spent + uplift) + 0.01
        assert driver != "take_up" or 0 <= value <= 1


@given(scheme=SCHEMES)
def test_after_the_payback_the_savings_have_paid_the_set_up(scheme: Scheme) -> None:
    years = payback(scheme)
    if years is None:
        assert saving(scheme) <= 0
    else:
        assert years * saving(scheme) == pytest.approx(scheme.set_up_cost)


@given(scheme=SCHEMES, path=PATHS)
def test_the_path_starts_with_the_set_up_and_ends_with_the_net(
    scheme: Scheme, path: PricePath
) -> None:
    nets = cumulative(scheme, path)
    assert nets[0] == -scheme.set_up_cost
    assert nets[-1] == net(scheme, path)


@given(scheme=SCHEMES)
def test_what_matters_most_comes_first(scheme: Scheme) -> None:
    found = sensitivities(scheme)
    spans = [item.span for item in found]
    assert spans == sorted(spans, reverse=True)
    for item in found:
        moved = scheme.model_copy(update={item.driver: item.high_input})
        assert item.high == net(moved)
        assert item.driver != "take_up" or item.high_input <= 1


@given(scheme=SCHEMES)
def test_discounting_takes_from_savings_and_never_from_the_set_up(
    scheme: Scheme,
) -> None:
    discounted, plain = present_value(scheme), net(scheme)
    gained = plain + scheme.set_up_cost
    assert abs(discounted + scheme.set_up_cost) <= abs(gained) + 1e-3


@settings(max_examples=30, deadline=None)
@given(take_up=st.floats(0.05, 0.95), beds=st.integers(1, 30))
def test_an_empty_in_house_bed_costs_what_a_full_one_does(
    take_up: float, beds: int
) -> None:
    def scheme(share: float) -> Scheme:
        return Scheme(
            scheme="in_house_beds", children=beds, weekly_cost_now=6000,
            weekly_cost_after=4000, set_up_cost=0, take_up=share, years=1,
            existing_placements=0, weekly_uplift=0,
        )  # fmt: skip

    lost = saving(scheme(1)) - saving(scheme(take_up))
    assert lost == pytest.approx(beds * (1 - take_up) * 6000 * WEEKS)


def test_empty_beds_are_shown_and_said(knowledge: Knowledge) -> None:
    result = case(
        knowledge, scheme="in_house_beds", children=4, take_up=0.75,
        weekly_cost_now=6000, weekly_cost_after=4000, set_up_cost=500_000, years=4,
    )  # fmt: skip
    data = result.data
    assert data.empty_beds_a_year == pytest.approx(4000 * WEEKS, abs=0.01)
    assert data.saving_a_year == pytest.approx((18_000 - 16_000) * WEEKS, abs=0.01)
    assert data.saving_a_year == pytest.approx(
        data.cost_now_a_year - data.cost_after_a_year, abs=0.02
    )
    assert data.payback_years == pytest.approx(500_000 / (2000 * WEEKS), abs=0.01)
    assert not data.pays_back_within_term
    assert "Beds not taken up still cost the council" in " ".join(result.caveats)


def test_a_fee_rise_is_paid_to_those_who_foster_already_too(
    knowledge: Knowledge,
) -> None:
    asked = {"scheme": "fostering_fee", "children": 20, "weekly_cost_now": 1000,
             "weekly_cost_after": 600}  # fmt: skip
    alone = case(knowledge, **asked)
    assert "existing_placements" in " ".join(alone.caveats)
    both = case(knowledge, **asked, existing_placements=150, weekly_uplift=50)
    lost = alone.data.saving_a_year - both.data.saving_a_year
    assert lost == pytest.approx(150 * 50 * WEEKS, abs=0.02)
    assert both.data.break_even.children == pytest.approx(150 * 50 / 400)


def test_a_median_paid_before_the_rise_has_the_rise_on_top(
    knowledge: Knowledge,
) -> None:
    before = case(knowledge, scheme="fostering_fee")
    risen = case(
        knowledge, scheme="fostering_fee", existing_placements=100, weekly_uplift=50
    )
    assert risen.data.weekly_cost_after == before.data.weekly_cost_after + 50
    assert "and the rise of £50" in risen.citations[0].locator


def test_full_in_house_beds_are_said_to_flatter(knowledge: Knowledge) -> None:
    asked = {"scheme": "in_house_beds", "children": 4, "weekly_cost_now": 6000,
             "weekly_cost_after": 4000}  # fmt: skip
    told = " ".join(case(knowledge, **asked).caveats)
    saved = case(knowledge, **asked, take_up=0.85).data.saving_a_year
    assert "With 85% filled" in told
    assert f"the saving a year is £{saved:,.0f}" in told
    asked_for = case(knowledge, **asked, take_up=1)
    assert "filled all year" not in " ".join(asked_for.caveats)


def test_no_figure_is_shown_below_nought_that_is_nought(knowledge: Knowledge) -> None:
    result = case(knowledge, scheme="step_down")
    shown = [str(cell) for table in result.tables for row in table.rows for cell in row]
    assert not {"-0", "-0%"} & set(shown)


def test_a_scheme_that_saves_nothing_never_pays_back(knowledge: Knowledge) -> None:
    result = case(
        knowledge, scheme="step_down", children=2, weekly_cost_now=1000,
        weekly_cost_after=6000, set_up_cost=1000,
    )  # fmt: skip
    assert result.data.saving_a_year < 0
    assert result.data.payback_years is None
    assert result.data.break_even.take_up is None
    assert "never pays back" in " ".join(result.caveats)


def test_the_counterfactual_moves_with_the_price_index(knowledge: Knowledge) -> None:
    result = case(
        knowledge, scheme="step_down", children=5, weekly_cost_now=6000,
        weekly_cost_after=1000, years=4,
    )  # fmt: skip
    today, rising, stalled = result.data.paths
    assert today.net == result.data.net_over_term
    assert rising.rise_now == pytest.approx(0.0449)
    assert stalled.rise_now == 0
    assert stalled.net < today.net < rising.net


@pytest.mark.parametrize("scheme", get_args(SchemeName))
def test_costs_that_are_not_given_are_said_to_be_taken(
    knowledge: Knowledge, scheme: str
) -> None:
    result = case(knowledge, scheme=scheme)
    told = " ".join(result.caveats)
    assert "Not given, so taken: weekly cost now" in told
    assert result.data.weekly_cost_now > result.data.weekly_cost_after > 0


def test_without_tables_it_says_which_cost_is_needed(knowledge: Knowledge) -> None:
    empty = replace(knowledge, dataset=Dataset(None, None, None))
    with pytest.raises(InvalidArguments, match="weekly_cost_now"):
        case(empty, scheme="step_down", weekly_cost_after=1000)
    with pytest.raises(InvalidArguments, match="weekly_cost_after"):
        case(empty, scheme="step_down", weekly_cost_now=6000)
    stated = case(
        empty, scheme="step_down", weekly_cost_now=6000, weekly_cost_after=900
    )
    assert stated.data.saving_per_child == 5100


def test_every_chart_has_its_twin_among_the_tables(knowledge: Knowledge) -> None:
    result = case(
        knowledge, scheme="step_down", children=5, set_up_cost=200_000, years=2.5
    )
    lines, tornado = result.charts
    _, paths, drivers = result.tables
    assert list(lines.x) == [0, 1, 2, 2.5]
    for at, series in enumerate(lines.series, start=1):
        assert [row[at] for row in paths.rows] == [
            round(value or 0) for value in series.values
        ]
    assert [row[0] for row in drivers.rows] == list(tornado.categories)
    assert tornado.baseline == result.data.net_over_term


@pytest.mark.parametrize(
    "nonsense",
    [
        {"scheme": "lottery"},
        {"children": 0},
        {"children": 1.5},
        {"weekly_cost_now": 1e12},
        {"weekly_cost_after": 0},
        {"set_up_cost": -1},
        {"take_up": 2},
        {"years": -1},
        {"years": float("nan")},
        {"weekly_uplift": 50},
        {"existing_placements": 10, "weekly_uplift": 50},
    ],
)
def test_nonsense_is_refused_by_the_name_of_its_argument(
    knowledge: Knowledge, nonsense: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArguments, match=next(iter(nonsense))):
        case(knowledge, **{"scheme": "step_down", **nonsense})


def test_the_scheme_is_needed(knowledge: Knowledge) -> None:
    with pytest.raises(InvalidArguments, match="'scheme' is needed"):
        case(knowledge, children=3)
