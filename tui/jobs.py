"""Long work in the background: what runs, how far it is, and how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from textual.message import Message

from assistant.background import BackgroundCommand
from assistant.commands.narration import Narration, Progressed, Refused, Told
from assistant.events import Failed
from tui.asking import failure_of

JobState = Literal["running", "done", "failed", "stopped"]
ENDED_EARLY = Failed(
    kind="EndedEarly",
    message="It ended early, without saying why.",
    remedy="Run the same from the command line, or `placements doctor`.",
)


@dataclass(frozen=True)
class Job:
    """One command in the background, as plain values."""

    number: int
    """1 for the first of this sitting."""
    title: str
    words: tuple[str, ...]
    """The command, as after `placements` on the command line."""
    state: JobState = "running"
    step: str = ""
    done: int = 0
    total: int = 0
    told: tuple[str, ...] = ()
    """What it said, oldest first."""
    printed: str = ""
    """Its output; empty until it has ended."""
    failure: Failed | None = None
    """None unless it failed."""

    @property
    def line(self) -> str:
        """How it stands, on one line."""
        if self.state != "running":
            said = f": {self.failure.message}" if self.failure else ""
            return f"{self.title}: {self.state}{said}"
        if not self.step:
            return f"{self.title}: {self.told[-1] if self.told else 'beginning'}"
        return f"{self.title}: {self.step}, {self.done:,} of {self.total:,}"

    @property
    def text(self) -> str:
        """All that it said and printed."""
        parts = ["\n".join(self.told), self.printed]
        if self.failure is not None:
            parts.append(f"{self.failure.message}\n{self.failure.remedy}".rstrip())
        return "\n\n".join(part for part in parts if part) or "It said nothing."


def after(job: Job, narration: Narration) -> Job:
    """The job after one more thing that it said."""
    match narration:
        case Progressed(step=step, done=done, total=total):
            return replace(job, step=step, done=done, total=total)
        case Told(text=text):
            return replace(job, told=(*job.told, text))
        case Refused(kind=kind, message=message, remedy=remedy):
            failure = Failed(kind=kind, message=message, remedy=remedy)
            return replace(job, failure=failure)


def ended(job: Job, succeeded: bool, printed: str) -> Job:
    """The job after its process has ended, unless it was stopped before."""
    job = replace(job, printed=printed)
    if succeeded:
        return replace(job, state="done", failure=None)
    return replace(job, state="failed", failure=job.failure or ENDED_EARLY)


@dataclass
class JobChanged(Message):
    """A job began, went on or ended."""

    job: Job


class Jobs:
    """Begins commands and follows each in a thread of its own."""

    def __init__(
        self,
        start: Callable[[Sequence[str]], BackgroundCommand],
        post: Callable[[Message], bool],
    ) -> None:
        self._start = start
        self._post = post
        self._running: dict[int, BackgroundCommand] = {}
        self._stopped: set[int] = set()
        self.all: dict[int, Job] = {}
        """Every job of this sitting, as it last stood, by its number."""

    @property
    def running(self) -> list[Job]:
        """Those that have not ended."""
        return [job for job in self.all.values() if job.state == "running"]

    def begin(self, title: str, words: Sequence[str]) -> Job:
        """Begin a command; `JobChanged` tells of it from now on."""
        job = Job(len(self.all) + 1, title, tuple(words))
        self.all[job.number] = job
        # A daemon: work that hangs must not keep the reader from leaving.
        threading.Thread(target=self._follow, args=(job,), daemon=True).start()
        return job

    def stop(self, number: int) -> None:
        """Interrupt a job; what it has kept already stays kept."""
        self._stopped.add(number)
        if (command := self._running.get(number)) is not None:
            command.stop()

    def stop_all(self) -> None:
        """Leave nothing running behind."""
        for job in self.running:
            self.stop(job.number)

    def _follow(self, job: Job) -> None:
        try:
            job = self._followed(job)
        except Exception as error:  # shown among the jobs; the app stays usable
            job = replace(job, state="failed", failure=failure_of(error))
        if job.number in self._stopped:
            job = replace(job, state="stopped", failure=None)
        self._tell(job)

    def _followed(self, job: Job) -> Job:
        command = self._running[job.number] = self._start(job.words)
        if job.number in self._stopped:
            command.stop()
        with command.process, command.printed:
            while (narration := command.next_narration()) is not None:
                job = after(job, narration)
                self._tell(job)
            return ended(job, command.succeeded, command.output())

    def _tell(self, job: Job) -> None:
        self.all[job.number] = job
        self._post(JobChanged(job))
