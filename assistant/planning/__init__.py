"""From a question to what is done about it: tool calls, or a reply straight away."""

from __future__ import annotations

from assistant.planning.plan import Plan
from assistant.planning.planner import plan

__all__ = ["Plan", "plan"]
