"""Reading files and folders into the library, one report a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Final, Literal

from corpus.documents import Overrides, read_document
from corpus.errors import DocumentError
from corpus.library import Library, Progress
from corpus.models import Document, Frozen
from corpus.text import clean_text

Outcome = Literal["added", "unchanged", "replaced", "refused"]

_BATCH: Final = 64
"""Files read before the library is written: the most that a kill can undo."""


class FileReport(Frozen):
    """What became of one file."""

    path: str
    outcome: Outcome
    reason: str = ""
    """Why it was refused, and what to do; empty for the other outcomes."""
    document_id: str | None = None
    """None where it was refused."""


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
    reports: list[FileReport] = []
    for root, files in groupby(found, key=lambda file: file.root):
        for batch in _batches(files):
            if progress:
                progress("Reading documents", len(reports), len(found))
            reports += _ingest_batch(batch, root, library, overrides)
    return IngestReport(files=tuple(reports))


def _batches(files: Iterable[_Found]) -> Iterator[list[_Found]]:
    files = iter(files)
    while batch := list(islice(files, _BATCH)):
        yield batch


def _ingest_batch(
    batch: Sequence[_Found], root: Path, library: Library, overrides: Overrides
) -> list[FileReport]:
    read = [_read(file, overrides) for file in batch]
    added = library.add(
        [item for item in read if isinstance(item, Document)], origin=str(root)
    )
    fates: dict[str, Outcome] = dict.fromkeys(added.new, "added")
    fates |= dict.fromkeys(added.replaced, "replaced")
    reports = []
    for file, item in zip(batch, read, strict=True):
        if isinstance(item, Document):
            key = item.document_id  # a second file of one text changes nothing
            outcome = fates.pop(key, "unchanged")
            reports.append(
                FileReport(path=_shown(file.path), outcome=outcome, document_id=key)
            )
        else:
            reports.append(
                FileReport(path=_shown(file.path), outcome="refused", reason=str(item))
            )
    return reports


def _read(file: _Found, overrides: Overrides) -> Document | DocumentError:
    try:
        return read_document(file.path, file.root, overrides)
    except DocumentError as error:
        return error


def _shown(path: Path) -> str:
    return clean_text(str(path))


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
    """Files below a folder in order of name; links to folders are not followed."""
    closed: list[Path] = []
    for parent, folders, names in os.walk(
        folder, onerror=lambda error: closed.append(Path(error.filename))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = (name for name in sorted(names) if not name.startswith((".", "~$")))
        yield from (Path(parent) / name for name in shown)
    yield from closed  # reading one says why it is refused


def _unique(files: Iterable[_Found]) -> Iterator[_Found]:
    seen: set[Path] = set()
    for file in files:
        if file.path not in seen:
            seen.add(file.path)
            yield file
