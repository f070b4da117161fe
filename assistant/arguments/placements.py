"""Arguments of the tools about children's placements: summary, gaps, journeys."""

from __future__ import annotations

import re
from typing import Final

from assistant.arguments.reading import Draft
from assistant.arguments.slots import (
    put_age_band,
    put_authority,
    put_day,
    put_gender,
    put_needs,
    put_placement_type,
    put_region,
    put_route,
    weekly,
    weekly_amounts,
)
from assistant.arguments.statement import Statement
from assistant.readers.counts import read_min_moves
from assistant.readers.grouping import read_groups, read_measure, read_min_distance
from assistant.readers.periods import read_on, read_since
from assistant.readers.places import is_left_out
from assistant.readers.routes import compares_in_house
from assistant.readers.terms import read_placement_types
from corpus.codes import PlacementType

_INTO: Final = re.compile(
    r"\b(?:in)?to\b|\bend(?:ed|ing|s)?\s+up\s+in\b|\breach(?:ed|es|ing)?\b|\benter\w*\b",
    re.IGNORECASE,
)
_INSTEAD_OF: Final = re.compile(r"\b(?:instead\s+of|rather\s+than)\b", re.IGNORECASE)
_FOR_WANT_OF: Final = re.compile(
    r"\bbecause\b|\bfor\s+(?:want|lack)\s+of\b|\bwhen\s+we\s+(?:looked|searched|asked)\s+for\b"
    r"|\b(?:looked|looking|searched|asked)\s+for\b",
    re.IGNORECASE,
)
_SECURED: Final = re.compile(
    r"\b(?:but|end(?:ed)?\s+up|got|get|secured|instead|placed\s+in|went\s+(?:in)?to)\b",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"%|\b(?:share|proportion|percentage|per\s*cent|fraction)\b", re.IGNORECASE
)
_OVER_TIME: Final = frozenset({"year", "quarter"})


def read_summarise_placements(draft: Draft, statement: Statement) -> None:
    """Arguments of `summarise_placements`: which, and what of them."""
    put_authority(draft, statement)
    put_region(draft, statement)
    put_placement_type(draft, statement)
    put_needs(draft, statement)
    put_age_band(draft, statement)
    put_gender(draft, statement)
    put_route(draft, statement)
    measure = read_measure(statement.text) or "count"
    if _lives_outside(draft, statement):
        measure = "share_out_of_area"
    draft.put("measure", measure)
    if measure != "share_over_20_miles":
        draft.put("min_distance_miles", read_min_distance(statement.text))
    if any(amount.per or amount.pounds >= 1000 for amount in weekly_amounts(statement)):
        draft.notes.append("the price set aside: placements are not counted by price")
    groups = _groups(draft, statement)
    draft.put("group_by", groups[0] if len(groups) == 1 else groups)
    if not _OVER_TIME & set(groups):
        put_day(draft, statement, "on", read_on)


def _lives_outside(draft: Draft, statement: Statement) -> bool:
    """Whether the share is asked that lives outside the authority that placed it:
    "what share of Kent's children live outside Kent".
    """
    own = draft.arguments.get("local_authority")
    left_out = (
        m.place.local_authority
        for m in statement.mentions
        if is_left_out(statement.text, m)
    )
    return own is not None and own in left_out and bool(_SHARE.search(statement.text))


def _groups(draft: Draft, statement: Statement) -> tuple[str, ...]:
    """Groupings asked for, with one for each argument that has several values."""
    asked = read_groups(statement.text)
    compared = tuple(
        name
        for name in ("local_authority", "placement_type", "route")
        if name in draft.several and name not in asked
    )
    if compares_in_house(statement.text) and "route" not in (*asked, *compared):
        return (*asked, *compared, "route")
    return (*asked, *compared)


def read_analyse_sufficiency(draft: Draft, statement: Statement) -> None:
    """Arguments of `analyse_sufficiency`: which searches, and how they are grouped."""
    put_authority(draft, statement)
    _put_type_sought(draft, statement)
    put_needs(draft, statement)
    put_age_band(draft, statement)
    put_gender(draft, statement)
    groups = read_groups(statement.text)[:2]
    draft.put("group_by", groups[0] if len(groups) == 1 else groups)
    put_day(draft, statement, "since", read_since)


def _put_type_sought(draft: Draft, statement: Statement) -> None:
    """The type that was sought: of "sought secure but got residential" the first."""
    put_placement_type(draft, statement)
    if "placement_type" not in draft.several:
        return
    text = statement.text
    instead = _FOR_WANT_OF.search(text) or _INSTEAD_OF.search(text)
    secured = _SECURED.search(text)
    part = (
        text[instead.end() :] if instead else text[: secured.start()] if secured else ""
    )
    kinds = read_placement_types(part)
    if len(kinds) == 1:
        del draft.several["placement_type"]
        draft.put("placement_type", kinds[0])


def read_trace_journeys(draft: Draft, statement: Statement) -> None:
    """Arguments of `trace_journeys`: into what, from what cost, over how many moves."""
    put_authority(draft, statement)
    kinds = read_placement_types(statement.text)
    if len(kinds) > 1 and (into := _destination(statement.text)):
        kinds = (into[0],)
    if len(kinds) > 1:
        draft.several["placement_type"] = tuple(map(str, kinds))
    draft.put("placement_type", kinds[0] if len(kinds) == 1 else None)
    amounts = weekly_amounts(statement)
    draft.put("min_weekly_cost", weekly(draft, amounts[0] if amounts else None))
    draft.put("min_moves", read_min_moves(statement.text))


def _destination(text: str) -> tuple[PlacementType, ...]:
    """Types named behind the last "into" and its like."""
    marks = list(_INTO.finditer(text))
    return read_placement_types(text[marks[-1].end() :]) if marks else ()
