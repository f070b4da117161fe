"""The part of an answer that one tool call gives: answer, evidence, what is unknown."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answer import Status
from corpus.models import Frozen


class Part(Frozen):
    """One tool's answer in its order; each statement carries its marker."""

    status: Status
    lead: str
    """What was asked, answered in one or two sentences; or quotations."""
    rests_on: tuple[str, ...] = ()
    """What the answer rests on, a statement each."""
    assumed: tuple[str, ...] = ()
    """What was taken because it was not given, a statement each."""
    not_known: tuple[str, ...] = ()
    """What is withheld, missing or not recorded, a statement each."""
    suggestions: tuple[str, ...] = ()
    """Whole questions that can be asked next."""

    @property
    def text(self) -> str:
        """The answer first, then what it rests on, then what is not known."""
        listed = "\n".join(f"- {statement}" for statement in self.rests_on)
        blocks = (
            self.lead,
            listed,
            _run_on("Assumed", self.assumed),
            _run_on("Not known", self.not_known),
        )
        return "\n\n".join(block for block in blocks if block)


def _run_on(heading: str, statements: tuple[str, ...]) -> str:
    """Statements in one paragraph; empty for none."""
    sentences = (text[:1].upper() + text[1:] for text in statements)
    return f"{heading}: {' '.join(sentences)}" if statements else ""


def in_order(first: str, statements: Mapping[str, str]) -> tuple[str, ...]:
    """Statements, the one of that name first and alone in bold; without empty ones."""
    order = [first, *(name for name in statements if name != first)]
    lead, *rest = [statements[name] for name in order if statements[name]]
    return (lead, *(text.replace("**", "") for text in rest))
