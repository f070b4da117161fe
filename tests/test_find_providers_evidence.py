from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.codes import PlacementType
from corpus.data_directory import DataDirectory
from corpus.dataset import write_tables
from corpus.disclosure import Stays
from corpus.errors import InvalidArguments, NothingLoaded, UnknownPlace
from corpus.viewer import Viewer
from tests.hand_made_market import MARKET, write_market
from tools.base import Knowledge, Result
from tools.found_providers import FoundProviders, SettingMatch
from tools.registry import call_tool
from tools.stays import ASSUMED_STAY, LikelyStays, ages_at_end

EVALUATOR = Viewer.parse("evaluator")
KENT = Viewer.parse("council:Kent")


@pytest.fixture(scope="module")
def region(region_dir: Path) -> Knowledge:
    return Assistant.open(Settings(data_dir=region_dir)).knowledge


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    root = tmp_path_factory.mktemp("market")
    write_market(root)
    return Assistant.open(Settings(data_dir=root)).knowledge


def search(knowledge: Knowledge, **asked: Any) -> Result[Any]:
    return call_tool("find_providers", {"limit": 1000, **asked}, knowledge)


def listed(knowledge: Knowledge, **asked: Any) -> dict[str, SettingMatch]:
    data = search(knowledge, **asked).data
    assert isinstance(data, FoundProviders)
    return {match.setting[0]: match for match in (*data.matches, *data.set_apart)}


def detail(match: SettingMatch, name: str) -> str:
    return next(c.detail for c in match.criteria if c.name == name)


def test_each_place_has_its_own_distance_and_the_farthest_decides(
    market: Knowledge,
) -> None:
    places = ["Maidstone", "Tunbridge Wells", "Dartford"]
    thorn = listed(market, near=places, radius_miles=16)["T"]
    assert [(d.place, d.miles) for d in thorn.distances] == [
        ("Maidstone", 14.4),
        ("Tunbridge Wells", 10.2),
        ("Dartford", 12.0),
    ]
    assert thorn.miles == 14.4
    columns = search(market, near=places, radius_miles=16).tables[0].columns
    assert [c for c in columns if "Miles" in c] == [f"Miles from {p}" for p in places]


def test_prices_on_framework_and_off_stand_side_by_side(market: Knowledge) -> None:
    result = search(market, local_authority="Kent")
    table = result.tables[0]
    by_setting = {
        row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows
    }
    alder = by_setting["Alder House"]
    assert (alder["£ a week, framework"], alder["£ a week, spot"]) == (5200, 5500)
    assert by_setting["Gorse House"]["£ a week, spot"] is None
    assert listed(market)["A"].weekly_price == 5200
    assert "£5,200 framework, £5,500 spot" in detail(
        listed(market, max_weekly_price=5300)["A"], "price"
    )


def test_a_price_on_another_route_has_its_column(market: Knowledge) -> None:
    columns = search(market, placement_type="fostering").tables[0].columns
    assert "£ a week, block" in columns


def test_grades_and_vacancies_are_told_with_their_dates(market: Knowledge) -> None:
    alder = listed(market, min_rating="good", with_vacancy=True)["A"]
    assert detail(alder, "grade") == "Good, inspected 10 Jun 2025"
    assert detail(alder, "vacancy") == "vacancies: 2 at 20 Mar 2026"


def test_whom_a_home_admits_together_is_told(market: Knowledge) -> None:
    found = listed(market, gender="male")
    assert {letter: found[letter].gender_mix for letter in "ABK"} == {
        "A": "mixed",
        "B": "single gender",
        "K": "not stated",
    }
    assert detail(found["B"], "gender") == "single gender: admits male"


def test_the_verdicts_stand_in_a_table_of_their_own(market: Knowledge) -> None:
    result = search(market, near="Maidstone", age=14, needs=["cse"])
    table = result.tables[-1]
    assert table.title.startswith("Criterion by criterion")
    assert table.columns == (
        "Setting", "Age", "Age over the stay", "Distance", "Need: CSE",
    )  # fmt: skip
    for row, source in zip(table.rows, table.row_sources, strict=True):
        assert str(row[0]) in result.citations[source].title
        for cell in row[1:]:
            assert cell is None or str(cell).startswith(
                ("met:", "not met:", "unknown:")
            )


def test_the_assumed_stay_is_said_where_no_placements_are_held(
    market: Knowledge,
) -> None:
    result = search(market, age=14)
    assert any(ASSUMED_STAY.told in caveat for caveat in result.caveats)
    assert all(m.similar_children is None for m in listed(market, age=14).values())


def test_without_an_age_no_stay_is_assumed(market: Knowledge) -> None:
    assert not any("likely stay" in c for c in search(market).caveats)


def test_an_unregistered_home_is_refused_with_the_reason_even_where_none_is_held(
    region: Knowledge,
) -> None:
    result = search(region, placement_type="unregistered")
    data = result.data
    assert (data.matches, data.set_apart, result.tables) == ((), (), ())
    assert data.total_matches == data.total_set_apart == 0
    assert ["offence" in law.reason for law in data.unlawful] == [True]
    assert "No unregistered home is ever listed" in " ".join(result.caveats)


@given(
    age=st.integers(0, 24),
    months=st.integers(1, 60),
    since_birthday=st.integers(0, 364),
)
def test_the_ages_at_the_end_of_a_stay_hold_whatever_the_birthday(
    age: int, months: int, since_birthday: int
) -> None:
    least, greatest = ages_at_end(age, months)
    truth = int(age + since_birthday / 365 + months / 12)
    if age < 18:
        truth = min(truth, 17)
    assert least <= truth <= greatest <= least + 1
    if not since_birthday:
        assert truth == least


def test_a_stay_of_which_nothing_is_known_is_the_assumption() -> None:
    unknown = LikelyStays(Stays({}, None))
    stay = unknown.of(PlacementType.RESIDENTIAL, 14)
    assert (stay.months, stay.assumed) == (12, True)


def similar(
    knowledge: Knowledge, **asked: Any
) -> dict[str, tuple[float | None, float | None, int | None, float | None]]:
    data = search(knowledge, **asked).data
    found = {}
    for match in (*data.matches, *data.set_apart):
        past = match.similar_children
        assert past is not None
        found[match.urn] = (
            past.children.value,
            past.children.within,
            past.own_children,
            past.unplanned_end_share.value,
        )
    return found


def like_this_child(region: Knowledge) -> Any:
    """Placements of children of 10 to 15 who go missing or are exploited."""
    rows = region.dataset.frame("placements")
    needs = rows["needs"].map(set)
    return rows[
        rows["age_at_start"].between(10, 15)
        & needs.map(lambda n: bool(n & {"cse", "missing"}))
    ]


def test_similar_children_are_those_of_the_age_band_who_share_a_need(
    region: Knowledge,
) -> None:
    told = similar(replace(region, viewer=EVALUATOR), age=13, needs=["cse", "missing"])
    rows = like_this_child(region)
    rows = rows.assign(child=rows["local_authority"] + rows["child_id"])
    truth = rows.groupby("urn")["child"].nunique().to_dict()
    endings = {
        urn: held["planned_end"].value_counts() for urn, held in rows.groupby("urn")
    }
    assert any(children for children, *_ in told.values())
    for urn, (children, within, own, share) in told.items():
        assert (children, within, own) == (truth.get(urn, 0), 0, None)
        ended = endings.get(urn, {})
        if share is not None:
            assert share == pytest.approx(
                ended.get(False, 0) / sum(ended.values), abs=0.006
            )


def test_a_council_is_told_of_its_own_children_exactly(region: Knowledge) -> None:
    rows = like_this_child(region)
    own = rows[rows["local_authority"] == "Kent"].groupby("urn")["child_id"].nunique()
    told = similar(replace(region, viewer=KENT), age=13, needs=["cse", "missing"])
    assert sum(number or 0 for _, _, number, _ in told.values())
    for urn, (_, _, number, _) in told.items():
        assert number == own.get(urn, 0)


def test_the_region_is_told_no_small_number_and_none_far_from_the_truth(
    region: Knowledge,
) -> None:
    exact = similar(replace(region, viewer=EVALUATOR), age=13)
    shown = [
        (children, within, exact[urn][0])
        for urn, (children, within, *_) in similar(region, age=13).items()
    ]
    assert any(children is None for children, _, _ in shown)
    assert any(children is not None for children, _, _ in shown)
    for children, within, truth in shown:
        if children is not None:
            assert within is not None and truth is not None
            assert children >= 5 and abs(children - truth) <= within


def test_similar_children_rule_no_setting_out(region: Knowledge) -> None:
    asked = {"near": "Kent", "age": 13, "needs": ["cse"], "limit": 1000}
    as_region = call_tool("find_providers", asked, region).data
    exact = call_tool("find_providers", asked, replace(region, viewer=EVALUATOR)).data
    assert isinstance(as_region, FoundProviders) and isinstance(exact, FoundProviders)
    assert {m.urn for m in as_region.matches} == {m.urn for m in exact.matches}


def test_protected_figures_say_so(region: Knowledge) -> None:
    assert "c is withheld" in " ".join(search(region, age=13).caveats)
    everything = replace(region, viewer=EVALUATOR)
    assert "c is withheld" not in " ".join(search(everything, age=13).caveats)


def test_a_viewer_with_no_rows_gets_the_same_list_and_no_own_figure_but_nought(
    region: Knowledge,
) -> None:
    nowhere = replace(region, viewer=Viewer.parse("council:Atlantis"))
    told = similar(nowhere, age=13)
    assert told.keys() == similar(region, age=13).keys()
    assert {own for _, _, own, _ in told.values()} == {0}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"age": 40}, "age = 40; allowed: integer from 0 to 25"),
        ({"age": -1}, "age = -1; allowed: integer from 0 to 25"),
        ({"ages": [5, 99]}, "ages.*99; allowed: list of integer from 0 to 25"),
        ({"ages": [5, 7, 9], "siblings": 2}, "`ages` lists 3 children.*2"),
        (
            {"near": "Kent", "radius_miles": -5},
            "radius_miles = -5; allowed: number over 0",
        ),
        (
            {"near": "Kent", "radius_miles": 0},
            "radius_miles = 0; allowed: number over 0",
        ),
        ({"near": "Kent", "radius_miles": 1e9}, "radius_miles.*over 0 to 500"),
        ({"near": "Kent", "radius_miles": float("nan")}, "radius_miles"),
        ({"max_weekly_price": 1e12}, "max_weekly_price.*over 0 to 100,000"),
        ({"max_weekly_price": 0}, "max_weekly_price = 0.*number over 0"),
        ({"siblings": 0}, "siblings = 0"),
        ({"siblings": 11}, "siblings = 11.*from 1 to 10"),
        ({"needs": ["everything"]}, "needs.*'everything'"),
        ({"min_rating": "adequate"}, "min_rating = 'adequate'"),
        ({"placement_type": "hotel"}, "placement_type = 'hotel'"),
        ({"sort_by": "luck"}, "sort_by = 'luck'"),
        ({"occupancy": 3}, "no argument 'occupancy'"),
    ],
)
def test_a_nonsense_argument_is_named_with_what_is_allowed(
    market: Knowledge, arguments: dict[str, Any], told: str
) -> None:
    with pytest.raises(InvalidArguments, match=told):
        search(market, **arguments)


@pytest.mark.parametrize("argument", ["near", "within", "local_authority"])
def test_an_unknown_place_is_named_wherever_it_is_given(
    market: Knowledge, argument: str
) -> None:
    value = ["Atlantis"] if argument == "within" else "Atlantis"
    with pytest.raises(UnknownPlace, match="Atlantis"):
        search(market, **{argument: value})


def test_a_search_that_nothing_fits_is_empty_with_its_reasons(
    market: Knowledge,
) -> None:
    result = search(market, age=25, placement_type="fostering")
    assert (result.data.total_matches, result.data.total_set_apart) == (0, 0)
    assert result.tables == ()
    assert result.data.excluded["of another kind"] == len(MARKET) - 4
    json.dumps(result.model_dump(mode="json"), allow_nan=False)


def test_tables_without_a_setting_are_told_of(tmp_path: Path) -> None:
    write_tables(DataDirectory(tmp_path), {}, "real", date(2026, 3, 31))
    bare = Assistant.open(Settings(data_dir=tmp_path)).knowledge
    with pytest.raises(NothingLoaded, match="No settings are loaded"):
        search(bare, age=14)
