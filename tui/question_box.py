"""The box in which a question is written, with the questions asked before."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from tui.actions import completion


class QuestionBox(TextArea):
    """Enter sends, ctrl+j starts a line; up and down recall when nothing is typed."""

    HELP = (
        "Write a question in your own words; enter sends it, ctrl+j starts a new line."
        " Up brings back the questions before, ctrl+r searches them. / begins a"
        " command, which the right arrow key completes. esc goes to the conversation."
    )

    @dataclass
    class Asked(Message):
        """A question, or a slash command, was sent."""

        text: str

    @dataclass
    class Leaving(Message):
        """Down was pressed in an empty box."""

    def __init__(self) -> None:
        super().__init__(
            id="question",
            placeholder="Ask about homes, costs or documents",
            tab_behavior="focus",
            highlight_cursor_line=False,
            show_line_numbers=False,
            compact=True,
        )
        self.past: list[str] = []
        """Questions to recall, oldest first."""
        self._recalled: int | None = None

    def write(self, text: str) -> None:
        """Put a text into the box, ready to be changed."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def update_suggestion(self) -> None:
        """Offer the rest of a slash command."""
        self.suggestion = completion(self.text)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default().stop()
            self._send()
        elif event.key in ("ctrl+j", "shift+enter"):
            event.prevent_default().stop()
            self.insert("\n")
        elif event.key in ("up", "down") and self._recall(
            -1 if event.key == "up" else 1
        ):
            event.prevent_default().stop()
        elif event.key == "down" and not self.text:
            event.prevent_default().stop()
            self.post_message(self.Leaving())
        elif event.key == "escape":
            event.prevent_default()  # the screen decides what it means

    def _send(self) -> None:
        if text := self.text.strip():
            self._recalled = None
            self.post_message(self.Asked(text))

    def _recall(self, step: int) -> bool:
        """Show an earlier or later question; False where the text is being edited."""
        if not self.past or self._being_edited():
            return False
        here = len(self.past) if self._recalled is None else self._recalled
        there = max(0, here + step)
        self._recalled = there if there < len(self.past) else None
        self.write("" if self._recalled is None else self.past[self._recalled])
        return True

    def _being_edited(self) -> bool:
        if self._recalled is None or self._recalled >= len(self.past):
            return bool(self.text)
        return self.text != self.past[self._recalled]
