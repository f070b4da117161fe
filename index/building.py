"""Building a generation of the index from the library."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from corpus.data_directory import DataDirectory
from corpus.errors import IndexFault
from corpus.library import DocumentSummary, Library, Progress, fingerprint_of
from corpus.models import Passage
from corpus.passages import split_passages
from index import chroma, embedding, generations
from index.lexical import indexed_text
from index.models import GenerationManifest
from index.vector_cache import VectorCache

_WAIT: Final = 3600.0
"""Seconds to wait for another writer; a first build of a large library is long."""
_BATCH: Final = 256
"""Passages embedded before their vectors are kept: the most that a kill can undo."""


def build_index(
    directory: DataDirectory,
    *,
    embed: bool,
    progress: Progress | None = None,
    chroma_url: str | None = None,
) -> GenerationManifest:
    """Make the index hold what the library holds, and say what it holds.

    Without `embed` no passage is embedded: the new generation has vectors only where
    all of them are known from before, else it searches words alone. Readers go on
    with what they opened. Nothing is done where the index already holds all that.

    Args:
        directory: the data directory of library and index.
        embed: embed the passages that have no vector yet.
        progress: told of each step.
        chroma_url: server that keeps the vectors, in place of the embedded Chroma.

    Raises:
        IndexFault: where another writer holds the index for an hour, or where the
            index or the embedding model cannot be read or written.
    """
    report = progress or _silent
    with _writing(directory):
        if embed:
            embedding.keep_question_model(directory.index / "model", report)
        current = _current_manifest(directory)
        library = Library.open(directory)
        if current and _suffices(current, library.fingerprint(), embed):
            return current
        return _build(directory, library, embed, report, chroma_url)


def _suffices(current: GenerationManifest, fingerprint: str, embed: bool) -> bool:
    same = current.library == fingerprint and current.layout == generations.LAYOUT
    return same and (not embed or current.vectors == current.passages)


def _build(
    directory: DataDirectory,
    library: Library,
    embed: bool,
    report: Progress,
    chroma_url: str | None,
) -> GenerationManifest:
    summaries = library.summaries()
    passages: list[Passage] = []
    for done, summary in enumerate(summaries):
        report("Cutting passages", done, len(summaries))
        passages += split_passages(library.get(summary.document_id))
    matrix = _vectors(directory, passages, embed, report)
    manifest = _manifest(summaries, passages, matrix)
    aside = _aside(directory)
    report("Indexing words", 0, len(passages))
    generations.write_passages(aside, passages, summaries)
    if matrix is not None:
        np.save(aside / "vectors.npy", matrix)
        owners = [passage.document_id for passage in passages]
        place = chroma.place(directory, aside / "chroma", manifest, chroma_url)
        chroma.write(place, matrix, owners, report)
    generations.publish(directory, aside, manifest)
    return manifest


def _vectors(
    directory: DataDirectory,
    passages: Sequence[Passage],
    embed: bool,
    report: Progress,
) -> NDArray[np.float32] | None:
    """A vector a passage, embedding those that are new; None where some lack one."""
    texts = {passage.passage_id: indexed_text(passage) for passage in passages}
    cache = VectorCache.open(directory.index / "vectors.sqlite", embedding.MODEL)
    missing = sorted(texts.keys() - cache.known(), key=lambda key: len(texts[key]))
    if not passages or (missing and not embed):
        return None
    for start in range(0, len(missing), _BATCH):
        report("Embedding passages", start, len(missing))
        batch = missing[start : start + _BATCH]
        cache.add(batch, embedding.embed_passages([texts[key] for key in batch]))
    return cache.vectors([passage.passage_id for passage in passages])


def _manifest(
    summaries: Sequence[DocumentSummary],
    passages: Sequence[Passage],
    matrix: NDArray[np.float32] | None,
) -> GenerationManifest:
    fingerprint = fingerprint_of(summary.document_id for summary in summaries)
    model = embedding.MODEL if matrix is not None else None
    named = f"{generations.LAYOUT}\0{fingerprint}\0{model}"
    return GenerationManifest(
        generation=hashlib.sha256(named.encode()).hexdigest()[:16],
        layout=generations.LAYOUT,
        library=fingerprint,
        documents=len(summaries),
        passages=len(passages),
        vectors=len(passages) if matrix is not None else 0,
        model=model,
    )


def _current_manifest(directory: DataDirectory) -> GenerationManifest | None:
    """Manifest of the current generation; None where there is none that can be read."""
    folder = generations.current_folder(directory)
    try:
        return generations.read_manifest(folder) if folder else None
    except (OSError, ValidationError):
        return None


def _aside(directory: DataDirectory) -> Path:
    """An empty folder to build in; what killed writers left there is cleared."""
    aside = directory.index / "building"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    return aside


@contextmanager
def _writing(directory: DataDirectory) -> Iterator[None]:
    """The right to write the index, alone."""
    from filelock import FileLock, Timeout

    folder = generations.generations_folder(directory)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(directory.index / ".lock", timeout=_WAIT):
            yield
    except Timeout as error:
        raise IndexFault(
            f"Another process has been writing {str(directory.index)!r} for an hour.",
            "Let it finish, or stop it, and run this again.",
        ) from error
    except OSError as error:
        raise IndexFault(
            f"The index in {str(directory.index)!r} cannot be written:"
            f" {error.strerror or error}.",
            "Check its permissions, and the space left on its disk.",
        ) from error


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
