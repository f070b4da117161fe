"""Visitors: ten independent persons, each with a manner of writing of their own."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import Field

from corpus.demonstration.writing.visits.manner import DateStyle
from corpus.demonstration.writing.visits.planned import Outcome
from corpus.demonstration.writing.visits.wording import Line
from corpus.models import Frozen
from corpus.observed import Opinion


class Chapter(Frozen):
    """Headings of which one is chosen, and the parts below it.

    A part is the name of something told ("figures"), or a topic with the most
    sentences to be said of it ("health:2").
    """

    headings: tuple[str, ...]
    parts: tuple[str, ...]


class Listing(Frozen):
    """How recommendations, or what became of them, are set out."""

    intro: tuple[Line, ...] = ()
    table: str = ""
    """Header row, where it is a table."""
    join: str = "\n"
    none: tuple[Line, ...] = ()
    """What is said where there is nothing to list."""
    lines: tuple[Line, ...] = ()
    outcomes: dict[Outcome, tuple[Line, ...]] = Field(default_factory=dict)
    """Lines by outcome, where outcomes are listed."""


class Visitor(Frozen):
    """One independent person's way of writing a report."""

    key: str
    titles: tuple[str, ...]
    children: str
    """How children are told apart, with a slot for `letter` or `number`."""
    letters: str = "ABCDEF"
    digits: bool = False
    """Whether small numbers are written as digits."""
    dates: DateStyle
    third_person: bool = False
    """Whether the visitor never says "I"."""
    numbered: bool = False
    """Whether headings and paragraphs carry numbers."""
    brief: bool = False
    """Whether findings are notes and not sentences."""
    forgets: frozenset[int] = frozenset()
    """Calendar months in which the last recommendations are not followed up."""
    silent: frozenset[int] = frozenset()
    """Calendar months in which no opinion on well-being is given."""
    outline: tuple[Chapter, ...]
    wordings: dict[str, tuple[Line, ...]]
    safeguarded: dict[Opinion, tuple[Line, ...]]
    well_being: dict[Opinion, tuple[Line, ...]]
    follow_up: Listing
    recommendations: Listing
    standard_lines: tuple[str, ...] = ()
    """Line for a quality standard, where all nine are listed."""
    verdicts: dict[Outcome, tuple[Line, ...]] = Field(default_factory=dict)
    findings: dict[str, tuple[Line, ...]] = Field(default_factory=dict)
    """What only this visitor says, by topic."""
    own_findings: bool = False
    """Whether the visitor says nothing else."""

    def child(self, letter: str) -> str:
        """A child as this visitor refers to them; letters start at "A"."""
        place = ord(letter) - ord("A")
        return self.children.format(letter=self.letters[place], number=place + 1)


@cache
def visitors() -> dict[str, Visitor]:
    """The packaged visitors, by their keys."""
    folder = files(__package__) / "visitors"
    found = [
        Visitor.model_validate(tomllib.loads(entry.read_text(encoding="utf-8")))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    return {visitor.key: visitor for visitor in found}
