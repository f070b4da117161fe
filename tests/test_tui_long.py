"""A conversation of hundreds of turns: few are mounted, and all can be reached."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.tui_script import (
    Past,
    answered,
    app_of,
    held_back,
    opened,
    reading,
    scripted,
    shown,
    until,
)
from tui.chat_screen import ChatScreen
from tui.conversation_view import MOST, WINDOW
from tui.turn_view import TurnView

WIDE = (120, 40)
TURNS = 4 * WINDOW + 3


def earlier(count: int = TURNS) -> tuple[Past, ...]:
    """Turns of an earlier sitting, numbered in their questions."""
    return tuple(Past.of(f"Question {n}?") for n in range(1, count + 1))


def mounted(chat: ChatScreen) -> list[int]:
    """Numbers of the turns that are mounted, in the order in which they stand."""
    return [view.turn.number for view in chat.view.query(TurnView)]


async def another(pilot: Pilot[None], chat: ChatScreen, key: str) -> None:
    """Press a key, and wait until other turns are mounted."""
    before = mounted(chat)
    await pilot.press(key)
    await until(pilot, lambda: mounted(chat) != before)


async def went_back(pilot: Pilot[None], chat: ChatScreen, *keys: str) -> list[int]:
    """Every turn that was mounted while these keys were pressed."""
    seen: list[int] = []
    for key in keys:
        await another(pilot, chat, key)
        assert len(mounted(chat)) <= MOST
        assert mounted(chat) == sorted(mounted(chat))
        seen += mounted(chat)
    return seen


async def test_going_back_shows_every_turn_and_going_on_leads_to_the_last() -> None:
    service = scripted()
    service.conversation.earlier = earlier()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await until(pilot, lambda: len(mounted(chat)) == WINDOW)
        assert mounted(chat)[-1] == TURNS
        await reading(pilot)
        seen = mounted(chat) + await went_back(pilot, chat, *"uuuu")
        assert set(seen) == set(range(1, TURNS + 1))
        assert not chat.view.earlier.display
        assert chat.view.later.display
        await went_back(pilot, chat, *"UU")
        assert mounted(chat)[-1] == TURNS
        assert not chat.view.later.display


async def test_what_was_read_stays_in_sight_when_turns_are_loaded() -> None:
    service = scripted()
    service.conversation.earlier = earlier()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await until(pilot, lambda: len(mounted(chat)) == WINDOW)
        chat.view.scroll_home(animate=False)
        await pilot.pause()
        first = f"Question {TURNS - WINDOW + 1}?"
        assert first in shown(pilot)
        await pilot.click("#earlier")
        await until(pilot, lambda: len(mounted(chat)) == 2 * WINDOW)
        await until(pilot, lambda: first in shown(pilot))
        chat.view.focus()
        await went_back(pilot, chat, *"uuu")
        chat.view.scroll_end(animate=False)
        await until(pilot, lambda: chat.view.is_vertical_scroll_end)
        last = f"Question {mounted(chat)[-1]}?"
        await pilot.click("#later")
        await until(pilot, lambda: last in shown(pilot))


async def test_a_question_asked_from_far_back_is_answered_at_the_end() -> None:
    service = scripted()
    service.conversation.earlier = earlier()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await until(pilot, lambda: len(mounted(chat)) == WINDOW)
        await reading(pilot)
        await went_back(pilot, chat, *"uuuu")
        await answered(pilot, "And now?")
        assert mounted(chat) == list(range(TURNS - WINDOW + 2, TURNS + 2))
        assert "Seven of 23 homes" in shown(pilot)
        assert chat.view.earlier.display
        assert not chat.view.later.display


async def test_an_answer_that_comes_while_the_reader_is_far_back_is_whole() -> None:
    service = held_back(before=13)
    service.conversation.earlier = earlier()
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        chat.box.write("And now?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(chat.chat.last and chat.chat.last.text))
        chat.view.focus()
        await went_back(pilot, chat, *"uuuu")
        service.conversation.go.set()
        await until(pilot, lambda: not chat.chat.busy)
        assert TURNS + 1 not in mounted(chat)
        await went_back(pilot, chat, *"UU")
        view = chat.view.view(TURNS + 1)
        assert view is not None
        await until(pilot, lambda: view.answer.source == chat.chat.turns[-1].text)
