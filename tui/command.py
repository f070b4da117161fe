"""The `chat` command. Importing it is cheap: the app is imported when it is run."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from assistant.commands import Command
from corpus.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings


WATCH_EVERY: Final = 1.0
"""Seconds between looks whether the terminal is still there."""


def _configure(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Open the terminal UI and stay until the reader leaves it.

    Raises:
        UsageError: input or output is not a terminal.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "`placements chat` needs a terminal, and this is not one.",
            'Use `placements ask "QUESTION"` instead.',
        )
    _end_with_the_terminal()
    from tui.app import PlacementsApp
    from tui.local_service import LocalService

    about = f"viewer {settings.viewer} · {settings.brain}"
    app = PlacementsApp(LocalService(settings), str(settings.data_dir), about)
    app.run()
    return app.return_code or ExitCode.DONE


def _end_with_the_terminal() -> None:
    """A closed terminal ends the app, also under a caller that keeps hang-ups from it,
    as make does: it would wait for ever to draw on nothing. Turns are on disk once they
    are done."""
    watch = threading.Thread(target=_watch_terminal, daemon=True, name="terminal")
    watch.start()


def _watch_terminal() -> None:
    while sys.stdin.isatty():
        time.sleep(WATCH_EVERY)
    os._exit(ExitCode.INTERRUPTED)


CHAT = Command("chat", "open the terminal UI (the default)", _configure, _run)
