"""A question benchmark: samples with what is expected of their answers."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field, ValidationError

from assistant.answer import Status
from corpus.errors import UsageError
from corpus.models import Frozen


class ExpectedCall(Frozen):
    """A tool call that the question asks for."""

    name: str
    arguments: dict[str, Any] = Field(default_factory=dict)


class ExpectedFigure(Frozen):
    """A number that the answer must hold."""

    value: float
    unit: str | None = None
    """Such as "£", "£ a week", "£ a year", "%" or a word that follows the number;
    None where any unit will do."""
    tolerance: float | None = None
    """Absolute; None for half a percent of the value."""


class ExpectedSpan(Frozen):
    """Words of a document that the answer must quote."""

    document: str
    """Its source or title."""
    quote: str
    """Verbatim."""


Answerability = Literal[
    "answerable", "partial", "unanswerable", "underspecified", "out_of_scope", "barred"
]
"""What a question is, whatever was answered."""

_BY_STATUS: Final[dict[Status, Answerability]] = {
    "answered": "answerable",
    "not_in_evidence": "unanswerable",
    "needs_clarification": "underspecified",
    "out_of_scope": "out_of_scope",
    "declined": "barred",
}


class Expectation(Frozen):
    """What is expected of an answer; None leaves a matter open."""

    status: Status | None = None
    tool_calls: tuple[ExpectedCall, ...] | None = None
    figures: tuple[ExpectedFigure, ...] | None = None
    contains: tuple[str, ...] | None = None
    """Phrases of the answer or its citations, whatever their case."""
    documents: tuple[str, ...] | None = None
    """Sources or titles of documents to be cited."""
    providers: tuple[str, ...] | None = None
    """Settings or providers to be listed, the best first."""
    spans: tuple[ExpectedSpan, ...] | None = None
    answerability: Answerability | None = None
    """None for what the status says; "partial" has to be said."""

    @property
    def kind(self) -> Answerability | None:
        """What the question is; None where neither it nor a status is given."""
        if self.answerability or self.status is None:
            return self.answerability
        return _BY_STATUS[self.status]


class Sample(Frozen):
    """One question, or a conversation of which the last turn is scored."""

    id: str
    question: str | tuple[str, ...]
    expect: Expectation
    tags: tuple[str, ...] = ()
    author: str | None = None
    """Whose hand wrote it; None where it is not said."""
    voice: str | None = None
    """Such as "terse note" or "case description"."""
    difficulty: Literal["easy", "medium", "hard"] | None = None

    @property
    def turns(self) -> tuple[str, ...]:
        """The questions in their order."""
        return (self.question,) if isinstance(self.question, str) else self.question


def load_dataset(path: Path) -> tuple[Sample, ...]:
    """The samples of a JSON Lines file.

    Raises:
        UsageError: naming the line that is not a sample.
    """
    samples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            samples.append(Sample.model_validate_json(line))
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(map(str, problem["loc"]))
            raise UsageError(
                f"{path.name}, line {number}: {where}: {problem['msg']}."
            ) from error
    return tuple(samples)


def shipped_dataset(name: str) -> tuple[Sample, ...]:
    """A dataset that comes with the project, by its file's stem."""
    with_suffix = files("evals").joinpath("datasets", f"{name}.jsonl")
    return load_dataset(Path(str(with_suffix)))
