from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.children import Placement
from corpus.codes import OfstedRating, PlacementType, RegistrationStatus, Sector
from corpus.data_directory import DataDirectory, Kind
from corpus.dataset import Rows, write_tables
from corpus.disclosure.coding import coded_rows
from corpus.disclosure.outcomes import DRAWN, Outcome
from corpus.errors import InvalidArguments, NothingLoaded, UnknownPlace, UsageError
from corpus.models import Group, Inspection, Provider, Setting
from corpus.viewer import Viewer
from tests.invented_children import AS_AT, placement
from tests.placement_rows import asked, knowledge_of, placements_of
from tools.base import Knowledge
from tools.found_outcomes import ProviderOutcomes, SettingOutcomes

TOOL = "provider_outcomes"
SINCE = date(2021, 4, 1)


@pytest.fixture(scope="module")
def region(region_dir: Path) -> Knowledge:
    return Assistant.open(Settings(data_dir=region_dir)).knowledge


def found(
    knowledge: Knowledge, viewer: str = "region", **arguments: Any
) -> ProviderOutcomes:
    data = asked(knowledge, TOOL, viewer, **arguments).data
    assert isinstance(data, ProviderOutcomes)
    return data


def caveats(knowledge: Knowledge, viewer: str = "region", **arguments: Any) -> str:
    return " ".join(asked(knowledge, TOOL, viewer, **arguments).caveats)


def by_urn(data: ProviderOutcomes) -> dict[str, SettingOutcomes]:
    return {setting.urn: setting for setting in data.settings}


# Homes made by hand: a number of stays each, so many of them ended early and unplanned.

Homes = Mapping[str, tuple[int, int]]
"""Stays, and how many of them ended unplanned after 100 days, by URN."""


def home(urn: str, letter: str = "A", where: str = "Kent") -> Setting:
    return Setting(
        urn=urn, name=f"Home {urn}", provider_id=f"P{letter}",
        placement_type=PlacementType.RESIDENTIAL, local_authority=where, district=None,
        town=None, postcode_district=None, easting=None, northing=None, places=4,
        age_from=None, age_to=None, genders=(), status=RegistrationStatus.ACTIVE,
        solo=None, siblings=None, same_day=None, statement_date=None,
    )  # fmt: skip


def stay(
    number: int, urn: str, planned: bool | None, days: int = 100, **more: Any
) -> Placement:
    started = date(2023, 1, 1) + timedelta(days=number % 300)
    row = placement(
        number,
        started=started,
        ended=started + timedelta(days=days),
        placement_type=PlacementType.RESIDENTIAL,
        **more,
    )
    reason = "X1" if planned is False else "E3"
    return row.model_copy(
        update={"urn": urn, "planned_end": planned, "reason_ended": reason}
    )


def stays_of(homes: Homes) -> list[Placement]:
    """The stays, and others outside any home that ended when the records begin."""
    rows = [
        placement(n, started=date(2020, 1, 1), ended=SINCE)
        for n in range(900_000, 900_020)
    ]
    for place, (urn, (stays, events)) in enumerate(sorted(homes.items())):
        first = 1000 * place
        rows += [stay(first + n, urn, planned=n >= events) for n in range(stays)]
    return rows


def market(
    root: Path,
    homes: Homes,
    extra: Sequence[Placement] = (),
    kind: Kind = "demonstration",
) -> Knowledge:
    settings = [home(urn) for urn in homes]
    rows: Rows = {
        "groups": [Group(group_id="G", name="Group", sector=Sector.PRIVATE)],
        "providers": [Provider(provider_id="PA", name="Home Care", group_id="G")],
        "settings": settings,
        "inspections": [
            Inspection(urn=urn, inspected_on=date(2025, 1, 1 + place), rating=grade)
            for place, (urn, grade) in enumerate(
                zip(sorted(homes), list(OfstedRating), strict=False)
            )
        ],
        "placements": [*stays_of(homes), *extra],
    }
    write_tables(DataDirectory(root), rows, kind, AS_AT, 1 if kind != "real" else None)
    return knowledge_of(root)


# Figures worked out again from the rows themselves.


def cohort(knowledge: Knowledge) -> pd.DataFrame:
    frame = placements_of(knowledge.dataset)
    frame = frame[frame["urn"].notna()].copy()
    last = pd.Timestamp(AS_AT)
    frame["over"] = frame["ended"].notna() & (frame["ended"] <= last)
    frame["days"] = (
        frame["ended"].where(frame["over"], last) - frame["started"]
    ).dt.days
    highest = frame["risk_scores"].map(lambda scores: max(scores, default=0))
    level = highest.map({0: "?", 1: "low", 2: "low", 3: "mid", 4: "mid", 5: "high"})
    frame["level"] = level.where(frame["needs"].map(len) > 0, "none")
    starts = [0, 1, 5, 10, 16, 18, 99]
    frame["band"] = pd.cut(frame["age_at_start"], starts, right=False).astype(str)
    return frame


def at_risk(frame: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """The rows that count, with whether each had the outcome."""
    since = pd.Timestamp(SINCE)
    rows = frame.copy()
    if outcome is Outcome.ENDINGS:
        rows = rows[rows["over"] & (rows["ended"] >= since)]
        rows["had_it"] = ~rows["planned_end"].astype(bool)
        return rows
    within = 28 if outcome is Outcome.FIRST_MONTH else 365
    latest = pd.Timestamp(AS_AT) - pd.Timedelta(days=within)
    rows = rows[(rows["started"] >= since) & (rows["started"] <= latest)]
    came = (
        rows["reason_ended"] == "X1"
        if outcome is Outcome.MOVED
        else rows["planned_end"].map(lambda planned: planned is False)
    )
    rows["had_it"] = rows["over"] & (rows["days"] <= within) & came
    return rows


def expected(rows: pd.DataFrame) -> pd.Series[float]:
    rate = pd.Series(rows["had_it"].mean(), index=rows.index)
    for level in range(1, 4):
        strata = rows.groupby(["placement_type", "band", "level"][:level])["had_it"]
        events, size = strata.transform("sum"), strata.transform("size")
        rate = (events + DRAWN * rate) / (size + DRAWN)
    return rate


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_evaluators_counts_are_those_of_the_rows(
    region: Knowledge, outcome: Outcome
) -> None:
    rows = at_risk(cohort(region), outcome)
    rows["expected"] = expected(rows)
    totals = rows.groupby("urn")[["had_it", "expected"]].sum()
    sizes = rows.groupby("urn").size()
    data = found(region, "evaluator", limit=1000)
    assert data.since == SINCE
    seen = 0
    for urn, setting in by_urn(data).items():
        told = setting.rated(outcome)
        assert told is not None
        assert told.at_risk.value == sizes.get(urn, 0)
        if told.at_risk.value:
            assert told.observed.value == totals["had_it"][urn]
            share = float(totals["expected"][urn]) / sizes[urn]
            assert told.expected_share == pytest.approx(share, abs=0.0006)
            seen += 1
    assert seen == len(sizes) > 50
    whole = next(one for one in data.region if one.outcome is outcome)
    assert whole.share.value == pytest.approx(rows["had_it"].mean(), abs=0.0001)


def test_a_providers_settings_are_counted_together(region: Knowledge) -> None:
    providers = region.dataset.frame("settings").groupby("provider_id")["urn"]
    key, urns = max(providers.unique().items(), key=lambda item: len(item[1]))
    data = found(region, "evaluator", provider=key, limit=1000)
    assert set(by_urn(data)) == set(urns)
    rows = at_risk(cohort(region), Outcome.FIRST_YEAR)
    mine = rows[rows["urn"].isin(urns)]
    one = next(o for o in data.overall if o.outcome is Outcome.FIRST_YEAR)
    assert (one.at_risk.value, one.observed.value) == (len(mine), mine["had_it"].sum())
    assert one.low is not None and one.ratio is not None and one.high is not None
    assert one.low < one.ratio < one.high


def product_limit(rows: pd.DataFrame) -> float | None:
    lasting = 1.0
    for day in sorted(rows.loc[rows["over"], "days"].unique()):
        here = (rows["days"] >= day).sum()
        lasting *= 1 - ((rows["days"] == day) & rows["over"]).sum() / here
        if lasting <= 0.5 + 1e-12:
            return float(day)
    return None


def test_the_median_stay_counts_stays_that_last(region: Knowledge) -> None:
    frame = cohort(region)
    frame = frame[frame["started"] >= pd.Timestamp(SINCE)]
    settings = by_urn(found(region, "evaluator", sort_by="stay", limit=1000))
    for urn, rows in list(frame.groupby("urn"))[::5]:
        told = settings[str(urn)].stay
        assert told is not None
        assert told.median.value == product_limit(rows)
        if told.low is not None and told.high is not None:
            assert told.low <= (told.median.value or 0) <= told.high


def test_what_is_expected_of_all_stays_is_how_long_they_last(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    rows = [
        stay(n, "1" if n % 2 else "2", True, days=int(rng.exponential(150)) + 1)
        for n in range(800)
    ]
    knowledge = market(tmp_path, {"1": (0, 0), "2": (0, 0)}, rows)
    for setting in found(knowledge, "evaluator").settings:
        told = setting.stay
        assert told is not None and told.expected is not None
        median = float(
            np.median([r.ended and (r.ended - r.started).days for r in rows])
        )
        assert told.expected == pytest.approx(median, abs=14)


# Ranking.


def test_homes_told_apart_come_at_the_ends_and_the_others_between(
    tmp_path: Path,
) -> None:
    homes = {f"{n}": (60, 15) for n in range(100, 112)}
    knowledge = market(tmp_path, {**homes, "1": (200, 6), "2": (200, 130), "3": (3, 0)})
    data = found(knowledge, "evaluator", placement_type="residential")
    verdicts = [s.rated(Outcome.FIRST_YEAR).verdict for s in data.settings]  # type: ignore[union-attr]
    assert data.settings[0].urn == "1" and verdicts[0] == "lower"
    assert data.settings[-1].urn == "2" and verdicts[-1] == "higher"
    assert set(verdicts[1:-1]) == {"not_told_apart"}
    assert data.verdicts == {"lower": 1, "not_told_apart": 13, "higher": 1}
    assert "13 cannot be told apart" in caveats(knowledge, "evaluator")


@pytest.mark.parametrize("events", [0, 1, 3])
def test_a_home_of_three_children_does_not_lead_those_told_apart(
    tmp_path: Path, events: int
) -> None:
    homes = {f"{n}": (80, 12 + n % 17) for n in range(100, 112)}
    knowledge = market(tmp_path, {**homes, "1": (200, 4), "3": (3, events)})
    data = found(knowledge, "evaluator")
    assert data.settings[0].urn == "1"
    tiny = by_urn(data)["3"].rated(Outcome.FIRST_YEAR)
    assert tiny is not None and tiny.ratio is not None
    assert tiny.verdict == "not_told_apart"
    plain = events / 3 / (tiny.expected_share or 1)
    assert abs(tiny.ratio - 1) < abs(plain - 1)


def test_of_homes_that_are_alike_few_are_told_apart(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    urns = [str(1000 + n) for n in range(150)]
    rows = [
        stay(
            n,
            urns[n % 150],
            planned=bool(rng.random() > (0.5 if n % 7 else 0.2)),
            days=int(rng.exponential(200 if n % 7 else 80)) + 1,
            age=16 if n % 7 else 8,
        )
        for n in range(150 * 30)
    ]
    knowledge = market(tmp_path, dict.fromkeys(urns, (0, 0)), rows)
    for sort_by in ("disruption", "planned_endings", "moves", "stay"):
        verdicts = found(knowledge, "evaluator", sort_by=sort_by).verdicts
        told = verdicts.get("lower", 0) + verdicts.get("higher", 0)
        assert sum(verdicts.values()) == 150
        assert told <= 0.05 * 150 + 6 * (sort_by == "stay")


def test_each_order_puts_the_best_first(region: Knowledge) -> None:
    rated = found(region, "evaluator", sort_by="rating", limit=1000).settings
    ranks = [s.rating.rank if s.rating else 9 for s in rated]
    assert ranks == sorted(ranks)
    stays = found(region, "evaluator", sort_by="stay", limit=1000).settings
    order = ["higher", "not_told_apart", "lower", "not_known"]
    places = [order.index(s.stay.verdict) if s.stay else 3 for s in stays]
    assert places == sorted(places)
    for sort_by, outcome in (
        ("disruption", Outcome.FIRST_YEAR),
        ("planned_endings", Outcome.ENDINGS),
        ("moves", Outcome.MOVED),
    ):
        settings = found(region, "evaluator", sort_by=sort_by, limit=1000).settings
        told = [s.rated(outcome) for s in settings]
        kinds = [("lower", "not_told_apart", "higher", "not_known").index(o.verdict)
                 for o in told if o]  # fmt: skip
        assert kinds == sorted(kinds)


def test_a_limit_and_an_area_choose_which_settings_are_listed(
    region: Knowledge,
) -> None:
    whole = found(region, "evaluator", limit=1000, placement_type="residential")
    there = max({s.local_authority for s in whole.settings}, key=lambda name: (
        sum(s.local_authority == name for s in whole.settings)))  # fmt: skip
    part = found(
        region, "evaluator", limit=3, placement_type="residential",
        local_authority=there,
    )  # fmt: skip
    held = [s for s in whole.settings if s.local_authority == there]
    assert part.total_settings == len(held)
    assert list(part.settings) == held[:3]


# Disclosure control.


def hidden_stays(root: Path, urn: str) -> list[Placement]:
    """Stays of children whom the key of the data leaves out of every figure."""
    candidates = [stay(n, urn, planned=False) for n in range(50_000, 51_000)]
    rows = coded_rows(market(root, {"1": (0, 0)}, candidates).dataset, "placements")
    absent = ~(rows.child_kept | rows.record_kept)[-len(candidates) :]
    return [candidates[int(place)] for place in np.flatnonzero(absent)[:3]]


HOMES: Homes = {"1": (90, 30), "2": (90, 20), "3": (40, 3), "4": (5, 2), "5": (40, 5)}


@pytest.mark.parametrize("viewer", ["region", "council:Surrey"])
def test_children_left_out_change_no_outcome(tmp_path: Path, viewer: str) -> None:
    hidden = hidden_stays(tmp_path / "keys", "4")
    assert len(hidden) == 3
    before = market(tmp_path / "before", HOMES)
    after = market(tmp_path / "after", HOMES, hidden)
    assert found(before, viewer) == found(after, viewer)
    assert found(before, "evaluator") != found(after, "evaluator")


def with_events(root: Path, kept: NDArray[np.bool_], events: Homes) -> Knowledge:
    """Homes 3 and 5 with 40 stays each, and so many events of children kept."""
    rows, place = [], 0
    for urn, (stays, wanted) in events.items():
        for _ in range(stays):
            hit = kept[place] and wanted > 0
            wanted -= bool(hit)
            rows.append(stay(200_000 + place, urn, planned=not hit))
            place += 1
    return market(root, {"1": (90, 30), "2": (90, 20), "3": (0, 0), "5": (0, 0)}, rows)


def test_a_ratio_tells_no_more_than_the_withheld_count(tmp_path: Path) -> None:
    rows = [stay(200_000 + n, "3", planned=True) for n in range(80)]
    dataset = market(tmp_path / "keys", {"3": (0, 0)}, rows).dataset
    kept = coded_rows(dataset, "placements").child_kept[-80:]
    few = with_events(tmp_path / "a", kept, {"3": (40, 1), "5": (40, 5)})
    more = with_events(tmp_path / "b", kept, {"3": (40, 5), "5": (40, 1)})
    for viewer in ("region", "council:Slough"):
        first, second = found(few, viewer), found(more, viewer)
        one = by_urn(first)["3"].rated(Outcome.FIRST_YEAR)
        assert one is not None
        assert one.observed.withheld and one.share.withheld and one.ratio is not None
        assert first == second
    assert found(few, "evaluator") != found(more, "evaluator")


def test_of_few_children_nothing_is_told(tmp_path: Path) -> None:
    tiny = by_urn(found(market(tmp_path, HOMES)))["4"]
    told = tiny.rated(Outcome.FIRST_YEAR)
    assert told is not None
    assert told.at_risk.withheld and told.observed.withheld and told.share.withheld
    assert (told.ratio, told.expected_share, told.verdict) == (None, None, "not_known")
    assert tiny.stay is not None
    assert tiny.stay.median.withheld
    assert (tiny.stay.low, tiny.stay.high, tiny.stay.expected) == (None, None, None)


def test_protected_figures_are_near_the_true_ones(region: Knowledge) -> None:
    shown = by_urn(found(region, limit=1000))
    truth = by_urn(found(region, "evaluator", limit=1000))
    compared = 0
    for urn, setting in shown.items():
        for one in setting.outcomes:
            true = truth[urn].rated(one.outcome)
            assert true is not None
            for figure, exact in (
                (one.at_risk, true.at_risk),
                (one.observed, true.observed),
            ):
                if figure.value is not None and figure.within is not None:
                    assert exact.value is not None
                    assert abs(figure.value - exact.value) <= figure.within
                    compared += 1
    assert compared > 50
    assert "Protected figures" in caveats(region)
    assert "Protected figures" not in caveats(region, "evaluator")


def test_a_council_reads_its_own_children_exactly_beside_the_protected_figures(
    tmp_path: Path,
) -> None:
    own = [
        stay(n, "1", planned=n % 2 == 0, local_authority="Surrey")
        for n in range(90_000, 90_004)
    ]
    knowledge = market(tmp_path, HOMES, own)
    data = found(knowledge, "council:Surrey", provider="1")
    one = next(o for o in data.overall if o.outcome is Outcome.FIRST_YEAR)
    assert data.own_authority == "Surrey"
    assert one.own_at_risk is not None and one.own_observed is not None
    assert (one.own_at_risk.value, one.own_observed.value) == (4, 2)
    assert one.own_at_risk.within == 0
    assert one.at_risk.within
    assert "Those called own are Surrey's alone" in caveats(
        knowledge, "council:Surrey", provider="1"
    )
    assert [s.outcomes for s in found(knowledge, "council:Surrey").settings] == [
        s.outcomes for s in found(knowledge).settings
    ]


def test_a_council_without_children_there_reads_what_the_region_does(
    tmp_path: Path,
) -> None:
    data = found(market(tmp_path, HOMES), "council:Slough", provider="1")
    assert {o.own_at_risk.value for o in data.overall if o.own_at_risk} == {0}


def test_an_evaluator_is_refused_real_tables(tmp_path: Path) -> None:
    knowledge = market(tmp_path, HOMES, kind="real")
    with pytest.raises(UsageError, match="these tables are real"):
        found(knowledge, "evaluator")
    assert found(knowledge).total_settings == 5


# What is not known is said.


def test_an_outcome_that_is_rarely_recorded_is_not_told(tmp_path: Path) -> None:
    unsaid = [stay(n, "1", planned=None) for n in range(60_000, 60_900)]
    knowledge = market(tmp_path, HOMES, unsaid)
    data = found(knowledge, "evaluator")
    assert {one.outcome for one in data.region} == {Outcome.FIRST_MONTH, Outcome.MOVED}
    assert data.recorded[Outcome.ENDINGS] < 0.5
    assert "the source says of only 25% of the endings" in caveats(
        knowledge, "evaluator"
    )


def test_endings_that_are_not_recorded_do_not_count(tmp_path: Path) -> None:
    knowledge = market(
        tmp_path, HOMES, [stay(n, "3", None) for n in range(70_000, 70_010)]
    )
    data = found(knowledge, "evaluator")
    one = by_urn(data)["3"].rated(Outcome.FIRST_YEAR)
    assert one is not None and one.at_risk.value == 40
    assert data.recorded[Outcome.ENDINGS] == 0.95


def test_placements_are_watched_for_long_enough_before_they_count(
    tmp_path: Path,
) -> None:
    late = [
        stay(80_000, "3", False).model_copy(
            update={"started": AS_AT - timedelta(days=days), "ended": None}
        )
        for days in (10, 27, 28, 100, 364, 365)
    ]
    knowledge = market(tmp_path, HOMES, late)
    told = by_urn(found(knowledge, "evaluator"))["3"]
    month, year = (told.rated(o) for o in (Outcome.FIRST_MONTH, Outcome.FIRST_YEAR))
    assert month is not None and year is not None
    assert (month.at_risk.value, year.at_risk.value) == (44, 41)


def test_without_documents_nothing_is_known_of_missing_episodes(tmp_path: Path) -> None:
    knowledge = market(tmp_path, HOMES)
    assert found(knowledge, provider="1").homes == ()
    assert "nothing is known of them" in caveats(knowledge, provider="1")


def test_without_placements_there_are_grades_and_no_figures(tmp_path: Path) -> None:
    knowledge = market(tmp_path, {"1": (0, 0), "2": (0, 0)})
    for viewer in ("region", "evaluator", "council:Kent"):
        result = asked(knowledge, TOOL, viewer)
        assert not any(s.stay or any(o.ratio for o in s.outcomes)
                       for s in result.data.settings)  # fmt: skip
        assert "No placements in such settings are held" in result.caveats[0]
        json.dumps(result.model_dump(mode="json"), allow_nan=False)
    graded = found(knowledge, sort_by="rating")
    assert [s.rating for s in graded.settings] == ["outstanding", "good"]


def test_a_kind_without_settings_is_an_honest_empty_list(region: Knowledge) -> None:
    data = found(region, placement_type="kinship")
    assert data.settings == () and data.total_settings == 0
    assert "nothing can be ranked" in caveats(region, placement_type="kinship")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"provider": ""}, "provider"),
        ({"provider": "no such home at all"}, "provider"),
        ({"sort_by": "profit"}, "sort_by"),
        ({"placement_type": "hotel"}, "placement_type"),
        ({"limit": 0}, "limit"),
        ({"limit": -1}, "limit"),
        ({"worst": True}, "worst"),
    ],
)
def test_nonsense_is_refused_by_its_argument(
    region: Knowledge, arguments: dict[str, Any], word: str
) -> None:
    with pytest.raises(InvalidArguments, match=word):
        asked(region, TOOL, **arguments)


def test_a_place_that_is_none_is_refused(region: Knowledge) -> None:
    with pytest.raises(UnknownPlace):
        asked(region, TOOL, local_authority="Atlantis")


def test_without_tables_the_command_to_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(NothingLoaded, match="placements demo"):
        asked(knowledge_of(tmp_path), TOOL)


# Regulation 44 visits.


def visited(region: Knowledge) -> str:
    from corpus.observations import observations

    return next(v.urn for v in observations(region.library).visits if v.urn)


def test_visits_are_told_with_the_words_that_they_are_read_from(
    region: Knowledge,
) -> None:
    result = asked(region, TOOL, "evaluator", provider=visited(region))
    (home_visits,) = result.data.homes
    assert home_visits.visits > 1 and home_visits.counts
    assert home_visits.first_on < home_visits.last_on
    for table in result.tables:
        assert len(table.row_sources) == len(table.rows)
        if table.title.startswith(("Recommendations outstanding", "Counted by")):
            for source in table.row_sources:
                cited = result.citations[source]
                document = region.library.get(str(cited.document_id))
                assert cited.quote and cited.quote in document.text
    assert any(chart.kind == "lines" for chart in result.charts)
    assert any(chart.kind == "intervals" for chart in result.charts)


def test_events_are_set_against_the_children_living_there(region: Knowledge) -> None:
    (home_visits,) = found(region, provider=visited(region)).homes
    rates = {rate.measure: rate for rate in home_visits.rates}
    counted = [c.value for c in home_visits.counts if c.measure == "missing_episodes"]
    missing = rates["missing_episodes"]
    assert missing.events <= sum(value or 0 for value in counted)
    assert missing.rate == pytest.approx(
        missing.events / missing.child_visits, abs=0.001
    )
    assert missing.low <= missing.rate <= missing.high


def test_every_viewer_gets_plain_json(region: Knowledge) -> None:
    for viewer in ("region", "evaluator", "council:Kent"):
        for arguments in ({}, {"provider": visited(region)}, {"sort_by": "stay"}):
            seen = replace(region, viewer=Viewer.parse(viewer))
            result = asked(seen, TOOL, viewer, **arguments)
            json.dumps(result.model_dump(mode="json"), allow_nan=False)
