"""Arguments of the tools about providers: search, profile, outcomes and spend."""

from __future__ import annotations

import re
from typing import Final

from assistant.arguments.reading import Draft
from assistant.arguments.slots import (
    check_age,
    put_authority,
    put_limit,
    put_name,
    put_placement_type,
    put_region,
)
from assistant.arguments.statement import Statement
from assistant.readers.periods import (
    read_financial_year,
    read_impossible_year,
    read_stated_year,
)
from assistant.understanding import understand

_OUTCOMES: Final = {
    "planned_endings": r"\b(?:un)?planned\s+(?:ending|move)s?\b"
    r"|\bend(?:ing)?s?\s+(?:\w+\s+){0,2}planned\b",
    "disruption": r"\bdisrupt\w*|\bbreak\s?downs?\b|\bstab(?:le|ility)\b"
    r"|\bfall\w*\s+apart\b",
    "moves": r"\bmoves?\b",
    "stay": r"\bstays?\b|\blength\s+of\s+stay\b"
    r"|\b(?:keep|hold|last)\w*\b[^.?]{0,30}\blong(?:est|er)\b",
    "rating": r"\b(?:ofsted|grade[sd]?|rat(?:ed|ings?))\b(?!\s+of\b)",
}
"""Outcomes that settings can be ranked by, and their words."""


def read_find_providers(draft: Draft, statement: Statement) -> None:
    """Arguments of `find_providers`: the child, the place and the home."""
    read = understand(statement.question, statement.knowledge.gazetteer)
    check_age(draft, statement)
    draft.arguments.update(read.provider_arguments())
    draft.notes.extend(read.notes)
    if not draft.arguments:
        draft.missing += ["near", "age", "placement_type"]


def read_provider_profile(draft: Draft, statement: Statement) -> None:
    """Argument of `provider_profile`: whom it is of."""
    put_name(draft, statement)
    if "provider" not in draft.arguments:
        draft.missing.append("provider")


def read_provider_outcomes(draft: Draft, statement: Statement) -> None:
    """Arguments of `provider_outcomes`: one provider, or those of a type and area."""
    put_name(draft, statement)
    if "provider" not in draft.arguments:
        put_placement_type(draft, statement)
        draft.put("sort_by", _outcome(statement.text))
    _put_where(draft, statement)
    put_limit(draft, statement)


def _outcome(text: str) -> str | None:
    """The outcome to rank by; None where none is named."""
    found = (
        name
        for name, words in _OUTCOMES.items()
        if re.search(words, text, re.IGNORECASE)
    )
    return next(found, None)


def _put_where(draft: Draft, statement: Statement) -> None:
    """The authority in whose area the settings stand."""
    places = dict.fromkeys(
        mention.place.local_authority
        for mention in statement.mentions
        if mention.place.name not in statement.places.left_out
    )
    if len(places) > 1:
        draft.several["local_authority"] = tuple(places)
    draft.put("local_authority", next(iter(places)) if len(places) == 1 else None)


def read_provider_spend(draft: Draft, statement: Statement) -> None:
    """Arguments of `provider_spend`: whose money, on what, in which year."""
    put_authority(draft, statement)
    put_region(draft, statement)
    put_placement_type(draft, statement)
    put_year(draft, statement)
    put_limit(draft, statement)


def put_year(draft: Draft, statement: Statement) -> None:
    """The financial year; one that begins after the data's day is a problem."""
    if wrong := read_impossible_year(statement.text):
        draft.problems.append(f"{wrong} is no financial year: one is like 2024/25")
    year = read_financial_year(statement.text, statement.knowledge.as_at)
    draft.put("year", year)
    if year and not read_stated_year(statement.text):
        day = statement.knowledge.as_at
        draft.notes.append(f"the year {year}, counted from {day}")
