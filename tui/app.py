"""The terminal app: opens the data directory in the background, and shows screens."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.message import Message
from textual.screen import Screen

from assistant.events import Failed
from corpus.errors import NothingLoaded
from tui import themes
from tui.actions import ACTIONS
from tui.app_pages import NARRATIVE, Pages
from tui.asking import failure_of
from tui.chat_screen import ChatScreen
from tui.jobs import Job, JobChanged, Jobs
from tui.service import Conversation, Holdings, Service
from tui.start_screens import EmptyScreen, ProblemScreen, StartScreen
from tui.text_screen import failure_screen
from tui.welcome import unembedded
from tui.working import WorkFailed, in_thread

WIDTHS = [(0, "-narrow"), (80, "-medium"), (120, "-wide")]
"""From how many columns on which layout holds."""
HEIGHTS = [(0, "-short"), (20, "-tall")]
"""From how many rows on there is room for borders and the footer."""
INDEX_BUILD = ("index", "build", "--gently")
CHANGE_DATA = ("index", "ingest", "import", "demo")
"""Commands after which newer tables or a newer index are to be taken up."""
BY_WORDS = "Until it is done, search goes by words, not by meaning."

BY_MEANING = "Documents are now searched by meaning too."
ALL_WORK = "f8 shows all that it said."


@dataclass
class Empty(Message):
    """There is nothing in the data directory yet."""


@dataclass
class Opened(Message):
    """The data directory was opened, and holds this."""

    conversation: Conversation
    holdings: Holdings


@dataclass
class OpeningFailed(Message):
    """The data directory could not be opened."""

    failure: Failed


@dataclass
class TakenUp(Message):
    """What a job put in place is now asked; the directory holds this."""

    holdings: Holdings


class PlacementsApp(Pages, App[None]):
    """Placement knowledge, asked in plain English."""

    TITLE = "Placements"
    CSS_PATH = "chat_screen.tcss"  # of the first screen: the app reads it before
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, service: Service, directory: str, about: str) -> None:
        super().__init__()
        self.service = service
        self.directory = directory
        """Where the data is, as the reader is told."""
        self.chat = ChatScreen(about)
        self.jobs = Jobs(service.start, self.post_message)
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = themes.DARK.name

    def get_default_screen(self) -> Screen[Any]:
        """The conversation lies at the bottom: nothing is painted before it."""
        return self.chat

    def on_mount(self) -> None:
        """Paint first: opening imports the heavy libraries."""
        self.call_after_refresh(self._open)

    def on_unmount(self) -> None:
        """Leave nothing running behind."""
        self.chat.stop_asking()
        self.jobs.stop_all()

    # Opening

    @in_thread("open")
    def _open(self) -> None:
        try:
            conversation = self.service.open()
            holdings = conversation.holdings()
        except NothingLoaded:
            self.post_message(Empty())
        except Exception as error:  # shown on the problem screen, whatever it is
            self.post_message(OpeningFailed(failure_of(error)))
        else:
            empty = holdings.kind is None and not holdings.documents
            self.post_message(Empty() if empty else Opened(conversation, holdings))
        finally:
            collect_garbage_again()

    async def on_opened(self, message: Opened) -> None:
        """Show the conversation, and embed what search cannot find by meaning yet."""
        if any(isinstance(screen, StartScreen) for screen in self.screen_stack):
            while self.screen is not self.chat:
                self.pop_screen()
        await self.chat.opened(message.conversation, message.holdings)
        if message.holdings.stale or unembedded(message.holdings):
            self.action_complete_index()

    def on_empty(self) -> None:
        """Offer the demonstration, an import, or the reading of documents."""
        self._show_instead(EmptyScreen(self.directory))

    def on_opening_failed(self, message: OpeningFailed) -> None:
        """Say what is wrong, where the reader is already looking or on a screen."""
        if isinstance(self.screen, StartScreen):
            self.screen.show_failure(message.failure)
        else:
            self._show_instead(ProblemScreen(message.failure))

    def _show_instead(self, screen: StartScreen) -> None:
        if isinstance(self.screen, StartScreen):
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def on_start_screen_chosen(self, message: StartScreen.Chosen) -> None:
        """Build the demonstration, or try again."""
        if isinstance(message.screen, EmptyScreen):
            self.jobs.begin("Building the demonstration", ("demo",))
        else:
            self._open()

    # Work in the background

    def action_complete_index(self) -> None:
        """Embed what search cannot find by meaning yet."""
        if not any(job.words == INDEX_BUILD for job in self.jobs.running):
            self.jobs.begin("Indexing by meaning", INDEX_BUILD)

    def on_job_changed(self, message: JobChanged) -> None:
        """Tell of it wherever the reader is looking."""
        job = message.job
        for screen in self.screen_stack:
            if (told := getattr(screen, "job_changed", None)) is not None:
                told(job)
        self.chat.show_notice(self._work_line())
        if job.state != "running":
            self._job_ended(job)

    def _work_line(self) -> str:
        """The work under way, for the stage line."""
        if not (running := self.jobs.running):
            return ""
        first, others = running[0], len(running) - 1
        words = f" {BY_WORDS}" if first.words == INDEX_BUILD else ""
        more = f" (and {others} more: f8)" if others else ""
        return f"{first.line}{more}.{words}"

    def _job_ended(self, job: Job) -> None:
        if job.state == "failed" and job.failure is not None:
            text = f"{job.line} {job.failure.remedy}"
            self.notify(text, severity="warning", markup=False)
            return
        self.notify(_ending(job), markup=False)
        if job.words[0] in CHANGE_DATA and "--dry-run" not in job.words:
            self._take_up(self.chat.conversation)

    @in_thread("take up")
    def _take_up(self, conversation: Conversation | None) -> None:
        if conversation is None:
            self.call_from_thread(self._open)
            return
        with self.chat.asking:
            conversation.reload()
        self.post_message(TakenUp(conversation.holdings()))

    def on_taken_up(self, message: TakenUp) -> None:
        """Say what is held now, and embed what is new."""
        self.chat.show_holdings(message.holdings)

    def on_work_failed(self, message: WorkFailed) -> None:
        """A fault in a thread: what it was, and what to do."""
        self.push_screen(failure_screen(message.failure))

    # Actions

    def action_switch_theme(self) -> None:
        """Change to the next theme and name it."""
        self.theme = themes.next_theme(self.theme)
        self.notify(f"Theme: {self.theme}", markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action, with its key and its slash command, in the palette."""
        if screen is not self.chat:
            yield SystemCommand("Quit", "Leave", self.action_quit)
            return
        for action in ACTIONS:
            ways = " or ".join(filter(None, [action.key_name, f"/{action.slash}"]))
            title = f"{action.label} ({ways})"
            run = partial(self.chat.run_action, action.command)
            yield SystemCommand(title, action.help, run)


def collect_garbage_again() -> None:
    """The `chat` command has it off until the data is open: none is made till then, and
    looking for it took a fifth of the time to the first answer. What is loaded by now
    is not looked through again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _ending(job: Job) -> str:
    """What is told of a job that ended well, or was stopped."""
    if job.state == "done" and job.words == INDEX_BUILD:
        return BY_MEANING
    if job.state == "done" and job.words[0] == NARRATIVE and job.told:
        return job.told[-1]  # where the file is, and what it holds
    return f"{job.line}. {ALL_WORK}"
