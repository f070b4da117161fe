from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

PATIENCE = 60.0
"""Seconds for a process to start or to end on a busy machine."""


def read_until(master: int, wanted: bytes) -> bytes:
    """What the terminal shows, up to and with `wanted`."""
    seen = b""
    while wanted not in seen:
        ready, _, _ = select.select([master], [], [], PATIENCE)
        assert ready, f"{wanted!r} was never drawn"
        seen += os.read(master, 65536)
    return seen


def test_closing_the_terminal_ends_the_app_though_its_caller_holds_hang_ups_back(
    region_dir: Path,
) -> None:
    master, slave = pty.openpty()
    words = [sys.executable, "-m", "assistant", "--data-dir", str(region_dir), "chat"]
    app = subprocess.Popen(
        ["sh", "-c", 'trap : HUP; "$@"', "sh", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "xterm-256color"},
        preexec_fn=_lead_the_terminal,
    )
    os.close(slave)
    try:
        read_until(master, b"Ask about homes")
        os.close(master)
        assert app.wait(PATIENCE) != 0
    finally:
        app.kill()
        app.wait()


def _lead_the_terminal() -> None:
    import fcntl
    import termios

    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
