"""How long a placement is likely to last, and how old a child will be by its end."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from corpus.codes import PlacementType
from corpus.disclosure import Stays, median_stays
from corpus.disclosure.bands import AGE_LABELS, AGE_STARTS
from tools.assumptions import OUR_ASSUMPTION, Assumption
from tools.base import Knowledge

ASSUMED_STAY: Final = Assumption(
    name="likely stay where too few placements are held to tell it",
    value=12,
    unit="months",
    source=OUR_ASSUMPTION,
)

ADULT: Final = 18
"""A child's placement ends at the latest when the child comes of age."""

_DAYS_A_MONTH: Final = 365.25 / 12


@dataclass(frozen=True)
class LikelyStay:
    """How long a placement of one kind and age is likely to last."""

    months: int
    """The median stay, in whole months."""
    assumed: bool
    """Whether it is the stated assumption, for want of placements."""


@dataclass(frozen=True)
class LikelyStays:
    """Likely stays by placement type and age, as the viewer may know them."""

    stays: Stays

    def of(self, kind: PlacementType, age: int) -> LikelyStay:
        """The likely stay in such a placement of a child of that age."""
        band = AGE_LABELS[bisect(AGE_STARTS, age) - 1]
        figure = self.stays.median_days.get((kind, band))
        if figure is None or figure.value is None:
            return LikelyStay(round(ASSUMED_STAY.value), assumed=True)
        months = max(1, round(figure.value / _DAYS_A_MONTH))
        return LikelyStay(months, assumed=False)


NO_STAYS: Final = LikelyStays(Stays({}, None))
"""For a search that asks no age, and so must not wait for the placements."""


def likely_stays(knowledge: Knowledge) -> LikelyStays:
    """The likely stays of the dataset, under disclosure control where need be."""
    return LikelyStays(median_stays(knowledge.dataset, knowledge.viewer))


def ages_at_end(age: int, months: int) -> tuple[int, int]:
    """The least and greatest whole age of a child at the end of a stay.

    A child "of 14" may turn 15 tomorrow or in a year. No child in care grows older
    than 17: the placement then ends for another reason.
    """
    least = floor(age + months / 12)
    greatest = ceil(age + 1 + months / 12) - 1
    oldest = max(age, ADULT - 1) if age < ADULT else greatest
    return min(least, oldest), min(greatest, oldest)
