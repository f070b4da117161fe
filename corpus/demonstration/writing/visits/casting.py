"""Which home each story is told of, and on which days it is visited."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from corpus.demonstration.chance import stream
from corpus.demonstration.writing.homes import Home
from corpus.demonstration.writing.known import Known
from corpus.demonstration.writing.visits.stories import Story, stories

FIRST: Final = date(2025, 4, 1)
"""The first month of visits; a year later the data stands."""
_HOLIDAYS: Final = frozenset(
    date.fromisoformat(day) for day in ("2025-04-18", "2025-04-21", "2025-05-26",
    "2025-08-25", "2025-12-25", "2025-12-26")
)  # fmt: skip
"""Bank holidays of England (https://www.gov.uk/bank-holidays) within visiting days."""


def cast_stories(known: Known, count: int) -> dict[str, Home]:
    """A home for each of up to `count` stories, by the story's key; Kent's first."""
    free = list(known.homes)
    stream(known.seed, "stories").shuffle(free)
    free.sort(key=lambda home: home.setting.local_authority not in ("Kent", "Medway"))
    found: dict[str, Home] = {}
    for story in stories():
        suited = [home for home in free if _suits(story, home)]
        if suited and len(found) < count:
            home = min(suited, key=lambda home: _rank(story, home))
            found[story.key] = home
            free.remove(home)
    return found


def _suits(story: Story, home: Home) -> bool:
    late = home.latest is not None and home.latest.inspected_on >= FIRST
    return story.suits(home) and not (story.inspected_before and late)


def _rank(story: Story, home: Home) -> tuple[int, int]:
    """Kinds that it suits best first, then homes that it fills best."""
    kind = story.archetypes.index(home.archetype.key)
    return kind, abs((home.setting.places or 0) - story.most_children)


def visit_days(known: Known, home: Home) -> tuple[date, ...]:
    """A day in each of the twelve months before the data stands, mostly weekdays.

    None is a day on which the home was inspected.
    """
    rng = stream(known.seed, "visit days", home.setting.urn)
    usual = rng.randint(11, 25)
    days = []
    for number in range(12):
        year, month = divmod(FIRST.month - 1 + number, 12)
        wanted = min(max(usual + rng.randint(-3, 3), 11), 27)
        latest = 19 if month == 11 else 27
        day = date(FIRST.year + year, month + 1, min(wanted, latest))
        day = _open(day, weekends=rng.random() < 0.12)
        inspected = home.latest is not None and home.latest.inspected_on == day
        days.append(_open(day - timedelta(days=1), False) if inspected else day)
    return tuple(days)


def _open(day: date, weekends: bool) -> date:
    """The day, or the first before it that is no holiday and, as asked, no weekend."""
    while day in _HOLIDAYS or (day.weekday() >= 5 and not weekends):
        day -= timedelta(days=1)
    return day
