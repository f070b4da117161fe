from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.errors import InvalidArguments, NothingLoaded
from corpus.viewer import Viewer
from tests.hand_made_market import MARKET, write_market
from tools.base import Knowledge, Result
from tools.organisations import organisations
from tools.profiles import setting_profiles
from tools.provider_record import ProviderRecord
from tools.registry import call_tool

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


def profile(knowledge: Knowledge, provider: str) -> Result[Any]:
    return call_tool("provider_profile", {"provider": provider}, knowledge)


def record(knowledge: Knowledge, provider: str) -> ProviderRecord:
    data = profile(knowledge, provider).data
    assert isinstance(data, ProviderRecord)
    return data


def urns(found: ProviderRecord) -> set[str]:
    return {setting.urn for setting in found.settings}


@pytest.mark.parametrize(
    "name",
    [
        "Alder House",
        "alder house",
        "ALDER-HOUSE",
        "9100000",
        "Alder House Ltd",
        "alder",
    ],
)
def test_a_setting_is_found_however_its_name_is_written(
    market: Knowledge, name: str
) -> None:
    assert urns(record(market, name)) == {"9100000"}


def test_the_record_is_what_the_tables_hold(market: Knowledge) -> None:
    found = record(market, "9100000")
    setting = found.settings[0]
    assert (found.kind, found.providers) == ("setting", ("Alder House Limited",))
    assert found.group == "Alder House Group"
    assert (setting.places, setting.age_from, setting.age_to) == (4, 10, 17)
    assert set(setting.accepts) == {"cse", "cce", "missing"}
    assert set(setting.excludes) == {"fire_setting"}
    assert [(g.inspected_on, g.rating) for g in setting.grades] == [
        (date(2025, 6, 10), "good")
    ]
    assert (setting.vacancies, setting.vacancies_as_at) == (2, date(2026, 3, 20))
    assert {p.route: p.weekly_price for p in setting.prices} == {
        "spot": 5500,
        "framework": 5200,
    }
    assert setting.gender_mix == "mixed"


@pytest.mark.parametrize(
    ("letter", "doubt"),
    [
        ("F", "graded inadequate"),
        ("H", "registration suspended"),
        ("N", "serious or widespread weaknesses found"),
        ("C", "no current vacancy"),
    ],
)
def test_what_speaks_against_a_setting_is_said_first(
    market: Knowledge, letter: str, doubt: str
) -> None:
    urn = next(row.urn for row in MARKET if row.letter == letter)
    assert doubt in profile(market, urn).caveats[0]


def test_what_is_not_held_is_said_and_no_figure_stands_for_it(
    market: Knowledge,
) -> None:
    result = profile(market, "Xylem Boarding")
    told = " ".join(result.caveats)
    assert "Nothing is held of its inspected grade, vacancies, prices" in told
    assert "No placements are held" in told
    assert result.data.placements == ()


def test_a_misspelt_name_is_answered_with_the_likely_ones(market: Knowledge) -> None:
    with pytest.raises(InvalidArguments, match=r"'Popler Fostring'.*Poplar Fostering"):
        profile(market, "Popler Fostring")


def test_an_ambiguous_name_lists_what_it_may_mean(market: Knowledge) -> None:
    with pytest.raises(InvalidArguments) as error:
        profile(market, "Fostering")
    assert "names 4" in error.value.message
    assert "Poplar Fostering Limited (provider, PP, Kent)" in str(error.value)


@pytest.mark.parametrize("name", ["", "   ", "?", "x" * 201, "0"])
def test_a_name_of_nothing_is_refused_by_its_argument(
    market: Knowledge, name: str
) -> None:
    with pytest.raises(InvalidArguments, match="provider"):
        profile(market, name)


@pytest.mark.parametrize("arguments", [{}, {"provider": None}, {"provider": 7}])
def test_a_name_is_needed_and_is_text(
    market: Knowledge, arguments: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArguments, match="provider"):
        call_tool("provider_profile", arguments, market)


def test_without_tables_the_command_to_run_is_told(tmp_path: Path) -> None:
    empty = Assistant.open(Settings(data_dir=tmp_path)).knowledge
    with pytest.raises(NothingLoaded, match="placements demo"):
        profile(empty, "Alder House")


def test_every_organisation_can_be_profiled_by_its_identifier(
    region: Knowledge,
) -> None:
    held = organisations(region.dataset)
    some = [*held[::7], *(o for o in held if len(o.urns) > 4)]
    assert {o.kind for o in some} == {"setting", "provider", "group"}
    for organisation in some:
        result = profile(region, organisation.identifier)
        assert urns(result.data) == set(organisation.urns)
        json.dumps(result.model_dump(mode="json"), allow_nan=False)


def test_a_group_holds_all_its_settings_and_a_setting_names_the_others(
    region: Knowledge,
) -> None:
    group = max(organisations(region.dataset), key=lambda o: len(o.urns))
    whole = record(region, group.name)
    assert not whole.other_settings
    one = record(region, whole.settings[0].urn)
    assert {other.urn for other in one.other_settings} | urns(one) == urns(whole)
    assert len(one.other_settings) == len(whole.settings) - 1


def test_every_row_names_the_source_that_it_is_from(region: Knowledge) -> None:
    busiest = max(organisations(region.dataset), key=lambda o: len(o.urns))
    result = profile(region, busiest.name)
    sources = {
        "Prices": "prices",
        "Children": "placements",
        "Settings": "settings",
        "Block": "block_contracts",
    }
    for table in result.tables:
        assert len(table.row_sources) == len(table.rows) == table.total_rows
        expected = sources.get(table.title.split()[0])
        cited = {result.citations[source].source for source in table.row_sources}
        assert expected is None or cited == {expected}


def test_documents_held_about_a_setting_are_listed_with_their_dates(
    region: Knowledge,
) -> None:
    about = next(s for s in region.library.summaries() if s.urn is not None)
    found = record(region, str(about.urn))
    mine = [s for s in region.library.summaries() if s.urn == about.urn]
    assert [(d.title, d.published) for d in found.documents] == [
        (s.title, s.published) for s in mine
    ]


def figures(knowledge: Knowledge, urn: str) -> dict[str, tuple[float | None, Any]]:
    return {
        f.measure: (f.figure.value, f.own and f.own.value)
        for f in record(knowledge, urn).placements
    }


def test_an_evaluator_sees_the_counts_and_costs_that_the_rows_hold(
    region: Knowledge,
) -> None:
    rows = region.dataset.frame("placements")
    urn = str(rows["urn"].value_counts().index[0])
    mine = rows[rows["urn"] == urn]
    seen = figures(replace(region, viewer=EVALUATOR), urn)
    day = region.dataset.as_at
    assert day is not None
    there = mine[mine["ended"].isna() | (mine["ended"] > day)]
    cost = there[["weekly_social_care", "weekly_education", "weekly_health"]]
    paid = cost.astype(float).fillna(0).sum(axis=1)[there["weekly_social_care"].notna()]
    values = [value for value, _ in seen.values()]
    since = mine[mine["started"] >= date(2025, 4, 1)]
    ended = mine["planned_end"].value_counts()
    assert values[0] == there["child_id"].nunique()
    assert values[1] == since["child_id"].nunique()
    assert values[2] == pytest.approx(paid.mean(), abs=0.006)
    assert values[4:6] == [ended[True], ended[False]]
    assert values[6] == pytest.approx(ended[False] / ended.sum(), abs=0.006)


def test_a_council_sees_its_own_exactly_beside_the_protected_figures(
    region: Knowledge,
) -> None:
    rows = region.dataset.frame("placements")
    own = rows[rows["local_authority"] == "Kent"]
    urn = str(own["urn"].value_counts().index[0])
    mine = own[own["urn"] == urn]
    day = region.dataset.as_at
    there = mine[mine["ended"].isna() | (mine["ended"] > day)]
    council = figures(replace(region, viewer=KENT), urn)
    assert next(own for _, own in council.values()) == there["child_id"].nunique()
    protected = figures(region, urn)
    assert [v for v, _ in council.values()] == [v for v, _ in protected.values()]
    assert all(own is None for _, own in protected.values())


def test_the_region_sees_no_small_count_and_what_it_sees_is_near(
    region: Knowledge,
) -> None:
    exact = replace(region, viewer=EVALUATOR)
    withheld = shown = 0
    for setting in setting_profiles(region.dataset)[::3]:
        urn = setting.setting.urn
        truth = [value for value, _ in figures(exact, urn).values()]
        for told, true in zip(record(region, urn).placements, truth, strict=True):
            figure = told.figure
            withheld += figure.withheld
            if figure.value is not None:
                shown += 1
                assert true is not None
                assert figure.within
                assert abs(figure.value - true) <= figure.within
    assert withheld and shown


def test_a_council_without_placements_sees_no_own_figure_made_of_nothing(
    region: Knowledge,
) -> None:
    nowhere = replace(region, viewer=Viewer.parse("council:Atlantis"))
    urn = str(region.dataset.frame("placements")["urn"].value_counts().index[0])
    own = [own for _, own in figures(nowhere, urn).values()]
    assert own == [0, 0, None, None, 0, 0, None]
