from __future__ import annotations

import pytest
from textual.widgets import Markdown

from assistant.events import CitationAdded, Done, Failed, Stage, TextAdded
from corpus.errors import BackendFailed
from tests.tui_script import (
    ANSWER,
    HOMES,
    PRICES,
    REPORT,
    Surroundings,
    answered,
    app_of,
    held_back,
    left_side,
    opened,
    reading,
    scripted,
    shown,
    streamed,
    until,
)
from tui.answer_text import AnswerText
from tui.plain import QuestionList
from tui.table_preview import TablePreview
from tui.turn_view import TurnView

WIDE = (120, 40)


async def test_the_box_takes_typing_before_anything_is_open() -> None:
    service = scripted()
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(*"homes")
        assert app.chat.box.text == "homes"
        await opened(pilot)
        assert app.chat.box.text == "homes"


async def test_the_first_screen_says_that_the_region_is_invented() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.pause()
        text = left_side(pilot)
        assert "every home, child and price is invented" in text
        assert "is invented" in text
        assert "1,204 settings" in text


async def test_enter_asks_and_the_answer_is_shown() -> None:
    service = scripted()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await answered(pilot, "Which homes near Maidstone?")
        assert service.conversation.asked == ["Which homes near Maidstone?"]
        assert chat.box.text == ""
        answer = chat.query_one(AnswerText)
        assert answer.source == ANSWER.text
        text = shown(pilot)
        assert "Read as: providers near Maidstone" in text
        assert "! What a home accepts is its own claim" in text


async def test_ctrl_j_starts_a_line_and_enter_sends_both() -> None:
    service = scripted()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await pilot.press("a", "ctrl+j", "b", "enter")
        await until(pilot, lambda: bool(service.conversation.asked))
        assert service.conversation.asked == ["a\nb"]
        assert chat.chat.turns[0].question == "a\nb"


async def test_an_empty_question_is_not_sent() -> None:
    service = scripted()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await pilot.press("space", "enter")
        assert chat.chat.turns == ()


async def test_up_and_down_recall_questions_only_in_an_untouched_box() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot, "First?")
        await answered(pilot, "Second?")
        await pilot.press("up")
        assert chat.box.text == "Second?"
        await pilot.press("up", "up")
        assert chat.box.text == "First?"
        await pilot.press("down", "down")
        assert chat.box.text == ""
        await pilot.press("x", "up")
        assert chat.box.text == "x"


async def test_escape_stops_and_keeps_what_is_there() -> None:
    service = held_back(8)
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        chat.box.write("Which homes?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(chat.chat.last and chat.chat.last.text))
        assert "esc stops" in shown(pilot)
        kept = chat.chat.turns[0].text
        await pilot.press("escape")
        await pilot.pause()
        assert (chat.chat.turns[0].phase, chat.chat.turns[0].text) == ("stopped", kept)
        assert chat.query_one(AnswerText).source == kept
        assert "Stopped: what stands above is unfinished" in left_side(pilot)


async def test_a_question_after_a_stopped_one_gets_its_own_answer() -> None:
    service = held_back(8)
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        chat.box.write("First?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(chat.chat.last and chat.chat.last.text))
        await pilot.press("escape")
        service.conversation.go.set()
        chat = await answered(pilot, "Second?")
        assert [turn.phase for turn in chat.chat.turns] == ["stopped", "done"]
        assert chat.chat.turns[1].text == ANSWER.text


async def test_a_second_question_waits_for_the_reader_to_stop_the_first() -> None:
    service = held_back(3)
    async with app_of(service).run_test(size=WIDE, notifications=True) as pilot:
        chat = await opened(pilot)
        chat.box.write("First?")
        await pilot.press("enter")
        chat.box.write("Second?")
        await pilot.press("enter")
        await pilot.pause()
        assert len(chat.chat.turns) == 1
        assert chat.box.text == "Second?"
        service.conversation.go.set()
        await until(pilot, lambda: not chat.chat.busy)


async def test_stages_are_said_in_words_while_answering() -> None:
    service = held_back(2)
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        chat.box.write("Which homes?")
        await pilot.press("enter")
        await until(
            pilot, lambda: "Searching 5,600 settings…" in str(chat.stage.content)
        )
        service.conversation.go.set()
        await until(pilot, lambda: not chat.chat.busy)
        assert "Searching" not in str(chat.stage.content)


async def test_a_failure_is_shown_with_its_remedy_and_the_talk_goes_on() -> None:
    failure = Failed(
        kind="IndexFault", message="The index is away.", remedy="Build it."
    )
    service = scripted(TextAdded(text="Seven"), failure)
    service.conversation.scripts.append(list(streamed(ANSWER)))
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        text = shown(pilot)
        assert "No answer. The index is away." in text
        assert "Build it." in text
        await answered(pilot, "And now?")
        assert chat.chat.turns[1].phase == "done"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ZeroDivisionError("by zero"), "not foreseen (ZeroDivisionError: by zero)"),
        (BackendFailed("The model is away.", "Start it."), "The model is away."),
    ],
)
async def test_an_exception_never_ends_the_app(error: Exception, words: str) -> None:
    async with app_of(scripted(Stage(text="Reading"), error)).run_test(
        size=WIDE
    ) as pilot:
        chat = await answered(pilot)
        assert chat.chat.turns[0].phase == "failed"
        assert words in left_side(pilot).replace("▌ ", "")


async def test_events_that_end_without_an_answer_are_a_failure() -> None:
    async with app_of(scripted(TextAdded(text="Seven"))).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        assert chat.chat.turns[0].phase == "failed"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("needs_clarification", "A question back to you"),
        ("not_in_evidence", "Not in the evidence"),
        ("out_of_scope", "Outside what this assistant covers"),
        ("declined", "Declined"),
    ],
)
async def test_an_answer_that_is_none_says_so_in_a_word(
    status: str, words: str
) -> None:
    answer = ANSWER.model_copy(update={"status": status, "tables": ()})
    async with app_of(scripted(Done(answer=answer))).run_test(size=WIDE) as pilot:
        await answered(pilot)
        assert words in shown(pilot)


async def test_a_digit_opens_the_source_with_its_quote_in_its_surroundings() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await reading(pilot)
        await pilot.press("2")
        after = "both of which were reported"
        await until(pilot, lambda: after in str(chat.side.sources.detail.content))
        text = str(chat.side.sources.detail.content)
        assert "Document: paragraph 5.1" in text
        assert "The visitor looked at the incident log" in text
        assert REPORT.citation.quote is not None
        assert REPORT.citation.quote in text


async def test_a_dataset_shows_its_filter_and_date_and_no_quote() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await reading(pilot)
        await pilot.press("1")
        text = str(chat.side.sources.detail.content)
        assert "within 20 miles of Maidstone, as at 31 March 2026" in text
        assert "Quoted" not in text


async def test_a_digit_without_a_source_opens_nothing() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await reading(pilot)
        await pilot.press("7")
        assert chat.side.sources.opened is None


async def test_digits_are_text_in_the_question_box() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await pilot.press("2")
        assert chat.box.text == "2"
        assert chat.side.sources.opened is None


async def test_a_click_on_a_marker_opens_its_source() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        block = chat.query_one(AnswerText).query("MarkdownParagraph").first()
        lines = shown(pilot).splitlines()
        y = next(i for i, line in enumerate(lines) if "[1]" in line[:72])
        x = lines[y].index("[1]") + 1
        assert block.region.contains(x, y)
        await pilot.click(offset=(x, y))
        await until(pilot, lambda: chat.side.sources.opened is not None)
        assert chat.side.sources.opened is not None
        assert chat.side.sources.opened.marker == 1


async def test_a_marker_of_an_older_answer_opens_that_answers_source() -> None:
    other = ANSWER.model_copy(update={"citations": (), "tables": ()})
    service = scripted()
    service.conversation.scripts.append([Done(answer=other)])
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await answered(pilot, "And now?")
        assert chat.side.sources.sources == ()
        answer = chat.query(AnswerText).first()
        answer.post_message(Markdown.LinkClicked(answer, "cite:2"))
        await until(pilot, lambda: chat.side.sources.opened is not None)
        assert chat.side.turn == chat.chat.turns[0]


async def test_a_source_is_chosen_from_the_list_with_enter() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: chat.side.sources.listing.has_focus)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert chat.side.sources.opened == REPORT


async def test_sources_streamed_early_are_listed_before_the_end() -> None:
    service = scripted(CitationAdded(citation=REPORT), *streamed(ANSWER))
    service.conversation.hold_at = 1
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        chat.box.write("Which homes?")
        await pilot.press("enter")
        await until(pilot, lambda: chat.side.sources.sources == (REPORT,))
        service.conversation.go.set()
        await until(pilot, lambda: not chat.chat.busy)


async def test_results_are_sorted_by_key_reversed_and_shown_in_full() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        results = chat.side.results
        await pilot.press("f3")
        await until(pilot, lambda: results.grid.has_focus)
        await pilot.press("s", "s", "s")
        assert [row[2] for row in results.rows] == [
            0.8,
            3.2,
            8.1,
            9.7,
            12.4,
            14.9,
            19.6,
        ]
        assert "by Distance (miles) ▲" in str(results.count.content)
        await pilot.press("S")
        assert results.rows[0][0] == "Chart Hill"
        await pilot.press("down")
        await pilot.pause()
        detail = str(results.detail.content)
        assert "Home: The Hop Kiln" in detail
        assert "Claims: self-harm" in detail


async def test_a_click_on_a_heading_sorts_by_that_column() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        results = chat.side.results
        await pilot.press("f3")
        await until(pilot, lambda: results.grid.has_focus)
        await pilot.click(results.grid, offset=(3, 0))
        await until(pilot, lambda: results.sorted_by == 0)
        names = [str(row[0]) for row in results.rows]
        assert names == sorted(names, key=str.casefold)


async def test_a_cell_in_brackets_stands_in_the_table_as_it_is() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        cell = chat.side.results.grid.get_row_at(0)[0]
        assert cell.plain == "Larkfield House [P1]"


async def test_t_goes_round_the_tables_of_an_answer() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await reading(pilot)
        await pilot.press("t")
        assert str(chat.side.results.heading.content) == PRICES.title
        await pilot.press("t")
        assert str(chat.side.results.heading.content) == HOMES.title


async def test_a_click_on_a_preview_opens_that_table() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await until(pilot, lambda: len(chat.query(TablePreview)) == 2)
        await pilot.click(chat.query(TablePreview).last())
        await until(pilot, lambda: chat.side.tab == "results")
        assert str(chat.side.results.heading.content) == PRICES.title


async def test_copying_takes_the_answer_and_with_shift_its_sources_too() -> None:
    app = app_of(scripted())
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await answered(pilot)
        await reading(pilot)
        await pilot.press("y")
        assert app.clipboard == ANSWER.text
        await pilot.press("Y")
        assert ANSWER.text in app.clipboard
        assert "[2] Document" in app.clipboard
        await until(pilot, lambda: "Copied the answer with 2 sources" in shown(pilot))


async def test_nothing_is_copied_before_there_is_an_answer() -> None:
    app = app_of(scripted())
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await reading(pilot)
        await pilot.press("y")
        assert app.clipboard == ""


async def test_retry_asks_again_and_edit_brings_the_question_back() -> None:
    service = scripted()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await answered(pilot, "Which homes?")
        await reading(pilot)
        await pilot.press("r")
        await until(pilot, lambda: len(chat.chat.turns) == 2 and not chat.chat.busy)
        assert service.conversation.asked == ["Which homes?", "Which homes?"]
        await reading(pilot)
        await pilot.press("e")
        assert chat.box.text == "Which homes?"
        assert chat.box.has_focus


@pytest.mark.parametrize("press", ["2", "down"])
async def test_a_suggestion_is_asked_by_its_number_or_by_enter(press: str) -> None:
    service = scripted()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        chat.query(QuestionList).last().focus()
        await pilot.press(press, "enter")
        await until(pilot, lambda: len(service.conversation.asked) == 2)
        assert service.conversation.asked[1] == ANSWER.suggestions[1]
        await until(pilot, lambda: not chat.chat.busy)


async def test_only_the_latest_answer_offers_suggestions() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        await answered(pilot)
        chat = await answered(pilot, "And now?")
        views = chat.view.query(TurnView).results()
        assert [view.suggestions.option_count for view in views] == [0, 2]


async def test_a_click_on_an_example_asks_it() -> None:
    service = scripted()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await pilot.pause()
        await pilot.click(chat.view.welcome.examples, offset=(5, 1))
        await until(pilot, lambda: bool(service.conversation.asked))
        assert "Maidstone" in service.conversation.asked[0]
        await until(pilot, lambda: not chat.chat.busy)


@pytest.mark.parametrize("way", ["key", "slash"])
async def test_help_lists_every_action_and_closes_again(way: str) -> None:
    app = app_of(scripted())
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        if way == "slash":
            await pilot.press(*"/help", "enter")
        else:
            await pilot.press("f1")
        await until(pilot, lambda: app.screen is not chat)
        assert "/copy-sources" in shown(pilot)
        await pilot.press("end")
        await until(pilot, lambda: "ctrl+q" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is chat)


async def test_an_unknown_command_is_not_asked_as_a_question() -> None:
    app = app_of(scripted())
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        chat = await opened(pilot)
        await pilot.press(*"/nonsense", "enter")
        await pilot.pause()
        assert chat.chat.turns == ()
        assert "There is no command /nonsense" in shown(pilot)


async def test_every_action_can_be_called_from_the_palette() -> None:
    app = app_of(scripted())
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        titles = [command.title for command in app.get_system_commands(chat)]
        assert any("(y or /copy)" in title for title in titles)
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"results")
        await until(pilot, lambda: "f3 or /results" in shown(pilot))


@pytest.mark.parametrize("way", [("ctrl+q",), (*"/quit", "enter")])
async def test_leaving_stops_the_answer_under_way(way: tuple[str, ...]) -> None:
    service = held_back(3)
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        chat.box.write("Which homes?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(service.conversation.asked))
        await pilot.press(*way)
    assert app.return_code == 0
    assert not service.conversation.go.is_set()


async def test_the_theme_changes_and_is_named() -> None:
    app = app_of(scripted())
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        before = app.theme
        await pilot.press("f4")
        assert app.theme != before


async def test_a_quote_deep_in_its_document_is_in_view_at_once() -> None:
    service = scripted()
    long = "The manager keeps a log of every incident.\n\n" * 40
    service.conversation.surroundings = Surroundings(before=long, after=long)
    async with app_of(service).run_test(size=(80, 24)) as pilot:
        chat = await answered(pilot)
        await reading(pilot)
        await pilot.press("2")
        await until(pilot, lambda: "…" in str(chat.side.sources.detail.content))
        await until(pilot, lambda: "two incidents" in shown(pilot))
        assert "Quoted" not in shown(pilot)
