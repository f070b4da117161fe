"""What can be done, with which key and which slash command."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tui.actions import ACTIONS
from tui.text_screen import TextScreen

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


class HelpScreen(TextScreen):
    """What the focused widget does first, then everything."""

    def __init__(self, focused: Widget | None) -> None:
        here = focus_help(focused)
        super().__init__("Help", here + help_content() if here else help_content())


def focus_help(focused: Widget | None) -> Content | None:
    """What can be done where the keyboard is; None where that has no help of its own.

    Told by `HELP` of the widget, or of the nearest thing around it that has one.
    """
    around = focused.ancestors_with_self if focused is not None else ()
    for node in around:
        if isinstance(node, Widget) and node.HELP:
            lines = [Content.assemble(("Here", "bold"), f": {node.HELP}")]
            return Content("\n").join([*lines, Content("\n")])
    return None


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
