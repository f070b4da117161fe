"""One question of a run: the sample, its answer, and the verdict of each layer."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, Self

from corpus.models import Frozen
from evals.dataset import Sample
from evals.given import Given
from evals.running.asking import Asked
from evals.scoring import Verdict, score


class Record(Frozen):
    """What `answers.jsonl` holds of one question."""

    sample: Sample
    asked: Asked
    verdicts: tuple[Verdict, ...]

    @classmethod
    def of(cls, sample: Sample, asked: Asked) -> Self:
        """Score an answer; one that failed has no verdicts."""
        if asked.answer is None:
            return cls(sample=sample, asked=asked, verdicts=())
        given = Given.model_validate(asked.answer)
        verdicts = score(sample, given, asked.replayed)
        return cls(sample=sample, asked=asked, verdicts=verdicts)

    @cached_property
    def given(self) -> Given | None:
        """The answer; None where the assistant failed."""
        raw = self.asked.answer
        return None if raw is None else Given.model_validate(raw)

    @property
    def outcome(self) -> str:
        """Whether it is "right" in every layer, "wrong" in one, or "failed"."""
        if self.asked.answer is None:
            return "failed"
        return "right" if all(v.right for v in self.verdicts) else "wrong"

    def verdict(self, layer: str) -> Verdict | None:
        """Of one layer; None where nothing of it was expected."""
        return next((v for v in self.verdicts if v.layer == layer), None)

    def as_line(self) -> str:
        """One line, which begins as `ask --batch` prints it."""
        failed = {"question": self.sample.turns[-1], "error": self.asked.error}
        line: dict[str, Any] = {"id": self.sample.id, **(self.asked.answer or failed)}
        line["evaluation"] = {
            "sample": self.sample.model_dump(mode="json", exclude_none=True),
            "verdicts": [v.model_dump(mode="json") for v in self.verdicts],
            **self.asked.model_dump(mode="json", exclude={"answer", "error"}),
        }
        return json.dumps(line, ensure_ascii=False)

    @classmethod
    def from_line(cls, text: str) -> Self:
        """From a line of `answers.jsonl`.

        Raises:
            ValueError: where it is none.
        """
        line = json.loads(text)
        kept = line.pop("evaluation")
        line.pop("id")
        error = line.get("error")
        asked = Asked(
            answer=None if error else line,
            error=error,
            replayed=kept["replayed"],
            cold_ms=kept["cold_ms"],
        )
        return cls(sample=kept["sample"], asked=asked, verdicts=kept["verdicts"])


def asked_from_batch(text: str) -> tuple[str, Asked]:
    """Id and answer of a line of `ask --batch`."""
    line = json.loads(text)
    line.pop("evaluation", None)
    name, error = str(line.pop("id")), line.get("error")
    return name, Asked(answer=None if error else line, error=error)
