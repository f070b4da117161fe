"""Children with their placements, needs and homes: all that no setting decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.demonstration.calibration import Size
from corpus.demonstration.population.children import (
    Bools,
    Children,
    Ints,
    day_number,
    draw_children,
)
from corpus.demonstration.population.histories import Stays, first_day, tell_histories
from corpus.demonstration.population.needs import NeedScores, record_needs
from corpus.demonstration.population.whereabouts import (
    Homes,
    Whereabouts,
    find_homes,
    find_whereabouts,
)


@dataclass(frozen=True)
class Lives:
    """Columns of the children, and of one row a placement."""

    children: Children
    stays: Stays
    needs: NeedScores
    homes: Homes
    where: Whereabouts
    """Where each child would live if no setting were known."""
    today: int
    """The as-at date, in days from 1 January 1970."""

    @property
    def opens(self) -> int:
        """The first day of the years held."""
        return first_day(self.today)

    @property
    def under_way(self) -> Bools:
        """Placements that last."""
        return self.stays.ended > self.today

    @property
    def authority(self) -> Ints:
        """Authority that places the child of each placement."""
        return self.children.authority[self.stays.child]

    @property
    def born(self) -> Ints:
        """Birthday of the child of each placement."""
        return self.children.born[self.stays.child]


def invent_lives(seed: int, size: Size, as_at: date) -> Lives:
    """The children of one seed, and every placement of theirs in the years held."""
    children = draw_children(seed, size, as_at)
    stays = tell_histories(seed, size, children, as_at)
    homes = find_homes(seed, children)
    return Lives(
        children=children,
        stays=stays,
        needs=record_needs(seed, children, stays),
        homes=homes,
        where=find_whereabouts(seed, stays, homes),
        today=day_number(as_at),
    )
