"""The documents of a data directory: one JSON file each, and a catalogue of them."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from corpus.codes import DocumentKind
from corpus.data_directory import DataDirectory, replace_file
from corpus.errors import DataDirectoryError, DocumentError
from corpus.models import Document, Frozen, Passage
from corpus.passages import split_passages

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""

_KEPT_AFTER_REPLACEMENT: Final = 3600.0
"""Seconds for which the file of a replaced document stays, for readers under way."""


class DocumentSummary(Frozen):
    """A document without its text."""

    document_id: str
    title: str
    kind: DocumentKind
    source: str
    """Path relative to where it was ingested from."""
    published: date | None
    local_authority: str | None
    provider: str | None
    urn: str | None
    invented: bool
    words: int
    origin: str = ""
    """Folder that `source` is relative to; empty for documents made, not ingested."""
    masked_title: str = ""
    """The title without personal details, as the finders named below mask it."""
    masked_source: str = ""
    """The source, likewise."""
    finders: str = ""
    """Version of the finders of personal details; empty where none looked."""
    digest: str = ""
    """Hash of the file it was read from and of how; empty where that is not known."""

    @classmethod
    def of(
        cls, document: Document, origin: str = "", digest: str = ""
    ) -> DocumentSummary:
        """The summary of a document."""
        facts = document.model_dump(exclude={"text", "sections", "pages", "personal"})
        if personal := document.personal:
            facts |= {"masked_title": personal.title, "masked_source": personal.source}
            facts["finders"] = personal.finders
        words = len(document.text.split())
        return cls(**facts, words=words, origin=origin, digest=digest)

    @property
    def place(self) -> str:
        """Where it came from: two documents from one place are versions of one."""
        return f"{self.origin}/{self.source}"


@dataclass(frozen=True)
class Added:
    """What adding documents did, by document id."""

    new: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    """Ids of the new versions."""


_Catalogue = dict[str, DocumentSummary]
_CATALOGUE: Final = TypeAdapter(dict[str, DocumentSummary])


@dataclass(frozen=True)
class Library:
    """The documents under one folder. Every call reads what is there now."""

    folder: Path

    @classmethod
    def open(cls, directory: DataDirectory) -> Library:
        """The library of a data directory, which may be empty."""
        return cls(directory.documents)

    def add(
        self,
        documents: Iterable[Document],
        origin: str = "",
        digests: Iterable[str] = (),
    ) -> Added:
        """Keep documents; one from the same place as a kept one replaces it.

        A document that is already kept, from wherever, changes nothing. `origin` is
        the folder that the documents' sources are relative to, `digests` those of the
        files, one a document or none at all.

        Raises:
            DataDirectoryError: where the library cannot be read or written.
        """
        outcomes: dict[str, list[str]] = {"new": [], "unchanged": [], "replaced": []}
        with self._writing():
            catalogue = self._catalogue()
            before = dict(catalogue)
            places = {summary.place: key for key, summary in catalogue.items()}
            for document, digest in zip(
                documents, chain(digests, repeat("")), strict=False
            ):
                summary = DocumentSummary.of(document, origin, digest)
                former = places.get(summary.place)
                outcome = self._add(document, summary, former, catalogue)
                outcomes[outcome].append(document.document_id)
                places[summary.place] = document.document_id
            if catalogue != before:
                self._write(catalogue)
        return Added(**{name: tuple(ids) for name, ids in outcomes.items()})

    def _add(
        self,
        document: Document,
        summary: DocumentSummary,
        former: str | None,
        catalogue: _Catalogue,
    ) -> str:
        """Keep one document in place of the former; the outcome's name."""
        key = document.document_id
        if former and former != key and former in catalogue:
            self._retire(catalogue.pop(former))
        if key in catalogue:
            if catalogue[key].place == summary.place:
                catalogue[key] = summary  # its file may be another that reads the same
            return "unchanged"
        catalogue[key] = summary
        replace_file(self._file(key), _json(document))
        return "replaced" if former else "new"

    def remove(self, *document_ids: str) -> None:
        """Forget documents and delete their text at once.

        Raises:
            DocumentError: where one of them is not kept; then none is removed.
        """
        with self._writing():
            catalogue = self._catalogue()
            for document_id in document_ids:
                if document_id not in catalogue:
                    raise _missing(document_id)
            for document_id in document_ids:
                catalogue.pop(document_id, None)
                self._file(document_id).unlink(missing_ok=True)
            self._write(catalogue)
            for rows in self.folder.glob("observed/*.json"):  # they quote its text
                rows.unlink(missing_ok=True)

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """All documents without their text, by title."""
        found = self._catalogue().values()
        return tuple(sorted(found, key=lambda s: (s.title, s.document_id)))

    def get(self, document_id: str) -> Document:
        """One document, whole.

        A replaced version can still be had for an hour, for readers of an older index.

        Raises:
            DocumentError: where there is none, or its file is damaged.
        """
        try:
            text = self._file(document_id).read_text(encoding="utf-8")
            return Document.model_validate_json(text)
        except FileNotFoundError as error:
            raise _missing(document_id) from error
        except (ValidationError, UnicodeDecodeError) as error:
            raise DocumentError(
                f"{str(self._file(document_id))!r} is damaged.",
                "Remove it and ingest the document again.",
            ) from error

    def passages(self) -> tuple[Passage, ...]:
        """The passages of all documents, document by document."""
        documents = (self.get(summary.document_id) for summary in self.summaries())
        return tuple(p for document in documents for p in split_passages(document))

    def fingerprint(self) -> str:
        """Hash of what the library holds: equal where the documents are."""
        return fingerprint_of(self._catalogue())

    def _file(self, document_id: str) -> Path:
        return self.folder / f"{Path(document_id).name}.json"

    def _catalogue(self) -> _Catalogue:
        path = self.folder / "catalogue" / "catalogue.json"
        try:
            told = path.stat()
            return dict(_read_catalogue(path, told.st_ino, told.st_mtime_ns))
        except FileNotFoundError:
            return {}
        except ValidationError as error:
            raise DataDirectoryError(
                f"{str(path)!r} is damaged.",
                "Remove it and ingest the documents again.",
            ) from error

    def _write(self, catalogue: _Catalogue) -> None:
        path = self.folder / "catalogue" / "catalogue.json"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        replace_file(path, _CATALOGUE.dump_json(catalogue).decode())
        self._purge(catalogue)

    def _retire(self, summary: DocumentSummary) -> None:
        """Start the hour after which a replaced document's file is deleted."""
        with suppress(FileNotFoundError):
            os.utime(self._file(summary.document_id))

    def _purge(self, catalogue: _Catalogue) -> None:
        for path in self.folder.glob("*.json"):
            kept = path.stem in catalogue
            if (
                not kept
                and path.stat().st_mtime < time.time() - _KEPT_AFTER_REPLACEMENT
            ):
                path.unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The right to write the library, alone."""
        from filelock import FileLock

        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock"):
                yield
        except OSError as error:
            raise DataDirectoryError(
                f"The library in {str(self.folder)!r} cannot be written:"
                f" {error.strerror or error}.",
                "Check its permissions, and the space left on its disk.",
            ) from error


def fingerprint_of(document_ids: Iterable[str]) -> str:
    """Hash of a set of document ids: 16 hexadecimal digits."""
    joined = "\n".join(sorted(document_ids))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


@lru_cache(maxsize=4)
def _read_catalogue(path: Path, inode: int, written: int) -> _Catalogue:
    """The catalogue in a file, which is only ever replaced: `inode` and the time
    `written`, in nanoseconds, tell one from the next."""
    return _CATALOGUE.validate_json(path.read_bytes())


def _missing(document_id: str) -> DocumentError:
    return DocumentError(
        f"No document {document_id!r} is in the library.",
        "It may have been replaced: ask again.",
    )


def _json(document: Document) -> str:
    return document.model_dump_json() + "\n"
