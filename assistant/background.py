"""Runs a command of ours in a process of its own, and tells what it narrates.

Long work goes through here so that a front end stays quick, can stop it, and never
holds torch in its own memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Final

from pydantic import TypeAdapter, ValidationError

from assistant.commands.narration import AS_JSON, Narration
from assistant.settings import Settings

_NARRATION: Final[TypeAdapter[Narration]] = TypeAdapter(Narration)


@dataclass(frozen=True)
class BackgroundCommand:
    """A running command. One that outlives its front end ends when it next speaks."""

    process: subprocess.Popen[str]
    """Its stderr is piped, and read by `next_narration` alone."""
    printed: IO[str]
    """Where its stdout goes."""

    def next_narration(self) -> Narration | None:
        """Wait for what it says next; None once it has ended."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            try:
                return _NARRATION.validate_json(line)
            except ValidationError:
                continue  # a library's own line
        self.process.wait()
        return None

    @property
    def succeeded(self) -> bool:
        """Whether it has ended well."""
        return self.process.poll() == 0

    def output(self) -> str:
        """What it has printed so far."""
        return os.pread(self.printed.fileno(), 50_000_000, 0).decode("utf-8", "replace")

    def stop(self) -> None:
        """Interrupt it; what it has kept already stays kept."""
        if self.process.poll() is None:
            self.process.terminate()


def run_in_background(
    words: Sequence[str], environment: dict[str, str] | None = None
) -> BackgroundCommand:
    """Begin a process whose narration and output are kept apart."""
    printed = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=printed,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, AS_JSON: "1", **(environment or {})},
    )
    return BackgroundCommand(process, printed)


def start_command(settings: Settings, words: Sequence[str]) -> BackgroundCommand:
    """Begin `placements WORDS` on the data directory of the settings."""
    ours = [sys.executable, "-m", "assistant", "--data-dir", str(settings.data_dir)]
    model = settings.embedding_model
    chosen = {
        "PLACEMENTS_CHROMA_URL": settings.chroma_url or "",
        "PLACEMENTS_EMBEDDING_MODEL": str(model) if model else "",
    }
    return run_in_background([*ours, *words], chosen)
