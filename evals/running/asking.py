"""Warm assistants in processes of their own, each answering one question at a time."""

from __future__ import annotations

import multiprocessing
import os
import time
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from assistant.settings import Settings
from corpus.models import Frozen
from evals.scoring.support import Replayed, replay

if TYPE_CHECKING:
    from assistant.engine import Assistant

MOST_WORKERS: Final = 8
"""Each holds the tables and the index in memory."""

_MODEL_WAITS: Final = 4
"""Workers a core for a language model on a server, which mostly wait."""


class Asked(Frozen):
    """What became of one question."""

    answer: dict[str, Any] | None
    """As `ask --json` prints it; None where the assistant failed."""
    error: dict[str, str] | None = None
    """Kind and message of the failure."""
    replayed: Replayed | None = None
    cold_ms: float | None = None
    """From the start of a process to its first answer; None for a warm question."""


@dataclass
class Askers:
    """A pool of assistants on one data directory."""

    pool: ProcessPoolExecutor

    @classmethod
    def start(cls, settings: Settings, workers: int) -> Self:
        """Processes are spawned, since a fork would copy threads and locks."""
        pool = ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(settings, time.time()),
        )
        return cls(pool)

    def ask(self, turns: tuple[str, ...]) -> Future[Asked]:
        """Ask a conversation; its last answer."""
        return self.pool.submit(_ask, turns)

    def close(self) -> None:
        """End the processes, without waiting for questions not yet begun."""
        self.pool.shutdown(wait=True, cancel_futures=True)


def usual_workers(settings: Settings) -> int:
    """One for each core that this process may use; more where a server answers."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    waiting = _MODEL_WAITS if settings.brain != "built-in" else 1
    return min(MOST_WORKERS, (cores or os.cpu_count() or 1) * waiting)


@dataclass
class _Held:
    """The assistant of one process."""

    settings: Settings
    started: float
    assistant: Assistant | None = None


_held: list[_Held] = []


def _prepare(settings: Settings, started: float) -> None:
    """The first start counts for every process: all are started together."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _held[:] = [_Held(settings, started)]


def _ask(turns: tuple[str, ...]) -> Asked:
    from assistant.answer import Answer
    from assistant.batch import last_answer
    from assistant.engine import Assistant
    from assistant.session import Session

    held, session = _held[0], Session([])
    cold = held.assistant is None
    held.assistant = held.assistant or Assistant.open(held.settings)
    given = last_answer(turns, held.assistant, session)
    cold_ms = round((time.time() - held.started) * 1000, 1) if cold else None
    if not isinstance(given, Answer):
        error = {"kind": type(given).__name__, "message": str(given)}
        return Asked(answer=None, error=error, cold_ms=cold_ms)
    earlier = [turn.result for turn in session.turns[:-1]]
    replayed = replay(given, held.assistant.knowledge, earlier)
    return Asked(answer=given.as_json(), replayed=replayed, cold_ms=cold_ms)
