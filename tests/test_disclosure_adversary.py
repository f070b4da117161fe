from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import (
    Bounds,
    LinearConstraint,
    milp,
)

from corpus.children import Placement
from corpus.codes import Gender, Need, PlacementType
from corpus.dataset import Dataset
from corpus.disclosure import (
    Dimension,
    Figure,
    Filters,
    ProtectedTable,
    Question,
    count_by,
    mean_by,
    median_by,
    sum_by,
)
from corpus.disclosure.coding import coded_rows
from corpus.disclosure.measures import Counted
from corpus.disclosure.wording import LEFT_OUT, THRESHOLD
from corpus.viewer import Viewer
from tests.invented_children import dataset_of, placement

LEVELS: dict[Dimension, tuple[str, ...]] = {
    Dimension.LOCAL_AUTHORITY: ("Kent", "Surrey"),
    Dimension.GENDER: ("female", "male"),
    Dimension.AGE_BAND: ("10 to 15", "16 to 17"),
    Dimension.PLACEMENT_TYPE: ("fostering", "residential"),
}
DIMENSIONS = tuple(LEVELS)
Labels = tuple[str, ...]

ATOMS: tuple[Labels, ...] = tuple(product(*LEVELS.values()))
"""Every combination of labels: what the adversary does not know the count of."""
AGES = {"10 to 15": 12, "16 to 17": 16}
MOST = 1_000
"""More children of one kind than an adversary thinks possible."""

Cell = tuple[str | None, ...]
"""A label for each dimension, None where the cell is a total over it."""


@dataclass(frozen=True)
class Bounded:
    """What one answer says of a linear sum of unknowns."""

    cell: Cell
    of_kept: bool
    low: float
    high: float


def group_bys() -> Iterator[tuple[Dimension, ...]]:
    sizes = range(len(DIMENSIONS) + 1)
    return chain.from_iterable(combinations(DIMENSIONS, size) for size in sizes)


def members(cell: Cell) -> NDArray[np.bool_]:
    """Which atoms the cell is made of."""
    return np.array(
        [
            all(asked in (None, label) for asked, label in zip(cell, atom, strict=True))
            for atom in ATOMS
        ]
    )


def answered(dataset: Dataset, viewer: Viewer) -> dict[Cell, Figure]:
    """The figure of every cell, from every way of grouping."""
    figures: dict[Cell, Figure] = {}
    for by in group_bys():
        table = count_by(Question(dataset, "placements", viewer, group_by=by))
        figures[(None,) * len(DIMENSIONS)] = table.total
        for group in table.groups:
            named = dict(zip(by, group.labels, strict=True))
            if all(label in LEVELS[name] for name, label in named.items()):
                figures[tuple(named.get(name) for name in DIMENSIONS)] = group.figure
    return figures


def what_it_says(cell: Cell, figure: Figure | None) -> list[Bounded]:
    """All that the method tells an adversary who knows it, but not the keys."""
    if figure is None:  # an authority is listed where any child of its is kept
        return [Bounded(cell, True, 0, 0)]
    if figure.value is None:
        return [Bounded(cell, True, 0, THRESHOLD)]
    if figure.exact:
        return [Bounded(cell, False, figure.value, figure.value)]
    assert figure.within is not None
    kept = [
        number
        for number in range(THRESHOLD + 1, MOST)
        if np.floor(number / (1 - LEFT_OUT) / 5 + 0.5) * 5 == figure.value
    ]
    return [
        Bounded(cell, True, kept[0], kept[-1]),
        Bounded(
            cell, False, figure.value - figure.within, figure.value + figure.within
        ),
    ]


class Adversary:
    """Holds every answer at once, and finds the least and most that a cell can be.

    The unknowns are each atom's children, and how many of them are kept: as many or
    fewer. Every answer bounds a sum of them, and totals are the sums of their parts by
    construction. The bounds of a cell are exact: no reasoning from these answers could
    narrow them.
    """

    def __init__(self, answers: Sequence[Bounded]) -> None:
        atoms = len(ATOMS)
        kept_of_each = np.hstack([-np.eye(atoms), np.eye(atoms)])
        rows = [(-np.inf, 0.0, difference) for difference in kept_of_each]
        for said in answers:
            inside = members(said.cell).astype(float)
            nowhere = np.zeros(atoms)
            halves = [nowhere, inside] if said.of_kept else [inside, nowhere]
            rows.append((said.low, said.high, np.concatenate(halves)))
        low, high, matrix = zip(*rows, strict=True)
        self.known = LinearConstraint(np.array(matrix), low, high)

    def interval(self, cell: Cell) -> tuple[int, int]:
        """The least and the most children that the cell can have."""
        weights = np.concatenate([members(cell).astype(float), np.zeros(len(ATOMS))])
        return self._least(weights), -self._least(-weights)

    def _least(self, weights: NDArray[np.float64]) -> int:
        found = milp(
            weights,
            constraints=self.known,
            integrality=np.ones_like(weights),
            bounds=Bounds(0, MOST),
        )
        assert found.success, found.message
        return int(np.rint(found.fun))


def every_question(dataset: Dataset, viewer: Viewer) -> list[Question]:
    """Over every grouping."""
    others = ((Dimension.NEED,), (Dimension.QUARTER,), (Dimension.DISTANCE_BAND,))
    return [
        Question(dataset, "placements", viewer, group_by=by)
        for by in (*group_bys(), *others)
    ]


def every_count(dataset: Dataset, viewer: Viewer) -> list[ProtectedTable]:
    return [
        count_by(question, counted)
        for question in every_question(dataset, viewer)
        for counted in get_args(Counted)
    ]


def every_average(dataset: Dataset, viewer: Viewer) -> list[ProtectedTable]:
    """All statistics of all values."""
    return [
        ask(question, value)
        for question in every_question(dataset, viewer)
        for ask in (mean_by, median_by, sum_by)
        for value in ("weekly_cost", "distance_miles", "stay_days")
    ]


def kinds(counts: Sequence[int]) -> list[Labels]:
    """Each child's labels."""
    return [atom for atom, n in zip(ATOMS, counts, strict=True) for _ in range(n)]


def children(counts: Sequence[int]) -> list[Placement]:
    return [like(labels, number) for number, labels in enumerate(kinds(counts))]


def like(
    labels: Sequence[str],
    number: int,
    weekly_cost: float | None = 1000.0,
    distance_miles: float | None = None,
) -> Placement:
    authority, gender, band, kind = labels
    return placement(
        number,
        local_authority=authority,
        gender=Gender(gender),
        age=AGES[band],
        placement_type=PlacementType(kind),
        needs=(Need.CSE,),
        weekly_cost=weekly_cost,
        distance_miles=distance_miles,
    )


def truth(counts: Sequence[int], cell: Cell) -> int:
    return int(np.array(counts)[members(cell)].sum())


CELLS: tuple[Cell, ...] = tuple(
    product(*[(None, *labels) for labels in LEVELS.values()])
)
populations = st.lists(
    st.one_of(st.integers(0, 6), st.integers(0, 40)),
    min_size=len(ATOMS),
    max_size=len(ATOMS),
)
seeds = st.integers(0, 2**32)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(counts=populations, seed=seeds, council=st.booleans())
def test_no_series_of_questions_establishes_a_count_of_1_to_5(
    tmp_path_factory: pytest.TempPathFactory,
    counts: list[int],
    seed: int,
    council: bool,
) -> None:
    root = tmp_path_factory.mktemp("region")
    dataset = dataset_of(root, children(counts), seed=seed)
    viewer = Viewer.parse("council:Kent" if council else "region")
    figures = answered(dataset, viewer)
    said = [one for cell in CELLS for one in what_it_says(cell, figures.get(cell))]
    adversary = Adversary(said)
    for cell in CELLS:
        own = council and cell[0] == "Kent"
        if 1 <= truth(counts, cell) <= 5 and not own:
            low, high = adversary.interval(cell)
            assert low <= truth(counts, cell) <= high
            assert low < high
            assert high > 5


def test_the_same_adversary_breaks_suppression_alone() -> None:
    counts = [30, 20, 3, 12, 25, 9, 40, 8, 14, 7, 11, 6, 10, 16, 21, 13]
    said = [
        Bounded(cell, False, 1, 5)
        if 1 <= (true := truth(counts, cell)) <= 5
        else Bounded(cell, False, true, true)
        for cell in CELLS
    ]
    assert Adversary(said).interval(ATOMS[2]) == (3, 3)


def test_the_same_adversary_breaks_rounding_alone() -> None:
    counts = [2, 1, 4, 2, 3, 1, 5, 2, 1, 4, 2, 3, 1, 2, 4, 2]
    said = []
    for cell in CELLS:
        rounded = np.floor(truth(counts, cell) / 5 + 0.5) * 5
        said.append(Bounded(cell, False, rounded - 2, rounded + 2))
    adversary = Adversary(said)
    established = [
        cell
        for cell in CELLS
        if 1 <= truth(counts, cell) <= 5 and len(set(adversary.interval(cell))) == 1
    ]
    assert established


def left_out_numbers(root: Path, labels: Sequence[str], seed: int) -> list[int]:
    """Numbers of children of an authority that the keys of a seed leave out."""
    candidates = [like(labels, number) for number in range(10_000, 10_800)]
    rows = coded_rows(dataset_of(root, candidates, seed=seed), "placements")
    absent = ~(rows.child_kept | rows.record_kept)
    return [10_000 + int(place) for place in np.flatnonzero(absent)]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(counts=populations, seed=seeds, recorded=st.booleans(), at=st.data())
def test_children_more_in_a_small_cell_change_no_answer(
    tmp_path_factory: pytest.TempPathFactory,
    counts: list[int],
    seed: int,
    recorded: bool,
    at: st.DataObject,
) -> None:
    small = [cell for cell in CELLS if 1 <= truth(counts, cell) <= 5]
    assume(small)
    inside = members(at.draw(st.sampled_from(small)))
    held = [a for a, n, here in zip(ATOMS, counts, inside, strict=True) if n and here]
    labels = at.draw(st.sampled_from(held))
    numbers = left_out_numbers(tmp_path_factory.mktemp("keys"), labels, seed)
    more = at.draw(st.integers(1, min(3, len(numbers))))
    cost, miles = (1000.0, 9.0) if recorded else (None, None)
    hidden = [like(labels, number, cost, miles) for number in numbers[:more]]
    # Costs as uneven as real ones, so that some averages lie beyond their limit.
    known = [
        like(child_of, number, 300.0 * 1.5 ** (number % 13), float(number % 19))
        for number, child_of in enumerate(kinds(counts))
    ]
    before, after = (
        dataset_of(tmp_path_factory.mktemp("world"), rows, seed=seed)
        for rows in (known, [*known, *hidden])
    )
    other = "Surrey" if labels[0] == "Kent" else "Kent"
    for viewer in (Viewer(), Viewer.parse(f"council:{other}")):
        assert every_count(before, viewer) == every_count(after, viewer)
        averages = every_average(before, viewer), every_average(after, viewer)
        if recorded:
            assert all(only_limits(*pair) for pair in zip(*averages, strict=True))
        else:
            assert averages[0] == averages[1]
    exact = Question(after, "placements", Viewer.parse("evaluator"))
    assert count_by(exact).total.value == sum(counts) + more


def only_limits(table: ProtectedTable, other: ProtectedTable) -> bool:
    """Whether two tables differ only in which averages lie within their limit."""
    pairs = zip(figures_of(table), figures_of(other), strict=True)
    return all(a == b or None in (a[1].value, b[1].value) for a, b in pairs)


def figures_of(table: ProtectedTable) -> list[tuple[tuple[str, ...], Figure]]:
    return [((), table.total), *((g.labels, g.figure) for g in table.groups)]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(counts=populations, seed=seeds)
def test_a_count_of_1_to_5_is_never_shown_whatever_the_filters(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int], seed: int
) -> None:
    dataset = dataset_of(tmp_path_factory.mktemp("small"), children(counts), seed=seed)
    for cell in CELLS:
        if truth(counts, cell) <= 5:
            authority, gender, band, kind = cell
            filters = Filters(
                local_authority=(authority,) if authority else (),
                gender=Gender(gender) if gender else None,
                age_from=AGES[band] if band else None,
                age_to=AGES[band] if band else None,
                placement_type=(PlacementType(kind),) if kind else (),
            )
            question = Question(dataset, "placements", Viewer(), filters)
            assert count_by(question).total.value is None
            assert count_by(question, "records").total.value is None
            assert mean_by(question, "weekly_cost").total.value is None


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(counts=populations, seed=seeds)
def test_the_order_of_rows_changes_no_answer(
    tmp_path_factory: pytest.TempPathFactory,
    counts: list[int],
    seed: int,
) -> None:
    rows = children(counts)
    mixed = rows[::2][::-1] + rows[1::2]
    first, second = (
        dataset_of(tmp_path_factory.mktemp("order"), each, seed=seed)
        for each in (rows, mixed)
    )
    assert every_count(first, Viewer()) == every_count(second, Viewer())
    assert every_average(first, Viewer()) == every_average(second, Viewer())
