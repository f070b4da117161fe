"""Nonsense asked of each tool: refused by the argument's name, with what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.errors import InvalidArguments, UnknownPlace
from tools.allowed import allowed_values
from tools.base import Knowledge
from tools.registry import TOOLS, call_tool

NEEDED: dict[str, dict[str, Any]] = {
    "provider_profile": {"provider": "Kent"},
    "search_documents": {"query": "missing"},
    "model_invest_to_save": {"scheme": "step_down"},
}
PLACES = {"near": "Atlantis", "within": ["Atlantis"], "local_authority": "Atlantis"}


def branches(argument: dict[str, Any], schema: dict[str, Any]) -> Iterator[Any]:
    """What an argument's value may be, its references looked up."""
    for branch in argument.get("anyOf", (argument,)):
        if "$ref" in branch:
            yield schema["$defs"][branch["$ref"].rsplit("/", 1)[-1]]
        elif branch.get("type") == "array":
            yield from branches(branch["items"], schema)
        else:
            yield branch


def beyond(part: dict[str, Any]) -> Iterator[Any]:
    """Values just outside, and far outside, of what one branch allows."""
    for bound, step in (("minimum", -1), ("maximum", 1)):
        if bound in part:
            yield part[bound] + step
            yield (part[bound] + step) * 1e12
    if "exclusiveMinimum" in part:
        yield part["exclusiveMinimum"]
        yield -5
    if part.get("type") in ("number", "integer"):
        yield from (float("nan"), float("inf"), True, "several")
    if "enum" in part or part.get("format") == "date":
        yield from ("nonsense", 12.5, True)
    if part.get("type") == "string":
        yield from ("  ", "x" * 5000, 12.5)


def nonsense() -> Iterator[tuple[str, str, Any]]:
    """A tool, one of its arguments, and a value that it does not allow."""
    for name, tool in TOOLS.items():
        schema = tool.schema()
        for argument, part in schema["properties"].items():
            several = part.get("type") == "array" or any(
                branch.get("type") == "array" for branch in part.get("anyOf", ())
            )
            for branch in branches(part, schema):
                for value in beyond(branch):
                    yield name, argument, [value] if several else value


@pytest.fixture(scope="module")
def knowledge(region_dir: Any) -> Knowledge:
    return Assistant.open(Settings(data_dir=region_dir)).knowledge


@pytest.mark.parametrize("name", TOOLS)
def test_a_value_outside_is_refused_by_name_with_what_is_allowed(
    name: str, knowledge: Knowledge
) -> None:
    tried = [(arg, value) for tool, arg, value in nonsense() if tool == name]
    assert tried
    for argument, value in tried:
        with pytest.raises(InvalidArguments) as caught:
            call_tool(name, {**NEEDED.get(name, {}), argument: value}, knowledge)
        told = str(caught.value)
        assert f"{name}: {argument}" in told
        assert allowed_values(TOOLS[name].schema(), argument) in told


@pytest.mark.parametrize("name", TOOLS)
def test_an_unknown_argument_is_answered_with_those_there_are(
    name: str, knowledge: Knowledge
) -> None:
    with pytest.raises(InvalidArguments) as caught:
        call_tool(name, {**NEEDED.get(name, {}), "beds": 3}, knowledge)
    assert "'beds'" in str(caught.value)
    assert all(
        known in str(caught.value) for known in TOOLS[name].schema()["properties"]
    )


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        (name, argument)
        for name, tool in TOOLS.items()
        for argument in PLACES
        if argument in tool.schema()["properties"]
    ],
)
def test_an_unknown_place_is_refused_by_the_name_of_its_argument(
    name: str, argument: str, knowledge: Knowledge
) -> None:
    given = {**NEEDED.get(name, {}), argument: PLACES[argument]}
    with pytest.raises(UnknownPlace, match=f"{argument}: 'Atlantis' is not a place"):
        call_tool(name, given, knowledge)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("find_providers", {"radius_miles": 10}, "radius_miles needs a place"),
        ("find_providers", {"sort_by": "distance"}, "to sort by distance, a place"),
        ("find_providers", {"siblings": 2, "ages": [4, 6, 9]}, "`siblings` says 2"),
        ("find_providers", {"age": 14, "ages": [4, 6]}, "age = 14 is not among"),
        ("find_providers", {"solo": True, "siblings": 2}, "solo is for a child alone"),
        ("find_providers", {"solo": True, "ages": [4, 6]}, "solo is for a child alone"),
        ("summarise_placements", {"age_from": 9, "age_to": 4}, "age_from 9 is above"),
        ("analyse_sufficiency", {"age_from": 9, "age_to": 4}, "age_from 9 is above"),
        ("analyse_sufficiency", {"since": "2099-01-01"}, "the data ends on"),
        ("benchmark_price", {"since": "2099-01-01"}, "the data ends on"),
        ("provider_spend", {"year": "2099/00"}, "begins after"),
        ("summarise_placements", {"on": "2099-01-01"}, "is after"),
        (
            "provider_spend",
            {"local_authority": "Kent", "region": "London"},
            "'Kent' lies in South East",
        ),
    ],
)
def test_arguments_that_contradict_each_other_or_the_data_are_refused(
    name: str, given: dict[str, Any], told: str, knowledge: Knowledge
) -> None:
    with pytest.raises(InvalidArguments, match=told):
        call_tool(name, given, knowledge)
