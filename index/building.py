"""Building a generation of the index from the library."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from corpus.data_directory import DataDirectory
from corpus.errors import DocumentError, IndexFault
from corpus.library import DocumentSummary, Library, Progress, fingerprint_of
from corpus.models import Passage
from corpus.passages import split_passages
from corpus.privacy import ShownLibrary, finders_version
from index import chroma, embedding, generations
from index.models import GenerationManifest
from index.vector_cache import VectorCache
from index.windows import pooled, window_id, windows

_WAIT: Final = 3600.0
"""Seconds to wait for another writer; a first build of a large library is long."""
_BATCH: Final = 1024
"""Sentences embedded before their vectors are kept: the most that a kill can undo."""


def build_index(
    directory: DataDirectory,
    *,
    embed: bool,
    progress: Progress | None = None,
    chroma_url: str | None = None,
    model: Path | None = None,
    forget: bool = False,
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
        model: folder of a sentence-transformers model; None for the bundled one.
        forget: delete the vectors of sentences that are no longer held.

    Raises:
        IndexFault: where another writer holds the index for an hour, or where the
            index or the embedding model cannot be read or written.
    """
    report = progress or _silent
    with _writing(directory):
        if embed:
            embedding.keep_question_model(directory.index / "model", report, model)
        current = _current_manifest(directory)
        library = Library.open(directory)
        name = embedding.model_name(model)
        if current and _suffices(current, library.fingerprint(), embed, name):
            return current
        embedder = _Embedder(directory, name, embed, report, forget)
        return _build(directory, library, embedder, report, chroma_url)


def _suffices(
    current: GenerationManifest, fingerprint: str, embed: bool, model: str
) -> bool:
    same = current.library == fingerprint and generations.is_readable(current)
    embedded = current.vectors == current.passages and current.model in (model, None)
    return same and (not embed or embedded)


def _build(
    directory: DataDirectory,
    library: Library,
    embedder: _Embedder,
    report: Progress,
    chroma_url: str | None,
) -> GenerationManifest:
    summaries, passages = _cut(ShownLibrary(library, None), report)
    cut = [windows(passage.text) for passage in passages]
    vectors = embedder.vectors([window for parts in cut for window in parts])
    model = embedder.name if vectors is not None else None
    manifest = _manifest(directory, summaries, passages, model)
    aside = _aside(directory)
    report("Indexing words", 0, len(passages))
    generations.write_passages(aside, passages, cut, summaries)
    if vectors is not None:
        matrix = pooled(cut, vectors)
        np.save(aside / "vectors.npy", matrix)
        np.save(aside / "windows.npy", vectors.astype(np.float16))
        owners = [passage.document_id for passage in passages]
        place = chroma.place(directory, aside / "chroma", manifest, chroma_url)
        chroma.write(place, matrix, owners, report)
    generations.publish(directory, aside, manifest)
    return manifest


def _cut(
    library: ShownLibrary, report: Progress
) -> tuple[list[DocumentSummary], list[Passage]]:
    """The documents masked, and their passages; one that is gone since is left out."""
    listed = library.summaries()
    summaries: list[DocumentSummary] = []
    passages: list[Passage] = []
    for done, summary in enumerate(listed):
        report("Cutting passages", done, len(listed))
        try:
            passages += split_passages(library.get(summary.document_id))
        except DocumentError:
            if summary.document_id in {s.document_id for s in library.summaries()}:
                raise
        else:
            summaries.append(summary)
    return summaries, passages


@dataclass(frozen=True)
class _Embedder:
    """Vectors kept from before, and those of what is new."""

    directory: DataDirectory
    name: str
    """Name of the model."""
    embed: bool
    """Whether what is new may be embedded."""
    report: Progress
    forget: bool = False
    """Whether vectors that are not asked for are deleted."""

    def vectors(self, parts: Sequence[str]) -> NDArray[np.float32] | None:
        """A vector for each window, in order; None where some lack one."""
        texts = {window_id(window): window for window in parts}
        cache = VectorCache.open(self.directory.index / "vectors.sqlite", self.name)
        if self.forget:
            cache.keep_only(texts.keys())
        missing = sorted(texts.keys() - cache.known(), key=lambda key: len(texts[key]))
        if not parts or (missing and not self.embed):
            return None
        self._add(cache, missing, texts)
        return cache.vectors([window_id(window) for window in parts])

    def _add(
        self, cache: VectorCache, missing: Sequence[str], texts: Mapping[str, str]
    ) -> None:
        if not missing:
            return
        embedder = embedding.QuestionEmbedder.open(self.directory.index / "model")
        for start in range(0, len(missing), _BATCH):
            self.report("Embedding sentences", start, len(missing))
            batch = missing[start : start + _BATCH]
            cache.add(batch, embedder.embed_passages([texts[key] for key in batch]))


def _manifest(
    directory: DataDirectory,
    summaries: Sequence[DocumentSummary],
    passages: Sequence[Passage],
    model: str | None,
) -> GenerationManifest:
    fingerprint = fingerprint_of(summary.document_id for summary in summaries)
    named = f"{generations.LAYOUT}\0{finders_version()}\0{fingerprint}\0{model}"
    name = hashlib.sha256(named.encode()).hexdigest()[:16]
    return GenerationManifest(
        generation=generations.free_name(directory, name),
        layout=generations.LAYOUT,
        library=fingerprint,
        documents=len(summaries),
        passages=len(passages),
        vectors=len(passages) if model else 0,
        model=model,
        finders=finders_version(),
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
