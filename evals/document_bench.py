"""Reading documents in, and a question on them, beside a plain script."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from corpus.models import Frozen

QUESTION = "What is Kent paying per week for residential care?"


class Beside(Frozen):
    """Seconds of ours and of the plain script's."""

    told: str
    ours: float
    plain: float

    @property
    def line(self) -> str:
        """The figure as printed."""
        return (
            f"{self.told}: {self.ours:.2f} s, {self.ours / self.plain:.2f} of a plain"
            f" script's {self.plain:.2f} s"
        )


def document_figures(folder: Path, runs: int = 3) -> Iterator[str]:
    """Cold ingest, ingest again, and a cold question, on the text files of `folder`."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        ours, plain = root / "ours", root / "plain"
        yield Beside(
            told="ingesting documents from cold",
            ours=_timed(lambda: _ours(ours, "ingest", folder)),
            plain=_timed(lambda: _plain("ingest", folder, plain)),
        ).line
        again = _median(runs, lambda: _ours(ours, "ingest", folder))
        yield f"ingesting them again, nothing changed: {again:.2f} s"
        yield Beside(
            told="a question on them from cold",
            ours=_median(runs, lambda: _ours(ours, "ask", QUESTION)),
            plain=_median(runs, lambda: _plain("ask", plain, QUESTION)),
        ).line


def _median(runs: int, run: Callable[[], object]) -> float:
    return median(_timed(run) for _ in range(runs))


def _timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _ours(root: Path, command: str, about: Path | str) -> None:
    words = ["-m", "assistant", "--data-dir", str(root), command, str(about)]
    _python(*words)


def _plain(command: str, *about: Path | str) -> None:
    _python("-m", "evals.plain_script", command, *map(str, about))


def _python(*words: str) -> None:
    done = subprocess.run([sys.executable, *words], capture_output=True, check=False)
    if done.returncode not in (0, 1):  # 1: answered, but not from the documents
        raise RuntimeError(done.stderr.decode(errors="replace")[-500:])
