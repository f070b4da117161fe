"""Leases: a reader holds its generation, and what nobody holds may be cleared."""

from __future__ import annotations

import os
import shutil
import weakref
from importlib import import_module
from pathlib import Path
from typing import Any, Final

fcntl: Any
try:
    fcntl = import_module("fcntl")
except ImportError:  # a system without it: nothing is known to be free
    fcntl = None

LEASE: Final = "lease"
"""File of a generation that its readers lock together, and a clearer alone."""


def offer(folder: Path) -> None:
    """Make the file by which readers hold the generation in `folder`."""
    (folder / LEASE).touch(mode=0o600)


def take(folder: Path) -> int | None:
    """Hold the generation in `folder`; the open file, or None where there is no lease.

    While it is being cleared this waits, and what is then opened is not found. A kill
    ends the lease as the end of the process does.
    """
    if fcntl is None:
        return None
    try:
        lease = os.open(folder / LEASE, os.O_RDONLY)
    except OSError:  # of an earlier version, or cleared away
        return None
    fcntl.flock(lease, fcntl.LOCK_SH)
    return lease


def give_back(lease: int | None) -> None:
    """End a lease."""
    if lease is not None:
        os.close(lease)


def until_gone(reader: Any, lease: int | None) -> None:
    """End a lease when its reader is no longer used."""
    if lease is not None:
        weakref.finalize(reader, os.close, lease)


def is_held(folder: Path) -> bool:
    """Whether a reader, in this process or another, holds the generation."""
    return not _alone(folder, lambda: None)


def clear(folder: Path) -> bool:
    """Delete a generation that nobody holds; whether it was deleted."""
    return _alone(folder, lambda: _delete(folder))


def _delete(folder: Path) -> None:
    """Take a generation out of its place at once, so that nobody opens half of it."""
    gone = folder.with_name(f".gone-{folder.name.lstrip('.')}-{os.getpid()}")
    try:
        folder.rename(gone)
    except OSError:  # another has taken it away, or it may not be moved
        gone = folder
    shutil.rmtree(gone, ignore_errors=True)


def _alone(folder: Path, act: Any) -> bool:
    """Act while no reader holds the generation; False where one does."""
    if fcntl is None:
        return False
    try:
        lease = os.open(folder / LEASE, os.O_RDONLY)
    except OSError:  # nobody can hold it
        act()
        return True
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        act()
    except BlockingIOError:
        return False
    finally:
        os.close(lease)
    return True
