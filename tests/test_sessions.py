from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from assistant.engine import Assistant
from assistant.session import Session
from assistant.sessions import list_sessions, search_sessions
from assistant.settings import Settings, retention
from corpus.errors import SessionRefused, UsageError
from corpus.viewer import Viewer

REGION, KENT = Viewer(), Viewer.parse("council:Kent")
QUESTIONS = ("homes near Kent for a boy of 14", "what do reports say about fostering?")


@pytest.fixture
def home(region_dir: Path, tmp_path: Path) -> Path:
    """A copy of the region, with one conversation of two turns in it."""
    root = tmp_path / "data"
    shutil.copytree(region_dir, root)
    shutil.rmtree(root / "sessions", ignore_errors=True)
    shutil.rmtree(root / "audit", ignore_errors=True)
    converse(root, "tonight", REGION, *QUESTIONS)
    return root


def converse(root: Path, name: str, viewer: Viewer, *questions: str) -> None:
    assistant = Assistant.open(Settings(data_dir=root, session=name, viewer=viewer))
    for question in questions:
        assistant.answer(question, assistant.session)


def ran(home: Path, *words: str) -> int:
    return main(["--data-dir", str(home), *words])


def names(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    capsys.readouterr()
    assert ran(home, "sessions", *words, "--json") == 0
    return [one["name"] for one in json.loads(capsys.readouterr().out)]


def test_resumed_answer_is_the_one_that_was_shown(home: Path) -> None:
    first = Assistant.open(Settings(data_dir=home)).answer(QUESTIONS[1])
    kept = Session.open(home / "sessions", "tonight", REGION).turns[1].result
    assert kept.model_copy(update={"elapsed_ms": first.elapsed_ms}) == first
    assert kept.citations[0].citation.document_id is not None


def test_list_gives_the_latest_first_and_only_the_viewers_own(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    converse(home, "kents own", KENT, QUESTIONS[0])
    path = home / "sessions" / "tonight.jsonl"
    older = path.read_text().replace('"asked_at": "20', '"asked_at": "19')
    (home / "sessions" / "old.jsonl").write_text(older)
    (home / "sessions" / "broken.jsonl").write_text("{")
    assert names(home, capsys, "list") == ["tonight", "old"]
    capsys.readouterr()
    ran(home, "sessions", "--viewer", "council:Kent", "list")
    assert capsys.readouterr().out.startswith("kents own  ")


def test_search_finds_words_of_questions_and_answers(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    converse(home, "greeting", REGION, "hello")
    assert names(home, capsys, "search", "FOSTERING reports") == ["tonight"]
    assert names(home, capsys, "search", "greeting") == ["greeting"]
    assert names(home, capsys, "search", "zebra") == []


def test_list_and_search_go_on_beside_a_conversation_damaged_in_its_middle(
    home: Path,
) -> None:
    folder = home / "sessions"
    opening, first, last = (folder / "tonight.jsonl").read_text().splitlines()
    torn = "\n".join([opening, first, "{", last, ""])
    (folder / "torn.jsonl").write_text(torn)
    listed = {one.name: one.turns for one in list_sessions(folder, REGION)}
    assert listed == {"tonight": 2, "torn": 3}
    found = search_sessions(folder, REGION, "fostering")
    assert [one.name for one in found] == ["tonight"]
    with pytest.raises(SessionRefused, match="damaged"):
        Session.open(folder, "torn", REGION)


def test_renamed_conversation_goes_on_under_its_new_name(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    converse(home, "taken", REGION, "hello")
    assert ran(home, "sessions", "rename", "tonight", "taken") == 2
    assert ran(home, "sessions", "rename", "tonight", "../escape") == 2
    assert ran(home, "sessions", "rename", "tonight", "Kent boy 14") == 0
    assert sorted(names(home, capsys, "list")) == ["Kent boy 14", "taken"]
    assert len(Session.open(home / "sessions", "Kent boy 14", REGION).turns) == 2


def test_deleted_conversation_is_gone_and_another_viewers_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    converse(home, "private", KENT, "hello")
    assert ran(home, "sessions", "delete", "private") == 2
    assert "belongs to" in capsys.readouterr().err
    assert ran(home, "sessions", "delete", "missing") == 2
    assert ran(home, "sessions", "delete", "tonight") == 0
    assert names(home, capsys, "list") == []


@pytest.mark.parametrize("suffix", ["md", "docx", "json"])
def test_export_holds_every_question_and_source(home: Path, suffix: str) -> None:
    output = home / f"out.{suffix}"
    assert ran(home, "sessions", "export", "tonight", "--output", str(output)) == 0
    if suffix == "docx":
        import docx

        text = "\n".join(p.text for p in docx.Document(str(output)).paragraphs)
    else:
        text = output.read_text()
    for question in QUESTIONS:
        assert question in text
    assert "as at" in text


def test_export_to_another_format_is_refused(home: Path) -> None:
    output = str(home / "out.pdf")
    assert ran(home, "sessions", "export", "tonight", "--output", output) == 2


def test_conversation_is_forgotten_after_its_retention(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "sessions" / "tonight.jsonl"
    long_ago = time.time() - 40 * 86_400
    os.utime(path, (long_ago, long_ago))
    monkeypatch.setenv("PLACEMENTS_SESSION_DAYS", "60")
    ran(home, "ask", "hello")
    assert path.exists()
    monkeypatch.setenv("PLACEMENTS_SESSION_DAYS", "30")
    ran(home, "ask", "hello")
    assert not path.exists()


@pytest.mark.parametrize("days", ["0", "-3", "soon", "1.5", "99999999"])
def test_retention_that_is_no_number_of_days_is_refused(days: str) -> None:
    with pytest.raises(UsageError, match="PLACEMENTS_AUDIT_DAYS"):
        retention({"PLACEMENTS_AUDIT_DAYS": days})


def test_session_of_another_viewer_is_still_refused(home: Path) -> None:
    with pytest.raises(SessionRefused):
        Session.open(home / "sessions", "tonight", KENT)


def audit(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[Any]:
    capsys.readouterr()
    assert ran(home, "audit", *words) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_audit_says_who_asked_what_and_what_was_shown(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(home, "tool", "find_providers", '{"age": 14}', "--viewer", "council:Kent")
    lines = audit(home, capsys)
    assert [line["question"] for line in lines] == [*QUESTIONS, ""]
    assert [line["viewer"] for line in lines] == ["region", "region", "council:Kent"]
    assert lines[0]["touched"][0] == "dataset: settings"
    assert lines[0]["rows_shown"] > 0
    assert lines[2]["calls"] == [{"name": "find_providers", "arguments": {"age": 14}}]
    assert audit(home, capsys, "--since", "2999-01-01") == []


def test_line_changed_or_taken_out_of_the_audit_shows(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(home, "ask", "hello")
    assert ran(home, "audit", "--verify") == 0
    path = next((home / "audit").glob("*.jsonl"))
    whole = path.read_text()
    path.write_text(whole.replace("boy of 14", "boy of 15"))
    assert ran(home, "audit", "--verify") == 1
    path.write_text("".join(whole.splitlines(keepends=True)[::2]))
    assert ran(home, "audit", "--verify") == 1
    assert "line 2" in capsys.readouterr().err


def test_answer_that_leaves_no_line_says_so(home: Path) -> None:
    shutil.rmtree(home / "audit")
    (home / "audit").write_text("in the way")
    answer = Assistant.open(Settings(data_dir=home)).answer("hello")
    assert answer.status == "answered"
    assert "audit could not be written" in answer.caveats[-1]


def test_ended_months_of_the_audit_are_forgotten_after_their_retention(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = home / "audit" / "2001-01.jsonl"
    old.write_text("{}\n")
    ran(home, "ask", "hello")
    assert old.exists()
    monkeypatch.setenv("PLACEMENTS_AUDIT_DAYS", "365")
    ran(home, "ask", "hello")
    assert not old.exists()
    assert len(list((home / "audit").glob("*.jsonl"))) == 1


def full_disk(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = (home / "sessions" / "tonight.jsonl").read_text()
    monkeypatch.setattr("assistant.session._append", full_disk)
    assert ran(home, "ask", QUESTIONS[0], "--session", "tonight") == 0
    assert "No space left on device" in capsys.readouterr().out
    assert (home / "sessions" / "tonight.jsonl").read_text() == kept


def test_a_line_that_a_killed_writer_left_unfinished_costs_no_other(home: Path) -> None:
    path = home / "sessions" / "tonight.jsonl"
    with path.open("a") as transcript:
        transcript.write('{"asked_at": "2026-0')
    before = len(Session.open(home / "sessions", "tonight", REGION).turns)
    assert ran(home, "ask", QUESTIONS[0], "--session", "tonight") == 0
    turns = Session.open(home / "sessions", "tonight", REGION).turns
    assert len(turns) == before + 1
