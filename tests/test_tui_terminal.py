from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

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


@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")
def test_a_sitting_in_tmux(region_dir: Path, tmp_path: Path) -> None:
    home = shutil.copytree(region_dir, tmp_path / "region")
    shutil.rmtree(home / "sessions", ignore_errors=True)  # those of other tests
    words = [sys.executable, "-m", "assistant", "--data-dir", str(home), "chat"]
    tmux("new-session", "-d", "-x", "100", "-y", "30", shlex.join(words), at=tmp_path)
    try:
        wait_for("Finding a home", tmp_path)
        question = "Which homes near Maidstone could take a girl of 14?"
        tmux("send-keys", "-l", question, at=tmp_path)
        tmux("send-keys", "Enter", at=tmp_path)
        wait_for("settings fit a girl of 14", tmp_path)
        tmux("resize-window", "-x", "40", "-y", "15", at=tmp_path)
        wait_for("Read as: settings", tmp_path)
        tmux("resize-window", "-x", "120", "-y", "40", at=tmp_path)
        wait_for("Results", tmp_path)
        tmux("send-keys", "C-q", at=tmp_path)
        ends = time.monotonic() + PATIENCE
        while (
            time.monotonic() < ends
            and not tmux("list-sessions", at=tmp_path).returncode
        ):
            time.sleep(0.3)
        (transcript,) = (home / "sessions").glob("*.jsonl")
        assert len(transcript.read_text(encoding="utf-8").splitlines()) == 2
    finally:
        tmux("kill-server", at=tmp_path)


def tmux(*words: str, at: Path) -> subprocess.CompletedProcess[str]:
    """A server of the test's own, which reads nobody's configuration."""
    own = ["tmux", "-S", str(at / "tmux"), "-f", "/dev/null", *words]
    sized = ("COLUMNS", "LINES")  # would hide the size of tmux's own window
    env = {name: value for name, value in os.environ.items() if name not in sized}
    return subprocess.run(own, capture_output=True, text=True, check=False, env=env)


def wait_for(wanted: str, at: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while wanted not in (seen := tmux("capture-pane", "-p", at=at).stdout):
        assert time.monotonic() < ends, f"{wanted!r} was never drawn:\n{seen}"
        time.sleep(0.3)
