from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.codes import PlacementType
from corpus.commissioning import PriceIndex
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset, Rows, write_tables
from corpus.disclosure import (
    DISCLOSURE_LINE,
    Filters,
    PriceDistribution,
    Question,
    mean_by,
    price_distribution,
    quantile_by,
    share_by,
)
from corpus.disclosure.prices import QUANTILES
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, dataset_of, placement

REGION = Viewer()
EVALUATOR = Viewer.parse("evaluator")
EDGES = (0.0, 1000.0, 2000.0, 4000.0)
COSTS = st.lists(st.integers(400, 6000).map(float), min_size=1, max_size=60)


def distribution(
    dataset: Dataset, viewer: Viewer, limit: float | None = None
) -> PriceDistribution:
    question = Question(dataset, "placements", viewer)
    return price_distribution(question, "weekly_cost", EDGES, limit)


def children_who_cost(root: Path, costs: list[float]) -> Dataset:
    rows = [placement(at, weekly_cost=cost) for at, cost in enumerate(costs)]
    return dataset_of(root, rows)


@settings(max_examples=40, deadline=None)
@given(costs=COSTS, limit=st.integers(400, 6000))
def test_exact_figures_are_those_of_the_rows(
    tmp_path_factory: pytest.TempPathFactory, costs: list[float], limit: int
) -> None:
    dataset = children_who_cost(tmp_path_factory.mktemp("exact"), costs)
    found = distribution(dataset, EVALUATOR, limit)
    assert found.exact
    assert found.rows.value == len(costs)
    for probability, figure in found.quantiles.items():
        assert figure.value == pytest.approx(np.quantile(costs, probability))
    assert found.at_or_below is not None
    assert found.at_or_below.value == np.mean(np.array(costs) <= limit)
    in_bands = [band.rows.value for band in found.bands]
    assert in_bands == np.histogram(costs, (*EDGES, np.inf))[0].tolist()


@settings(max_examples=40, deadline=None)
@given(costs=COSTS, limit=st.integers(400, 6000))
def test_protected_figures_are_near_the_truth_or_withheld(
    tmp_path_factory: pytest.TempPathFactory, costs: list[float], limit: int
) -> None:
    dataset = children_who_cost(tmp_path_factory.mktemp("near"), costs)
    found = distribution(dataset, REGION, limit)
    assert found.line == DISCLOSURE_LINE
    for probability, figure in found.quantiles.items():
        if figure.value is not None:
            assert figure.within is not None
            assert abs(figure.value - np.quantile(costs, probability)) <= figure.within
    share = found.at_or_below
    assert share is not None
    if share.value is not None:
        assert abs(share.value - np.mean(np.array(costs) <= limit)) <= 0.1
        assert share.value * 20 == pytest.approx(round(share.value * 20))


@settings(max_examples=30, deadline=None)
@given(costs=st.lists(st.integers(400, 6000).map(float), min_size=1, max_size=6))
def test_nothing_is_told_of_six_children_or_fewer(
    tmp_path_factory: pytest.TempPathFactory, costs: list[float]
) -> None:
    dataset = children_who_cost(tmp_path_factory.mktemp("few"), costs)
    found = distribution(dataset, REGION, limit=3000)
    assert found.at_or_below is not None
    figures = [found.rows, found.mean, found.at_or_below, *found.quantiles.values()]
    figures += [band.rows for band in found.bands]
    assert {figure.value for figure in figures} == {None}
    assert found.median_interval is None


def test_a_share_is_withheld_where_few_lie_on_one_side(tmp_path: Path) -> None:
    dataset = children_who_cost(tmp_path, [1000.0] * 80 + [9000.0] * 5)
    question = Question(dataset, "placements", REGION)
    assert share_by(question, "weekly_cost", 5000).total.value is None
    assert share_by(question, "weekly_cost", 99_000).total.value is None


def test_protected_percentiles_rise(tmp_path: Path) -> None:
    dataset = children_who_cost(tmp_path, [500.0 + 7 * n for n in range(400)])
    values = [f.value for f in distribution(dataset, REGION).quantiles.values()]
    known = [value for value in values if value is not None]
    assert len(known) == len(QUANTILES)
    assert known == sorted(known)
    assert len(set(known)) == len(known)


def test_the_interval_of_the_median_holds_it_and_narrows(tmp_path: Path) -> None:
    spans = []
    for size in (30, 480):
        costs = [1000.0 + 3000 * n / size for n in range(size)]
        found = distribution(children_who_cost(tmp_path / str(size), costs), EVALUATOR)
        assert found.median_interval is not None
        low, high = (figure.value for figure in found.median_interval)
        middle = found.quantiles[0.5].value
        assert low is not None
        assert high is not None
        assert middle is not None
        assert low < middle < high
        spans.append(high - low)
    assert spans[1] == pytest.approx(spans[0] / 4, rel=0.1)


def test_a_quantile_is_interpolated_between_records(tmp_path: Path) -> None:
    dataset = children_who_cost(tmp_path, [900.0, 1100.0, 1300.0, 5000.0])
    question = Question(dataset, "placements", EVALUATOR)
    assert quantile_by(question, "weekly_cost", 0.25).total.value == 1050


def test_costs_are_brought_to_the_prices_of_the_datas_own_year(tmp_path: Path) -> None:
    rows = [
        placement(1, weekly_cost=800.0, ended=date(2024, 3, 31)),
        placement(2, weekly_cost=900.0, ended=date(2024, 4, 1)),
        placement(3, weekly_cost=1000.0),
        placement(4, weekly_cost=500.0, ended=date(2019, 3, 31)),
        placement(5, weekly_cost=3000.0, placement_type=PlacementType.SECURE),
    ]
    index = [
        PriceIndex(placement_type=PlacementType.FOSTERING, year=year, index=level)
        for year, level in (("2023/24", 0.8), ("2024/25", 0.9), ("2025/26", 1.0))
    ]
    directory = DataDirectory(tmp_path)
    tables: Rows = {"placements": rows, "price_index": index}
    write_tables(directory, tables, "demonstration", AS_AT, 1)
    question = Question(Dataset.open(directory), "placements", EVALUATOR)
    found = price_distribution(question, "weekly_cost_uprated")
    assert found.rows.value == 3
    assert found.mean.value == pytest.approx(1000)
    assert mean_by(question, "weekly_cost").total.value == pytest.approx(1240)


def test_a_council_reads_its_own_prices_exactly(tmp_path: Path) -> None:
    dataset = children_who_cost(tmp_path, [1000.0, 1200.0, 1400.0])
    own = Filters(local_authority=("Kent",))
    question = Question(dataset, "placements", Viewer.parse("council:Kent"), own)
    found = price_distribution(question, "weekly_cost", EDGES)
    assert found.exact
    assert found.line is None
    assert found.quantiles[0.5].value == 1200
    assert [band.rows.value for band in found.bands] == [0, 3, 0, 0]
