"""The conversations kept: searched, gone on with, renamed and deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList

from corpus.errors import PlacementsError
from tui.plain import Plain, PlainList
from tui.prompt_screens import ConfirmScreen, LineScreen
from tui.service import Service, SessionSummary
from tui.working import in_thread

LONGEST = 160
"""Characters of the first question that are shown."""


class SessionList(PlainList):
    """Conversations; enter goes on with one."""

    HELP = "enter goes on with the conversation, r renames it, d deletes it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "screen.rename", "Rename"),
        Binding("d,delete", "screen.delete", "Delete"),
    ]


class SessionsScreen(Screen[str | None]):
    """Gives the name of the conversation to go on with; None to stay."""

    DEFAULT_CSS = """
    SessionsScreen { padding: 0 1; }
    SessionsScreen .heading { text-style: bold; }
    SessionsScreen SessionList { height: 1fr; border: none; background: transparent; }
    SessionsScreen Footer { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("down", "list", "To the list", show=False),
        Binding("ctrl+n", "new", "New conversation"),
    ]

    @dataclass
    class Found(Message):
        """Conversations were looked up for these words."""

        words: str
        sessions: Sequence[SessionSummary]

    @dataclass
    class NewWanted(Message):
        """The reader wants to begin another conversation."""

    @dataclass
    class Moved(Message):
        """The conversation on the screen behind bears another name."""

        name: str

    def __init__(self, service: Service, current: str | None) -> None:
        super().__init__()
        self.service = service
        self.current = current
        """The conversation on the screen behind."""
        self.words = Input(placeholder="Words to search for", compact=True)
        self.listing = SessionList()
        self.none = Plain("Looking…", classes="muted")
        self.sessions: Sequence[SessionSummary] = ()

    def compose(self) -> ComposeResult:
        """The words above, the conversations that hold them below."""
        yield Plain("Conversations", classes="heading")
        yield self.words
        yield self.none
        yield self.listing
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """All of them, until words are typed."""
        self.listing.display = False
        self.look()

    @on(Input.Changed)
    def look(self) -> None:
        """Look the conversations up again."""
        self._find(self.words.value)

    @in_thread("sessions")
    def _find(self, words: str) -> None:
        self.post_message(self.Found(words, self.service.sessions(words)))

    def on_sessions_screen_found(self, message: Found) -> None:
        """List them, unless other words were typed meanwhile."""
        if message.words != self.words.value:
            return
        here = self.listing.highlighted or 0
        self.sessions = message.sessions
        self.listing.offer([_line(one, self.current) for one in self.sessions])
        self.none.show(
            "" if self.sessions else "No conversation is kept with these words."
        )
        if self.sessions:
            self.listing.highlighted = min(here, len(self.sessions) - 1)

    def action_list(self) -> None:
        """From the words to the list."""
        self.listing.focus()

    @on(Input.Submitted)
    def _first(self) -> None:
        if self.sessions:
            self.dismiss(self.sessions[self.listing.highlighted or 0].name)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self.sessions[event.option_index].name)

    def action_new(self) -> None:
        """Leave for a new conversation."""
        self.dismiss(None)
        self.app.post_message(self.NewWanted())

    @property
    def chosen(self) -> str | None:
        """Name of the highlighted conversation."""
        here = self.listing.highlighted
        return self.sessions[here].name if here is not None and self.sessions else None

    def action_rename(self) -> None:
        """Ask for another name and give it."""
        if (name := self.chosen) is not None:
            prompt = LineScreen(f"Another name for {name}", name)
            self.app.push_screen(prompt, lambda new: self._rename(name, new))

    def _rename(self, name: str, new: str | None) -> None:
        if new is None or new == name:
            return
        if self._done(lambda: self.service.rename_session(name, new)):
            self.notify(f"{name} is now {new}.", markup=False)
            if name == self.current:
                self.current = new
                self.app.post_message(self.Moved(new))
            self.look()

    def action_delete(self) -> None:
        """Delete a conversation, once that is confirmed."""
        if (name := self.chosen) is not None:
            prompt = ConfirmScreen(f"Delete the conversation {name} for good?")
            self.app.push_screen(prompt, lambda sure: self._delete(name, bool(sure)))

    def _delete(self, name: str, sure: bool) -> None:
        if sure and self._done(lambda: self.service.delete_session(name)):
            self.notify(f"Deleted {name}.", markup=False)
            if name == self.current:
                self.action_new()
            else:
                self.look()

    def _done(self, change: Callable[[], None]) -> bool:
        """Whether the change could be made; where not, the reader is told why."""
        try:
            change()
        except PlacementsError as error:
            self.notify(str(error), severity="warning", markup=False)
            return False
        return True


def _line(session: SessionSummary, current: str | None) -> str:
    """A conversation on one line."""
    asked = session.last_asked_at
    when = f"{asked.astimezone():%-d %b %Y %H:%M}" if asked else "nothing asked"
    parts = [
        session.name + (" (open)" if session.name == current else ""),
        when,
        f"{session.turns} question{'s' * (session.turns != 1)}",
        " ".join(session.first_question.split())[:LONGEST],
    ]
    return " · ".join(part for part in parts if part)
