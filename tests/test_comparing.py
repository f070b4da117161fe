"""The statistics of comparisons, and what a comparison of two runs finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from assistant.answer import ToolCall
from evals.compared_text import compared_text
from evals.comparing import compare
from evals.dataset import Expectation, ExpectedCall, Sample
from evals.gate import Kept, gate_text, judge, read_baseline
from evals.running.asking import Asked
from evals.running.fingerprint import Fingerprint
from evals.running.folder import RunFolder
from evals.running.record import Record
from evals.statistics import (
    bootstrap_p,
    cluster_interval,
    mcnemar,
    significant,
    smallest_detectable,
    wilson,
)
from evals.versions import open_dataset


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_is_the_interval_that_scipy_gives(right: int, more: int) -> None:
    asked = max(right, more)
    found = stats.binomtest(right, asked).proportion_ci(method="wilson")
    assert wilson(right, asked) == pytest.approx((found.low, found.high), abs=1e-6)


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_the_exact_binomial_test(improved: int, regressed: int) -> None:
    changed = improved + regressed
    exact = stats.binomtest(improved, changed).pvalue if changed else 1.0
    assert mcnemar(improved, regressed) == pytest.approx(exact)


@settings(max_examples=20)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_false_discovery_rate_is_held_as_scipy_holds_it(p: list[float]) -> None:
    adjusted = stats.false_discovery_control(p, method="bh")
    clear = [abs(a - 0.05) > 1e-9 for a in adjusted]
    found = significant(p)
    assert all(
        held == (a <= 0.05)
        for held, a, sure in zip(found, adjusted, clear, strict=True)
        if sure
    )


def test_clusters_widen_an_interval_and_weaken_a_test() -> None:
    apart = [1.0] * 6 + [0.0] * 30 + [1.0] * 6
    alone = [str(n) for n in range(42)]
    shared = [str(n // 6) for n in range(42)]
    narrow, wide = cluster_interval(apart, alone), cluster_interval(apart, shared)
    assert wide[1] - wide[0] > narrow[1] - narrow[0]
    assert bootstrap_p(apart, shared) > bootstrap_p(apart, alone)


def test_the_smallest_detectable_difference_shrinks_with_the_set() -> None:
    found = [smallest_detectable([1, *[0] * 6] * n) for n in (10, 40, 160)]
    # 2.8 standard errors of a mean with one in seven discordant
    assert found[0] == pytest.approx(2.8016 * (1 / 7 / 70) ** 0.5, rel=1e-3)
    assert found == sorted(found, reverse=True)
    assert 0 < smallest_detectable([0.0] * 50) < 1


PRINT = Fingerprint(
    dataset="d", dataset_sha256="0", brain="built-in", viewer="region", settings={},
    code="1", scorers="1", data=None, data_kind=None, seed=None, library="0", index={},
    packages={}, python="3",
)  # fmt: skip


def record(number: int, made: dict[str, Any], **fields: Any) -> Record:
    wanted = {"age": 12, **({"gender": "male"} if number % 2 else {})}
    call = ExpectedCall(name="find_providers", arguments=wanted)
    sample = Sample(
        id=f"q{number}",
        question=f"question {number}",
        expect=Expectation(status="answered", tool_calls=(call,)),
        tags=("even",) if number % 2 == 0 else ("odd",),
        author=f"author {number % 3}",
    )
    made_call = ToolCall(name="find_providers", arguments=made)
    answer = {
        "question": "?", "status": "answered", "answer": "", "elapsed_ms": 5.0,
        "tool_calls": [made_call.model_dump()], **fields,
    }  # fmt: skip
    return Record.of(sample, Asked(answer=answer))


def run_of(folder: Path, records: list[Record], code: str = "1") -> RunFolder:
    run = RunFolder(folder)
    run.begin(PRINT.model_copy(update={"code": code}), 1, None)
    run.rewrite(records)
    return run


def with_gender(number: int) -> dict[str, Any]:
    return {"age": 12, **({"gender": "male"} if number % 2 else {})}


def test_a_fault_in_one_argument_is_found_in_its_part_alone(tmp_path: Path) -> None:
    before = [record(n, with_gender(n)) for n in range(40)]
    after = [record(n, {"age": 12}) for n in range(40)]
    found = compare(run_of(tmp_path / "a", before), run_of(tmp_path / "b", after, "2"))
    [layer] = [c for c in found.layers if c.layer == "tool_calls"]
    assert (layer.improved, layer.regressed, layer.before) == (0, 20, 1.0)
    assert layer.high < 0
    sure = {change.part for change in found.parts if change.significant}
    assert {"argument gender", "tag odd"} <= sure
    assert "tag even" not in sure
    assert found.parts[0].difference == -1.0
    assert len(found.regressed) == 20
    told = compared_text(found)
    assert told.startswith("Regressed: 20")
    assert "The runs differ in code: 1 -> 2" in told
    assert "gender is missing" in told


def test_a_run_beside_itself_shows_nothing(tmp_path: Path) -> None:
    records = [record(n, with_gender(n)) for n in range(12)]
    run = run_of(tmp_path / "a", records)
    found = compare(run, run)
    assert not (found.improved or found.regressed or found.parts)
    assert {(c.difference, c.p) for c in found.layers} == {(0.0, 1.0)}
    assert "only times can differ" in compared_text(found)


def test_questions_that_are_asked_otherwise_are_left_out(tmp_path: Path) -> None:
    before = [record(n, with_gender(n)) for n in range(3)]
    changed = before[0].sample.model_copy(update={"question": "another"})
    after = [before[0].model_copy(update={"sample": changed}), *before[1:2]]
    found = compare(run_of(tmp_path / "a", before), run_of(tmp_path / "b", after))
    assert found.pairs == 1
    assert set(found.left_out) == {"q0", "q2"}


def test_the_gate_fails_below_the_interval_of_its_baseline_and_names_what_did() -> None:
    kept = [
        Kept(dataset="d", id=f"q{n}", right={"status": True, "tool_calls": True})
        for n in range(40)
    ]
    good = [record(n, with_gender(n)) for n in range(40)]
    assert judge(kept, good).passes
    slip = [record(1, {"age": 12}) if n == 1 else good[n] for n in range(40)]
    assert judge(kept, slip).passes
    assert "regressed, tool_calls: q1: gender is missing" in gate_text(
        judge(kept, slip)
    )
    bad = [record(n, {"age": 12}) for n in range(40)]
    assert not judge(kept, bad).passes
    assert "tool_calls FAILS" in gate_text(judge(kept, bad))


def test_the_gates_questions_are_shipped_and_worked_on() -> None:
    kept = read_baseline()
    assert len({one.id for one in kept}) == len(kept) >= 50
    for name in {one.dataset for one in kept}:
        dataset = open_dataset(name)
        assert dataset.part == "tune"
        held = {one.id for one in kept if one.dataset == name}
        assert held <= {sample.id for sample in dataset.samples}
    assert all(one.right for one in kept)
