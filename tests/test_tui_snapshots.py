from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from assistant.events import Failed
from corpus.errors import DataDirectoryError, NothingLoaded
from tests.tui_script import (
    ANSWER,
    CHARTED,
    answered,
    app_of,
    held_back,
    opened,
    reading,
    scripted,
    streamed,
    until,
)
from tui.start_screens import StartScreen
from tui.themes import LIGHT

Snapshot = Callable[..., bool]
Doing = Callable[[Pilot[None]], Awaitable[object]]


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures depend on nothing but the app."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "UTC")


ALIKE = 5
"""Looks at the screen, one after the other, that must agree."""


async def still(pilot: Pilot[None]) -> None:
    """Wait until nothing moves: what follows a refresh may ask for another one, and how
    many there are depends on how busy the machine is.

    Only the question box has a cursor that blinks.
    """
    looks: list[str] = []
    while len(looks) < ALIKE or len(set(looks[-ALIKE:])) > 1:
        await pilot.app.workers.wait_for_complete()
        await pilot.wait_for_scheduled_animations()
        await pilot.pause()
        looks.append(pilot.app.export_screenshot())


async def welcome(pilot: Pilot[None]) -> None:
    chat = await opened(pilot)
    chat.view.welcome.examples.focus()
    await still(pilot)


async def answer(pilot: Pilot[None]) -> None:
    await answered(pilot, ANSWER.question)
    await reading(pilot)
    await still(pilot)


async def source(pilot: Pilot[None]) -> None:
    chat = await answered(pilot, ANSWER.question)
    await reading(pilot)
    await pilot.press("2")
    await until(pilot, lambda: "both of which" in str(chat.side.sources.detail.content))
    await still(pilot)


async def results(pilot: Pilot[None]) -> None:
    chat = await answered(pilot, ANSWER.question)
    await pilot.press("f3")
    await until(pilot, lambda: chat.side.results.grid.has_focus)
    await pilot.press("s", "s", "s", "S", "down")
    await still(pilot)


async def chart(pilot: Pilot[None]) -> None:
    chat = await answered(pilot, CHARTED.question)
    await reading(pilot)
    await pilot.press("f6")
    await until(pilot, lambda: chat.side.charts.scroll.has_focus)
    await still(pilot)


async def stopped(pilot: Pilot[None]) -> None:
    chat = await opened(pilot)
    chat.box.write(ANSWER.question)
    await pilot.press("enter")
    await until(pilot, lambda: bool(chat.chat.last and len(chat.chat.last.text) > 100))
    await pilot.press("escape")
    await until(pilot, lambda: not chat.chat.busy)
    await reading(pilot)
    await still(pilot)


async def at_the_start(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
    await still(pilot)


@pytest.mark.parametrize(
    ("state", "size"),
    [
        pytest.param(welcome, (120, 40), id="welcome-wide"),
        pytest.param(welcome, (40, 15), id="welcome-tiny"),
        pytest.param(answer, (120, 40), id="answer-wide"),
        pytest.param(answer, (80, 24), id="answer-medium"),
        pytest.param(answer, (60, 20), id="answer-narrow"),
        pytest.param(source, (80, 24), id="source-medium"),
        pytest.param(source, (40, 15), id="source-tiny"),
        pytest.param(results, (120, 40), id="results-wide"),
        pytest.param(results, (60, 20), id="results-narrow"),
    ],
)
def test_an_answer_and_its_evidence(
    snap_compare: Snapshot, state: Doing, size: tuple[int, int]
) -> None:
    assert snap_compare(app_of(scripted()), terminal_size=size, run_before=state)


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((120, 40), id="chart-wide"),
        pytest.param((60, 20), id="chart-narrow"),
        pytest.param((40, 15), id="chart-tiny"),
    ],
)
def test_a_chart(snap_compare: Snapshot, size: tuple[int, int]) -> None:
    app = app_of(scripted(*streamed(CHARTED)))
    assert snap_compare(app, terminal_size=size, run_before=chart)


def test_a_stopped_answer(snap_compare: Snapshot) -> None:
    assert snap_compare(
        app_of(held_back(before=13)), terminal_size=(80, 24), run_before=stopped
    )


def test_a_failure(snap_compare: Snapshot) -> None:
    failure = Failed(
        kind="BackendFailed",
        message="The model llama3 at http://localhost:11434 did not answer.",
        remedy="Start it, or leave --brain out.",
    )
    service = scripted(*streamed(ANSWER)[:5], failure)
    assert snap_compare(app_of(service), terminal_size=(80, 24), run_before=answer)


def test_nothing_loaded(snap_compare: Snapshot) -> None:
    service = scripted()
    service.failures = [NothingLoaded("Nothing is loaded.")]
    app = app_of(service)
    assert snap_compare(app, terminal_size=(80, 24), run_before=at_the_start)


def test_a_data_directory_that_cannot_be_read(snap_compare: Snapshot) -> None:
    service = scripted()
    service.failures = [
        DataDirectoryError(
            "The tables in somewhere/data were written by a newer version.",
            "Run `placements demo` to build them again.",
        )
    ]
    app = app_of(service)
    assert snap_compare(app, terminal_size=(80, 24), run_before=at_the_start)


def test_help(snap_compare: Snapshot) -> None:
    async def ask_for_help(pilot: Pilot[None]) -> None:
        await opened(pilot)
        await reading(pilot)
        await pilot.press("f1")
        await still(pilot)

    app = app_of(scripted())
    assert snap_compare(app, terminal_size=(100, 30), run_before=ask_for_help)


def test_light(snap_compare: Snapshot) -> None:
    async def in_the_light(pilot: Pilot[None]) -> None:
        pilot.app.theme = LIGHT.name
        await source(pilot)

    app = app_of(scripted())
    assert snap_compare(app, terminal_size=(120, 40), run_before=in_the_light)
