from __future__ import annotations

import re
import stat
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from corpus.codes import Gender, Need, PlacementType
from corpus.dataset import Dataset
from corpus.disclosure import (
    DISCLOSURE_LINE,
    WITHHELD,
    Dimension,
    Filters,
    Question,
    count_by,
    mean_by,
    median_by,
    sum_by,
    visible_rows,
)
from corpus.disclosure.bands import AGE_STARTS, quarter_end, snapped
from corpus.disclosure.wording import LEFT_OUT, THRESHOLD, count_distance
from corpus.errors import DataDirectoryError, InvalidArguments, UsageError
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, dataset_of, offer, placement, referral

REGION = Viewer()
KENT = Viewer.parse("council:Kent")
EVALUATOR = Viewer.parse("evaluator")
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def two_councils(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """300 children of Kent and 200 of Surrey, three of Kent's in secure homes."""
    rows = [
        placement(
            number,
            local_authority="Kent" if number < 300 else "Surrey",
            placement_type=PlacementType.SECURE
            if number < 3
            else PlacementType.FOSTERING,
            gender=Gender.FEMALE if number % 2 else Gender.MALE,
            needs=(Need.CSE, Need.MISSING) if number % 3 else (),
            weekly_cost=900.0 + number,
            distance_miles=number / 4,
        )
        for number in range(500)
    ]
    return dataset_of(
        tmp_path_factory.mktemp("two"),
        rows,
        referrals=[
            referral(n, local_authority="Kent" if n % 2 else "Surrey")
            for n in range(60)
        ],
        offers=[offer(n, urn) for n in range(60) for urn in ("SC1", "SC2")],
    )


@pytest.mark.parametrize("table", ["placements", "referrals", "offers"])
def test_a_council_reads_its_own_rows_whole_and_no_others(
    two_councils: Dataset, table: str
) -> None:
    everything = visible_rows(two_councils, table, EVALUATOR)  # type: ignore[arg-type]
    own = visible_rows(two_councils, table, KENT)  # type: ignore[arg-type]
    assert 0 < len(own) < len(everything)
    assert list(own.columns) == list(everything.columns)
    if table == "offers":
        assert {int(r[1:]) % 2 for r in own["referral_id"]} == {1}
    else:
        assert set(own["local_authority"]) == {"Kent"}


def test_the_region_reads_no_rows(two_councils: Dataset) -> None:
    with pytest.raises(UsageError, match="own authority alone"):
        visible_rows(two_councils, "placements", REGION)


def test_a_council_that_places_no_one_reads_no_rows(two_councils: Dataset) -> None:
    assert visible_rows(two_councils, "offers", Viewer.parse("council:Slough")).empty


def test_an_evaluator_is_refused_on_real_tables(tmp_path: Path) -> None:
    real = dataset_of(tmp_path, [placement(1)], kind="real")
    with pytest.raises(UsageError, match="these tables are real"):
        visible_rows(real, "placements", EVALUATOR)
    with pytest.raises(UsageError, match="these tables are real"):
        count_by(Question(real, "placements", EVALUATOR))


def test_a_change_to_visible_rows_does_not_reach_the_tables(
    two_councils: Dataset,
) -> None:
    rows = visible_rows(two_councils, "placements", EVALUATOR)
    rows["age_at_start"] = 0
    assert set(two_councils.frame("placements")["age_at_start"]) == {12}


@pytest.mark.parametrize("name", ["Kent", "kent", " KENT "])
def test_a_council_is_known_however_it_is_spelt(name: str) -> None:
    assert Viewer.parse(f"council:{name}").owns("Kent")


@pytest.mark.parametrize("viewer", ["region", "evaluator", "council:Kent City"])
def test_no_other_viewer_owns_the_rows(viewer: str) -> None:
    assert not Viewer.parse(viewer).owns("Kent")


@pytest.mark.parametrize("text", ["council:", "council: -", "Region", "council", ""])
def test_what_is_no_viewer_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a viewer"):
        Viewer.parse(text)


def test_only_a_council_can_be_built_with_a_name() -> None:
    with pytest.raises(ValueError, match="a council has a name"):
        Viewer(role="evaluator", local_authority="Kent")
    with pytest.raises(ValueError, match="a council has a name"):
        Viewer(role="council")


def test_a_council_sees_itself_exactly_and_others_protected(
    two_councils: Dataset,
) -> None:
    by_authority = (Dimension.LOCAL_AUTHORITY,)
    table = count_by(Question(two_councils, "placements", KENT, group_by=by_authority))
    kent, surrey = (group.figure for group in table.groups)
    assert (kent.value, kent.within, kent.exact) == (300, 0, True)
    assert not surrey.exact
    assert not table.total.exact
    assert table.line == DISCLOSURE_LINE


def test_a_council_is_shown_the_same_figures_of_others_as_the_region_is(
    two_councils: Dataset,
) -> None:
    by = (Dimension.LOCAL_AUTHORITY, Dimension.GENDER)
    own, region = (
        count_by(Question(two_councils, "placements", viewer, group_by=by))
        for viewer in (KENT, REGION)
    )
    assert own.total == region.total
    assert [g for g in own.groups if g.labels[0] != "Kent"] == [
        g for g in region.groups if g.labels[0] != "Kent"
    ]


def test_a_council_asks_of_itself_with_any_filter_and_exactly(
    two_councils: Dataset,
) -> None:
    filters = Filters(
        local_authority=("kent",), age_from=12, age_to=12, min_distance_miles=74.5
    )
    table = count_by(Question(two_councils, "placements", KENT, filters))
    assert table.total.value == 1
    assert not table.snapped
    assert table.line is None


def test_filters_on_others_widen_to_bands_and_say_so(two_councils: Dataset) -> None:
    filters = Filters(age_from=13, age_to=15, min_distance_miles=30)
    table = count_by(Question(two_councils, "placements", REGION, filters))
    assert (table.filters.age_from, table.filters.age_to) == (10, 15)
    assert table.filters.min_distance_miles == 20
    assert [said.split(" ")[0] for said in table.snapped] == [
        "age_from",
        "min_distance_miles",
    ]


def test_few_children_are_withheld_from_all_but_their_council(
    two_councils: Dataset,
) -> None:
    secure = Filters(placement_type=(PlacementType.SECURE,))
    question = Question(two_councils, "placements", REGION, secure)
    for table in (
        count_by(question),
        count_by(question, "records"),
        mean_by(question, "weekly_cost"),
        sum_by(question, "weekly_cost"),
    ):
        assert table.total.value is None
        assert table.total.shown == WITHHELD
    own = Filters(placement_type=(PlacementType.SECURE,), local_authority=("Kent",))
    assert count_by(Question(two_councils, "placements", KENT, own)).total.value == 3


def test_many_records_of_few_children_are_withheld(tmp_path: Path) -> None:
    moves = [
        placement(number, child=f"C{number % 5}", weekly_cost=1000.0)
        for number in range(200)
    ]
    question = Question(dataset_of(tmp_path, moves), "placements", REGION)
    assert count_by(question, "records").total.shown == WITHHELD
    assert mean_by(question, "weekly_cost").total.shown == WITHHELD


def test_a_group_that_is_asked_for_alone_shows_the_same_figure(
    two_councils: Dataset,
) -> None:
    question = Question(
        two_councils, "placements", REGION, group_by=(Dimension.GENDER,)
    )
    groups = {group.labels: group.figure for group in count_by(question).groups}
    for gender in Gender:
        alone = Question(two_councils, "placements", REGION, Filters(gender=gender))
        assert count_by(alone).total == groups[gender.value,]


def test_a_child_with_two_needs_stands_in_both_groups(two_councils: Dataset) -> None:
    question = Question(
        two_councils, "placements", EVALUATOR, group_by=(Dimension.NEED,)
    )
    groups = {
        group.labels[0]: group.figure.value for group in count_by(question).groups
    }
    assert groups["cse"] == groups["missing"] == 333
    assert groups["dols"] == 0
    both = Filters(needs=(Need.CSE, Need.MISSING))
    asked = Question(two_councils, "placements", EVALUATOR, both)
    assert count_by(asked).total.value == 333


def test_a_day_counts_who_was_placed_then_at_their_age_of_the_day(
    tmp_path: Path,
) -> None:
    stays = [
        placement(1, age=14, started=date(2023, 4, 2), ended=date(2024, 4, 1)),
        placement(2, age=15, started=date(2024, 4, 1)),
        placement(3, age=15, started=date(2026, 3, 1)),
    ]
    question = Question(
        dataset_of(tmp_path, stays),
        "placements",
        EVALUATOR,
        Filters(on=date(2025, 4, 2)),
        (Dimension.AGE_BAND,),
    )
    table = count_by(question)
    assert table.total.value == 1
    assert {g.labels[0]: g.figure.value for g in table.groups}["16 to 17"] == 1


def test_what_is_not_recorded_is_a_group_of_its_own(tmp_path: Path) -> None:
    unknown = placement(1, age=None, gender=None, placement_type=None)
    dataset = dataset_of(tmp_path, [unknown, placement(2)])
    for dimension in (
        Dimension.AGE_BAND,
        Dimension.GENDER,
        Dimension.PLACEMENT_TYPE,
        Dimension.DISTANCE_BAND,
        Dimension.PROVIDER,
    ):
        for filters in (Filters(), Filters(on=AS_AT)):
            question = Question(dataset, "placements", EVALUATOR, filters, (dimension,))
            groups = {g.labels[0]: g.figure.value for g in count_by(question).groups}
            missing = 2 if dimension in ("distance_band", "provider") else 1
            assert groups["not recorded"] == missing
            assert sum(value or 0 for value in groups.values()) == 2
    aged = Question(dataset, "placements", EVALUATOR, Filters(age_from=0, age_to=25))
    assert count_by(aged).total.value == 1


def test_referrals_and_offers_are_counted_under_the_same_control(
    two_councils: Dataset,
) -> None:
    asked = count_by(Question(two_councils, "referrals", REGION))
    assert asked.total.value is not None
    assert abs(asked.total.value - 60) <= count_distance(asked.total.value)
    offers = Question(two_councils, "offers", REGION, group_by=(Dimension.RESPONSE,))
    by_response = {g.labels[0]: g.figure for g in count_by(offers, "records").groups}
    assert by_response["refused"].shown == WITHHELD
    assert by_response["offered"].value is not None
    assert count_by(Question(two_councils, "offers", EVALUATOR), "records").total == (
        type(asked.total)(120, 0, exact=True)
    )


def test_what_a_table_lacks_is_said_with_what_it_holds(two_councils: Dataset) -> None:
    with pytest.raises(InvalidArguments, match=r"'rating' is not recorded.*gender"):
        count_by(
            Question(two_councils, "referrals", REGION, group_by=(Dimension.RATING,))
        )
    with pytest.raises(InvalidArguments, match="'price' is not recorded"):
        mean_by(Question(two_councils, "placements", REGION), "price")
    with pytest.raises(InvalidArguments, match="A day cannot be asked"):
        count_by(Question(two_councils, "referrals", REGION, Filters(on=AS_AT)))
    with pytest.raises(InvalidArguments, match="twice"):
        twice = (Dimension.GENDER, Dimension.GENDER)
        count_by(Question(two_councils, "placements", REGION, group_by=twice))


def test_tables_that_are_nowhere_hold_no_children() -> None:
    nothing = Dataset(None, None, None)
    assert count_by(Question(nothing, "placements", EVALUATOR)).total.value == 0
    assert count_by(Question(nothing, "placements", REGION)).total.shown == WITHHELD


def test_the_key_of_real_tables_is_its_owners_alone_and_stays(tmp_path: Path) -> None:
    rows = [placement(number) for number in range(400)]
    by = (Dimension.GENDER, Dimension.AGE_BAND)
    before = count_by(
        Question(
            dataset_of(tmp_path, rows, kind="real"), "placements", REGION, group_by=by
        )
    )
    (key,) = tmp_path.glob(".disclosure-key*")
    secret = key.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    after = count_by(
        Question(
            dataset_of(tmp_path, [*rows, placement(1000)], kind="real"),
            "placements",
            REGION,
            group_by=by,
        )
    )
    assert key.read_bytes() == secret
    assert abs((after.total.value or 0) - (before.total.value or 0)) <= 5


def test_two_directories_have_different_keys(tmp_path: Path) -> None:
    for name in "ab":
        dataset = dataset_of(tmp_path / name, [placement(1)], kind="real")
        count_by(Question(dataset, "placements", REGION))
    first, second = (tmp_path / name / ".disclosure-key" for name in "ab")
    assert first.read_bytes() != second.read_bytes()


def test_a_demonstration_shows_the_same_figures_from_the_same_seed(
    tmp_path: Path,
) -> None:
    rows = [placement(number, weekly_cost=1000.0) for number in range(200)]
    first, second = (
        sum_by(
            Question(dataset_of(tmp_path / name, rows, seed=7), "placements", REGION),
            "weekly_cost",
        )
        for name in "ab"
    )
    assert first.total == second.total
    assert not list((tmp_path / "a").glob(".disclosure-key*"))


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, [placement(1)], kind="real")
    (tmp_path / ".disclosure-key").write_bytes(b"short")
    with pytest.raises(DataDirectoryError, match="damaged"):
        count_by(Question(dataset, "placements", REGION))


@given(
    age_from=st.integers(0, 25),
    years=st.integers(0, 25),
    miles=st.floats(0, 400),
    since=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    on=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
)
def test_bands_hold_what_was_asked_and_stay_when_asked_again(
    age_from: int, years: int, miles: float, since: date, on: date
) -> None:
    asked = Filters(
        age_from=age_from,
        age_to=min(age_from + years, 25),
        min_distance_miles=miles,
        max_distance_miles=miles,
        since=since,
        on=on,
    )
    wide, _ = snapped(asked, AS_AT)
    assert wide.age_from in AGE_STARTS
    assert wide.age_to is not None and wide.age_to + 1 in (*AGE_STARTS, 26)
    assert wide.age_from <= age_from <= (asked.age_to or 0) <= wide.age_to
    assert (wide.min_distance_miles or 0) <= miles
    assert wide.max_distance_miles is None or wide.max_distance_miles >= miles
    assert wide.since is not None and wide.since <= since
    assert wide.since.day == 1 and wide.since.month in (1, 4, 7, 10)
    assert wide.on == AS_AT or (wide.on is not None and wide.on <= on)
    assert snapped(wide, AS_AT) == (wide, ())


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 3, 30), date(2025, 12, 31)),
        (date(2025, 12, 31), date(2025, 12, 31)),
        (date(2025, 11, 5), date(2025, 9, 30)),
    ],
)
def test_a_day_moves_to_the_last_quarters_end(day: date, end: date) -> None:
    assert quarter_end(day) == end


def test_the_stated_distance_of_a_count_holds_but_for_one_in_a_hundred_million() -> (
    None
):
    for children in [*range(1, 400), *range(400, 60_000, 997)]:
        kept = np.arange(children + 1)
        shown = np.floor(kept / (1 - LEFT_OUT) / 5 + 0.5) * 5
        off = np.abs(shown - children) > np.floor(count_distance(shown))
        chance = binom.pmf(kept[off & (kept > THRESHOLD)], children, 1 - LEFT_OUT).sum()
        assert chance < 1e-8


def test_the_line_states_the_distances_that_hold() -> None:
    examples = {100: 30, 1000: 73}
    for shown, within in examples.items():
        assert f"{shown:,} within {within}" in DISCLOSURE_LINE
        assert int(count_distance(shown)) == within


@settings(max_examples=40, deadline=None)
@given(chance=st.integers(0, 2**32), children=st.integers(50, 800))
def test_every_figure_shown_stays_within_its_distance_of_the_truth(
    tmp_path_factory: pytest.TempPathFactory, chance: int, children: int
) -> None:
    rng = np.random.default_rng(chance)
    rows = [
        placement(
            number,
            child=f"C{rng.integers(children)}",
            local_authority=str(rng.choice(["Kent", "Surrey", "Slough"])),
            gender=Gender(rng.choice(["male", "female"])),
            age=int(rng.integers(0, 18)),
            needs=[need for need in list(Need)[:4] if rng.random() < 0.3],
            weekly_cost=None if rng.random() < 0.1 else float(rng.lognormal(7, 1.2)),
        )
        for number in range(children)
    ]
    dataset = dataset_of(tmp_path_factory.mktemp("region"), rows, seed=chance)
    by = (Dimension.LOCAL_AUTHORITY, Dimension.NEED, Dimension.AGE_BAND)
    for group_by in ((), by[:1], by[1:2], by[2:], by[:2], by[1:], by):
        seen, true = (
            Question(dataset, "placements", viewer, group_by=group_by)
            for viewer in (REGION, EVALUATOR)
        )
        for shown, truth in [
            (count_by(seen), count_by(true)),
            (count_by(seen, "records"), count_by(true, "records")),
            (mean_by(seen, "weekly_cost"), mean_by(true, "weekly_cost")),
            (median_by(seen, "weekly_cost"), median_by(true, "weekly_cost")),
            (sum_by(seen, "weekly_cost"), sum_by(true, "weekly_cost")),
        ]:
            facts = {group.labels: group.figure.value for group in truth.groups}
            figures = [(shown.total, truth.total.value)] + [
                (group.figure, facts.get(group.labels, 0)) for group in shown.groups
            ]
            for figure, fact in figures:
                if figure.value is not None:
                    assert fact is not None and figure.within is not None
                    assert abs(figure.value - fact) <= figure.within


def test_no_tool_reads_rows_about_children_past_the_viewer() -> None:
    reading = re.compile(
        r"""(frame\(\s*["'](placements|referrals|offers)["'])"""
        r"|(\.rows\(\s*(Placement|Referral|Offer)\s*\))"
        r"|((placements|referrals|offers)\.parquet)"
    )
    bypasses = [
        str(path.relative_to(ROOT))
        for package in ("tools", "assistant", "tui", "evals")
        for path in (ROOT / package).rglob("*.py")
        if reading.search(path.read_text("utf-8"))
    ]
    assert not bypasses
