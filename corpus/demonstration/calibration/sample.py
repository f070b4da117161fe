"""The sample of 1,253: each authority's dearest placements, as the project drew it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpus.demonstration.chance import shared_out

if TYPE_CHECKING:
    import pandas as pd

SIZE: Final = 1253
"""Placements sampled (South East Sector Led Improvement Programme)."""
UNBOUNDED: Final = 1.96**2 * 0.25 / 0.1**2
"""Sample for 95% confidence and an interval of 10 points, of a boundless population."""
YOUNGEST: Final = 10
"""The sample of each authority was sized by its children from this age up."""
HIGH_COST: Final = 4800
"""Pounds a week from which a home was called high-cost, at 2019 prices."""


def draw_sample(current: pd.DataFrame) -> pd.DataFrame:
    """Each authority's dearest placements at 2019 prices, `SIZE` in all.

    Sizes follow Cochran's formula with the correction for a finite population, scaled
    to the number sampled; the region has as many children as now, not as in 2017.

    Args:
        current: Placements under way, with `age` and `then`, the cost in 2019 prices.
    """
    older = current[current["age"] >= YOUNGEST]["local_authority"].value_counts()
    sizes = {
        str(name): UNBOUNDED / (1 + (UNBOUNDED - 1) / int(count))
        for name, count in older.sort_index().items()
    }
    total = min(SIZE, round(sum(sizes.values())))
    wanted = shared_out(total, sizes)
    order = current[current["then"].notna()].sort_values(
        ["then", "placement_id"], ascending=[False, True]
    )
    rank = order.groupby("local_authority").cumcount()
    return order[rank < order["local_authority"].map(wanted)]
