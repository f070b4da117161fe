"""Inspections: one to three a setting, the latest grades in Ofsted's shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from corpus.codes import OfstedRating, PlacementType, RegistrationStatus
from corpus.demonstration.chance import stream, weighted
from corpus.demonstration.settings import StatedSetting
from corpus.models import Inspection

Weights = Mapping[OfstedRating | None, float]


def _weights(
    outstanding: float,
    good: float,
    requires_improvement: float,
    inadequate: float,
    none: float,
) -> Weights:
    return {
        OfstedRating.OUTSTANDING: outstanding,
        OfstedRating.GOOD: good,
        OfstedRating.REQUIRES_IMPROVEMENT: requires_improvement,
        OfstedRating.INADEQUATE: inadequate,
        None: none,
    }


GRADES: Final[dict[PlacementType, Weights]] = {
    PlacementType.RESIDENTIAL: _weights(447, 2598, 478, 43, 380),
    PlacementType.FOSTERING: _weights(78, 230, 14, 3, 14),
    PlacementType.RESIDENTIAL_SCHOOL: _weights(48, 42, 1, 1, 3),
    PlacementType.PARENT_AND_CHILD: _weights(7, 73, 13, 3, 14),
    PlacementType.SECURE: _weights(2, 8, 4, 0, 0),
    PlacementType.SUPPORTED_ACCOMMODATION: _weights(0, 0, 0, 0, 1),
}
"""Latest grades of settings in England, None for not yet inspected.

Ofsted, provider level as at 31 March 2025. Supported accommodation is judged by three
outcomes that are no grades; all but 50 of 893 providers had none, and here none has.
"""

_EARLIER: Final[Weights] = {
    rating: weight
    for rating, weight in GRADES[PlacementType.RESIDENTIAL].items()
    if rating is not None
}


def inspect_settings(
    seed: int, settings: Sequence[StatedSetting], as_at: date
) -> tuple[Inspection, ...]:
    """All inspections, each setting's from the latest back."""
    return tuple(
        inspection
        for setting in settings
        for inspection in _history(
            stream(seed, "inspections", setting.urn), setting, as_at
        )
    )


def _history(rng: Random, setting: StatedSetting, as_at: date) -> list[Inspection]:
    rating = weighted(rng, GRADES[setting.placement_type])
    if setting.status is RegistrationStatus.SUSPENDED:
        rating = OfstedRating.INADEQUATE
    if rating is None:
        return []
    inspected_on = as_at - timedelta(days=rng.randint(25, 420))
    history = []
    for _ in range(weighted(rng, {1: 20, 2: 35, 3: 45})):
        on = _working_day(inspected_on)
        history.append(Inspection(urn=setting.urn, inspected_on=on, rating=rating))
        inspected_on -= timedelta(days=rng.randint(200, 480))
        rating = _earlier(rng, rating)
    return history


def _earlier(rng: Random, rating: OfstedRating) -> OfstedRating:
    """The grade before: the same three times in five, else drawn afresh."""
    if rng.random() < 0.6:
        return rating
    return weighted(rng, _EARLIER) or rating


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
