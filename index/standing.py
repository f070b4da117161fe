"""How the index of a data directory stands, for whoever looks after it."""

from __future__ import annotations

from pathlib import Path

from corpus.data_directory import DataDirectory
from index.generations import generations_folder
from index.leases import is_held
from index.models import IndexStanding
from index.search import Searcher


def index_standing(
    directory: DataDirectory, chroma_url: str | None = None
) -> IndexStanding:
    """What is indexed, with which model, how large it is, and who holds older ones.

    Raises:
        IndexFault: where the index is damaged.
    """
    searcher = Searcher.open(directory, chroma_url)
    generation = searcher.generation
    folder = generations_folder(directory)
    kept = sorted(folder.iterdir()) if folder.is_dir() else []
    older = [one for one in kept if not generation or one != generation.folder]
    manifest = generation.manifest if generation else None
    return IndexStanding(
        **searcher.status().model_dump(),
        documents=manifest.documents if manifest else 0,
        model=manifest.model if manifest else None,
        bytes_on_disk=_size(directory.index),
        older_generations=len(older),
        older_held=sum(map(is_held, older)),
    )


def _size(folder: Path) -> int:
    """Bytes of the files below a folder; those that vanish meanwhile count nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total
