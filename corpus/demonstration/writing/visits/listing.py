"""Recommendations, and what became of the last ones, set out as a visitor does."""

from __future__ import annotations

from datetime import timedelta

from corpus.demonstration.writing.visits import manner
from corpus.demonstration.writing.visits.occasion import Occasion
from corpus.demonstration.writing.visits.planned import (
    PlannedFollowUp,
    PlannedRecommendation,
)
from corpus.demonstration.writing.visits.visitors import Listing
from corpus.demonstration.writing.visits.wording import Choice, Slots, slots_of


def list_recommendations(
    occasion: Occasion, slots: Slots, choice: Choice
) -> tuple[str, tuple[PlannedRecommendation, ...]]:
    """The list as written, and what it states."""
    listing, planned, lines = occasion.visitor.recommendations, [], []
    for place, request in enumerate(occasion.month.requests, start=1):
        line = choice.wording(listing.lines, occasion.tags)
        due = occasion.day + timedelta(days=request.days)
        day = manner.written(due, occasion.visitor.dates)
        what = slots.fill(request.what)
        lines.append(
            slots.fill(line, n=str(place), what=what, who=request.who, date=day)
        )
        stated = {name.lower() for name in slots_of(line)}
        whose = request.who if "who" in stated else None
        by = due if "date" in stated else None
        planned.append(
            PlannedRecommendation(theme=request.theme, text=what, whose=whose, by=by)
        )
    return _listed(occasion, listing, lines, slots, choice), tuple(planned)


def list_follow_ups(
    occasion: Occasion, slots: Slots, choice: Choice
) -> tuple[str, tuple[PlannedFollowUp, ...]]:
    """The list as written, and what it states; nothing where it is forgotten."""
    listing, planned, lines = occasion.visitor.follow_up, [], []
    if occasion.day.month in occasion.visitor.forgets:
        return "", ()
    for place, request in enumerate(occasion.earlier, start=1):
        line = choice.wording(listing.outcomes[request.then], occasion.tags)
        short, note = slots.fill(request.short), slots.fill(request.note)
        after = {
            "note": note,
            "comma_note": f", {note}" if note else "",
            "stop_note": _sentence(note),
        }
        lines.append(slots.fill(line, n=str(place), short=short, **after))
        planned.append(
            PlannedFollowUp(theme=request.theme, text=short, outcome=request.then)
        )
    return _listed(occasion, listing, lines, slots, choice), tuple(planned)


def _sentence(note: str) -> str:
    """A note as a sentence of its own, to go after another."""
    told = note.removeprefix("and ")
    return f" {told[:1].upper()}{told[1:]}." if told else ""


def _listed(
    occasion: Occasion, listing: Listing, lines: list[str], slots: Slots, choice: Choice
) -> str:
    """Lines under their introduction, or what is said where there are none."""
    opening = listing.intro if lines else listing.none
    intro = slots.fill(choice.wording(opening, occasion.tags))
    columns = listing.table.count("|") - 1
    head = [listing.table, "|" + " --- |" * columns] if listing.table else []
    listed = listing.join.join([*head, *lines]) if lines else ""
    return "\n\n".join(part for part in (intro, listed) if part)
