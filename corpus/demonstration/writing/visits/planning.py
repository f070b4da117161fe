"""From a story's month to what its report states, and the wordings that state it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from corpus.demonstration.writing.visits.listing import (
    list_follow_ups,
    list_recommendations,
)
from corpus.demonstration.writing.visits.observations import phrases
from corpus.demonstration.writing.visits.occasion import Occasion, facts_of
from corpus.demonstration.writing.visits.planned import Outcome, PlannedVisit
from corpus.demonstration.writing.visits.stories import (
    MEASURES,
    STANDARDS,
    Judgement,
    Month,
)
from corpus.demonstration.writing.visits.wording import Choice, Slots, slots_of
from corpus.observed import Opinion, QualityStandard, VisitMeasure

STANDARD_OF: Final = dict(zip(STANDARDS, QualityStandard, strict=True))
"""The quality standard that a topic is."""
_SAMPLED: Final = 0.85
"""Share of standards that a visitor who gives verdicts gets round to."""


@dataclass(frozen=True)
class Draft:
    """What a report states, with the texts that state it, not yet put in order."""

    planned: PlannedVisit
    occasion: Occasion
    slots: Slots
    choice: Choice
    parts: Mapping[str, str]
    """Texts by the part that they stand for; empty where nothing is said."""
    found: set[str] = field(default_factory=set)
    """Findings already taken for this report."""


def draft(occasion: Occasion, choice: Choice, telling: Choice) -> Draft:
    """Decide what the report of a visit states.

    Args:
        occasion: The visit.
        choice: Chooses what is stated, so that it does not hang on how it is told.
        telling: Chooses what else is told, later.
    """
    facts = facts_of(occasion)
    slots = Slots(facts, phrases(), choice)
    parts = _wordings(occasion, choice)
    asked, recommendations = list_recommendations(occasion, slots, choice)
    followed, follow_ups = list_follow_ups(occasion, slots, choice)
    planned = _planned(occasion, parts).model_copy(
        update={
            "standards": _standards(occasion, choice),
            "recommendations": recommendations,
            "follow_ups": follow_ups,
        }
    )
    filled = {name: slots.fill(text) for name, text in parts.items()}
    filled |= {"recommendations": asked, "follow_up": followed}
    return Draft(planned, occasion, Slots(facts, phrases(), telling), telling, filled)


def _wordings(occasion: Occasion, choice: Choice) -> dict[str, str]:
    """A wording for each part that states something, its slots not yet filled."""
    month = occasion.month
    parts = {
        name: choice.wording(lines, occasion.tags)
        for name, lines in occasion.visitor.wordings.items()
    }
    seen = {"seen": month.seen} if month.seen else {}
    return parts | seen | _opinions(occasion, choice)


def _planned(occasion: Occasion, parts: Mapping[str, str]) -> PlannedVisit:
    """What the wordings state, by the slots that they have."""
    month = occasion.month
    stated = {name.lower() for text in parts.values() for name in slots_of(text)}
    return PlannedVisit(
        urn=occasion.home.setting.urn,
        setting=occasion.home.setting.name,
        visitor=occasion.visitor.key,
        visited_on=occasion.day,
        announced=month.announced if "announced" in stated else None,
        safeguarded=_stated(month.safeguarded, parts["safeguarded"]),
        well_being=_stated(month.well_being, parts["well_being"]),
        counts=_counts(month, stated),
    )


def _counts(month: Month, stated: set[str]) -> dict[VisitMeasure, int | None]:
    counts = dict(zip(MEASURES, month.counts, strict=True))
    counts["children_living_there"] = len(month.children)
    return {
        name: count if {name, f"{name}_n"} & stated else None
        for name, count in counts.items()
    }


def _opinions(occasion: Occasion, choice: Choice) -> dict[str, str]:
    visitor, month, tags = occasion.visitor, occasion.month, occasion.tags
    silent = occasion.day.month in visitor.silent
    found = {
        "safeguarded": (visitor.safeguarded, month.safeguarded),
        "well_being": ({} if silent else visitor.well_being, month.well_being),
    }
    return {
        name: choice.wording(lines.get(judged.opinion, ()), tags).replace(
            "{because}", judged.because
        )
        for name, (lines, judged) in found.items()
    }


def _stated(judged: Judgement, text: str) -> Opinion:
    return judged.opinion if text else Opinion.INSUFFICIENT_EVIDENCE


def _standards(occasion: Occasion, choice: Choice) -> dict[QualityStandard, Outcome]:
    if not occasion.visitor.verdicts:
        return {}
    verdicts = occasion.month.verdicts
    spoken_of = occasion.month.standards
    unsampled: Outcome = "insufficient_evidence"
    return {
        standard: verdicts.get(key)
        or ("met" if choice.rng.random() < _SAMPLED or key in spoken_of else unsampled)
        for key, standard in STANDARD_OF.items()
    }
