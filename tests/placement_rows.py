"""Rows about children for tests to work figures out from, apart from the product."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.dataset import Dataset
from corpus.models import Frozen
from corpus.viewer import Viewer
from tools.base import Knowledge, Result
from tools.registry import call_tool
from tools.shown import Shown


def knowledge_of(root: Path) -> Knowledge:
    return Assistant.open(Settings(data_dir=root)).knowledge


def asked(
    knowledge: Knowledge, tool: str, viewer: str = "region", **arguments: Any
) -> Result[Any]:
    seen = replace(knowledge, viewer=Viewer.parse(viewer))
    return call_tool(tool, arguments, seen)


def placements_of(dataset: Dataset) -> pd.DataFrame:
    frame = dataset.frame("placements").copy()
    frame["started"] = pd.to_datetime(frame["started"])
    frame["ended"] = pd.to_datetime(frame["ended"])
    parts = frame[["weekly_social_care", "weekly_education", "weekly_health"]]
    frame["cost"] = parts.astype(float).fillna(0).sum(axis=1)
    frame.loc[frame["weekly_social_care"].isna(), "cost"] = float("nan")
    return frame


def under_way(frame: pd.DataFrame, on: date) -> pd.DataFrame:
    day = pd.Timestamp(on)
    rows = frame[(frame["started"] <= day) & ~(frame["ended"] <= day)].copy()
    rows["age"] = rows["age_at_start"] + (day - rows["started"]).dt.days // 365.25
    return rows


def figures_in(data: Frozen) -> list[Shown]:
    """Every figure that stands anywhere in a tool's data."""
    found: list[Shown] = []
    waiting: list[object] = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Shown):
            found.append(item)
        elif isinstance(item, Frozen):
            waiting += [getattr(item, name) for name in type(item).model_fields]
        elif isinstance(item, dict):
            waiting += item.values()
        elif isinstance(item, tuple | list):
            waiting += item
    return found
