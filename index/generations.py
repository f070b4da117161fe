"""Generations: immutable folders of the index, built aside and swapped in whole.

A generation holds `manifest.json`, `passages.jsonl`, `documents.jsonl`, the BM25 index
in `bm25/`, the windows' terms in `terms.npy`, the passages' weights in `weights.npy`
and, where there are vectors, `vectors.npy`, `windows.npy` and Chroma's `chroma/`. The
file `CURRENT` names the one that a new reader opens.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from corpus.data_directory import DataDirectory, replace_file
from corpus.errors import IndexFault
from corpus.library import DocumentSummary
from corpus.models import Frozen, Passage
from corpus.privacy import finders_version
from index import leases
from index.lexical import LexicalIndex, terms
from index.models import GenerationManifest
from index.references import weights
from index.sequences import Sequences
from index.windows import Windows, firsts

LAYOUT: Final = 4
"""Raised whenever passages are cut, or a generation is laid out, in another way."""
_TRIES: Final = 100
"""Times that a reader opens anew where a writer clears what it was about to open."""


class IndexedDocument(Frozen):
    """A document of a generation, and which passages are its own."""

    summary: DocumentSummary
    first: int
    """Position of its first passage."""
    passages: int


@dataclass(frozen=True)
class Generation:
    """One generation, opened. What it needs to search words is read at once."""

    folder: Path
    manifest: GenerationManifest
    documents: tuple[IndexedDocument, ...]
    lexical: LexicalIndex = field(repr=False)
    weights: NDArray[np.float32] = field(repr=False)
    """By which each passage's scores are multiplied: less for lists of references."""
    matrix: NDArray[np.float32] | None = field(repr=False)
    """Normalised vectors (passages, dimensions), memory-mapped; None without them."""
    windows: Windows = field(repr=False)
    sequences: Sequences = field(repr=False)
    lines: list[bytes] = field(repr=False)
    """One passage a line, as JSON."""

    @classmethod
    def open(cls, folder: Path) -> Generation:
        """Open the generation in `folder`.

        Raises:
            FileNotFoundError: where it has been cleared away.
            IndexFault: where it is damaged.
        """
        lease = leases.take(folder)
        try:
            opened = cls._read(folder)
        except BaseException:
            leases.give_back(lease)
            raise
        leases.until_gone(opened, lease)
        return opened

    @classmethod
    def _read(cls, folder: Path) -> Generation:
        try:
            manifest = read_manifest(folder)
            lines = (folder / "passages.jsonl").read_bytes().splitlines()
            documents = (folder / "documents.jsonl").read_bytes().splitlines()
            vectors = folder / "vectors.npy"
            return cls(
                folder=folder,
                manifest=manifest,
                documents=tuple(map(IndexedDocument.model_validate_json, documents)),
                lexical=LexicalIndex.open(folder / "bm25", manifest.passages),
                weights=np.load(folder / "weights.npy"),
                matrix=np.load(vectors, mmap_mode="r") if manifest.vectors else None,
                windows=Windows.open(folder),
                sequences=Sequences.open(folder),
                lines=lines,
            )
        except (ValidationError, ValueError, KeyError) as error:
            raise _damaged(folder) from error

    def passage(self, position: int) -> Passage:
        """The passage at a position."""
        return Passage.model_validate_json(self.lines[position])

    def document(self, position: int) -> DocumentSummary:
        """The document of the passage at a position."""
        return self.documents[int(self._owners[position])].summary

    @cached_property
    def _owners(self) -> NDArray[np.int64]:
        counts = [document.passages for document in self.documents]
        return np.repeat(np.arange(len(counts)), counts)

    def allowed(self, chosen: Sequence[bool]) -> NDArray[np.bool_]:
        """For each passage, whether its document is chosen (one flag a document)."""
        return np.asarray(chosen, dtype=np.bool_)[self._owners]


def generations_folder(directory: DataDirectory) -> Path:
    """The folder that holds the generations of a data directory."""
    return directory.index / "generations"


def current_folder(directory: DataDirectory) -> Path | None:
    """Folder of the current generation; None before the first."""
    try:
        name = (directory.index / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return generations_folder(directory) / Path(name).name


def open_current(directory: DataDirectory) -> Generation | None:
    """The current generation; None before the first, or where it is of an earlier
    version, whose passages would be cut or masked otherwise.

    Raises:
        IndexFault: where it is damaged or missing.
    """
    for _ in range(_TRIES):  # a writer may clear a generation between these two lines
        folder = current_folder(directory)
        if folder is None:
            return None
        try:
            # The manifest first: another version's files may be others, and lack some.
            readable = is_readable(read_manifest(folder))
            return Generation.open(folder) if readable else None
        except FileNotFoundError:
            continue
        except ValidationError as error:
            raise _damaged(folder) from error
    raise IndexFault(
        f"The index in {str(directory.index)!r} is incomplete.",
        "Remove that folder and run `placements index build`.",
    )


def _damaged(folder: Path) -> IndexFault:
    return IndexFault(
        f"The index in {str(folder)!r} is damaged.",
        "Remove that folder and run `placements index build`.",
    )


def is_readable(manifest: GenerationManifest) -> bool:
    """Whether a generation is laid out and masked as this version does it."""
    return (manifest.layout, manifest.finders) == (LAYOUT, finders_version())


def free_name(directory: DataDirectory, name: str) -> str:
    """`name`, numbered where a generation bears it that a reader may yet hold."""
    taken = {path.name for path in generations_folder(directory).iterdir()}
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *numbered) if free not in taken)


def read_manifest(folder: Path) -> GenerationManifest:
    """The manifest of the generation in `folder`."""
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    return GenerationManifest.model_validate_json(text)


def write_passages(
    folder: Path,
    passages: Sequence[Passage],
    cut: Sequence[Sequence[str]],
    summaries: Sequence[DocumentSummary],
) -> None:
    """Write passages (grouped by document), each `cut` into windows, their documents,
    and their words: of a passage, those of its context and of its text."""
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(passage.model_dump_json() + "\n" for passage in passages)
    by_id = {summary.document_id: summary for summary in summaries}
    first = 0
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
        for document_id, owned in groupby(passages, key=lambda p: p.document_id):
            count = len(list(owned))
            document = IndexedDocument(
                summary=by_id[document_id], first=first, passages=count
            )
            file.write(document.model_dump_json() + "\n")
            first += count
    np.save(folder / "weights.npy", weights(passages))
    contexts = [terms(passage.context) for passage in passages]
    write_words(folder, contexts, cut)


def write_words(
    folder: Path, contexts: Sequence[Sequence[str]], cut: Sequence[Sequence[str]]
) -> None:
    """Write the BM25 index of texts `cut` into windows, and the windows' terms.

    `contexts` are the terms that stand in front of each text.
    """
    held = [[terms(window) for window in windows] for windows in cut]
    whole = [
        [*context, *chain.from_iterable(each)]
        for context, each in zip(contexts, held, strict=True)
    ]
    numbers = LexicalIndex.build(whole, folder / "bm25")
    np.save(folder / "windows-firsts.npy", firsts([len(windows) for windows in cut]))
    Sequences.write(folder, [*chain.from_iterable(held)], numbers)


def publish(
    directory: DataDirectory, aside: Path, manifest: GenerationManifest
) -> None:
    """Make the folder built `aside` the current generation, and clear the older ones
    that no reader holds."""
    leases.offer(aside)
    replace_file(aside / "manifest.json", manifest.model_dump_json(indent=1) + "\n")
    folder = generations_folder(directory) / manifest.generation
    aside.replace(folder)
    _flush(folder)
    replace_file(directory.index / "CURRENT", manifest.generation + "\n")
    for other in generations_folder(directory).iterdir():
        if other != folder:
            leases.clear(other)


def _flush(folder: Path) -> None:
    """See the folder's files onto the disk before anything points at them."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
