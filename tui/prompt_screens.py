"""Small questions over the screen: yes or no, or a line of text."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from tui.plain import Plain

FRAME = """
    align: center middle;
    & > Vertical {
        width: 64; max-width: 100%; height: auto;
        border: round $border; padding: 0 1; background: $surface;
    }
    & Horizontal { height: auto; margin-top: 1; }
    & Button { margin-right: 2; }
"""


class ConfirmScreen(ModalScreen[bool]):
    """Asks before something is done that cannot be undone. Esc is no."""

    DEFAULT_CSS = f"ConfirmScreen {{ {FRAME} }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("y", "answer(True)", "Yes"),
        ("n,escape", "answer(False)", "No"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        """The question and its two answers; the harmless one has the focus."""
        with Vertical():
            yield Plain(self.question)
            with Horizontal():
                yield Button("No (n)", id="no", flat=True)
                yield Button("Yes (y)", id="yes", variant="error", flat=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by key."""
        self.dismiss(yes)


class LineScreen(ModalScreen[str | None]):
    """Asks for one line. Enter gives it; esc gives None."""

    DEFAULT_CSS = f"LineScreen {{ {FRAME} }}"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Cancel")]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self.question = question
        self.value = value

    def compose(self) -> ComposeResult:
        """The question and the box."""
        with Vertical():
            yield Plain(self.question)
            yield Input(self.value, compact=True)
            yield Plain("enter takes it · esc cancels", classes="muted")

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
