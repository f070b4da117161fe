from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.errors import DataDirectoryError, NothingLoaded
from tests.tui_script import (
    ANSWER,
    Held,
    Past,
    app_of,
    left_side,
    opened,
    progressing,
    refusing,
    scripted,
    shown,
    until,
)
from tui.start_screens import EmptyScreen, ProblemScreen

WIDE = (120, 40)


async def test_a_question_asked_while_opening_is_answered_once_it_is_open() -> None:
    service = scripted()
    service.ready = threading.Event()
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.chat.box.write("Which homes?")
        await pilot.press("enter")
        assert "Opening the region" in shown(pilot)
        assert service.conversation.asked == []
        service.ready.set()
        await until(pilot, lambda: bool(app.chat.chat.turns) and not app.chat.chat.busy)
        assert app.chat.chat.turns[0].phase == "done"


async def test_a_question_stopped_while_opening_is_not_asked() -> None:
    service = scripted()
    service.ready = threading.Event()
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.chat.box.write("Which homes?")
        await pilot.press("enter", "escape")
        service.ready.set()
        await opened(pilot)
        await pilot.pause()
        assert service.conversation.asked == []


@pytest.mark.parametrize("empty", ["raised", "held"])
async def test_an_empty_directory_offers_to_build_the_demonstration(empty: str) -> None:
    service = scripted()
    if empty == "raised":
        service.failures = [NothingLoaded("Nothing is loaded.")]
    else:
        nothing = Held(kind=None, as_at=None, settings=0, documents=0, passages=0)
        service.conversation.held = nothing
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, EmptyScreen))
        text = shown(pilot)
        assert "placements --data-dir somewhere/data import ofsted FILE" in text
        assert "somewhere/data" in text
        service.conversation.held = Held()
        await pilot.press("d")
        await until(pilot, lambda: app.screen is app.chat)
        assert service.begun == [("demo",)]
        assert "Demonstration region" in shown(pilot)


async def test_a_build_that_fails_says_so_and_can_be_tried_again() -> None:
    service = scripted()
    service.failures = [NothingLoaded("Nothing.")]
    service.scripts["demo"] = refusing("The disk is full.", "Make room.")
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, EmptyScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "The disk is full." in shown(pilot))
        assert "Make room." in shown(pilot)


async def test_q_leaves_the_offer() -> None:
    service = scripted()
    service.failures = [NothingLoaded("Nothing is loaded.")]
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, EmptyScreen))
        await pilot.press("q")
    assert app.return_code == 0


@pytest.mark.parametrize(
    "error",
    [DataDirectoryError("[/b] is no directory.", "Run `chmod u+rx`."), OSError("gone")],
)
async def test_a_directory_that_cannot_be_opened_says_why(error: Exception) -> None:
    service = scripted()
    service.failures = [error]
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ProblemScreen))
        message = error.args[0]
        assert message in shown(pilot)
        await pilot.press("r")
        await until(pilot, lambda: app.screen is app.chat)
        assert app.chat.conversation is not None


async def test_documents_alone_are_said_to_be_alone() -> None:
    service = scripted()
    service.conversation.held = Held(kind=None, as_at=None, settings=0)
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await pilot.pause()
        text = left_side(pilot)
        assert "Documents only" in text
        assert "settings" not in text
        assert all("Kent" not in q for q in chat.view.welcome.examples.questions)


async def test_a_resumed_session_shows_its_earlier_turns() -> None:
    service = scripted()
    service.conversation.earlier = (Past.of("Which homes?"), Past.of("And in Kent?"))
    async with app_of(service).run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await until(pilot, lambda: "And in Kent?" in shown(pilot))
        await pilot.press("up")
        assert chat.box.text == "And in Kent?"


@pytest.mark.parametrize(
    "held", [Held(vectors=0), Held(passages=0, vectors=0, stale=True, note="Run it.")]
)
async def test_a_missing_or_old_index_is_built_and_taken_up(held: Held) -> None:
    service = scripted()
    service.conversation.held = held
    async with app_of(service).run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await until(pilot, lambda: service.conversation.reloads == 1)
        await until(pilot, lambda: "searched by meaning too" in shown(pilot))


async def test_progress_of_the_vectors_is_told() -> None:
    service = scripted()
    service.conversation.held = Held(vectors=0)
    script = progressing("embed", 1200, 9120)
    service.scripts["index"] = f"{script}; import time; time.sleep(60)"
    async with app_of(service).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await until(pilot, lambda: "1,200 of 9,120" in shown(pilot))
        assert "search goes by words" in shown(pilot)
    assert service.commands[0].process.wait(20) != 0


async def test_vectors_that_cannot_be_built_are_no_catastrophe() -> None:
    service = scripted()
    service.conversation.held = Held(vectors=0)
    service.scripts["index"] = "raise SystemExit(3)"
    async with app_of(service).run_test(size=WIDE, notifications=True) as pilot:
        chat = await opened(pilot)
        await until(pilot, lambda: "ended early" in shown(pilot))
        chat.box.write("Which homes?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(chat.chat.turns) and not chat.chat.busy)
        assert chat.chat.turns[0].text == ANSWER.text


def test_importing_the_command_loads_nothing_heavy() -> None:
    code = (
        "import sys, tui.command\n"
        "heavy = ('textual', 'rich', 'pandas', 'torch', 'chromadb', 'langchain',"
        " 'onnxruntime', 'pyarrow', 'shapely', 'sentence_transformers')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_the_app_itself_is_painted_without_the_engine() -> None:
    code = (
        "import sys, tui.app, tui.local_service\n"
        "heavy = ('pandas', 'torch', 'chromadb', 'langchain', 'onnxruntime', 'pyarrow',"
        " 'shapely', 'sentence_transformers', 'numpy', 'markdown_it')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_without_a_terminal_the_command_names_the_other_one() -> None:
    code = (
        "import argparse\n"
        "from pathlib import Path\n"
        "from assistant.settings import Settings\n"
        "from corpus.errors import UsageError\n"
        "from tui.command import CHAT\n"
        "try:\n"
        "    CHAT.run(argparse.Namespace(), Settings(data_dir=Path('nowhere')))\n"
        "except UsageError as error:\n"
        "    print(error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "placements ask" in run.stdout


def test_a_backend_that_hangs_does_not_keep_the_reader_from_leaving() -> None:
    code = """
import asyncio, threading
from tests.tui_script import ScriptedConversation, ScriptedService
from tests.tui_script import app_of, opened, until

class Hanging(ScriptedConversation):
    def ask(self, question, stop):
        self.asked.append(question)
        threading.Event().wait()
        yield

async def leave():
    service = ScriptedService(Hanging([]))
    async with app_of(service).run_test() as pilot:
        chat = await opened(pilot)
        chat.box.write("Which homes?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(service.conversation.asked))
        await pilot.press("ctrl+q")
    print("left")

asyncio.run(leave())
"""
    root = Path(__file__).parents[1]
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        timeout=120,
    )
    assert run.stdout.strip() == "left"
