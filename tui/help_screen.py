"""What can be done, with which key and which slash command."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from tui.actions import ACTIONS
from tui.plain import Plain

FIRST = """\
Enter sends the question, ctrl+j starts a new line in it. Up and down bring back
earlier questions while the box is empty. Tab moves between the question, the
conversation and the panel.

Letters and digits work outside the question box: 1 to 9 open the source behind a
marker such as [1]; in a list of questions they ask the question of that number.

"""
LAST = """
ctrl+p finds every action by its name.
Text selected with the mouse is copied by ctrl+c.
"""


class HelpScreen(ModalScreen[None]):
    """Closed by esc, f1 or q."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        border: round $border; padding: 0 1; background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("escape,f1,q", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """One text, which scrolls where it must."""
        with VerticalScroll() as frame:
            frame.border_title = "Help"
            frame.border_subtitle = "esc closes"
            yield Plain(help_content())


def help_content() -> Content:
    """The words of the help, made from the list of actions."""
    lines = [
        Content.assemble(
            (f"{action.key_name:<8}", "bold"),
            (f"/{action.slash:<14}", "dim"),
            action.help,
        )
        for action in ACTIONS
    ]
    return Content(
        FIRST.replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n\n")
    ) + (Content("\n").join([*lines, Content(LAST)]))
