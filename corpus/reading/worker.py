"""The process that reads files apart: a path in a line, replies in JSON lines."""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any, Final

from corpus.errors import DocumentError
from corpus.reading.formats import read_events
from corpus.reading.lines import Event, Line, Step
from corpus.reading.refusals import damaged

_MEMORY: Final = 4_000_000_000
"""Bytes of address space that reading one file may take, where the system can say."""
_BATCH: Final = 500
_SIGN_OF_LIFE_S: Final = 1.0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _replies(path: Path) -> Iterator[dict[str, Any]]:
    """Batches of events; the last says that it is the last, or why it was refused."""
    batch: list[list[Any]] = []
    sent = time.monotonic()
    try:
        for event in read_events(path):
            batch.append(_written(event))
            due = time.monotonic() - sent > _SIGN_OF_LIFE_S
            if len(batch) >= _BATCH or (due and isinstance(event, Step)):
                yield {"events": batch}
                batch, sent = [], time.monotonic()
    except DocumentError as error:
        yield {"events": [], "refused": [error.message, error.remedy]}
    except MemoryError:
        yield {"events": [], "refused": _refusal("needs too much memory", path)}
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
        yield {"events": [], "refused": _refusal(why, path)}
    except Exception:  # whatever a hostile file provokes
        refusal = damaged(path, path.suffix.lstrip(".").upper())
        yield {"events": [], "refused": [refusal.message, refusal.remedy]}
    else:
        yield {"events": batch, "done": True}


def _refusal(why: str, path: Path) -> list[str]:
    return [f"{path.name!r} {why}.", "Check the file, or save its text alone."]


def _written(event: Event) -> list[Any]:
    kind = "line" if isinstance(event, Line) else type(event).__name__.lower()
    return [kind, *astuple(event)]


def main() -> None:
    """Read the files that stdin names, one after another, until it ends."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is lost
    warnings.simplefilter("ignore")
    _limit_memory()
    for request in sys.stdin.buffer:
        for reply in _replies(Path(json.loads(request))):
            out.write(json.dumps(reply).encode() + b"\n")
            out.flush()


if __name__ == "__main__":
    main()
