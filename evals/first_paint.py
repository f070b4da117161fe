"""How soon the terminal UI is painted in a terminal, beside a bare Textual app."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path
from typing import Final

BARE: Final = """
from textual.app import App
from textual.widgets import Input

class Bare(App):
    def compose(self):
        yield Input(placeholder="Ask about homes")

Bare().run()
"""
PAINTED: Final = b"sk about homes"
"""The question box's hint, without the letter that the cursor stands on."""
PATIENCE: Final = 60.0
"""Seconds after which a first paint is given up."""


def bare_app() -> float:
    """Seconds from the start of a bare Textual app to its first paint."""
    return _seconds_to_paint([sys.executable, "-c", BARE])


def terminal_ui(root: Path) -> float:
    """Seconds from the start of `placements` over a data directory to its own."""
    words = [sys.executable, "-m", "assistant", "--data-dir", str(root), "chat"]
    return _seconds_to_paint(words)


def _seconds_to_paint(words: list[str]) -> float:
    started = time.perf_counter()
    process, terminal = pty.fork()
    if not process:
        os.execvpe(words[0], words, {**os.environ, "TERM": "xterm-256color"})
    try:
        _read_until_painted(terminal)
        return time.perf_counter() - started
    finally:
        os.kill(process, signal.SIGKILL)
        os.close(terminal)
        os.waitpid(process, 0)


def _read_until_painted(terminal: int) -> None:
    seen = b""
    while PAINTED not in seen:
        ready, _, _ = select.select([terminal], [], [], PATIENCE)
        if not ready:
            raise TimeoutError(f"{PAINTED!r} was not painted in {PATIENCE:.0f} s")
        seen += os.read(terminal, 65536)
