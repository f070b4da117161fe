"""Arguments that say how figures are grouped, and whom by age: what fits together."""

from __future__ import annotations

from corpus.disclosure import Dimension


def one_or_several(value: object) -> object:
    """One name as a list of it, so that either may be given."""
    return (value,) if isinstance(value, str) else value


def checked_groupings(
    names: tuple[str, ...] | None, most: int
) -> tuple[Dimension, ...]:
    """The groupings asked for, in order.

    Raises:
        ValueError: for one that comes twice, for too many, and for year with quarter.
    """
    by = tuple(map(Dimension, names or ()))
    if len(set(by)) < len(by) or len(by) > most:
        raise ValueError(
            f"group_by takes up to {most} different groupings, not {', '.join(by)}"
        )
    if {Dimension.YEAR, Dimension.QUARTER} <= set(by):
        raise ValueError("group_by takes year or quarter, not both")
    return by


def check_ages(youngest: int | None, oldest: int | None) -> None:
    """Refuse a youngest age above the oldest.

    Raises:
        ValueError: where no age is both.
    """
    if youngest is not None and oldest is not None and youngest > oldest:
        raise ValueError(f"age_from {youngest} is above age_to {oldest}")
