"""The demonstration region: counts, coherence, and documents that agree with tables."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.codes import (
    DocumentKind,
    Gender,
    Need,
    OfstedRating,
    PlacementType,
    RegistrationStatus,
    Route,
    Sector,
    Stance,
)
from corpus.data_directory import DataDirectory
from corpus.dataset import TABLES, Dataset, write_tables
from corpus.demonstration import AS_AT, Region, build_demonstration, generate_region
from corpus.demonstration.archetypes import archetypes
from corpus.demonstration.calibration import calibration
from corpus.demonstration.chance import chain_sizes, shared_out
from corpus.demonstration.settings import StatedSetting
from corpus.documents import Overrides, document_of
from corpus.errors import DataDirectoryError
from corpus.geography import Gazetteer
from corpus.library import Library
from corpus.models import Document
from corpus.text import clean_text, comparable_name

SHARED = Path(__file__).parents[1].parent / "shared"
SOUTH_EAST = {row.name for row in calibration().of_tier("south_east")}
KENT_AND_AROUND = {"Kent", "Medway", "East Sussex", "Surrey", "Bexley", "Bromley"}
SIZES = ("small", "full")


@cache
def region(size: Any = "full", seed: int = 2026) -> Region:
    return generate_region(seed, size)


def rows(name: str, size: str = "full") -> Sequence[Any]:
    return cast(Sequence[Any], region(size).rows[name])


def by_urn(size: str = "full") -> dict[str, StatedSetting]:
    return {row.urn: row for row in rows("settings", size)}


def documents(kind: DocumentKind, size: str = "full") -> list[Document]:
    return [d for d in region(size).documents if d.kind is kind]


def needs_of(urn: str, stance: Stance) -> set[Need]:
    claims = rows("claimed_needs")
    return {c.need for c in claims if c.urn == urn and c.stance is stance}


def spot_prices(kind: PlacementType) -> list[int]:
    known = by_urn()
    return [
        offer.weekly_price
        for offer in rows("prices")
        if offer.route is Route.SPOT and known[offer.urn].placement_type is kind
    ]


# --- Repeatable ----------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_the_same_seed_gives_the_same_tables_and_documents(
    size: Any, tmp_path: Path
) -> None:
    first, second = generate_region(7, size), generate_region(7, size)
    assert first.documents == second.documents
    hashes = {
        write_tables(
            DataDirectory(tmp_path / str(number)), made.rows, "demonstration", AS_AT
        ).tables
        for number, made in enumerate((first, second))
    }
    assert len(hashes) == 1


def test_another_seed_gives_another_region() -> None:
    names = {row.name for row in rows("settings", "small")}
    others = {row.name for row in region("small", 1).rows["settings"]}  # type: ignore[attr-defined]
    assert len(names & others) < len(names) / 2


# --- Counts --------------------------------------------------------------------------


def test_the_full_region_has_the_contracted_size() -> None:
    assert len(rows("settings")) == 600
    assert len(rows("providers")) > 400
    assert len(rows("groups")) > 300
    assert 230 <= len(region().documents) <= 450


def test_the_small_region_has_sixty_settings_and_some_sixty_documents() -> None:
    assert len(rows("settings", "small")) == 60
    assert 45 <= len(region("small").documents) <= 75


@pytest.mark.parametrize("size", SIZES)
def test_every_south_east_authority_has_a_setting_and_kent_has_choice(
    size: str,
) -> None:
    where = Counter(row.local_authority for row in rows("settings", size))
    assert set(where) >= SOUTH_EAST
    assert sum(where[name] for name in KENT_AND_AROUND) >= 12


def test_settings_stand_over_the_border_and_far_away_too() -> None:
    where = {row.local_authority for row in rows("settings")}
    for tier in ("neighbour", "distant"):
        assert len(where & {row.name for row in calibration().of_tier(tier)}) >= 5


def test_homes_by_authority_follow_the_published_counts() -> None:
    homes = Counter(
        row.local_authority
        for row in rows("settings")
        if row.placement_type is PlacementType.RESIDENTIAL
    )
    published = {r.name: r.children_homes for r in calibration().of_tier("south_east")}
    ratio = sum(homes[name] for name in published) / sum(published.values())
    for name, count in published.items():
        assert abs(homes[name] - ratio * count) <= max(2, 0.2 * ratio * count)


def test_most_settings_are_small_children_s_homes() -> None:
    kinds = Counter(row.placement_type for row in rows("settings"))
    assert kinds[PlacementType.RESIDENTIAL] > len(rows("settings")) / 2
    assert kinds[PlacementType.SECURE] == 2
    homes = [
        row.places
        for row in rows("settings")
        if row.placement_type is PlacementType.RESIDENTIAL
    ]
    assert median(homes) in (3, 4)


def test_ownership_is_many_small_and_a_few_large() -> None:
    sizes = Counter(row.provider_id for row in rows("settings"))
    assert sum(size == 1 for size in sizes.values()) > len(sizes) / 2
    assert max(sizes.values()) >= 10
    per_group = Counter(row.group_id for row in rows("providers"))
    assert max(per_group.values()) >= 5


# --- Invariants, over any seed -------------------------------------------------------


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_any_seed_gives_a_coherent_region(seed: int) -> None:
    made = generate_region(seed, "small")
    check_keys(made)
    check_settings(made)
    check_records(made)


@pytest.mark.parametrize("size", SIZES)
def test_the_usual_region_is_coherent(size: str) -> None:
    check_keys(region(size))
    check_settings(region(size))
    check_records(region(size))


def check_keys(made: Region) -> None:
    table = cast(dict[str, Sequence[Any]], made.rows)
    assert set(table) <= set(TABLES)
    for name, key in (("groups", "group_id"), ("providers", "provider_id")):
        ids = [getattr(row, key) for row in table[name]]
        assert len(set(ids)) == len(ids)
        names = [comparable_name(row.name) for row in table[name]]
        assert len(set(names)) == len(names)
    urns = [row.urn for row in table["settings"]]
    assert len(set(urns)) == len(urns)
    assert all(re.fullmatch(r"9\d{6}", urn) for urn in urns)
    names = [comparable_name(row.name) for row in table["settings"]]
    assert len(set(names)) == len(names)
    providers = {row.provider_id for row in table["providers"]}
    assert {row.provider_id for row in table["settings"]} == providers
    groups = {row.group_id for row in table["groups"]}
    assert {row.group_id for row in table["providers"]} == groups
    for name in ("claimed_needs", "inspections", "vacancies", "prices"):
        assert {row.urn for row in table[name]} <= set(urns)


def check_settings(made: Region) -> None:
    gazetteer = Gazetteer.load()
    for row in cast(Sequence[StatedSetting], made.rows["settings"]):
        assert 0 <= row.age_from <= row.age_to <= 25
        assert row.siblings >= 1
        assert row.genders
        assert row.statement_date < made.as_at
        if row.placement_type is PlacementType.SUPPORTED_ACCOMMODATION:
            assert row.age_from >= 16
        if row.placement_type is PlacementType.FOSTERING:
            assert row.places is None
        else:
            assert row.places is not None
            assert row.siblings <= row.places
        where = gazetteer.authority_at(row.easting, row.northing)
        assert where == row.local_authority
        assert row.district in gazetteer.districts_of(row.local_authority)
        postcode = gazetteer.resolve(row.postcode_district)
        miles = gazetteer.distance_miles(postcode, row.easting, row.northing)
        assert miles <= 1.01


def check_records(made: Region) -> None:
    known = {
        row.urn: row for row in cast(Sequence[StatedSetting], made.rows["settings"])
    }
    for row in cast(Sequence[Any], made.rows["inspections"]):
        assert row.inspected_on < made.as_at
        assert row.inspected_on.weekday() < 5
    for row in cast(Sequence[Any], made.rows["vacancies"]):
        places = known[row.urn].places
        assert row.vacancies >= 0
        assert places is None or row.vacancies <= places
        assert timedelta(0) <= made.as_at - row.as_at <= timedelta(weeks=6)
        if known[row.urn].status is RegistrationStatus.SUSPENDED:
            assert row.vacancies == 0
    claims = cast(Sequence[Any], made.rows["claimed_needs"])
    pairs = [(claim.urn, claim.need) for claim in claims]
    assert len(set(pairs)) == len(pairs)
    spot = {}
    for row in cast(Sequence[Any], made.rows["prices"]):
        assert row.as_at <= made.as_at
        if row.route is Route.SPOT:
            spot[row.urn] = row.weekly_price
        else:
            assert 0.9 * spot[row.urn] < row.weekly_price < spot[row.urn]


# --- Calibration ---------------------------------------------------------------------


def latest_ratings(kind: PlacementType) -> Counter[OfstedRating | None]:
    latest: dict[str, Any] = {}
    for row in rows("inspections"):
        if row.urn not in latest or row.inspected_on > latest[row.urn].inspected_on:
            latest[row.urn] = row
    return Counter(
        latest[urn].rating if urn in latest else None
        for urn, row in by_urn().items()
        if row.placement_type is kind
    )


def test_grades_of_homes_are_near_ofsteds_shares() -> None:
    grades = latest_ratings(PlacementType.RESIDENTIAL)
    total = sum(grades.values())
    published = {
        OfstedRating.GOOD: 0.66,
        OfstedRating.OUTSTANDING: 0.11,
        OfstedRating.REQUIRES_IMPROVEMENT: 0.12,
        OfstedRating.INADEQUATE: 0.01,
        None: 0.10,
    }
    for grade, share in published.items():
        assert grades[grade] / total == pytest.approx(share, abs=0.05)


def test_supported_accommodation_carries_no_grade() -> None:
    grades = latest_ratings(PlacementType.SUPPORTED_ACCOMMODATION)
    assert set(grades) == {None}


def test_inspected_settings_have_one_to_three_inspections() -> None:
    counts = Counter(row.urn for row in rows("inspections"))
    assert set(counts.values()) == {1, 2, 3}


def test_a_few_settings_are_suspended() -> None:
    suspended = [
        row for row in rows("settings") if row.status is RegistrationStatus.SUSPENDED
    ]
    assert 1 <= len(suspended) <= 12


def test_about_one_place_in_seven_is_free_and_some_settings_are_silent() -> None:
    known = by_urn()
    with_places = [row for row in rows("vacancies") if known[row.urn].places]
    free = sum(row.vacancies for row in with_places)
    places = sum(known[row.urn].places or 0 for row in with_places)
    assert 0.12 <= free / places <= 0.18
    assert 0.05 <= 1 - len(rows("vacancies")) / len(known) <= 0.25


@pytest.mark.parametrize(
    ("kind", "lowest", "highest"),
    [
        (PlacementType.RESIDENTIAL, 3600, 18000),
        (PlacementType.FOSTERING, 750, 1600),
        (PlacementType.SUPPORTED_ACCOMMODATION, 900, 3200),
        (PlacementType.RESIDENTIAL_SCHOOL, 3500, 7500),
        (PlacementType.SECURE, 7000, 9000),
    ],
)
def test_spot_prices_stay_in_the_band_of_their_type(
    kind: PlacementType, lowest: int, highest: int
) -> None:
    prices = spot_prices(kind)
    assert prices
    assert lowest <= min(prices)
    assert max(prices) <= highest


def test_prices_of_homes_stand_about_the_national_figure_with_a_tail() -> None:
    prices = sorted(spot_prices(PlacementType.RESIDENTIAL))
    assert median(prices) == pytest.approx(6123, rel=0.08)
    assert 0.02 <= sum(price > 10_000 for price in prices) / len(prices) <= 0.12


def test_a_child_alone_costs_more_than_in_company() -> None:
    known = by_urn()
    prices: dict[bool, list[int]] = {True: [], False: []}
    for offer in rows("prices"):
        setting = known[offer.urn]
        if setting.placement_type is PlacementType.RESIDENTIAL:
            prices[setting.solo].append(offer.weekly_price)
    assert median(prices[True]) > median(prices[False])


def test_some_settings_have_no_known_price_and_some_a_framework_price() -> None:
    priced = {row.urn for row in rows("prices")}
    framework = {row.urn for row in rows("prices") if row.route is Route.FRAMEWORK}
    assert 0.05 < 1 - len(priced) / len(rows("settings")) < 0.25
    assert 0.2 < len(framework) / len(priced) < 0.6


def test_claims_are_broad_so_that_they_tell_little() -> None:
    homes = {
        urn
        for urn, row in by_urn().items()
        if row.placement_type is PlacementType.RESIDENTIAL
    }
    accepted = Counter(
        claim.urn
        for claim in rows("claimed_needs")
        if claim.urn in homes and claim.stance is Stance.ACCEPTS
    )
    assert sum(accepted[urn] >= 4 for urn in homes) / len(homes) >= 0.93
    assert len(set(accepted.values())) > 5


def test_every_need_is_accepted_somewhere_in_the_region() -> None:
    accepted = {
        claim.need for claim in rows("claimed_needs") if claim.stance is Stance.ACCEPTS
    }
    assert accepted == set(Need)


def test_kent_and_around_take_teenage_boys_at_risk_of_exploitation() -> None:
    fitting = [
        row
        for row in rows("settings")
        if row.local_authority in KENT_AND_AROUND
        and row.placement_type is PlacementType.RESIDENTIAL
        and row.age_from <= 14 <= row.age_to
        and Gender.MALE in row.genders
        and Need.CSE in needs_of(row.urn, Stance.ACCEPTS)
    ]
    assert len(fitting) >= 10


def test_councils_run_homes_and_charities_own_some() -> None:
    sectors = Counter(row.sector for row in rows("groups"))
    assert set(sectors) == {Sector.PRIVATE, Sector.VOLUNTARY, Sector.LOCAL_AUTHORITY}
    assert sectors.most_common(1)[0][0] is Sector.PRIVATE


# --- Invented and not real -----------------------------------------------------------


def ofsted_rows() -> Iterator[dict[str, str]]:
    for path in sorted((SHARED / "data" / "ofsted").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        header = next(n for n, line in enumerate(lines) if "URN" in line)
        names = [name.strip() for name in lines[header]]
        for line in lines[header + 1 :]:
            yield {"file": path.name} | dict(zip(names, line, strict=False))


needs_ofsted = pytest.mark.skipif(
    not (SHARED / "data" / "ofsted").exists(), reason="no Ofsted files here"
)


@needs_ofsted
@pytest.mark.parametrize("seed", [2026, 1, 99])
def test_no_invented_name_or_number_is_a_real_one(seed: int) -> None:
    real = list(ofsted_rows())
    assert len(real) > 10_000
    owner = "Organisation which owns the provider"
    names = {_bare(row.get(key, "")) for row in real for key in ("Name", owner)}
    urns = {row.get("URN", "") for row in real}
    made = region("full", seed).rows
    for table in ("groups", "providers", "settings"):
        for row in cast(Sequence[Any], made[table]):
            assert _bare(row.name) not in names, row.name
    assert not urns & {
        row.urn for row in cast(Sequence[StatedSetting], made["settings"])
    }


def _bare(name: str) -> str:
    return re.sub(r" (ltd|limited)$", "", comparable_name(name))


@needs_ofsted
def test_packaged_counts_are_those_of_the_register() -> None:
    columns = {
        "children's home": "children_homes",
        "supported accommodation": "supported_accommodation",
        "independent fostering agency": "fostering_agencies",
        "residential family centre": "family_centres",
        "residential special school": "residential_schools",
        "residential special school (registered as a children's home)": (
            "residential_schools"
        ),
    }
    counted: Counter[tuple[str, str]] = Counter()
    for row in ofsted_rows():
        column = columns.get(row.get("Provision type", "").lower())
        if column and "2025" in row["file"]:
            counted[row["Local authority"], column] += 1
    for authority in calibration().authorities:
        for column in set(columns.values()):
            expected = counted[authority.name, column]
            assert getattr(authority, column) == expected, authority.name


# --- Documents -----------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_every_document_says_at_its_head_that_it_is_invented(size: str) -> None:
    for document in region(size).documents:
        assert document.invented
        assert "Invented document of the demonstration" in document.text[:300]
        assert document.source.startswith("demonstration/")
        assert document.published is not None
        assert document.published <= AS_AT


@pytest.mark.parametrize("size", SIZES)
def test_documents_are_distinct_clean_whole_and_of_a_readable_length(
    size: str,
) -> None:
    held = region(size).documents
    assert len({d.document_id for d in held}) == len(held)
    assert len({d.source for d in held}) == len(held)
    assert len({d.text for d in held}) == len(held)
    for document in held:
        assert clean_text(document.text) == document.text
        assert 180 <= len(document.text.split()) <= 2500, document.source
        assert not re.search(r"[{}]|\bNone\b|\bnan\b", document.text), document.source
        assert len(document.sections) >= 6


def test_an_invented_document_is_identified_as_an_ingested_one_is() -> None:
    document = region("small").documents[0]
    again = document_of(
        "# " + document.text,
        document.source,
        Overrides(**{name: getattr(document, name) for name in Overrides.model_fields}),
    )
    assert again.text == document.text
    assert again.document_id == document.document_id


def test_documents_of_one_kind_differ_in_their_order_and_headings() -> None:
    for kind, least in (
        (DocumentKind.STATEMENT_OF_PURPOSE, 8),
        (DocumentKind.REG44, 3),
        (DocumentKind.SUFFICIENCY_STATEMENT, 5),
    ):
        orders = {
            tuple(section.heading for section in document.sections[1:4])
            for document in documents(kind)
        }
        assert len(orders) >= least


@pytest.mark.parametrize("size", SIZES)
def test_documents_about_homes_name_the_home_and_where_it_stands(size: str) -> None:
    known = by_urn(size)
    about = [d for d in region(size).documents if d.urn]
    assert len(about) >= 18
    for document in about:
        setting = known[document.urn or ""]
        assert document.provider == setting.name
        assert setting.name in document.title
        assert document.local_authority == setting.local_authority


@pytest.mark.parametrize("size", SIZES)
def test_each_authority_of_the_south_east_has_its_sufficiency_statement(
    size: str,
) -> None:
    statements = documents(DocumentKind.SUFFICIENCY_STATEMENT, size)
    assert {d.local_authority for d in statements} == SOUTH_EAST
    for document in statements:
        assert document.local_authority
        assert document.local_authority in document.title
        assert re.search(r"[Ss]ection 22G of the Children Act 1989", document.text)
        assert "so far\nas" in document.text or "so far as" in document.text


def test_regional_papers_count_what_the_tables_hold() -> None:
    reports = documents(DocumentKind.REPORT)
    papers = {report.source.rpartition("/")[2]: report.text for report in reports}
    homes = [
        row
        for row in rows("settings")
        if row.placement_type is PlacementType.RESIDENTIAL
    ]
    inside = [row for row in homes if row.local_authority in SOUTH_EAST]
    kent = sum(row.local_authority == "Kent" for row in homes)
    market = papers["market-position.md"]
    assert f"hold 600 settings of {len(rows('providers'))} providers" in market
    assert f"\nKent | {kent} |" in market
    excluded = sum(
        Need.FIRE_SETTING in needs_of(row.urn, Stance.EXCLUDES) for row in inside
    )
    assert f"{excluded} of {len(inside)} homes exclude it" in market
    same_day = sum(row.same_day for row in inside)
    assert f"{same_day} say that they consider" in papers["short-notice-review.md"]
    unpriced = len(rows("settings")) - len({row.urn for row in rows("prices")})
    assert f"{unpriced} of 600 settings" in papers["prices-review.md"]


def test_regional_papers_are_about_no_one_authority_but_where_they_say_so() -> None:
    for document in documents(DocumentKind.REPORT):
        about_kent = document.title.startswith("Kent's")
        assert document.local_authority == ("Kent" if about_kent else None)
        assert document.provider is None


# --- Built into a data directory -----------------------------------------------------


def build(directory: DataDirectory, seed: int) -> tuple[Region, list[str]]:
    told: list[str] = []
    return build_demonstration(directory, seed, "small", told.append), told


def test_building_writes_tables_and_documents_and_says_so(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path)
    made, told = build(directory, 5)
    dataset = Dataset.open(directory)
    assert dataset.kind == "demonstration"
    assert dataset.as_at == AS_AT
    assert len(dataset.frame("settings")) == 60
    held = {summary.document_id for summary in Library.open(directory).summaries()}
    assert held == {document.document_id for document in made.documents}
    assert any("60 settings" in line for line in told)


def test_building_again_replaces_invented_documents_and_leaves_others(
    tmp_path: Path,
) -> None:
    directory = DataDirectory(tmp_path)
    build(directory, 5)
    library = Library.open(directory)
    own = document_of("A real note.\n\nIt stays.", "note.txt", Overrides())
    library.add([own])
    made, _ = build(directory, 6)
    held = {summary.document_id for summary in library.summaries()}
    assert held == {own.document_id, *(d.document_id for d in made.documents)}


def test_building_over_real_tables_is_refused_and_changes_nothing(
    tmp_path: Path,
) -> None:
    directory = DataDirectory(tmp_path)
    before = write_tables(directory, {}, "real", AS_AT)
    with pytest.raises(DataDirectoryError, match="real tables"):
        build(directory, 5)
    assert directory.manifest() == before
    assert Library.open(directory).summaries() == ()


# --- Sharing -------------------------------------------------------------------------


@given(
    total=st.integers(0, 300),
    weights=st.dictionaries(st.text(max_size=3), st.floats(0.01, 100), min_size=1),
    least=st.integers(0, 2),
)
def test_shares_add_up_and_none_falls_below_the_least(
    total: int, weights: dict[str, float], least: int
) -> None:
    shares = shared_out(total, weights, least)
    assert sum(shares.values()) == total
    if least * len(weights) <= total:
        assert min(shares.values()) >= least


@given(st.integers(1, 200), st.data())
def test_chains_own_everything_and_none_owns_nothing(
    items: int, data: st.DataObject
) -> None:
    chains = data.draw(st.integers(1, items))
    sizes = chain_sizes(items, chains)
    assert sum(sizes) == items
    assert len(sizes) == chains
    assert min(sizes) >= 1


def test_archetypes_share_out_each_placement_type_whole() -> None:
    shares: Counter[PlacementType] = Counter()
    for archetype in archetypes().values():
        shares[archetype.placement_type] += archetype.share  # type: ignore[assignment]
    assert shares == pytest.approx(dict.fromkeys(shares, 1.0))
