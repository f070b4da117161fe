from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.children import Placement
from corpus.codes import Need, PlacementType
from corpus.dataset import Dataset
from corpus.disclosure import (
    Dimension,
    Filters,
    ProtectedTable,
    Question,
    count_by,
    median_stays,
)
from corpus.disclosure.coding import coded_rows
from corpus.disclosure.wording import THRESHOLD
from corpus.errors import UsageError
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, dataset_of, placement

REGION = Viewer()
EVALUATOR = Viewer.parse("evaluator")
CELL = (PlacementType.FOSTERING, "10 to 15")

Stay = tuple[int, bool]
"""Days, and whether it has ended; one that has not began so many days ago."""


def stayed(number: int, stay: Stay) -> Placement:
    days, ended = stay
    if not ended:
        return placement(number, started=AS_AT - timedelta(days=days))
    started = AS_AT - timedelta(days=days + number % 200)
    return placement(number, started=started, ended=started + timedelta(days=days))


def of_stays(root: Path, stays: list[Stay]) -> Dataset:
    return dataset_of(root, [stayed(n, stay) for n, stay in enumerate(stays)])


def product_limit(stays: list[Stay]) -> float | None:
    """The median by the product-limit formula, one time of ending after another."""
    lasting = 1.0
    for day in sorted({days for days, ended in stays if ended}):
        at_risk = sum(days >= day for days, _ in stays)
        ending = sum(days == day and ended for days, ended in stays)
        lasting *= 1 - ending / at_risk
        if lasting <= 0.5 + 1e-12:
            return day
    return None


STAYS = st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1, max_size=40)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(stays=STAYS)
def test_the_median_stay_is_the_product_limit_estimate(
    tmp_path_factory: pytest.TempPathFactory, stays: list[Stay]
) -> None:
    dataset = of_stays(tmp_path_factory.mktemp("stays"), stays)
    figure = median_stays(dataset, EVALUATOR).median_days[CELL]
    assert figure.exact
    assert figure.value == product_limit(stays)


def test_stays_that_last_still_make_the_median_longer(tmp_path: Path) -> None:
    ended: list[Stay] = [(days, True) for days in range(10, 110, 10)]
    alone = median_stays(of_stays(tmp_path / "a", ended), EVALUATOR)
    lasting: list[Stay] = [*ended, *[(400, False)] * 5]
    whole = median_stays(of_stays(tmp_path / "b", lasting), EVALUATOR)
    assert alone.median_days[CELL].value == 50
    assert whole.median_days[CELL].value == 80


def test_a_protected_median_is_near_the_truth_or_withheld(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    stays = [(int(days), bool(days < 500)) for days in rng.integers(1, 600, 400)]
    dataset = of_stays(tmp_path, stays)
    told = median_stays(dataset, REGION).median_days[CELL]
    truth = median_stays(dataset, EVALUATOR).median_days[CELL].value
    assert told.value is not None and told.within is not None and truth is not None
    assert not told.exact
    assert abs(told.value - truth) <= told.within <= 0.2 * told.value


@pytest.mark.parametrize("viewer", ["region", "council:Kent", "council:Surrey"])
def test_the_median_of_few_children_is_withheld(tmp_path: Path, viewer: str) -> None:
    dataset = of_stays(tmp_path, [(30, True)] * THRESHOLD)
    figure = median_stays(dataset, Viewer.parse(viewer)).median_days[CELL]
    assert (figure.value, figure.within, figure.exact) == (None, None, False)


def test_many_stays_of_few_children_are_withheld(tmp_path: Path) -> None:
    rows = [
        placement(
            n,
            child=f"C{n % THRESHOLD}",
            started=date(2025, 1, 1) + timedelta(days=n),
            ended=date(2025, 3, 1) + timedelta(days=n),
        )
        for n in range(60)
    ]
    figure = median_stays(dataset_of(tmp_path, rows), REGION).median_days[CELL]
    assert figure.value is None


def test_an_evaluator_is_refused_the_stays_of_real_tables(tmp_path: Path) -> None:
    real = dataset_of(tmp_path, [placement(1)], kind="real")
    with pytest.raises(UsageError, match="these tables are real"):
        median_stays(real, EVALUATOR)


def test_without_tables_no_stay_is_known() -> None:
    assert not median_stays(Dataset(None, None, None), REGION).median_days


def in_setting(number: int, urn: str, planned: bool | None, *needs: Need) -> Placement:
    row = placement(number, needs=needs, ended=date(2025, 9, 1))
    return row.model_copy(update={"urn": urn, "planned_end": planned})


def by_setting(dataset: Dataset, viewer: Viewer, **filters: object) -> ProtectedTable:
    asked = Filters.model_validate(filters)
    groups = (Dimension.SETTING, Dimension.ENDING)
    return count_by(Question(dataset, "placements", viewer, asked, groups), "records")


def figures(table: ProtectedTable) -> dict[tuple[str, ...], float | None]:
    return {group.labels: group.figure.value for group in table.groups}


def placed() -> list[Placement]:
    """60 in one setting, a third of them unplanned ends; 5 in another."""
    rows = [in_setting(n, "SC1", n % 3 > 0, Need.CSE) for n in range(60)]
    rows += [in_setting(n, "SC2", None, Need.MISSING) for n in range(100, 105)]
    return [*rows, placement(200)]


def test_endings_are_counted_by_setting(tmp_path: Path) -> None:
    told = figures(by_setting(dataset_of(tmp_path, placed()), EVALUATOR))
    assert told["SC1", "planned"] == 40
    assert told["SC1", "unplanned"] == 20
    assert told["SC2", "not recorded"] == 5
    assert told["not recorded", "not recorded"] == 1


def test_any_of_the_needs_is_enough_where_all_are_not(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, placed())
    needs = (Need.CSE, Need.MISSING)
    assert by_setting(dataset, EVALUATOR, any_needs=needs).total.value == 65
    assert by_setting(dataset, EVALUATOR, needs=needs).total.value == 0


def test_a_setting_is_chosen_by_its_urn(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, placed())
    assert by_setting(dataset, EVALUATOR, urns=("SC2",)).total.value == 5
    assert by_setting(dataset, EVALUATOR, urns=("SC9",)).total.value == 0


def test_the_region_is_shown_no_small_count_of_a_setting(tmp_path: Path) -> None:
    told = figures(by_setting(dataset_of(tmp_path, placed()), REGION))
    assert told["SC1", "planned"] is not None
    assert told.get(("SC2", "not recorded")) is None


def test_children_left_out_change_no_figure_of_a_setting(tmp_path: Path) -> None:
    candidates = [in_setting(n, "SC2", False, Need.CSE) for n in range(1000, 1800)]
    rows = coded_rows(dataset_of(tmp_path / "keys", candidates), "placements")
    absent = np.flatnonzero(~(rows.child_kept | rows.record_kept))
    hidden = [candidates[int(place)] for place in absent[:4]]
    assert hidden
    before = dataset_of(tmp_path / "before", placed())
    after = dataset_of(tmp_path / "after", [*placed(), *hidden])
    for viewer in (REGION, Viewer.parse("council:Surrey")):
        assert figures(by_setting(before, viewer)) == figures(by_setting(after, viewer))
    assert by_setting(after, EVALUATOR).total.value == 66 + len(hidden)
