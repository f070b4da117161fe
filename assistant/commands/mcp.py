"""placements mcp: offers the typed tools to a Model Context Protocol client."""

from __future__ import annotations

import argparse

from assistant.commands import Command
from assistant.commands.narration import say
from assistant.settings import Settings
from corpus.errors import ExitCode


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--viewer", metavar="VIEWER", help="council:NAME, region or evaluator"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.engine import Assistant
    from assistant.mcp_server import serve_stdio

    settings = settings.model_copy(update={"masked": True})
    assistant = Assistant.open(settings)
    say(
        f"Serving the tools on standard input and output as {settings.viewer}."
        " Whatever is at the other end sees all that this viewer may see, but for"
        " personal details in documents, which are masked."
    )
    serve_stdio(assistant)
    return ExitCode.DONE


COMMAND = Command(
    name="mcp",
    summary="offer the tools to a Model Context Protocol client on standard input"
    " and output",
    configure=_configure,
    run=_run,
)
