from __future__ import annotations

import csv
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.exporting import (
    Block,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quotation,
    References,
    TableBlock,
    markdown_of,
    write_csv,
    write_word,
    write_workbook,
)
from corpus.charts import Chart, Series
from corpus.errors import UsageError
from corpus.models import Citation, Table

HOSTILE = (
    "=HYPERLINK(1)", "@SUM(A1)", "+1", "-2+3", "a|b", "<script>", "[x](http://e)",
    "\x1b[31mred", "*bold*", "# heading", "[1]: http://evil",
)  # fmt: skip
TABLE = Table(
    title="Homes: a/b [c]*",
    columns=("Setting", "Places", "=1+1"),
    rows=tuple((text, number, None) for number, text in enumerate(HOSTILE)),
    total_rows=40,
)
CHART = Chart(
    kind="bars", title="Gaps", x_label="beds", y_label="type", categories=("a", "b"),
    series=(Series(name="beds", values=(1, 2)),),
)  # fmt: skip
BLOCKS: tuple[Block, ...] = (
    Heading(text="Report", level=0),
    Heading(text="Gaps"),
    Paragraph(text="There are 40 homes [1]."),
    Quotation(text="We will open\ntwo homes."),
    Note(text="To be filled by the council."),
    TableBlock(table=TABLE, caption="Homes"),
    Figure(chart=CHART, caption="Gaps in beds"),
    References(
        citations=(
            (1, Citation(kind="dataset", title="Register", locator="all", source="s")),
        )
    ),
)


def test_csv_cell_that_a_spreadsheet_would_run_is_text(tmp_path: Path) -> None:
    write_csv(TABLE, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Setting", "Places", "'=1+1"]
    assert len(rows) == 1 + len(HOSTILE)
    for row in rows[1:]:
        assert not row[0].startswith(("=", "+", "-", "@"))
        assert "\x1b" not in row[0]
    assert rows[2][1] == "1"


def test_workbook_holds_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_workbook([TABLE, TABLE], path)
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == len(set(book.sheetnames)) == 2
    sheet = book.worksheets[0]
    for row, text in enumerate(HOSTILE, start=2):
        cell = sheet.cell(row, 1)
        assert cell.data_type == "s"
        assert cell.value == text.replace("\x1b[31m", "")
        assert sheet.cell(row, 2).value == row - 2


def test_word_document_has_styles_captions_and_references(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    write_word(BLOCKS, path)
    written = docx.Document(str(path))
    styles = {p.text: p.style.name for p in written.paragraphs if p.style}
    assert styles["Report"] == "Title"
    assert styles["Gaps"] == "Heading 1"
    captions = [p for p in written.paragraphs if p.style and p.style.name == "Caption"]
    assert [p._p.xpath("string(.)") for p in captions] == [
        "Table 1. Homes", f"{len(HOSTILE)} of 40 rows.", "Figure 1. Gaps in beds",
    ]  # fmt: skip
    assert written.paragraphs[-1].text.startswith("[1]\tRegister")
    assert len(written.inline_shapes) == 1
    assert written.tables[0].cell(1, 0).text == "=HYPERLINK(1)"


def test_markdown_of_hostile_data_is_only_text() -> None:
    drawn = MarkdownIt("commonmark").enable("table").render(markdown_of(BLOCKS))
    assert "<script>" not in drawn
    assert "<a " not in drawn
    assert "<strong>bold" not in drawn
    assert drawn.count("<h1>") == 1
    assert drawn.count("<tr>") == 1 + len(HOSTILE) + 1 + len(CHART.categories)
    assert "There are 40 homes [1]." in drawn


@given(st.text(min_size=1))
def test_any_text_survives_markdown_as_one_cell(text: str) -> None:
    table = Table(title="T", columns=("A",), rows=((f"x{text}x",),), total_rows=1)
    block = TableBlock(table=table, caption="C")
    drawn = MarkdownIt("commonmark").enable("table").render(markdown_of([block]))
    assert drawn.count("<tr>") == 2
    assert "<a " not in drawn
    assert "<img" not in drawn


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.docx"])
def test_folder_that_is_missing_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / "missing" / name
    with pytest.raises(UsageError, match="cannot be written"):
        if name.endswith("csv"):
            write_csv(TABLE, path)
        elif name.endswith("xlsx"):
            write_workbook([TABLE], path)
        else:
            write_word(BLOCKS, path)


def test_workbook_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no table"):
        write_workbook([], tmp_path / "t.xlsx")
