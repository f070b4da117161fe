"""The `serve` command: the terminal UI in a browser. Importing it is cheap."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from typing import Final

from assistant.commands import Command
from assistant.settings import Settings
from corpus.errors import ExitCode, UsageError

PORT: Final = 8025
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
SHORTEST_TOKEN: Final = 16


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=PORT, help=f"{PORT} unless given")
    parser.add_argument(
        "--host", default=LOOPBACK[0], metavar="ADDRESS",
        help="another address than loopback is for behind an encrypting proxy",
    )  # fmt: skip
    parser.add_argument(
        "--viewer", metavar="VIEWER", help="council:NAME, region or evaluator"
    )
    parser.add_argument(
        "--brain", metavar="NAME", help="built-in, or a LangChain chat model"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until interrupted.

    Raises:
        UsageError: the port is taken, or a chosen token is short.
    """
    from tui.web.server import GatedServer

    host, port = arguments.host, arguments.port
    server = GatedServer(_chat(settings), host, port, _token())
    if host not in LOOPBACK:
        sys.stderr.write(
            f"Serving on {host}: what is typed and shown crosses the network in the"
            " clear unless a proxy encrypts it.\n"
        )
    try:
        server.serve()
    except OSError as error:
        raise UsageError(
            f"{host} port {port} cannot be served: {error.strerror or error}.",
            "Choose another with --port.",
        ) from error
    return ExitCode.DONE


def _chat(settings: Settings) -> list[str]:
    """The command that each browser tab runs."""
    ours = [sys.executable, "-m", "assistant", "--data-dir", str(settings.data_dir)]
    return [
        *ours, "chat", "--viewer", str(settings.viewer), "--brain", settings.brain,
    ]  # fmt: skip


def _token() -> str:
    """PLACEMENTS_SERVE_TOKEN, or a new one for this run.

    Raises:
        UsageError: where the one that was chosen could be guessed.
    """
    chosen = os.environ.get("PLACEMENTS_SERVE_TOKEN", "")
    if chosen and len(chosen) < SHORTEST_TOKEN:
        raise UsageError(
            f"PLACEMENTS_SERVE_TOKEN has {len(chosen)} characters.",
            f"Use at least {SHORTEST_TOKEN}, or leave it out to have one made.",
        )
    return chosen or secrets.token_urlsafe(24)


SERVE = Command("serve", "open the terminal UI in a browser", _configure, _run)
