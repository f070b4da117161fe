"""Tables of a Word document: widths by what the columns hold, figures to the right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from assistant.exporting.blocks import cell_text
from corpus.models import Table
from corpus.text import clean_text

if TYPE_CHECKING:
    from docx.document import Document

_TABLE_STYLE: Final = "Light Grid Accent 1"
_WIDTH: Final = 15.9
"""Centimetres of the text, on A4 with margins of 25 mm."""
_NARROWEST: Final = 8
_WIDEST: Final = 40
"""Characters that a column's width is reckoned from."""
_LONGEST_WHOLE: Final = 15
"""Rows of a table that no page parts."""
_FIGURE: Final = re.compile(r"^-?£?[\d,.]+%?(?: to -?£?[\d,.]+%?)?$|^[c–]?$")


def add_table(written: Document, table: Table) -> None:
    """Add a table whose first row is its header, repeated on each page."""
    from docx.shared import Cm, Pt

    rows = [tuple(map(cell_text, row)) for row in table.rows]
    grid = written.add_table(rows=1, cols=len(table.columns), style=_TABLE_STYLE)
    grid.autofit = False
    _fill(grid.rows[0], table.columns)
    _repeat_on_each_page(grid.rows[0])
    for row in rows:
        added = grid.add_row()
        _fill(added, row)
        _keep_together(added)
    for at, width in enumerate(_widths(table.columns, rows)):
        right = at > 0 and all(_FIGURE.match(row[at]) for row in rows)
        grid.columns[at].width = Cm(width)  # some readers heed the column alone
        for cell in grid.columns[at].cells:
            cell.width = Cm(width)
            _dress(cell, right, Pt(9))
    if len(rows) <= _LONGEST_WHOLE:
        _keep_on_one_page(grid)
    if table.total_rows > len(table.rows):
        told = f"{len(table.rows):,} of {table.total_rows:,} rows."
        written.add_paragraph(told, style="Caption")
    written.add_paragraph()


def _keep_on_one_page(grid: Any) -> None:
    for row in grid.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(row: Any, cells: tuple[str, ...]) -> None:
    for cell, value in zip(row.cells, cells, strict=True):
        cell.text = " ".join(clean_text(value).split())


def _widths(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[float]:
    """Centimetres of each column, as its longest cell asks, within bounds."""
    longest = []
    for at, column in enumerate(columns):
        cells = [len(row[at]) for row in rows]
        words = max(map(len, column.split()), default=0) + 2
        wanted = max([words, len(column) // 2, *cells])
        longest.append(min(max(wanted, _NARROWEST), _WIDEST))
    return [_WIDTH * length / sum(longest) for length in longest]


def _dress(cell: Any, right: bool, size: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(1)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in paragraph.runs:
            run.font.size = size


def _repeat_on_each_page(row: Any) -> None:
    _property(row, "w:tblHeader")


def _keep_together(row: Any) -> None:
    """No row is parted by the end of a page."""
    _property(row, "w:cantSplit")


def _property(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    told = OxmlElement(name)
    told.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(told)
