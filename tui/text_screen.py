"""A text over the screen, which scrolls where it must: help, failures, reports."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from assistant.events import Failed
from tui.plain import Plain


class TextScreen(ModalScreen[None]):
    """Closed by esc, enter or q."""

    DEFAULT_CSS = """
    TextScreen { align: center middle; }
    TextScreen VerticalScroll {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        border: round $border; padding: 0 1; background: $surface;
    }
    TextScreen.-failure VerticalScroll { border: round $error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,f1,q,enter", "dismiss", "Close"),
    ]

    def __init__(self, title: str, text: str | Content, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.heading = title
        self.text = text

    def compose(self) -> ComposeResult:
        """One text in a frame."""
        with VerticalScroll() as frame:
            frame.border_title = Content(self.heading)
            frame.border_subtitle = "esc closes"
            yield Plain(self.text)

    def on_mount(self) -> None:
        """The arrow keys scroll."""
        self.query_one(VerticalScroll).focus()


def failure_screen(failure: Failed) -> TextScreen:
    """What went wrong, and what to do."""
    text = f"{failure.message}\n\n{failure.remedy}".rstrip()
    kept = "The conversation is still there, and can go on."
    return TextScreen("Something went wrong", f"{text}\n\n{kept}", "-failure")
