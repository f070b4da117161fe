"""placements tools: lists the typed tools and their schemas."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.commands import Command
from assistant.settings import Settings
from corpus.errors import ExitCode


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="with their JSON schemas")
    parser.add_argument(
        "--markdown", action="store_true", help="as the reference in docs/tools.md"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from tools.registry import TOOLS

    if arguments.json:
        listed = [
            {"name": t.name, "description": t.description, "arguments": t.schema()}
            for t in TOOLS.values()
        ]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
        return ExitCode.DONE
    if arguments.markdown:
        from assistant.tool_reference import tool_reference

        sys.stdout.write(tool_reference())
        return ExitCode.DONE
    for tool in TOOLS.values():
        names = ", ".join(tool.arguments.model_fields)
        sys.stdout.write(f"{tool.name}\n  {tool.description}\n  Arguments: {names}\n")
    return ExitCode.DONE


COMMAND = Command(
    name="tools", summary="list the typed tools", configure=_configure, run=_run
)
