"""Children in care of each authority, as its sufficiency statement counts them.

Nothing is told of fewer than six children, and counts are told to the nearest five, so
that a statement and what else is known cannot be set against one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Final

import pandas as pd

from corpus.demonstration.writing.composition import Facts

BEFORE: Final = date(2024, 3, 31)
"""The day since which a statement tells the change."""
SMALLEST: Final = 6
"""Smaller counts are not told: a reader might know the child."""
_TOLD: Final = 8
"""Counts from which on the nearest five is no small count either."""
STEP: Final = 5
"""Counts are told to the nearest so many, and shares of few children too."""
_MANY: Final = 200
"""Children from whom on a share is told to the whole per cent."""
_PRICED: Final = 10
"""Placements from whom on a mean cost is told."""
_COST_STEP: Final = 50


@dataclass(frozen=True)
class InCare:
    """Placements of one authority that last, and how many lasted earlier."""

    placements: pd.DataFrame
    before: int
    """Children in care on `BEFORE`."""

    @classmethod
    def by_authority(cls, placements: pd.DataFrame, as_at: date) -> dict[str, InCare]:
        """Each authority's own, by its name."""
        started = pd.to_datetime(placements["started"])
        ended = pd.to_datetime(placements["ended"])
        then = (started <= pd.Timestamp(BEFORE)) & ~(ended <= pd.Timestamp(BEFORE))
        earlier = placements["local_authority"][then].value_counts()
        lasting = ended.isna()
        days = (pd.Timestamp(as_at) - started).dt.days
        in_year = ~(ended < pd.Timestamp(as_at) - pd.Timedelta(days=365))
        count = placements["child_id"][in_year].value_counts()
        current = placements[lasting].assign(
            age=(placements["age_at_start"] + 0.5 + days / 365.25) // 1,
            days=days,
            in_year=placements["child_id"].map(count),
        )
        return {
            str(name): cls(rows, int(earlier.get(name, 0)))
            for name, rows in current.groupby("local_authority")
        }

    def facts(self) -> Facts:
        """What a statement says of them."""
        held = self.placements
        homes = self._of("residential")
        return {
            "children": _count(len(held)),
            "change": _change(len(held) - self.before),
            "uasc": _count(int(held["uasc"].sum())),
            "teenagers": _share(held["age"] >= 13),
            "far": _share(held["distance_miles"] > 20),
            "out_of_area": _share(homes["host_authority"] != homes["local_authority"]),
            "moves": _share(held["in_year"] >= 3),
            "settled": _share(held["days"] >= 730),
            **self._mix(),
            **self._bought(),
        }

    def ages(self) -> list[tuple[str, str]]:
        """Bands of age with the share of children in each, in per cent."""
        age = self.placements["age"]
        bands = ((0, 4), (5, 9), (10, 12), (13, 15), (16, 17))
        return [
            (f"{low} to {high}", _share(age.between(low, high))) for low, high in bands
        ]

    def costs(self) -> list[tuple[str, str]]:
        """Mean weekly cost of what placements cost the authority, by kind."""
        fostering = self._of("fostering")
        own = fostering["route"] == "in_house"
        kinds = (
            ("Own foster carers", fostering[own]),
            ("Agency foster carers", fostering[~own]),
            ("Children's homes", self._of("residential")),
            ("Supported accommodation", self._of("supported_accommodation")),
        )
        return [(name, _cost(rows)) for name, rows in kinds]

    def _mix(self) -> Facts:
        kind = self.placements["placement_type"]
        fostering = self._of("fostering")
        return {
            "fostering": _share(kind.isin(["fostering", "kinship"])),
            "kinship": _share(kind == "kinship"),
            "residential": _share(kind == "residential"),
            "supported": _share(kind == "supported_accommodation"),
            "agency": _share(fostering["route"] != "in_house"),
        }

    def _bought(self) -> Facts:
        homes = self._of("residential")
        return {
            "spot": _share(homes["route"] == "spot"),
            "framework": _share(homes["route"] == "framework"),
            "health_paid": _share(homes["weekly_health"] > 0),
        }

    def _of(self, placement_type: str) -> pd.DataFrame:
        return self.placements[self.placements["placement_type"] == placement_type]


def _nearest(number: float, step: int) -> int:
    return step * floor(number / step + 0.5)


def _count(number: int) -> str:
    if 0 < number < _TOLD:
        return "fewer than eight"
    return f"{_nearest(number, STEP):,}"


def _change(change: int) -> str:
    told = _nearest(abs(change), STEP)
    if not told:
        return "hardly any change"
    return f"{'an increase' if change > 0 else 'a fall'} of about {told}"


def _share(which: pd.Series[bool]) -> str:
    """A percentage; a bound where so few have it, or lack it, that they show."""
    total, count = len(which), int(which.sum())
    if not 0 < count < total:
        return "100" if count else "0"
    if count < SMALLEST:
        return f"under {min(ceil(100 * SMALLEST / total), 100)}"
    if total - count < SMALLEST:
        return f"over {max(floor(100 * (1 - SMALLEST / total)), 0)}"
    return str(_nearest(100 * count / total, 1 if total >= _MANY else STEP))


def _cost(rows: pd.DataFrame) -> str:
    """Mean weekly cost of all who pay, to the nearest £50; withheld where few."""
    if len(rows) < _PRICED:
        return "too few to tell"
    parts = rows[["weekly_social_care", "weekly_education", "weekly_health"]]
    return f"£{_nearest(float(parts.sum(axis=1).mean()), _COST_STEP):,}"
