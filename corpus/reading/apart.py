"""Files read in a process of their own, so that no file can hang or bring down ours.

Readers of PDF and Office files are large programs given files from anywhere. The
process is started with the first such file, reads one after another, and is replaced
where it falls silent or breaks off. What it stores on the way goes with it.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any, Final

from corpus.errors import DocumentError
from corpus.reading.lines import Event, Line, Note, Step

PATIENCE_S: Final = 150.0
"""Seconds without a sign of progress after which a file is given up; one scanned page
may take 90."""

Told = Callable[[Step], None]


class _Lost(DocumentError):
    """The process ended under a file, by itself or because it was given up."""


class _Process:
    """The process under way."""

    def __init__(self) -> None:
        self._given_up = False
        self._folder = tempfile.TemporaryDirectory(prefix="placements-")
        paths = [str(Path(entry).absolute()) for entry in sys.path]
        self._running = subprocess.Popen(
            [sys.executable, "-P", "-m", "corpus.reading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(paths)}
            | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder.name),
        )

    @property
    def alive(self) -> bool:
        return self._running.poll() is None

    def read(self, path: Path, told: Told, patience: float) -> list[Line | Note]:
        requests, replies = self._running.stdin, self._running.stdout
        assert requests is not None
        assert replies is not None
        requests.write(json.dumps(str(path)).encode() + b"\n")
        requests.flush()
        found: list[Line | Note] = []
        while True:
            reply = self._reply(replies, path, patience)
            for event in map(_event, reply["events"]):
                if isinstance(event, Step):
                    told(event)
                else:
                    found.append(event)
            if reply.get("refused"):
                raise DocumentError(*reply["refused"])
            if reply.get("done"):
                return found

    def _reply(self, replies: IO[bytes], path: Path, patience: float) -> Any:
        late = Timer(patience, self._give_up)
        late.start()
        line = replies.readline()
        late.cancel()
        if line.endswith(b"\n"):
            return json.loads(line)
        why = "could not be read: its reader broke off"
        if self._given_up:
            why = f"was given up after {patience:g} seconds without progress"
        raise _Lost(
            f"{path.name!r} {why}.", "Save it again from the program that made it."
        )

    def _give_up(self) -> None:
        self._given_up = True
        self._running.kill()

    def end(self) -> None:
        """End it, and delete what it stored."""
        self._running.kill()
        self._running.wait()
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._folder.cleanup()


_LOCK: Final = Lock()
_process: _Process | None = None


def read_apart(
    path: Path, told: Told = lambda step: None, patience: float = PATIENCE_S
) -> list[Line | Note]:
    """The lines of a file and the notes on it, read in another process.

    `told` is called with each step; `patience` is in seconds without one.

    Raises:
        DocumentError: where it cannot be read; also where its reader hung or crashed.
    """
    global _process  # one process, kept from file to file
    with _LOCK:
        if _process is None or not _process.alive:
            _stop()
            _process = _Process()
        try:
            return _process.read(path.absolute(), told, patience)
        except _Lost:
            _stop()
            raise
        except DocumentError:
            raise
        except OSError as error:
            _stop()
            raise DocumentError(f"{path.name!r} could not be read.") from error
        except BaseException:
            _stop()
            raise


def stop_reading() -> None:
    """End the process, where one is under way; the next file starts another."""
    with _LOCK:
        _stop()


def _stop() -> None:
    global _process
    if _process is not None:
        _process.end()
    _process = None


def _event(written: list[Any]) -> Event:
    kind, *values = written
    if kind == "line":
        return Line(*values)
    return Note(*values) if kind == "note" else Step(*values)


atexit.register(stop_reading)
