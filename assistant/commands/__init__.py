"""The commands of `placements`: what a command is, and which there are."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final

from assistant.settings import Settings

ENTRY_POINTS: Final = "placements.commands"
"""Group in which the front ends register commands of their own."""

_OURS: Final = (
    "ask", "tool", "tools", "ingest", "forget", "import_", "demo", "index", "doctor",
    "mcp", "sessions", "audit", "narrative",
)  # fmt: skip


@dataclass(frozen=True)
class Command:
    """One command: its words on the command line, and what it does."""

    name: str
    summary: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Settings], int]
    """Returns the exit code; raises a PlacementsError for the rest."""


def commands() -> list[Command]:
    """Every command, the front ends' first."""
    registered = [point.load() for point in entry_points(group=ENTRY_POINTS)]
    ours = [import_module(f"assistant.commands.{name}").COMMAND for name in _OURS]
    return [*registered, *ours]
