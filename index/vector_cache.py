"""Vectors kept by passage, so that a rebuild embeds only what is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFault

_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS vectors (model TEXT, passage_id TEXT, vector BLOB,"
    " PRIMARY KEY (model, passage_id)) WITHOUT ROWID"
)


@dataclass(frozen=True)
class VectorCache:
    """The vectors of one model. Each call stands alone: a kill loses nothing kept."""

    path: Path
    model: str

    @classmethod
    def open(cls, path: Path, model: str) -> VectorCache:
        """The cache in the SQLite file `path`, made where there is none."""
        cache = cls(path, model)
        with cache._database() as database:
            database.execute(_TABLE)
        return cache

    def known(self) -> set[str]:
        """Ids of the passages whose vector is kept."""
        chosen = "SELECT passage_id FROM vectors WHERE model = ?"
        with self._database() as database:
            return {key for (key,) in database.execute(chosen, (self.model,))}

    def add(self, passage_ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep one row of `vectors` (passages, dimensions) for each id."""
        pairs = zip(passage_ids, vectors, strict=True)
        rows = [(self.model, key, vector.tobytes()) for key, vector in pairs]
        with self._database() as database:
            database.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows
            )

    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of one or more passages, all known, in the order of the ids."""
        chosen = "SELECT passage_id, vector FROM vectors WHERE model = ?"
        with self._database() as database:
            kept = dict(database.execute(chosen, (self.model,)))
        return np.stack([np.frombuffer(kept[key], np.float32) for key in passage_ids])

    def keep_only(self, passage_ids: Collection[str]) -> None:
        """Delete every other vector, and overwrite what is deleted."""
        kept = set(passage_ids)
        gone = [(self.model, key) for key in self.known() if key not in kept]
        with self._database() as database:
            database.execute("PRAGMA secure_delete = ON")
            database.executemany(
                "DELETE FROM vectors WHERE model = ? AND passage_id = ?", gone
            )

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept together or not at all."""
        connection = sqlite3.connect(self.path, timeout=60)
        try:
            with connection:
                yield connection
        except sqlite3.DatabaseError as error:
            raise IndexFault(
                f"The vectors in {str(self.path)!r} cannot be used: {error}.",
                "Remove that file; the passages will be embedded again.",
            ) from error
        finally:
            connection.close()
