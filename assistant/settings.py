"""Settings of one run, composed once at the edge and handed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from corpus.data_directory import DataDirectory
from corpus.errors import UsageError
from corpus.models import Frozen
from corpus.viewer import Viewer
from index.arms import Arm

BUILT_IN: Final = "built-in"
"""The brain that needs no language model."""

MOST_DAYS: Final = 36_500
"""A hundred years."""

LONGEST_SILENCE: Final = 3600.0
"""Seconds; the most that may be set."""

MODEL_SECONDS: Final = 60.0
"""Silence after which a language model is given up, in seconds."""


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

    search: Arm = "both"
    """Documents are searched by words, by meaning, or by both; one arm alone is for
    comparison."""
    embedding_model: Path | None = None
    """Folder of the sentence-transformers model that passages are embedded with; None
    for the one that comes with the product. It is never fetched from a hub."""
    model_url: str | None = None
    """Server of a language model, such as http://127.0.0.1:11434/v1; None for the one
    that its LangChain package knows."""
    model_seconds: float = MODEL_SECONDS
    """How long a language model may be silent before the built-in brain takes over."""
    remote_child_data: bool = False
    """Whether a remote language model may read a council's own rows about children."""

    masked: bool = False
    """Whether documents are masked whoever the viewer is, as for other programs."""

    session_days: int | None = None
    """Days for which a conversation is kept after its last question; None for ever."""
    audit_days: int | None = None
    """Days for which an ended month of the audit is kept; None for ever."""

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


def embedding_model(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The embedding model of the environment; None where none is named.

    Raises:
        UsageError: where it names no folder of this machine.
    """
    named = environment.get("PLACEMENTS_EMBEDDING_MODEL")
    if not named:
        return None
    path = Path(named).expanduser().absolute()
    if not path.is_dir():
        raise UsageError(
            f"PLACEMENTS_EMBEDDING_MODEL is {named!r}, which is no folder here.",
            "Name the folder of a sentence-transformers model; none is fetched.",
        )
    return path


def model_settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """What the environment says of language models, as fields of `Settings`.

    Raises:
        UsageError: for a number of seconds, or a permission, that is none.
    """
    seconds = environment.get("PLACEMENTS_MODEL_SECONDS") or str(MODEL_SECONDS)
    allowed = environment.get("PLACEMENTS_REMOTE_CHILD_DATA") or "refuse"
    if allowed not in ("allow", "refuse"):
        raise UsageError(
            f"PLACEMENTS_REMOTE_CHILD_DATA is {allowed!r}.", "Set allow or refuse."
        )
    try:
        silence = float(seconds)
    except ValueError:
        silence = 0.0
    if not 0 < silence <= LONGEST_SILENCE:
        raise UsageError(
            f"PLACEMENTS_MODEL_SECONDS is {seconds!r}.",
            f"Set a number of seconds over 0, at most {LONGEST_SILENCE:g}.",
        )
    return {
        "model_url": environment.get("PLACEMENTS_MODEL_URL") or None,
        "model_seconds": silence,
        "remote_child_data": allowed == "allow",
    }


def retention(environment: Mapping[str, str] = os.environ) -> dict[str, int | None]:
    """For how many days conversations and audit are kept, as fields of `Settings`.

    Raises:
        UsageError: for what is no whole number of days.
    """
    names = {
        "session_days": "PLACEMENTS_SESSION_DAYS",
        "audit_days": "PLACEMENTS_AUDIT_DAYS",
    }
    return {
        field: _days(name, environment.get(name, "")) for field, name in names.items()
    }


def _days(name: str, text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) <= MOST_DAYS:
        raise UsageError(
            f"{name} is {text!r}.", f"Set a whole number of days, 1 to {MOST_DAYS:,}."
        )
    return int(text)
