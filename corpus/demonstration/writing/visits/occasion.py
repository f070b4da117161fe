"""One visit before it is written about: its home, day and visitor, and its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.demonstration.writing.homes import Home
from corpus.demonstration.writing.visits import manner
from corpus.demonstration.writing.visits.observations import tags_of
from corpus.demonstration.writing.visits.stories import MEASURES, Month, Request, Story
from corpus.demonstration.writing.visits.visitors import Visitor


@dataclass(frozen=True)
class Occasion:
    """One visit: where, when, by whom, and in which month of which story."""

    home: Home
    story: Story
    number: int
    """Of the visit, from 0."""
    day: date
    visitor: Visitor

    @property
    def month(self) -> Month:
        """What was found."""
        return self.story.months[self.number]

    @property
    def tags(self) -> frozenset[str]:
        """What holds, by which wordings are chosen."""
        inspected = self.home.latest and self.home.latest.inspected_on
        days = (self.day - inspected).days if inspected else -1
        more = {
            "third_person": self.visitor.third_person,
            "just_inspected": 0 < days <= 31,
            "inspected": days > 0,
        }
        held = tags_of(self.home, self.story, self.number, self.day.month)
        return held | {tag for tag, holds in more.items() if holds}

    @property
    def earlier(self) -> tuple[Request, ...]:
        """What was asked at the visit before."""
        if self.number:
            return self.story.months[self.number - 1].requests
        return self.story.before


def facts_of(occasion: Occasion) -> dict[str, str]:
    """The facts of a visit, by the slots that they fill."""
    home, month, visitor = occasion.home, occasion.month, occasion.visitor
    children = [visitor.child(letter) for letter in month.children]
    alone = len(children) == 1
    return {
        **{name: str(value) for name, value in home.facts.items()},
        **{letter: visitor.child(letter) for letter in "ABCDEF"},
        **_numbers(month, visitor),
        "visit_date": manner.written(occasion.day, visitor.dates),
        "visit_month": f"{occasion.day:%B %Y}",
        "inspected_on": _inspected_on(occasion),
        "announced": "announced" if month.announced else "unannounced",
        "manager": month.manager,
        "they": children[0] if alone else "the children",
        "they_are": f"{children[0]} is" if alone else "the children are",
        "their": f"{children[0]}'s" if alone else "the children's",
        "places_n": str(home.setting.places),
        "seen_children": manner.joined(children),
    }


def _inspected_on(occasion: Occasion) -> str:
    latest = occasion.home.latest
    return manner.written(latest.inspected_on, occasion.visitor.dates) if latest else ""


def _numbers(month: Month, visitor: Visitor) -> dict[str, str]:
    """Counts with their nouns ("{restraints}") and alone ("{restraints_n}")."""
    counts: dict[str, int] = dict(zip(MEASURES, month.counts, strict=True))
    counts["children_living_there"] = len(month.children)
    with_nouns = {
        name: manner.counted(name, count, visitor.digits)
        for name, count in counts.items()
    }
    return with_nouns | {
        f"{name}_n": manner.alone(count, visitor.digits)
        for name, count in counts.items()
    }
