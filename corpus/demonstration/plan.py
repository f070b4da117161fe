"""Which kind of setting stands in which authority, before it has a name."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.codes import PlacementType
from corpus.demonstration.archetypes import Archetype, archetypes
from corpus.demonstration.calibration import Size, calibration
from corpus.demonstration.chance import shared_out, stream


@dataclass(frozen=True)
class Planned:
    """One setting to be: a number of its own, its kind and its authority."""

    number: int
    """Counts from 0 over the region; its random streams are named by it."""
    archetype: Archetype
    local_authority: str


def plan_settings(seed: int, size: Size) -> tuple[Planned, ...]:
    """Every setting of the region, by placement type and authority."""
    planned: list[Planned] = []
    for placement_type, total in calibration().sizes[size].items():
        kinds = _kinds(seed, placement_type, total)
        for authority in _authorities(placement_type, total):
            planned.append(Planned(len(planned), kinds.pop(), authority))
    return tuple(planned)


def _authorities(placement_type: PlacementType, total: int) -> list[str]:
    """An authority for each setting of one type, in proportion to Ofsted's counts."""
    if placement_type is PlacementType.SECURE:
        return list(calibration().secure_homes_in[:total])
    chosen = []
    tiers = shared_out(total, calibration().shares)
    for tier, places in tiers.items():
        listed = calibration().of_tier(tier)
        weights = {row.name: row.count(placement_type) for row in listed}
        least = 1 if placement_type is PlacementType.RESIDENTIAL else 0
        shares = shared_out(places, weights, least)
        chosen += [name for name, count in shares.items() for _ in range(count)]
    return chosen


def _kinds(seed: int, placement_type: PlacementType, total: int) -> list[Archetype]:
    """An archetype for each setting of one type, in shuffled order."""
    fitting = [a for a in archetypes().values() if a.placement_type is placement_type]
    counts = shared_out(total, {a.key: a.share for a in fitting})
    kinds = [a for a in fitting for _ in range(counts[a.key])]
    stream(seed, "kinds", placement_type).shuffle(kinds)
    return kinds
