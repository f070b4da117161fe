"""A conversation on disk: an append-only transcript that belongs to one viewer."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from assistant.answer import Answer, Status, ToolCall
from corpus.errors import DataDirectoryError, SessionRefused
from corpus.models import Frozen
from corpus.viewer import Viewer


class Turn(Frozen):
    """One question of a conversation, and the answer that was shown."""

    asked_at: datetime
    """When it was answered, in UTC."""
    result: Answer

    @property
    def question(self) -> str:
        """As it was asked."""
        return self.result.question

    @property
    def status(self) -> Status:
        """How it ended."""
        return self.result.status

    @property
    def answer(self) -> str:
        """The answer's text."""
        return self.result.text

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        """The calls that the answer rests on."""
        return self.result.tool_calls

    @classmethod
    def of(cls, answer: Answer) -> Turn:
        """The turn of an answer given now."""
        return cls(asked_at=datetime.now(UTC).replace(microsecond=0), result=answer)

    def as_line(self) -> str:
        """The turn as kept: with where each quotation stands, to be shown again."""
        kept = self.model_dump(mode="json")
        result = kept["result"]
        for raw, marked in zip(result["citations"], self.result.citations, strict=True):
            cited = marked.citation
            raw["citation"] |= {"document_id": cited.document_id, "start": cited.start}
        for raw, table in zip(result["tables"], self.result.tables, strict=True):
            raw["row_sources"] = list(table.row_sources)
        return json.dumps(kept, ensure_ascii=False) + "\n"


class _Opening(Frozen):
    """First line of a transcript: whose it is."""

    viewer: str


@dataclass
class Session:
    """A conversation with its turns so far; in memory only where it has no file."""

    turns: list[Turn]
    path: Path | None = None
    """Its transcript, which begins to exist with the first turn that is kept."""
    viewer: Viewer = field(default_factory=Viewer)
    """Whose it is."""

    @classmethod
    def open(cls, folder: Path, name: str, viewer: Viewer) -> Session:
        """Resume the conversation of that name, or begin it.

        Raises:
            SessionRefused: for a name that no file can bear, a transcript that belongs
                to another viewer, or one that is damaged.
        """
        path = session_file(folder, name)
        return cls(_read_turns(path, viewer) if path.exists() else [], path, viewer)

    @property
    def name(self) -> str | None:
        """What it is called; None in memory only."""
        return self.path.stem if self.path else None

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """Every tool call so far, oldest first."""
        return tuple(call for turn in self.turns for call in turn.tool_calls)

    def add(self, turn: Turn) -> None:
        """Keep a turn, on disk where the session has a file.

        Raises:
            DataDirectoryError: where it cannot be written; what was kept before stays.
        """
        self.turns.append(turn)
        if self.path is None:
            return
        try:
            self._begin_file(self.path)
            _append(self.path, turn.as_line().encode())
        except OSError as error:
            raise DataDirectoryError(
                f"{str(self.path)!r} cannot be written: {error.strerror or error}.",
                "Look at its permissions and the space on its disk.",
            ) from error

    def _begin_file(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opening = _Opening(viewer=str(self.viewer)).model_dump_json() + "\n"
        with suppress(FileExistsError), path.open("x", encoding="utf-8") as transcript:
            transcript.write(opening)


def new_session_name(now: datetime) -> str:
    """A name for a conversation that begins now. It tells nothing of what is asked."""
    return f"{now:%Y-%m-%d %H.%M.%S}"


def _append(path: Path, line: bytes) -> None:
    """Add a line whole or not at all, after the last line that is whole."""
    with path.open("r+b") as transcript:
        end = transcript.seek(0, os.SEEK_END)
        if end and not _ends_line(transcript, end):  # a writer was killed half way
            transcript.seek(0)
            end = transcript.read().rfind(b"\n") + 1
            transcript.truncate(end)
        transcript.seek(end)
        try:
            transcript.write(line)
            transcript.flush()
        except OSError:
            os.truncate(path, end)
            raise


def _ends_line(transcript: IO[bytes], end: int) -> bool:
    transcript.seek(end - 1)
    return transcript.read(1) == b"\n"


def session_file(folder: Path, name: str) -> Path:
    """Where the conversation of that name is kept.

    Raises:
        SessionRefused: for a name that no file can bear.
    """
    if not re.fullmatch(r"[\w][\w .-]{0,79}", name):
        raise SessionRefused(
            f"{name!r} is no name for a session.",
            "Use letters, digits, spaces, dots, dashes and underscores.",
        )
    return folder / f"{name}.jsonl"


def _read_turns(path: Path, viewer: Viewer) -> list[Turn]:
    with _damage_told(path):
        lines = _turn_lines(path, viewer)
        return [Turn.model_validate_json(line) for line in lines]


def read_ends(path: Path, viewer: Viewer) -> tuple[int, tuple[Turn, Turn] | None]:
    """How many turns a transcript holds, and its first and last; None without any.
    The turns between, which may be hundreds, are not parsed.

    Raises:
        SessionRefused: where it is another viewer's, or its ends are damaged.
    """
    with _damage_told(path):
        lines = _turn_lines(path, viewer)
        if not lines:
            return 0, None
        first, last = map(Turn.model_validate_json, (lines[0], lines[-1]))
        return len(lines), (first, last)


def _turn_lines(path: Path, viewer: Viewer) -> list[str]:
    *lines, _unfinished = path.read_text(encoding="utf-8").split("\n")
    owner = _Opening.model_validate_json(lines[0] if lines else "").viewer
    if owner != str(viewer):
        raise SessionRefused(
            f"The session {path.stem!r} belongs to the viewer {owner!r},"
            f" not to {str(viewer)!r}.",
            f"Use --viewer {owner}, or another session name.",
        )
    return lines[1:]


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise SessionRefused(
            f"The session file {str(path)!r} is damaged.",
            "Move it away and begin another session.",
        ) from error
