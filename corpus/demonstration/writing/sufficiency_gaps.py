"""Gaps and intentions that the sufficiency statements state, planned before they do."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Final, Literal

from corpus import vocabulary
from corpus.codes import Need, PlacementType
from corpus.demonstration.chance import stream
from corpus.demonstration.writing import figures
from corpus.demonstration.writing.homes import NUMBERS, Home
from corpus.models import Frozen

_SCARCE: Final = (
    Need.FIRE_SETTING,
    Need.HARMFUL_SEXUAL_BEHAVIOUR,
    Need.DOLS,
    Need.SUICIDE_RISK,
    Need.GANGS,
    Need.COMPLEX_HEALTH,
    Need.EATING_DISORDER,
    Need.PHYSICAL_DISABILITY,
)
"""Needs that a statement looks at for gaps."""
_GAPS: Final = 4
_INTENTIONS: Final = 4


class PlannedGap(Frozen):
    """A gap or an intention, and the sentence that states it."""

    local_authority: str
    kind: Literal["gap", "intention"]
    placement_type: PlacementType
    needs: tuple[Need, ...]
    age_from: int | None
    age_to: int | None
    """None, with `age_from`, where it states no ages."""
    places: int
    """Beds or households."""
    by: date | None
    """None for a gap."""
    said_by: str
    """The date as said; empty for a gap."""
    text: str
    """Without a full stop."""


class _Template(Frozen):
    """A kind of gap or intention, from which single ones are drawn."""

    key: str
    placement_type: PlacementType
    needs: Literal["scarce"] | tuple[Need, ...]
    ages: tuple[tuple[int, int], ...]
    least: int
    part: float
    """Places as a part of the children in care."""
    texts: tuple[str, ...]


class _Day(Frozen):
    said: str
    by: date


class _Stock(Frozen):
    gaps: tuple[_Template, ...]
    intentions: tuple[_Template, ...]
    dates: tuple[_Day, ...]


@cache
def _stock() -> _Stock:
    packaged = files(__package__).joinpath("sufficiency_gaps.toml")
    return _Stock.model_validate(tomllib.loads(packaged.read_text(encoding="utf-8")))


def scarce_needs(near: Sequence[Home]) -> list[Need]:
    """Needs that homes near by accept, those with the fewest homes first."""
    return sorted(_SCARCE, key=lambda need: figures.accepting(near, need))


def plan_gaps(
    seed: int, authority: str, children: int, near: Sequence[Home]
) -> tuple[PlannedGap, ...]:
    """Gaps and intentions of one authority, sized by its children in care."""
    rng = stream(seed, "gaps", authority)
    stock = _stock()
    drawing = _Drawing(rng, authority, children, scarce_needs(near))
    first, *others = stock.gaps
    chosen = [first, *rng.sample(others, _GAPS - 1)]
    gaps = [drawing.draw(template, None) for template in chosen]
    aims = rng.sample(stock.intentions, _INTENTIONS)
    return (*gaps, *(drawing.draw(aim, rng.choice(stock.dates)) for aim in aims))


@dataclass
class _Drawing:
    """Draws the gaps of one authority."""

    rng: Random
    authority: str
    children: int
    scarce: list[Need]

    def draw(self, template: _Template, day: _Day | None) -> PlannedGap:
        places = round(self.children * template.part * self.rng.uniform(0.7, 1.3))
        places = max(template.least, places)
        needs = self._needs(template)
        ages = self.rng.choice(template.ages) if template.ages else (None, None)
        text = self.rng.choice(template.texts).format(
            places=NUMBERS[places] if places < len(NUMBERS) else places,
            age_from=ages[0],
            age_to=ages[1],
            need=" and ".join(vocabulary.needs().label(need) for need in needs),
            by=day.said if day else "",
        )
        return PlannedGap(
            local_authority=self.authority,
            kind="intention" if day else "gap",
            placement_type=template.placement_type,
            needs=needs,
            age_from=ages[0],
            age_to=ages[1],
            places=places,
            by=day.by if day else None,
            said_by=day.said if day else "",
            text=text[0].upper() + text[1:],
        )

    def _needs(self, template: _Template) -> tuple[Need, ...]:
        if template.needs != "scarce":
            return template.needs
        return (self.scarce[self.rng.randrange(3)],)
