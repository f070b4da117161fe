"""Embeds passages in a process of its own, so that asking never imports torch."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

from pydantic import ValidationError

from assistant.settings import Settings
from corpus.models import Frozen


class IndexProgress(Frozen):
    """How far an index build is."""

    step: str
    done: int
    total: int


@dataclass(frozen=True)
class IndexBuild:
    """A running build; it ends with the process that began it, if not before."""

    process: subprocess.Popen[str]

    def next_progress(self) -> IndexProgress | None:
        """Wait for the next line of progress; None once the build has ended."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            try:
                return IndexProgress.model_validate_json(line)
            except ValidationError:
                continue  # a library's own line
        self.process.wait()
        return None

    @property
    def succeeded(self) -> bool:
        """Whether it has ended well."""
        return self.process.poll() == 0

    def stop(self) -> None:
        """End it; what is embedded already is kept."""
        self.process.terminate()


def start_index_build(settings: Settings) -> IndexBuild:
    """Begin to embed what is not embedded yet, in the background."""
    words = [sys.executable, "-m", "assistant", "--data-dir", str(settings.data_dir)]
    process = subprocess.Popen(
        [*words, "index", "build", "--json", "--gently"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    return IndexBuild(process)
