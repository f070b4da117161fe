"""What a placement costs a week, as the census splits it between contributors."""

from __future__ import annotations

from typing import Final

from corpus.importing.money import read_weekly_money
from corpus.importing.pnw_census_cells import CensusCells
from corpus.importing.sheets import Row

_NEAR_ENOUGH: Final = 1.0
"""Pounds by which contributions may miss the total before a reader is told."""


def read_cost(cells: CensusCells, row: Row) -> dict[str, float | None]:
    """Pounds a week borne by each contributor, by the field of `Placement`.

    Where social care's own is blank, it is what the others leave of the total.
    """
    total = cells.value(row, "total", read_weekly_money)
    social = cells.value(row, "social_care", read_weekly_money)
    education = cells.value(row, "education", read_weekly_money)
    health = cells.value(row, "health", read_weekly_money)
    others = (education or 0) + (health or 0)
    if total is not None and social is None:
        social = _rest(cells, row, round(total - others, 2))
    elif total is not None and social is not None:
        _compare(cells, row, total, round(social + others, 2))
    return {
        "weekly_social_care": social,
        "weekly_education": education,
        "weekly_health": health,
    }


def _rest(cells: CensusCells, row: Row, rest: float) -> float | None:
    if rest < 0:
        cells.mend(row, "total", "", "the contributions are more than it")
        return None
    why = "social care's contribution is blank: taken as what the others leave of it"
    cells.mend(row, "total", f"{rest:.2f}", why)
    return rest


def _compare(cells: CensusCells, row: Row, total: float, added: float) -> None:
    if abs(total - added) > _NEAR_ENOUGH:
        why = "the contributions add up to this, and they are what is held"
        cells.mend(row, "total", f"{added:.2f}", why)
