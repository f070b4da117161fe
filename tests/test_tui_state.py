from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.events import (
    CitationAdded,
    Done,
    Event,
    Failed,
    Stage,
    TextAdded,
    ToolFinished,
    ToolStarted,
    Understood,
)
from tests.tui_script import ANSWER, HOMES, REGISTER, REPORT, Past, streamed
from tui.state import ChatState, Turn, asked, fold, resumed, stopped

EVENTS = st.lists(
    st.sampled_from(
        [
            Understood(text="girl, 14"),
            Stage(text="Searching"),
            ToolStarted(name="find_providers", arguments={}),
            ToolFinished(name="find_providers", tables=(HOMES,)),
            TextAdded(text="Seven [1]"),
            CitationAdded(citation=REGISTER),
            Done(answer=ANSWER),
            Failed(kind="IndexFault", message="No index."),
            Failed(kind="Stopped", message="Stopped."),
        ]
    )
)


def last(state: ChatState) -> Turn:
    assert state.last is not None
    return state.last


def after(*events: Event) -> ChatState:
    state = asked(ChatState(), "Which homes?")
    for event in events:
        state = fold(state, event)
    return state


def test_a_question_waits_until_its_first_event() -> None:
    assert last(after()).phase == "waiting"
    assert last(after(Stage(text="Searching"))).phase == "answering"


def test_a_streamed_answer_ends_as_the_finished_one() -> None:
    turn = last(after(*streamed(ANSWER)))
    assert turn.phase == "done"
    assert (turn.text, turn.citations, turn.tables) == (
        ANSWER.text,
        ANSWER.citations,
        ANSWER.tables,
    )
    assert turn.stage == ""


def test_the_finished_text_replaces_what_was_streamed() -> None:
    turn = last(after(TextAdded(text="Nine homes"), Done(answer=ANSWER)))
    assert turn.text == ANSWER.text


def test_tables_can_be_seen_before_the_answer_is_done() -> None:
    turn = last(after(ToolFinished(name="find_providers", tables=(HOMES,))))
    assert turn.tables == (HOMES,)


def test_a_tool_is_named_in_words() -> None:
    turn = last(after(ToolStarted(name="search_documents", arguments={})))
    assert turn.stage == "Using search documents"


def test_a_failure_keeps_what_had_come() -> None:
    failure = Failed(kind="BackendFailed", message="The model is away.", remedy="Wait.")
    turn = last(after(TextAdded(text="Seven"), failure))
    assert (turn.phase, turn.text, turn.failure) == ("failed", "Seven", failure)


def test_stopping_keeps_the_part_of_the_answer_that_had_come() -> None:
    state = stopped(after(TextAdded(text="Seven"), CitationAdded(citation=REPORT)))
    turn = last(state)
    assert (turn.phase, turn.text, turn.citations) == ("stopped", "Seven", (REPORT,))
    assert not state.busy


def test_text_that_comes_after_stopping_is_not_added() -> None:
    state = fold(stopped(after(TextAdded(text="Seven"))), TextAdded(text=" of nine"))
    assert last(state).text == "Seven"


def test_a_stopped_turn_takes_the_checked_answer_but_stays_stopped() -> None:
    state = fold(stopped(after(TextAdded(text="Seven"))), Done(answer=ANSWER))
    assert (last(state).phase, last(state).text) == ("stopped", ANSWER.text)


def test_the_assistant_saying_that_it_was_stopped_is_no_failure() -> None:
    turn = last(after(Failed(kind="Stopped", message="Stopped.")))
    assert (turn.phase, turn.failure) == ("stopped", None)


def test_an_event_without_a_question_changes_nothing() -> None:
    assert fold(ChatState(), TextAdded(text="Seven")) == ChatState()


def test_stopping_an_ended_conversation_changes_nothing() -> None:
    done = after(Done(answer=ANSWER))
    assert stopped(done) == done
    assert stopped(ChatState()) == ChatState()


def test_a_resumed_conversation_has_its_turns_in_order() -> None:
    state = resumed([Past.of("First?"), Past(ANSWER)])
    assert [turn.question for turn in state.turns] == ["First?", ANSWER.question]
    second = last(state)
    assert (second.number, second.status) == (2, ANSWER.status)
    assert second.citations == ANSWER.citations
    assert second.tables == ANSWER.tables
    assert not state.busy


def test_a_turn_is_found_by_its_number_and_only_by_that() -> None:
    state = asked(after(Done(answer=ANSWER)), "And now?")
    assert [state.turn(n) for n in (0, 3)] == [None, None]
    assert state.turn(2) == state.last


@given(EVENTS)
def test_earlier_turns_never_change(events: list[Event]) -> None:
    first = after(Done(answer=ANSWER))
    state = asked(first, "And now?")
    for event in events:
        state = fold(state, event)
    assert state.turns[:-1] == first.turns


@given(EVENTS)
def test_a_marker_stands_for_one_source_at_most(events: list[Event]) -> None:
    markers = [citation.marker for citation in last(after(*events)).citations]
    assert len(markers) == len(set(markers))


@given(EVENTS)
def test_nothing_is_being_done_once_a_turn_is_over(events: list[Event]) -> None:
    turn = last(after(*events))
    assert not (turn.over and turn.stage)


@given(EVENTS)
def test_what_follows_the_end_of_an_answer_is_ignored(events: list[Event]) -> None:
    done = after(Done(answer=ANSWER))
    state = done
    for event in events:
        state = fold(state, event)
    assert state == done
