"""The `chat` command. Importing it is cheap: the app is imported when it is run."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from assistant.commands import Command
from corpus.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings


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
    from tui.app import PlacementsApp
    from tui.local_service import LocalService

    about = f"viewer {settings.viewer} · {settings.brain}"
    app = PlacementsApp(LocalService(settings), str(settings.data_dir), about)
    app.run()
    return app.return_code or ExitCode.DONE


CHAT = Command("chat", "open the terminal UI (the default)", _configure, _run)
