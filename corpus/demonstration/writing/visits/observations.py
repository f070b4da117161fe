"""What any visitor may observe on a topic, and the phrases that fill the slots."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from corpus.demonstration.writing.homes import Home
from corpus.demonstration.writing.visits.stories import Month, Story
from corpus.demonstration.writing.visits.wording import Line
from corpus.models import Frozen
from corpus.observed import Opinion

_SEASONS = {
    "winter": (11, 12, 1, 2),
    "spring": (3, 4, 5),
    "summer": (6, 7, 8),
    "holiday": (8,),
    "december": (12,),
    "january": (1,),
    "september": (9,),
    "exams": (5, 6),
}


class Topic(Frozen):
    """Findings on one topic, as sentences and as notes."""

    sentences: tuple[Line, ...]
    notes: tuple[Line, ...] = ()


@cache
def topics() -> dict[str, Topic]:
    """Findings by topic."""
    text = (files(__package__) / "observations.toml").read_text(encoding="utf-8")
    return {
        key: Topic.model_validate(held) for key, held in tomllib.loads(text).items()
    }


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Phrases by the slot that one of them fills."""
    text = (files(__package__) / "phrases.toml").read_text(encoding="utf-8")
    return {key: tuple(held) for key, held in tomllib.loads(text).items()}


def tags_of(home: Home, story: Story, number: int, calendar: int) -> frozenset[str]:
    """What holds at a visit, by which wordings are chosen.

    Args:
        home: Where it took place.
        story: What is told of the home.
        number: The visit's, from 0.
        calendar: Its month, from 1.
    """
    month = story.months[number]
    held = {season for season, months in _SEASONS.items() if calendar in months}
    kind = home.archetype.key
    chosen = {
        "term": calendar != 8,
        "disability": kind in ("learning_disability_autism", "complex_health"),
        "teens": home.setting.age_from >= 10,
        "young": home.setting.age_from < 10,
        "one_child": len(month.children) == 1,
        "first": number == 0,
        "new_visitor": number == story.later_from,
        "vacancies": month.counts[5] > 0,
        "full_team": month.counts[5] == 0,
        "restrained": month.counts[1] > 0,
        "unrestrained": month.counts[1] == 0,
        "went_missing": month.counts[2] > 0,
        "none_missing": month.counts[2] == 0,
        "complained": month.counts[3] > 0,
        "no_complaint": month.counts[3] == 0,
        "manager": month.manager == "registered manager",
    }
    held |= {tag for tag, holds in chosen.items() if holds}
    return frozenset(held | {_mood(month), f"story:{story.key}"})


def _mood(month: Month) -> str:
    """How the month went: "good", "mixed" or "poor"."""
    opinions = {month.safeguarded.opinion, month.well_being.opinion}
    if opinions & {Opinion.NO, Opinion.INSUFFICIENT_EVIDENCE}:
        return "poor"
    return "mixed" if Opinion.QUALIFIED in opinions or month.verdicts else "good"
