"""placements import: loads tables from a publisher's or a council's own files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant.commands import Command
from assistant.commands.narration import Progress
from assistant.settings import Settings
from corpus.errors import ExitCode

_SOURCES = ("ofsted", "ssda903", "dfe", "pnw-census", "spreadsheet")


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", choices=_SOURCES, metavar="SOURCE", help=_sources())
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--local-authority", metavar="NAME", help="the authority whose files they are"
    )
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE", help="which column is which"
    )
    parser.add_argument(
        "--as-at", metavar="DATE", help="the day to which the files speak"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="report, and change nothing"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def _sources() -> str:
    return f"one of {', '.join(_SOURCES)}"


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from corpus.geography import Gazetteer
    from corpus.importing.context import ImportOptions
    from corpus.importing.run import run_import
    from corpus.importing.telling import told

    gazetteer = Gazetteer.load()
    authority = arguments.local_authority
    options = ImportOptions(
        local_authority=gazetteer.authority(authority).name if authority else None,
        mapping=arguments.mapping,
        gazetteer=gazetteer,
        as_at=settings.as_at,
    )
    report = run_import(
        settings.directory,
        arguments.source,
        arguments.files,
        options,
        dry_run=arguments.dry_run,
        progress=Progress(),
    )
    as_json = report.model_dump_json(indent=1) + "\n" if arguments.json else None
    sys.stdout.write(as_json or told(report))
    return ExitCode.DONE


COMMAND = Command(
    name="import",
    summary="load tables from Ofsted, DfE, returns or spreadsheets",
    configure=_configure,
    run=_run,
)
"""Files that hold rejected rows beside good ones still end as done."""
