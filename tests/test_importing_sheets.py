from __future__ import annotations

import csv
import io
import string
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from corpus.errors import TableError
from corpus.importing.sheets import Sheet, read_sheets
from corpus.text import clean_text

HEADER = ["URN", "Name", "Places"]


def has_header(cells: Sequence[str]) -> bool:
    return set(HEADER) <= set(cells)


def read(path: Path) -> Sheet:
    (sheet,) = read_sheets(path, has_header)
    return sheet


def rows_of(sheet: Sheet) -> list[list[str]]:
    return [[row.cells[name] for name in HEADER] for row in sheet.rows]


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac-roman"]
)
def test_encoding_and_delimiter_are_told_from_the_content(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    names = ["St Mary’s – Children’s Services", "Béatrice’s café", "£100 home"]
    lines = [HEADER, *([f"{n}", name, "3"] for n, name in enumerate(names))]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    sheet = read(write(tmp_path, text, encoding))
    assert [row.cells["Name"] for row in sheet.rows] == names


def test_latin_1_accents_are_kept(tmp_path: Path) -> None:
    text = "URN,Name,Places\n1,Café Zoë,2\n"
    assert rows_of(read(write(tmp_path, text, "latin-1"))) == [["1", "Café Zoë", "2"]]


def test_titles_above_and_breaks_inside_the_header_are_no_hindrance(
    tmp_path: Path,
) -> None:
    text = 'Provider level\n"Note, with a\nbreak"\n\nURN,"\nName"," Places "\n1,A,2\n'
    sheet = read(write(tmp_path, text))
    assert sheet.header == ("URN", "Name", "Places")
    assert sheet.titles == ("Provider level", "Note, with a break")
    assert (sheet.header_row, sheet.rows[0].number) == (4, 5)


def test_blank_rows_do_not_count_and_numbers_stay_those_of_the_file(
    tmp_path: Path,
) -> None:
    sheet = read(write(tmp_path, "URN,Name,Places\n1,A,2\n\n , ,\n2,B,3\n"))
    assert [row.number for row in sheet.rows] == [2, 5]


def test_cells_beyond_the_header_are_kept_and_marked(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "URN,Name,Places,,\n1,A, B,2\n2,C,3\n"))
    assert sheet.unnamed == {"column 4"}
    assert sheet.rows[0].cells["column 4"] == "2"
    assert sheet.rows[1].cells["column 4"] == ""


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "URN,Name,Places,Name,Name\n1,A,2,B,C\n"))
    assert sheet.header == ("URN", "Name", "Places", "Name (2)", "Name (3)")
    assert not sheet.unnamed


def test_text_is_never_taken_for_a_type(tmp_path: Path) -> None:
    rows = [["001", "NA", "1e5"], ["=1+1", "nan", "TRUE"], ["-", "None", "00:01"]]
    text = "\n".join(",".join(row) for row in [HEADER, *rows])
    assert rows_of(read(write(tmp_path, text))) == rows


def test_control_sequences_do_not_pass(tmp_path: Path) -> None:
    text = "URN,Name,Places\n1,\x1b[31mred\x1b]0;title\x07\u202eevil,2\n"
    assert rows_of(read(write(tmp_path, text))) == [["1", "redevil", "2"]]


@pytest.mark.parametrize(
    "row", ['1,"never closed,2\n', '1,"opened,2\n3,C,4\n5,"D",6\n', '1,"a" b,2\n']
)
def test_a_quotation_mark_left_open_is_told_with_its_row(
    tmp_path: Path, row: str
) -> None:
    path = write(tmp_path, f"URN,Name,Places\n{row}9,Z,1\n8,Y,2\n")
    with pytest.raises(TableError, match=r"'list\.csv' breaks off at row 2"):
        read_sheets(path, has_header)


def test_a_cell_that_swallowed_rows_is_told(tmp_path: Path) -> None:
    header = "URN,Name,Places,Town,Sector\n"
    body = '1,"A,2,T,S\n2,B,3,T,S\n3,C",4,T,S\n'
    with pytest.raises(TableError, match="other rows stand inside one cell"):
        read_sheets(write(tmp_path, header + body), has_header)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no row with the column names"),
        (b"a,b,c\n1,2,3\n", "no row with the column names"),
        (b"PK\x03\x04 not a zip", "not a workbook"),
        (b"\xd0\xcf\x11\xe0 an old one", "not a workbook"),
        (bytes(range(256)) * 4, "no row with the column names"),
    ],
)
def test_what_is_no_table_is_refused_by_name(
    tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "odd.xlsx"
    path.write_bytes(data)
    with pytest.raises(TableError, match=said) as caught:
        read_sheets(path, has_header)
    assert "odd.xlsx" in caught.value.message
    assert caught.value.remedy


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.csv"):
        with pytest.raises(TableError, match="cannot be read"):
            read_sheets(path, has_header)


def workbook(path: Path) -> Path:
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Cover"
    cover.append(["About this workbook"])
    sheet = book.create_sheet("Homes")
    sheet.append(["A title"])
    sheet.append(HEADER)
    sheet.append([2590934, date(2025, 1, 14), 3.0])
    sheet.append([])
    sheet.append(["001", "=1+1", True])
    sheet.append([None, None, 2.5])
    book.save(path)
    return path


def test_xlsx_cells_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    sheet = read(workbook(tmp_path / "book.xlsx"))
    assert rows_of(sheet) == [
        ["2590934", "2025-01-14", "3"],
        ["001", "=1+1", "TRUE"],
        ["", "", "2.5"],
    ]
    assert [row.number for row in sheet.rows] == [3, 5, 6]
    assert (sheet.name, sheet.passed_over) == ("Homes", ("Cover",))
    assert sheet.label == "book.xlsx"


def test_a_workbook_named_csv_is_still_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx").rename(tmp_path / "book.csv")
    assert len(read(path).rows) == 3


def test_ods_is_read_without_guessing(tmp_path: Path) -> None:
    path = tmp_path / "book.ods"
    rows = [["A title", None, None], HEADER, ["001", "NA", 3], ["2", "B", 2.5]]
    frame = pd.DataFrame(rows)
    frame.to_excel(path, header=False, index=False)
    assert rows_of(read(path)) == [["001", "NA", "3"], ["2", "B", "2.5"]]


def test_sheets_of_one_workbook_are_told_apart(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("North", "South"):
        book.create_sheet(name).append(HEADER)
    path = tmp_path / "book.xlsx"
    book.save(path)
    labels = [sheet.label for sheet in read_sheets(path, has_header)]
    assert labels == ["book.xlsx [North]", "book.xlsx [South]"]


CELL = st.text(st.characters(codec="utf-8"), max_size=12)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=12))
def test_no_row_and_no_cell_is_lost(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    path = tmp_path_factory.mktemp("rows") / "list.csv"
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    expected = [[clean_text(cell).strip() for cell in row] for row in rows]
    assert rows_of(read(path)) == [row for row in expected if any(row)]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "list.csv"
    path.write_bytes(string.ascii_letters.encode() + b"\nURN,Name,Places\n" + data)
    try:
        sheets = read_sheets(path, has_header)
    except TableError as error:
        assert "list.csv" in error.message
    else:
        assert all(set(row.cells) == set(sheets[0].header) for row in sheets[0].rows)
