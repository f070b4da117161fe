"""Neighbouring passages joined, so that a quotation is whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.models import Passage

MOST: Final = 3
"""Passages that one quotation holds at most."""
_ANNOUNCE: Final = (":", "...", "…")
_ENDS: Final = '.!?:;…"”'


@dataclass(frozen=True)
class Neighbours:
    """The passages of an index by position, and whether two are of one document."""

    passages: int
    passage: Callable[[int], Passage] = field(repr=False)
    together: Callable[[int, int], bool] = field(repr=False)


def spans(found: Sequence[int], neighbours: Neighbours) -> list[tuple[int, int]]:
    """First and last position of each quotation, in the order of `found`, best first.

    A passage takes in its neighbours among those found, and a neighbour that goes on
    with its sentence, until it holds `MOST`. Spans never overlap, and together they
    hold every position found.
    """
    wanted, taken = set(found), set[int]()
    result: list[tuple[int, int]] = []
    for position in found:
        if position not in taken:
            span = _grown(position, wanted, taken, neighbours)
            taken.update(range(span[0], span[1] + 1))
            result.append(span)
    return result


def _grown(
    position: int, wanted: set[int], taken: set[int], neighbours: Neighbours
) -> tuple[int, int]:
    first = last = position
    while last - first + 1 < MOST:
        if last + 1 not in taken and _belong(last, last + 1, wanted, neighbours):
            last += 1
        elif first - 1 not in taken and _belong(first - 1, first, wanted, neighbours):
            first -= 1
        else:
            break
    return first, last


def _belong(earlier: int, later: int, wanted: set[int], neighbours: Neighbours) -> bool:
    """Whether two positions side by side belong in one quotation."""
    if earlier < 0 or later >= neighbours.passages:
        return False
    if not neighbours.together(earlier, later):
        return False
    if earlier in wanted and later in wanted:
        return True
    return goes_on(neighbours.passage(earlier), neighbours.passage(later))


def goes_on(earlier: Passage, later: Passage) -> bool:
    """Whether a sentence of `earlier` runs on into `later`, cut for its length; or
    `earlier` ends on what announces more, as a slide does that ends on "..."."""
    if earlier.text.endswith(_ANNOUNCE):
        return True
    side_by_side = later.start - earlier.end <= 1
    return side_by_side and later.text[0].islower() and earlier.text[-1] not in _ENDS


def joined(first: Passage, last: Passage, text: str) -> Passage:
    """The span from the first passage to the last, quoted from its document's text."""
    places = dict.fromkeys((first.locator, last.locator))
    return first.model_copy(
        update={
            "end": last.end,
            "text": text[first.start : last.end],
            "locator": " to ".join(places),
        }
    )
