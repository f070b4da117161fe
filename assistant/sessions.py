"""Conversations kept: listed, searched, renamed, deleted and exported."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from assistant.exporting import (
    Block,
    Heading,
    Note,
    Paragraph,
    References,
    TableBlock,
    markdown_of,
    write_word,
)
from assistant.session import Session, Turn, read_ends, session_file
from corpus.errors import SessionRefused, UsageError
from corpus.models import Frozen
from corpus.text import comparable_name
from corpus.viewer import Viewer

Format = Literal["md", "docx", "json"]
FORMATS: Final[tuple[Format, ...]] = ("md", "docx", "json")


class SessionSummary(Frozen):
    """One conversation of a viewer, without its answers."""

    name: str
    turns: int
    first_question: str
    """Empty where nothing has been asked yet."""
    last_asked_at: datetime | None
    """None where nothing has been asked yet."""


def list_sessions(folder: Path, viewer: Viewer) -> tuple[SessionSummary, ...]:
    """The viewer's own conversations, the latest first; others' are not told of."""
    least = datetime.min.replace(tzinfo=UTC)
    found = _own(folder, viewer)
    return tuple(sorted(found, key=lambda s: s.last_asked_at or least, reverse=True))


def search_sessions(
    folder: Path, viewer: Viewer, words: str
) -> tuple[SessionSummary, ...]:
    """The viewer's conversations in which every word stands, in any turn or name."""
    sought = comparable_name(words).split()
    return tuple(
        summary
        for summary in list_sessions(folder, viewer)
        if _holds(folder, viewer, summary.name, sought)
    )


def rename_session(folder: Path, viewer: Viewer, name: str, new: str) -> None:
    """Give a conversation another name.

    Raises:
        SessionRefused: where it is not there or not the viewer's, or the new name is
            taken or cannot be borne.
    """
    path = _existing(folder, viewer, name)
    target = session_file(folder, new)
    try:
        os.link(path, target)  # fails where the name is taken, also at the same moment
    except FileExistsError as error:
        raise SessionRefused(
            f"There is a session {new!r} already.", "Choose another name."
        ) from error
    path.unlink()


def delete_session(folder: Path, viewer: Viewer, name: str) -> None:
    """Delete a conversation for good.

    Raises:
        SessionRefused: where it is not there, or not the viewer's.
    """
    _existing(folder, viewer, name).unlink()


def forget_old_sessions(folder: Path, days: int) -> int:
    """Delete conversations that nobody has added to for so many days; how many."""
    before = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    old = [path for path in folder.glob("*.jsonl") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def export_session(folder: Path, viewer: Viewer, name: str, path: Path) -> None:
    """Write a conversation as Markdown, Word or JSON, by the file's suffix.

    Raises:
        SessionRefused: where it is not there, or not the viewer's.
        UsageError: for another suffix, or a file that cannot be written.
    """
    _existing(folder, viewer, name)
    write_conversation(name, Session.open(folder, name, viewer).turns, path)


def write_conversation(name: str, turns: list[Turn], path: Path) -> None:
    """Write turns as Markdown, Word or JSON, by the file's suffix.

    Raises:
        UsageError: for another suffix, or a file that cannot be written.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix == "docx":
        write_word(_blocks(name, turns), path)
        return
    if suffix not in FORMATS:
        raise UsageError(
            f"{path.name!r} is of no format that is written.",
            f"Name it .{', .'.join(FORMATS)}.",
        )
    as_text = _json if suffix == "json" else _markdown
    try:
        path.write_text(as_text(name, turns), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{str(path)!r} cannot be written: {error.strerror or error}.",
            "Choose another file.",
        ) from error


def _own(folder: Path, viewer: Viewer) -> Iterator[SessionSummary]:
    """The viewer's conversations; damaged ones and others' are passed over."""
    for path in sorted(folder.glob("*.jsonl")):
        with suppress(SessionRefused):
            yield _summary(session_file(folder, path.stem), viewer)


def _summary(path: Path, viewer: Viewer) -> SessionSummary:
    turns, ends = read_ends(path, viewer)
    return SessionSummary(
        name=path.stem,
        turns=turns,
        first_question=ends[0].question if ends else "",
        last_asked_at=ends[1].asked_at if ends else None,
    )


def _holds(folder: Path, viewer: Viewer, name: str, sought: list[str]) -> bool:
    """Whether every word stands in it; in a damaged one nothing can be found."""
    try:
        turns = Session.open(folder, name, viewer).turns
    except SessionRefused:
        return False
    said = [name, *(f"{turn.question} {turn.answer}" for turn in turns)]
    text = comparable_name(" ".join(said))
    return all(word in text for word in sought)


def _existing(folder: Path, viewer: Viewer, name: str) -> Path:
    path = session_file(folder, name)
    if not path.exists():
        raise SessionRefused(
            f"There is no session {name!r}.", "See `placements sessions list`."
        )
    Session.open(folder, name, viewer)  # refuses another viewer's
    return path


def _markdown(name: str, turns: list[Turn]) -> str:
    return markdown_of(_blocks(name, turns))


def _json(name: str, turns: list[Turn]) -> str:
    told = [
        {"asked_at": turn.asked_at.isoformat(), **turn.result.as_json()}
        for turn in turns
    ]
    exported = {"session": name, "turns": told}
    return json.dumps(exported, ensure_ascii=False, indent=1) + "\n"


def _blocks(name: str, turns: list[Turn]) -> Iterator[Block]:
    yield Heading(text=f"Conversation: {name}", level=0)
    for number, turn in enumerate(turns, start=1):
        answer = turn.result
        yield Heading(text=f"{number}. {answer.question}", level=1)
        asked = f"{turn.asked_at:%-d %B %Y, %H:%M} UTC; {answer.brain}"
        understood = f"; read as: {answer.understood}" if answer.understood else ""
        yield Note(text=asked + understood)
        yield Paragraph(text=answer.text.replace("**", ""))
        for table in answer.tables:
            yield TableBlock(table=table, caption=table.title)
        for caveat in answer.caveats:
            yield Note(text=caveat)
        if answer.citations:
            yield Heading(text="Sources", level=2)
            cited = tuple((m.marker, m.citation) for m in answer.citations)
            yield References(citations=cited)
