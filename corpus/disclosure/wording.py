"""What the reader is told of disclosure control, and the numbers behind the words.

The method and its proof are in docs/disclosure.md.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

NumberT = TypeVar("NumberT", bound=Any)

LEFT_OUT: Final = 0.1
"""Chance that a record is left out of every protected figure, by its secret key."""

THRESHOLD: Final = 6
"""A figure is withheld where this many children kept, or fewer, stand behind it."""

COUNT_BASE: Final = 5
"""Counts are rounded to a multiple of this, as health and education statistics are."""

VALUE_DISTANCE: Final = 0.2
"""No mean, median or sum is shown that is further from the truth, as a share of it."""

SHARE_BASE: Final = 0.05
"""Protected shares are rounded to a multiple of this."""

SHARE_DISTANCE: Final = 0.1
"""No share is shown that is further from the truth."""

WITHHELD: Final = "c"
"""Symbol in place of a withheld figure: DfE's for confidential."""

DISCLOSURE_LINE: Final = (
    "Protected figures: c is withheld, for few children or none; counts are estimates"
    " rounded to 5, within 10 plus twice the square root of the figure (100 within 30,"
    " 1,000 within 73) of the true count; averages and sums are within 20%."
)
"""The line that stands beside protected figures."""


def count_distance(shown: NumberT) -> NumberT:
    """How far a shown count, or each of an array, can be from the true one: 10 + 2√n.

    The error is binomial, with a standard deviation of a third of the count's square
    root. Fewer than one figure in a hundred million lies further away.
    """
    distance: NumberT = 10 + 2 * shown**0.5
    return distance
