from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.children import Placement
from corpus.codes import PlacementType
from corpus.disclosure import Question
from corpus.disclosure.coding import coded_rows
from corpus.disclosure.journeys import Destination, journeys_to
from corpus.errors import InvalidArguments
from corpus.viewer import Viewer
from tests.invented_children import dataset_of, placement
from tests.placement_rows import asked, figures_in, knowledge_of, placements_of
from tools.base import Knowledge
from tools.found_journeys import TracedJourneys
from tools.shown import NOTHING_KNOWN
from tools.trace_journeys import HIGH_COST

EVALUATOR = Viewer.parse("evaluator")


@pytest.fixture(scope="module")
def knowledge(region_dir: Path) -> Knowledge:
    return knowledge_of(region_dir)


def found(
    knowledge: Knowledge, viewer: str = "region", **arguments: Any
) -> TracedJourneys:
    data = asked(knowledge, "trace_journeys", viewer, **arguments).data
    assert isinstance(data, TracedJourneys)
    return data


class Walked(NamedTuple):
    """One child's journey, worked out placement by placement."""

    child: str
    types: tuple[str, ...]
    costs: tuple[float | None, ...]
    moves: int
    days: int | None


def walked(
    frame: pd.DataFrame, kind: str | None, cost: float | None, min_moves: int
) -> list[Walked]:
    journeys = []
    care: defaultdict[str, list[Any]] = defaultdict(list)
    ordered: Any = frame.sort_values("started", kind="stable").itertuples()
    for row in ordered:
        if pd.isna(row.previous_placement_id):
            care[row.child_id].append([])
        care[row.child_id][-1].append(row)
    for child, periods in care.items():
        for period in periods:
            for at, row in enumerate(period):
                there = (kind is None or row.placement_type == kind) and (
                    cost is None or row.cost >= cost
                )
                if there and not pd.isna(row.placement_type):
                    journey = _walk(child, period[:at], row)
                    journeys += [journey] if journey.moves >= min_moves else []
                    break
    return journeys


def _walk(child: str, before: list[Any], there: Any) -> Walked:
    first = [*before, there][0]
    known = not pd.isna(first.previous_type)
    steps: list[tuple[str, list[float]]] = []
    if known:
        steps.append((first.previous_type, []))
    for row in before:
        if pd.isna(row.placement_type):
            continue
        if not steps or steps[-1][0] != row.placement_type:
            steps.append((row.placement_type, []))
        steps[-1][1].append(row.cost)
    costs = [fmean(each) if each else None for _, each in steps]
    days = None if known else (there.started - first.started).days
    return Walked(
        child,
        (*(kind for kind, _ in steps), there.placement_type),
        (*costs, there.cost),
        len(before) + known,
        days,
    )


@pytest.mark.parametrize("viewer", ["evaluator", "council:Kent"])
@pytest.mark.parametrize(
    ("kind", "cost", "min_moves"),
    [
        (None, None, None),
        (None, 6_000.0, None),
        (None, 4_000.0, 2),
        ("residential", None, None),
        ("residential", 5_000.0, 1),
        ("fostering", None, None),
        ("secure", None, 3),
    ],
)
def test_journeys_agree_with_those_walked_one_by_one(
    knowledge: Knowledge,
    viewer: str,
    kind: str | None,
    cost: float | None,
    min_moves: int | None,
) -> None:
    named = {"placement_type": kind, "min_weekly_cost": cost, "min_moves": min_moves}
    own = {"local_authority": "Kent"} if viewer != "evaluator" else {}
    arguments = {name: value for name, value in named.items() if value is not None}
    data = found(knowledge, viewer, **own, **arguments)
    frame = placements_of(knowledge.dataset)
    if own:
        frame = frame[frame["local_authority"] == "Kent"]
    least = HIGH_COST if kind is None and cost is None else cost
    truth = walked(frame, kind, least, min_moves or 0)
    by_types = defaultdict(list)
    for each in truth:
        by_types[each.types].append(each)
    assert data.children.value == len({each.child for each in truth})
    assert {journey.types for journey in data.journeys} == set(by_types)
    for journey in data.journeys:
        those = by_types[journey.types]
        assert journey.children.value == len({each.child for each in those})
        assert journey.moves.value == pytest.approx(
            fmean(each.moves for each in those), abs=0.01
        )
        for step, figure in enumerate(journey.step_costs):
            costs = [c for each in those if (c := each.costs[step]) is not None]
            mean = fmean(costs) if costs else None
            assert figure.value == (
                None if mean is None else pytest.approx(mean, abs=0.01)
            )
        days = [each.days for each in those if each.days is not None]
        assert journey.days.value == (
            pytest.approx(fmean(days), abs=0.5) if days else None
        )
    origins = defaultdict(set)
    for each in truth:
        origins[each.types[-2:]].add(each.child)
    assert {j.types: j.children.value for j in data.came_from} == {
        types: len(children) for types, children in origins.items()
    }
    moved = [sum(min(each.moves, 5) == n for each in truth) for n in range(6)]
    assert sum(moved) == len(truth)
    if len({each.child for each in truth}) == len(truth):
        assert [figure.value for figure in data.by_moves] == moved


@pytest.mark.parametrize("kind", [None, "residential", "fostering"])
@pytest.mark.parametrize("cost", [None, 5_000.0])
def test_what_the_region_sees_is_within_the_stated_distance_of_the_truth(
    knowledge: Knowledge, kind: str | None, cost: float | None
) -> None:
    named = {"placement_type": kind, "min_weekly_cost": cost}
    arguments = {name: value for name, value in named.items() if value is not None}
    shown = found(knowledge, "region", **arguments)
    true = found(knowledge, "evaluator", **arguments)
    facts = {journey.types: journey for journey in true.journeys}
    pairs = [(shown.children, true.children), (shown.cost_at, true.cost_at)]
    for journey in shown.journeys:
        fact = facts[journey.types]
        pairs += [(journey.children, fact.children), (journey.moves, fact.moves)]
        pairs += zip(journey.step_costs, fact.step_costs, strict=True)
    for figure, truth in pairs:
        if figure.value is not None:
            assert truth.value is not None and figure.within is not None
            assert abs(figure.value - truth.value) <= figure.within + 0.01
    assert shown.children.value is None or shown.children.within


STEPS = st.lists(
    st.tuples(
        st.sampled_from([*list(PlacementType)[:3], None]),
        st.integers(1, 200),
        st.floats(300, 9_000),
        st.booleans(),
    ),
    min_size=1,
    max_size=16,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(children=st.lists(STEPS, min_size=1, max_size=8))
def test_every_child_who_arrives_went_exactly_one_way(
    tmp_path_factory: pytest.TempPathFactory, children: list[Any]
) -> None:
    rows = [
        each
        for number, steps in enumerate(children)
        for each in care_of(f"C{number}", number * 100, steps)
    ]
    dataset = dataset_of(tmp_path_factory.mktemp("care"), rows)
    asking = Question(dataset, "placements", EVALUATOR)
    found = journeys_to(asking, Destination(PlacementType.FOSTERING))
    arrived = {
        row.child_id for row in rows if row.placement_type is PlacementType.FOSTERING
    }
    assert found.children.value == len(arrived)
    for journey in found.journeys:
        assert journey.types[-1] is PlacementType.FOSTERING
        assert PlacementType.FOSTERING not in journey.types[:-1]
        assert len(journey.step_costs) == len(journey.types) <= 12
        assert all(
            one is not other
            for one, other in zip(journey.types, journey.types[1:], strict=False)
        )
    ways = sum(journey.children.value or 0 for journey in found.journeys)
    assert ways >= len(arrived)
    if all(not left for steps in children for *_, left in steps):
        assert ways == len(arrived)


def care_of(child: str, first: int, steps: list[Any]) -> list[Placement]:
    """A child's placements; one that is left is followed by a month out of care."""
    rows, day = [], date(2015, 1, 1)
    for number, (kind, days, cost, left) in enumerate(steps):
        ended = day + timedelta(days=days)
        rows.append(
            placement(
                first + number,
                child=child,
                started=day,
                ended=ended,
                placement_type=kind,
                weekly_cost=None if kind is None else cost,
            )
        )
        day = ended + timedelta(days=30 if left else 0)
    return rows


def test_children_left_out_change_no_answer(tmp_path: Path) -> None:
    def rows_of(numbers: range) -> list[Placement]:
        steps = [(PlacementType.FOSTERING, 90, 900.0, False)]
        steps += [(PlacementType.RESIDENTIAL, 90, 5_000.0, False)]
        care = [care_of(f"C{number}", number * 10, steps) for number in numbers]
        return [row for each in care for row in each]

    candidates = rows_of(range(1000, 1400))
    kept = coded_rows(dataset_of(tmp_path / "keys", candidates), "placements")
    hidden = [
        row for row, there in zip(candidates, kept.child_kept, strict=True) if not there
    ]
    known = rows_of(range(40))
    seen, true = (
        [
            journeys_to(
                Question(dataset_of(tmp_path / name, rows), "placements", viewer),
                Destination(PlacementType.RESIDENTIAL),
            )
            for name, rows in (("few", known), ("more", [*known, *hidden]))
        ]
        for viewer in (Viewer(), EVALUATOR)
    )
    assert seen[0].children == seen[1].children
    assert [j.children for j in seen[0].journeys] == [
        j.children for j in seen[1].journeys
    ]
    assert (true[1].children.value or 0) > (true[0].children.value or 0)


def test_a_cost_is_read_as_its_band_where_figures_are_protected(
    knowledge: Knowledge,
) -> None:
    result = asked(knowledge, "trace_journeys", min_weekly_cost=5_999)
    assert result.data.min_weekly_cost == 5_000
    assert any("5,999 was read as 5,000" in caveat for caveat in result.caveats)
    assert result.data.children == found(knowledge, min_weekly_cost=5_000).children
    own = found(knowledge, "evaluator", min_weekly_cost=5_999)
    assert own.min_weekly_cost == 5_999


def test_without_arguments_high_cost_is_the_published_threshold(
    knowledge: Knowledge,
) -> None:
    result = asked(knowledge, "trace_journeys", "evaluator")
    assert (result.data.min_weekly_cost, result.data.cost_assumed) == (HIGH_COST, True)
    assert any("Local Government Association" in caveat for caveat in result.caveats)


def test_a_type_alone_may_have_any_cost(knowledge: Knowledge) -> None:
    result = asked(knowledge, "trace_journeys", placement_type="fostering")
    assert result.data.min_weekly_cost is None
    assert any("may have any" in caveat for caveat in result.caveats)


def test_where_no_cost_is_recorded_nothing_is_known(tmp_path: Path) -> None:
    dataset_of(tmp_path, [placement(number) for number in range(30)])
    result = asked(knowledge_of(tmp_path), "trace_journeys", "evaluator")
    assert result.data.children == NOTHING_KNOWN
    assert any("No costs are recorded" in caveat for caveat in result.caveats)


def test_moves_that_nobody_made_are_an_honest_none(knowledge: Knowledge) -> None:
    data = found(knowledge, "evaluator", min_moves=100)
    assert (data.children.value, data.journeys) == (0, ())
    assert all(figure.value in (0, None) for figure in figures_in(data))


def test_of_an_authority_that_is_not_held_nothing_is_known(
    knowledge: Knowledge,
) -> None:
    result = asked(knowledge, "trace_journeys", "evaluator", local_authority="Leeds")
    assert (result.data.children, result.tables) == (NOTHING_KNOWN, ())
    assert "nothing is known" in result.caveats[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"min_weekly_cost": -1}, "min_weekly_cost = -1"),
        ({"min_weekly_cost": 1e9}, "min_weekly_cost = 1000000000.0"),
        ({"min_weekly_cost": "dear"}, "min_weekly_cost = 'dear'"),
        ({"min_moves": -1}, "min_moves = -1"),
        ({"min_moves": 2.5}, "min_moves = 2.5"),
        ({"placement_type": "hotel"}, "placement_type = 'hotel'"),
        ({"year": "2024/25"}, "there is no argument 'year'"),
    ],
)
def test_nonsense_is_refused_by_the_name_of_its_argument(
    knowledge: Knowledge, arguments: dict[str, Any], told: str
) -> None:
    with pytest.raises(InvalidArguments, match=told):
        found(knowledge, **arguments)


def test_lines_end_at_the_destination(knowledge: Knowledge) -> None:
    result = asked(
        knowledge, "trace_journeys", "evaluator", placement_type="residential"
    )
    (chart,) = result.charts
    assert (chart.kind, chart.x[-1], chart.x_names[-1]) == ("lines", 0.0, "destination")
    told = {journey.told: journey for journey in result.data.journeys}
    for line in chart.series:
        costs = [cost.value for cost in told[line.name].step_costs]
        assert list(line.values[-len(costs) :]) == costs


def test_without_a_cost_there_is_no_picture_of_costs(tmp_path: Path) -> None:
    rows = []
    for number in range(12):
        first = placement(
            2 * number, child=f"C{number}", started=date(2024, 6, 1),
            ended=date(2025, 6, 1),
        )  # fmt: skip
        then = placement(
            2 * number + 1, child=f"C{number}", started=date(2025, 6, 1),
            placement_type=PlacementType.RESIDENTIAL,
        )  # fmt: skip
        rows += [first, then]
    dataset_of(tmp_path, rows)
    found = asked(
        knowledge_of(tmp_path), "trace_journeys", "evaluator",
        placement_type="residential",
    )  # fmt: skip
    assert found.data.children.value == 12
    assert found.charts == ()
