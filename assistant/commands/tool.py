"""placements tool: calls one typed tool directly."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands import Command
from assistant.commands.narration import say
from assistant.settings import Settings
from corpus.errors import ExitCode, InvalidArguments, UsageError

if TYPE_CHECKING:
    from corpus.charts import Chart


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="see `placements tools`")
    parser.add_argument("arguments", metavar="ARGS-AS-JSON", nargs="?", default="{}")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--draw", action="store_true", help="draw its charts in the terminal"
    )
    parser.add_argument(
        "--charts", metavar="DIR", type=Path, help="write its charts as pictures"
    )
    parser.add_argument(
        "--chart-format", choices=("png", "svg"), default="png", help="of the pictures"
    )
    parser.add_argument(
        "--viewer", metavar="VIEWER", help="council:NAME, region or evaluator"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    given = _parsed(arguments.name, arguments.arguments)
    from tools.registry import tool_named

    tool_named(arguments.name)
    from assistant.engine import Assistant
    from assistant.ledger import entry_as_json

    entry = Assistant.open(settings).call(arguments.name, given, "tool")
    if arguments.json:
        sys.stdout.write(json.dumps(entry_as_json(entry), ensure_ascii=False) + "\n")
    else:
        from assistant.printing import printed_entry

        sys.stdout.write(printed_entry(entry))
    if arguments.draw:
        _draw(entry.result.charts)
    if arguments.charts:
        _write(entry.result.charts, arguments)
    return ExitCode.DONE


def _draw(charts: tuple[Chart, ...]) -> None:
    from assistant.terminal_charts import drawn

    size = shutil.get_terminal_size((100, 40))
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for chart in charts:
        height = min(size.lines - 4, 24)
        sys.stdout.write("\n" + drawn(chart, size.columns, height, colour))


def _write(charts: tuple[Chart, ...], arguments: argparse.Namespace) -> None:
    from assistant.drawing import draw

    folder: Path = arguments.charts
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{str(folder)!r} cannot be made: {error.strerror or error}.",
            "Choose another folder for --charts.",
        ) from error
    for number, chart in enumerate(charts, 1):
        name = f"{arguments.name}-{number}.{arguments.chart_format}"
        draw(chart, folder / name)
        say(f"Wrote {folder / name}")
    if not charts:
        say(f"{arguments.name} has no charts for these arguments.")


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidArguments(
            f"The arguments of {name} are not JSON: {error.msg} at character"
            f" {error.pos + 1} of {text[:60]!r}.",
            """Write them as '{"near": "Kent", "age": 14}'.""",
        ) from error
    if not isinstance(given, dict):
        raise InvalidArguments(
            f"The arguments of {name} must be one JSON object, not {text[:60]!r}.",
            """Write them as '{"near": "Kent", "age": 14}'.""",
        )
    return given


COMMAND = Command(
    name="tool", summary="call one typed tool", configure=_configure, run=_run
)
