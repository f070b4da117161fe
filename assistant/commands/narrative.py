"""placements narrative: drafts a council's sufficiency statement, .docx or .md."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.commands import Command
from assistant.commands.narration import Progress, say
from assistant.settings import Settings
from corpus.errors import ExitCode


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "local_authority", metavar="LOCAL_AUTHORITY", help="whose statement it is"
    )
    parser.add_argument(
        "--output",
        metavar="FILE",
        type=Path,
        help=".docx or .md; else a new .docx in narratives/ beside the data",
    )
    parser.add_argument(
        "--viewer", metavar="VIEWER", help="council:NAME, region or evaluator"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.draft import NarrativeAsked
    from assistant.engine import Assistant
    from assistant.events import Stage

    assistant, progress = Assistant.open(settings), Progress()
    asked = NarrativeAsked(local_authority=arguments.local_authority)
    output = arguments.output or assistant.narrative_path(asked)
    for event in assistant.narrating(arguments.local_authority, output):
        if not isinstance(event, Stage):
            say(
                f"Wrote {event.path}: {event.sections} sections, {event.tables} tables,"
                f" {event.figures} figures, {event.references} references,"
                f" {event.to_complete} places for the council to complete."
            )
        elif event.total:
            progress(event.text, event.done + 1, event.total)
        else:
            say(event.text)
    return ExitCode.DONE


COMMAND = Command(
    name="narrative",
    summary="draft a council's sufficiency statement",
    configure=_configure,
    run=_run,
)
