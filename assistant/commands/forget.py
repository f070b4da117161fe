"""placements forget: takes documents out of the library and the index."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.commands import Command
from assistant.commands.narration import Progress, say
from assistant.settings import Settings
from corpus.errors import DocumentError, ExitCode

if TYPE_CHECKING:
    from corpus.library import DocumentSummary, Library


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "documents", nargs="+", metavar="DOCUMENT",
        help="the file's path as cited, the document's title, or its id",
    )  # fmt: skip


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from corpus.library import Library
    from index.building import build_index

    library = Library.open(settings.directory)
    named = [_named(document, library) for document in arguments.documents]
    chosen = {summary.document_id: summary for summary in named}
    library.remove(*chosen)
    for summary in chosen.values():
        say(f"forgotten: {summary.source}")
    build_index(
        settings.directory,
        embed=True,
        progress=Progress(),
        chroma_url=settings.chroma_url,
        model=settings.embedding_model,
        forget=True,
    )
    return ExitCode.DONE


def _named(document: str, library: Library) -> DocumentSummary:
    """The one document that a path, a title or an id means."""
    held = library.summaries()
    found = [s for s in held if document in (s.document_id, s.source, s.title)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise DocumentError(
            f"No document {document!r} is in the library.",
            "Name it by its path as a citation gives it, its title or its id.",
        )
    ids = ", ".join(f"{one.document_id} ({one.source})" for one in found)
    raise DocumentError(
        f"{len(found)} documents are called {document!r}.",
        f"Name one by its id: {ids}.",
    )


COMMAND = Command(
    name="forget",
    summary="take documents out of the library and the index for good",
    configure=_configure,
    run=_run,
)
