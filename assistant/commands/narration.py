"""Narration on stderr: lines for a person, or for a program that follows the work.

Progress lines rewrite themselves only on a terminal. Where PLACEMENTS_NARRATION_JSON is
set, each line is one JSON object instead.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import Field

from corpus.errors import PlacementsError
from corpus.models import Frozen
from corpus.text import clean_text

AS_JSON: Final = "PLACEMENTS_NARRATION_JSON"


class Told(Frozen):
    """Something was said."""

    type: Literal["told"] = "told"
    text: str


class Progressed(Frozen):
    """`done` of `total` of a step are finished."""

    type: Literal["progress"] = "progress"
    step: str
    done: int
    total: int


class Refused(Frozen):
    """The command ends with this error."""

    type: Literal["refused"] = "refused"
    kind: str
    """The exception's class name."""
    message: str
    remedy: str


Narration = Annotated[Told | Progressed | Refused, Field(discriminator="type")]


def heed_a_stop() -> None:
    """Where a program follows the work, let it be stopped as ctrl+c would: tidily."""
    if _for_programs():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def say(text: str) -> None:
    """One line of narration; data goes to stdout and never through here."""
    _write(Told(text=text).model_dump_json() if _for_programs() else text)


def tell_error(error: PlacementsError) -> None:
    """The error that ends a command, on one line that no terminal obeys."""
    if _for_programs():
        kind = type(error).__name__
        refused = Refused(kind=kind, message=error.message, remedy=error.remedy)
        _write(refused.model_dump_json())
    else:
        _write(f"placements: {' '.join(clean_text(str(error)).split())}")


@dataclass
class Progress:
    """Tells how far a step is: in place on a terminal, at each tenth elsewhere."""

    in_place: bool = field(
        default_factory=lambda: sys.stderr.isatty() and not os.environ.get("ACCESSIBLE")
    )
    _told: tuple[str, int] = ("", -1)

    def __call__(self, step: str, done: int, total: int) -> None:
        """`done` of `total` of a step are finished."""
        if _for_programs():
            _write(Progressed(step=step, done=done, total=total).model_dump_json())
            return
        if self.in_place:
            end = "\n" if done >= total else ""
            sys.stderr.write(f"\r\x1b[K{step}: {done:,} of {total:,}{end}")
            sys.stderr.flush()
            return
        tenth = done * 10 // max(total, 1)
        if (step, tenth) != self._told:
            self._told = (step, tenth)
            say(f"{step}: {done:,} of {total:,}")


def _for_programs() -> bool:
    return bool(os.environ.get(AS_JSON))


def _write(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
