from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from assistant.engine import TAKEN_OVER, Assistant
from assistant.events import Done, Event, StartedAgain, ToolFinished
from assistant.language_models import is_remote, model_log, refuse_remote_reader
from assistant.settings import Settings, model_settings
from corpus.errors import UsageError
from corpus.viewer import Viewer
from tests.model_server import Calls, Drops, Fails, Hangs, ModelServer, Says, serving

HEADLINE = "which providers near Kent take 14-year-old boys with CSE risk"
SEARCH = Calls("find_providers", '{"near": "Kent", "age": 14}')
GOOD = Says("Several settings near Kent admit a child of 14 [1].\nStatus: answered")


def asked(
    region_dir: Path, server: ModelServer, seconds: float = 5
) -> tuple[list[Event], Any]:
    """The events of the headline question, and its answer as JSON."""
    settings = Settings(
        data_dir=region_dir,
        brain="openai:test",
        model_url=server.url,
        model_seconds=seconds,
    )
    events = list(Assistant.open(settings).ask(HEADLINE))
    done = events[-1]
    assert isinstance(done, Done)
    return events, done.answer


def taken_over(answer: Any) -> bool:
    """Whether the built-in brain answered in the model's place, and says so."""
    said = any(TAKEN_OVER in caveat for caveat in answer.caveats)
    assert said == (answer.brain == "built-in")
    return said


def test_good_model_answers_through_the_tools(region_dir: Path) -> None:
    with serving(SEARCH, GOOD) as server:
        _, answer = asked(region_dir, server)
    assert not taken_over(answer)
    assert answer.status == "answered"
    assert answer.text == "Several settings near Kent admit a child of 14 [1]."
    assert [call.name for call in answer.tool_calls] == ["find_providers"]
    assert len(server.requests[0]["tools"]) > 1


def test_model_says_when_it_must_ask_back(region_dir: Path) -> None:
    with serving(Says("For which age?\n**Status: needs clarification**")) as server:
        _, answer = asked(region_dir, server)
    assert answer.status == "needs_clarification"
    assert answer.text == "For which age?"


def test_fabricated_sentence_is_struck_and_the_rest_stands(region_dir: Path) -> None:
    fabricated = Says(
        "Settings near Kent admit a child of 14 [1]. They charge £98,765 a week [1]."
    )
    with serving(SEARCH, fabricated) as server:
        _, answer = asked(region_dir, server)
    assert answer.text == "Settings near Kent admit a child of 14 [1]."
    assert any("Struck" in caveat for caveat in answer.caveats)


@pytest.mark.parametrize(
    "script",
    [
        [SEARCH, Says("It is £98,765 a week [77].")],
        [SEARCH],
        [Calls("find_providers", '{"near": "Kent", "age": ')],
        [Hangs()],
        [SEARCH, Drops("Several settings near Kent admit a child of 14")],
        [Fails(500)],
        [Says("")],
    ],
    ids=["fabricates", "loops", "broken JSON", "hangs", "drops", "fails", "silent"],
)
def test_built_in_brain_takes_over_from_a_model_that_fails(
    region_dir: Path, script: list[Any]
) -> None:
    with serving(*script) as server:
        events, answer = asked(region_dir, server, seconds=1)
    assert taken_over(answer)
    assert answer.status == "answered"
    assert answer.tool_calls[0].arguments == {
        "near": "Kent", "age": 14, "gender": "male", "needs": ["cse"],
    }  # fmt: skip
    assert sum(isinstance(event, StartedAgain) for event in events) == 1


def test_passing_failure_of_the_server_is_tried_again(region_dir: Path) -> None:
    with serving(Fails(503), SEARCH, GOOD) as server:
        _, answer = asked(region_dir, server)
    assert not taken_over(answer)
    assert len(server.requests) == 3


def test_wrong_call_is_told_to_the_model_which_may_mend_it(region_dir: Path) -> None:
    wrong = Calls("find_providers", '{"near": "Atlantis"}')
    with serving(wrong, SEARCH, GOOD) as server:
        events, answer = asked(region_dir, server)
    errors = [e.error for e in events if isinstance(e, ToolFinished) and e.error]
    assert "Atlantis" in errors[0]
    assert not taken_over(answer)


def test_what_the_model_was_shown_is_kept_for_the_owner_alone(
    region_dir: Path,
) -> None:
    settings = Settings(data_dir=region_dir)
    model_log(settings).unlink(missing_ok=True)
    with serving(SEARCH, GOOD) as server:
        asked(region_dir, server)
    path = model_log(settings)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(lines) == len(server.requests) == 2
    sent = [str(m["content"]) for m in server.requests[1]["messages"]]
    kept = [m["text"] for m in lines[1]["messages"]]
    assert HEADLINE in kept
    assert all(any(text in content for content in sent) for text in kept if text)


@pytest.mark.parametrize(
    ("brain", "url", "remote"),
    [
        ("built-in", None, False),
        ("openai:gpt", None, True),
        ("anthropic:claude", None, True),
        ("ollama:llama3", None, False),
        ("openai:any", "http://127.0.0.1:8000/v1", False),
        ("openai:any", "http://192.168.1.20:8000/v1", False),
        ("openai:any", "http://[::1]:8000/v1", False),
        ("openai:any", "https://api.example.com/v1", True),
        ("ollama:llama3", "https://models.example.com", True),
        ("openai:any", "http://8.8.8.8/v1", True),
    ],
)
def test_a_model_is_remote_unless_it_is_on_this_network(
    tmp_path: Path, brain: str, url: str | None, remote: bool
) -> None:
    assert is_remote(Settings(data_dir=tmp_path, brain=brain, model_url=url)) == remote


def test_councils_real_rows_are_refused_to_a_remote_model(tmp_path: Path) -> None:
    council = Viewer.parse("council:Kent")
    settings = Settings(data_dir=tmp_path, viewer=council, brain="openai:gpt")
    with pytest.raises(UsageError, match="PLACEMENTS_REMOTE_CHILD_DATA"):
        refuse_remote_reader(settings, "real")
    refuse_remote_reader(settings, "demonstration")
    refuse_remote_reader(settings.model_copy(update={"viewer": Viewer()}), "real")
    allowed = settings.model_copy(update={"remote_child_data": True})
    refuse_remote_reader(allowed, "real")


@pytest.mark.parametrize(
    "environment",
    [
        {"PLACEMENTS_MODEL_SECONDS": "soon"},
        {"PLACEMENTS_MODEL_SECONDS": "-1"},
        {"PLACEMENTS_MODEL_SECONDS": "nan"},
        {"PLACEMENTS_REMOTE_CHILD_DATA": "yes please"},
    ],
)
def test_setting_that_makes_no_sense_is_refused_by_name(
    environment: dict[str, str],
) -> None:
    with pytest.raises(UsageError, match=next(iter(environment))):
        model_settings(environment)
