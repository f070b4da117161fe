from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.children import Placement
from corpus.codes import Need, PlacementType, Route
from corpus.commissioning import BlockContract
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset, Rows, write_tables
from corpus.errors import InvalidArguments, NothingLoaded, UnknownPlace
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, placement
from tools.base import Knowledge, Result
from tools.comparables import age_band, recent
from tools.price_benchmark import PriceBenchmark
from tools.registry import call_tool

EVALUATOR = Viewer.parse("evaluator")


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return Assistant.open(Settings(data_dir=region_dir)).knowledge


def benchmark(knowledge: Knowledge, **arguments: Any) -> Result[PriceBenchmark]:
    result = call_tool("benchmark_price", arguments, knowledge)
    assert isinstance(result.data, PriceBenchmark)
    return result  # type: ignore[return-value]


def seeing(
    knowledge: Knowledge,
    root: Path,
    placements: Sequence[Placement],
    viewer: Viewer = EVALUATOR,
    contracts: Sequence[BlockContract] = (),
) -> Knowledge:
    rows: Rows = {"placements": placements, "block_contracts": contracts}
    write_tables(DataDirectory(root), rows, "demonstration", AS_AT, 1)
    dataset = Dataset.open(DataDirectory(root))
    return replace(knowledge, dataset=dataset, viewer=viewer)


def homes(costs: Sequence[float], **fields: Any) -> list[Placement]:
    return [
        placement(
            at, weekly_cost=cost, placement_type=PlacementType.RESIDENTIAL, **fields
        )
        for at, cost in enumerate(costs)
    ]


def test_the_published_average_of_96_county_placements_is_reproduced(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    # South East Sector Led Improvement Programme, complex needs project: 5 children in
    # own homes, 1 in another authority's, 90 in private and voluntary ones (£528,035)
    costs = [4818.0] * 5 + [5550.0] + [528_035 / 90] * 90
    assert sum(costs) == pytest.approx(557_675)
    data = benchmark(
        seeing(knowledge, tmp_path, homes(costs)), placement_type="residential"
    ).data
    assert data.comparables == 96
    assert data.mean is not None
    assert round(data.mean) == 5809


def test_a_quote_is_placed_on_what_was_paid(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    known = seeing(knowledge, tmp_path, homes([4000.0 + 10 * n for n in range(101)]))
    result = benchmark(known, placement_type="residential", weekly_price=4600)
    quote = result.data.quote
    assert quote is not None
    assert quote.share_at_or_below == pytest.approx(61 / 101)
    assert quote.against_median == 100
    assert quote.against_median_share == pytest.approx(100 / 4500)
    assert quote.stands == "between the median and the upper quartile"
    histogram = result.charts[0]
    assert [mark.value for mark in histogram.marks] == [4500, 4600]
    assert sum(value or 0 for value in histogram.series[0].values) == 101


@pytest.mark.parametrize(
    ("price", "stands"),
    [
        (100, "below the 10th percentile"),
        (4500, "at the median"),
        (99_000, "above the 90th percentile"),
    ],
)
def test_a_quote_beyond_the_comparables_says_so(
    knowledge: Knowledge, tmp_path: Path, price: int, stands: str
) -> None:
    known = seeing(knowledge, tmp_path, homes([4000.0 + 10 * n for n in range(101)]))
    quote = benchmark(
        known, placement_type="residential", weekly_price=price
    ).data.quote
    assert quote is not None
    assert quote.stands == stands


def test_likeness_widens_step_by_step_and_says_so(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    alike = homes([6000.0] * 4, needs=(Need.CSE,), age=14)
    same_age = homes([5000.0] * 8, age=13)
    same_route = homes([4000.0] * 30, age=8)
    other_route = homes([3000.0] * 30, age=8)
    rows = [*alike, *same_age, *same_route]
    rows += [row.model_copy(update={"route": Route.BLOCK}) for row in other_route]
    numbered = [
        row.model_copy(update={"placement_id": f"P{at}", "child_id": f"C{at}"})
        for at, row in enumerate(rows)
    ]
    result = benchmark(
        seeing(knowledge, tmp_path, numbered),
        placement_type="residential", needs=["cse"], age=14, route="spot",
    )  # fmt: skip
    levels = [(level.level, level.comparables) for level in result.data.levels]
    assert levels == [
        ("as asked", 4),
        ("any needs", 12),
        ("any needs; any age", 42),
    ]
    assert result.data.level == "any needs; any age"
    assert result.data.enough
    told = " ".join(result.caveats)
    assert "widened: any needs" in told
    assert "widened: any age" in told
    assert "any route" not in told


def test_what_is_widened_was_asked_and_nothing_else_is(knowledge: Knowledge) -> None:
    levels = benchmark(
        knowledge, placement_type="secure", local_authority="Isle of Wight"
    ).data.levels
    assert {level.level for level in levels} <= {"as asked", "any date of start"}


def test_the_region_never_sees_a_figure_of_few_children(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    known = seeing(knowledge, tmp_path, homes([5000.0, 5100.0, 5200.0]), Viewer())
    result = benchmark(known, placement_type="residential", weekly_price=5050)
    data = result.data
    assert data.comparables is None
    assert (data.mean, data.median, data.p10, data.p90) == (None,) * 4
    assert data.quote is not None
    assert data.quote.share_at_or_below is None
    assert data.quote.stands is None
    assert not result.charts
    assert "too few to rest a price on" in " ".join(result.caveats)


def test_a_council_reads_its_own_prices_exactly_and_the_region_protected(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    rows = homes([4000.0 + n for n in range(60)])
    asked = {"placement_type": "residential", "local_authority": "Kent"}
    kent = seeing(knowledge, tmp_path, rows, Viewer.parse("council:Kent"))
    own = benchmark(kent, **asked)
    assert not own.data.protected
    assert own.data.comparables == 60
    surrey = replace(kent, viewer=Viewer.parse("council:Surrey"))
    other = benchmark(surrey, **asked)
    assert other.data.protected
    assert other.data.comparables is not None
    assert other.data.comparables % 5 == 0


def test_a_council_with_no_rows_gets_an_honest_empty_result(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    viewer = Viewer.parse("council:Surrey")
    known = seeing(knowledge, tmp_path, homes([5000.0] * 40), viewer)
    asked = {"placement_type": "residential", "local_authority": "Surrey"}
    data = benchmark(known, weekly_price=5000, **asked).data
    assert data.comparables == 0
    assert data.median is None
    assert data.quote is not None
    assert data.quote.against_median is None


def test_block_contracts_that_run_stand_beside(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    def contract(number: int, price: float, ends: date) -> BlockContract:
        return BlockContract(
            contract_id=f"B{number}", provider_id="P1", local_authority="Kent",
            placement_type=PlacementType.RESIDENTIAL, beds=4, weekly_price=price,
            void_share=1, annual_uplift=0.03, started=date(2023, 4, 1), ends=ends,
        )  # fmt: skip

    contracts = [
        contract(1, 5000, date(2027, 3, 31)),
        contract(2, 5400, AS_AT),
        contract(3, 9000, date(2025, 3, 31)),
    ]
    known = seeing(knowledge, tmp_path, homes([5000.0] * 40), contracts=contracts)
    result = benchmark(known, placement_type="residential")
    (beside,) = result.data.beside
    assert (beside.prices, beside.lowest, beside.median) == (2, 5000, 5200)
    assert {c.source for c in result.citations} == {"placements", "block_contracts"}


def test_quoted_prices_are_those_of_settings_that_admit_the_child(
    knowledge: Knowledge,
) -> None:
    everyone = benchmark(knowledge, placement_type="residential").data.beside
    alike = benchmark(
        knowledge, placement_type="residential", needs=["cse", "gangs"], age=15
    ).data.beside
    spot = {"quoted by settings on spot"}
    counts = [
        sum(prices.prices for prices in found if prices.source in spot)
        for found in (everyone, alike)
    ]
    assert 0 < counts[1] < counts[0]


def test_without_a_kind_each_is_shown_apart(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    foster = [placement(100 + n, weekly_cost=900.0) for n in range(25)]
    known = seeing(knowledge, tmp_path, [*homes([5000.0] * 30), *foster])
    result = benchmark(known)
    assert "all kinds are compared together" in " ".join(result.caveats)
    apart = {kind.placement_type: kind for kind in result.data.by_kind}
    assert set(apart) == set(PlacementType)
    home, carer = (apart[PlacementType(k)] for k in ("residential", "fostering"))
    assert (home.placements, home.median) == (30, 5000)
    assert (carer.placements, carer.median) == (25, 900)
    assert apart[PlacementType.SECURE].median is None
    assert benchmark(known, placement_type="fostering").data.by_kind == ()


def test_a_day_after_the_data_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(InvalidArguments, match="since = 2090-01-01"):
        benchmark(knowledge, since="2090-01-01")


def test_an_unknown_authority_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownPlace):
        benchmark(knowledge, local_authority="Nowhere in Particular")


@pytest.mark.parametrize(
    "nonsense",
    [
        {"weekly_price": 1e12},
        {"weekly_price": 0},
        {"weekly_price": float("nan")},
        {"age": -1},
        {"age": 99},
        {"needs": ["bravery"]},
        {"placement_type": "castle"},
        {"route": "raffle"},
        {"local_authority": ""},
        {"since": "yesterday"},
    ],
)
def test_nonsense_is_refused_by_the_name_of_its_argument(
    knowledge: Knowledge, nonsense: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArguments, match=next(iter(nonsense))):
        benchmark(knowledge, **nonsense)


def test_without_tables_there_is_no_benchmark(knowledge: Knowledge) -> None:
    empty = replace(knowledge, dataset=Dataset(None, None, None))
    with pytest.raises(NothingLoaded):
        benchmark(empty, placement_type="residential")


def test_tables_without_placements_give_an_empty_benchmark(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    data = benchmark(
        seeing(knowledge, tmp_path, []), placement_type="fostering", weekly_price=900
    ).data
    assert data.comparables == 0
    assert data.median is None


@pytest.mark.parametrize(
    ("age", "band"), [(0, (0, 0)), (1, (1, 4)), (14, (10, 15)), (25, (18, 25))]
)
def test_an_age_is_compared_within_its_published_band(
    age: int, band: tuple[int, int]
) -> None:
    assert age_band(age) == band


def test_two_years_to_a_quarters_end_begin_with_a_quarter() -> None:
    assert recent(date(2026, 3, 31)) == date(2024, 4, 1)
    assert recent(date(2026, 2, 28)) == date(2024, 3, 1)
    assert recent(date(2028, 2, 28)) == date(2026, 2, 28)


def test_of_an_authority_of_which_nothing_is_held_that_is_all_that_is_told(
    knowledge: Knowledge,
) -> None:
    asked = {"placement_type": "residential", "local_authority": "Leeds"}
    result = call_tool("benchmark_price", asked, knowledge)
    assert result.caveats[0].endswith("nothing is known.")
    assert not any("widened" in caveat for caveat in result.caveats)
