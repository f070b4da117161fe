"""Chroma: keeps the vectors of a generation, embedded in its folder or by URL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from corpus.data_directory import DataDirectory
from corpus.errors import IndexFault
from corpus.library import Progress
from index.fusion import DEPTH
from index.models import GenerationManifest

_BATCH: Final = 1000
"""Vectors sent to Chroma at once; its index is synchronised each 1,000."""


_CHECKED: Final = 10
"""Neighbours that must be found again once the vectors are stored."""


@dataclass(frozen=True)
class ChromaPlace:
    """Where the vectors of one generation are: a folder, or a collection by URL."""

    folder: Path
    url: str | None
    prefix: str
    """Start of the names of all collections of this data directory."""
    name: str


def place(
    directory: DataDirectory,
    folder: Path,
    manifest: GenerationManifest,
    url: str | None,
) -> ChromaPlace:
    """Where a generation's vectors are; several directories may share one server."""
    owner = hashlib.sha256(str(directory.root.absolute()).encode()).hexdigest()[:12]
    prefix = f"placements-{owner}-"
    return ChromaPlace(folder, url, prefix, prefix + manifest.generation)


def write(
    where: ChromaPlace,
    vectors: NDArray[np.float32],
    owners: Sequence[str],
    report: Progress,
) -> None:
    """Write `vectors` (passages, dimensions), each with its document's id.

    Raises:
        IndexFault: where Chroma fails, or cannot find again what it was given.
    """
    try:
        with _client(where) as client:
            found = _store(client, where, vectors, owners, report)
    except Exception as error:  # Chroma has no common root of its exceptions
        raise IndexFault(
            f"Chroma could not store the vectors: {error}.", _remedy(where)
        ) from error
    if found < min(_CHECKED, len(vectors)):
        raise IndexFault("Chroma lost vectors that it was given.", _remedy(where))


def _store(
    client: Any,
    where: ChromaPlace,
    vectors: NDArray[np.float32],
    owners: Sequence[str],
    report: Progress,
) -> int:
    """Store the vectors; how many neighbours the first of them finds again."""
    _clear(client, where)
    collection = client.create_collection(
        where.name,
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine"}},
    )
    for start in range(0, len(vectors), _BATCH):
        report("Storing vectors", start, len(vectors))
        positions = range(start, min(start + _BATCH, len(vectors)))
        collection.add(
            ids=[str(position) for position in positions],
            embeddings=vectors[start : start + _BATCH],
            metadatas=[{"document": owners[position]} for position in positions],
        )
    nearest = collection.query(query_embeddings=vectors[:1], n_results=_CHECKED)
    return len(nearest["ids"][0])


def _clear(client: Any, where: ChromaPlace) -> None:
    """Delete a half-written collection, and all but the newest of the older ones."""
    names = [c.name for c in client.list_collections() if c.name != where.name]
    older = [name for name in names if name.startswith(where.prefix)]
    if any(c.name == where.name for c in client.list_collections()):
        client.delete_collection(where.name)
    for name in older[:-1]:
        client.delete_collection(name)


def _remedy(where: ChromaPlace) -> str:
    if where.url:
        return f"Check that a Chroma server answers at {where.url!r}."
    return "Remove the index folder and ingest any document again."


@contextmanager
def _client(where: ChromaPlace) -> Iterator[Any]:
    """A client for the time of the block, whose files and sockets are then closed."""
    client = _connect(where)
    try:
        yield client
    finally:
        _close(client)


def _connect(where: ChromaPlace) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if where.url is None:
        return chromadb.PersistentClient(path=str(where.folder), settings=settings)
    parts = urlsplit(where.url)
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or 8000,
        ssl=parts.scheme == "https",
        settings=settings,
    )


def _close(client: Any) -> None:
    client.close()
    for part in (client, client._admin_client):
        session = getattr(part._server, "_session", None)
        if session is not None:  # a server's sockets, which Chroma leaves open
            session.close()


class ChromaVectors:
    """A generation's vectors in Chroma, for reading."""

    def __init__(self, where: ChromaPlace, client: Any, collection: Any) -> None:
        self._where = where
        self._client = client
        self._collection = collection

    @classmethod
    def open(cls, where: ChromaPlace, passages: int) -> ChromaVectors:
        """The vectors at a place that holds one for each of `passages`.

        Raises:
            IndexFault: where Chroma cannot be opened or holds another number.
        """
        try:
            client = _connect(where)
            collection = client.get_collection(where.name, embedding_function=None)
            count = collection.count()
        except Exception as error:  # Chroma has no common root of its exceptions
            raise IndexFault(
                f"Chroma cannot be opened: {error}.", _remedy(where)
            ) from error
        if count != passages:
            _close(client)
            raise IndexFault(
                f"Chroma holds {count} vectors, not {passages}.", _remedy(where)
            )
        return cls(where, client, collection)

    def close(self) -> None:
        """Let go of Chroma's files or sockets."""
        _close(self._client)

    def nearest(
        self, question: NDArray[np.float32], documents: Sequence[str] | None
    ) -> dict[int, float]:
        """Cosine of the `DEPTH` nearest passages by position.

        Only passages of `documents` count, where they are given.

        Raises:
            IndexFault: where Chroma fails.
        """
        try:
            found = self._collection.query(
                query_embeddings=[question],
                n_results=DEPTH,
                where={"document": {"$in": list(documents)}} if documents else None,
                include=["distances"],
            )
        except Exception as error:  # Chroma has no common root of its exceptions
            raise IndexFault(
                f"Chroma could not be searched: {error}.", _remedy(self._where)
            ) from error
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return {int(key): 1.0 - float(distance) for key, distance in pairs}
