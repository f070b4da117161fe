"""A collection of plain texts made searchable, outside any library."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from corpus.library import Progress
from index import embedding
from index.embedding import QuestionEmbedder
from index.generations import LAYOUT, write_words
from index.lexical import LexicalIndex
from index.scoring import Collection
from index.sequences import Sequences
from index.windows import Windows, firsts, pooled, windows

_CHUNK: Final = 2048
"""Sentences embedded before they are written down: the most that a kill can undo."""
_WORDS: Final = f"words-{LAYOUT}"


def open_collection(
    texts: Sequence[str],
    folder: Path,
    report: Progress,
    model: Path | None = None,
) -> tuple[Collection, QuestionEmbedder]:
    """Both arms over `texts`, and what embeds a question for them.

    All is kept in `folder` by a hash of texts and model, written as it is made: opened
    again it is read, and after a kill it goes on. Vectors stay on disk, memory-mapped.

    Raises:
        IndexFault: where the model is missing or cannot be loaded.
    """
    name = embedding.model_name(model)
    kept, exported = folder / _key(texts, name), folder / f"model-{name}"
    kept.mkdir(parents=True, exist_ok=True)
    embedding.keep_question_model(exported, report, model)
    embedder = QuestionEmbedder.open(exported)
    cut = [windows(text) for text in texts]
    apart = _window_vectors(cut, kept, report, embedder)
    if not (kept / "documents.npy").exists():
        np.save(kept / "making.npy", pooled(cut, apart))
        (kept / "making.npy").replace(kept / "documents.npy")
    if not (kept / _WORDS).exists():
        report("Indexing words", 0, len(texts))
        shutil.rmtree(kept / "making", ignore_errors=True)
        (kept / "making").mkdir()
        write_words(kept / "making", [()] * len(texts), cut)
        (kept / "making").replace(kept / _WORDS)
    collection = Collection(
        lexical=LexicalIndex.open(kept / _WORDS / "bm25", len(texts)),
        text=texts.__getitem__,
        windows=Windows(firsts([len(each) for each in cut]), apart),
        sequences=Sequences.open(kept / _WORDS),
        matrix=np.load(kept / "documents.npy", mmap_mode="r"),
    )
    return collection, embedder


def _key(texts: Sequence[str], model: str) -> str:
    told = hashlib.sha256(model.encode())
    for text in texts:
        told.update(b"\0" + text.encode())
    return told.hexdigest()[:16]


def _window_vectors(
    cut: Sequence[Sequence[str]],
    folder: Path,
    report: Progress,
    embedder: QuestionEmbedder,
) -> NDArray[np.float16]:
    """Vectors of all windows, memory-mapped; those that lack are embedded first."""
    parts = [window for each in cut for window in each]
    file, done = folder / "windows.npy", folder / "windows.done"
    at = int(done.read_text()) if done.exists() else 0
    while at < len(parts):
        report("Embedding sentences", at, len(parts))
        chunk = embedder.embed_passages(parts[at : at + _CHUNK])
        mode: Literal["r+", "w+"] = "r+" if at else "w+"
        shape = (len(parts), chunk.shape[1])
        held = np.lib.format.open_memmap(file, mode, np.float16, shape)
        held[at : at + len(chunk)] = chunk
        held.flush()
        at += len(chunk)
        done.write_text(str(at))
    found: NDArray[np.float16] = np.load(file, mmap_mode="r")
    return found
