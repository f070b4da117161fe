from __future__ import annotations

import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.codes import Gender, Need, PlacementType, Route
from corpus.disclosure.bands import AGE_LABELS, AGE_STARTS
from corpus.errors import InvalidArguments, NothingLoaded, UnknownPlace
from tests.placement_rows import asked, knowledge_of, placements_of, under_way
from tools.base import Knowledge
from tools.found_summary import PlacementSummary
from tools.shown import NOTHING_KNOWN

AS_AT = date(2026, 3, 31)
MEASURES = (
    "count", "average_weekly_cost", "total_weekly_cost", "median_distance",
    "share_over_20_miles", "share_out_of_area",
)  # fmt: skip
GROUPINGS = (
    "local_authority", "placement_type", "route", "gender", "age_band", "need",
    "provider", "rating",
)  # fmt: skip


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return knowledge_of(region_dir)


@pytest.fixture(scope="module")
def rows(knowledge: Knowledge) -> pd.DataFrame:
    frame = placements_of(knowledge.dataset)
    grades = knowledge.dataset.frame("inspections").sort_values("inspected_on")
    frame["rating"] = frame["urn"].map(grades.groupby("urn")["rating"].last())
    providers = knowledge.dataset.frame("providers").set_index("provider_id")["name"]
    frame["provider"] = frame["provider_id"].map(providers)
    return frame


def summary(
    knowledge: Knowledge, viewer: str = "region", **arguments: Any
) -> PlacementSummary:
    data = asked(knowledge, "summarise_placements", viewer, **arguments).data
    assert isinstance(data, PlacementSummary)
    return data


def chosen(rows: pd.DataFrame, on: date, **filters: Any) -> pd.DataFrame:
    found: pd.DataFrame = under_way(rows, on)
    for name in ("local_authority", "placement_type", "gender", "route"):
        if name in filters:
            found = found[found[name] == filters[name]]
    if "needs" in filters:
        wanted = {str(need) for need in filters["needs"]}
        with_them = [wanted <= set(held) for held in found["needs"]]
        found = found.loc[with_them]
    found = found[found["age"] >= filters.get("age_from", 0)]
    found = found[found["age"] <= filters.get("age_to", 25)]
    if "min_distance_miles" in filters:
        found = found[found["distance_miles"] > filters["min_distance_miles"]]
    return found


def measured(found: pd.DataFrame, measure: str) -> float | None:
    value: float
    match measure:
        case "count":
            value = len(found)
        case "average_weekly_cost":
            value = found["cost"].mean()
        case "total_weekly_cost":
            value = found["cost"].sum(min_count=1)
        case "median_distance":
            value = found["distance_miles"].astype(float).median()
        case "share_over_20_miles":
            value = (found["distance_miles"] > 20).mean()
        case _:
            away = found["host_authority"] != found["local_authority"]
            value = (away & found["host_authority"].notna()).mean()
    return None if pd.isna(value) else float(value)


def labelled(found: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    starts = [*AGE_STARTS, 99]
    bands = pd.cut(found["age"], starts, right=False, labels=list(AGE_LABELS))
    found = found.assign(age_band=bands.astype(str))
    if "need" in by:
        found = found.assign(need=found["needs"].map(list)).explode("need")
        found = found[found["need"].notna()]
    for name in by:
        found[name] = found[name].astype(object).fillna("not recorded").astype(str)
    return found


ASKED = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(MEASURES),
        "group_by": st.lists(
            st.sampled_from(GROUPINGS), min_size=1, max_size=2, unique=True
        ),
    },
    optional={
        "placement_type": st.sampled_from(
            ["residential", "fostering", "supported_accommodation"]
        ),
        "gender": st.sampled_from([str(g) for g in Gender][:2]),
        "age_from": st.integers(0, 10),
        "age_to": st.integers(11, 20),
        "route": st.sampled_from([str(route) for route in Route]),
        "needs": st.just([Need.SEMH]),
        "min_distance_miles": st.sampled_from([5.0, 20.0, 60.0]),
    },
)


@pytest.mark.parametrize("whose", ["evaluator", "council:Kent"])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(arguments=ASKED, days_before=st.integers(0, 1500))
def test_every_measure_agrees_with_one_worked_out_from_the_rows(
    knowledge: Knowledge,
    rows: pd.DataFrame,
    whose: str,
    arguments: dict[str, Any],
    days_before: int,
) -> None:
    on = AS_AT - timedelta(days=days_before)
    own = {"local_authority": "Kent"} if whose != "evaluator" else {}
    data = summary(knowledge, whose, on=on.isoformat(), **own, **arguments)
    measure, by = arguments["measure"], tuple(arguments["group_by"])
    found = chosen(rows, on, **own, **arguments)
    total = measured(found, measure)
    assert data.total.value == (None if total is None else pytest.approx(total, abs=1))
    truth = {
        labels: measured(group, measure)
        for labels, group in labelled(found, by).groupby(list(by))
    }
    for group in data.groups:
        assert group.figure.within in (0, None) and not group.figure.withheld
        fact = truth.pop(group.labels, None)
        if group.figure.value:
            assert fact is not None
            near = 0.006 if measure != "total_weekly_cost" else 0.51
            assert math.isclose(group.figure.value, fact, abs_tol=near)
        else:
            assert not fact
    assert not any(truth.values())


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(arguments=ASKED)
def test_groups_add_up_to_the_total(
    knowledge: Knowledge, arguments: dict[str, Any]
) -> None:
    by = [name for name in arguments["group_by"] if name != "need"] or ["gender"]
    for measure in ("count", "total_weekly_cost"):
        asking = {**arguments, "group_by": by, "measure": measure}
        data = summary(knowledge, "evaluator", **asking)
        added = sum(group.figure.value or 0 for group in data.groups)
        assert added == pytest.approx(data.total.value or 0, abs=1)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(arguments=ASKED)
def test_what_the_region_sees_is_within_the_stated_distance_of_the_truth(
    knowledge: Knowledge, arguments: dict[str, Any]
) -> None:
    bands = {"age_from": 0, "age_to": 17, "min_distance_miles": 20.0}
    on_bands = {name: bands.get(name, value) for name, value in arguments.items()}
    shown = summary(knowledge, "region", **on_bands)
    true = summary(knowledge, "evaluator", **on_bands)
    facts = {group.labels: group.figure.value for group in true.groups}
    pairs = [(shown.total, true.total.value)]
    pairs += [(group.figure, facts.get(group.labels, 0)) for group in shown.groups]
    for figure, fact in pairs:
        if figure.value is not None:
            assert fact is not None and figure.within is not None
            assert abs(figure.value - fact) <= figure.within + 0.002


@pytest.mark.parametrize(("period", "days"), [("year", 6), ("quarter", 21)])
def test_over_time_the_last_day_of_each_period_is_counted(
    knowledge: Knowledge, rows: pd.DataFrame, period: str, days: int
) -> None:
    result = asked(knowledge, "summarise_placements", "evaluator", group_by=period)
    data = result.data
    assert len(data.groups) == days
    for group in data.groups:
        assert group.figure.value == len(under_way(rows, group.on))
    assert data.groups[-1].figure == data.total
    assert data.groups[-1].on == AS_AT
    assert (data.groups[-2].labels, data.groups[-2].on) == (
        (("2024/25",), date(2025, 3, 31))
        if period == "year"
        else (("2025/26 Q3",), date(2025, 12, 31))
    )
    assert any("last day of each period" in caveat for caveat in result.caveats)
    assert result.charts[0].kind == "lines"


def test_over_time_and_by_type_each_figure_is_that_of_its_day(
    knowledge: Knowledge, rows: pd.DataFrame
) -> None:
    data = summary(
        knowledge,
        "evaluator",
        group_by=["placement_type", "year"],
        measure="average_weekly_cost",
        placement_type="residential",
    )
    assert [group.labels[1] for group in data.groups][-1] == "2025/26"
    for group in data.groups:
        found = chosen(rows, group.on, placement_type="residential")
        assert group.figure.value == pytest.approx(found["cost"].mean(), abs=0.01)


def test_one_grouping_may_be_named_without_a_list(knowledge: Knowledge) -> None:
    assert summary(knowledge, group_by="gender") == summary(
        knowledge, group_by=["gender"]
    )


def test_a_cost_comes_with_who_bears_it(
    knowledge: Knowledge, rows: pd.DataFrame
) -> None:
    data = summary(knowledge, "evaluator", measure="total_weekly_cost")
    parts = [part.value or 0 for part in data.components.values()]
    assert list(data.components) == ["social care", "education", "health"]
    assert sum(parts) == pytest.approx(data.total.value, abs=1)
    assert parts[0] == under_way(rows, AS_AT)["weekly_social_care"].sum()


def test_a_region_is_the_authorities_in_it(knowledge: Knowledge) -> None:
    whole = summary(knowledge, "evaluator")
    assert summary(knowledge, "evaluator", region="the south east").total == whole.total
    assert "Kent" in summary(knowledge, region="South East").authorities


@pytest.mark.parametrize(
    "arguments", [{"local_authority": "Leeds"}, {"region": "London"}]
)
@pytest.mark.parametrize("viewer", ["region", "evaluator", "council:Kent"])
def test_of_an_authority_that_is_not_held_nothing_is_known(
    knowledge: Knowledge, arguments: dict[str, str], viewer: str
) -> None:
    result = asked(knowledge, "summarise_placements", viewer, **arguments)
    assert result.data.total == NOTHING_KNOWN
    assert not result.data.groups
    assert "nothing is known" in result.caveats[0]


def test_before_the_placements_are_held_whole_nothing_is_known(
    knowledge: Knowledge,
) -> None:
    result = asked(knowledge, "summarise_placements", "evaluator", on="2019-01-01")
    assert result.data.total == NOTHING_KNOWN
    assert "Nothing is known of 2019-01-01" in result.caveats[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"measure": "average"}, "measure = 'average'; allowed: count, average"),
        (
            {"group_by": "colour"},
            "group_by.*'colour'.*allowed: list of local",
        ),
        ({"group_by": ["gender", "gender"]}, "group_by takes up to 3 different"),
        ({"group_by": list(GROUPINGS[:4])}, "group_by takes up to 3 different"),
        ({"group_by": ["year", "quarter"]}, "group_by takes year or quarter"),
        ({"age_from": 12, "age_to": 9}, "age_from 12 is above age_to 9"),
        ({"age_from": -1}, "age_from = -1"),
        ({"age_to": 26}, "age_to = 26"),
        ({"min_distance_miles": -5}, "min_distance_miles = -5"),
        ({"min_distance_miles": math.nan}, "min_distance_miles"),
        ({"on": "soon"}, "on = 'soon'"),
        ({"on": "2031-01-01"}, "on = 2031-01-01 is after 2026-03-31"),
        ({"needs": ["sadness"]}, "needs.*'sadness'"),
        ({"placement_type": "hotel"}, "placement_type = 'hotel'"),
        ({"colour": "red"}, "there is no argument 'colour'"),
        ({"local_authority": "Kent", "region": "London"}, "Kent' lies in South East"),
    ],
)
def test_nonsense_is_refused_by_the_name_of_its_argument(
    knowledge: Knowledge, arguments: dict[str, Any], told: str
) -> None:
    with pytest.raises(InvalidArguments, match=told):
        summary(knowledge, **arguments)


@pytest.mark.parametrize("arguments", [{"region": "Mordor"}, {"local_authority": "?"}])
def test_a_place_that_is_none_is_refused(
    knowledge: Knowledge, arguments: dict[str, str]
) -> None:
    with pytest.raises(UnknownPlace):
        summary(knowledge, **arguments)


def test_without_tables_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NothingLoaded, match="placements demo"):
        summary(knowledge_of(tmp_path))


def test_every_type_is_named_as_care_and_not_as_a_setting(knowledge: Knowledge) -> None:
    (table, _) = asked(
        knowledge, "summarise_placements", "evaluator", group_by="placement_type"
    ).tables
    assert [row[0] for row in table.rows][:2] == ["children's home", "foster care"]
    assert len(table.rows) == len(PlacementType) + 1
