"""placements sessions: lists, searches, renames, deletes and exports conversations."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assistant.commands import Command
from assistant.commands.narration import say
from assistant.settings import Settings
from corpus.errors import ExitCode


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--viewer", metavar="VIEWER", help="whose: council:NAME, region or evaluator"
    )
    chosen = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = chosen.add_parser("list", help="the viewer's conversations")
    listed.add_argument("--json", action="store_true", help="print one JSON list")
    found = chosen.add_parser("search", help="those in which every word stands")
    found.add_argument("words", metavar="WORDS")
    found.add_argument("--json", action="store_true", help="print one JSON list")
    renamed = chosen.add_parser("rename", help="give one another name")
    renamed.add_argument("name", metavar="NAME")
    renamed.add_argument("new", metavar="NEW-NAME")
    deleted = chosen.add_parser("delete", help="delete one for good")
    deleted.add_argument("name", metavar="NAME")
    exported = chosen.add_parser("export", help="write one to a file")
    exported.add_argument("name", metavar="NAME")
    exported.add_argument("--output", metavar="FILE", type=Path, required=True,
                          help=".md, .docx or .json")  # fmt: skip


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant import sessions

    folder, viewer = settings.directory.sessions, settings.viewer
    match arguments.action:
        case "list":
            _print(sessions.list_sessions(folder, viewer), arguments.json)
        case "search":
            found = sessions.search_sessions(folder, viewer, arguments.words)
            _print(found, arguments.json)
        case "rename":
            sessions.rename_session(folder, viewer, arguments.name, arguments.new)
            say(f"{arguments.name} is now {arguments.new}.")
        case "delete":
            sessions.delete_session(folder, viewer, arguments.name)
            say(f"Deleted {arguments.name}.")
        case "export":
            output: Path = arguments.output
            sessions.export_session(folder, viewer, arguments.name, output)
            say(f"Wrote {output}.")
    return ExitCode.DONE


def _print(found: tuple[object, ...], as_json: bool) -> None:
    from assistant.sessions import SessionSummary

    summaries = [one for one in found if isinstance(one, SessionSummary)]
    if as_json:
        told = [one.model_dump(mode="json") for one in summaries]
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    for one in summaries:
        last = f"{one.last_asked_at:%Y-%m-%d %H:%M}" if one.last_asked_at else "-"
        question = " ".join(one.first_question.split())
        sys.stdout.write(f"{one.name}  {last}  {one.turns} turns  {question[:80]}\n")


COMMAND = Command(
    name="sessions",
    summary="list, search, rename, delete and export conversations",
    configure=_configure,
    run=_run,
)
