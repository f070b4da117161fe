"""A conversation so far, and what a question changes in it or refers back to."""

from __future__ import annotations

from assistant.conversation.state import Conversation

__all__ = ["Conversation"]
