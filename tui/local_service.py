"""The assistant on this machine, as the terminal UI uses it.

Its heavy imports happen when it is opened, in a thread, after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.events import Event
from assistant.indexing import IndexBuild, start_index_build
from corpus.models import Citation
from tui.service import Holdings, PastTurn, SourceText

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.settings import Settings


class LocalConversation:
    """An opened assistant and the session that its follow-up questions belong to."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._session = assistant.session
        self._past = tuple(self._session.turns)

    def past(self) -> Sequence[PastTurn]:
        """What was asked before the session was resumed, oldest first."""
        return self._past

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

    def open(self) -> LocalConversation:
        """Open the data directory and the session.

        Raises:
            NothingLoaded: there is neither data nor a document in it.
            PlacementsError: it cannot be used, or the session belongs to another
                viewer; `remedy` says what to do.
        """
        from assistant.engine import Assistant

        return LocalConversation(Assistant.open(self._settings))

    def build_demonstration(self, progress: Callable[[str], None]) -> None:
        """Build the demonstration region, telling `progress` what is being done."""
        from assistant.setup import build_demonstration

        build_demonstration(self._settings, progress)

    def start_index_build(self) -> IndexBuild:
        """Start embedding passages in a process of its own."""
        return start_index_build(self._settings)
