"""Narration on stderr: progress lines that rewrite themselves only on a terminal."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field


def say(text: str) -> None:
    """One line of narration; data goes to stdout and never through here."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


@dataclass
class Progress:
    """Tells how far a step is: in place on a terminal, at each tenth elsewhere."""

    in_place: bool = field(
        default_factory=lambda: sys.stderr.isatty() and not os.environ.get("ACCESSIBLE")
    )
    _told: tuple[str, int] = ("", -1)

    def __call__(self, step: str, done: int, total: int) -> None:
        """`done` of `total` of a step are finished."""
        if self.in_place:
            end = "\n" if done >= total else ""
            sys.stderr.write(f"\r\x1b[K{step}: {done:,} of {total:,}{end}")
            sys.stderr.flush()
            return
        tenth = done * 10 // max(total, 1)
        if (step, tenth) != self._told:
            self._told = (step, tenth)
            say(f"{step}: {done:,} of {total:,}")
