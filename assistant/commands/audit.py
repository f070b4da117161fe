"""placements audit: who asked what, which data it touched and what was shown."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from assistant.commands import Command
from assistant.commands.narration import say
from assistant.settings import Settings
from corpus.errors import ExitCode, UsageError


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", metavar="DATE", help="from that day, as 2026-03-31")
    parser.add_argument(
        "--verify", action="store_true", help="only check that no line was changed"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.audit import broken_links, read_audit

    broken = broken_links(settings.directory)
    if not arguments.verify:
        for line in read_audit(settings.directory, _day(arguments.since)):
            sys.stdout.write(line + "\n")
    for place in broken:
        say(f"{place} does not follow from the line before it.")
    if arguments.verify and not broken:
        say("Every line follows from the one before it.")
    return ExitCode.NOT_ANSWERED if broken else ExitCode.DONE


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(
            f"--since {text!r} is not a date.", "Write it as 2026-03-31."
        ) from error


COMMAND = Command(
    name="audit",
    summary="print who asked what, and what was shown",
    configure=_configure,
    run=_run,
)
