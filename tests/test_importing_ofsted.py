from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import cast

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from corpus.codes import (
    Need,
    OfstedRating,
    PlacementType,
    Sector,
    Stance,
    SupportedOutcome,
)
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset, Rows, replace_tables
from corpus.errors import TableError
from corpus.geography import Gazetteer
from corpus.importing import Imported, ImportOptions
from corpus.importing.ofsted import read_ofsted
from corpus.importing.run import run_import
from corpus.models import ClaimedNeed, Group, Inspection, Provider, Setting
from tests.conftest import SHARED
from tests.provider_lists import AGENCY, HOME, NEWEST, YEARS, Cells, Year, csv_text

GAZETTEER = Gazetteer.load()


def imported(*files: Path, held: Dataset | None = None) -> Imported:
    return read_ofsted(files, ImportOptions(gazetteer=GAZETTEER, held=held))


def load(folder: Path, *rows: Cells, year: Year = NEWEST) -> Imported:
    return imported(year.write(folder, rows))


def settings(found: Imported) -> list[Setting]:
    return cast(list[Setting], found.rows["settings"])


def inspections(found: Imported) -> list[Inspection]:
    return cast(list[Inspection], found.rows["inspections"])


def published(year: int) -> Path:
    path = SHARED / "data" / "ofsted" / f"provider_level_at_31_march_{year}.csv"
    if not path.exists():
        pytest.skip("the published lists are not here")
    return path


# The lists as Ofsted published them.


@pytest.mark.parametrize(("year", "rows"), [(2019, 2864), (2023, 3546), (2025, 5600)])
def test_every_row_of_a_published_list_loads(year: int, rows: int) -> None:
    found = imported(published(year))
    (tally,) = found.tallies
    assert (tally.rows_read, tally.loaded) == (rows, rows)
    assert len(settings(found)) == rows
    assert found.as_at == date(year, 3, 31)


def test_kent_has_the_homes_and_places_that_ofsted_counts() -> None:
    kent = [
        setting
        for setting in settings(imported(published(2025)))
        if setting.local_authority == "Kent"
        and setting.placement_type is PlacementType.RESIDENTIAL
    ]
    assert len(kent) == 105
    assert sum(setting.places or 0 for setting in kent) == 492


def test_grades_and_outcomes_of_2025_are_those_that_ofsted_counts() -> None:
    found = imported(published(2025))
    grades = Counter(inspection.rating for inspection in inspections(found))
    assert grades == {
        OfstedRating.OUTSTANDING: 658,
        OfstedRating.GOOD: 3059,
        OfstedRating.REQUIRES_IMPROVEMENT: 522,
        OfstedRating.INADEQUATE: 54,
    }
    outcomes = Counter(s.supported_outcome for s in settings(found))
    assert outcomes[SupportedOutcome.CONSISTENTLY_STRONG] == 26
    assert outcomes[SupportedOutcome.INCONSISTENT_QUALITY] == 19
    assert outcomes[SupportedOutcome.SERIOUS_WEAKNESSES] == 5


# One layout after another.


@pytest.mark.parametrize("year", YEARS, ids=lambda year: str(year.year))
def test_each_years_layout_gives_the_same_home(tmp_path: Path, year: Year) -> None:
    found = load(tmp_path, HOME, {**AGENCY, "name": "Béatrice’s Fostering"}, year=year)
    assert [(t.loaded, t.rejected) for t in found.tallies] == [(2, 0)]
    home, agency = settings(found)
    assert home.urn == "2590934"
    assert home.placement_type is PlacementType.RESIDENTIAL
    assert home.local_authority == "Kent"
    assert agency.name == "Béatrice’s Fostering"
    assert inspections(found)[0] == Inspection(
        urn="2590934", inspected_on=date(2014, 11, 5), rating=OfstedRating.GOOD
    )
    assert found.as_at == date(year.year, 3, 31)


def as_xlsx(path: Path, grid: Sequence[Sequence[str]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in grid:
        sheet.append(list(row))
    book.save(path)
    return path


def as_ods(path: Path, grid: Sequence[Sequence[str]]) -> Path:
    width = max(map(len, grid))
    frame = pd.DataFrame([[*row, *[""] * (width - len(row))] for row in grid])
    frame.to_excel(path, header=False, index=False)
    return path


@pytest.mark.parametrize(("save", "end"), [(as_xlsx, "xlsx"), (as_ods, "ods")])
def test_workbooks_say_what_the_csv_says(
    tmp_path: Path, save: Callable[[Path, object], Path], end: str
) -> None:
    rows = [HOME, AGENCY]
    book = save(tmp_path / f"list.{end}", NEWEST.grid(rows))
    assert imported(book).rows == load(tmp_path, *rows).rows


def test_of_ofsteds_workbook_only_the_list_of_the_day_is_read(tmp_path: Path) -> None:
    book = Workbook()
    listed = book.create_sheet("Provider_level_at_31_Mar_2025")
    joiners = book.create_sheet("Leavers+Joiners_at_31_Mar_2025")
    for row in NEWEST.grid([HOME]):
        listed.append(row)
    joiners.append(list(NEWEST.columns.values()))
    joiners.append([{**AGENCY, "status": "Resigned"}[f] for f in NEWEST.columns])
    book.save(tmp_path / "list.xlsx")
    found = imported(tmp_path / "list.xlsx")
    assert [setting.urn for setting in settings(found)] == ["2590934"]
    assert any("Leavers+Joiners" in note for note in found.notes)


def test_the_inspection_before_the_latest_is_loaded_where_the_list_has_it(
    tmp_path: Path,
) -> None:
    (year,) = (year for year in YEARS if year.year == 2024)
    before = {"previous inspected": "04/03/2013", "previous grade": "Outstanding"}
    found = load(tmp_path, {**HOME, **before}, year=year)
    assert [(i.inspected_on.year, i.rating) for i in inspections(found)] == [
        (2014, OfstedRating.GOOD),
        (2013, OfstedRating.OUTSTANDING),
    ]


def test_lists_of_two_dates_are_refused(tmp_path: Path) -> None:
    files = [year.write(tmp_path, [HOME]) for year in YEARS[-2:]]
    with pytest.raises(TableError, match="several dates: 2024-03-31, 2025-03-31"):
        imported(*files)


def test_a_list_without_sectors_is_refused(tmp_path: Path) -> None:
    columns = {k: v for k, v in NEWEST.columns.items() if k != "sector"}
    path = Year(2025, (), columns).write(tmp_path, [HOME])
    with pytest.raises(TableError, match="no column Sector"):
        imported(path)


# What a row becomes.


def test_what_is_withheld_is_not_shown_as_an_address(tmp_path: Path) -> None:
    (home,) = settings(load(tmp_path, HOME))
    assert home.name == "Children's home, Kent (URN 2590934)"
    assert (home.town, home.postcode_district, home.easting) == (None, None, None)


def test_a_published_postcode_gives_a_point(tmp_path: Path) -> None:
    (agency,) = settings(load(tmp_path, {**AGENCY, "postcode": "me141xx"}))
    assert (agency.postcode_district, agency.district) == ("ME14", "Maidstone")
    assert agency.easting == pytest.approx(576_000, abs=10_000)
    assert agency.places is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Secure children's home", PlacementType.SECURE),
        ("Residential Family Centre", PlacementType.PARENT_AND_CHILD),
        ("Residential Special School", PlacementType.RESIDENTIAL_SCHOOL),
        ("Supported Accommodation", PlacementType.SUPPORTED_ACCOMMODATION),
        ("Boarding School", None),
        ("Voluntary Adoption Agency", None),
    ],
)
def test_kinds_of_provision_map_to_placements(
    tmp_path: Path, kind: str, expected: PlacementType | None
) -> None:
    (setting,) = settings(load(tmp_path, {**HOME, "kind": kind}))
    assert setting.placement_type is expected
    assert setting.provision_type == kind


def test_an_unknown_kind_is_kept_and_said_to_fit_no_search(tmp_path: Path) -> None:
    found = load(tmp_path, {**HOME, "kind": "Floating Support"})
    (setting,) = settings(found)
    assert (setting.provision_type, setting.placement_type) == (
        "Floating Support",
        None,
    )
    assert [(m.value, m.row) for m in found.mended] == [("Floating Support", 5)]


@pytest.mark.parametrize(
    ("column", "value", "became"),
    [
        ("kind", "Children's Home", "Children's home"),
        (
            "authority",
            "Bournemouth, Christchurch & Poole",
            "Bournemouth, Christchurch and Poole",
        ),
        ("authority", "Cumbria", "Cumbria"),
        ("grade", "Requires Improvement", "requires_improvement"),
        ("grade", "Adequate", "requires_improvement"),
        ("grade", "Satisfactory", "requires_improvement"),
        ("inspected", "45601", "2024-11-05"),
        ("inspected", "5 Nov 2024", "2024-11-05"),
        ("urn", "sc069455", "SC069455"),
        ("places", "seven", ""),
        ("places", "40000", ""),
        ("postcode", "NOT KNOWN", ""),
    ],
)
def test_what_is_mended_is_loaded_and_said(
    tmp_path: Path, column: str, value: str, became: str
) -> None:
    found = load(tmp_path, {**HOME, column: value})
    assert [(m.row, m.value, m.became) for m in found.mended] == [(5, value, became)]
    assert all(m.why for m in found.mended)
    assert found.tallies[0].loaded == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("urn", "12"),
        ("urn", ""),
        ("urn", "Total"),
        ("urn", "URN"),
        ("kind", ""),
        ("authority", ""),
        ("authority", "Narnia"),
        ("authority", "Berkshire"),
        ("status", "Resigned"),
        ("sector", "Charity"),
        ("grade", "Very good"),
        ("inspected", "31/02/2024"),
        ("inspected", "05/11/2042"),
        ("inspected", ""),
        ("outcome", "Excellent"),
    ],
)
def test_what_cannot_be_known_is_rejected_with_its_remedy(
    tmp_path: Path, column: str, value: str
) -> None:
    found = load(tmp_path, AGENCY, {**HOME, column: value})
    (fault,) = found.rejected
    assert fault.row == 6
    assert fault.value == value or not fault.column
    assert fault.why
    assert fault.remedy
    assert [setting.urn for setting in settings(found)] == ["SC069455"]


def test_every_fault_of_a_row_is_told(tmp_path: Path) -> None:
    found = load(tmp_path, {**HOME, "urn": "12", "sector": "?", "grade": "?"})
    assert len(found.rejected) == 3
    assert found.tallies[0].rejected == 1


def test_authorities_of_wales_are_kept(tmp_path: Path) -> None:
    rows = [
        {**HOME, "urn": f"259093{n}", "authority": name}
        for n, name in enumerate(("Cardiff", "Conwy", "Newport", "Wrexham"))
    ]
    found = load(tmp_path, *rows)
    names = [setting.local_authority for setting in settings(found)]
    assert names == ["Cardiff", "Conwy", "Newport", "Wrexham"]
    assert not found.mended


def test_a_supported_accommodation_outcome_is_no_grade(tmp_path: Path) -> None:
    row = {
        **HOME,
        "kind": "Supported Accommodation",
        "grade": "",
        "outcome": "Serious or widespread weaknesses",
    }
    found = load(tmp_path, row)
    (setting,) = settings(found)
    assert setting.supported_outcome is SupportedOutcome.SERIOUS_WEAKNESSES
    assert setting.supported_outcome_on == date(2014, 11, 5)
    assert not inspections(found)


def test_a_home_not_yet_inspected_has_no_inspection(tmp_path: Path) -> None:
    found = load(tmp_path, {**HOME, "grade": "", "inspected": ""})
    assert not inspections(found)
    assert found.tallies[0].loaded == 1


def test_one_owner_in_two_spellings_is_one_provider(tmp_path: Path) -> None:
    owners = ("Zone Central Ltd", "ZONE CENTRAL LIMITED", "Zone Central Ltd 03894588")
    rows = [
        {**HOME, "urn": f"259093{n}", "owner": owner} for n, owner in enumerate(owners)
    ]
    found = load(tmp_path, *rows)
    (provider,) = cast(list[Provider], found.rows["providers"])
    assert provider.name == "Zone Central Ltd"
    assert {s.provider_id for s in settings(found)} == {provider.provider_id}


def test_a_setting_without_owner_stands_for_its_own(tmp_path: Path) -> None:
    found = load(tmp_path, {**HOME, "owner": ""}, {**AGENCY, "owner": ""})
    names = [p.name for p in cast(list[Provider], found.rows["providers"])]
    assert names == ["Owner not published (URN 2590934)", "Example Fostering"]


def test_sectors_beyond_the_first_three_are_kept(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        {**HOME, "sector": "Academy", "owner": "A"},
        {**AGENCY, "sector": "Health Authority", "owner": "B"},
    )
    sectors = [group.sector for group in cast(list[Group], found.rows["groups"])]
    assert sectors == [Sector.ACADEMY, Sector.HEALTH_AUTHORITY]


def test_a_row_repeated_is_a_duplicate_and_one_that_differs_is_rejected(
    tmp_path: Path,
) -> None:
    found = load(tmp_path, HOME, HOME, {**HOME, "places": "9"})
    (tally,) = found.tallies
    assert (tally.loaded, tally.duplicates, tally.rejected) == (1, 1, 1)
    assert found.duplicates[0].row == 6
    assert (found.rejected[0].row, found.rejected[0].value) == (7, "2590934")
    assert settings(found)[0].places == 3


def test_a_row_whose_cells_have_shifted_is_rejected(tmp_path: Path) -> None:
    (year,) = (year for year in YEARS if year.year == 2023)
    path = year.write(tmp_path, [HOME, AGENCY])
    text = path.read_text(year.encoding)
    path.write_text(text.replace("Zone Central", "Zone, Central"), year.encoding)
    found = imported(path)
    assert [(f.row, f.column) for f in found.rejected] == [(5, "column 13")]


# The councils' monthly list.

COUNCILS_LIST = Year(
    2025,
    ("Social care providers list for LAs, 30 September 2024",),
    {
        "authority": "Local Authority",
        "urn": "URN",
        "kind": "Provider Type",
        "sector": "Sector",
        "name": "Setting name",
        "status": "Provider Status",
        "owner": "Organisation name",
        "grade": "Latest overall Effectiveness grade from last full inspection",
        "inspected": "Latest inspection date",
        "places": "Max Users",
        "ebd": "Emotional and behavioural difficulties",
        "mental": "Mental disorders",
        "sensory": "Sensory impairment",
        "alcohol": "Present alcohol problems",
        "drugs": "Present drug problems",
        "learning": "Learning difficulty",
        "physical": "Physical disabilities",
    },
)
NO_FLAGS = dict.fromkeys(
    ("ebd", "mental", "sensory", "alcohol", "drugs", "learning", "physical"), ""
)


def claims(found: Imported) -> set[tuple[Need, Stance]]:
    rows = cast(list[ClaimedNeed], found.rows["claimed_needs"])
    return {(row.need, row.stance) for row in rows}


def test_flags_of_the_councils_list_become_claims(tmp_path: Path) -> None:
    flagged = {**HOME, **NO_FLAGS, "ebd": "Y", "drugs": "3", "learning": "N"}
    found = load(tmp_path, {**flagged, "mental": "0"}, year=COUNCILS_LIST)
    accepted = Stance.ACCEPTS
    assert claims(found) == {(Need.SEMH, accepted), (Need.SUBSTANCE_MISUSE, accepted)}
    assert settings(found)[0].places == 3
    assert found.tallies[0].layout == "councils' monthly list, 30 September 2024"


def test_a_flag_that_says_neither_is_taken_as_not_said(tmp_path: Path) -> None:
    row = {**HOME, **NO_FLAGS, "physical": "perhaps"}
    found = load(tmp_path, row, year=COUNCILS_LIST)
    assert not claims(found)
    assert [m.column for m in found.mended] == ["Physical disabilities"]


def test_the_public_list_says_nothing_of_needs(tmp_path: Path) -> None:
    found = load(tmp_path, HOME)
    assert "claimed_needs" not in {*found.rows, *found.replaces}


def held_with(
    tmp_path: Path, needs: list[ClaimedNeed], **stated: object
) -> DataDirectory:
    directory = DataDirectory(tmp_path / "data")
    run_import(directory, "ofsted", [NEWEST.write(tmp_path, [HOME])], ImportOptions())
    (setting,) = Dataset.open(directory).rows(Setting)
    rows: Rows = {
        "settings": [setting.model_copy(update=stated)],
        "claimed_needs": needs,
    }
    replace_tables(directory, rows, dict.fromkeys(rows, date(2025, 3, 31)))
    return directory


def test_criteria_that_another_source_gave_outlive_the_next_list(
    tmp_path: Path,
) -> None:
    directory = held_with(tmp_path, [], age_from=10, age_to=15, name="Oak House")
    again = NEWEST.write(tmp_path, [{**HOME, "places": "4"}])
    run_import(directory, "ofsted", [again], ImportOptions())
    (setting,) = Dataset.open(directory).rows(Setting)
    assert (setting.age_from, setting.age_to, setting.places) == (10, 15, 4)
    assert setting.name == "Oak House"


def test_flags_replace_claims_of_their_needs_but_no_exclusion(tmp_path: Path) -> None:
    needs = [
        ClaimedNeed(urn="2590934", need=need, stance=stance)
        for need, stance in (
            (Need.CSE, Stance.ACCEPTS),
            (Need.MENTAL_HEALTH, Stance.ACCEPTS),
            (Need.PHYSICAL_DISABILITY, Stance.EXCLUDES),
        )
    ]
    directory = held_with(tmp_path, needs)
    row = {**HOME, **NO_FLAGS, "sensory": "Y"}
    path = COUNCILS_LIST.write(tmp_path, [row])
    run_import(directory, "ofsted", [path], ImportOptions())
    claimed = Dataset.open(directory).rows(ClaimedNeed)
    assert {(row.need, row.stance) for row in claimed} == {
        (Need.CSE, Stance.ACCEPTS),
        (Need.SENSORY_IMPAIRMENT, Stance.ACCEPTS),
        (Need.PHYSICAL_DISABILITY, Stance.EXCLUDES),
    }


# Nothing is lost.

FAULTS: tuple[tuple[str, str, str], ...] = (
    ("urn", "12", "rejected"),
    ("urn", "", "rejected"),
    ("urn", "2590934X", "rejected"),
    ("kind", "", "rejected"),
    ("kind", "CHILDREN'S HOME", "mended"),
    ("kind", "Treehouse", "mended"),
    ("authority", "Durham", "mended"),
    ("authority", "Atlantis", "rejected"),
    ("authority", "", "rejected"),
    ("status", "Cancelled", "rejected"),
    ("sector", "unknown", "rejected"),
    ("grade", "Requires Improvement", "mended"),
    ("grade", "10/10", "rejected"),
    ("inspected", "45601", "mended"),
    ("inspected", "30/02/2020", "rejected"),
    ("inspected", "01/01/2099", "rejected"),
    ("places", "lots", "mended"),
    ("postcode", "ME14", "mended"),
    ("outcome", "Splendid", "rejected"),
    ("*", "the row before it, again", "duplicates"),
)
"""Twenty sorts: the column, what is put there, and what must come of it."""


def with_planted_faults(seed: int) -> tuple[list[Cells], dict[int, tuple[str, str]]]:
    """A thousand rows with 200 faults, and by row number the column and the fate."""
    chance = random.Random(seed)
    rows: list[Cells] = [{**HOME, "urn": f"{2_000_000 + n}"} for n in range(1000)]
    faults: dict[int, tuple[str, str]] = {}
    places = chance.sample(range(1, 1000, 2), 200)
    for index, (column, value, fate) in zip(places, FAULTS * 10, strict=True):
        again = dict(rows[index - 1])
        rows[index] = again if column == "*" else {**rows[index], column: value}
        faults[index + len(NEWEST.titles) + 2] = (column, fate)
    return rows, faults


def test_of_two_hundred_planted_faults_none_is_lost(tmp_path: Path) -> None:
    rows, faults = with_planted_faults(seed=903)
    found = load(tmp_path, *rows)
    (tally,) = found.tallies
    assert tally.rows_read == 1000
    told = {
        "rejected": {fault.row: fault.column for fault in found.rejected},
        "mended": {mended.row: mended.column for mended in found.mended},
        "duplicates": {duplicate.row: "*" for duplicate in found.duplicates},
    }
    named = {k: " ".join(v.split()) for k, v in NEWEST.columns.items()} | {"*": "*"}
    for fate, rows_told in told.items():
        planted = {
            row: named[at] for row, (at, became) in faults.items() if became == fate
        }
        assert rows_told == planted
    assert tally.rejected == len(told["rejected"])
    assert tally.duplicates == len(told["duplicates"])
    kept = 1000 - sum(fate != "mended" for _, fate in faults.values())
    assert tally.loaded == len(settings(found)) == kept


CELL = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
    st.sampled_from(["", "REDACTED", "Kent", "Good", "01/02/2020", "=1+1", "SC069455"]),
)
ROW = st.fixed_dictionaries(dict.fromkeys(HOME, CELL)) | st.just(dict(HOME))


@given(st.lists(ROW, max_size=8))
def test_whatever_the_cells_every_row_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "list.csv"
    path.write_text(csv_text(NEWEST.grid(rows)), "utf-8", newline="")
    found = imported(path)
    (tally,) = found.tallies
    assert tally.loaded == len(settings(found))
    assert tally.rejected == len({fault.row for fault in found.rejected})
    assert tally.duplicates == len(found.duplicates)
    assert tally.rows_read == tally.loaded + tally.rejected + tally.duplicates
    assert tally.rows_read <= len(rows)
