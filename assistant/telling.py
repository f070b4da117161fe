"""Events that every brain's run tells in the same words."""

from __future__ import annotations

from assistant.events import Stage, ToolFinished
from assistant.ledger import Entry, table_with_sources
from tools.base import Knowledge
from tools.profiles import setting_profiles


def stage_of(tool: str, knowledge: Knowledge) -> Stage:
    """What is being done while a tool runs."""
    if tool == "find_providers" and knowledge.dataset.kind is not None:
        settings = len(setting_profiles(knowledge.dataset))
        return Stage(text=f"comparing {settings:,} settings")
    return Stage(text=f"searching {knowledge.searcher.passages:,} passages")


def finished(entry: Entry) -> ToolFinished:
    """A tool ended, and what it found."""
    return ToolFinished(
        name=entry.call.name,
        tables=tuple(
            table_with_sources(table, entry.markers) for table in entry.result.tables
        ),
        charts=entry.result.charts,
    )
