"""Journeys through care: the placements that led to one that was looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.codes import PlacementType
from corpus.disclosure.aggregates import Question, figure_at, figures_of
from corpus.disclosure.bands import Dimension
from corpus.disclosure.coding import CodedRows, Integers, coded_rows
from corpus.disclosure.measures import Count, Measure, Summary
from corpus.disclosure.paths import NO_TYPE, TYPES, Ways, paths_of, ways_to
from corpus.disclosure.reading import Reading, read
from corpus.disclosure.selection import Grouping, selected
from corpus.disclosure.tables import Figure

_COST_STARTS: Final = (
    0.0, *(float(each) for each in range(1_000, 10_000, 1_000)),
    10_000.0, 15_000.0, 20_000.0, 30_000.0, 50_000.0,
)  # fmt: skip
"""Weekly costs that a protected journey can lead to."""


@dataclass(frozen=True)
class Destination:
    """The placement that journeys lead to: the first of a period of care that fits."""

    placement_type: PlacementType | None = None
    """None for any type."""
    min_weekly_cost: float | None = None
    """Pounds a week or more; None for any cost, also one not recorded."""


@dataclass(frozen=True)
class Journey:
    """One sequence of placement types, and the children who went through it."""

    types: tuple[PlacementType, ...]
    """Types in order, repeats taken together; the last is the destination's. Of a
    group of several sequences, those that they have in common, such as the last two."""
    children: Figure
    step_costs: tuple[Figure, ...]
    """Mean weekly cost at each of `types`: a step's is the mean of its placements'."""
    moves: Figure
    """Mean number of moves from the first placement of the period of care that is
    known, repeats and placements without a type counted."""
    days: Figure
    """Mean days from entering care to the destination, of those whose entry is held."""


@dataclass(frozen=True)
class Journeys:
    """Journeys to one destination."""

    children: Figure
    journeys: tuple[Journey, ...]
    """Every sequence that may be told of."""
    came_from: tuple[Journey, ...]
    """The same by the step before the destination: types are one or two."""
    by_moves: tuple[tuple[int, Figure], ...]
    """Children by number of moves; the last number stands for itself and more."""
    cost_before: Figure
    """Mean weekly cost of the step before, of those who had one with a cost."""
    cost_at: Figure
    """Mean weekly cost of the destination, of the same children."""
    moves: Figure
    days: Figure
    destination: Destination
    """As applied: the cost snapped to a published band where figures are protected."""
    snapped: tuple[str, ...]


def journeys_to(
    question: Question, destination: Destination, min_moves: int = 0
) -> Journeys:
    """The journeys of children to a destination, exactly or protected.

    A period of care is a child's placements that follow each other without a gap; a
    placement without a type is a move, but no step. Where the first was not held, the
    type before it, if recorded, is a step of unknown cost. Costs are those recorded, of
    their own years. Figures are protected as those of `count_by` and `mean_by`: they
    are of children kept alone, and sequences are listed that a child kept went through.

    Args:
        question: Of the placements, not grouped; filters on the destination's row.
        destination: Where journeys lead.
        min_moves: Fewest moves on the way.

    Raises:
        InvalidArguments: where the placements lack a filter.
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    reading = read(question)
    destination, said = _snapped(destination, reading.exact)
    rows = coded_rows(question.dataset, "placements")
    chosen = selected(rows, reading.question.filters) & _arrives(rows, destination)
    path = paths_of(question.dataset)
    arrivals = path.first_of_each_period(chosen)
    arrivals = arrivals[path.moves[arrivals] >= min_moves]
    ways = ways_to(rows, path, arrivals)
    return _figured(reading, ways, destination, (*reading.snapped, *said))


def _arrives(rows: CodedRows, destination: Destination) -> NDArray[np.bool_]:
    fits = np.ones(len(rows.child), dtype=bool)
    if destination.placement_type is not None:
        codes = rows.dimensions[Dimension.PLACEMENT_TYPE].codes
        fits &= codes == TYPES.index(destination.placement_type)
    if destination.min_weekly_cost is not None:
        fits &= rows.values["weekly_cost"] >= destination.min_weekly_cost
    return fits & (rows.dimensions[Dimension.PLACEMENT_TYPE].codes < NO_TYPE)


def _figured(
    reading: Reading, ways: Ways, destination: Destination, said: tuple[str, ...]
) -> Journeys:
    figures = _Figures(ways.rows, reading.exact)
    whole, moves = np.zeros(len(ways.steps), np.int64), ways.rows.values["moves"]
    capped = np.minimum(moves, 5).astype(np.int64)
    by_moves = figures.of(Count("children"), capped, 6)
    return Journeys(
        children=figures.of(Count("children"), whole, 1)[0],
        journeys=figures.journeys(ways.steps),
        came_from=figures.journeys(ways.steps[:, :2]),
        by_moves=tuple(enumerate(by_moves)),
        cost_before=figures.of(Summary("mean", "before"), whole, 1)[0],
        cost_at=figures.of(Summary("mean", "at"), whole, 1)[0],
        moves=figures.of(Summary("mean", "moves"), whole, 1)[0],
        days=figures.of(Summary("mean", "days"), whole, 1)[0],
        destination=destination,
        snapped=said,
    )


@dataclass(frozen=True)
class _Figures:
    """Measures of journeys in groups, as their viewer may see them."""

    rows: CodedRows
    exact: bool

    def of(self, measure: Measure, group: Integers, size: int) -> list[Figure]:
        """A measure of each group."""
        names = tuple(map(str, range(size)))
        grouping = Grouping(np.arange(len(group)), group, (names,))
        found = figures_of(measure, self.rows, grouping, self.exact)
        return [figure_at(found, at, self.exact) for at in range(size)]

    def journeys(self, steps: Integers) -> tuple[Journey, ...]:
        """The sequences that a journey told of went through, each with its figures."""
        code = steps @ (NO_TYPE + 1) ** np.arange(steps.shape[1])  # fits 64 bits
        _, first, group = np.unique(code, return_index=True, return_inverse=True)
        sequences, size = steps[first], len(first)
        told = np.ones(len(group), bool) if self.exact else self.rows.child_kept
        listed = np.bincount(group[told], minlength=size) > 0
        children = self.of(Count("children"), group, size)
        longest = int((steps < NO_TYPE).sum(axis=1).max(initial=0))
        means = {
            name: self.of(Summary("mean", name), group, size)
            for name in (
                "moves",
                "days",
                *(f"step_{step}" for step in range(longest)),
            )
        }
        return tuple(
            _journey(sequences[at], children[at], {n: m[at] for n, m in means.items()})
            for at in np.flatnonzero(listed).tolist()
        )


def _journey(steps: Integers, children: Figure, means: dict[str, Figure]) -> Journey:
    """One sequence, forwards."""
    length = int((steps < NO_TYPE).sum())
    backwards = range(length - 1, -1, -1)
    return Journey(
        types=tuple(TYPES[steps[step]] for step in backwards),
        children=children,
        step_costs=tuple(means[f"step_{step}"] for step in backwards),
        moves=means["moves"],
        days=means["days"],
    )


def _snapped(
    destination: Destination, exact: bool
) -> tuple[Destination, tuple[str, ...]]:
    """The destination with its cost widened to a published band, and what to say."""
    asked = destination.min_weekly_cost
    if exact or asked is None:
        return destination, ()
    least = max(start for start in _COST_STARTS if start <= asked)
    if least == asked:
        return destination, ()
    said = (
        f"min_weekly_cost {asked:,.10g} was read as {least:,.0f}, the published band"
        " that holds it."
    )
    return replace(destination, min_weekly_cost=least), (said,)
