"""What the terminal UI needs of the assistant, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from assistant.answer import Answer
from assistant.background import BackgroundCommand
from assistant.events import Event
from corpus.models import Citation

if TYPE_CHECKING:
    from assistant.diagnosis import Finding  # it opens tables: too slow to paint


class Holdings(Protocol):
    """What a data directory holds."""

    @property
    def kind(self) -> Literal["demonstration", "real"] | None:
        """None where there are no tables, only documents or nothing."""

    @property
    def as_at(self) -> date | None:
        """The day that the data stands for; None without tables."""

    @property
    def settings(self) -> int:
        """Registered settings."""

    @property
    def documents(self) -> int:
        """Documents read in."""

    @property
    def passages(self) -> int:
        """Passages that search can return."""

    @property
    def vectors(self) -> int:
        """Passages that search can find by meaning; the rest are found by words."""

    @property
    def stale(self) -> bool:
        """Whether the index is missing, or behind the documents."""

    @property
    def note(self) -> str:
        """A sentence for the reader; empty where there is nothing to add."""


class SourceText(Protocol):
    """A quotation in its surroundings."""

    @property
    def title(self) -> str:
        """The document's title."""

    @property
    def locator(self) -> str:
        """Page, section or paragraph."""

    @property
    def before(self) -> str:
        """Text that leads up to the quote."""

    @property
    def quote(self) -> str:
        """The quoted span, verbatim."""

    @property
    def after(self) -> str:
        """Text that follows the quote."""


class PastTurn(Protocol):
    """A question of an earlier sitting, and its answer."""

    @property
    def result(self) -> Answer:
        """The answer as it was shown, with its question."""


class Conversation(Protocol):
    """One opened data directory, and a conversation over it. Calls may block."""

    @property
    def name(self) -> str | None:
        """What it is kept as; None where it is not kept."""

    def past(self) -> Sequence[PastTurn]:
        """What has been asked so far, oldest first."""

    def resume(self, name: str | None) -> Conversation:
        """Another conversation over the same data; a new one where `name` is None.

        Raises:
            SessionRefused: it is damaged, or another viewer's.
        """

    def write(self, path: Path) -> None:
        """Write the conversation as .md, .docx or .json, by the path's suffix.

        Raises:
            UsageError: it cannot be written there.
        """

    def ask(self, question: str, stop: Callable[[], bool]) -> Iterator[Event]:
        """Answer one question; ends early once `stop()` is true."""

    def holdings(self) -> Holdings:
        """What is loaded now."""

    def source(self, citation: Citation) -> SourceText | None:
        """The quote in its document; None for tables and models."""

    def reload(self) -> None:
        """Open newer tables and a newer index, where there are any."""


class SessionSummary(Protocol):
    """One kept conversation, without its answers."""

    @property
    def name(self) -> str:
        """What it is kept as."""

    @property
    def turns(self) -> int:
        """How many questions it holds."""

    @property
    def first_question(self) -> str:
        """Empty where nothing has been asked yet."""

    @property
    def last_asked_at(self) -> datetime | None:
        """In UTC; None where nothing has been asked yet."""


class Service(Protocol):
    """A data directory that may or may not be ready to be asked."""

    def open(self) -> Conversation:
        """Open the data directory.

        Raises:
            NothingLoaded: there is neither data nor a document in it.
            PlacementsError: it cannot be used; `remedy` says what to do.
        """

    def start(self, words: Sequence[str]) -> BackgroundCommand:
        """Begin a `placements` command in a process of its own."""

    def findings(self) -> Sequence[Finding]:
        """What is installed, loaded and indexed, and what is wrong. May block."""

    def sessions(self, words: str = "") -> Sequence[SessionSummary]:
        """The reader's conversations in which the words stand, the latest first."""

    def rename_session(self, name: str, new: str) -> None:
        """Give a conversation another name.

        Raises:
            SessionRefused: the new name is taken, or cannot be borne.
        """

    def delete_session(self, name: str) -> None:
        """Delete a conversation for good.

        Raises:
            SessionRefused: it is not there.
        """
