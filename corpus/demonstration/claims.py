"""Claimed needs: what each setting says that it accepts and excludes."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from corpus.codes import Stance
from corpus.demonstration.archetypes import Archetype
from corpus.demonstration.chance import stream
from corpus.demonstration.plan import Planned
from corpus.models import ClaimedNeed, Setting


def claim_needs(
    seed: int, planned: Sequence[Planned], settings: Sequence[Setting]
) -> tuple[ClaimedNeed, ...]:
    """What each setting says that it accepts and excludes; silent on the rest."""
    return tuple(
        claim
        for row, setting in zip(planned, settings, strict=True)
        for claim in _claims(
            stream(seed, "claims", str(row.number)), row.archetype, setting.urn
        )
    )


def _claims(rng: Random, kind: Archetype, urn: str) -> list[ClaimedNeed]:
    claims = []
    for need in sorted({*kind.accepts, *kind.excludes}):
        excluded = rng.random() < kind.excludes.get(need, 0)
        accepted = rng.random() < kind.accepts.get(need, 0)
        if kind.accepts.get(need) == 1:
            excluded = False
        if excluded or accepted:
            stance = Stance.EXCLUDES if excluded else Stance.ACCEPTS
            claims.append(ClaimedNeed(urn=urn, need=need, stance=stance))
    return claims
