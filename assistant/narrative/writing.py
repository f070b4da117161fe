"""A narrative written to a file: checked beforehand, written aside, then renamed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Final, Literal

from assistant.answer import Answer, MarkedCitation
from assistant.events import Failed, Stage
from assistant.exporting import Figure, TableBlock, ToComplete, markdown_of, word_of
from assistant.ledger import Ledger
from assistant.narrative.drafting import Narrative, Stopped, draft_narrative
from assistant.narrative.sections import SECTIONS
from corpus.errors import DataDirectoryError, NothingLoaded, UsageError
from corpus.models import Citation, Frozen
from tools.base import Knowledge
from tools.regions import authorities_held

FORMATS: Final = (".docx", ".md")
_EARLIEST: Final = date(2000, 1, 1)


class NarrativeWritten(Frozen):
    """The statement was written; the last event."""

    type: Literal["narrative_written"] = "narrative_written"
    path: Path
    authority: str
    title: str
    sections: int
    tables: int
    figures: int
    references: int
    to_complete: int
    """Places that are marked for the council to fill."""
    struck: int
    """Statements taken out since they could not be traced; 0 is the rule."""
    record: Answer
    """What the audit keeps of it: every call, every source, and what was written."""


NarrativeEvent = Stage | NarrativeWritten | Failed


def write_narrative(
    knowledge: Knowledge,
    local_authority: str,
    output: Path,
    stop: Callable[[], bool],
) -> Iterator[Stage | NarrativeWritten]:
    """Draft and write the statement, telling each stage; a file that is already there
    is replaced at the very end, or not at all.

    Raises:
        UnknownPlace: for a name of no authority.
        NothingLoaded: where no placements of the authority are held.
        UsageError: for another suffix, or a path that cannot be written.
        Stopped: where `stop` said so; nothing was written.
    """
    authority = authority_to_draft(local_authority, knowledge)
    with _aside(output) as aside:
        ledger = Ledger(knowledge)
        for item in draft_narrative(knowledge, authority, stop, ledger):
            if isinstance(item, Stage):
                yield item
                continue
            yield Stage(text=f"writing {output.name}")
            _write(content_of(item, output.suffix, knowledge.dataset.as_at), aside)
            if stop():
                raise Stopped
            aside.replace(output)
            yield told_of(item, output, ledger)


def authority_to_draft(local_authority: str, knowledge: Knowledge) -> str:
    """The authority's usual name, where its placements are held.

    Raises:
        UnknownPlace: for a name of no authority.
        NothingLoaded: where no placements of it are held.
    """
    authority = knowledge.gazetteer.authority(local_authority).name
    if knowledge.dataset.kind is None:
        raise NothingLoaded(
            "No placement tables are loaded, and a sufficiency statement is written"
            " from them.",
            "Run `placements import ssda903 FILE...` for a council's own, or"
            " `placements demo` in an empty directory.",
        )
    if not authorities_held(knowledge, "placements", (authority,)):
        held = authorities_held(knowledge, "placements", ())
        raise NothingLoaded(
            f"The tables hold no placements of {authority}.",
            f"Those held are of {', '.join(held) or 'no authority'}; `placements"
            " import` loads others.",
        )
    return authority


def content_of(narrative: Narrative, suffix: str, as_at: date | None) -> bytes:
    """The file's bytes; the same narrative gives the same bytes."""
    if suffix.lower() == ".md":
        return markdown_of(narrative.blocks).encode()
    return word_of(narrative.blocks, as_at or _EARLIEST)


@contextmanager
def _aside(output: Path) -> Iterator[Path]:
    """A file beside the output, made at once, so that a path that cannot be written is
    told before the work and not after it; gone afterwards whatever happens."""
    if output.suffix.lower() not in FORMATS:
        raise UsageError(
            f"{output.name!r} is neither .docx nor .md.",
            "Name the file so, for example statement.docx.",
        )
    if output.is_dir():
        raise UsageError(f"{str(output)!r} is a folder.", "Name a file in it.")
    aside = output.with_name(f".{output.name}.{os.getpid()}")
    _write(b"", aside)
    try:
        yield aside
    finally:
        aside.unlink(missing_ok=True)


def _write(content: bytes, path: Path) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"Nothing can be written in {str(path.parent)!r}:"
            f" {error.strerror or error}.",
            "Name a folder that is there and may be written, and see the space left.",
        ) from error


def told_of(narrative: Narrative, output: Path, ledger: Ledger) -> NarrativeWritten:
    """What is said of a statement that is written there, and what the audit keeps."""
    cited = narrative.references.citations
    marked = [MarkedCitation(marker=at, citation=one) for at, one in cited]
    told = (b for b in narrative.blocks if isinstance(b, TableBlock))
    return NarrativeWritten(
        path=output,
        authority=narrative.authority,
        title=narrative.title,
        sections=len(SECTIONS),
        tables=narrative.count(TableBlock),
        figures=narrative.count(Figure),
        references=len(cited),
        to_complete=narrative.count(ToComplete),
        struck=len(narrative.struck),
        record=Answer(
            question=f"sufficiency statement of {narrative.authority}",
            status="answered",
            text=f"{narrative.title}: {output.name}",
            citations=tuple(marked),
            tool_calls=ledger.calls,
            tables=tuple(block.table for block in told),
            brain="narrative",
        ),
    )


def folder_of(viewer: str) -> str:
    """The folder of a viewer's own drafts, since what each may see differs."""
    return "-".join(re.findall(r"\w+", viewer.lower()))


def free_path(folder: Path, name: str) -> Path:
    """A path in the folder, which is made, that no earlier draft has: a council may
    have gone on writing in that one.

    Raises:
        DataDirectoryError: where the folder cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataDirectoryError(
            f"The folder {str(folder)!r} cannot be made: {error.strerror}.",
            "Write the statement elsewhere: placements narrative NAME --output FILE",
        ) from error
    path = folder / name
    names = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], names) if not one.exists())


def citation_of(written: NarrativeWritten, source: str) -> Citation:
    """The file as a source of what is said of it."""
    return Citation(
        kind="document",
        title=written.title,
        locator=f"{written.path.name}; {written.sections} sections,"
        f" {written.tables} tables,"
        f" {written.figures} figures, {written.references} references,"
        f" {written.to_complete} places for the council to complete",
        source=source,
    )
