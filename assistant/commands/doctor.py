"""placements doctor: what is installed, indexed and loaded, and what is wrong."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.commands import Command
from assistant.settings import Settings
from corpus.errors import ExitCode


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.diagnosis import diagnose

    diagnosis = diagnose(settings)
    if arguments.json:
        sys.stdout.write(json.dumps(diagnosis.model_dump(mode="json")) + "\n")
    else:
        for finding in diagnosis.findings:
            sign = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}[finding.state]
            sys.stdout.write(f"{sign} {finding.subject}: {finding.told}\n")
    return ExitCode.DONE if diagnosis.sound else ExitCode.USAGE


COMMAND = Command(
    name="doctor",
    summary="say what is installed, indexed and loaded, and what is wrong",
    configure=_configure,
    run=_run,
)
