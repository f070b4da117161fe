"""Runs of the real assistant: alike twice, resumed, logged, shown in a browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.cli import main
from corpus.errors import ExitCode
from evals.running.folder import RunFolder
from evals.running.record import Record
from evals.versions import open_dataset

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "one",
        "question": "children's homes near Reading for a girl of 12",
        "expect": {
            "status": "answered",
            "tool_calls": [
                {
                    "name": "find_providers",
                    "arguments": {
                        "near": "Reading",
                        "age": 12,
                        "gender": "female",
                        "placement_type": "residential",
                    },
                }
            ],
        },
        "tags": ["finding"],
    },
    {
        "id": "two",
        "question": ["foster carers near Oxford for a boy of 9", "and a girl of 7?"],
        "expect": {"status": "declined"},
        "tags": ["finding", "</script><b>hostile</b>"],
    },
    {
        "id": "three",
        "question": "what is the weather on Mars?",
        "expect": {"status": "out_of_scope"},
        "tags": ["limits"],
    },
]


def written(path: Path, questions: list[dict[str, Any]] = QUESTIONS) -> Path:
    path.write_text("".join(json.dumps(q) + "\n" for q in questions), "utf-8")
    return path


def run(region_dir: Path, *words: str) -> int:
    return main(["--data-dir", str(region_dir), "eval", *words])


@pytest.fixture(scope="module")
def finished(region_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    dataset = written(folder / "three.jsonl")
    for name, workers in (("a", "2"), ("b", "1")):
        done = run(
            region_dir, "run", str(dataset), "--out", str(folder / name),
            "--workers", workers,
        )  # fmt: skip
        assert done == ExitCode.DONE
    return folder


def without_times(record: Record) -> dict[str, Any]:
    held = record.model_dump(mode="json")
    held["asked"].pop("cold_ms")
    held["asked"]["answer"].pop("elapsed_ms")
    return held


def test_two_runs_are_identical_but_for_times(finished: Path) -> None:
    one, other = (RunFolder(finished / name) for name in "ab")
    assert one.facts().fingerprint == other.facts().fingerprint
    records = [list(map(without_times, run.records())) for run in (one, other)]
    assert records[0] == records[1]
    assert [r["sample"]["id"] for r in records[0]] == ["one", "two", "three"]


def test_a_run_says_what_it_rests_on_and_comes_to(finished: Path) -> None:
    facts = RunFolder(finished / "a").facts()
    assert facts.totals is not None
    assert facts.totals["questions"] == 3
    status = facts.totals["layers"][0]
    assert (status["layer"], status["right"], status["asked"]) == ("status", 2, 3)
    assert facts.totals["confusion"]["barred"]["answered"] == 1
    assert facts.totals["cold"]["count"] == 2
    assert len(facts.fingerprint.dataset_sha256) == 64
    assert facts.fingerprint.seed == 2026


def test_the_log_is_one_that_inspect_reads(finished: Path) -> None:
    from inspect_ai.log import read_eval_log

    [path] = (finished / "a").glob("*.eval")
    log = read_eval_log(str(path))
    assert log.status == "success"
    assert log.samples is not None
    assert {str(s.id) for s in log.samples} == {"one", "two", "three"}
    scores = log.samples[0].scores
    assert scores is not None
    assert {"status", "tool_calls", "support"} <= scores.keys()
    assert log.samples[0].messages[-1].role == "assistant"


def test_a_finished_run_is_never_changed(
    region_dir: Path, finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = str(finished / "three.jsonl")
    done = run(region_dir, "run", dataset, "--out", str(finished / "a"))
    assert done == ExitCode.USAGE
    assert "finished run" in capsys.readouterr().err


def test_an_unfinished_run_goes_on_where_it_stopped(
    region_dir: Path, finished: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    facts = json.loads((finished / "a" / "run.json").read_text("utf-8"))
    facts |= {"finished_at": None, "totals": None}
    (folder / "run.json").write_text(json.dumps(facts), "utf-8")
    lines = (finished / "a" / "answers.jsonl").read_text("utf-8").splitlines(True)
    marked = json.loads(lines[0])
    marked["elapsed_ms"] = 123456.0
    cut_short = json.dumps(marked) + "\n" + lines[1] + lines[2][:40]
    (folder / "answers.jsonl").write_text(cut_short, "utf-8")
    dataset = str(finished / "three.jsonl")
    assert run(region_dir, "run", dataset, "--out", str(folder)) == ExitCode.DONE
    held = RunFolder(folder).records()
    whole = RunFolder(finished / "a").records()
    assert list(map(without_times, held)) == list(map(without_times, whole))
    assert held[0].given is not None
    assert held[0].given.elapsed_ms == 123456.0


def test_answers_of_a_batch_are_scored_alike(
    region_dir: Path, finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = str(finished / "three.jsonl")
    capsys.readouterr()
    main(["--data-dir", str(region_dir), "ask", "--batch", dataset])
    (tmp_path / "batch.jsonl").write_text(capsys.readouterr().out, "utf-8")
    batch, out = str(tmp_path / "batch.jsonl"), str(tmp_path / "scored")
    done = run(region_dir, "run", dataset, "--answers", batch, "--out", out)
    assert done == ExitCode.DONE
    for one, other in zip(
        RunFolder(Path(out)).records(), RunFolder(finished / "a").records(), strict=True
    ):
        kept = tuple(v for v in other.verdicts if v.layer != "support")
        assert one.verdicts == kept


def test_runs_are_compared_listed_and_told_over_time(
    region_dir: Path, finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = str(finished / "a"), str(finished / "b")
    capsys.readouterr()
    assert run(region_dir, "compare", one, other) == ExitCode.DONE
    assert "only times can differ" in capsys.readouterr().out
    assert run(region_dir, "table", str(finished), "--markdown") == ExitCode.DONE
    assert capsys.readouterr().out.count("| three ") == 2
    assert run(region_dir, "history", str(finished)) == ExitCode.DONE
    assert "built-in" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "one"}, "stands on line 1 too"),
        ({"question": QUESTIONS[0]["question"]}, "asked already: line 1"),
        ({"question": ["one", " "]}, "a turn is empty"),
        ({"expect": {}}, "nothing is expected"),
        ({"expect": {"stats": "answered"}}, "expect.stats: extra inputs"),
        ({"expect": {"status": "fine"}}, "expect.status: input should be"),
        (
            {"expect": {"tool_calls": [{"name": "find_provider"}]}},
            "Did you mean find_providers?",
        ),
        (
            {"expect": {"tool_calls": [
                {"name": "find_providers", "arguments": {"needs": ["csa"]}}
            ]}},
            "find_providers: needs.0: ",
        ),
        (
            {"expect": {"tool_calls": [
                {"name": "summarise_placements", "arguments": {"route": "spot"}}
            ]}},
            "always carries its measure",
        ),
        (
            {"expect": {"status": "declined", "figures": [{"value": 1}]}},
            "expected of what is declined",
        ),
        (
            {"expect": {"spans": [{"document": "none", "quote": "No such words"}]}},
            "does not hold 'No such words'",
        ),
    ],
)  # fmt: skip
def test_an_author_is_told_what_is_wrong_with_a_question(
    region_dir: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, Any],
    told: str,
) -> None:
    question = {"id": "new", "question": "who takes boys?", "expect": {}, **change}
    path = written(tmp_path / "mine.jsonl", [QUESTIONS[0], question])
    assert run(region_dir, "validate", str(path)) == ExitCode.USAGE
    out = capsys.readouterr().out
    assert "line 2: error: " in out
    assert told in out


def test_a_recorded_version_holds_and_a_changed_file_is_refused(
    region_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "mine.jsonl")
    assert run(region_dir, "validate", str(path), "--record", "look") == ExitCode.DONE
    assert open_dataset(str(path)).part == "look"
    written(path, QUESTIONS[:2])
    assert run(region_dir, "run", str(path)) == ExitCode.USAGE
    assert "is not the version" in capsys.readouterr().err
    assert run(region_dir, "validate", str(path), "--record", "look") == ExitCode.DONE
    assert "Version 2 (look) recorded" in capsys.readouterr().out


def test_a_question_is_written_from_its_answer_corrected(
    region_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    replies = ["", "", "-", "-", "-", "-", "me", "", "limits hostile", "terse", "easy"]
    monkeypatch.setattr("sys.stdin", iter_lines(replies))
    path = tmp_path / "mine.jsonl"
    asked = "what is the weather on Mars?"
    assert run(region_dir, "new", str(path), asked) == ExitCode.DONE
    [sample] = open_dataset(str(path)).samples
    assert (sample.id, sample.author, sample.difficulty) == ("mine-001", "me", "easy")
    assert sample.expect.status == "out_of_scope"
    assert sample.tags == ("limits", "hostile")
    assert "Status" in capsys.readouterr().err


def iter_lines(replies: list[str]) -> Any:
    import io

    return io.StringIO("".join(f"{reply}\n" for reply in replies))


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chrome]:
    if not (CHROMIUM and DRIVER):
        pytest.skip("chromium and chromedriver are not installed")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS.split(), f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=DRIVER)
    found = webdriver.Chrome(options=options, service=service)
    try:
        found.set_network_conditions(
            offline=True, latency=0, throughput=0
        )  # a page that fetched anything would now show it
        yield found
    finally:
        found.quit()


def test_the_report_is_clicked_through_in_a_browser_without_a_network(
    finished: Path, browser: Chrome
) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.expected_conditions import (
        text_to_be_present_in_element,
    )
    from selenium.webdriver.support.ui import Select, WebDriverWait

    def shows(text: str) -> None:
        place = (By.ID, "count")
        WebDriverWait(browser, 20).until(text_to_be_present_in_element(place, text))

    def choose(select: str, text: str) -> None:
        Select(browser.find_element(By.ID, select)).select_by_visible_text(text)

    browser.get((finished / "a" / "report.html").as_uri())
    shows("3 of 3 questions")
    choose("outcome", "wrong")
    shows("1 of 3 questions")
    choose("outcome", "any")
    choose("facet", "tag limits")
    shows("1 of 3 questions")
    choose("facet", "tag finding")
    shows("2 of 3 questions")
    browser.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    browser.find_element(By.ID, "words").send_keys("girl of 7")
    shows("1 of 3 questions")
    question = browser.find_element(By.ID, "q-two")
    assert question.find_elements(By.CLASS_NAME, "body") == []
    question.find_element(By.TAG_NAME, "summary").click()
    shown = question.find_element(By.CLASS_NAME, "body").text
    for part in ("Verdicts", "Expected", "Answer (answered", "Calls", "Evidence"):
        assert part in shown
    assert "find_providers" in shown
    assert browser.find_elements(By.TAG_NAME, "b") == []
    assert len(browser.find_elements(By.TAG_NAME, "svg")) == 3
    fetched = "return performance.getEntriesByType('resource').length"
    assert browser.execute_script(fetched) == 0
    logged = browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert [e for e in logged if e["level"] == "SEVERE"] == []
