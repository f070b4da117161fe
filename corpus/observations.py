"""Every row read from the documents of a library, kept from one process to the next."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from corpus.data_directory import replace_file
from corpus.extracting import READ, read_rows, readers_version
from corpus.extracting.linking import with_links
from corpus.library import Library
from corpus.observed import Observed
from corpus.privacy import ShownLibrary
from corpus.privacy.rows import shown_rows

_Kept = dict[str, Observed]
"""Rows by the document's id."""
_KEPT: Final = TypeAdapter(_Kept)


def observations(library: Library | ShownLibrary) -> Observed:
    """The rows of all documents of the library, in the order of its summaries.

    A follow-up names the recommendation of the visit before where it can be told. Rows
    are kept in memory by the library's fingerprint, and on disk by document and by the
    version of the readers; where the disk cannot be written, or what it holds is
    damaged, the documents are read again.

    Raises:
        DataDirectoryError: where the library's catalogue cannot be read.
        DocumentError: where a document cannot.
    """
    fingerprint = library.fingerprint()
    if isinstance(library, ShownLibrary):
        return _shown(library, fingerprint)
    return _observed(library, fingerprint)


@lru_cache(maxsize=4)
def _shown(library: ShownLibrary, fingerprint: str) -> Observed:
    """Rows are read from the text as stored; their spans are quoted as it is shown."""
    return shown_rows(_observed(library.held, fingerprint), library)


@lru_cache(maxsize=4)
def _observed(library: Library, fingerprint: str) -> Observed:
    """The same; `fingerprint` is what it is remembered by."""
    summaries = library.summaries()
    ids = [s.document_id for s in summaries if s.kind in READ]
    path = library.folder / "observed" / f"{readers_version()}.json"
    kept = _kept(path)
    rows = {key: kept.get(key) or read_rows(library.get(key)) for key in ids}
    if rows.keys() != kept.keys():
        _keep(path, rows)
    return with_links(_together(list(rows.values())))


def _together(parts: list[Observed]) -> Observed:
    """The rows of several documents in one."""
    return Observed(
        **{
            name: tuple(row for part in parts for row in getattr(part, name))
            for name in Observed.model_fields
        }
    )


def _kept(path: Path) -> _Kept:
    """What is on disk; nothing where it is absent or damaged."""
    try:
        return _KEPT.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return {}


def _keep(path: Path, rows: _Kept) -> None:
    """Write the rows and clear those of other readers; give up where it is refused."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        replace_file(path, _KEPT.dump_json(rows).decode())
        for other in path.parent.glob("*.json"):
            if other != path:
                other.unlink(missing_ok=True)
