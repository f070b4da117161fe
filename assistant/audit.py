"""The audit: who asked what, which data it touched, and what was shown.

One line is added for each answer and each direct call, to a file a month. Each line
carries the hash of the line before it, so a line that was changed or taken out shows.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from assistant.answer import Answer, ToolCall
from assistant.ledger import Entry
from corpus.data_directory import DataDirectory
from corpus.errors import DataDirectoryError
from corpus.models import Citation, Frozen
from corpus.viewer import Viewer

UNWRITTEN: Final = "The audit could not be written: {reason}. Nothing else is amiss."
"""Caveat of an answer that left no line."""

_FIRST: Final = "0" * 64
_WAIT: Final = 10.0
"""Seconds that a line waits for another's; an answer is not held up for longer."""


class AuditLine(Frozen):
    """One answer, or one direct call of a tool."""

    at: datetime
    user: str
    """Account of the operating system."""
    viewer: str
    brain: str
    """`built-in` or a model's name; `tool` or `mcp` for a direct call."""
    question: str
    """Empty for a direct call."""
    status: str
    calls: tuple[ToolCall, ...]
    touched: tuple[str, ...]
    """Tables, models and documents that were cited, each once."""
    shown: str
    """The answer's text; for a direct call, its tables' titles."""
    rows_shown: int
    before: str
    """Hash of the line before this one; zeros for a month's first."""


def audit_answer(directory: DataDirectory, viewer: Viewer, answer: Answer) -> None:
    """Keep a line of an answer.

    Raises:
        DataDirectoryError: where the audit cannot be written.
    """
    cited = (marked.citation for marked in answer.citations)
    _add(
        directory,
        viewer=str(viewer),
        brain=answer.brain,
        question=answer.question,
        status=answer.status,
        calls=answer.tool_calls,
        touched=_touched(cited),
        shown=answer.text,
        rows_shown=sum(len(table.rows) for table in answer.tables),
    )


def audit_call(
    directory: DataDirectory, viewer: Viewer, way: str, entry: Entry
) -> None:
    """Keep a line of a direct call of a tool, by the way that it came.

    Raises:
        DataDirectoryError: where the audit cannot be written.
    """
    tables = entry.result.tables
    _add(
        directory,
        viewer=str(viewer),
        brain=way,
        question="",
        status="answered",
        calls=(entry.call,),
        touched=_touched(entry.result.citations),
        shown="; ".join(table.title for table in tables),
        rows_shown=sum(len(table.rows) for table in tables),
    )


def read_audit(directory: DataDirectory, since: date | None = None) -> Iterator[str]:
    """The lines as kept, oldest first, from a day on."""
    for path in _months(directory):
        for line in path.read_text(encoding="utf-8").splitlines():
            if since is None or json.loads(line)["at"][:10] >= since.isoformat():
                yield line


def broken_links(directory: DataDirectory) -> tuple[str, ...]:
    """Each place where a line does not follow from the one before; empty where none."""
    broken = []
    for path in _months(directory):
        before = _FIRST
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if _before(line) != before:
                broken.append(f"{path.name}, line {number}")
            before = _hash(line)
    return tuple(broken)


def forget_old_months(directory: DataDirectory, days: int, today: date) -> int:
    """Delete the months that ended so many days ago; how many."""
    last = (today - timedelta(days=days)).strftime("%Y-%m")
    old = [path for path in _months(directory) if path.stem < last]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _add(directory: DataDirectory, **facts: Any) -> None:
    from filelock import FileLock

    now = datetime.now(UTC).replace(microsecond=0)
    folder = _folder(directory)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=_WAIT):
            path = folder / f"{now:%Y-%m}.jsonl"
            before = _last_hash(path)
            line = AuditLine(at=now, user=_user(), before=before, **facts)
            _append(path, line.model_dump_json() + "\n")
    except OSError as error:
        raise DataDirectoryError(
            f"The audit in {str(folder)!r} cannot be written:"
            f" {error.strerror or error or 'another holds it'}.",
            "Check its permissions, and the space left on its disk.",
        ) from error


def _append(path: Path, line: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as audit:
        audit.write(line)


def _last_hash(path: Path) -> str:
    """Hash of the file's last line, read from its end."""
    try:
        with path.open("rb") as audit:
            size = audit.seek(0, os.SEEK_END)
            reach = 1 << 16
            while True:
                audit.seek(max(0, size - reach))
                lines = audit.read().decode("utf-8", "replace").splitlines()
                if len(lines) > 1 or reach >= size:
                    return _hash(lines[-1]) if lines else _FIRST
                reach *= 2
    except FileNotFoundError:
        return _FIRST


def _hash(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def _before(line: str) -> str | None:
    try:
        found = json.loads(line).get("before")
    except (json.JSONDecodeError, AttributeError):
        return None
    return found if isinstance(found, str) else None


def _touched(citations: Iterable[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{one.kind}: {one.source}" for one in citations))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return f"uid {os.getuid()}"


def _folder(directory: DataDirectory) -> Path:
    return directory.root / "audit"


def _months(directory: DataDirectory) -> list[Path]:
    return sorted(_folder(directory).glob("????-??.jsonl"))
