"""What the terminal UI needs of the assistant, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal, Protocol

from assistant.answer import Status
from assistant.events import Event
from assistant.indexing import IndexBuild
from corpus.models import Citation


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
    def question(self) -> str:
        """As it was asked."""

    @property
    def status(self) -> Status:
        """How it ended."""

    @property
    def answer(self) -> str:
        """The answer's Markdown."""


class Conversation(Protocol):
    """One opened data directory, and a conversation over it. Calls may block."""

    def past(self) -> Sequence[PastTurn]:
        """What was asked before, oldest first, where a session is resumed."""

    def ask(self, question: str, stop: Callable[[], bool]) -> Iterator[Event]:
        """Answer one question; ends early once `stop()` is true."""

    def holdings(self) -> Holdings:
        """What is loaded now."""

    def source(self, citation: Citation) -> SourceText | None:
        """The quote in its document; None for tables and models."""

    def reload(self) -> None:
        """Open newer tables and a newer index, where there are any."""


class Service(Protocol):
    """A data directory that may or may not be ready to be asked."""

    def open(self) -> Conversation:
        """Open the data directory.

        Raises:
            NothingLoaded: there is neither data nor a document in it.
            PlacementsError: it cannot be used; `remedy` says what to do.
        """

    def build_demonstration(self, progress: Callable[[str], None]) -> None:
        """Build the demonstration region, telling `progress` what is being done."""

    def start_index_build(self) -> IndexBuild:
        """Start embedding what search cannot find by meaning yet."""
