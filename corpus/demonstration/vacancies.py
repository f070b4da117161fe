"""Vacancies: what settings last told the region, where they told it anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from corpus.codes import PlacementType, RegistrationStatus
from corpus.demonstration.chance import stream
from corpus.demonstration.settings import StatedSetting
from corpus.models import Vacancy

RETURNS: Final = 0.86
"""Share of settings that send a vacancy return."""
FREE: Final = {
    PlacementType.RESIDENTIAL: 0.15,
    PlacementType.SUPPORTED_ACCOMMODATION: 0.18,
    PlacementType.RESIDENTIAL_SCHOOL: 0.12,
    PlacementType.PARENT_AND_CHILD: 0.16,
    PlacementType.SECURE: 0.06,
}
"""Chance that a place is free; no published average was found."""


def return_vacancies(
    seed: int, settings: Sequence[StatedSetting], as_at: date
) -> tuple[Vacancy, ...]:
    """One return for most settings, dated within the last six weeks."""
    made = []
    for setting in settings:
        rng = stream(seed, "vacancies", setting.urn)
        if rng.random() > RETURNS:
            continue
        day = as_at - timedelta(days=rng.randint(0, 41))
        free = _free(rng, setting)
        made.append(Vacancy(urn=setting.urn, vacancies=free, as_at=day))
    return tuple(made)


def _free(rng: Random, setting: StatedSetting) -> int:
    if setting.status is RegistrationStatus.SUSPENDED:
        return 0
    if setting.places is None:  # foster homes ready for a child
        return rng.choice([0, 0, 1, 1, 2, 3, 4])
    chance = FREE[setting.placement_type]
    return sum(rng.random() < chance for _ in range(setting.places))
