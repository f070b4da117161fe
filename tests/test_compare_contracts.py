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
from tools.contract_comparison import ContractComparison, ContractCost
from tools.contract_forms import Form, FormName, Terms, forms, over_term
from tools.published_checks import published_checks
from tools.registry import TOOLS, call_tool

WEEKS = 365 / 7
SHARES = st.floats(0, 1)
PRICES = st.floats(100, 20_000)
TERMS = st.builds(
    Terms,
    spot_price=PRICES,
    block_price=PRICES,
    void_share=SHARES,
    framework_discount=st.floats(0, 0.3),
    market_margin=st.floats(0, 0.5),
    market_occupancy=st.floats(0.4, 1),
    fixed_cost=SHARES,
    agreed_margin=st.floats(0, 0.5),
    retainer=st.floats(0, 0.5),
    retainer_price=st.floats(0, 1),
)


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return Assistant.open(Settings(data_dir=region_dir)).knowledge


def compared(knowledge: Knowledge, **arguments: Any) -> Result[ContractComparison]:
    result = call_tool("compare_contracts", arguments, knowledge)
    assert isinstance(result.data, ContractComparison)
    return result  # type: ignore[return-value]


def cost(data: ContractComparison, name: FormName) -> ContractCost:
    return next(form for form in data.forms if form.form == name)


def form_of(terms: Terms, name: FormName) -> Form:
    return next(form for form in forms(terms) if form.name == name)


def test_the_kent_paper_is_reproduced_and_its_ten_years_contradicted(
    knowledge: Knowledge,
) -> None:
    # Kent County Council, decision 21/00094, paragraphs 5.1 and 5.7
    result = compared(knowledge, places=15, block_price=4557, years=10)
    hard = cost(result.data, "hard_block")
    assert round(hard.a_year, -3) == 3_564_000
    assert round(hard.over_term, -5) == 35_600_000
    year, term = result.data.published
    assert (year.printed, year.agrees) == ("£3.564m", True)
    assert (term.printed, term.agrees) == ("£30,564m", False)
    told = " ".join(result.caveats)
    assert "prints £30,564m for what is 35,642,250 here: the two disagree" in told
    assert {c.locator for c in result.citations if c.source == "published_checks"} == {
        "paragraphs 5.1 and 5.7",
        "paragraph 5.7",
    }


def test_a_published_figure_is_not_set_beside_other_terms(knowledge: Knowledge) -> None:
    other = compared(knowledge, places=15, block_price=5000, years=10)
    assert other.data.published == ()
    uplifted = compared(
        knowledge, places=15, block_price=4557, years=10, annual_uplift=0.03
    )
    assert [found.printed for found in uplifted.data.published] == ["£3.564m"]


def test_the_spend_on_114_children_is_reproduced(knowledge: Knowledge) -> None:
    # South East Sector Led Improvement Programme, complex needs project: £557,675 a
    # week for 96 county children and £108,758 for 18 unitary; £666,433, £34.7 million
    parts = [
        cost(compared(knowledge, places=n, spot_price=weekly / n, occupancy=1).data,
             "spot")
        for n, weekly in ((96, 557_675), (18, 108_758))
    ]  # fmt: skip
    assert sum(part.weekly for part in parts) == 666_433
    assert round(sum(part.a_year for part in parts) / 1e6, 1) == 34.7


def test_eight_of_nine_beds_is_89_per_cent(knowledge: Knowledge) -> None:
    # Department for Education, Forecasting, Commissioning and Market Shaping (2024)
    result = compared(knowledge, places=9, spot_price=6000, occupancy=8 / 9)
    assert result.data.beds_filled == 8
    assert result.tables[0].title.startswith("Contracts at 89% occupancy, 8 of 9 beds")
    (found,) = result.data.published
    assert found.agrees


def test_every_published_figure_is_a_quantity_that_its_tool_works_out(
    knowledge: Knowledge,
) -> None:
    for check in published_checks():
        assert check.tool in TOOLS
        whole = {
            name: int(value) if value == int(value) else value
            for name, value in check.arguments.items()
        }
        result = call_tool(check.tool, {"spot_price": 5000, **whole}, knowledge)
        assert isinstance(result.data, ContractComparison)
        assert check.printed in {found.printed for found in result.data.published}


@given(terms=TERMS, places=st.integers(1, 100))
def test_each_form_costs_what_spot_does_at_break_even(
    terms: Terms, places: int
) -> None:
    for form in forms(terms):
        meets = form.break_even(terms.spot_price)
        if meets is not None:
            spot = places * meets * terms.spot_price
            assert form.weekly(places, meets) == pytest.approx(spot)


@given(terms=TERMS)
def test_each_form_is_cheaper_than_spot_just_where_it_says(terms: Terms) -> None:
    for form in forms(terms)[1:]:
        meets = form.break_even(terms.spot_price)
        gaps = {u: form.weekly(1, u) - u * terms.spot_price for u in (0.02, 0.5, 1.0)}
        # a tenth of a penny a week is neither cheaper nor dearer
        cheaper = {u: gap < 0 for u, gap in gaps.items() if abs(gap) > 1e-3}
        if meets is None:
            everywhere = form.against_spot(terms.spot_price) == (
                "cheaper at every occupancy"
            )
            assert all(found == everywhere for found in cheaper.values())
        else:
            assert cheaper == {u: u > meets for u in cheaper}


@given(terms=TERMS, occupancy=st.floats(0.01, 1))
def test_the_formulas_agree_with_bills_added_up_bed_by_bed(
    terms: Terms, occupancy: float
) -> None:
    beds = 100
    filled = round(beds * occupancy)
    empty = beds - filled
    bills: dict[FormName, float] = {
        "spot": filled * terms.spot_price,
        "framework": filled * terms.spot_price * (1 - terms.framework_discount),
        "soft_block": (filled + empty * terms.void_share) * terms.block_price,
        "hard_block": beds * terms.block_price,
        "retainer": beds * terms.retainer * terms.spot_price
        + filled * terms.retainer_price * terms.spot_price,
        "cost_plus": (filled + empty * terms.fixed_cost)
        * terms.full_bed_cost
        * (1 + terms.agreed_margin),
    }
    assert set(bills) == set(get_args(FormName))
    for form in forms(terms):
        paid = form.weekly(beds, filled / beds)
        assert paid == pytest.approx(bills[form.name])
        for_empty = form.void_weekly(beds, filled / beds)
        assert -1e-6 <= for_empty <= paid * (1 + 1e-9) + 1e-6


@given(terms=TERMS)
def test_a_soft_block_lies_between_paying_for_no_void_and_for_all(terms: Terms) -> None:
    soft, hard = form_of(terms, "soft_block"), form_of(terms, "hard_block")
    at = soft.weekly(10, 0.6)
    assert 6 * terms.block_price - 1e-6 <= at <= hard.weekly(10, 0.6) + 1e-6
    assert soft.weekly(10, 1) == pytest.approx(hard.weekly(10, 1))


@given(terms=TERMS)
def test_the_market_price_covers_the_cost_at_its_planned_occupancy(
    terms: Terms,
) -> None:
    u = terms.market_occupancy
    cost_then = terms.full_bed_cost * (terms.fixed_cost + (1 - terms.fixed_cost) * u)
    assert cost_then == pytest.approx(terms.spot_price * (1 - terms.market_margin) * u)


@given(
    first=st.floats(1, 1e8),
    years=st.integers(1, 30),
    uplift=st.floats(-0.5, 1).filter(lambda g: abs(g) > 1e-3),
)
def test_a_term_is_the_sum_of_a_geometric_series(
    first: float, years: int, uplift: float
) -> None:
    closed_form = first * ((1 + uplift) ** years - 1) / uplift
    assert over_term(first, years, uplift) == pytest.approx(closed_form)
    half = over_term(first, years + 0.5, uplift) - over_term(first, years, uplift)
    assert half == pytest.approx(first * (1 + uplift) ** years / 2)


@settings(max_examples=30, deadline=None)
@given(
    spot=st.integers(500, 12_000),
    block=st.integers(500, 12_000),
    places=st.integers(1, 40),
    occupancy=st.floats(0.05, 1),
)
def test_a_comparison_adds_up(
    knowledge: Knowledge, spot: int, block: int, places: int, occupancy: float
) -> None:
    data = compared(
        knowledge, spot_price=spot, block_price=block, places=places,
        occupancy=occupancy,
    ).data  # fmt: skip
    for form in data.forms:
        assert form.a_year == pytest.approx(form.weekly * WEEKS, abs=1)
        assert form.over_term == form.a_year
        assert form.per_filled_bed == pytest.approx(
            form.weekly / (places * occupancy), abs=0.2
        )
    assert cost(data, data.cheapest).a_year == min(f.a_year for f in data.forms)
    shown = next(row for row in data.by_occupancy if row.occupancy == occupancy)
    assert list(shown.a_year) == [form.a_year for form in data.forms]
    spot_row = data.plane.spot_prices.index(spot)
    at_full = data.plane.difference[spot_row][-1]
    assert at_full == pytest.approx(places * (block - spot) * WEEKS, abs=1)


def test_the_plane_turns_where_block_and_spot_meet(knowledge: Knowledge) -> None:
    data = compared(knowledge, places=10, spot_price=6000, block_price=4800).data
    assert data.break_even_occupancy == pytest.approx(0.8)
    assert data.break_even_beds == 8
    today = data.plane.difference[data.plane.spot_prices.index(6000)]
    signs = [(u > 0.8) - (u < 0.8) for u in data.plane.occupancies]
    assert [(cell < -1) - (cell > 1) for cell in today] == signs


def test_a_void_share_makes_the_block_a_soft_one(knowledge: Knowledge) -> None:
    data = compared(knowledge, spot_price=6000, block_price=5000, void_share=0.5).data
    assert data.block == "soft_block"
    assert data.break_even_occupancy == pytest.approx(2500 / 3500)


def test_every_chart_has_its_twin_among_the_tables(knowledge: Knowledge) -> None:
    result = compared(knowledge, spot_price=6000, places=4, occupancy=0.75)
    _, by_occupancy, plane = result.tables
    lines, picture = result.charts
    for at, series in enumerate(lines.series, start=1):
        column = tuple(row[at] for row in by_occupancy.rows)
        assert column == tuple(round(value or 0) for value in series.values)
    for row, cells in zip(plane.rows, picture.grid, strict=True):
        assert row[1:] == tuple(round(cell) for cell in cells)


def test_a_price_that_is_not_given_is_said_to_be_taken(knowledge: Knowledge) -> None:
    neither = compared(knowledge)
    told = " ".join(neither.caveats)
    assert "median residential spot placement" in told
    assert any(c.source == "placements" for c in neither.citations)
    assert neither.data.block_price == pytest.approx(0.95 * neither.data.spot_price)
    block = compared(knowledge, block_price=4750).data
    assert block.spot_price == pytest.approx(5000)


def test_without_prices_or_tables_it_says_what_is_needed(knowledge: Knowledge) -> None:
    empty = replace(knowledge, dataset=Dataset(None, None, None))
    with pytest.raises(InvalidArguments, match=r"Give spot_price or block_price"):
        compared(empty)
    assert compared(empty, spot_price=6000).data.places == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        {"occupancy": 3},
        {"occupancy": 0},
        {"spot_price": 1e12},
        {"block_price": -5},
        {"places": 0},
        {"places": 2.5},
        {"years": -1},
        {"years": 0},
        {"void_share": 2},
        {"annual_uplift": 70},
        {"annual_uplift": float("nan")},
    ],
)
def test_nonsense_is_refused_by_the_name_of_its_argument(
    knowledge: Knowledge, nonsense: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArguments, match=next(iter(nonsense))):
        compared(knowledge, **{"spot_price": 5000, **nonsense})
