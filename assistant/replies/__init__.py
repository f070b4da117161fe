"""What is answered without a tool: limits, small talk, and questions asked back."""

from __future__ import annotations

from assistant.replies.reply import EXAMPLES, Reply

__all__ = ["EXAMPLES", "Reply"]
