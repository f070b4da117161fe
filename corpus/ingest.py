"""Reading files and folders into the library, one report a file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from corpus.documents import LARGEST, Overrides, ReadDocument, read_with_notes
from corpus.errors import DocumentError
from corpus.library import DocumentSummary, Library, Progress
from corpus.models import Frozen
from corpus.reading.apart import stop_reading
from corpus.reading.lines import Step
from corpus.text import clean_text

Outcome = Literal["added", "unchanged", "replaced", "refused"]

_BATCH: Final = 64
"""Files read before the library is written: the most that a kill can undo."""
_BATCH_TEXT: Final = 20_000_000
"""Characters of text read before the library is written, so that memory is bounded."""
_READ_BY: Final = ("documents.py", "models.py", "text.py", "vocabulary.toml")
"""Files of corpus that decide, beside those of its readers, what is read."""
_LONG: Final = 20
"""Pages from which the reading of one file is told page by page."""


class FileReport(Frozen):
    """What became of one file."""

    path: str
    outcome: Outcome
    reason: str = ""
    """Why it was refused, what to do, and whether an earlier version is still held;
    empty for the other outcomes."""
    document_id: str | None = None
    """None where it was refused."""
    notes: tuple[str, ...] = ()
    """What was left out of it, or read otherwise than expected."""


class IngestReport(Frozen):
    """What became of every file, in the order in which they were read."""

    files: tuple[FileReport, ...]

    def count(self, outcome: Outcome) -> int:
        """How many files came to `outcome`."""
        return sum(file.outcome == outcome for file in self.files)

    @property
    def changed(self) -> bool:
        """Whether the library holds anything that it did not."""
        return any(file.outcome in ("added", "replaced") for file in self.files)


@dataclass(frozen=True)
class _Found:
    path: Path
    root: Path


@dataclass(frozen=True)
class _Read:
    found: _Found
    item: ReadDocument | None
    refusal: str = ""
    digest: str = ""
    """What it was read from; empty where it should be read anew the next time."""
    held: str | None = None
    """Id of its document, where that is held as the file and the readers are now."""

    @property
    def length(self) -> int:
        return len(self.item.document.text) if self.item else 0


def ingest(
    paths: Sequence[Path],
    library: Library,
    overrides: Overrides = Overrides(),  # noqa: B008
    progress: Progress | None = None,
) -> IngestReport:
    """Read files, and all files below folders, into the library.

    A file that cannot be read is reported as refused, and the others go on. Hidden
    files and those of office programs' locks are passed over inside folders.

    Raises:
        DocumentError: where one path alone is given and cannot be read.
    """
    if len(paths) == 1 and not paths[0].is_dir():
        _must_be_readable(paths[0])
    found = list(_unique(_walk(paths)))
    held = {summary.place: summary for summary in library.summaries()}
    reports: list[FileReport] = []
    try:
        for root, files in groupby(found, key=lambda file: file.root):
            read = (_read(file, overrides, held, progress) for file in files)
            if progress:
                progress("Reading documents", len(reports), len(found))
            for batch in _batches(read):
                reports += _keep(batch, root, library)
                if progress and len(reports) < len(found):
                    progress("Reading documents", len(reports), len(found))
    finally:
        stop_reading()
    return IngestReport(files=tuple(reports))


def _batches(read: Iterable[_Read]) -> Iterator[list[_Read]]:
    """Files in batches of so many, or of so much text."""
    batch: list[_Read] = []
    length = 0
    for file in read:
        batch.append(file)
        length += file.length
        if len(batch) == _BATCH or length > _BATCH_TEXT:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _keep(batch: Sequence[_Read], root: Path, library: Library) -> list[FileReport]:
    documents = [file.item.document for file in batch if file.item]
    digests = [file.digest for file in batch if file.item]
    added = library.add(documents, origin=str(root), digests=digests)
    fates: dict[str, Outcome] = dict.fromkeys(added.new, "added")
    fates |= dict.fromkeys(added.replaced, "replaced")
    held: set[str] = set()
    if any(file.refusal for file in batch):
        held = {summary.place for summary in library.summaries()}
    return [_report(file, fates, held) for file in batch]


def _report(file: _Read, fates: dict[str, Outcome], held: set[str]) -> FileReport:
    path = clean_text(str(file.found.path))
    if file.held:
        return FileReport(path=path, outcome="unchanged", document_id=file.held)
    if file.item is None:
        kept = " The version read before is kept." if path in held else ""
        return FileReport(path=path, outcome="refused", reason=file.refusal + kept)
    key = file.item.document.document_id
    return FileReport(
        path=path,
        outcome=fates.pop(key, "unchanged"),  # a second file of one text changes none
        document_id=key,
        notes=file.item.notes,
    )


def _read(
    file: _Found,
    overrides: Overrides,
    held: Mapping[str, DocumentSummary],
    progress: Progress | None,
) -> _Read:
    name = clean_text(file.path.name)

    def told(step: Step) -> None:
        if progress and step.total >= _LONG:
            progress(f"Reading {name}", step.done, step.total)

    digest, former = _digest(file.path, overrides), held.get(str(file.path))
    if former and digest and former.digest == digest:
        return _Read(file, None, held=former.document_id)
    try:
        item = read_with_notes(file.path, file.root, overrides, told)
    except DocumentError as error:
        return _Read(file, None, str(error))
    # A file with notes is read anew each time: what was amiss may have been mended.
    return _Read(file, item, digest="" if item.notes else digest)


def _digest(path: Path, overrides: Overrides) -> str:
    """Hash of a file's bytes, of what is stated of it and of the readers' own code;
    empty where it cannot be read."""
    told = hashlib.sha256(_readers().encode() + overrides.model_dump_json().encode())
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        with path.open("rb") as file:
            told.update(hashlib.file_digest(file, "sha256").digest())
    except OSError:
        return ""
    return told.hexdigest()[:24]


@cache
def _readers() -> str:
    """Hash of the code that reads files: another wherever it may read otherwise."""
    corpus = files("corpus")
    parts = [*corpus.joinpath("reading").iterdir(), *map(corpus.joinpath, _READ_BY)]
    code = [part for part in parts if part.name.endswith((".py", ".toml"))]
    told = hashlib.sha256()
    for part in sorted(code, key=lambda part: part.name):
        told.update(part.read_bytes())
    return told.hexdigest()


def _must_be_readable(path: Path) -> None:
    if not path.exists():
        raise DocumentError(f"{str(path)!r} does not exist.", "Check the path.")
    if not os.access(path, os.R_OK):
        raise DocumentError(
            f"{str(path)!r} cannot be read.", "Check the permissions of the file."
        )


def _walk(paths: Iterable[Path]) -> Iterator[_Found]:
    for given in paths:
        path = given.expanduser().absolute()
        if path.is_dir():
            yield from (_Found(file, path) for file in _files_below(path))
        else:
            yield _Found(path, path.parent)


def _files_below(folder: Path) -> Iterator[Path]:
    """Files below a folder in order of name; links out of it are not followed."""
    closed: list[Path] = []
    for parent, folders, names in os.walk(
        folder, onerror=lambda error: closed.append(Path(error.filename))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = (name for name in sorted(names) if not name.startswith((".", "~$")))
        inside = (Path(parent) / name for name in shown)
        yield from (path for path in inside if not _leads_out(path, folder))
    yield from closed  # reading one says why it is refused


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether a file is a link to something outside the folder."""
    if not path.is_symlink():
        return False
    return not path.resolve().is_relative_to(folder.resolve())


def _unique(files: Iterable[_Found]) -> Iterator[_Found]:
    seen: set[Path] = set()
    for file in files:
        if file.path not in seen:
            seen.add(file.path)
            yield file
