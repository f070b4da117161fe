"""How the tests of arguments read a question: as of a fixed day, by tool."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from assistant.arguments import ReadArguments, read_arguments
from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.viewer import Viewer
from tools.base import Knowledge

AS_AT = date(2026, 3, 31)
"""The day from which "last year" counts in the tests."""


@cache
def knowledge_of(region_dir: Path, council: str | None = None) -> Knowledge:
    """What the small region holds, seen as of `AS_AT`."""
    held = replace(Assistant.open(Settings(data_dir=region_dir)).knowledge, as_at=AS_AT)
    if council is None:
        return held
    return replace(held, viewer=Viewer(role="council", local_authority=council))


def read(
    region_dir: Path, tool: str, question: str, council: str | None = None
) -> ReadArguments:
    """How a question is read for a tool."""
    return read_arguments(tool, question, knowledge_of(region_dir, council))


def stated(region_dir: Path, tool: str, question: str) -> dict[str, Any]:
    """The arguments that a question states for a tool."""
    return read(region_dir, tool, question).arguments
