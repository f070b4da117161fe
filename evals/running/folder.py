"""A run's folder: `run.json`, `answers.jsonl`, the inspect log and `report.html`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from corpus.errors import UsageError
from corpus.models import Frozen
from evals.running.fingerprint import Fingerprint
from evals.running.record import Record


class RunFacts(Frozen):
    """What `run.json` says."""

    fingerprint: Fingerprint
    started_at: datetime
    finished_at: datetime | None = None
    """None while it is unfinished: the same command goes on with it."""
    seconds: float | None = None
    """That the questions took, the starts of the processes included; of the last
    sitting, where the run was resumed."""
    cpu_seconds: float | None = None
    """Processor time of all processes; None where the system does not tell."""
    workers: int = 1
    part: str | None = None
    """"tune" or "look": whether the product was worked on with this dataset."""
    totals: dict[str, Any] | None = None


@dataclass(frozen=True)
class RunFolder:
    """Reads and writes one run's folder."""

    path: Path

    @property
    def answers(self) -> Path:
        """A line a question."""
        return self.path / "answers.jsonl"

    @property
    def report(self) -> Path:
        """The page for a browser."""
        return self.path / "report.html"

    def facts(self) -> RunFacts:
        """What `run.json` says.

        Raises:
            UsageError: where the folder holds no run.
        """
        path = self.path / "run.json"
        try:
            return RunFacts.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise UsageError(
                f"{str(self.path)!r} holds no run: run.json is missing or damaged.",
                "Name a folder that `placements eval run` wrote.",
            ) from error

    def records(self) -> tuple[Record, ...]:
        """Every question answered so far; a line cut short by a crash is left out.

        Raises:
            UsageError: where a line before the last is damaged.
        """
        lines = self.answers.read_text(encoding="utf-8").splitlines()
        found = []
        for number, line in enumerate(lines, start=1):
            try:
                found.append(Record.from_line(line))
            except (ValueError, KeyError) as error:
                if number == len(lines):
                    break
                raise UsageError(
                    f"{str(self.answers)!r}, line {number}, is damaged.",
                    "Run the benchmark again into another folder.",
                ) from error
        return tuple(found)

    def begin(self, fingerprint: Fingerprint, workers: int, part: str | None) -> bool:
        """Open the folder for a run; whether an unfinished one goes on.

        Raises:
            UsageError: where it holds a finished run, or one of something else.
        """
        if (self.path / "run.json").exists():
            held = self.facts()
            self._refuse(held, fingerprint)
            return self.answers.exists()
        self.path.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC).replace(microsecond=0)
        self.keep(
            RunFacts(
                fingerprint=fingerprint, started_at=now, workers=workers, part=part
            )
        )
        return False

    def _refuse(self, held: RunFacts, fingerprint: Fingerprint) -> None:
        if held.finished_at is not None:
            raise UsageError(
                f"{str(self.path)!r} holds a finished run, which is never changed.",
                "Name another folder with --out.",
            )
        if held.fingerprint != fingerprint:
            changed = _changed(held.fingerprint, fingerprint)
            raise UsageError(
                f"{str(self.path)!r} holds an unfinished run of other {changed}.",
                "Name another folder with --out.",
            )

    def keep(self, facts: RunFacts) -> None:
        """Write `run.json`, whole or not at all."""
        _replace(self.path / "run.json", facts.model_dump_json(indent=1) + "\n")

    def append(self, record: Record) -> None:
        """Add a line, as soon as its question is answered."""
        with self.answers.open("a", encoding="utf-8") as answers:
            answers.write(record.as_line() + "\n")

    def rewrite(self, records: Iterable[Record]) -> None:
        """Put the lines in the dataset's order."""
        lines = [record.as_line() + "\n" for record in records]
        _replace(self.answers, "".join(lines))


def _changed(one: Fingerprint, other: Fingerprint) -> str:
    first, second = one.model_dump(), other.model_dump()
    return ", ".join(name for name in first if first[name] != second[name])


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(path.name + ".new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def runs_under(folder: Path) -> Sequence[tuple[RunFolder, RunFacts]]:
    """Every finished run below a folder, the oldest first."""
    found = []
    for path in folder.rglob("run.json"):
        try:
            held = RunFolder(path.parent)
            facts = held.facts()
        except (UsageError, json.JSONDecodeError):
            continue
        if facts.finished_at is not None:
            found.append((held, facts))
    return sorted(found, key=lambda pair: (pair[1].started_at, str(pair[0].path)))
