"""How stays ended, planned or not, from counts that may each be withheld."""

from __future__ import annotations

from typing import Final

from corpus.disclosure import Figure
from tools.shown import Shown, share_of, shown

FEWEST: Final = 60
"""Stays below which rounded counts give no share: each may be off by half as many."""


def unplanned_share(planned: Figure, unplanned: Figure) -> Shown:
    """Of the stays that ended, and are said how, the share that ended unplanned.

    0 to 1; withheld where either count is, or where they are estimates of so few that
    the share could be anything; nothing known where none ended.
    """
    counts = shown(planned), shown(unplanned)
    whole = Shown(
        value=sum(count.value or 0 for count in counts),
        within=sum(count.within or 0 for count in counts),
        withheld=any(count.withheld for count in counts),
    )
    if whole.within and (whole.value or 0) < FEWEST:
        return Shown(value=None, within=None, withheld=True)
    return share_of(counts[1], whole)
