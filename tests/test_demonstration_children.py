"""The region's children: histories, fitting placements, searches and contracts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from math import floor
from typing import Any, cast

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.children import Offer, Placement, Referral
from corpus.codes import DocumentKind, Gender, PlacementType, RegistrationStatus
from corpus.commissioning import (
    BlockContract,
    FosterHousehold,
    FosteringFee,
    PriceIndex,
    PublishedFigure,
)
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset, write_tables
from corpus.demonstration import AS_AT, Region, generate_region
from corpus.demonstration.calibration import calibration
from corpus.demonstration.population.parameters import population
from corpus.demonstration.settings import StatedSetting
from corpus.ssda903_codes import CodeListName, code_list

SEEDS = st.integers(0, 10**6)
OPENS = AS_AT - timedelta(days=round(5 * 365.25))
CODES: dict[str, CodeListName] = {
    "place_code": "PLACE",
    "place_provider": "PLACE_PROVIDER",
    "legal_status": "LS",
    "need_code": "CIN",
    "reason_new": "RNE",
    "reason_ended": "REC",
    "reason_changed": "REASON_PLACE_CHANGE",
}


@cache
def region(seed: int = 2026, size: Any = "small") -> Region:
    return generate_region(seed, size)


def frame(made: Region, name: str) -> pd.DataFrame:
    rows = made.rows[name]
    return rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(map(vars, rows))


def records_of(held: pd.DataFrame) -> list[Any]:
    blank = held.astype(object)
    return list(blank.where(blank.notna(), None).itertuples(index=False))


def records(made: Region, name: str) -> list[Any]:
    return records_of(frame(made, name))


def by_urn(made: Region) -> dict[str, StatedSetting]:
    return {
        row.urn: row for row in cast(Iterable[StatedSetting], made.rows["settings"])
    }


def cost(placements: pd.DataFrame) -> pd.Series[float]:
    parts = ["weekly_social_care", "weekly_education", "weekly_health"]
    return placements[parts].sum(axis=1, min_count=3)


def last_day(row: Any) -> date:
    """The last day on which the child lived there, as far as is known."""
    return row.ended - timedelta(days=1) if row.ended else AS_AT


def most_at_once(stays: Iterable[Any]) -> int:
    """The most placements in force on any one day."""
    changes = Counter[date]()
    for row in stays:
        changes[row.started] += 1
        changes[last_day(row) + timedelta(days=1)] -= 1
    held, most = 0, 0
    for day in sorted(changes):
        held += changes[day]
        most = max(most, held)
    return most


# --- Rows ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    directory = DataDirectory(tmp_path_factory.mktemp("region"))
    write_tables(directory, region().rows, "demonstration", AS_AT, 2026)
    return Dataset.open(directory)


@pytest.mark.parametrize(
    "model",
    [Placement, Referral, Offer, BlockContract, FosterHousehold, FosteringFee,
     PriceIndex, PublishedFigure],
)  # fmt: skip
def test_every_row_is_one_of_its_model(dataset: Dataset, model: Any) -> None:
    assert len(dataset.rows(model)) > 1


def test_what_is_read_back_is_what_was_invented(dataset: Dataset) -> None:
    invented = frame(region(), "placements").iloc[::97]
    read = dataset.frame("placements").iloc[::97]
    for name in ("placement_id", "started", "ended", "urn", "route", "planned_end"):
        assert read[name].isna().tolist() == invented[name].isna().tolist()
        assert read[name].dropna().tolist() == invented[name].dropna().tolist()
    for name in ("needs", "risk_scores"):
        assert [list(row) for row in read[name]] == invented[name].tolist()


def test_the_small_region_has_a_twentieth_of_everything() -> None:
    placements = frame(region(), "placements")
    assert placements["ended"].isna().sum() == 560
    assert placements["ended"].notna().sum() == 2750
    assert len(frame(region(), "referrals")) == 1750


@pytest.mark.slow
def test_the_full_region_has_the_contracted_size() -> None:
    placements = frame(region(size="full"), "placements")
    assert placements["ended"].isna().sum() == 11_200
    assert placements["ended"].notna().sum() == 55_000
    assert len(frame(region(size="full"), "referrals")) == 35_000


@pytest.mark.slow
def test_children_are_placed_by_each_authority_as_dfe_counts_them() -> None:
    placements = frame(region(size="full"), "placements")
    current = placements[placements["ended"].isna()]["local_authority"].value_counts()
    published = {
        row.name: row.children_looked_after or 0
        for row in calibration().of_tier("south_east")
    }
    scale = 11_200 / sum(published.values())
    for name, count in published.items():
        assert abs(current[name] - scale * count) <= 2


# --- Invariants, over any seed -------------------------------------------------------


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS)
def test_any_seed_gives_coherent_children(seed: int) -> None:
    made = generate_region(seed, "small")
    check_histories(made)
    check_codes(made)
    check_settings(made)
    check_costs(made)
    check_contracts(made)
    check_referrals(made)
    check_offers(made)


@pytest.mark.slow
def test_the_full_region_s_children_are_coherent() -> None:
    made = region(size="full")
    check_histories(made)
    check_codes(made)
    check_settings(made)
    check_costs(made)
    check_contracts(made)
    check_referrals(made)
    check_offers(made)


def check_histories(made: Region) -> None:
    placements = frame(made, "placements")
    assert placements["placement_id"].is_unique
    by_id = {row.placement_id: row for row in records(made, "placements")}
    for row in by_id.values():
        assert row.started < (row.ended or AS_AT + timedelta(days=1))
        assert row.started <= AS_AT
        assert row.ended is None or OPENS <= row.ended <= AS_AT
        assert 0 <= row.age_at_start < 18
        before = by_id.get(row.previous_placement_id)
        if row.previous_placement_id is None:
            assert row.reason_new == "S" or row.started <= OPENS
            continue
        assert before is not None
        assert (before.child_id, before.ended) == (row.child_id, row.started)
        assert before.placement_type == row.previous_type
        assert (before.reason_ended, row.reason_new != "S") == ("X1", True)
    in_order = sorted(by_id.values(), key=lambda row: (row.child_id, row.started))
    for earlier, later in pairwise(in_order):
        if earlier.child_id == later.child_id:
            assert earlier.ended is not None
            assert earlier.ended <= later.started
            assert earlier.age_at_start <= later.age_at_start
            assert earlier.local_authority == later.local_authority
            assert earlier.gender == later.gender


def check_codes(made: Region) -> None:
    for row in records(made, "placements"):
        day = row.ended or AS_AT
        year = day.year + (day > date(day.year, 3, 31))
        for field, name in CODES.items():
            value = getattr(row, field)
            if value is not None:
                assert code_list(name)[value].in_return(year), (field, value, year)
        listed = code_list("PLACE")[row.place_code].placement_type
        unregistered = row.placement_type == PlacementType.UNREGISTERED
        assert unregistered or row.placement_type == listed
        assert (row.ended is None) == (row.reason_ended is None)
        assert (row.ended is None) == (row.planned_end is None)
        assert (row.reason_changed is not None) == (row.reason_ended == "X1")
        assert len(row.needs) == len(row.risk_scores) == len(set(row.needs))
        assert all(1 <= score <= 5 for score in row.risk_scores)
        assert ("uasc" in row.needs) == row.uasc
        assert ("dols" in row.needs) == row.dols
        if row.uasc:
            assert row.placement_type != PlacementType.KINSHIP
            assert row.need_code == "N8"


def check_settings(made: Region) -> None:
    known = by_urn(made)
    stays: dict[str, list[Any]] = {}
    for row in records(made, "placements"):
        years = (last_day(row) - row.started).days / 365.25
        if row.placement_type == PlacementType.SUPPORTED_ACCOMMODATION:
            assert row.age_at_start >= 16
        if row.urn is None:
            assert row.provider_id is None
            continue
        setting = known[row.urn]
        stays.setdefault(row.urn, []).append(row)
        assert setting.placement_type == row.placement_type
        assert setting.provider_id == row.provider_id
        assert setting.status is RegistrationStatus.ACTIVE or setting.places is None
        assert setting.age_from <= row.age_at_start
        assert row.age_at_start + years <= setting.age_to + 1.01
        assert Gender(row.gender) in setting.genders
        if setting.places is not None:
            assert row.host_authority == setting.local_authority
    empty = {row.urn: row.vacancies for row in records(made, "vacancies")}
    for urn, rows in stays.items():
        places = known[urn].places
        if places is not None:
            assert most_at_once(rows) <= places - empty.get(urn, 0)


def check_costs(made: Region) -> None:
    placements = frame(made, "placements")
    total = cost(placements)
    paid = total.notna()
    assert placements["route"][paid].notna().all()
    assert placements["placement_type"][paid].notna().all()
    assert total[paid].between(150, 35_000).all()
    for part in ("weekly_social_care", "weekly_education", "weekly_health"):
        assert (placements[part][paid] >= 0).all()
    bought = placements["route"].isin(["spot", "framework", "block"])
    assert paid[bought].all()


def check_contracts(made: Region) -> None:
    placements = frame(made, "placements")
    block = placements[placements["route"] == "block"]
    paid = cost(placements)
    claimed = 0
    for contract in records(made, "block_contracts"):
        assert contract.started < AS_AT <= contract.ends
        own = block[
            (block["provider_id"] == contract.provider_id)
            & (block["local_authority"] == contract.local_authority)
            & (block["placement_type"] == contract.placement_type)
        ]
        claimed += len(own)
        assert most_at_once(records_of(own)) <= contract.beds
        assert (paid[own.index] == contract.weekly_price).all()
    assert claimed == len(block)


def check_referrals(made: Region) -> None:
    by_id = {row.placement_id: row for row in records(made, "placements")}
    seen = set[str]()
    for row in records(made, "referrals"):
        assert row.made_on <= row.needed_by
        assert 0 <= row.age < 18
        assert row.siblings >= 1
        assert row.sought_type not in row.also_suitable
        assert (row.placement_id is None) == (row.secured_type is None)
        assert (row.placement_id is None) == (row.secured_on is None)
        if row.placement_id is None:
            continue
        placement = by_id[row.placement_id]
        assert row.placement_id not in seen
        seen.add(row.placement_id)
        assert row.child_id == placement.child_id
        assert row.secured_type == placement.placement_type
        assert row.notice == placement.notice
        assert row.made_on <= row.secured_on <= placement.started
        if row.sought_type == PlacementType.SUPPORTED_ACCOMMODATION:
            assert placement.age_at_start >= 16


def check_offers(made: Region) -> None:
    known = by_urn(made)
    referrals = {row.referral_id: row for row in records(made, "referrals")}
    placed = {row.placement_id: row for row in records(made, "placements")}
    offers = records(made, "offers")
    assert len({(row.referral_id, row.urn) for row in offers}) == len(offers)
    secured = set[str]()
    for row in offers:
        referral, setting = referrals[row.referral_id], known[row.urn]
        assert row.sent_on == referral.made_on
        assert (row.responded_on is None) == (row.response == "no_reply")
        assert row.responded_on is None or row.sent_on <= row.responded_on <= AS_AT
        assert (row.refusal_reason is not None) == (row.response == "refused")
        assert (row.weekly_price is not None) == (row.response == "offered")
        fits = (
            setting.age_from <= referral.age <= setting.age_to
            and Gender(referral.gender) in setting.genders
        )
        if row.response == "refused":
            assert (row.refusal_reason == "age_or_gender") == (not fits)
        stay = placed.get(referral.placement_id)
        if stay is None:
            assert row.response != "offered"
        elif stay.urn == row.urn:
            assert row.response == "offered"
            secured.add(stay.placement_id)
        elif referral.sought_type != referral.secured_type:
            displaced = setting.placement_type == referral.sought_type
            assert not (displaced and row.response == "offered")
    expected = {
        row.placement_id
        for row in referrals.values()
        if row.placement_id and placed[row.placement_id].urn
    }
    assert secured == expected


# --- Behaviour -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def placements() -> pd.DataFrame:
    made = frame(region(size="full"), "placements").copy()
    made["cost"] = cost(made)
    made["days"] = [(last_day(row) - row.started).days + 1 for row in records_of(made)]
    return made


@pytest.mark.slow
def test_stays_are_heavy_tailed(placements: pd.DataFrame) -> None:
    days = placements[placements["ended"].notna()]["days"].sort_values()
    assert days.iloc[-len(days) // 10 :].sum() > 0.4 * days.sum()
    assert days.median() < 0.5 * days.mean()


@pytest.mark.slow
def test_placements_that_break_down_do_so_early(placements: pd.DataFrame) -> None:
    moved = placements[placements["reason_ended"] == "X1"]
    unplanned = ~moved["planned_end"].astype(bool)
    early, late = moved["days"] < 60, moved["days"] > 365
    assert unplanned[early].mean() > 2 * unplanned[late].mean()


@pytest.mark.slow
def test_very_dear_placements_are_few_and_mostly_emergencies(
    placements: pd.DataFrame,
) -> None:
    dear = placements[placements["ended"].isna() & (placements["cost"] >= 10_000)]
    assert 0.002 < len(dear) / 11_200 < 0.015
    assert 25_000 < dear["cost"].max() <= 35_000
    unregistered = placements["placement_type"] == "unregistered"
    assert (placements["notice"][unregistered] == "same_day").mean() > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["residential", "supported_accommodation"])
def test_a_framework_is_cheaper_than_spot(placements: pd.DataFrame, kind: str) -> None:
    current = placements[placements["ended"].isna()]
    price = current[current["placement_type"] == kind].groupby("route")["cost"].median()
    assert price["framework"] < price["spot"]


@pytest.mark.slow
def test_haste_needs_and_age_cost_more(placements: pd.DataFrame) -> None:
    current = placements[placements["ended"].isna()]
    homes = current[current["placement_type"] == "residential"]
    by_notice = homes.groupby("notice")["cost"].mean()
    assert by_notice["same_day"] > by_notice["planned"]
    needs = homes["needs"].map(len)
    assert homes["cost"][needs >= 9].mean() > homes["cost"][needs <= 4].mean()
    fostered = current[current["placement_type"] == "fostering"]
    teenage = fostered["age_at_start"] >= 13
    assert fostered["cost"][teenage].mean() > fostered["cost"][~teenage].mean()


@pytest.mark.slow
def test_residential_children_carry_more_needs(placements: pd.DataFrame) -> None:
    current = placements[placements["ended"].isna()]
    needs = current["needs"].map(len)
    homes = current["placement_type"] == "residential"
    assert needs[homes].mean() > 2 * needs[~homes].mean()


@pytest.mark.slow
def test_numbers_in_care_are_steady_over_the_years_held(
    placements: pd.DataFrame,
) -> None:
    figures = {
        row.as_at: row.value
        for row in records(region(size="full"), "published_figures")
        if row.area == "South East" and row.subject.startswith("Children looked after")
    }
    for day, published in figures.items():
        if day < OPENS or published is None:
            continue
        held = (placements["started"] <= day) & (
            placements["ended"].isna()
            | (placements["ended"].fillna(AS_AT + timedelta(days=1)) > day)
        )
        assert held.sum() == pytest.approx(published, rel=0.08)


def test_supported_accommodation_is_coded_by_the_return_of_its_year() -> None:
    supported = [
        row
        for row in records(region(), "placements")
        if row.placement_type == PlacementType.SUPPORTED_ACCOMMODATION
    ]
    early = {row.place_code for row in supported if last_day(row) < date(2024, 3, 31)}
    late = {row.place_code for row in supported if last_day(row) >= date(2024, 4, 1)}
    assert (early, late) == ({"H5"}, {"K3"})


@pytest.mark.parametrize(
    "size", ["small", pytest.param("full", marks=pytest.mark.slow)]
)
def test_sufficiency_statements_count_the_children_of_the_tables(size: str) -> None:
    made = region(size=size)
    placements = frame(made, "placements")
    current = placements[placements["ended"].isna()]
    in_care = current["local_authority"].value_counts()
    alone = current[current["uasc"].astype(bool)]["local_authority"].value_counts()
    statements = [
        row for row in made.documents if row.kind is DocumentKind.SUFFICIENCY_STATEMENT
    ]
    assert len(statements) == 19
    for statement in statements:
        assert statement.local_authority
        children = int(in_care[statement.local_authority])
        told = f"{5 * floor(children / 5 + 0.5):,}"  # to the nearest five
        told = "fewer than eight" if children < 8 else told
        assert re.search(
            rf"\b{told} children|children looked after: (?:about )?{told}\b",
            statement.text,
            re.IGNORECASE,
        )
        few = int(alone.get(statement.local_authority, 0))
        assert "fewer than eight" in statement.text or not 0 < few < 8


# --- Buying and facts ----------------------------------------------------------------


def test_prices_rise_to_one_in_the_year_of_the_data() -> None:
    index = frame(region(), "price_index")
    for kind, levels in index.groupby("placement_type"):
        ordered = levels.sort_values("year")["index"].tolist()
        assert ordered == sorted(ordered), kind
        assert ordered[-1] == 1.0


def test_fees_cover_every_authority_age_and_year_and_grow_with_both() -> None:
    fees = frame(region(), "fostering_fees")
    fees["paid"] = fees["weekly_allowance"] + fees["weekly_fee"]
    for _, of_authority in fees.groupby("local_authority"):
        assert sorted(of_authority["year"].unique())[-1] == "2025/26"
        for _, of_year in of_authority.groupby("year"):
            ordered = of_year.sort_values("age_from")
            assert ordered["age_from"].iloc[0] == 0
            assert ordered["age_to"].iloc[-1] == 17
            assert ordered["paid"].is_monotonic_increasing
    assert fees["local_authority"].nunique() == 19


def test_households_foster_for_an_authority_or_an_agency() -> None:
    agencies = {
        urn
        for urn, row in by_urn(region()).items()
        if row.placement_type is PlacementType.FOSTERING
    }
    households = records(region(), "foster_households")
    assert {row.urn for row in households} - {None} <= agencies
    assert any(row.urn is None for row in households)
    for row in households:
        assert 1 <= row.approved_places <= 3
        assert row.approved_on < (row.left_on or AS_AT)
    fostered = [
        row
        for row in records(region(), "placements")
        if row.placement_type == PlacementType.FOSTERING and row.ended is None
    ]
    places = sum(row.approved_places for row in households if row.left_on is None)
    assert len(fostered) < places < 2.5 * len(fostered)


def test_published_figures_are_those_of_ofsted_and_dfe() -> None:
    figures = {
        (row.subject, row.area, row.as_at): row
        for row in cast(Iterable[PublishedFigure], region().rows["published_figures"])
    }
    kent = [
        figures[subject, "Kent", date(2025, 3, 31)].value
        for subject in ("Children's homes", "Places in children's homes")
    ]
    assert kent == [105, 492]
    looked_after = "Children looked after at 31 March each year"
    day = date(2024, 3, 31)
    assert figures[looked_after, "South East", day].value == 11_180
    for row in calibration().of_tier("south_east"):
        assert figures[looked_after, row.name, day].value == row.children_looked_after
        homes = figures["Children's homes", row.name, date(2025, 3, 31)]
        assert homes.value == row.children_homes
    assert all(row.source for row in figures.values())


def test_shares_of_kinds_sum_to_one() -> None:
    kinds = population().kinds
    assert sum(kind.share for kind in kinds) == pytest.approx(1, abs=0.001)
    assert sum(kind.exits for kind in kinds) == pytest.approx(1, abs=0.06)
    for kind in kinds:
        assert sum(kind.localities) == pytest.approx(1, abs=0.01)
