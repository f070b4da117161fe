from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.children import Placement
from corpus.codes import Sector
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset, Rows, write_tables
from corpus.disclosure import Dimension, Filters, Question
from corpus.disclosure.coding import coded_rows
from corpus.disclosure.spend import (
    Period,
    children_by,
    held_since,
    month_periods,
    spend_by,
    year_period,
)
from corpus.errors import InvalidArguments, UnknownPlace
from corpus.models import Group, Provider
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, dataset_of, placement
from tests.placement_rows import asked, knowledge_of, placements_of
from tools.base import Knowledge
from tools.found_spend import ProviderSpend
from tools.owners import owners_of, reduced_name
from tools.shown import NOTHING_KNOWN

EVALUATOR = Viewer.parse("evaluator")
KENT = Viewer.parse("council:Kent")


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return knowledge_of(region_dir)


@pytest.fixture(scope="module")
def rows(knowledge: Knowledge) -> pd.DataFrame:
    frame = placements_of(knowledge.dataset)
    providers = knowledge.dataset.frame("providers").set_index("provider_id")
    groups = knowledge.dataset.frame("groups").set_index("group_id")
    owner = frame["provider_id"].map(providers["group_id"])
    frame["group"], frame["sector"] = (
        owner.map(groups["name"]),
        owner.map(groups["sector"]),
    )
    return frame


def found(
    knowledge: Knowledge, viewer: str = "region", **arguments: Any
) -> ProviderSpend:
    data = asked(knowledge, "provider_spend", viewer, **arguments).data
    assert isinstance(data, ProviderSpend)
    return data


def spent(rows: pd.DataFrame, period: Period) -> pd.Series[float]:
    """Pounds of each placement in a period, day by day."""
    end = min(period.end, AS_AT + timedelta(days=1))
    ended = rows["ended"].fillna(pd.Timestamp(end))
    last = ended.where(ended < pd.Timestamp(end), pd.Timestamp(end))
    start = pd.Timestamp(period.start)
    first = rows["started"].where(rows["started"] > start, start)
    pounds: pd.Series[float] = (last - first).dt.days.clip(lower=0) * rows["cost"] / 7
    return pounds


@pytest.mark.parametrize("viewer", ["evaluator", "council:Kent"])
@pytest.mark.parametrize("year", ["2021/22", "2024/25", "2025/26"])
@pytest.mark.parametrize("kind", [None, "residential", "fostering"])
def test_every_figure_agrees_with_one_worked_out_from_the_rows(
    knowledge: Knowledge, rows: pd.DataFrame, viewer: str, year: str, kind: str | None
) -> None:
    given_kind = {} if kind is None else {"placement_type": kind}
    own = {"local_authority": "Kent"} if viewer != "evaluator" else {}
    data = found(knowledge, viewer, year=year, limit=1000, **own, **given_kind)
    pounds = spent(rows, year_period(year))
    asked_for = pounds > 0
    if own:
        asked_for &= rows["local_authority"] == "Kent"
    if kind:
        asked_for &= rows["placement_type"] == kind
    chosen, pounds = rows[asked_for], pounds[asked_for]
    council = chosen["sector"] == Sector.LOCAL_AUTHORITY
    by_group = pounds[~council].groupby(chosen["group"]).sum()
    by_group = by_group.sort_values(ascending=False)
    assert data.total.value == pytest.approx(pounds.sum(), abs=0.01)
    assert data.to_groups.value == pytest.approx(by_group.sum(), abs=0.01)
    assert data.to_council_run.value == pytest.approx(pounds[council].sum(), abs=0.01)
    unnamed = pounds[chosen["group"].isna()].sum()
    assert data.without_provider.value == pytest.approx(unnamed, abs=0.01)
    assert [group.spend.value for group in data.groups] == pytest.approx(
        list(by_group), abs=0.01
    )
    shares = by_group / by_group.sum()
    told = data.concentration
    for shown, largest in ((told.top_1, 1), (told.top_5, 5), (told.top_10, 10)):
        assert shown.value == pytest.approx(shares.head(largest).sum(), abs=0.001)
    assert told.hhi == pytest.approx((shares**2).sum() * 10_000, rel=0.01)
    named = {group.group: group for group in data.groups}
    for name, those in chosen[~council].groupby("group"):
        assert named[str(name)].children.value == those["child_id"].nunique()
        if not own:
            shared = tuple(sorted(those["local_authority"].unique()))
            assert named[str(name)].authority_names == shared


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    by=st.lists(
        st.sampled_from(
            ["local_authority", "placement_type", "route", "gender", "age_band",
             "provider", "rating", "out_of_area"]
        ),
        max_size=3,
        unique=True,
    ),
    year=st.integers(2021, 2025),
    viewer=st.sampled_from([EVALUATOR, KENT]),
)  # fmt: skip
def test_spend_adds_up_over_any_grouping_and_over_the_months(
    knowledge: Knowledge, by: list[str], year: int, viewer: Viewer
) -> None:
    filters = Filters(local_authority=("Kent",) if viewer == KENT else ())
    question = Question(
        knowledge.dataset, "placements", viewer, filters, tuple(map(Dimension, by))
    )
    period = year_period(f"{year}/{(year + 1) % 100:02d}")
    (whole,) = spend_by(question, [period])
    assert whole.total.value
    if by:
        added = sum(group.figure.value or 0 for group in whole.groups)
        assert added == pytest.approx(whole.total.value)
    months = spend_by(question, month_periods(period.start, 12))
    by_month = [month.total.value or 0 for month in months]
    assert sum(by_month) == pytest.approx(whole.total.value)


@pytest.mark.parametrize("year", ["2021/22", "2023/24", "2025/26"])
@pytest.mark.parametrize("by", ["placement_type", "local_authority", "provider"])
def test_what_the_region_sees_is_within_the_stated_distance_of_the_truth(
    knowledge: Knowledge, year: str, by: str
) -> None:
    shown, true = (
        spend_by(
            Question(
                knowledge.dataset, "placements", viewer, group_by=(Dimension(by),)
            ),
            [year_period(year)],
        )[0]
        for viewer in (Viewer(), EVALUATOR)
    )
    facts = {group.labels: group.figure.value for group in true.groups}
    pairs = [(group.figure, facts.get(group.labels)) for group in shown.groups]
    seen = 0
    for figure, fact in [*pairs, (shown.total, true.total.value)]:
        if figure.value is not None:
            seen += 1
            assert fact and figure.within
            assert abs(figure.value - fact) <= figure.within
    assert seen > 1


def test_children_left_out_change_no_figure(tmp_path: Path) -> None:
    def rows_of(numbers: range) -> list[Placement]:
        start = date(2025, 1, 6)
        return [placement(n, weekly_cost=900.0 + n % 7, started=start) for n in numbers]

    candidates = rows_of(range(1000, 1400))
    kept = coded_rows(dataset_of(tmp_path / "keys", candidates), "placements")
    pairs = zip(candidates, kept.child_kept | kept.record_kept, strict=True)
    hidden = [row for row, there in pairs if not there]
    known, period = rows_of(range(60)), year_period("2024/25")
    seen, true = (
        [
            (spend_by(question, [period]), children_by(question, [period]))
            for name, rows in (("few", known), ("more", [*known, *hidden]))
            for question in [
                Question(dataset_of(tmp_path / name, rows), "placements", viewer)
            ]
        ]
        for viewer in (Viewer(), EVALUATOR)
    )
    assert hidden and seen[0][0][0].total.value is not None
    assert seen[0] == seen[1]
    assert true[0] != true[1]


def test_a_council_reads_its_own_spend_exactly_among_others(
    knowledge: Knowledge,
) -> None:
    by = (Dimension.LOCAL_AUTHORITY,)
    question = Question(knowledge.dataset, "placements", KENT, group_by=by)
    (table,) = spend_by(question, [year_period("2024/25")])
    figures = {group.labels[0]: group.figure for group in table.groups}
    assert figures["Kent"].exact
    assert not figures["Surrey"].exact


def test_a_group_is_shared_by_at_least_as_many_authorities_as_are_told(
    knowledge: Knowledge,
) -> None:
    true = {g.group: g for g in found(knowledge, "evaluator", limit=1000).groups}
    for viewer in ("region", "council:Kent"):
        for group in found(knowledge, viewer, limit=1000).groups:
            assert group.authorities <= true[group.group].authorities
            assert not group.authority_names


def test_brands_subsidiaries_and_name_variants_are_one_owner(tmp_path: Path) -> None:
    names = ["The Zone Group (UK) Ltd", "ZONE LIMITED", "Zone Care Ltd", "Moor Homes"]
    groups = [
        Group(group_id=f"G{n}", name=name, sector=Sector.PRIVATE)
        for n, name in enumerate(names)
    ]
    brands = [("P1", "Alder Homes", 0), ("P2", "Birch", 0), ("P3", "Cedar", 1)]
    brands += [("P4", "Elm t/a Oak", 2), ("P5", "ELM LIMITED", 3)]
    providers = [
        Provider(provider_id=key, name=name, group_id=f"G{group}")
        for key, name, group in brands
    ]
    directory = DataDirectory(tmp_path)
    tables: Rows = {"groups": groups, "providers": providers}
    write_tables(directory, tables, "demonstration", AS_AT, 1)
    owners = owners_of(Dataset.open(directory))
    assert owners.of_provider == {
        "P1": "G0", "P2": "G0", "P3": "G0", "P4": "G2", "P5": "G2"
    }  # fmt: skip
    assert owners.owners["G0"].joined == tuple(names[:2])
    assert owners.owners["G2"].providers == ("ELM LIMITED", "Elm t/a Oak")


@given(st.text(max_size=40))
def test_a_reduced_name_reduces_no_further_and_is_never_lost(name: str) -> None:
    reduced = reduced_name(name)
    assert reduced_name(reduced) == reduced
    assert bool(reduced) == any(c.isalnum() and c.isascii() for c in reduced)


@given(month=st.integers(1, 12), months=st.integers(1, 40))
def test_months_follow_each_other(month: int, months: int) -> None:
    periods = month_periods(date(2021, month, 1), months)
    assert len(periods) == months
    assert periods[0].start == date(2021, month, 1)
    for one, following in pairwise(periods):
        assert one.end == following.start
        assert 28 <= (one.end - one.start).days <= 31


@pytest.mark.parametrize(
    ("start", "end"),
    [("2024-04-02", "2025-04-01"), ("2024-04-01", "2024-04-15"), ("2024-04-01",) * 2],
)
def test_parts_of_months_are_refused(start: str, end: str) -> None:
    with pytest.raises(InvalidArguments, match="whole months"):
        Period(date.fromisoformat(start), date.fromisoformat(end))


def test_where_no_cost_is_recorded_spend_is_not_known(tmp_path: Path) -> None:
    dataset_of(tmp_path, [placement(number) for number in range(30)])
    result = asked(knowledge_of(tmp_path), "provider_spend", "evaluator")
    assert result.data.total == NOTHING_KNOWN
    assert any("30 children" in caveat for caveat in result.caveats)


def test_before_the_placements_are_held_spend_is_not_known(
    knowledge: Knowledge,
) -> None:
    assert held_since(knowledge.dataset, EVALUATOR) == date(2021, 4, 1)
    result = asked(knowledge, "provider_spend", "evaluator", year="2019/20")
    assert (result.data.total, result.data.groups) == (NOTHING_KNOWN, ())
    assert "not held, so spend in 2019/20 is not known" in result.caveats[0]


@pytest.mark.parametrize("where", [{"local_authority": "Leeds"}, {"region": "London"}])
def test_of_an_authority_that_is_not_held_nothing_is_known(
    knowledge: Knowledge, where: dict[str, str]
) -> None:
    result = asked(knowledge, "provider_spend", "evaluator", **where)
    assert (result.data.total, result.data.groups) == (NOTHING_KNOWN, ())
    assert "nothing is known" in result.caveats[0]


def test_a_type_that_nobody_was_placed_in_costs_nothing(knowledge: Knowledge) -> None:
    data = found(
        knowledge, "evaluator", local_authority="Slough", placement_type="secure"
    )
    assert (data.total.value, data.groups, data.concentration.hhi) == (0, (), None)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"year": "2024/26"}, "'2024/26' is not a financial year.*2024/25"),
        ({"year": "2024"}, "year = '2024'"),
        ({"year": "2030/31"}, "begins after 2026-03-31"),
        ({"limit": 0}, "limit = 0"),
        ({"placement_type": "hotel"}, "placement_type = 'hotel'"),
        ({"group_by": "year"}, "there is no argument 'group_by'"),
    ],
)
def test_nonsense_is_refused_by_the_name_of_its_argument(
    knowledge: Knowledge, arguments: dict[str, Any], told: str
) -> None:
    with pytest.raises(InvalidArguments, match=told):
        found(knowledge, **arguments)


def test_a_region_that_is_none_is_refused_with_those_there_are(
    knowledge: Knowledge,
) -> None:
    with pytest.raises(UnknownPlace, match="South East"):
        found(knowledge, region="Mordor")


def test_the_largest_groups_are_drawn_as_they_stand_in_the_table(
    knowledge: Knowledge,
) -> None:
    result = asked(knowledge, "provider_spend", limit=5)
    (chart,) = result.charts
    table = next(table for table in result.tables if "Provider group" in table.columns)
    assert list(chart.categories) == [row[0] for row in table.rows]


@pytest.mark.parametrize("viewer", ["evaluator", "council:Kent", "region"])
def test_where_no_cost_is_recorded_no_part_of_the_spend_is_nought(
    tmp_path: Path, viewer: str
) -> None:
    dataset_of(tmp_path, [placement(number) for number in range(30)])
    data = asked(knowledge_of(tmp_path), "provider_spend", viewer).data
    parts = (data.total, data.to_groups, data.to_council_run, data.without_provider)
    assert [part.value for part in parts] == [None] * 4
