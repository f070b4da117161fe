"""What a question is read into: a tool's arguments, and what is to be said of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import Field

from corpus.models import Frozen


class ReadArguments(Frozen):
    """The arguments that a question states for one tool."""

    arguments: dict[str, Any] = Field(default_factory=dict)
    """Canonical and of plain JSON types; what is not stated is left out."""
    notes: tuple[str, ...] = ()
    """What was mended, worked out or set aside, to be said back."""
    missing: tuple[str, ...] = ()
    """Arguments of which at least one is needed, and none is stated."""
    problems: tuple[str, ...] = ()
    """Impossible or contradictory values, in words; they are left out."""
    unknown: tuple[str, ...] = ()
    """Names of organisations of which nothing is held, in words."""
    likely: tuple[str, ...] = ()
    """Names held that are most like those unknown ones."""
    choices: tuple[str, ...] = ()
    """Organisations that the one name stated may mean; empty where it means one."""
    several: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Arguments for which several values are stated and the tool takes one: a call
    each, or a grouping, answers them."""


@dataclass
class Draft:
    """Arguments while they are collected."""

    arguments: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    likely: list[str] = field(default_factory=list)
    choices: tuple[str, ...] = ()
    several: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def put(self, name: str, value: object) -> None:
        """Keep a value that is stated; None and what is empty is not."""
        if value is None or value in ((), [], ""):
            return
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, (tuple, list)):
            value = [str(one) if isinstance(one, str) else one for one in value]
        elif isinstance(value, str):
            value = str(value)
        self.arguments[name] = value

    def done(self) -> ReadArguments:
        """The finished reading."""
        return ReadArguments(
            arguments=self.arguments,
            notes=tuple(dict.fromkeys(self.notes)),
            missing=tuple(self.missing),
            problems=tuple(dict.fromkeys(self.problems)),
            unknown=tuple(self.unknown),
            likely=tuple(dict.fromkeys(self.likely)),
            choices=self.choices,
            several=self.several,
        )
