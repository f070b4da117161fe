"""Runs a dataset through a brain: parallel, resumable, fingerprinted, logged."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from assistant.settings import BUILT_IN, Settings
from corpus.errors import PlacementsError, UsageError
from evals.dataset import Sample
from evals.report.page import write_report
from evals.running.asking import Asked, Askers, usual_workers
from evals.running.fingerprint import fingerprint
from evals.running.folder import RunFacts, RunFolder
from evals.running.record import Record
from evals.totals import totals
from evals.versions import Dataset

ARMS: Final[Mapping[str, dict[str, str]]] = {
    "lexical-only": {"search": "words"},
    "dense-only": {"search": "meaning"},
}
"""The built-in brain with one arm of the search, by the name it is compared under."""

AHEAD: Final = 2
"""Questions handed to each worker at a time, so that none waits for another."""

Report = Callable[[str, int, int], None]


class Interrupted(PlacementsError):
    """A run that was stopped before its end."""

    exit_code = UsageError.exit_code


def settings_of(settings: Settings, brain: str) -> Settings:
    """The settings of a brain; `lexical-only` and `dense-only` are the built-in one."""
    chosen = {"brain": BUILT_IN, **ARMS[brain]} if brain in ARMS else {"brain": brain}
    return Settings.model_validate({**settings.model_dump(), **chosen})


class BenchmarkRun:
    """One dataset under one brain, into one folder."""

    def __init__(
        self, dataset: Dataset, settings: Settings, brain: str, folder: Path
    ) -> None:
        self.dataset, self.brain = dataset, brain
        self.settings = settings_of(settings, brain)
        self.folder = RunFolder(folder)
        self._held: dict[str, Record] = {}

    def run(
        self,
        report: Report,
        workers: int | None = None,
        given: Mapping[str, Asked] | None = None,
    ) -> RunFacts:
        """Answer what is not answered yet, score it, and write the folder.

        Args:
            report: told how many questions are done.
            workers: processes; None for one a core.
            given: answers that another program gave already, by id; they are scored
                as they are, and no question is asked.

        Raises:
            UsageError: where the folder holds another run, or an answer is missing.
            Interrupted: where it was stopped; the same call goes on with it.
        """
        at_once = workers or usual_workers(self.settings)
        facts = self._begin(at_once)
        report("Asking", len(self._held), len(self.dataset.samples))
        started, used = time.perf_counter(), _processor_time()
        if given is not None:
            self._score_given(given)
        self._ask_and_log(report, at_once)
        spent = _processor_time() - used or None
        return self._finish(facts, time.perf_counter() - started, spent)

    def _begin(self, workers: int) -> RunFacts:
        rests_on = fingerprint(
            self.settings, self.brain, self.dataset.name, self.dataset.content
        )
        if self.folder.begin(rests_on, workers, self.dataset.part):
            self._held = {r.sample.id: r for r in self.folder.records()}
            self.folder.rewrite(self._held.values())
        return self.folder.facts()

    def _score_given(self, given: Mapping[str, Asked]) -> None:
        for sample in self.dataset.samples:
            if sample.id not in given:
                raise UsageError(
                    f"The answers hold none to {sample.id!r}.",
                    "Answer the whole dataset with `placements ask --batch`.",
                )
            self._keep(Record.of(sample, given[sample.id]))

    def _keep(self, record: Record) -> Record:
        self._held[record.sample.id] = record
        self.folder.append(record)
        return record

    def _ask_and_log(self, report: Report, workers: int) -> None:
        from evals.running.inspect_task import awaited, run_logged

        remaining = [s for s in self.dataset.samples if s.id not in self._held]
        askers = Askers.start(self.settings, workers) if remaining else None

        async def recorded(sample: Sample) -> Record:
            if sample.id not in self._held:
                assert askers is not None
                future: Future[Asked] = askers.ask(sample.turns)
                self._keep(Record.of(sample, await awaited(future)))
                report("Asking", len(self._held), len(self.dataset.samples))
            return self._held[sample.id]

        try:
            run_logged(
                self.dataset.name,
                self.dataset.samples,
                recorded,
                workers * AHEAD,
                self.folder.path,
                {"fingerprint": self.folder.facts().fingerprint.model_dump()},
            )
        finally:
            if askers:
                askers.close()

    def _finish(
        self, facts: RunFacts, seconds: float, processor: float | None
    ) -> RunFacts:
        missing = [s.id for s in self.dataset.samples if s.id not in self._held]
        if missing:
            raise Interrupted(
                f"{len(missing)} of {len(self.dataset.samples)} questions are not"
                " answered.",
                f"Go on with --out {self.folder.path}.",
            )
        records = [self._held[sample.id] for sample in self.dataset.samples]
        self.folder.rewrite(records)
        done = facts.model_copy(
            update={
                "finished_at": datetime.now(UTC).replace(microsecond=0),
                "seconds": round(seconds, 1),
                "cpu_seconds": processor and round(processor, 1),
                "totals": totals(records).model_dump(mode="json"),
            }
        )
        write_report(self.folder.report, done, records)
        self.folder.keep(done)
        return done


def _processor_time() -> float:
    """Seconds of this process and those that it ended; 0 where nothing tells."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = map(resource.getrusage, kinds)
    return sum(one.ru_utime + one.ru_stime for one in used)
