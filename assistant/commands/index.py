"""placements index: builds the search index, or says how it stands."""

from __future__ import annotations

import argparse
import json
import os
import sys

from assistant.commands import Command
from assistant.commands.narration import Progress, say
from assistant.settings import Settings
from corpus.errors import ExitCode


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["build", "status"])
    parser.add_argument(
        "--json", action="store_true", help="progress or status as JSON on stdout"
    )
    parser.add_argument(
        "--gently", action="store_true", help="give way to other programs"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.gently and hasattr(os, "nice"):
        os.nice(10)
    if arguments.action == "status":
        return _status(settings, as_json=arguments.json)
    from assistant.intents.keeping import keep_intents
    from index.building import build_index

    settings.directory.create()
    progress = _stdout_progress if arguments.json else Progress()
    build_index(
        settings.directory,
        embed=True,
        progress=progress,
        chroma_url=settings.chroma_url,
        model=settings.embedding_model,
    )
    keep_intents(settings.directory, progress)
    say("The index is complete.")
    return ExitCode.DONE


def _status(settings: Settings, *, as_json: bool) -> int:
    from index.standing import index_standing

    status = index_standing(settings.directory, settings.chroma_url)
    if as_json:
        sys.stdout.write(status.model_dump_json() + "\n")
        return ExitCode.DONE
    stale = "; behind the documents" if status.stale else ""
    sys.stdout.write(
        f"{status.passages:,} passages, {status.vectors:,} with vectors,"
        f" search is {status.mode}{stale}\n"
        f"generation {status.generation or 'none'} of {status.documents:,} documents,"
        f" model {status.model or 'none'}\n"
        f"{status.bytes_on_disk / 1e6:,.1f} MB on disk; older generations kept:"
        f" {status.older_generations}, held by readers: {status.older_held}\n"
    )
    return ExitCode.DONE


def _stdout_progress(step: str, done: int, total: int) -> None:
    line = json.dumps({"step": step, "done": done, "total": total})
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


COMMAND = Command(
    name="index",
    summary="build the search index, or say how it stands",
    configure=_configure,
    run=_run,
)
