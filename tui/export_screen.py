"""Chooses the form in which the conversation is taken away."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList

from tui.plain import PlainList

FORMS = {
    "docx": "Word: the questions, answers, tables and sources",
    "md": "Markdown: the same as text",
    "json": "JSON: everything, for programs",
}


class ExportScreen(ModalScreen[str | None]):
    """Gives the suffix of the file; None to leave."""

    DEFAULT_CSS = """
    ExportScreen { align: center middle; }
    ExportScreen > Vertical {
        width: 64; max-width: 100%; height: auto;
        border: round $border; padding: 0 1; background: $surface;
    }
    ExportScreen PlainList { height: auto; border: none; background: transparent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Cancel"),
        *((str(n), f"choose({n})", "") for n in range(1, len(FORMS) + 1)),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.listing = PlainList()

    def compose(self) -> ComposeResult:
        """The forms, by number."""
        with Vertical() as frame:
            frame.border_title = "Export the conversation"
            frame.border_subtitle = "esc cancels"
            yield self.listing

    def on_mount(self) -> None:
        """The first form is the usual one."""
        self.listing.offer([f"{n}  {told}" for n, told in enumerate(FORMS.values(), 1)])
        self.listing.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_choose(event.option_index + 1)

    def action_choose(self, number: int) -> None:
        """Choose by number."""
        self.dismiss(list(FORMS)[number - 1])
