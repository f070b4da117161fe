"""The shipped question files load, are told of, and ask what can be asked."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest

from evals.dataset import ExpectedCall, Sample, load_dataset
from evals.versions import manifest, open_dataset
from tools.registry import tool_named

FOLDER: Final = Path(str(files("evals"))) / "datasets"
ROW: Final = re.compile(
    r"^\| `(?P<name>\w+)\.jsonl` \| (?P<part>\w+) "
    r"\| (?P<questions>\d+) \| (?P<conversations>\d+) \| (?P<hand>.+) \|$",
    re.MULTILINE,
)
LISTED: Final = {
    row["name"]: row
    for row in ROW.finditer((FOLDER / "README.md").read_text(encoding="utf-8"))
}


def is_question_file(path: Path) -> bool:
    first: dict[str, Any] = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    return {"question", "expect"} <= first.keys()


SHIPPED: Final = sorted(p for p in FOLDER.glob("*.jsonl") if is_question_file(p))


def samples_of(name: str) -> tuple[Sample, ...]:
    return load_dataset(FOLDER / f"{name}.jsonl")


def with_query(call: ExpectedCall) -> dict[str, Any]:
    """The arguments of a call; `query` is never scored, so no gold states it."""
    query = {"query": "?"} if call.name == "search_documents" else {}
    return query | call.arguments


def test_every_question_file_is_told_of_and_every_one_told_of_is_shipped() -> None:
    assert set(LISTED) == {path.stem for path in SHIPPED}


@pytest.mark.parametrize("name", LISTED)
def test_the_readme_counts_what_the_file_holds(name: str) -> None:
    samples = samples_of(name)
    conversations = sum(len(sample.turns) > 1 for sample in samples)
    assert int(LISTED[name]["questions"]) == len(samples)
    assert int(LISTED[name]["conversations"]) == conversations
    assert LISTED[name]["part"] in {"tune", "look"}


def test_no_two_questions_share_an_id_and_none_is_asked_twice() -> None:
    samples = [sample for name in LISTED for sample in samples_of(name)]
    assert len({sample.id for sample in samples}) == len(samples)
    assert len({sample.turns for sample in samples}) == len(samples)


@pytest.mark.parametrize("name", LISTED)
def test_every_expected_call_is_one_that_a_tool_accepts(name: str) -> None:
    for sample in samples_of(name):
        for call in sample.expect.tool_calls or ():
            tool_named(call.name).arguments.model_validate(with_query(call))


@pytest.mark.parametrize("name", LISTED)
def test_every_question_says_what_it_expects_and_is_tagged(name: str) -> None:
    for sample in samples_of(name):
        assert sample.expect.model_dump(exclude_none=True), sample.id
        assert sample.tags, sample.id
        assert all(turn.strip() for turn in sample.turns), sample.id


@pytest.mark.parametrize("name", sorted(LISTED.keys() - {"public_documents"}))
def test_every_question_names_its_author_voice_and_difficulty(name: str) -> None:
    for sample in samples_of(name):
        assert sample.author == name, sample.id
        assert sample.voice, sample.id
        assert sample.difficulty, sample.id


@pytest.mark.parametrize("name", LISTED)
def test_every_placements_summary_states_its_measure(name: str) -> None:
    for sample in samples_of(name):
        for call in sample.expect.tool_calls or ():
            if call.name == "summarise_placements":
                assert "measure" in call.arguments, sample.id


@pytest.mark.parametrize("name", LISTED)
def test_every_file_is_the_version_that_the_manifest_records(name: str) -> None:
    remedy = f"placements eval validate evals/datasets/{name}.jsonl --record PART"
    listed = manifest().get(name)
    assert listed, remedy
    assert open_dataset(name).sha256 == listed.newest.sha256, remedy
    assert listed.part == LISTED[name]["part"], remedy
