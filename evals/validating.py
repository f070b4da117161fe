"""What is wrong with the questions of a dataset, told to whoever writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import ValidationError

from corpus.errors import PlacementsError, UsageError
from corpus.models import Frozen
from evals.dataset import ExpectedCall, Sample
from evals.versions import SHIPPED, manifest, open_dataset

if TYPE_CHECKING:
    from tools.base import Knowledge

Weight = Literal["error", "advice"]
UNITS: Final = ("£", "£ a week", "£ a year", "£ a month", "£ a night", "%")
"""Units of a figure; any other is a word that must follow the number."""


class Complaint(Frozen):
    """One thing wrong with one line."""

    line: int
    weight: Weight
    told: str


@dataclass
class Validator:
    """Reads a dataset line by line, and holds it to the tools and what is held."""

    path: Path
    knowledge: Knowledge | None = None
    """To look names and documents up in; None where nothing is loaded."""
    _ids: dict[str, int] = field(default_factory=dict)
    _turns: dict[tuple[str, ...], str] = field(default_factory=dict)

    def complaints(self) -> list[Complaint]:
        """Everything wrong, in the order of the lines.

        Raises:
            UsageError: where the file cannot be read.
        """
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"The dataset {str(self.path)!r} cannot be read: {error}.",
                "Name a JSON Lines file in UTF-8.",
            ) from error
        self._turns |= self._asked_elsewhere()
        return [
            Complaint(line=number, weight=weight, told=told)
            for number, line in enumerate(lines, start=1)
            if line.strip()
            for weight, told in self._line(number, line)
        ]

    def _asked_elsewhere(self) -> dict[tuple[str, ...], str]:
        """The shipped questions of other files, by their turns."""
        return {
            sample.turns: f"{name}, {sample.id}"
            for name in manifest()
            if (SHIPPED / f"{name}.jsonl").resolve() != self.path.resolve()
            for sample in open_dataset(name).samples
        }

    def _line(self, number: int, line: str) -> Iterator[tuple[Weight, str]]:
        try:
            raw = json.loads(line)
            sample = Sample.model_validate(raw)
        except json.JSONDecodeError as error:
            yield "error", f"is no JSON: {error.msg} at column {error.colno}"
            return
        except ValidationError as error:
            for problem in error.errors():
                where = ".".join(map(str, problem["loc"])) or "the line"
                yield "error", f"{where}: {problem['msg'].lower()}"
            return
        yield from self._twice(number, sample)
        yield from _expectation(sample)
        for call in sample.expect.tool_calls or ():
            yield from _call(call)
        if self.knowledge is not None:
            yield from _held(sample, self.knowledge)
        yield from _description(sample)

    def _twice(self, number: int, sample: Sample) -> Iterator[tuple[Weight, str]]:
        if (first := self._ids.setdefault(sample.id, number)) != number:
            yield "error", f"the id {sample.id!r} stands on line {first} too"
        here = f"line {number}"
        if (before := self._turns.setdefault(sample.turns, here)) != here:
            yield "error", f"the same question is asked already: {before}"
        if not all(turn.strip() for turn in sample.turns) or not sample.turns:
            yield "error", "a turn is empty"


def _expectation(sample: Sample) -> Iterator[tuple[Weight, str]]:
    expect = sample.expect
    if not expect.model_dump(exclude_none=True):
        yield "error", "nothing is expected, so nothing can be scored"
    if expect.status is None:
        yield "advice", "no status is expected"
    elif expect.status != "answered" and (expect.tool_calls or expect.figures):
        yield "error", f"calls or figures are expected of what is {expect.status}"
    for figure in expect.figures or ():
        unit = figure.unit
        if unit and unit not in UNITS and not unit.replace(" ", "").isalpha():
            yield "error", f"the unit {unit!r} is none of {', '.join(UNITS)} or a word"
        asked = " ".join(sample.turns).replace(",", "")
        if f"{figure.value:g}" in asked:
            yield "advice", f"the figure {figure.value:g} stands in the question"


def _call(call: ExpectedCall) -> Iterator[tuple[Weight, str]]:
    from tools.registry import tool_named

    arguments = dict(call.arguments)
    if call.name == "search_documents":
        arguments.setdefault("query", "?")
    try:
        checked = tool_named(call.name).arguments.model_validate(arguments)
    except ValidationError as error:
        for problem in error.errors():
            where = ".".join(map(str, problem["loc"]))
            yield "error", f"{call.name}: {where}: {problem['msg'].lower()}"
        return
    except PlacementsError as error:
        yield "error", str(error)
        return
    if call.name == "summarise_placements" and "measure" not in arguments:
        yield "error", "summarise_placements always carries its measure"
    for name, value in checked.model_dump(mode="json", exclude_unset=True).items():
        if name in call.arguments and not _alike(value, call.arguments[name]):
            told = f"{call.name}: {name} is {call.arguments[name]!r}; write {value!r}"
            yield "error", told


def _alike(canonical: Any, written: Any) -> bool:
    if isinstance(canonical, list) and not isinstance(written, list):
        return bool(canonical == [written])
    return bool(canonical == written)


def _held(sample: Sample, knowledge: Knowledge) -> Iterator[tuple[Weight, str]]:
    """Documents, spans and providers that the data directory does not hold."""
    held = {}
    for summary in knowledge.library.summaries():
        held[summary.source] = held[summary.title] = summary.document_id
    for name in sample.expect.documents or ():
        if name not in held:
            yield "advice", f"no document held has the source or title {name!r}"
    for span in sample.expect.spans or ():
        text = ""
        if span.document in held:
            text = knowledge.library.get(held[span.document]).text
        if " ".join(span.quote.split()) not in " ".join(text.split()):
            yield "error", f"{span.document!r} does not hold {span.quote[:60]!r}"


def _description(sample: Sample) -> Iterator[tuple[Weight, str]]:
    lacking = [n for n in ("author", "voice", "difficulty") if not getattr(sample, n)]
    if not sample.tags:
        lacking.append("tags")
    if lacking:
        yield "advice", f"says nothing of {', '.join(lacking)}"
