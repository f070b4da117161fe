"""Stories of homes over three months, and the homes that they are told of."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from corpus.codes import Need
from corpus.demonstration.chance import stream
from corpus.demonstration.writing.homes import Home
from corpus.demonstration.writing.known import Known
from corpus.models import Frozen


class Recommendation(Frozen):
    """An action, its owner, and the days from the visit in which it is due."""

    what: str
    who: str
    days: int


class Visit(Frozen):
    """What one visit found."""

    announced: bool
    counts: dict[str, int]
    safeguarded: str
    well_being: str
    spoke_to: str
    happened: str
    follow_up: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    standards: dict[str, str]
    """Findings on standards by key; common wordings serve for the others."""


class Story(Frozen):
    """Three months at a home, and which homes it can have happened at."""

    key: str
    dates: tuple[date, date, date]
    requires: frozenset[Need] = frozenset()
    archetypes: tuple[str, ...]
    """Kinds of home, those that it suits best first."""
    voice: str
    children: int
    visits: tuple[Visit, Visit, Visit]

    @property
    def tags(self) -> frozenset[str]:
        """What holds of it, by which common wordings are chosen."""
        alone = {"one_child"} if self.children == 1 else set()
        return frozenset({f"story:{self.key}"} | alone)

    def suits(self, home: Home) -> bool:
        """Whether it can have happened there."""
        return (
            home.archetype.key in self.archetypes
            and self.requires <= set(home.accepts)
            and home.lived_in >= self.children
        )


@cache
def stories() -> tuple[Story, ...]:
    """The packaged stories."""
    text = files(__package__).joinpath("stories.toml").read_text(encoding="utf-8")
    return tuple(map(Story.model_validate, tomllib.loads(text)["stories"]))


def cast_stories(known: Known, count: int) -> dict[str, Home]:
    """A home for each of up to `count` stories, by the story's key; Kent's first."""
    free = list(known.homes)
    stream(known.seed, "stories").shuffle(free)
    free.sort(key=lambda home: home.setting.local_authority not in ("Kent", "Medway"))
    found: dict[str, Home] = {}
    for story in stories():
        suited = [home for home in free if story.suits(home)]
        if suited and len(found) < count:
            rank = {key: place for place, key in enumerate(story.archetypes)}
            home = min(suited, key=lambda home: rank[home.archetype.key])
            found[story.key] = home
            free.remove(home)
    return found
