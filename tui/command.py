"""The `chat` command. Importing it is cheap: the app is imported when it is run."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from assistant.commands import Command
from corpus.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings


IN_BROWSER: Final = "TEXTUAL_DRIVER"
"""Set by the server, which speaks to the app through pipes."""
WATCH_EVERY: Final = 1.0
"""Seconds between looks whether the terminal is still there."""


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--session", metavar="NAME", help="go on with a conversation")
    parser.add_argument(
        "--viewer", metavar="VIEWER", help="council:NAME, region or evaluator"
    )
    parser.add_argument(
        "--brain", metavar="NAME", help="built-in, or a LangChain chat model"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Open the terminal UI and stay until the reader leaves it.

    Raises:
        UsageError: input or output is not a terminal.
    """
    served = bool(os.environ.get(IN_BROWSER))
    if not (served or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise UsageError(
            "`placements chat` needs a terminal, and this is not one.",
            'Use `placements ask "QUESTION"` instead.',
        )
    _end_with(_browser_is_gone if served else _terminal_is_gone)
    # Collecting garbage finds none while modules and data load, and is a third of the
    # wait for the first paint; the app takes it up again once the data is open.
    gc.disable()
    from tui.app import PlacementsApp
    from tui.local_service import LocalService

    about = f"viewer {settings.viewer} · {settings.brain}"
    app = PlacementsApp(LocalService(settings), str(settings.data_dir), about)
    app.run()
    return app.return_code or ExitCode.DONE


def _end_with(gone: Callable[[], bool]) -> None:
    """A closed terminal ends the app, also under a caller that keeps hang-ups from it,
    as make does: it would wait for ever to draw on nothing. Turns are on disk once they
    are done."""

    def watch() -> None:
        while not gone():
            time.sleep(WATCH_EVERY)
        os._exit(ExitCode.INTERRUPTED)

    threading.Thread(target=watch, daemon=True, name="terminal").start()


def _terminal_is_gone() -> bool:
    return not sys.stdin.isatty()


def _browser_is_gone() -> bool:
    """Whether the server has closed the pipe, or died."""
    import select

    pipe = select.poll()
    pipe.register(sys.stdin.fileno(), 0)  # hang-ups alone
    return bool(pipe.poll(0))


CHAT = Command("chat", "open the terminal UI (the default)", _configure, _run)
