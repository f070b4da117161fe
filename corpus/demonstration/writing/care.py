"""Children in care of each authority, as its sufficiency statement counts them."""

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
            in_year=placements["child_id"].map(count),
        )
        return {
            str(name): cls(rows, int(earlier.get(name, 0)))
            for name, rows in current.groupby("local_authority")
        }

    def facts(self) -> Facts:
        """What a statement says of them."""
        held = self.placements
        kind = held["placement_type"]
        homes = held[kind == "residential"]
        change = len(held) - self.before
        return {
            "children": _count(len(held)),
            "change": f"{'an increase' if change >= 0 else 'a fall'} of {abs(change)}",
            "uasc": _count(int(held["uasc"].sum())),
            "teenagers": _share(held["age"] >= 13),
            "fostering": _share(kind.isin(["fostering", "kinship"])),
            "residential": _share(kind == "residential"),
            "supported": _share(kind == "supported_accommodation"),
            "far": _share(held["distance_miles"] > 20),
            "out_of_area": _share(homes["host_authority"] != homes["local_authority"]),
            "moves": _share(held["in_year"] >= 3),
        }


def _count(number: int) -> str:
    return "fewer than six" if 0 < number < SMALLEST else f"{number:,}"


def _share(which: pd.Series[bool]) -> str:
    """A whole percentage; a bound where so few have it, or lack it, that they show."""
    total, count = len(which), int(which.sum())
    if not 0 < count < total:
        return "100" if count else "0"
    if count < SMALLEST:
        return f"under {min(ceil(100 * SMALLEST / total), 100)}"
    if total - count < SMALLEST:
        return f"over {max(floor(100 * (1 - SMALLEST / total)), 0)}"
    return str(round(100 * count / total))
