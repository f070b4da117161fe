from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

from assistant import agent_run
from assistant.engine import Assistant
from assistant.events import Done, Event, Failed, TextAdded, ToolFinished, Understood
from assistant.session import Session
from assistant.settings import Settings

HEADLINE = "which providers near Kent take 14-year-old boys with CSE risk"


@pytest.fixture(scope="module")
def assistant(region_dir: Path) -> Assistant:
    return Assistant.open(Settings(data_dir=region_dir))


class ScriptedModel(GenericFakeChatModel):
    """A language model that says what it was told to say, whatever it is asked."""

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> ScriptedModel:
        return self

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        told = next(self.messages)
        assert isinstance(told, AIMessage)
        chunk = AIMessageChunk(content=told.content, tool_calls=told.tool_calls)
        yield ChatGenerationChunk(message=chunk)


def scripted(
    monkeypatch: pytest.MonkeyPatch, region_dir: Path, *messages: AIMessage | Exception
) -> Assistant:
    def script() -> Iterator[AIMessage]:
        for message in messages:
            if isinstance(message, Exception):
                raise message
            yield message

    model = ScriptedModel(messages=script())
    monkeypatch.setattr(agent_run, "chat_model", lambda *_: model)
    return Assistant.open(Settings(data_dir=region_dir, brain="scripted"))


def calling(**arguments: Any) -> AIMessage:
    call = {"name": "find_providers", "args": arguments, "id": "1"}
    return AIMessage(content="", tool_calls=[call])


def kinds(events: list[Event]) -> list[str]:
    return [event.type for event in events]


def test_events_tell_the_whole_story_in_order(assistant: Assistant) -> None:
    events = list(assistant.ask(HEADLINE))
    order = ["stage", "understood", "tool_started", "tool_finished", "text", "done"]
    first = [kinds(events).index(kind) for kind in order]
    assert first == sorted(first)
    understood = next(event for event in events if isinstance(event, Understood))
    assert understood.text == "settings · near Kent · age 14 · male · CSE"
    finished = next(event for event in events if isinstance(event, ToolFinished))
    assert finished.tables[0].columns[-1] == "Source"


def test_streamed_text_is_the_text_of_the_answer(assistant: Assistant) -> None:
    events = list(assistant.ask(HEADLINE))
    streamed = "".join(e.text for e in events if isinstance(e, TextAdded))
    done = events[-1]
    assert isinstance(done, Done)
    assert streamed.strip() == done.answer.text


def test_the_same_question_gets_the_same_answer(assistant: Assistant) -> None:
    first, second = (
        {**assistant.answer(HEADLINE).as_json(), "elapsed_ms": 0} for _ in range(2)
    )
    assert first == second


def test_stopping_ends_the_stream_and_leaves_the_session_as_it_was(
    assistant: Assistant,
) -> None:
    session = Session([])
    last = list(assistant.ask(HEADLINE, session, stop=lambda: True))[-1]
    assert isinstance(last, Failed)
    assert last.kind == "Stopped"
    assert session.turns == []


def test_a_rejected_question_fails_in_words(assistant: Assistant) -> None:
    (failed,) = assistant.ask("  ")
    assert isinstance(failed, Failed)
    assert "empty" in failed.message


def test_a_range_of_ages_is_searched_whole_and_said_back(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("homes near Kent for boys aged 13 to 15")
    asked = answer.tool_calls[0].arguments
    assert (asked["age_from"], asked["age_to"]) == (13, 15)
    assert "from age 13 · to age 15" in answer.understood


def test_an_ambiguous_place_is_asked_about(assistant: Assistant) -> None:
    answer = assistant.answer("foster carers near Stratford for a girl of 9")
    assert answer.status == "needs_clarification"
    assert any("Stratford-upon-Avon" in choice for choice in answer.suggestions)


def test_a_search_for_nobody_is_asked_about(assistant: Assistant) -> None:
    assert assistant.answer("Which provider should I use?").status == (
        "needs_clarification"
    )


def test_a_language_model_takes_the_same_loop(
    monkeypatch: pytest.MonkeyPatch, region_dir: Path
) -> None:
    assistant = scripted(
        monkeypatch,
        region_dir,
        calling(near="Kent", age=14),
        AIMessage("Several settings near Kent admit a child of 14 [1]."),
    )
    answer = assistant.answer(HEADLINE)
    assert answer.status == "answered"
    assert answer.tool_calls[0].arguments == {"near": "Kent", "age": 14}
    assert answer.tables
    assert answer.brain == "scripted"


def test_fabricated_figures_and_markers_are_struck_and_said_to_have_been(
    monkeypatch: pytest.MonkeyPatch, region_dir: Path
) -> None:
    assistant = scripted(
        monkeypatch,
        region_dir,
        calling(near="Kent", age=14),
        AIMessage(
            "Settings near Kent admit a child of 14 [1]."
            " The average is £98,765 a week [1]. Another source agrees [77]."
        ),
    )
    answer = assistant.answer(HEADLINE)
    assert answer.text == "Settings near Kent admit a child of 14 [1]."
    assert any("2 sentence" in caveat for caveat in answer.caveats)


def test_nothing_of_the_built_in_brain_s_own_answers_is_struck(
    assistant: Assistant,
) -> None:
    questions = (
        HEADLINE,
        "homes near Reading for a girl of 12 with a vacancy, good or better",
        "children's homes in Surrey",
        "somewhere tonight near Brighton for a lad of 16, solo, under £9k a week",
        "what do the reports say about missing episodes?",
        "supported accommodation near Kent for a girl of 15",
    )
    for question in questions:
        answer = assistant.answer(question)
        assert not any("Struck" in caveat for caveat in answer.caveats), question


def test_an_answer_without_tools_is_not_evidence(
    monkeypatch: pytest.MonkeyPatch, region_dir: Path
) -> None:
    assistant = scripted(monkeypatch, region_dir, AIMessage("Trust me."))
    assert assistant.answer(HEADLINE).status == "not_in_evidence"


def test_a_model_told_of_a_wrong_call_may_mend_it(
    monkeypatch: pytest.MonkeyPatch, region_dir: Path
) -> None:
    assistant = scripted(
        monkeypatch,
        region_dir,
        calling(near="Atlantis"),
        calling(near="Kent"),
        AIMessage("There are settings near Kent [1]."),
    )
    events = list(assistant.ask(HEADLINE))
    errors = [e.error for e in events if isinstance(e, ToolFinished) and e.error]
    assert "Atlantis" in errors[0]
    done = events[-1]
    assert isinstance(done, Done)
    assert [call.arguments for call in done.answer.tool_calls] == [{"near": "Kent"}]


def test_the_built_in_brain_takes_over_from_a_model_that_calls_without_end(
    monkeypatch: pytest.MonkeyPatch, region_dir: Path
) -> None:
    endless = [calling(near="Kent") for _ in range(100)]
    answer = scripted(monkeypatch, region_dir, *endless).answer(HEADLINE)
    assert answer.brain == "built-in"
    assert "scripted" in answer.caveats[0]


def test_the_built_in_brain_takes_over_from_a_model_that_dies(
    monkeypatch: pytest.MonkeyPatch, region_dir: Path
) -> None:
    assistant = scripted(monkeypatch, region_dir, ConnectionError("refused"))
    answer = assistant.answer(HEADLINE)
    assert answer.status == "answered"
    assert answer.brain == "built-in"
    assert "refused" in answer.caveats[0]
