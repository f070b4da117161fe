"""Regulation 44 reports: three successive visits to each of some homes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from corpus.codes import DocumentKind
from corpus.demonstration.chance import stream
from corpus.demonstration.writing.composition import Stock, Wording, compose
from corpus.demonstration.writing.filing import file_document
from corpus.demonstration.writing.homes import Home, counted, long_date, month
from corpus.demonstration.writing.known import Known
from corpus.demonstration.writing.stories import Story, Visit, stories
from corpus.models import Document

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
_COUNTED: Final = {
    "incidents": ("incident", "incidents"),
    "restraints": ("restraint", "restraints"),
    "missing": ("missing episode", "missing episodes"),
    "complaints": ("complaint", "complaints"),
    "notifications": (
        "notification under Regulation 40",
        "notifications under Regulation 40",
    ),
}
_SAMPLED: Final = (
    "no concern from the sample.",
    "met on the records seen.",
    "met.",
    "not sampled this month.",
)


def write_visits(known: Known, homes: dict[str, Home]) -> list[Document]:
    """Three reports for each home that has a story."""
    told = [story for story in stories() if story.key in homes]
    return [
        report for story in told for report in _reports(known, story, homes[story.key])
    ]


def _reports(known: Known, story: Story, home: Home) -> Iterator[Document]:
    """Its reports in order, each avoiding the common wordings of those before."""
    stock = Stock.read("visits.toml")
    said: set[Wording] = set()
    for number, (visit, day) in enumerate(zip(story.visits, story.dates, strict=True)):
        rng = stream(known.seed, "visit", home.setting.urn, str(number))
        told = stock.adding(_wordings(visit, day, story, rng))
        facts = home.facts | _facts(visit, day, number, story, rng)
        tags = home.tags | story.tags
        text = compose(told, stock.voice(story.voice), facts, tags, rng, said)
        yield file_document(
            text,
            folder="reg44",
            name=f"{home.setting.name} {day:%Y-%m}",
            kind=DocumentKind.REG44,
            published=day,
            about=home,
        )


def _facts(
    visit: Visit, day: date, number: int, story: Story, rng: Random
) -> dict[str, str | int]:
    present = Home.children(story.children)
    return {
        "visit_date": long_date(day),
        "visit_month": month(day),
        "ordinal": ("first", "second", "third")[number],
        "announced": "announced" if visit.announced else "unannounced",
        "hours": rng.choice(("three", "four", "three and a half", "five")),
        "time": rng.choice(("two o'clock", "half past nine", "four o'clock")),
        "present": present,
        "present_sentence": (
            f"{present.capitalize()} live{'s' if story.children == 1 else ''} here"
        ),
        "attendance": rng.randint(88, 97),
        "trained": rng.randint(84, 98),
        **{
            name: counted(visit.counts[name], *forms)
            for name, forms in _COUNTED.items()
        },
    }


def _wordings(
    visit: Visit, day: date, story: Story, rng: Random
) -> tuple[Wording, ...]:
    """Wordings of the visit's own, which go before the common ones."""
    parts = {
        "safeguarded": visit.safeguarded,
        "well_being": visit.well_being,
        "spoke_to": visit.spoke_to,
        "happened": visit.happened,
        "follow_up": "\n".join(f"- {line}" for line in visit.follow_up),
        "recommendations": "\n".join(
            f"- {item.what}. Owner: {item.who.lower()}."
            f" By {long_date(day + timedelta(days=item.days))}."
            for item in visit.recommendations
        ),
        "standards_list": _standards_list(visit, rng),
        **visit.standards,
    }
    return tuple(
        Wording(part=part, text=text, voices=frozenset({story.voice}))
        for part, text in parts.items()
    )


def _standards_list(visit: Visit, rng: Random) -> str:
    return "\n".join(
        f"- Regulation {title}: {visit.standards.get(key) or rng.choice(_SAMPLED)}"
        for key, title in STANDARDS.items()
    )
