"""Stories: what happened at a home over a year, month by month, as it was found."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from corpus.codes import Need, OfstedRating
from corpus.demonstration.writing.homes import Home
from corpus.demonstration.writing.visits.planned import Outcome
from corpus.models import Frozen
from corpus.observed import Opinion, Theme, VisitMeasure

MEASURES: Final[tuple[VisitMeasure, ...]] = (
    "incidents", "restraints", "missing_episodes", "complaints", "notifications",
    "staff_vacancies",
)  # fmt: skip
"""What a story counts each month, in the order of its numbers."""
STANDARDS: Final = {
    "purpose": "6, quality and purpose of care",
    "views": "7, children's views, wishes and feelings",
    "education": "8, education",
    "enjoyment": "9, enjoyment and achievement",
    "health": "10, health and well-being",
    "relationships": "11, positive relationships",
    "protection": "12, protection of children",
    "leadership": "13, leadership and management",
    "care_planning": "14, care planning",
}
"""The nine quality standards: regulations 6 to 14, Children's Homes (England)
Regulations 2015."""


class Judgement(Frozen):
    """An opinion, and the clause that qualifies or explains it."""

    opinion: Opinion = Opinion.YES
    because: str = ""


class Request(Frozen):
    """A recommendation, and what has become of it a month later."""

    theme: Theme
    who: str
    days: int
    what: str
    short: str
    """A noun phrase by which it is referred to later."""
    then: Outcome = "met"
    note: str = ""
    """What is added to the outcome."""


def _judgement(value: Any) -> Any:
    """From "qualified: although ..."."""
    if not isinstance(value, str):
        return value
    opinion, _, because = value.partition(": ")
    return {"opinion": opinion, "because": because}


def _request(value: Any) -> Any:
    """From "theme | who | days | what | short | outcome | note"."""
    if not isinstance(value, str):
        return value
    cells = [cell.strip() for cell in " ".join(value.split()).split("|")]
    return dict(zip(Request.model_fields, cells, strict=False))


class Month(Frozen):
    """What one visit found."""

    announced: bool
    children: str
    """Letters of the children who live there."""
    counts: tuple[int, int, int, int, int, int]
    """Numbers since the visit before, by `MEASURES`."""
    safeguarded: Annotated[Judgement, BeforeValidator(_judgement)] = Judgement()
    well_being: Annotated[Judgement, BeforeValidator(_judgement)] = Judgement()
    happened: str
    seen: str = ""
    """Who was spoken to, where it matters to the story."""
    manager: str = "registered manager"
    standards: dict[str, str] = Field(default_factory=dict)
    """Findings of the visit's own, by topic."""
    verdicts: dict[str, Outcome] = Field(default_factory=dict)
    """Standards that are not met, by topic."""
    requests: tuple[Annotated[Request, BeforeValidator(_request)], ...] = ()


class Story(Frozen):
    """A year at a home, and which homes it can have happened at."""

    key: str
    visitor: str
    later_visitor: str | None = None
    """Who visits from `later_from` on; None where one visitor stays."""
    later_from: int = 12
    requires: frozenset[Need] = frozenset()
    archetypes: tuple[str, ...]
    """Kinds of home, those that it suits best first."""
    grades: frozenset[OfstedRating] = frozenset()
    """Latest grades that agree with it; any, or none, where empty."""
    inspected_before: bool = False
    """Whether the latest inspection must have come before the first visit."""
    youngest: int = 17
    """Age that the home must admit, of the youngest child told of."""
    oldest: int = 0
    """The same of the oldest."""
    mute: frozenset[str] = frozenset()
    """Topics of which only the story itself speaks."""
    before: tuple[Annotated[Request, BeforeValidator(_request)], ...] = ()
    """What was asked at the visit before the first."""
    months: tuple[Month, ...] = Field(min_length=12, max_length=12)

    @property
    def most_children(self) -> int:
        """The most children who live there at once."""
        return max(len(month.children) for month in self.months)

    def visitor_of(self, number: int) -> str:
        """Who makes the visit of that number, from 0."""
        later = self.later_visitor and number >= self.later_from
        return (self.later_visitor or "") if later else self.visitor

    def suits(self, home: Home) -> bool:
        """Whether it can have happened there, inspections apart."""
        graded = home.latest.rating if home.latest else None
        return (
            home.archetype.key in self.archetypes
            and self.requires <= set(home.accepts)
            and home.lived_in >= self.most_children
            and home.setting.age_from <= self.youngest
            and home.setting.age_to >= self.oldest
            and (not self.grades or graded in self.grades)
        )


@cache
def stories() -> tuple[Story, ...]:
    """The packaged stories, in the order of their files."""
    folder = files(__package__) / "stories"
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return tuple(
        Story.model_validate(tomllib.loads(entry.read_text(encoding="utf-8")))
        for entry in entries
        if entry.name.endswith(".toml")
    )
