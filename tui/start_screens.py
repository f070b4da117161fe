"""Shown instead of the conversation: nothing is loaded, or it cannot be opened."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Footer

from assistant.events import Failed
from tui.jobs import Job
from tui.plain import Plain

EMPTY = """\
There is neither data nor a document in {directory} yet.

Press d to build the demonstration region: every provider, home, child and price in \
it is invented. Or load your own: i loads tables (Ofsted's list, SSDA903 returns, \
DfE statistics, a census, spreadsheets), r reads documents (reports, statements of \
purpose, sufficiency statements). A directory holds the demonstration or real tables, \
never both.

The same from the command line:

  placements --data-dir {quoted} demo
  placements --data-dir {quoted} import ofsted FILE
  placements --data-dir {quoted} ingest FOLDER"""


class StartScreen(Screen[None]):
    """A text and what can be done about it."""

    DEFAULT_CSS = """
    StartScreen VerticalScroll { padding: 1 2; }
    StartScreen .heading { text-style: bold; margin-bottom: 1; }
    StartScreen Button { margin-top: 1; }
    StartScreen #progress { margin-top: 1; color: $text-accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("q", "app.quit", "Quit")]
    HEADING = ""
    BUTTON = ""

    @dataclass
    class Chosen(Message):
        """The reader wants what the screen offers."""

        screen: StartScreen

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.progress = Plain(id="progress")

    def compose(self) -> ComposeResult:
        """Heading, text and the one button."""
        with VerticalScroll():
            yield Plain(self.HEADING, classes="heading")
            yield Plain(self.text)
            yield Button(self.BUTTON, variant="primary", flat=True)
            yield self.progress
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Enter presses the button."""
        self.query_one(Button).focus()

    @on(Button.Pressed)
    def action_choose(self) -> None:
        """Do what the screen offers, once."""
        button = self.query_one(Button)
        if not button.disabled:
            button.disabled = True
            self.post_message(self.Chosen(self))

    def job_changed(self, job: Job) -> None:
        """Say how far the work is that will put data in place, or why it is not."""
        self.progress.show(job.line if job.failure is None else job.text)
        if job.state in ("failed", "stopped"):
            self.query_one(Button).disabled = False

    def show_failure(self, failure: Failed) -> None:
        """Say what went wrong, and let it be tried again."""
        self.progress.show(f"{failure.message}\n{failure.remedy}".rstrip())
        self.query_one(Button).disabled = False


class EmptyScreen(StartScreen):
    """Offers the demonstration region, or says how to load real data."""

    HEADING = "Nothing is loaded"
    BUTTON = "Build the demonstration region (d)"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("d", "choose", "Build the demonstration"),
        ("i", "app.load_tables", "Load tables"),
        ("r", "app.read_documents", "Read documents"),
    ]

    def __init__(self, directory: str) -> None:
        text = EMPTY.format(directory=directory, quoted=shlex.quote(directory))
        super().__init__(text)


class ProblemScreen(StartScreen):
    """The data directory cannot be used; says why, and what to run."""

    HEADING = "The data directory cannot be opened"
    BUTTON = "Try again (r)"
    BINDINGS: ClassVar[list[BindingType]] = [("r", "choose", "Try again")]

    def __init__(self, failure: Failed) -> None:
        super().__init__(f"{failure.message}\n\n{failure.remedy}".rstrip())
