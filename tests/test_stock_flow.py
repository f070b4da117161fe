from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import CensoredData, ecdf

from corpus.codes import PlacementType
from corpus.disclosure.flows import AGES, DURATION_STARTS, TYPES, flows
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, dataset_of, placement
from tools.price_growth import Growth, growth_by_type, level_draws
from tools.simulation import Futures, simulate
from tools.stock_flow import StockFlow, fitted

Numbers = NDArray[np.float64]

EVALUATOR = Viewer.parse("evaluator")
CERTAIN = 1e9
"""So many children behind a rate that it does not vary between draws."""
D = len(DURATION_STARTS)
K = 2 * len(TYPES)

chances = st.floats(0.0, 0.4)


@st.composite
def models(draw: st.DrawFn) -> StockFlow:
    """Two ages by two kinds, with any rates."""
    age, kind = np.array([1, 1, 2, 2]), np.array([0, 2, 0, 2])
    place = np.full((len(AGES), K), -1)
    place[age, kind] = np.arange(4)

    def table(values: st.SearchStrategy[float], shape: tuple[int, ...]) -> Numbers:
        size = int(np.prod(shape))
        numbers = draw(st.lists(values, min_size=size, max_size=size))
        return np.array(numbers, dtype=float).reshape(shape)

    to = np.zeros((4, 2 * K))
    to[:, [0, 2]] = table(st.floats(0.1, 1), (4, 2))
    to[:2, [K, K + 2]] = table(st.floats(0.0, 0.5), (2, 2))
    entering = table(st.floats(0.1, 1), (4,))
    ageing = table(chances, (4,)) * [1, 1, 0, 0]
    return StockFlow(
        age=age,
        kind=kind,
        place=place,
        start=table(st.integers(0, 60).map(float), (4, D)),
        start_is_exact=True,
        leave=table(chances, (4, D)),
        move=table(chances, (4, D)),
        strength=np.full((4, D), CERTAIN),
        to=to / to.sum(axis=1, keepdims=True),
        moves=np.full(4, CERTAIN),
        passing=table(st.floats(0, 1), (4, D)),
        ageing=ageing,
        older=np.array([2, 3, 2, 3]),
        entrants=draw(st.floats(0, 30)),
        entrants_seen=CERTAIN,
        entering_seen=CERTAIN,
        entrants_variation=0.03,
        entering=entering / entering.sum(),
    )


def expected(model: StockFlow, quarters: int) -> Numbers:
    """Mean children by group, by the Markov chain's own arithmetic, cell by cell."""
    mean = model.start.copy()
    path = [mean.sum(axis=1)]
    for _ in range(quarters):
        after = np.zeros_like(mean)
        for g in range(4):
            for d in range(D):
                leave, move = model.leave[g, d], model.move[g, d]
                stay = mean[g, d] * (1 - leave) * (1 - move)
                up = model.passing[g, d] if d + 1 < D else 0.0
                for later, share in ((d, 1 - up), (min(d + 1, D - 1), up)):
                    after[g, later] += stay * share * (1 - model.ageing[g])
                    after[model.older[g], later] += stay * share * model.ageing[g]
                movers = mean[g, d] * (1 - leave) * move
                for h in range(4):
                    same, older = model.age[h] == model.age[g], model.age[h] == 2
                    if same:
                        after[h, 0] += movers * model.to[g, model.kind[h]]
                    if older and model.age[g] == 1:
                        after[h, 0] += movers * model.to[g, K + model.kind[h]]
        after[:, 0] += model.entrants * model.entering
        mean = after
        path.append(mean.sum(axis=1))
    return np.array(path)


@settings(max_examples=15, deadline=None)
@given(model=models())
def test_the_mean_of_the_futures_is_that_of_the_markov_chain(model: StockFlow) -> None:
    draws = 2000
    found = simulate(model, 4, draws=draws).children
    mean, spread = found.mean(axis=0), found.std(axis=0)
    near = 5 * spread / np.sqrt(draws) + 0.01 * expected(model, 4) + 0.05
    assert (np.abs(mean - expected(model, 4)) <= near).all()


@settings(max_examples=15, deadline=None)
@given(model=models(), quarters=st.integers(1, 6))
def test_children_are_neither_lost_nor_made(model: StockFlow, quarters: int) -> None:
    found = simulate(model, quarters, draws=20)
    total = found.children.sum(axis=2)
    assert (np.diff(total, axis=1) == found.entered - found.left).all()
    begun, ended = found.begun.sum(axis=2), found.ended.sum(axis=2)
    assert (np.diff(total, axis=1) == begun - ended).all()
    assert (found.children >= 0).all()


@settings(max_examples=10, deadline=None)
@given(model=models())
def test_todays_placements_only_become_fewer(model: StockFlow) -> None:
    found = simulate(model, 4, draws=20)
    assert (np.diff(found.live.sum(axis=2), axis=1) <= 0).all()
    assert (found.new[:, 0] == 0).all()


@settings(max_examples=10, deadline=None)
@given(model=models())
def test_the_same_question_has_the_same_answer(model: StockFlow) -> None:
    first, again = (simulate(model, 3, draws=10) for _ in range(2))
    assert np.array_equal(first.children, again.children)


@settings(max_examples=10, deadline=None)
@given(model=models())
def test_rates_counted_on_fewer_children_leave_a_wider_range(model: StockFlow) -> None:
    thin = replace(model, strength=np.full((4, D), 5.0), start=model.start + 50)
    sure = replace(thin, strength=np.full((4, D), CERTAIN), leave=thin.leave + 0.1)
    thin = replace(thin, leave=sure.leave)
    widths = [_spread(simulate(each, 4, draws=400)) for each in (sure, thin)]
    assert widths[1] > widths[0]


def _spread(found: Futures) -> float:
    return float(found.children[:, -1].sum(axis=1).std())


def exponential_stays(root: Path, mean_days: float) -> StockFlow:
    """A council whose stays end at one rate, however long they have lasted."""
    rng = np.random.default_rng(7)
    rows = []
    for number in range(6000):
        started = date(2015, 1, 1) + timedelta(days=int(rng.integers(0, 4100)))
        ended = started + timedelta(days=1 + int(rng.exponential(mean_days)))
        if ended < date(2021, 4, 1):
            continue
        over = ended if ended <= AS_AT else None
        rows.append(placement(number, started=started, ended=over, age=11))
    found = flows(dataset_of(root, rows), EVALUATOR, None, AS_AT)
    return fitted(found, found)


def test_stays_of_one_rate_of_ending_are_found_to_have_it_though_many_still_last(
    tmp_path: Path,
) -> None:
    model = exponential_stays(tmp_path, mean_days=900)
    live = simulate(model, 8).live.sum(axis=2)
    share = live.mean(axis=0) / live[:, 0].mean()
    survived = np.exp(-np.arange(9) * 91.3 / 900)
    assert share == pytest.approx(survived, abs=0.03)


def test_the_life_table_agrees_with_kaplan_and_meier(tmp_path: Path) -> None:
    rng = np.random.default_rng(11)
    rows, days, over = [], [], []
    for number in range(1500):
        started = AS_AT - timedelta(days=int(rng.integers(1, 720)))
        length = 92 + int(rng.weibull(0.8) * 400)
        ended = started + timedelta(days=length)
        lasting = ended > AS_AT
        seen = None if lasting else ended
        rows.append(placement(number, started=started, ended=seen))
        days.append((AS_AT - started).days if lasting else length)
        over.append(not lasting)
    anchor = placement(9999, started=date(2020, 1, 1), ended=date(2021, 4, 1))
    found = flows(dataset_of(tmp_path, [*rows, anchor]), EVALUATOR, None, AS_AT)
    lengths, ends = np.array(days), np.array(over)
    reference = ecdf(CensoredData(uncensored=lengths[ends], right=lengths[~ends])).sf
    at_risk, ended_by = (each.sum(axis=(0, 1)) for each in (found.at_risk, found.left))
    hazard = ended_by[1] / at_risk[1]
    survived = (1 - hazard) ** ((365 - 91) / (365.25 / 4))
    given_a_quarter = reference.evaluate([365.0])[0] / reference.evaluate([91.0])[0]
    assert survived == pytest.approx(given_a_quarter, abs=0.03)


def test_an_authoritys_rates_lie_between_its_own_and_the_regions(
    tmp_path: Path,
) -> None:
    rows = [
        placement(
            n,
            local_authority="Kent" if n < 60 else "Surrey",
            started=date(2023, 1, 1),
            ended=date(2024, 5 + n % 8, 5) if n < 40 or n % 5 == 0 else None,
        )
        for n in range(400)
    ]
    dataset = dataset_of(tmp_path, rows)
    region = flows(dataset, EVALUATOR, None, AS_AT)
    kent = flows(dataset, EVALUATOR, "Kent", AS_AT)
    both, alone, pooled = (
        fitted(kent, region),
        fitted(kent, kent),
        fitted(region, region),
    )
    cell = both.place[3, 2 * list(PlacementType).index(PlacementType.FOSTERING)], 2
    low, high = sorted((alone.leave[cell], pooled.leave[cell]))
    assert low < both.leave[cell] < high


@settings(max_examples=50, deadline=None)
@given(last=st.floats(-0.1, 0.3), usual=st.floats(-0.1, 0.3), years=st.integers(1, 6))
def test_prices_without_doubt_grow_by_exactly_what_is_expected(
    last: float, usual: float, years: int
) -> None:
    growth = Growth(last, usual, 0.0)
    levels = level_draws(np.random.default_rng(1), [growth], years, 3)
    grown = np.prod([1 + growth.in_year(year) for year in range(1, years + 1)])
    assert levels[:, years, 0] == pytest.approx(np.full(3, grown))


def test_growth_is_learnt_from_the_years_known_on_the_day(region_dir: Path) -> None:
    from corpus.data_directory import DataDirectory
    from corpus.dataset import Dataset

    dataset = Dataset.open(DataDirectory(region_dir))
    index = dataset.frame("price_index")
    homes = index[index["placement_type"] == "residential"].set_index("year")["index"]
    found = growth_by_type(dataset, date(2024, 3, 31))["residential"]
    assert found.last == pytest.approx(homes["2023/24"] / homes["2022/23"] - 1)
    assert found.usual == pytest.approx(
        (homes / homes.shift(1) - 1)["2019/20":"2023/24"].mean()
    )
