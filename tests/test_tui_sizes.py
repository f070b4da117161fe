from __future__ import annotations

import pytest

from assistant.events import Failed
from tests.tui_script import (
    ANSWER,
    answered,
    app_of,
    opened,
    reading,
    scripted,
    shown,
    streamed,
    until,
)
from tui.themes import CYCLE

SIZES = [(120, 40), (80, 24), (60, 20), (40, 15)]
SMALL = [(60, 20), (40, 15)]


@pytest.mark.parametrize("size", SIZES)
async def test_question_answer_and_sources_are_usable(size: tuple[int, int]) -> None:
    async with app_of(scripted()).run_test(size=size) as pilot:
        chat = await answered(pilot, "Which homes?")
        assert chat.box.region.height >= 1
        assert chat.box.region.bottom <= size[1]
        assert chat.view.region.height >= 8
        assert chat.view.view(1) is not None
        await reading(pilot)
        await pilot.press("2")
        await pilot.pause()
        assert chat.side.region.width >= min(40, size[0])
        assert chat.side.sources.detail.region.height > 0
        await pilot.press("escape")
        assert chat.box.has_focus


@pytest.mark.parametrize("size", SIZES)
async def test_rows_of_the_results_can_be_seen(size: tuple[int, int]) -> None:
    async with app_of(scripted()).run_test(size=size) as pilot:
        chat = await answered(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: chat.side.results.grid.has_focus)
        assert chat.side.results.grid.region.height >= 3
        assert "Oast Lodge" in shown(pilot)


async def test_wide_shows_the_panel_beside_the_conversation_at_once() -> None:
    async with app_of(scripted()).run_test(size=(120, 40)) as pilot:
        chat = await opened(pilot)
        assert chat.side.display
        assert chat.side.region.x == chat.view.region.right
        assert chat.side.region.right == 120


async def test_medium_opens_the_panel_beside_and_closes_it_by_the_same_key() -> None:
    async with app_of(scripted()).run_test(size=(80, 24)) as pilot:
        chat = await answered(pilot)
        assert chat.side.region.width == 0
        await pilot.press("f2")
        await pilot.pause()
        assert chat.side.region.width == chat.view.region.width == 40
        await pilot.press("f3")
        await pilot.pause()
        assert chat.side.tab == "results"
        await pilot.press("f3")
        await pilot.pause()
        assert chat.side.region.width == 0


@pytest.mark.parametrize("size", SMALL)
async def test_narrow_gives_the_panel_the_whole_width(size: tuple[int, int]) -> None:
    async with app_of(scripted()).run_test(size=size) as pilot:
        chat = await answered(pilot)
        await pilot.press("f3")
        await pilot.pause()
        assert chat.side.region.width == size[0]
        assert chat.view.region.width == 0
        assert "esc back" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert chat.view.region.width == size[0]


async def test_an_answer_survives_every_size_while_it_comes() -> None:
    service = scripted()
    service.conversation.hold_at = 8
    async with app_of(service).run_test(size=(120, 40)) as pilot:
        chat = await opened(pilot)
        chat.box.write("Which homes?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(chat.chat.last and chat.chat.last.text))
        for width, height in [(40, 15), (80, 24), (60, 20), (30, 8), (120, 40)]:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
        service.conversation.go.set()
        await until(pilot, lambda: not chat.chat.busy)
        assert chat.chat.turns[0].text == ANSWER.text
        assert chat.side.region.right == 120


async def test_the_head_of_the_answer_is_in_view_when_it_is_done() -> None:
    async with app_of(scripted()).run_test(size=(60, 20)) as pilot:
        await answered(pilot)
        await until(pilot, lambda: "Read as: providers near Maidstone" in shown(pilot))
        await reading(pilot)
        await pilot.press("end")
        await until(pilot, lambda: ANSWER.suggestions[1] in shown(pilot))


async def test_a_reader_who_scrolled_up_stays_there() -> None:
    service = scripted()
    async with app_of(service).run_test(size=(60, 20)) as pilot:
        chat = await answered(pilot)
        service.conversation.hold_at = 8
        chat.box.write("And now?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(chat.chat.last and chat.chat.last.text))
        chat.view.focus()
        await pilot.press("home")
        await until(pilot, lambda: chat.view.scroll_y == 0)
        service.conversation.go.set()
        await until(pilot, lambda: not chat.chat.busy)
        assert chat.view.scroll_y == 0


@pytest.mark.parametrize("theme", CYCLE)
async def test_every_theme_draws_every_part(theme: str) -> None:
    app = app_of(scripted())
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = theme
        chat = await answered(pilot)
        await reading(pilot)
        await pilot.press("2")
        await until(pilot, lambda: "Quoted" in shown(pilot))
        await pilot.press("f3", "s", "f1")
        await until(pilot, lambda: app.screen is not chat)


async def test_without_colour_the_words_say_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    failing = scripted(Failed(kind="Odd", message="It broke.", remedy="Mend it."))
    async with app_of(failing).run_test(size=(120, 40)) as pilot:
        await answered(pilot)
        assert "No answer. It broke." in shown(pilot)
    async with app_of(scripted()).run_test(size=(120, 40)) as pilot:
        await answered(pilot)
        await reading(pilot)
        await pilot.press("2")
        await until(pilot, lambda: "Quoted (in bold)" in shown(pilot))
        assert "! What a home accepts" in shown(pilot)


async def test_a_long_answer_leaves_the_keys_alive_while_it_comes() -> None:
    long = ANSWER.model_copy(update={"text": ANSWER.text * 20})
    service = scripted(*streamed(long, step=6))
    async with app_of(service).run_test(size=(80, 24)) as pilot:
        chat = await opened(pilot)
        chat.box.write("Which homes?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(chat.chat.last and chat.chat.last.text))
        await pilot.press(*"and then")
        assert chat.box.text == "and then"
        await until(pilot, lambda: not chat.chat.busy)
        assert chat.chat.turns[0].text == long.text
