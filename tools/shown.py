"""A figure as a tool's result carries it: its value, and how near the truth it is."""

from __future__ import annotations

from corpus.disclosure import Figure
from corpus.models import Frozen


class Shown(Frozen):
    """One count, mean, median, sum or share."""

    value: float | None
    """None where it is withheld, or where nothing is known."""
    within: float | None
    """How far the truth can be from it; 0 where it is exact, None where none is
    shown."""
    withheld: bool = False
    """Whether disclosure control keeps it back."""

    @property
    def cell(self) -> float | str | None:
        """The value for a table: whole where it is whole; `c` where it is withheld."""
        if self.withheld:
            return "c"
        if self.value is None or self.value != int(self.value):
            return self.value
        return int(self.value)


NOTHING_KNOWN = Shown(value=None, within=None)
"""In place of a figure for which there is no record."""


def shown(figure: Figure, digits: int = 2) -> Shown:
    """A figure under disclosure control, its value rounded to so many decimals."""
    if figure.value is None:
        return Shown(value=None, within=None, withheld=not figure.exact)
    within = None if figure.within is None else round(figure.within, digits)
    return Shown(value=round(figure.value, digits), within=within)


def share_of(part: Shown, whole: Shown) -> Shown:
    """A share of two counts or sums, as a fraction; its distance is from both of them.

    Withheld where either is; nothing known of a whole of none.
    """
    if part.withheld or whole.withheld:
        return Shown(value=None, within=None, withheld=True)
    if part.value is None or not whole.value:
        return NOTHING_KNOWN
    share = part.value / whole.value
    if not (part.within or whole.within):
        return Shown(value=round(share, 4), within=0)
    off = (part.within or 0) / whole.value + share * (whole.within or 0) / whole.value
    return Shown(value=round(min(share, 1), 3), within=round(min(off, 1), 3))


def difference(first: Shown, second: Shown) -> Shown:
    """The first less the second; withheld where either is."""
    if first.withheld or second.withheld:
        return Shown(value=None, within=None, withheld=True)
    if first.value is None or second.value is None:
        return NOTHING_KNOWN
    within = (first.within or 0) + (second.within or 0)
    return Shown(value=round(first.value - second.value, 2), within=round(within, 2))


def product(first: Shown, second: Shown, digits: int = 0) -> Shown:
    """One times the other, rounded; withheld where either is."""
    if first.withheld or second.withheld:
        return Shown(value=None, within=None, withheld=True)
    if first.value is None or second.value is None:
        return NOTHING_KNOWN
    off, other = first.within or 0, second.within or 0
    within = off * abs(second.value) + other * abs(first.value) + off * other
    value = first.value * second.value
    if within:  # no estimate is told to the pound
        return Shown(value=three_figures(value), within=three_figures(within))
    return Shown(value=round(value, digits), within=0)


def three_figures(value: float) -> float:
    """A number to three significant figures, as protected averages are."""
    return float(f"{value:.3g}")
