"""The terminal app: opens the data directory in the background, and shows screens."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from textual import work
from textual.app import App, SystemCommand
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from assistant.events import Failed
from assistant.indexing import IndexBuild
from corpus.errors import IndexFault, NothingLoaded
from tui import themes
from tui.actions import ACTIONS
from tui.asking import failure_of
from tui.chat_screen import ChatScreen
from tui.service import Conversation, Holdings, Service
from tui.start_screens import EmptyScreen, ProblemScreen, StartScreen

WIDTHS = [(0, "-narrow"), (80, "-medium"), (120, "-wide")]
"""From how many columns on which layout holds."""
HEIGHTS = [(0, "-short"), (20, "-tall")]
"""From how many rows on there is room for borders and the footer."""


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
    """The data directory could not be opened, or the demonstration not built."""

    failure: Failed


@dataclass
class Building(Message):
    """What the building of the demonstration region is doing."""

    text: str


@dataclass
class Embedding(Message):
    """How far the embedding of passages is."""

    step: str
    done: int
    total: int


@dataclass
class EmbeddingEnded(Message):
    """Every passage is embedded, and the directory now holds this."""

    holdings: Holdings


@dataclass
class EmbeddingFailed(Message):
    """Embedding ended early."""

    failure: Failed


class PlacementsApp(App[None]):
    """Placement knowledge, asked in plain English."""

    TITLE = "Placements"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, service: Service, directory: str, about: str) -> None:
        super().__init__()
        self.service = service
        self.directory = directory
        """Where the data is, as the reader is told."""
        self.chat = ChatScreen(about)
        self._embedding: IndexBuild | None = None
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = themes.DARK.name

    def on_mount(self) -> None:
        """Paint first: opening imports the heavy libraries."""
        self.push_screen(self.chat)
        self.call_after_refresh(self._open)

    def on_unmount(self) -> None:
        """Leave nothing running behind."""
        self.chat.stop_asking()
        if self._embedding is not None:
            self._embedding.stop()

    # Opening

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
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

    async def on_opened(self, message: Opened) -> None:
        """Show the conversation, and embed what search cannot find by meaning yet."""
        if isinstance(self.screen, StartScreen):
            self.pop_screen()
        await self.chat.opened(message.conversation, message.holdings)
        if message.holdings.vectors < message.holdings.passages:
            self._embed(message.conversation)

    def on_empty(self) -> None:
        """Offer to build the demonstration."""
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
            self._build()
        else:
            self._open()

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _build(self) -> None:
        try:
            self.service.build_demonstration(self._tell)
        except Exception as error:  # shown where the reader is looking
            self.post_message(OpeningFailed(failure_of(error)))
        else:
            self.call_from_thread(self._open)

    def _tell(self, text: str) -> None:
        self.post_message(Building(text))

    def on_building(self, message: Building) -> None:
        """Show how far the demonstration is."""
        if isinstance(self.screen, StartScreen):
            self.screen.progress.show(message.text)

    # Embedding of passages

    @work(thread=True, exclusive=True, group="embed", exit_on_error=False)
    def _embed(self, conversation: Conversation) -> None:
        try:
            self._embedding = self.service.start_index_build()
            self._follow(self._embedding)
            with self.chat.asking:
                conversation.reload()
                holdings = conversation.holdings()
        except Exception as error:  # search goes on by words
            if not get_current_worker().is_cancelled:
                self.post_message(EmbeddingFailed(failure_of(error)))
        else:
            self.post_message(EmbeddingEnded(holdings))

    def _follow(self, build: IndexBuild) -> None:
        with build.process:  # waits for it, and closes its output
            while (progress := build.next_progress()) is not None:
                done, total = progress.done, progress.total
                self.post_message(Embedding(progress.step, done, total))
        if not build.succeeded:
            raise IndexFault(
                "Embedding the passages ended early.",
                "Search goes on by words; `placements index build` says what is wrong.",
            )

    def on_embedding(self, message: Embedding) -> None:
        """Say how far it is, in the stage line."""
        self.chat.show_notice(
            f"{message.step}: {message.done:,} of {message.total:,}. "
            "Until it is done, search goes by words, not by meaning."
        )

    def on_embedding_ended(self, message: EmbeddingEnded) -> None:
        """Say what search can do now."""
        self.chat.show_notice("")
        self.chat.show_holdings(message.holdings)
        self.notify("Documents are now searched by meaning too.", markup=False)

    def on_embedding_failed(self, message: EmbeddingFailed) -> None:
        """Say what search has to do without."""
        self.chat.show_notice("")
        text = f"{message.failure.message} {message.failure.remedy}"
        self.notify(text, severity="warning", markup=False)

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
            title = f"{action.label} ({action.key_name} or /{action.slash})"
            callback = getattr(self.chat, f"action_{action.name}")
            yield SystemCommand(title, action.help, callback)
