"""`placements`: reads the command line, runs one command, tells errors in one line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from assistant.commands import Command, commands
from assistant.commands.narration import heed_a_stop, tell_error
from assistant.settings import (
    BUILT_IN,
    Settings,
    chroma_url,
    default_data_dir,
    embedding_model,
    model_settings,
    retention,
)
from corpus.errors import ExitCode, PlacementsError, UsageError
from corpus.viewer import Viewer


class _Parser(argparse.ArgumentParser):
    """Tells a wrong command line as every other error is told."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}.", f"See `{self.prog} --help`.")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    heed_a_stop()
    try:
        return _run(sys.argv[1:] if words is None else words)
    except PlacementsError as error:
        tell_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        tell_error(PlacementsError("Interrupted."))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as error:
        if os.environ.get("PLACEMENTS_DEBUG"):
            raise
        tell_error(
            PlacementsError(
                f"This should not have happened: {type(error).__name__}: {error}.",
                "PLACEMENTS_DEBUG=1 shows where; `placements doctor` may say why.",
            )
        )
        return ExitCode.BACKEND


def _run(words: Sequence[str]) -> int:
    known = {command.name: command for command in commands()}
    arguments = _parser(known).parse_args(words)
    command = known[arguments.command or "chat"]
    return command.run(arguments, _settings(arguments))


def _parser(known: dict[str, Command]) -> _Parser:
    parser = _Parser(
        prog="placements",
        description="A conversational assistant over regional placement knowledge for"
        " children in care. Without a command it opens the terminal UI.",
    )
    parser.add_argument("--version", action="version", version=version("placements"))
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR",
        help="where everything is kept (or PLACEMENTS_DATA_DIR)",
    )  # fmt: skip
    chosen = parser.add_subparsers(dest="command", metavar="COMMAND")
    for command in known.values():
        command.configure(
            chosen.add_parser(
                command.name, help=command.summary, description=command.summary
            )
        )
    return parser


def _settings(arguments: argparse.Namespace) -> Settings:
    given = vars(arguments)
    return Settings(
        data_dir=(given.get("data_dir") or default_data_dir()).expanduser().absolute(),
        viewer=Viewer.parse(given.get("viewer") or "region"),
        brain=given.get("brain") or BUILT_IN,
        as_at=_day(given.get("as_at")),
        session=given.get("session"),
        chroma_url=chroma_url(),
        embedding_model=embedding_model(),
        **model_settings(),
        **retention(),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(
            f"--as-at {text!r} is not a date.", "Write it as 2026-03-31."
        ) from error
