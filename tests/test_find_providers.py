from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.codes import Need, OfstedRating, PlacementType, RegistrationStatus
from corpus.errors import InvalidArguments, NothingLoaded, UnknownPlace, UnknownTool
from tools.base import Knowledge
from tools.find_providers import DEFAULT_RADIUS_MILES
from tools.found_providers import FoundProviders, SettingMatch
from tools.profiles import SettingProfile, setting_profiles
from tools.registry import TOOLS, call_tool


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return Assistant.open(Settings(data_dir=region_dir)).knowledge


@pytest.fixture(scope="module")
def profiles(knowledge: Knowledge) -> dict[str, SettingProfile]:
    return {p.setting.urn: p for p in setting_profiles(knowledge.dataset)}


def found(knowledge: Knowledge, **arguments: Any) -> FoundProviders:
    result = call_tool("find_providers", {"limit": 1000, **arguments}, knowledge)
    assert isinstance(result.data, FoundProviders)
    return result.data


def listed(data: FoundProviders) -> tuple[SettingMatch, ...]:
    return (*data.matches, *data.set_apart)


def without_contradictions(asked: dict[str, Any]) -> dict[str, Any]:
    """The same, where nothing is refused: no order by distance from no place, and no
    several children placed alone."""
    if "near" not in asked and asked.get("sort_by") == "distance":
        return without_contradictions({**asked, "sort_by": "match"})
    if asked.get("siblings", 1) > 1 and asked.get("solo"):
        return {**asked, "solo": False}
    return asked


ARGUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "near": st.sampled_from(["Kent", "Maidstone", "Reading", "BN1", "Surrey"]),
        "age": st.integers(0, 19),
        "gender": st.sampled_from(["male", "female", "other"]),
        "needs": st.lists(st.sampled_from(list(Need)), max_size=3, unique=True),
        "placement_type": st.sampled_from(list(PlacementType)),
        "min_rating": st.sampled_from(list(OfstedRating)),
        "max_weekly_price": st.integers(500, 12_000),
        "with_vacancy": st.booleans(),
        "solo": st.booleans(),
        "siblings": st.integers(1, 5),
        "same_day": st.booleans(),
        "sort_by": st.sampled_from(["match", "distance", "price", "rating"]),
    },
).map(without_contradictions)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(asked=ARGUMENTS)
def test_every_setting_listed_meets_all_that_is_asked(
    knowledge: Knowledge, profiles: dict[str, SettingProfile], asked: dict[str, Any]
) -> None:
    data = found(knowledge, **asked)
    for match in listed(data):
        profile = profiles[match.urn]
        setting = profile.setting
        if "age" in asked:
            assert setting.age_from <= asked["age"] <= setting.age_to
            if asked["age"] < 16:
                assert setting.placement_type != "supported_accommodation"
        if "gender" in asked:
            assert asked["gender"] in setting.genders
        if "near" in asked:
            assert match.miles is not None
            assert match.miles <= DEFAULT_RADIUS_MILES
        if "placement_type" in asked:
            assert setting.placement_type == asked["placement_type"]
        if "max_weekly_price" in asked and match.weekly_price is not None:
            assert match.weekly_price <= asked["max_weekly_price"]
        if asked.get("with_vacancy"):
            assert profile.vacancies
        if asked.get("solo"):
            assert setting.solo
        assert setting.siblings >= asked.get("siblings", 1)
        assert not set(asked.get("needs", ())) & profile.excludes
        claimed, rest = set(match.needs_claimed), set(match.needs_not_stated)
        assert claimed <= profile.accepts
        assert claimed | rest == set(asked.get("needs", ()))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(asked=ARGUMENTS)
def test_settings_in_doubt_are_never_among_the_matches(
    knowledge: Knowledge, profiles: dict[str, SettingProfile], asked: dict[str, Any]
) -> None:
    data = found(knowledge, **asked)
    for match in data.matches:
        profile = profiles[match.urn]
        assert profile.rating is not OfstedRating.INADEQUATE
        assert profile.setting.status is RegistrationStatus.ACTIVE
        assert profile.vacancies != 0
    assert all(match.doubts for match in data.set_apart)


def test_asking_for_more_never_finds_more(knowledge: Knowledge) -> None:
    wide = {match.urn for match in listed(found(knowledge, near="Kent", age=14))}
    narrow = {
        match.urn
        for match in listed(found(knowledge, near="Kent", age=14, gender="male"))
    }
    assert narrow <= wide
    assert wide


def test_near_a_county_reaches_over_its_border_and_is_0_inside(
    knowledge: Knowledge,
) -> None:
    matches = listed(found(knowledge, near="Kent"))
    inside = [match for match in matches if match.local_authority == "Kent"]
    over = [match for match in matches if match.local_authority != "Kent"]
    assert inside and all(match.miles == 0 for match in inside)
    assert {"Medway"} <= {match.local_authority for match in over}
    assert all(match.miles is not None for match in over)
    assert not any(match.local_authority == "Milton Keynes" for match in over)


def test_a_place_inside_an_authority_leaves_its_neighbours_out(
    knowledge: Knowledge,
) -> None:
    matches = listed(found(knowledge, local_authority="Kent"))
    assert {match.local_authority for match in matches} == {"Kent"}


def test_a_need_that_nobody_states_is_unknown_not_met(knowledge: Knowledge) -> None:
    data = found(knowledge, needs=["harm_to_animals"])
    verdicts = {
        criterion.verdict
        for match in listed(data)
        for criterion in match.criteria
        if criterion.name.startswith("need: ")
    }
    assert verdicts <= {"met", "unknown"}


@pytest.mark.parametrize(
    ("order", "key"), [("distance", "miles"), ("price", "weekly_price")]
)
def test_matches_come_in_the_order_asked_for(
    knowledge: Knowledge, order: str, key: str
) -> None:
    data = found(knowledge, near="Kent", sort_by=order)
    values = [getattr(match, key) for match in data.matches]
    known = [value for value in values if value is not None]
    assert known == sorted(known)
    assert values[: len(known)] == known


def test_every_row_has_its_own_source(knowledge: Knowledge) -> None:
    result = call_tool("find_providers", {"near": "Kent", "age": 14}, knowledge)
    for table in result.tables:
        for row, source in zip(table.rows, table.row_sources, strict=True):
            assert str(row[0]) in result.citations[source].title
            assert "URN" in result.citations[source].locator


def test_caveats_tell_of_claims_and_of_the_demonstration(knowledge: Knowledge) -> None:
    told = " ".join(call_tool("find_providers", {}, knowledge).caveats)
    assert "claims" in told
    assert "invented" in told


def test_siblings_need_a_vacancy_each(
    knowledge: Knowledge, profiles: dict[str, SettingProfile]
) -> None:
    data = found(knowledge, ages=[7, 10], placement_type="fostering")
    assert data.set_apart
    for match in data.matches:
        assert profiles[match.urn].vacancies in (None, *range(2, 100))


def test_a_search_without_an_age_tells_whom_supported_accommodation_is_for(
    knowledge: Knowledge,
) -> None:
    supported = {"placement_type": "supported_accommodation"}
    without = call_tool("find_providers", supported, knowledge).caveats
    with_age = call_tool("find_providers", {**supported, "age": 17}, knowledge).caveats
    assert any("No age was given" in caveat for caveat in without)
    assert not any("No age was given" in caveat for caveat in with_age)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"age": 40}, "age"),
        ({"near": "Kent", "radius_miles": -5}, "radius_miles"),
        ({"radius_miles": 5}, "radius_miles"),
        ({"max_weekly_price": 1e12}, "max_weekly_price"),
        ({"gender": "boy"}, "gender"),
        ({"needs": ["bad manners"]}, "needs"),
        ({"colour": "blue"}, "colour"),
        ({"limit": 0}, "limit"),
    ],
)
def test_wrong_arguments_are_named(
    knowledge: Knowledge, arguments: dict[str, Any], named: str
) -> None:
    with pytest.raises(InvalidArguments, match=named):
        call_tool("find_providers", arguments, knowledge)


def test_an_unknown_place_is_named(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownPlace, match="Atlantis"):
        call_tool("find_providers", {"near": "Atlantis"}, knowledge)


def test_an_unknown_tool_is_told_with_the_nearest(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownTool, match="find_providers"):
        call_tool("find_provider", {}, knowledge)


def test_without_tables_the_command_to_run_is_told(tmp_path: Path) -> None:
    empty = Assistant.open(Settings(data_dir=tmp_path)).knowledge
    with pytest.raises(NothingLoaded, match="placements demo"):
        call_tool("find_providers", {}, empty)


def test_each_schema_names_every_argument_of_its_tool() -> None:
    for tool in TOOLS.values():
        schema = tool.schema()
        assert set(schema["properties"]) == set(tool.arguments.model_fields)
        assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("reason", "without"),
    [
        ("too far away", {"radius_miles": 500}),
        ("dearer than what is asked", {"max_weekly_price": 100_000}),
        ("graded below what is asked", {"min_rating": "inadequate"}),
        ("do not admit that gender", {"gender": None}),
    ],
)
def test_as_many_more_fit_without_a_criterion_as_fit_but_for_it(
    knowledge: Knowledge, reason: str, without: dict[str, Any]
) -> None:
    asked = {
        "near": "Kent", "radius_miles": 20, "age": 13, "gender": "female",
        "max_weekly_price": 6000, "min_rating": "good",
    }  # fmt: skip
    first, wider = found(knowledge, **asked), found(knowledge, **{**asked, **without})
    more = wider.total_matches + wider.total_set_apart
    fewer = first.total_matches + first.total_set_apart
    assert first.but_for.get(reason, 0) == more - fewer
    assert "of another kind" not in first.but_for
