from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.codes import Need, PlacementType
from corpus.disclosure import Dimension, Question
from corpus.disclosure.searches import outcomes_by, searches_since
from corpus.errors import InvalidArguments, UnknownPlace
from corpus.models import Frozen
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, dataset_of, placement, referral
from tests.placement_rows import asked, knowledge_of, placements_of, under_way
from tools.assumptions import WEEKS_A_YEAR
from tools.base import Knowledge
from tools.found_sufficiency import Sufficiency
from tools.shown import Shown

EVALUATOR = Viewer.parse("evaluator")


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return knowledge_of(region_dir)


@pytest.fixture(scope="module")
def rows(knowledge: Knowledge) -> pd.DataFrame:
    frame = knowledge.dataset.frame("referrals").copy()
    frame["made_on"] = pd.to_datetime(frame["made_on"])
    placements = placements_of(knowledge.dataset).set_index("placement_id")
    frame["miles"] = frame["placement_id"].map(placements["distance_miles"])
    lasting = set(placements.index[placements["ended"].isna()])
    frame["lasts"] = frame["placement_id"].isin(lasting)
    return frame


def found(
    knowledge: Knowledge, viewer: str = "region", **arguments: Any
) -> Sufficiency:
    data = asked(knowledge, "analyse_sufficiency", viewer, **arguments).data
    assert isinstance(data, Sufficiency)
    return data


def chosen(rows: pd.DataFrame, **filters: Any) -> pd.DataFrame:
    kept = rows
    for name in ("local_authority", "gender"):
        if name in filters:
            kept = kept[kept[name] == filters[name]]
    for need in filters.get("needs", ()):
        with_it = [str(need) in set(needs) for needs in kept["needs"]]
        kept = kept.loc[with_it]
    kept = kept[
        kept["age"].between(filters.get("age_from", 0), filters.get("age_to", 25))
    ]
    if "since" in filters:
        kept = kept[kept["made_on"] >= pd.Timestamp(filters["since"])]
    return kept


ASKED = st.fixed_dictionaries(
    {},
    optional={
        "placement_type": st.sampled_from(["residential", "fostering", "secure"]),
        "gender": st.sampled_from(["male", "female"]),
        "age_from": st.integers(0, 12),
        "age_to": st.integers(13, 18),
        "needs": st.sampled_from([[Need.SEMH], [Need.CSE], [Need.CSE, Need.MISSING]]),
        "since": st.dates(date(2021, 4, 1), date(2025, 12, 31)).map(date.isoformat),
    },
)


@pytest.mark.parametrize("whose", ["evaluator", "council:Kent"])
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(arguments=ASKED)
def test_sought_and_secured_agree_with_the_rows(
    knowledge: Knowledge, rows: pd.DataFrame, whose: str, arguments: dict[str, Any]
) -> None:
    own = {"local_authority": "Kent"} if whose != "evaluator" else {}
    data = found(knowledge, whose, **own, **arguments)
    kept = chosen(rows, **own, **arguments)
    kind = arguments.get("placement_type")
    pairs = pd.crosstab(kept["sought_type"], kept["secured_type"].fillna("none"))
    for row in data.types:
        sought = kept[kept["sought_type"] == row.placement_type]
        other = sought["secured_type"].notna() & (
            sought["secured_type"] != row.placement_type
        )
        secured = (kept["secured_type"] == row.placement_type).sum()
        assert row.sought.value == len(sought)
        assert row.secured_otherwise.value == other.sum()
        assert row.unplaced.value == sought["secured_type"].isna().sum()
        parts = (row.secured_as_sought, row.secured_otherwise, row.unplaced)
        assert sum(part.value or 0 for part in parts) == row.sought.value
        assert row.secured.value == secured
        assert row.gap.value == len(sought) - secured
    wanted = {kind} if kind else set(kept["sought_type"])
    assert wanted & set(kept["sought_type"]) <= {
        row.placement_type for row in data.types
    }
    for item in data.displacements:
        assert item.searches.value == pairs.loc[item.sought, item.secured]
        there = kept[
            (kept["sought_type"] == item.sought)
            & (kept["secured_type"] == item.secured)
            & kept["lasts"]
        ]
        assert item.children_now.value == len(there)
    listed = sum(item.searches.value or 0 for item in data.displacements)
    assert listed == sum(row.secured_otherwise.value or 0 for row in data.types)


@pytest.mark.parametrize("by", ["age_band", "gender", "local_authority", "year"])
@pytest.mark.parametrize("kind", [None, "fostering"])
def test_groups_add_up_and_agree_with_the_rows(
    knowledge: Knowledge, rows: pd.DataFrame, by: str, kind: str | None
) -> None:
    arguments = {"placement_type": kind} if kind else {}
    data = found(knowledge, "evaluator", group_by=by, **arguments)
    (grouped,) = data.grouped
    assert data.total is not None
    for name in ("sought", "secured_as_sought", "secured_otherwise", "unplaced"):
        added = sum(getattr(group, name).value for group in grouped.groups)
        assert added == getattr(data.total, name).value
    kept = rows if kind is None else rows[rows["sought_type"] == kind]
    assert data.total.sought.value == len(kept)
    if by in ("gender", "local_authority"):
        counts = kept[by].value_counts()
        assert {g.labels[0]: g.sought.value for g in grouped.groups} == dict(counts)
    known = kept[kept["miles"].notna() & kept["sought_within_miles"].notna()]
    near = (known["miles"] <= known["sought_within_miles"]).mean()
    assert data.total.within_distance.value == pytest.approx(near, abs=1e-4)


def test_each_gap_costs_the_difference_of_the_two_types_over_a_year(
    knowledge: Knowledge, rows: pd.DataFrame
) -> None:
    data = found(knowledge, "evaluator")
    current = under_way(placements_of(knowledge.dataset), AS_AT)
    price = current.groupby("placement_type")["cost"].mean()
    first = rows["made_on"].min().date().replace(day=1)
    years = ((AS_AT - first).days + 1) / 365
    assert data.years == pytest.approx(years, abs=0.001)
    assert data.displacements
    for item in data.displacements:
        if item.weekly_difference.value is None:
            assert item.sought not in price or item.secured not in price
            continue
        weekly = price[item.secured] - price[item.sought]
        bed = weekly * WEEKS_A_YEAR
        assert item.weekly_difference.value == pytest.approx(weekly, abs=0.02)
        assert item.cost_a_bed_a_year.value == pytest.approx(bed, abs=2)
        searches, now = item.searches.value or 0, item.children_now.value or 0
        assert item.cost_a_year.value == pytest.approx(searches / years * bed, rel=1e-3)
        assert item.cost_of_children_now.value == pytest.approx(now * bed, rel=1e-3)


def test_children_in_homes_for_want_of_fostering_are_told_whatever_was_sought(
    knowledge: Knowledge, rows: pd.DataFrame
) -> None:
    wanted = rows["sought_type"].eq("fostering") & rows["secured_type"].eq(
        "residential"
    )
    share = wanted.sum() / rows["secured_type"].eq("residential").sum()
    for arguments in ({}, {"placement_type": "residential"}):
        item = found(knowledge, "evaluator", **arguments).in_homes_for_want_of_fostering
        assert item is not None
        assert item.searches.value == wanted.sum()
        assert item.share_of_secured.value == pytest.approx(share, abs=1e-4)


def test_refusals_are_of_searches_that_did_not_secure_their_type(
    knowledge: Knowledge, rows: pd.DataFrame
) -> None:
    data = found(knowledge, "evaluator", placement_type="fostering")
    missed = rows[
        rows["sought_type"].eq("fostering") & rows["secured_type"].ne("fostering")
    ]
    offers = knowledge.dataset.frame("offers")
    offers = offers[offers["referral_id"].isin(missed["referral_id"])]
    reasons = dict(offers["refusal_reason"].dropna().value_counts())
    assert {item.reason: item.offers.value for item in data.refusals} == reasons


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    kind=st.sampled_from([None, "fostering", "residential"]),
    by=st.sampled_from(["need", "age_band", "local_authority", "gender"]),
)
def test_what_the_region_sees_is_within_the_stated_distance_of_the_truth(
    knowledge: Knowledge, kind: str | None, by: str
) -> None:
    arguments = {"group_by": by, **({"placement_type": kind} if kind else {})}
    seen = found(knowledge, "region", **arguments)
    true = found(knowledge, "evaluator", **arguments)
    assert seen.total and true.total
    pairs: list[tuple[Frozen, Frozen]] = [(seen.total, true.total)]
    facts = {group.labels: group for group in true.grouped[0].groups}
    pairs += [(group, facts[group.labels]) for group in seen.grouped[0].groups]
    types = {row.placement_type: row for row in true.types}
    rows: list[tuple[Frozen, Frozen]] = [
        (row, types[row.placement_type]) for row in seen.types
    ]
    instead = {(each.sought, each.secured): each for each in true.displacements}
    rows += [(item, instead[item.sought, item.secured]) for item in seen.displacements]
    checked = 0
    for one, other in [*pairs, *rows]:
        for name in type(one).model_fields:
            figure = getattr(one, name)
            if isinstance(figure, Shown) and figure.value is not None:
                if name == "cost_a_year" and one in seen.types:
                    continue  # of the pairs that are shown, which are fewer
                checked += 1
                fact = getattr(other, name).value
                assert abs(figure.value - fact) <= (figure.within or 0) + 0.1
    assert checked > 10


def test_the_region_stands_beside_an_authority(knowledge: Knowledge) -> None:
    data = found(knowledge, "council:Kent", local_authority="Kent")
    region = found(knowledge, "region")
    assert data.beside == "South East"
    uncosted = [row.model_dump(exclude={"cost_a_year"}) for row in region.types]
    beside = [row.model_dump(exclude={"cost_a_year"}) for row in data.beside_types]
    assert beside == uncosted
    assert all(row.sought.within == 0 for row in data.types)
    assert found(knowledge, "council:Kent").beside is None


def test_gaps_that_statements_state_stand_beside_with_their_words(
    knowledge: Knowledge,
) -> None:
    result = asked(knowledge, "analyse_sufficiency", local_authority="Kent")
    assert result.data.stated_gaps
    stated = next(t for t in result.tables if "In its words" in t.columns)
    assert len(stated.row_sources) == len(stated.rows)
    for row, source in zip(stated.rows, stated.row_sources, strict=True):
        citation = result.citations[source]
        assert (citation.kind, citation.quote) == ("document", row[-1])
        document = knowledge.library.get(str(citation.document_id))
        assert citation.start is not None and citation.quote is not None
        assert document.text[citation.start :].startswith(citation.quote)


def test_searches_of_children_left_out_change_no_answer(tmp_path: Path) -> None:
    known = [referral(number) for number in range(80)]
    datasets = [
        dataset_of(tmp_path / name, [placement(1)], referrals=rows)
        for name, rows in (("few", known), ("more", [*known, *_left_out(tmp_path)]))
    ]
    by = (Dimension.PLACEMENT_TYPE, Dimension.AGE_BAND)
    answers = [
        outcomes_by(
            Question(dataset, "referrals", Viewer(), group_by=by),
            ("sought", "as_sought", "unplaced", "not_as_sought", "distance_known"),
        )
        for dataset in datasets
    ]
    assert answers[0] == answers[1]
    true = [
        outcomes_by(Question(dataset, "referrals", EVALUATOR), ("sought",))["sought"]
        for dataset in datasets
    ]
    assert (true[1].total.value or 0) > (true[0].total.value or 0)


def _left_out(root: Path) -> list[Any]:
    """Referrals of children whom the keys of the usual seed leave out."""
    from corpus.disclosure.coding import coded_rows

    candidates = [referral(number) for number in range(1000, 1600)]
    dataset = dataset_of(root / "keys", [placement(1)], referrals=candidates)
    rows = coded_rows(dataset, "referrals")
    kept = rows.child_kept | rows.record_kept
    return [each for each, there in zip(candidates, kept, strict=True) if not there]


def test_no_searches_are_no_zero(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, [placement(number) for number in range(20)])
    assert searches_since(dataset, EVALUATOR) is None
    result = asked(knowledge_of(tmp_path), "analyse_sufficiency", "evaluator")
    assert (result.data.types, result.data.total, result.tables) == ((), None, ())
    assert "No searches are held" in result.caveats[0]


def test_where_nothing_is_held_nothing_is_told(knowledge: Knowledge) -> None:
    nowhere = {"local_authority": "Leeds"}
    result = asked(knowledge, "analyse_sufficiency", "evaluator", **nowhere)
    assert (result.data.types, result.data.total) == ((), None)
    assert "nothing is known" in result.caveats[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            {"group_by": "provider"},
            "group_by.*'provider'.*allowed: list of local",
        ),
        ({"group_by": ["need", "gender", "year"]}, "group_by takes up to 2"),
        ({"age_from": 12, "age_to": 9}, "age_from 12 is above age_to 9"),
        ({"age_to": 300}, "age_to = 300"),
        ({"needs": ["sadness"]}, "needs.*'sadness'"),
        ({"gender": "boy"}, "gender = 'boy'"),
        ({"placement_type": "hotel"}, "placement_type = 'hotel'"),
        ({"since": "lately"}, "since = 'lately'"),
        ({"since": "2030-01-01"}, "since = 2030-01-01: the data ends on"),
        ({"region": "South East"}, "there is no argument 'region'"),
    ],
)
def test_nonsense_is_refused_by_the_name_of_its_argument(
    knowledge: Knowledge, arguments: dict[str, Any], told: str
) -> None:
    with pytest.raises(InvalidArguments, match=told):
        found(knowledge, **arguments)


def test_a_place_that_is_no_authority_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownPlace):
        found(knowledge, local_authority="Maidstone")


def test_bars_show_what_the_table_says(knowledge: Knowledge) -> None:
    result = asked(knowledge, "analyse_sufficiency", "evaluator")
    (chart,) = result.charts
    table = result.tables[0]
    assert chart.categories == tuple(row[0] for row in table.rows)
    assert chart.series[0].values == tuple(row[1] for row in table.rows)
    assert PlacementType.FOSTERING in {row.placement_type for row in result.data.types}


def test_an_estimated_cost_is_told_to_three_figures_and_an_exact_one_to_the_pound(
    knowledge: Knowledge,
) -> None:
    protected = asked(knowledge, "analyse_sufficiency", "region").data
    exact = asked(knowledge, "analyse_sufficiency", "evaluator").data
    estimates = [item.cost_a_year for item in protected.displacements]
    known = [each.value for each in estimates if each.value]
    assert known
    assert all(value == float(f"{value:.3g}") for value in known)
    priced = [d.cost_a_year for d in exact.displacements if d.cost_a_year.value]
    assert {cost.within for cost in priced} == {0}
    truth = {(d.sought, d.secured): d.cost_a_year.value for d in exact.displacements}
    for item in protected.displacements:
        if item.cost_a_year.value is not None:
            off = item.cost_a_year.value - truth[item.sought, item.secured]
            assert abs(off) <= item.cost_a_year.within * 1.01
