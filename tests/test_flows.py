from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from corpus.children import Placement
from corpus.codes import PlacementType
from corpus.disclosure.flows import DEAR, TYPES, Flows, flows
from corpus.disclosure.past_spend import Paid, past_spend
from corpus.disclosure.quarters import month_shifted, quarter_ends
from corpus.disclosure.sampling import left_out
from corpus.disclosure.secret import secret_of
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, dataset_of, placement
from tests.placement_rows import knowledge_of
from tools.base import Knowledge

REGION = Viewer()
EVALUATOR = Viewer.parse("evaluator")
KENT = Viewer.parse("council:Kent")


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return knowledge_of(region_dir)


@pytest.fixture(scope="module")
def rows(knowledge: Knowledge) -> pd.DataFrame:
    frame = knowledge.dataset.frame("placements").copy()
    frame["started"] = pd.to_datetime(frame["started"])
    frame["ended"] = pd.to_datetime(frame["ended"])
    frame["type"] = frame["placement_type"].fillna(TYPES[-1])
    return frame


def on(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    close = pd.Timestamp(day)
    live = (rows["started"] <= close) & ~(rows["ended"] <= close)
    return rows[live].set_index("child_id")


def test_every_flow_agrees_with_one_worked_out_from_the_rows(
    knowledge: Knowledge, rows: pd.DataFrame
) -> None:
    found = flows(knowledge.dataset, EVALUATOR, None, AS_AT)
    left = moved = entered = 0
    for start, end in zip(found.days[-9:-1], found.days[-8:], strict=True):
        before, after = on(rows, start), on(rows, end)
        both = before.join(after.add_suffix("_after"), how="inner")
        left += len(before) - len(both)
        moved += int((both["placement_id"] != both["placement_id_after"]).sum())
        entered += len(after) - len(both)
    assert found.left.sum() == left
    assert found.moved.sum() == found.moved_to.sum() == moved
    assert found.entered[-8:].sum() == found.entered_as.sum() == entered
    now = on(rows, AS_AT)["type"].value_counts()
    assert dict(zip(TYPES, found.by_type[-1], strict=True)) == {
        name: now.get(name, 0) for name in TYPES
    }


def test_children_at_a_quarters_end_are_those_before_it_and_what_flowed(
    knowledge: Knowledge,
) -> None:
    found = flows(knowledge.dataset, EVALUATOR, None, AS_AT)
    first = found.children[-9]
    assert found.children[-1] == first + found.entered_as.sum() - found.left.sum()


def test_a_council_reads_its_own_flows_exactly(
    knowledge: Knowledge, rows: pd.DataFrame
) -> None:
    found = flows(knowledge.dataset, KENT, "Kent", AS_AT)
    kent = on(rows[rows["local_authority"] == "Kent"], AS_AT)
    assert found.exact
    assert found.children[-1] == len(kent)
    price = kent["weekly_social_care"] + kent["weekly_education"].fillna(0)
    price = price + kent["weekly_health"].fillna(0)
    usual = price[(kent["type"] == "fostering") & (price < DEAR)]
    assert found.mean_price[0, 2 * TYPES.index("fostering")] == pytest.approx(
        usual.mean()
    )


def counts_of(found: Flows) -> list[np.ndarray]:
    return [
        found.children, found.stock, found.by_type, found.by_age, found.now,
        found.by_age_and_type, found.at_risk, found.left, found.moved, found.passed,
        found.moved_to, found.aged, found.entered, found.entered_as,
    ]  # fmt: skip


def test_no_protected_count_is_1_to_5_or_shows_that_there_is_none(
    knowledge: Knowledge,
) -> None:
    for name in (None, "Kent", "Bracknell Forest"):
        found = flows(knowledge.dataset, REGION, name, AS_AT)
        assert not found.exact
        for counts in counts_of(found):
            shown = counts[~np.isnan(counts)]
            assert (shown > 5).all()
            assert (shown % 5 == 0).all()


def test_protected_flows_are_near_the_true_ones(knowledge: Knowledge) -> None:
    shown = flows(knowledge.dataset, REGION, None, AS_AT)
    truth = flows(knowledge.dataset, EVALUATOR, None, AS_AT)
    for name in ("children", "by_type", "entered"):
        near, exact = getattr(shown, name), getattr(truth, name)
        seen = ~np.isnan(near)
        assert seen.any()
        assert (np.abs(near - exact)[seen] <= 10 + 2 * np.sqrt(near[seen])).all()


def test_children_who_are_left_out_change_no_protected_flow(tmp_path: Path) -> None:
    base = [
        placement(
            n,
            started=date(2023, 1 + n % 12, 3),
            ended=date(2025, 1 + n % 12, 9) if n % 3 else None,
            weekly_cost=900.0,
        )
        for n in range(200)
    ]
    first = dataset_of(tmp_path / "first", base)
    names = pd.Series([f"Kent\nC{n}" for n in range(1000, 3000)])
    out = np.flatnonzero(left_out(names, secret_of(first), "child"))
    records = pd.Series([f"Kent\nC{n}\nP{n}" for n in range(1000, 3000)])
    gone = left_out(records, secret_of(first), "placements")
    more = [placement(1000 + int(n), weekly_cost=900.0) for n in out if gone[n]][:5]
    assert more
    second = dataset_of(tmp_path / "second", [*base, *more])
    pair = [flows(each, REGION, None, AS_AT) for each in (first, second)]
    assert pair[1].children[-1] > 0
    for one, other in zip(*map(counts_of, pair), strict=True):
        assert np.array_equal(one, other, equal_nan=True)


def test_a_forecast_of_a_past_day_uses_nothing_that_happened_since(
    tmp_path: Path,
) -> None:
    day = date(2025, 3, 31)
    known = [
        placement(n, started=date(2023, 1 + n % 12, 3), ended=date(2024, 5, 1 + n % 28))
        for n in range(40)
    ]
    lasting = [placement(n, started=date(2024, 6, 1)) for n in range(100, 140)]
    ended = [each.model_copy(update={"ended": date(2025, 9, 1)}) for each in lasting]
    later = [placement(n, started=date(2025, 8, 1)) for n in range(200, 230)]
    one = dataset_of(tmp_path / "one", [*known, *lasting])
    other = dataset_of(tmp_path / "other", [*known, *ended, *later])
    pair = [flows(each, EVALUATOR, None, day) for each in (one, other)]
    for first, second in zip(*map(counts_of, pair), strict=True):
        assert np.array_equal(first, second, equal_nan=True)


def test_quarters_before_the_records_begin_are_not_taken_for_a_time_without_leavers(
    tmp_path: Path,
) -> None:
    rows = [
        placement(n, started=date(2020, 1, 1), ended=date(2025, 4 + n % 8, 2))
        for n in range(60)
    ]
    found = flows(dataset_of(tmp_path, rows), EVALUATOR, None, AS_AT)
    assert found.complete.tolist() == [False] * 16 + [True] * 3 + [False]
    assert found.left.sum() == 60


def test_where_nothing_has_ended_no_flow_is_known(tmp_path: Path) -> None:
    rows = [placement(n, started=date(2024, 1, 1)) for n in range(30)]
    found = flows(dataset_of(tmp_path, rows), EVALUATOR, None, AS_AT)
    assert found.children[-1] == 30
    assert not found.complete.any()
    assert found.at_risk.sum() == 0


def test_empty_tables_have_no_children(tmp_path: Path) -> None:
    found = flows(dataset_of(tmp_path, []), EVALUATOR, None, AS_AT)
    assert found.children[-1] == 0


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 31), date(2025, 12, 31)),
        (date(2026, 2, 28), date(2025, 11, 30)),
        (date(2026, 5, 30), date(2026, 2, 28)),
        (date(2024, 5, 31), date(2024, 2, 29)),
    ],
)
def test_quarters_end_where_months_do(day: date, before: date) -> None:
    assert quarter_ends(day, 1) == (before, day)
    assert month_shifted(day, 0) == day


def test_past_spend_is_each_days_cost_at_the_years_price_level(
    knowledge: Knowledge,
) -> None:
    index = knowledge.dataset.frame("price_index")
    homes = index[index["placement_type"] == "residential"].set_index("year")["index"]
    level = homes.to_dict()
    start, end = date(2024, 4, 1), date(2025, 4, 1)
    pounds = 0.0
    for row in knowledge.dataset.rows(Placement):
        last = min(row.ended or end, end)
        days = max((last - max(row.started, start)).days, 0)
        over = row.ended or AS_AT
        paid = over.year if over.month >= 4 else over.year - 1
        year = f"{paid}/{(paid + 1) % 100:02d}"
        if row.placement_type == PlacementType.RESIDENTIAL and days:
            parts = row.weekly_social_care, row.weekly_education, row.weekly_health
            cost = sum(part or 0.0 for part in parts)
            pounds += days / 7 * cost * level["2024/25"] / level[year]
    paid_for = Paid(None, (PlacementType.RESIDENTIAL,))
    found = past_spend(
        knowledge.dataset, EVALUATOR, paid_for, date(2024, 4, 1), date(2025, 4, 1)
    )
    assert found == pytest.approx(pounds)
