"""Where the learned model lies: beside the index, or shipped with the program."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.intents.examples import examples, fingerprint
from assistant.intents.model import IntentModel
from corpus.data_directory import DataDirectory
from corpus.library import Progress
from index.embedding import QuestionEmbedder, exported_model

FILE: Final = "intents.npz"
SHIPPED: Final = files("assistant.intents").joinpath("by_words.npz")
"""Learned without embeddings; `python -m assistant.intents` writes it."""
_BATCH: Final = 64


def keep_intents(directory: DataDirectory, report: Progress) -> None:
    """Learn intent with the exported model, where that is not done yet.

    Does nothing where no embedding model has been exported.

    Raises:
        IndexFault: where the exported model cannot be used.
    """
    described = exported_model(directory.index / "model")
    if described is None or kept_model(directory) is not None:
        return
    report("Learning what questions want", 0, 1)
    from assistant.intents.learning import learn, lesson
    from corpus.geography import Gazetteer

    embedder = QuestionEmbedder.open(directory.index / "model")

    taught = lesson(examples(), Gazetteer.load(), partial(in_batches, embedder))
    learn(taught, described.name).save(directory.index / FILE)


def in_batches(embedder: QuestionEmbedder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors (texts, dimensions), texts of like length embedded together."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    parts = [
        embedder.embed([texts[at] for at in order[start : start + _BATCH]])
        for start in range(0, len(order), _BATCH)
    ]
    vectors = np.concatenate(parts)
    found = np.empty_like(vectors)
    found[order] = vectors
    return found


def kept_model(directory: DataDirectory) -> IntentModel | None:
    """The model learned with the embedding model that is exported; None without."""
    file = directory.index / FILE
    described = exported_model(directory.index / "model")
    try:
        model = _load(file, file.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None
    current = described is not None and (
        model.origin.embedding == described.name
        and model.origin.examples == fingerprint()
    )
    return model if current else None


@lru_cache(maxsize=4)
def _load(file: Path, changed: int) -> IntentModel:
    return IntentModel.load(file)


@lru_cache(maxsize=1)
def shipped_model() -> IntentModel:
    """The one that needs no embeddings."""
    with as_file(SHIPPED) as file:
        return IntentModel.load(file)
