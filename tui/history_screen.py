"""Searches the questions that were asked before, and brings one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from tui.plain import Plain, PlainList

MOST = 200
"""Questions listed at once."""


class HistoryScreen(ModalScreen[str | None]):
    """Type to narrow, arrows to choose, enter to take; esc gives None."""

    DEFAULT_CSS = """
    HistoryScreen { align: center middle; }
    HistoryScreen > Vertical {
        width: 90; max-width: 100%; height: 80%;
        border: round $border; padding: 0 1; background: $surface;
    }
    HistoryScreen PlainList { height: 1fr; border: none; background: transparent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Close"),
        ("down", "move(1)", "Next"),
        ("up,ctrl+r", "move(-1)", "Earlier"),
    ]

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self.questions = list(dict.fromkeys(reversed(questions)))
        """Each once, the latest first."""
        self.listing = PlainList()
        self.found: list[str] = []

    def compose(self) -> ComposeResult:
        """The box for words, and the questions that hold them all."""
        with Vertical() as frame:
            frame.border_title = "Questions asked before"
            frame.border_subtitle = "enter takes · esc closes"
            yield Input(placeholder="Words of the question", compact=True)
            yield self.listing
            yield Plain("No question holds these words.", classes="muted none")

    def on_mount(self) -> None:
        """Everything, until words are typed."""
        self.listing.can_focus = False  # the box keeps the keyboard
        self._narrow("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, words: str) -> None:
        self.found = narrowed(self.questions, words)[:MOST]
        self.listing.offer([" ".join(text.split()) for text in self.found])
        self.query_one(".none").display = not self.found

    def action_move(self, step: int) -> None:
        """Go to the next question, or the one before."""
        if self.found:
            here = self.listing.highlighted or 0
            self.listing.highlighted = (here + step) % len(self.found)

    @on(Input.Submitted)
    def _take(self) -> None:
        here = self.listing.highlighted
        self.dismiss(self.found[here] if here is not None and self.found else None)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self.found[event.option_index])


def narrowed(questions: Sequence[str], words: str) -> list[str]:
    """Those in which every word stands, in whatever case."""
    sought = words.casefold().split()
    return [
        text for text in questions if all(word in text.casefold() for word in sought)
    ]
