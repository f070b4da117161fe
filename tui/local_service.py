"""The assistant on this machine, as the terminal UI uses it.

Its heavy imports happen when it is opened, in a thread, after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.background import BackgroundCommand, start_command
from assistant.events import Event
from corpus.models import Citation
from tui.service import Holdings, PastTurn, SessionSummary, SourceText

if TYPE_CHECKING:
    from assistant.diagnosis import Finding
    from assistant.engine import Assistant
    from assistant.session import Session
    from assistant.settings import Settings

OF_A_VIEWER = ("narrative",)
"""Background commands whose result depends on who looks."""


class LocalConversation:
    """An opened assistant and the session that its follow-up questions belong to."""

    def __init__(self, assistant: Assistant, session: Session) -> None:
        self._assistant = assistant
        self._session = session

    @property
    def name(self) -> str | None:
        """What it is kept as."""
        return self._session.name

    def past(self) -> Sequence[PastTurn]:
        """What has been asked so far, oldest first."""
        return tuple(self._session.turns)

    def resume(self, name: str | None) -> LocalConversation:
        """Another session over the same data; a new one where `name` is None."""
        return LocalConversation(self._assistant, opened_session(self._assistant, name))

    def write(self, path: Path) -> None:
        """Write the conversation as .md, .docx or .json, by the path's suffix."""
        from assistant.sessions import write_conversation

        name = self._session.name or "conversation"
        write_conversation(name, self._session.turns, path)

    def ask(self, question: str, stop: Callable[[], bool]) -> Iterator[Event]:
        """Answer one question of the session; ends early once `stop()` is true."""
        return self._assistant.ask(question, self._session, stop)

    def holdings(self) -> Holdings:
        """What is loaded now."""
        return self._assistant.holdings()

    def source(self, citation: Citation) -> SourceText | None:
        """The quote in its document; None for tables and models."""
        return self._assistant.source(citation)

    def reload(self) -> None:
        """Open newer tables and a newer index, where there are any."""
        self._assistant.reload()


class LocalService:
    """A data directory on this machine."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._viewer = settings.viewer

    def open(self) -> LocalConversation:
        """Open the data directory and the session.

        Raises:
            NothingLoaded: there is neither data nor a document in it.
            PlacementsError: it cannot be used, or the session belongs to another
                viewer; `remedy` says what to do.
        """
        from assistant.engine import Assistant

        assistant = Assistant.open(self._settings)
        self._viewer = assistant.knowledge.viewer  # its council by the usual name
        session = opened_session(assistant, self._settings.session)
        return LocalConversation(assistant, session)

    def start(self, words: Sequence[str]) -> BackgroundCommand:
        """Begin a `placements` command in a process of its own."""
        name, *others = words
        seen_by = ["--viewer", str(self._viewer)] if name in OF_A_VIEWER else []
        return start_command(self._settings, [name, *seen_by, *others])

    def findings(self) -> Sequence[Finding]:
        """What is installed, loaded and indexed, and what is wrong."""
        from assistant.diagnosis import diagnose

        return diagnose(self._settings).findings

    def sessions(self, words: str = "") -> Sequence[SessionSummary]:
        """The viewer's conversations in which the words stand, the latest first."""
        from assistant import sessions

        folder, viewer = self._settings.directory.sessions, self._viewer
        if not words.strip():
            return sessions.list_sessions(folder, viewer)
        return sessions.search_sessions(folder, viewer, words)

    def rename_session(self, name: str, new: str) -> None:
        """Give a conversation another name."""
        from assistant.sessions import rename_session

        rename_session(self._settings.directory.sessions, self._viewer, name, new)

    def delete_session(self, name: str) -> None:
        """Delete a conversation for good."""
        from assistant.sessions import delete_session

        delete_session(self._settings.directory.sessions, self._viewer, name)


def opened_session(assistant: Assistant, name: str | None) -> Session:
    """The viewer's session of that name; a new one, named by the time, for None."""
    from assistant.session import Session, new_session_name

    folder = assistant.settings.directory.sessions
    name = name or new_session_name(datetime.now())
    return Session.open(folder, name, assistant.knowledge.viewer)
