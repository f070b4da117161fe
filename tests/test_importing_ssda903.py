"""SSDA903 returns: recognised, joined into placements, and every row accounted for."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.children import Placement
from corpus.codes import Gender, Need, PlacementType, Route
from corpus.errors import TableError
from corpus.importing.context import ImportOptions
from corpus.importing.report import Imported
from corpus.importing.ssda903 import read_ssda903
from corpus.ssda903_codes import CodeListName, code_list, placement_type_of

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
KENT = ImportOptions(local_authority="Kent")
EPISODE = {
    "CHILD": "101",
    "DECOM": "01/05/2022",
    "RNE": "S",
    "LS": "C2",
    "CIN": "N1",
    "PLACE": "U6",
    "PLACE_PROVIDER": "PR4",
    "DEC": "",
    "REC": "",
    "REASON_PLACE_CHANGE": "",
    "HOME_POST": "ME15 6AB",
    "PL_POST": "CT1 2EH",
    "URN": "SC123456",
}
HEADER = {
    "CHILD": "101",
    "SEX": "F",
    "DOB": "02/05/2008",
    "ETHNIC": "WBRI",
    "UPN": "A123",
    "MOTHER": "",
    "MC_DOB": "",
}


def episode(**cells: str) -> dict[str, str]:
    return EPISODE | cells


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(
    folder: Path,
    *files: Sequence[Mapping[str, str]],
    options: ImportOptions = KENT,
) -> Imported:
    paths = [write(folder / f"file{i}.csv", rows) for i, rows in enumerate(files)]
    return read_ssda903(paths, options)


def placements(imported: Imported) -> list[Placement]:
    found = imported.rows["placements"]
    return [row for row in found if isinstance(row, Placement)]


def only(imported: Imported) -> Placement:
    (placement,) = placements(imported)
    return placement


def accounted(imported: Imported) -> bool:
    return all(
        t.rows_read == t.loaded + t.duplicates + t.rejected for t in imported.tallies
    )


def test_the_sample_of_three_boroughs_and_five_years_loads_whole() -> None:
    folder = SHARED / "ssda903"
    if not folder.exists():
        pytest.skip("the sample files are not beside this checkout")
    names = ("episodes.csv", "header.csv", "uasc.csv")
    imported = read_ssda903([folder / name for name in names], ImportOptions())
    read = {tally.layout: tally.rows_read for tally in imported.tallies}
    assert read == {
        "SSDA903 Episodes": 3737,
        "SSDA903 Header": 1304,
        "SSDA903 UASC": 51,
    }
    assert accounted(imported)
    assert imported.rejected == ()
    found = placements(imported)
    assert {p.local_authority for p in found} == {"Bromley", "Hillingdon", "Southwark"}
    assert len({p.placement_id for p in found}) == len(found)
    assert len({p.child_id for p in found}) == 820
    assert imported.replaces["placements"].values == {p.local_authority for p in found}
    assert any("2017 is 2017/18" in note for note in imported.notes)


def test_a_change_of_legal_status_continues_a_stay_and_of_carer_begins_one(
    tmp_path: Path,
) -> None:
    rows = [
        episode(DEC="01/07/2022", REC="X1"),
        episode(DECOM="01/07/2022", RNE="L", LS="E1", DEC="09/09/2022", REC="X1")
        | {"REASON_PLACE_CHANGE": "CREQB"},
        episode(DECOM="09/09/2022", RNE="P", LS="E1", PLACE="K2"),
    ]
    first, second = placements(load(tmp_path, rows))
    assert (first.started, first.ended) == (date(2022, 5, 1), date(2022, 9, 9))
    assert (first.reason_new, first.legal_status) == ("S", "E1")
    assert (first.reason_ended, first.reason_changed) == ("X1", "CREQB")
    assert first.previous_placement_id is None
    assert second.placement_type == PlacementType.RESIDENTIAL
    assert second.ended is None
    assert second.previous_placement_id == first.placement_id
    assert second.previous_type == PlacementType.FOSTERING


@pytest.mark.parametrize(
    ("code", "place", "stays"),
    [("T", "U4", 1), ("U", "U4", 1), ("T", "A5", 2), ("B", "U6", 2), ("S", "U6", 2)],
)
def test_a_stay_with_the_same_carer_goes_on_while_its_type_does(
    tmp_path: Path, code: str, place: str, stays: int
) -> None:
    rows = [
        episode(DEC="01/07/2022", REC="X1"),
        episode(DECOM="01/07/2022", RNE=code, PLACE=place),
    ]
    found = placements(load(tmp_path, rows))
    assert len(found) == stays
    assert found[-1].place_code == place


def test_a_new_period_of_care_has_no_previous_placement(tmp_path: Path) -> None:
    rows = [
        episode(DEC="01/07/2022", REC="E4B"),
        episode(DECOM="09/09/2022", RNE="S"),
    ]
    first, second = placements(load(tmp_path, rows))
    assert (first.reason_ended, first.planned_end) == ("E4B", False)
    assert second.previous_placement_id is None


@pytest.mark.parametrize("later_first", [False, True])
def test_a_later_return_closes_the_episode_that_an_earlier_one_left_open(
    tmp_path: Path, later_first: bool
) -> None:
    earlier = write(tmp_path / "2022-23" / "episodes.csv", [episode()])
    closed = episode(DEC="08/06/2023", REC="E4A")
    later = write(tmp_path / "2023-24" / "episodes.csv", [closed])
    files = [later, earlier] if later_first else [earlier, later]
    imported = read_ssda903(files, KENT)
    placement = only(imported)
    assert (placement.ended, placement.planned_end) == (date(2023, 6, 8), True)
    fates = {tally.file: (tally.loaded, tally.duplicates) for tally in imported.tallies}
    assert fates == {"2022-23/episodes.csv": (0, 1), "2023-24/episodes.csv": (1, 0)}


def test_what_a_later_return_says_otherwise_is_held_and_told(tmp_path: Path) -> None:
    first = [episode(PLACE="U6") | {"YEAR": "2023"}]
    second = [episode(PLACE="U4") | {"YEAR": "2024"}]
    imported = load(tmp_path, first, second)
    assert only(imported).place_code == "U4"
    assert any("Episodes PLACE: later returns changed 1" in n for n in imported.notes)


def test_two_rows_of_one_return_that_differ_are_not_both_believed(
    tmp_path: Path,
) -> None:
    imported = load(tmp_path, [episode(), episode(PLACE="K2"), episode()])
    assert only(imported).place_code == "U6"
    (rejection,) = imported.rejected
    assert rejection.row == 3
    assert "row 2 of file0.csv has the same CHILD and DECOM" in rejection.why
    (duplicate,) = imported.duplicates
    assert duplicate.row == 4


def test_a_file_is_recognised_by_its_columns_in_any_order_and_case(
    tmp_path: Path,
) -> None:
    rows = [{name.lower(): text for name, text in reversed(EPISODE.items())}]
    imported = load(tmp_path, [HEADER], rows)
    assert [t.layout for t in imported.tallies] == [
        "SSDA903 Header",
        "SSDA903 Episodes",
    ]
    assert only(imported).age_at_start == 13


def test_nothing_is_loaded_without_an_authority(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="--local-authority NAME"):
        load(tmp_path, [episode()], options=ImportOptions())


def test_rows_of_another_authority_than_the_one_named_are_rejected(
    tmp_path: Path,
) -> None:
    rows = [episode(LA="Kent"), episode(LA="Medway", CHILD="102"), episode(LA="KENT")]
    imported = load(tmp_path, rows)
    assert only(imported).local_authority == "Kent"
    (rejection,) = imported.rejected
    assert (rejection.row, rejection.column, rejection.value) == (3, "LA", "Medway")


def test_without_the_episodes_the_placements_held_are_left_alone(
    tmp_path: Path,
) -> None:
    with pytest.raises(TableError, match="Give the Episodes file too"):
        load(tmp_path, [HEADER])


def test_a_file_without_a_column_that_each_row_needs_is_refused(tmp_path: Path) -> None:
    reviews = [{"CHILD": "101", "REVIEW": "01/06/2022", "REVIEW_CODE": "PN1"}]
    with pytest.raises(TableError, match="Reviews file without the column DOB"):
        load(tmp_path, [episode()], reviews)


def test_a_workbook_with_a_sheet_for_each_file_loads(tmp_path: Path) -> None:
    path = tmp_path / "return 2022-23.xlsx"
    typed = {"CHILD": 101, "DECOM": datetime(2022, 5, 1), "PLACE_PROVIDER": "PR4"}
    with pd.ExcelWriter(path) as book:
        pd.DataFrame([EPISODE | typed]).to_excel(book, sheet_name="Eps", index=False)
        pd.DataFrame([HEADER]).to_excel(book, sheet_name="Children", index=False)
        pd.DataFrame([{"About": "this file"}]).to_excel(book, sheet_name="Notes")
    imported = read_ssda903([path], KENT)
    placement = only(imported)
    assert (placement.child_id, placement.started) == ("101", date(2022, 5, 1))
    assert placement.age_at_start == 13
    assert [t.file for t in imported.tallies] == [
        "return 2022-23.xlsx [Eps]",
        "return 2022-23.xlsx [Children]",
    ]
    assert any("sheets passed over: Notes" in note for note in imported.notes)


@pytest.mark.parametrize("text", ["01/05/2022", "2022-05-01", "1 May 2022", "44682"])
def test_dates_in_any_clear_form_are_read(tmp_path: Path, text: str) -> None:
    assert only(load(tmp_path, [episode(DECOM=text)])).started == date(2022, 5, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("CHILD", ""),
        ("DECOM", ""),
        ("DECOM", "05/25/2022"),
        ("DECOM", "01/05/2090"),
        ("DECOM", "01/05/2007"),
        ("DEC", "30/04/2022"),
        ("DEC", "soon"),
        ("RNE", "Q"),
        ("PLACE", "K9"),
        ("PLACE", "U5 / U6"),
    ],
)
def test_an_episode_that_cannot_be_placed_is_rejected_with_its_remedy(
    tmp_path: Path, column: str, value: str
) -> None:
    imported = load(tmp_path, [HEADER], [episode(**{column: value}), episode()])
    (rejection,) = imported.rejected
    assert (rejection.row, rejection.column, rejection.value) == (2, column, value)
    assert rejection.why
    assert rejection.remedy
    assert only(imported).started == date(2022, 5, 1)


@pytest.mark.parametrize(
    ("column", "value", "attribute"),
    [
        ("LS", "C9", "legal_status"),
        ("CIN", "N0", "need_code"),
        ("PLACE_PROVIDER", "PR9", "place_provider"),
        ("URN", "12", "urn"),
        ("PL_POST", "Canterbury", "host_authority"),
        ("HOME_POST", "ME15 6ABC", "distance_miles"),
    ],
)
def test_a_value_that_cannot_be_read_is_left_out_and_told(
    tmp_path: Path, column: str, value: str, attribute: str
) -> None:
    imported = load(tmp_path, [episode(**{column: value})])
    assert getattr(only(imported), attribute) is None
    (mended,) = imported.mended
    assert (mended.column, mended.value, mended.became) == (column, value, "")
    assert getattr(only(load(tmp_path, [episode()])), attribute) is not None


@pytest.mark.parametrize(
    ("column", "value", "attribute", "became"),
    [
        ("PLACE", "k2", "place_code", "K2"),
        ("PLACE", "K2 - Children's home", "place_code", "K2"),
        ("URN", "sc 123456", "urn", "SC123456"),
        ("CHILD", "101.0", "child_id", "101"),
    ],
)
def test_a_slip_of_the_pen_is_mended_and_told(
    tmp_path: Path, column: str, value: str, attribute: str, became: str
) -> None:
    imported = load(tmp_path, [episode(**{column: value})])
    assert getattr(only(imported), attribute) == became
    (mended,) = imported.mended
    assert (mended.value, mended.became) == (value, became)


def test_the_urn_that_says_only_unknown_is_no_fault(tmp_path: Path) -> None:
    imported = load(tmp_path, [episode(URN="XXXXXXX")])
    assert only(imported).urn is None
    assert imported.mended == ()


def test_a_code_out_of_its_years_is_held_and_told(tmp_path: Path) -> None:
    imported = load(tmp_path, [episode(PLACE="K3") | {"YEAR": "2023"}])
    assert only(imported).placement_type == PlacementType.SUPPORTED_ACCOMMODATION
    assert any(
        "PLACE K3 is not on the code list of the 2023" in n for n in imported.notes
    )


def test_an_open_episode_ends_when_the_next_begins(tmp_path: Path) -> None:
    rows = [episode(), episode(DECOM="09/09/2022", RNE="P")]
    imported = load(tmp_path, rows)
    first, second = placements(imported)
    assert (first.ended, second.ended) == (date(2022, 9, 9), None)
    (mended,) = imported.mended
    assert (mended.row, mended.column, mended.became) == (2, "DEC", "2022-09-09")


def test_a_reason_for_ending_without_an_end_leaves_the_placement_open(
    tmp_path: Path,
) -> None:
    imported = load(tmp_path, [episode(REC="E8")])
    assert (only(imported).ended, only(imported).reason_ended) == (None, None)
    assert [m.column for m in imported.mended] == ["REC"]


def test_episodes_that_overlap_are_held_as_given_and_told(tmp_path: Path) -> None:
    rows = [
        episode(DEC="09/10/2022", REC="X1"),
        episode(DECOM="09/09/2022", RNE="P"),
    ]
    imported = load(tmp_path, rows)
    assert placements(imported)[0].ended == date(2022, 10, 9)
    told = "row 2 of file0.csv ends after row 3 of file0.csv begins"
    assert any(told in note for note in imported.notes)


@pytest.mark.parametrize(
    ("sex", "gender"),
    [("1", Gender.MALE), ("2", Gender.FEMALE), ("M", Gender.MALE), ("U", None)],
)
def test_age_and_gender_come_from_the_header_of_any_year(
    tmp_path: Path, sex: str, gender: Gender | None
) -> None:
    placement = only(load(tmp_path, [HEADER | {"SEX": sex}], [episode()]))
    assert (placement.gender, placement.age_at_start) == (gender, 13)


def test_children_without_a_header_have_no_age_and_the_report_says_so(
    tmp_path: Path,
) -> None:
    imported = load(tmp_path, [HEADER], [episode(CHILD="7")])
    assert only(imported).age_at_start is None
    assert any("1 of 1 children are not in a Header" in n for n in imported.notes)
    assert any("1 children of the other files have no" in n for n in imported.notes)


def test_children_of_two_authorities_with_one_code_stay_apart(tmp_path: Path) -> None:
    headers = [HEADER | {"LA": "Kent"}, HEADER | {"LA": "Medway", "DOB": "02/05/2010"}]
    episodes = [episode(LA="Kent"), episode(LA="Medway")]
    found = placements(load(tmp_path, headers, episodes, options=ImportOptions()))
    assert {(p.local_authority, p.age_at_start) for p in found} == {
        ("Kent", 13),
        ("Medway", 11),
    }
    assert len({p.placement_id for p in found}) == 2


def test_needs_are_those_that_a_file_states_for_the_time_of_the_placement(
    tmp_path: Path,
) -> None:
    episodes = [
        episode(DEC="09/09/2022", REC="X1"),
        episode(DECOM="09/09/2022", RNE="P"),
    ]
    about = {"CHILD": "101", "DOB": "02/05/2008"}
    dols = [about | {"DOLO_START": "01/06/2022", "DOLO_END": "01/07/2022"}]
    away = [
        about | {"MISSING": "M", "MIS_START": "01/12/2022", "MIS_END": "02/12/2022"},
        about | {"MISSING": "A", "MIS_START": "01/08/2022", "MIS_END": "02/08/2022"},
    ]
    health = [
        about
        | {"SDQ_SCORE": "12", "CONVICTED": "0", "SUBSTANCE_MISUSE": "1", "YEAR": "2023"}
    ]
    first, second = placements(load(tmp_path, episodes, dols, away, health))
    assert first.needs == (Need.SUBSTANCE_MISUSE, Need.DOLS)
    assert second.needs == (Need.MISSING, Need.SUBSTANCE_MISUSE)
    assert (first.dols, second.dols) == (True, False)


def test_silence_means_no_only_where_the_file_was_given(tmp_path: Path) -> None:
    uasc = [{"CHILD": "102", "SEX": "1", "DOB": "", "DUC": "01/01/2099"}]
    both = [episode(), episode(CHILD="102")]
    assert [p.uasc for p in placements(load(tmp_path, both))] == [None, None]
    assert [p.uasc for p in placements(load(tmp_path, both, uasc))] == [False, True]


@pytest.mark.parametrize(
    "row",
    [
        {"REVIEW": "01/06/2022", "REVIEW_CODE": "PN1"},
        {"IN_TOUCH": "YES", "ACTIV": "F2", "ACCOM": "B1"},
        {"DATE_INT": "01/06/2022", "DATE_MATCH": "01/07/2022", "FOSTER_CARE": "0"},
        {"DATE_PLACED": "01/06/2022", "DATE_PLACED_CEASED": ""},
        {"PREV_PERM": "P1", "LA_PERM": "886", "DATE_PERM": "zz/zz/2015"},
        {"SW_ID": "AB12", "SW_DECOM": "01/06/2022", "SW_DEC": ""},
    ],
)
def test_files_that_no_table_holds_are_checked_and_said_not_to_be_kept(
    tmp_path: Path, row: dict[str, str]
) -> None:
    sound = {"CHILD": "101", "DOB": "02/05/2008"} | row
    unsound = sound | {"DOB": "02/13/2008"}
    imported = load(tmp_path, [episode()], [sound, unsound])
    tally = imported.tallies[1]
    assert tally.layout.endswith("checked and not kept")
    assert (tally.loaded, tally.rejected) == (1, 1)


def test_distance_and_host_come_from_postcodes_unless_the_file_states_them(
    tmp_path: Path,
) -> None:
    reckoned = only(load(tmp_path, [episode()]))
    assert reckoned.host_authority == "Kent"
    assert reckoned.distance_miles == pytest.approx(24, abs=3)
    stated = only(load(tmp_path, [episode(PL_LA="Medway", PL_DISTANCE="7.5")]))
    assert (stated.host_authority, stated.distance_miles) == ("Medway", 7.5)


def test_own_provision_is_in_house_and_other_routes_are_not_guessed(
    tmp_path: Path,
) -> None:
    assert only(load(tmp_path, [episode(PLACE_PROVIDER="PR1")])).route == Route.IN_HOUSE
    assert only(load(tmp_path, [episode(PLACE_PROVIDER="PR4")])).route is None


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    imported = load(tmp_path, [episode(CHILD='=HYPERLINK("x")\x1b[31m')])
    assert only(imported).child_id == '=HYPERLINK("x")'


CELLS = {
    "CHILD": st.sampled_from(["1", "2", "3.0", "", "=1+1"]),
    "DECOM": st.sampled_from(["01/05/2022", "2022-07-01", "09/09/2022", "", "x"]),
    "RNE": st.sampled_from(["S", "P", "L", "T", "l", "Z"]),
    "PLACE": st.sampled_from(["U6", "U4", "K2", "P1", "H5", "K9"]),
    "DEC": st.sampled_from(["", "01/07/2022", "09/09/2022", "31/12/2022", "32/1/22"]),
    "REC": st.sampled_from(["", "X1", "E4A", "E99"]),
    "LA": st.sampled_from(["Kent", "Medway", "Kemt", "", "Atlantis"]),
    "YEAR": st.sampled_from(["2022", "2023", "", "2022-23"]),
}
EPISODES = st.lists(
    st.fixed_dictionaries(CELLS).map(lambda cells: EPISODE | cells),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(files=st.lists(EPISODES, min_size=1, max_size=3))
def test_every_row_is_loaded_a_duplicate_or_rejected(
    files: list[list[dict[str, str]]],
) -> None:
    header = HEADER | {"LA": "Kent"}
    with TemporaryDirectory() as folder:
        imported = load(Path(folder), [header], *files, options=ImportOptions())
    assert [t.rows_read for t in imported.tallies] == [1, *map(len, files)]
    assert accounted(imported)
    found = placements(imported)
    assert len({p.placement_id for p in found}) == len(found)
    assert all(p.ended is None or p.started <= p.ended for p in found)
    named = {p.placement_id for p in found} | {None}
    assert {p.previous_placement_id for p in found} <= named
    rejected = {(r.file, r.row) for r in imported.rejected}
    assert len(rejected) == sum(t.rejected for t in imported.tallies)
    assert all(r.why and r.remedy for r in imported.rejected)


@settings(max_examples=30, deadline=None)
@given(rows=EPISODES, random=st.randoms(use_true_random=False))
def test_the_order_of_columns_makes_no_difference(
    rows: list[dict[str, str]], random: Random
) -> None:
    columns = list(rows[0])
    random.shuffle(columns)
    shuffled = [{column: row[column] for column in columns} for row in rows]
    with TemporaryDirectory() as folder:
        one = load(Path(folder) / "one", rows, options=ImportOptions())
        other = load(Path(folder) / "other", shuffled, options=ImportOptions())
    assert placements(one) == placements(other)
    assert one.rejected == other.rejected


def published_codes() -> dict[tuple[str, int], set[str]]:
    """Codes of each column of the Episodes file by the year of its layout."""
    found: dict[tuple[str, int], set[str]] = {}
    for path in (SHARED / "specs").glob("SSDA903_schema_*.yml"):
        year = int(path.name.split("_")[2][:4])
        file = column = ""
        for line in path.read_text("utf-8").splitlines():
            if named := re.match(r"column_map\.(\w+)\.(\w+)\.category:", line):
                file, column = named[1], named[2]
            elif named := re.match(r"    (\w+):$", line):
                file = named[1]
            elif named := re.match(r"      (\w+):$", line):
                column = named[1]
            if file == "episodes" and (code := re.search(r'- code: "(\w+)"', line)):
                found.setdefault((column, year), set()).add(code[1])
    return found


def test_the_code_lists_are_those_of_every_published_layout() -> None:
    published = published_codes()
    if not published:
        pytest.skip("the published layouts are not beside this checkout")
    assert {column for column, _ in published} == set(get_args(CodeListName))
    for (column, year), codes in published.items():
        name: CodeListName = next(n for n in get_args(CodeListName) if n == column)
        known = code_list(name).values()
        assert {c.code for c in known if c.in_return(year)} == codes, (column, year)


def test_places_that_no_provider_is_sought_for_have_no_type() -> None:
    assert placement_type_of("K1") == PlacementType.SECURE
    assert placement_type_of("U3") == PlacementType.KINSHIP
    assert [placement_type_of(code) for code in ("P1", "A5", "R5", "T1")] == [None] * 4
