"""Settings of one run, composed once at the edge and handed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from corpus.data_directory import DataDirectory
from corpus.models import Frozen
from corpus.viewer import Viewer

BUILT_IN: Final = "built-in"
"""The brain that needs no language model."""


class Settings(Frozen):
    """What a caller chose, or what holds where nothing was chosen."""

    data_dir: Path
    viewer: Viewer = Viewer()
    brain: str = BUILT_IN
    """`built-in`, or any name of a LangChain chat model such as `ollama:llama3`."""
    as_at: date | None = None
    """The day that "today" means; None for the data's own as-at date."""
    session: str | None = None
    """Name of the conversation to go on with; None for one question on its own."""
    chroma_url: str | None = None
    """Chroma server that holds the vectors; None for the folder on this machine."""

    @property
    def directory(self) -> DataDirectory:
        """The data directory."""
        return DataDirectory(self.data_dir)


def default_data_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Where everything is kept unless the caller names another place."""
    chosen = environment.get("PLACEMENTS_DATA_DIR")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path  # deferred: help must stay quick

    return user_data_path("placements", appauthor=False)


def chroma_url(environment: Mapping[str, str] = os.environ) -> str | None:
    """The Chroma server of the environment; None where none is named."""
    return environment.get("PLACEMENTS_CHROMA_URL") or None
