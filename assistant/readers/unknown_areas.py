"""Names that stand where an authority's does, and are none that is held."""

from __future__ import annotations

import calendar
import re
from typing import Final

from corpus import vocabulary
from corpus.geography import Gazetteer
from corpus.privacy import find_personal

_STANDS: Final = re.compile(
    r"\b(?:in|for|does|did|has|have|do)\s+(?P<name>[A-Z][a-z]{3,})"
    r"(?=\s*(?:[?.!,]|$)|['’]s\b|\s+(?:council|placed?|pays?|spends?|have|has|got|short|need|for|that|with)\b)"
)
_NO_AREAS: Final = frozenset(
    """
    england britain wales scotland ireland europe ofsted cabinet parliament easter
    christmas ramadan diwali finance panel court health education treasury whitehall
    government year section tier phase annex band group table level
    spring summer autumn winter children boys girls they this that
    """.split()
)
"""Written with a capital after "in" or "for", and no area that places."""


def read_unknown_areas(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Such names, each once; none where a place that is held is named too.

    Names of people, months and the field's own words are not taken for areas.
    """
    if gazetteer.mentions(text):
        return ()
    found = [match for match in _STANDS.finditer(text) if _may_be(match["name"])]
    people = [(one.start, one.end) for one in find_personal(text)] if found else []
    names = (
        match["name"]
        for match in found
        if not any(
            match.start("name") < end and start < match.end() for start, end in people
        )
    )
    return tuple(dict.fromkeys(names))


def _may_be(name: str) -> bool:
    word = name.casefold()
    dated = {each.casefold() for each in (*calendar.month_name, *calendar.day_name)}
    kinds = (vocabulary.needs(), vocabulary.placement_types(), vocabulary.ratings())
    known = word in vocabulary.misspellings().words or any(k.find(name) for k in kinds)
    return word not in _NO_AREAS | dated and not known
