"""Where everything is kept: the layout of a data directory and its manifest."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from corpus.errors import DataDirectoryError
from corpus.models import Frozen

Kind = Literal["demonstration", "real"]


class Manifest(Frozen):
    """What the tables of a data directory are."""

    kind: Kind
    as_at: date
    """The day to which the tables speak; relative dates count from it."""
    tables: str
    """Folder under `tables/` that holds the current tables."""
    dates: dict[str, date] = Field(default_factory=dict)
    """For tables that speak to another day than `as_at`, theirs, by table."""
    seed: int | None = None
    """Seed of a demonstration region; None for real data."""


@dataclass(frozen=True)
class DataDirectory:
    """The paths under one data directory; two directories never mix."""

    root: Path

    @property
    def manifest_path(self) -> Path:
        """File that says which tables are current; absent where none are loaded."""
        return self.root / "manifest.json"

    @property
    def tables(self) -> Path:
        """Folder of table generations."""
        return self.root / "tables"

    @property
    def documents(self) -> Path:
        """Folder of the document library."""
        return self.root / "documents"

    @property
    def index(self) -> Path:
        """Folder of index generations, vectors and the exported model."""
        return self.root / "index"

    @property
    def sessions(self) -> Path:
        """Folder of conversation transcripts."""
        return self.root / "sessions"

    @property
    def narratives(self) -> Path:
        """Folder of sufficiency statements drafted by asking."""
        return self.root / "narratives"

    @property
    def lock(self) -> Path:
        """Lock file that a writer holds."""
        return self.root / ".writer.lock"

    def create(self) -> None:
        """Make the directory, readable by its owner alone.

        Raises:
            DataDirectoryError: where it cannot be made or written.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DataDirectoryError(
                f"The data directory {str(self.root)!r} cannot be made:"
                f" {error.strerror}.",
                "Name another with --data-dir or PLACEMENTS_DATA_DIR.",
            ) from error
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise DataDirectoryError(
                f"The data directory {str(self.root)!r} cannot be written.",
                "Change its permissions, or name another with --data-dir.",
            )

    def manifest(self) -> Manifest | None:
        """What the tables are; None where none are loaded.

        Raises:
            DataDirectoryError: where the manifest cannot be read.
        """
        try:
            text = self.manifest_path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataDirectoryError(
                f"The data directory {str(self.root)!r} cannot be read:"
                f" {error.strerror}.",
                "Change its permissions, or name another with --data-dir.",
            ) from error
        try:
            return Manifest.model_validate_json(text)
        except ValidationError as error:
            raise DataDirectoryError(
                f"{str(self.manifest_path)!r} is damaged.",
                "Run `placements demo` again, or import the tables again.",
            ) from error

    def write_manifest(self, manifest: Manifest) -> None:
        """Make `manifest` the current one by one atomic rename."""
        replace_file(self.manifest_path, manifest.model_dump_json(indent=1) + "\n")


def replace_file(path: Path, text: str) -> None:
    """Write `text` beside `path` and rename it into place: whole, or not at all."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def read_json(path: Path) -> object:
    """The JSON of a file of ours.

    Raises:
        DataDirectoryError: where it is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise DataDirectoryError(
            f"{str(path)!r} is not JSON: {error}.", "Remove it and run again."
        ) from error
