"""placements ingest: reads documents into the library and indexes them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from assistant.commands import Command
from assistant.commands.narration import Progress, say
from assistant.settings import Settings
from corpus.codes import DocumentKind
from corpus.errors import DocumentError, ExitCode, UsageError


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument(
        "--kind", choices=[kind.value for kind in DocumentKind], metavar="KIND",
        help=f"one of {', '.join(DocumentKind)}",
    )  # fmt: skip
    parser.add_argument(
        "--local-authority", metavar="NAME", help="the authority that they are about"
    )
    parser.add_argument(
        "--provider", metavar="NAME", help="the provider that they are about"
    )
    parser.add_argument("--urn", metavar="URN", help="the home that they are about")
    parser.add_argument("--title", metavar="TITLE", help="the title of the one file")
    parser.add_argument(
        "--date", type=_day, metavar="YYYY-MM-DD", help="the day of publication"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date of the form YYYY-MM-DD"
        ) from None


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from corpus.documents import Overrides
    from corpus.geography import Gazetteer
    from corpus.ingest import ingest
    from corpus.library import Library
    from index.building import build_index

    if arguments.title and (len(arguments.paths) > 1 or arguments.paths[0].is_dir()):
        raise UsageError(
            "--title is of one document, and several were named.",
            "Ingest that file by itself.",
        )
    authority = arguments.local_authority
    if authority is not None:
        authority = Gazetteer.load().authority(authority).name
    overrides = Overrides(
        kind=DocumentKind(arguments.kind) if arguments.kind else None,
        local_authority=authority,
        provider=arguments.provider,
        urn=arguments.urn,
        title=arguments.title,
        published=arguments.date,
    )
    settings.directory.create()
    progress = Progress()
    library = Library.open(settings.directory)
    report = ingest(arguments.paths, library, overrides, progress)
    for file in report.files:
        told = (f"{file.outcome}: {file.path}", file.reason, *file.notes)
        say(" ".join(part for part in told if part))
    refused = report.count("refused")
    if refused == len(report.files):
        raise DocumentError("No document could be read.", "See the reasons above.")
    build_index(
        settings.directory,
        embed=True,
        progress=progress,
        chroma_url=settings.chroma_url,
        model=settings.embedding_model,
    )
    return ExitCode.USAGE if refused else ExitCode.DONE


COMMAND = Command(
    name="ingest",
    summary="read documents into the library and index them",
    configure=_configure,
    run=_run,
)
