"""The exceptions of the whole project, in one tree.

PlacementsError
├── DataDirectoryError     the data directory cannot be used, or holds another kind
│   └── NothingLoaded      it holds neither tables nor documents
├── TableError             a table on disk is missing, damaged or of another layout
├── DocumentError          a document cannot be read
├── UnknownPlace           a place name is not in the gazetteer, or names several
├── IndexFault             the search index cannot be opened or built
├── ToolError
│   ├── UnknownTool        no tool of that name
│   └── InvalidArguments   arguments that do not fit the tool's schema
├── QuestionRejected       an empty or over-long question
├── SessionRefused         a session that belongs to another viewer, or is damaged
├── UsageError             command-line words that do not fit together
└── BackendFailed          a model or server behind the assistant failed

Each message names the value and the place; `remedy` names the command or change
that mends it. Exit codes are those of the command line.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    """Done, or the question was answered."""
    NOT_ANSWERED = 1
    """The question ended with any status but `answered`."""
    USAGE = 2
    """Usage, configuration or data."""
    BACKEND = 3
    """A backend failed."""
    INTERRUPTED = 130
    """Stopped by the user."""


class PlacementsError(Exception):
    """Root of the tree: something the reader can act on."""

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        """One sentence that names the value and the place."""
        self.remedy = remedy
        """What mends it; empty where nothing but the message helps."""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class DataDirectoryError(PlacementsError):
    """The data directory cannot be used, or holds another kind of data."""


class NothingLoaded(DataDirectoryError):
    """The data directory holds neither tables nor documents."""


class TableError(PlacementsError):
    """A table on disk is missing, damaged or of another layout."""


class DocumentError(PlacementsError):
    """A document cannot be read."""


class UnknownPlace(PlacementsError):
    """A place name is not in the gazetteer, or names several places."""


class IndexFault(PlacementsError):
    """The search index cannot be opened or built."""

    exit_code = ExitCode.BACKEND


class ToolError(PlacementsError):
    """A tool call that cannot be run; a model may read the message and try again."""


class UnknownTool(ToolError):
    """No tool bears that name."""


class InvalidArguments(ToolError):
    """Arguments that do not fit the tool's schema."""


class QuestionRejected(PlacementsError):
    """An empty or over-long question."""


class SessionRefused(PlacementsError):
    """A session that belongs to another viewer, or whose file is damaged."""


class UsageError(PlacementsError):
    """Command-line words that do not fit together."""


class BackendFailed(PlacementsError):
    """A model or server behind the assistant failed."""

    exit_code = ExitCode.BACKEND


class ModelFailed(BackendFailed):
    """A language model was reached, and failed before it had answered."""
