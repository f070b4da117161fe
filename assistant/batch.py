"""Answers a file of questions in one process: one JSON object a line, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer
from assistant.engine import Assistant
from assistant.session import Session
from assistant.settings import Settings
from corpus.errors import BackendFailed, ExitCode, PlacementsError, UsageError


class BatchQuestion(BaseModel):
    """One line of a dataset, as far as asking needs it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    question: str | list[str]
    """One question, or the turns of a conversation."""

    @property
    def turns(self) -> list[str]:
        """The questions in their order."""
        return [self.question] if isinstance(self.question, str) else self.question


def answer_batch(path: Path, settings: Settings) -> int:
    """Answer every question; a line that fails is told in its place.

    Raises:
        UsageError: where the file cannot be read, or a line is no question.
    """
    questions = list(_questions(path))
    assistant = Assistant.open(settings)
    failed = False
    for question in questions:
        line = _answered(question, assistant)
        failed = failed or "error" in line
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return ExitCode.BACKEND if failed else ExitCode.DONE


def _questions(path: Path) -> Iterator[BatchQuestion]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The dataset {str(path)!r} cannot be read: {error}.",
            "Name a JSON Lines file in UTF-8.",
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield BatchQuestion.model_validate_json(line)
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(map(str, problem["loc"])) or "the line"
            raise UsageError(
                f"{str(path)!r}, line {number}: {where}: {problem['msg']}.",
                'A line is {"id": "...", "question": "..." or ["...", "..."]}.',
            ) from error


def _answered(question: BatchQuestion, assistant: Assistant) -> dict[str, Any]:
    given = last_answer(question.turns, assistant)
    if isinstance(given, Answer):
        return {"id": question.id, **given.as_json()}
    error = {"kind": type(given).__name__, "message": str(given)}
    return {"id": question.id, "question": question.question, "error": error}


def last_answer(
    turns: Sequence[str], assistant: Assistant, session: Session | None = None
) -> Answer | PlacementsError:
    """The answer to a conversation's last turn, or why there is none.

    A batch goes on whatever one question does, so nothing is raised. `session` takes
    up the turns; None for one that nobody reads.
    """
    session = session or Session([])
    try:
        for turn in turns:
            answer = assistant.answer(turn, session)
    except PlacementsError as error:
        return error
    except Exception as error:
        return BackendFailed(f"{error!r}")
    return answer
