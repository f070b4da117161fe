from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.children import Placement, Referral
from corpus.codes import Gender, Need, OfstedRating, PlacementType, Route, Sector
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset, replace_tables
from corpus.errors import TableError
from corpus.importing import Imported, ImportOptions
from corpus.importing.mapped.fields import SheetKind, fields_of
from corpus.importing.mapped.headers import header_fit, header_words
from corpus.importing.mapped.mapping import (
    SheetMapping,
    read_mappings,
    write_mappings,
)
from corpus.importing.run import run_import
from corpus.importing.spreadsheet import MAPPING_FILE, read_spreadsheet
from corpus.models import (
    ClaimedNeed,
    Frozen,
    Group,
    Inspection,
    PriceOffer,
    Provider,
    Setting,
    Vacancy,
)

Grid = Sequence[Sequence[str]]
RowT = TypeVar("RowT", bound=Frozen)

PLACEMENTS: Grid = [
    ["YP ID", "DOB", "Plc type", "LA resp", "Wkly £", "Start", "End", "CSE", "Missing"],
    ["1001", "03/02/2009", "Resi", "Kent", "£4,557.00", "01/04/2023", "", "Y", "N"],
    [
        "1002",
        "13/02/2010",
        "IFA",
        "Surrey CC",
        "900",
        "12/05/2023",
        "2024-06-13",
        "",
        "Y",
    ],
    ["1003", "1 Apr 08", "Semi-indep", "Kent", "1450 pw", "45017", "", "N", "N"],
]
PROVIDERS: Grid = [
    "Home name|URN|Owner|Sector|Provider type|LA|Postcode|Beds|Age range|Gender"
    "|Ofsted rating|Last inspection|Vacancies|Needs|Weekly fee".split("|"),
    "Oak House|SC123456|Acme Care Ltd|Private|Children's Home|Kent|ME15 6XX|4|8 to 17"
    "|Mixed|Good|01/02/2024|1|CSE; ADHD|4,500".split("|"),
    "Elm House|SC654321|Acme Care Limited|Private|Children's Home|Surrey||3|10-16|Girls"
    "|Requires Improvement||||".split("|"),
]


def write_csv(folder: Path, grid: Grid, name: str = "list.csv") -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(grid)
    return path


def load(
    folder: Path,
    *grids: Grid,
    authority: str | None = "Kent",
    held: Dataset | None = None,
    mapping: str | None = None,
    as_at: date | None = date(2024, 3, 31),
) -> Imported:
    files = [write_csv(folder, grid, f"{n}.csv") for n, grid in enumerate(grids)]
    path = None
    if mapping is not None:
        path = folder / "mapping.toml"
        path.write_text(mapping, encoding="utf-8")
    options = ImportOptions(
        local_authority=authority, held=held, mapping=path, as_at=as_at
    )
    return read_spreadsheet(files, options)


def rows_of(imported: Imported, table: str, model: type[RowT]) -> list[RowT]:
    rows = imported.rows.get(table, ())
    return [row for row in rows if isinstance(row, model)]


def placements(imported: Imported) -> list[Placement]:
    return rows_of(imported, "placements", Placement)


def faults(imported: Imported) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.why) for each in imported.rejected]


@pytest.fixture
def held(tmp_path: Path) -> Dataset:
    directory = DataDirectory(tmp_path / "held")
    imported = load(tmp_path, PROVIDERS, authority=None)
    replace_tables(
        directory, imported.rows, dict.fromkeys(imported.rows, date(2024, 3, 31))
    )
    return Dataset.open(directory)


def test_a_list_of_placements_is_read_from_its_own_headers(tmp_path: Path) -> None:
    first, second, third = placements(load(tmp_path, PLACEMENTS, authority=None))
    assert first.child_id == "1001"
    assert first.local_authority == "Kent"
    assert first.started == date(2023, 4, 1)
    assert first.ended is None
    assert first.placement_type is PlacementType.RESIDENTIAL
    assert first.age_at_start == 14
    assert first.weekly_social_care == 4557.0
    assert first.needs == (Need.CSE,)
    assert second.local_authority == "Surrey"
    assert second.ended == date(2024, 6, 13)
    assert second.needs == (Need.MISSING,)
    assert third.started == date(2023, 4, 1)
    assert third.weekly_social_care == 1450.0
    assert third.needs == ()


def test_what_was_mended_is_told_cell_by_cell(tmp_path: Path) -> None:
    mended = load(tmp_path, PLACEMENTS, authority=None).mended
    told = {(each.row, each.column): (each.value, each.became) for each in mended}
    assert told[2, "Wkly £"] == ("£4,557.00", "4557.00")
    assert told[3, "LA resp"] == ("Surrey CC", "Surrey")
    assert told[4, "Start"] == ("45017", "2023-04-01")
    assert told[4, "Plc type"] == ("Semi-indep", "supported_accommodation")
    assert (3, "End") not in told


def test_the_report_says_which_column_was_taken_for_what(tmp_path: Path) -> None:
    grid = [[*row, extra] for row, extra in zip(PLACEMENTS, "Zab", strict=False)]
    notes = " ".join(load(tmp_path, grid, authority=None).notes)
    assert "read as placements" in notes
    assert "'YP ID' is child_id (1.00)" in notes
    assert "'CSE' is the need cse" in notes
    assert "columns not read: 'Z'" in notes


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(PLACEMENTS[0]))))
def test_the_order_of_columns_changes_no_row(order: list[int]) -> None:
    with TemporaryDirectory() as folder:
        shuffled = [[row[index] for index in order] for row in PLACEMENTS]
        imported = load(Path(folder), shuffled, authority=None)
        straight = load(Path(folder), PLACEMENTS, authority=None)
    assert imported.rows == straight.rows


CELLS = st.text(max_size=12) | st.sampled_from(
    "|Kent|Narnia|Resi|IFA or Resi|01/04/2023|31/02/2023|45017|£4,557|-1|TBC|1001|Total"
    "|Y|14|=1+1|N/A|Grand total".split("|")
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), max_size=12))
def test_every_row_is_loaded_or_a_duplicate_or_rejected(rows: list[list[str]]) -> None:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    with TemporaryDirectory() as folder:
        imported = load(Path(folder), [*PLACEMENTS, *filled], authority=None)
    (tally,) = imported.tallies
    assert tally.loaded == len(imported.rows.get("placements", ()))
    assert tally.duplicates == len(imported.duplicates)
    assert tally.rejected == len({each.row for each in imported.rejected})
    assert tally.rows_read == tally.loaded + tally.duplicates + tally.rejected
    assert all(each.why and each.remedy for each in imported.rejected)


@pytest.mark.parametrize("kind", SheetKind)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_no_kind_of_sheet_loses_a_row(kind: SheetKind, data: st.DataObject) -> None:
    header = [field.headers[0] for field in fields_of(kind).values()]
    row = st.lists(CELLS, min_size=len(header), max_size=len(header))
    rows = [each for each in data.draw(st.lists(row, max_size=8)) if any(each)]
    mapping = SheetMapping(
        kind=kind,
        columns=dict(zip(fields_of(kind), header, strict=True)),
        constants={},
    )
    with TemporaryDirectory() as folder:
        text = write_mappings([mapping], [{}])
        imported = load(Path(folder), [header, *rows], mapping=text)
    (tally,) = imported.tallies
    assert tally.rows_read == tally.loaded + tally.duplicates + tally.rejected
    assert tally.rejected == len({each.row for each in imported.rejected})
    assert tally.duplicates == len(imported.duplicates)


HEADERS = st.text(max_size=8) | st.sampled_from(
    "Child ID|Start|Type|Cost|URN|Home|Total|LA|Needs|DOB|Age|CSE|Beds|£|Date".split(
        "|"
    )
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(HEADERS, min_size=1, max_size=8),
    st.lists(st.lists(CELLS, min_size=1, max_size=10), max_size=8),
)
def test_any_table_is_refused_or_read_and_its_mapping_reads_it_alike(
    header: list[str], rows: list[list[str]]
) -> None:
    with TemporaryDirectory() as folder:
        try:
            once = load(Path(folder), [header, *rows])
        except TableError as fault:
            assert fault.remedy
            return
        mapping = once.attachments[MAPPING_FILE]
        again = load(Path(folder), [header, *rows], mapping=mapping)
    assert again.rows == once.rows
    assert again.tallies == once.tallies


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_hostile_text_stays_text(text: str) -> None:
    grid = [
        ["Child ID", "Start", "Type", "Distance reason", "Placement ID"],
        ["1", "2023-04-01", "Resi", f"{text} \x1b[31m<b>[1]", f"=cmd|'{text}'!A1"],
    ]
    with TemporaryDirectory() as folder:
        (placement,) = placements(load(Path(folder), grid))
    assert placement.distance_reason is not None
    assert placement.distance_reason.endswith("<b>[1]")
    assert "\x1b" not in placement.distance_reason
    assert placement.placement_id.startswith("=cmd|'")


def test_four_unhelpful_headers_need_one_correction_at_most(tmp_path: Path) -> None:
    grid = [
        ["YP ID", "Wkly £", "Start", "Prov"],
        ["1001", "£4,557.00", "01/04/2023", "Acme"],
        ["1002", "4,200", "13/05/2023", "Bright Homes"],
    ]
    imported = load(tmp_path, grid)
    assert not placements(imported)
    assert {each.why for each in imported.rejected} == {
        "no column was found for the placement type"
    }
    proposed = imported.attachments[MAPPING_FILE]
    corrected = proposed.replace(
        '# placement_type = ""    # needed',
        'placement_type = "residential"    # needed',
    )
    assert corrected != proposed
    first, second = placements(load(tmp_path, grid, mapping=corrected))
    assert (first.child_id, first.weekly_social_care) == ("1001", 4557.0)
    assert second.started == date(2023, 5, 13)
    assert second.placement_type is PlacementType.RESIDENTIAL


def test_a_known_provider_gives_the_placement_its_type_and_home(
    tmp_path: Path, held: Dataset
) -> None:
    grid = [
        ["YP ID", "Wkly £", "Start", "Prov"],
        ["1001", "4557", "2023-04-01", "ACME CARE LTD."],
        ["1002", "4557", "2023-04-01", "oak house"],
    ]
    by_owner, by_home = placements(load(tmp_path, grid, held=held))
    assert by_owner.placement_type is PlacementType.RESIDENTIAL
    assert by_owner.urn is None
    assert by_home.urn == "SC123456"
    assert by_home.host_authority == "Kent"
    assert by_home.provider_id == by_owner.provider_id


def test_a_provider_that_is_not_known_is_left_out_and_told(
    tmp_path: Path, held: Dataset
) -> None:
    grid = [
        ["Child ID", "Start", "Type", "Provider"],
        ["1", "2023-04-01", "Resi", "Nobody's Homes"],
    ]
    imported = load(tmp_path, grid, held=held)
    assert placements(imported)[0].provider_id is None
    assert [(m.column, m.value, m.became) for m in imported.mended][-1] == (
        "Provider",
        "Nobody's Homes",
        "",
    )


def test_columns_without_headers_that_help_are_told_by_their_values(
    tmp_path: Path,
) -> None:
    grid = [
        ["A", "B", "C", "D", "E"],
        ["C1001", "03/02/2023", "Residential", "Kent", "£4,557.00"],
        ["C1002", "13/02/2023", "IFA", "Surrey", "£900.00"],
    ]
    first, second = placements(load(tmp_path, grid, authority=None))
    assert (first.child_id, first.started) == ("C1001", date(2023, 2, 3))
    assert second.local_authority == "Surrey"
    assert second.weekly_social_care == 900.0


def test_two_columns_that_fit_equally_well_are_told(tmp_path: Path) -> None:
    grid = [
        ["Child ID", "Start date", "Placement start date", "Type"],
        ["1", "2023-04-01", "2023-04-01", "Resi"],
    ]
    notes = " ".join(load(tmp_path, grid).notes)
    assert "started: 'Start date' fits as well as 'Placement start date'" in notes


def test_monthly_amounts_become_weekly_where_the_header_says_so(
    tmp_path: Path,
) -> None:
    grid = [
        ["Child ID", "Start", "Type", "Cost per month"],
        ["1", "2023-04-01", "Resi", "£19,800"],
        ["2", "2023-04-01", "Resi", "£4,557 pw"],
    ]
    first, second = placements(load(tmp_path, grid))
    assert first.weekly_social_care == pytest.approx(4556.71)
    assert second.weekly_social_care == 4557.0


def test_dates_in_a_column_written_month_first_are_not_guessed(tmp_path: Path) -> None:
    grid = [
        ["Child ID", "Start", "Type"],
        ["1", "01/04/2023", "Resi"],
        ["2", "04/25/2023", "Resi"],
        ["3", "2023-04-01", "Resi"],
    ]
    imported = load(tmp_path, grid)
    assert [each.child_id for each in placements(imported)] == ["3"]
    assert "month first" in imported.rejected[0].why
    assert "month 25" in imported.rejected[1].why
    proposed = imported.attachments[MAPPING_FILE]
    corrected = proposed.replace('"day_first"', '"month_first"')
    first, second, _ = placements(load(tmp_path, grid, mapping=corrected))
    assert first.started == date(2023, 1, 4)
    assert second.started == date(2023, 4, 25)


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (["", "2023-04-01", "Resi", ""], "Child ID", "no child id is given"),
        (["9", "", "Resi", ""], "Start", "no started is given"),
        (["9", "31/02/2023", "Resi", ""], "Start", "there is no such day"),
        (["9", "2023-04-01", "Hotel", ""], "Type", "it names no placement type"),
        (["9", "2023-04-01", "IFA or resi", ""], "Type", "it names several types"),
        (["9", "2023-04-01", "Resi", "2022-04-01"], "End", "it ends before it starts"),
        (["9", "2023-04-01", "Resi", "soon"], "End", "it is not a whole date"),
        (["Total", "", "", ""], "", "a total, not a placement"),
        (["", "", "Grand total", "12"], "", "a total, not a placement"),
        (["Child ID", "Start", "Type", "End"], "", "the header again"),
    ],
)
def test_a_row_that_cannot_be_loaded_says_why_and_what_would_mend_it(
    tmp_path: Path, row: list[str], column: str, why: str
) -> None:
    header = ["Child ID", "Start", "Type", "End"]
    good = [["1", "2023-04-01", "Resi", ""], ["2", "2023-04-01", "IFA", "2024-01-01"]]
    imported = load(tmp_path, [header, *good, row])
    (rejection,) = imported.rejected
    assert rejection.row == 4
    assert rejection.column == column
    assert why in rejection.why
    assert rejection.remedy
    assert len(placements(imported)) == 2


def test_a_provider_called_total_is_no_total(tmp_path: Path) -> None:
    grid = [["Child ID", "Start", "Type", "Provider"]]
    grid += [
        ["1", "2023-04-01", "Resi", "Total Care"],
        ["2", "2023-04-01", "IFA", "Total"],
    ]
    assert len(placements(load(tmp_path, grid))) == 2


def test_the_same_row_again_is_a_duplicate_and_another_with_its_id_is_not(
    tmp_path: Path,
) -> None:
    grid = [["Placement ID", "Child ID", "Start", "Type"]]
    grid += [["P1", "1", "2023-04-01", "Resi"]] * 2 + [
        ["P1", "2", "2023-04-01", "Resi"]
    ]
    imported = load(tmp_path, grid)
    assert [each.row for each in imported.duplicates] == [3]
    assert [row for row, _, _ in faults(imported)] == [4]


def test_rows_without_an_id_keep_the_one_made_of_their_content(tmp_path: Path) -> None:
    grid = [["Child ID", "Start", "Type"], ["1", "01/04/2023", "Resi"]]
    later = [grid[0], ["7", "2023-04-01", "IFA"], ["1", "1 April 2023", "Residential"]]
    (first,) = placements(load(tmp_path, grid))
    assert first in placements(load(tmp_path, later))


def test_names_of_children_become_pseudonyms_and_are_not_kept(tmp_path: Path) -> None:
    grid = [["Child", "Start", "Type"], ["Ann Other", "2023-04-01", "Resi"]]
    grid += [["ann other", "2024-01-01", "IFA"]]
    imported = load(tmp_path, grid)
    first, second = placements(imported)
    assert first.child_id == second.child_id
    kept = f"{imported.rows}{imported.mended}{imported.notes}".casefold()
    assert "ann" not in kept.replace("planned", "")


def test_contributions_are_kept_apart_and_a_total_less_them_is_social_care(
    tmp_path: Path,
) -> None:
    grid = [
        ["Child ID", "Start", "Type", "Total weekly cost", "Health", "Education"],
        ["1", "2023-04-01", "Resi", "5000", "1000", "500"],
        ["2", "2023-04-01", "Resi", "100", "1000", "500"],
    ]
    imported = load(tmp_path, grid)
    (placement,) = placements(imported)
    assert placement.weekly_social_care == 3500.0
    assert placement.weekly_health == 1000.0
    assert placement.weekly_education == 500.0
    assert [row for row, _, _ in faults(imported)] == [3]


def test_an_age_now_is_counted_back_to_the_start(tmp_path: Path) -> None:
    grid = [
        ["Child ID", "Start", "Type", "Age"],
        ["1", "2022-03-31", "Resi", "16"],
        ["2", "2024-01-01", "Resi", "14y"],
    ]
    ages = [each.age_at_start for each in placements(load(tmp_path, grid))]
    assert ages == [14, 14]


def test_ssda903_place_codes_say_the_placement_type(tmp_path: Path) -> None:
    grid = [["Child ID", "Start", "Placement type"]]
    grid += [["1", "2023-04-01", "K2"], ["2", "2023-04-01", "P1 - own parents"]]
    home, parents = placements(load(tmp_path, grid))
    assert (home.placement_type, home.place_code) == (PlacementType.RESIDENTIAL, "K2")
    assert (parents.placement_type, parents.place_code) == (None, "P1")


def test_needs_come_from_a_list_or_from_columns(tmp_path: Path) -> None:
    grid = [
        ["Child ID", "Start", "Type", "Needs", "Risk: self-harm", "ADHD"],
        ["1", "2023-04-01", "Resi", "CSE, missing", "High risk", "N"],
        ["2", "2023-04-01", "Resi", "CSE, no self-harm", "No known risk", "Y"],
    ]
    imported = load(tmp_path, grid)
    first, second = placements(imported)
    assert first.needs == (Need.CSE, Need.MISSING, Need.SELF_HARM)
    assert second.needs == (Need.ADHD,)
    assert [(m.row, m.column) for m in imported.mended if "denial" in m.why] == [
        (3, "Needs")
    ]


def test_children_whose_authority_nothing_names_stop_the_import(
    tmp_path: Path,
) -> None:
    grid = [["Child ID", "Start", "Type"], ["1", "2023-04-01", "Resi"]]
    with pytest.raises(TableError, match="--local-authority"):
        load(tmp_path, grid, authority=None)


def test_title_rows_and_merged_headings_stand_above_the_header(tmp_path: Path) -> None:
    grid = [
        ["Placements as at 31 March 2024", "", "", ""],
        ["Child", "", "Placement", ""],
        ["Child ID", "Age", "Start date", "Type"],
        ["1", "14", "2024-01-01", "Resi"],
        ["Total", "1", "", ""],
    ]
    imported = load(tmp_path, grid, as_at=None)
    assert imported.as_at == date(2024, 3, 31)
    assert len(placements(imported)) == 1
    assert faults(imported) == [(5, "", "a total, not a placement")]


def test_a_workbook_gives_its_sheets_and_formulas_stay_text(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    first.title = "Placements"
    first.append(["Monthly return", None, None])
    first.append(["Child ID", "Start", "Type", "Provider", "Weekly cost"])
    first.append([1001, date(2023, 4, 1), "Resi", "Oak House", 4557])
    first.append(["=HYPERLINK(1)", date(2023, 4, 1), "Resi", "", "=2*2"])
    homes = book.create_sheet("Homes")
    for row in PROVIDERS:
        homes.append(list(row))
    book.create_sheet("Notes").append(["nothing here"])
    summary = book.create_sheet("Summary")
    for line in (["Month", "Placement type", "Total cost"], ["April", "Resi", 9]):
        summary.append(line)
    path = tmp_path / "book.xlsx"
    book.save(path)
    options = ImportOptions(local_authority="Kent", as_at=date(2024, 3, 31))
    imported = read_spreadsheet([path], options)
    placed, formula = placements(imported)
    assert (placed.child_id, placed.urn) == ("1001", "SC123456")
    assert formula.child_id == "=HYPERLINK(1)"
    assert formula.weekly_social_care is None
    assert {tally.file for tally in imported.tallies} == {
        "book.xlsx [Placements]",
        "book.xlsx [Homes]",
    }
    assert any("'Notes'" in note for note in imported.notes)
    assert "book.xlsx [Summary]: passed over, no list (1 rows)." in imported.notes


def test_a_provider_list_gives_settings_owners_and_what_is_said_of_them(
    tmp_path: Path,
) -> None:
    imported = load(tmp_path, PROVIDERS, authority=None)
    oak, elm = rows_of(imported, "settings", Setting)
    assert (oak.urn, oak.local_authority, oak.places) == ("SC123456", "Kent", 4)
    assert (oak.age_from, oak.age_to) == (8, 17)
    assert oak.genders == (Gender.MALE, Gender.FEMALE)
    assert oak.postcode_district == "ME15"
    assert elm.genders == (Gender.FEMALE,)
    (owner,) = rows_of(imported, "providers", Provider)
    assert oak.provider_id == elm.provider_id == owner.provider_id
    assert rows_of(imported, "groups", Group)[0].sector is Sector.PRIVATE
    needs = {claim.need for claim in rows_of(imported, "claimed_needs", ClaimedNeed)}
    assert needs == {Need.CSE, Need.ADHD}
    assert rows_of(imported, "inspections", Inspection) == [
        Inspection(
            urn="SC123456", inspected_on=date(2024, 2, 1), rating=OfstedRating.GOOD
        )
    ]
    assert rows_of(imported, "vacancies", Vacancy)[0].as_at == date(2024, 3, 31)
    (price,) = rows_of(imported, "prices", PriceOffer)
    assert (price.weekly_price, price.route) == (4500, Route.SPOT)
    assert any("route = spot" in note for note in imported.notes)
    assert any("day of the inspection" in m.why for m in imported.mended)


def test_a_setting_held_keeps_what_a_new_list_leaves_open(
    tmp_path: Path, held: Dataset
) -> None:
    grid = [
        [
            "URN",
            "Home name",
            "Type",
            "Beds",
            "Overall effectiveness",
            "Inspection date",
        ],
        ["SC123456", "Oak House", "Children's home", "5", "Outstanding", "2025-02-01"],
        ["12", "Ash House", "Children's home", "5", "", ""],
    ]
    imported = load(tmp_path, grid, held=held)
    (oak,) = rows_of(imported, "settings", Setting)
    assert (oak.places, oak.age_from, oak.local_authority) == (5, 8, "Kent")
    graded = rows_of(imported, "inspections", Inspection)
    assert {each.inspected_on.year for each in graded} == {2024, 2025}
    assert imported.replaces["settings"].values == frozenset({"SC123456"})
    assert faults(imported) == [(3, "URN", "it is not a URN")]


def test_a_price_list_finds_the_settings_it_names(
    tmp_path: Path, held: Dataset
) -> None:
    grid = [
        ["Provider", "Home", "Price", "Contract type", "Effective from"],
        ["Acme Care", "Elm House", "£4,250.40", "Framework", "01/04/2024"],
        ["Acme Care", "Fir House", "£4,250", "Framework", "01/04/2024"],
    ]
    imported = load(tmp_path, grid, held=held)
    (price,) = rows_of(imported, "prices", PriceOffer)
    assert price == PriceOffer(
        urn="SC654321",
        route=Route.FRAMEWORK,
        weekly_price=4250,
        as_at=date(2024, 4, 1),
    )
    assert [(row, column) for row, column, _ in faults(imported)] == [(3, "Home")]


def test_a_referral_list_tells_what_was_sought_and_secured(tmp_path: Path) -> None:
    grid = [
        "Referral ID|Child|Date of referral|Required by|Age|Gender|Type sought|Needs"
        "|Type secured|Date placed".split("|"),
        "R1|C7|03/02/2024|13/02/2024|14|M|Residential|CSE|Fostering|14/02/2024".split(
            "|"
        ),
        ["R2", "C8", "03/02/2024", "", "14 yrs", "F", "IFA", "", "", ""],
        ["R3", "C9", "03/02/2024", "01/02/2024", "14", "F", "IFA", "", "", ""],
    ]
    imported = load(tmp_path, grid)
    first, second = rows_of(imported, "referrals", Referral)
    assert first.sought_type is PlacementType.RESIDENTIAL
    assert first.secured_type is PlacementType.FOSTERING
    assert first.secured_on == date(2024, 2, 14)
    assert first.needs == (Need.CSE,)
    assert second.secured_type is None
    assert [row for row, _, _ in faults(imported)] == [4]
    assert any("siblings = 1" in note for note in imported.notes)


def test_a_proposed_mapping_used_again_gives_the_same_rows(tmp_path: Path) -> None:
    once = load(tmp_path, PLACEMENTS, authority=None)
    mapping = once.attachments[MAPPING_FILE]
    again = load(tmp_path, PLACEMENTS, authority=None, mapping=mapping)
    assert again.rows == once.rows


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)


@given(
    st.sampled_from(SheetKind),
    st.data(),
    st.dictionaries(WORDS, st.sampled_from(Need), max_size=3),
    WORDS,
)
def test_a_mapping_written_is_read_back_the_same(
    kind: SheetKind, data: st.DataObject, needs: dict[str, Need], name: str
) -> None:
    names = st.sampled_from(sorted(fields_of(kind)))
    mapping = SheetMapping(
        kind=kind,
        name=name,
        columns=data.draw(st.dictionaries(names, WORDS, max_size=4)),
        constants=data.draw(st.dictionaries(names, WORDS, max_size=2)),
        needs=needs,
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.toml"
        text = write_mappings([mapping], [dict.fromkeys(mapping.columns, "sure")])
        path.write_text(text, encoding="utf-8")
        assert read_mappings(path) == [mapping]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[sheet]\n", "is not TOML"),
        ("", r"has no \[\[sheet\]\]"),
        ('[[sheet]]\nkind = "homes"\n', "kind"),
        ('[[sheet]]\nkind = "prices"\ncolumns = {colour = "A"}\n', "no field 'colour'"),
        (
            '[[sheet]]\nkind = "placements"\ncolumns = {child_id = "Pupil"}\n',
            "does not fit '0.csv'",
        ),
        (
            '[[sheet]]\nkind = "placements"\ncolumns = {child_id = "YP ID"}\n'
            'constants = {placement_type = "hotel"}\n',
            "constant placement_type",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_its_fault(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(TableError, match=said):
        load(tmp_path, PLACEMENTS, mapping=text)


def test_a_sheet_can_be_passed_over_by_the_mapping(tmp_path: Path) -> None:
    imported = load(tmp_path, PLACEMENTS, mapping='[[sheet]]\nkind = "nothing"\n')
    assert not imported.rows
    assert imported.notes == ("0.csv: passed over, as the mapping says (3 rows).",)


def test_new_placements_replace_those_of_their_authority_alone(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    options = ImportOptions(as_at=date(2024, 3, 31))
    both = write_csv(tmp_path, PLACEMENTS, "both.csv")
    run_import(directory, "spreadsheet", [both], options)
    kent = write_csv(tmp_path, [PLACEMENTS[0], PLACEMENTS[1]], "kent.csv")
    report = run_import(directory, "spreadsheet", [kent], options)
    rows = Dataset.open(directory).rows(Placement)
    assert sorted((row.local_authority, row.child_id) for row in rows) == [
        ("Kent", "1001"),
        ("Surrey", "1002"),
    ]
    assert MAPPING_FILE in report.attachments


def test_headers_are_compared_with_their_abbreviations_written_out() -> None:
    assert header_words("Wkly £") == ("weekly", "cost")
    assert header_words("YP ID") == ("child", "id")
    assert header_fit("LA resp", ["placing authority"]) > 0.9
    assert header_fit("Placment start date", ["placement start date"]) > 0.7
    assert header_fit("Previous placement start", ["placement start"]) < 0.42
    assert header_fit("Colour", ["placement start"]) == 0.0
