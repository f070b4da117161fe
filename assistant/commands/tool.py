"""placements tool: calls one typed tool directly."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from assistant.commands import Command
from assistant.settings import Settings
from corpus.errors import ExitCode, InvalidArguments


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="see `placements tools`")
    parser.add_argument("arguments", metavar="ARGS-AS-JSON", nargs="?", default="{}")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--viewer", metavar="VIEWER", help="council:NAME, region or evaluator"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    given = _parsed(arguments.name, arguments.arguments)
    from tools.registry import tool_named

    tool_named(arguments.name)
    from assistant.engine import Assistant
    from assistant.ledger import Ledger

    ledger = Ledger(Assistant.open(settings).knowledge)
    entry = ledger.run(arguments.name, given)
    if arguments.json:
        sys.stdout.write(json.dumps(_object(entry, given), ensure_ascii=False) + "\n")
    else:
        from assistant.printing import printed_entry

        sys.stdout.write(printed_entry(entry))
    return ExitCode.DONE


def _object(entry: Any, given: dict[str, Any]) -> dict[str, Any]:
    result = entry.result
    return {
        "name": entry.call.name,
        "arguments": given,
        "data": result.data.model_dump(mode="json"),
        "citations": [
            citation.model_dump(mode="json") for citation in result.citations
        ],
        "caveats": list(result.caveats),
    }


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
