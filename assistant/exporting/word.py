"""A document as Word: styles, captions, pictures and numbered references."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assistant.drawing import draw
from assistant.exporting.blocks import (
    Block,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quotation,
    References,
    TableBlock,
    cell_text,
    reference_line,
)
from corpus.charts import Chart
from corpus.errors import UsageError
from corpus.models import Table
from corpus.text import clean_text

if TYPE_CHECKING:
    from docx.document import Document

_PICTURE_WIDTH: Final = 6.0
"""Inches, the text's width on A4 with margins of an inch."""
_TABLE_STYLE: Final = "Light Grid Accent 1"


def write_word(blocks: Iterable[Block], path: Path) -> None:
    """Write the blocks as a .docx file, tables and figures numbered in their order.

    Raises:
        UsageError: where the file cannot be written.
    """
    import docx
    from docx.shared import Mm

    written = docx.Document()
    for section in written.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
    counts = {"Table": 0, "Figure": 0}
    for block in blocks:
        _add(written, block, counts)
    try:
        written.save(str(path))
    except OSError as error:
        raise UsageError(
            f"{str(path)!r} cannot be written: {error.strerror or error}.",
            "Choose another file.",
        ) from error


def _add(written: Document, block: Block, counts: dict[str, int]) -> None:
    match block:
        case Heading(text=text, level=level):
            written.add_heading(_plain(text), level)
        case Paragraph(text=text):
            for part in clean_text(text).split("\n\n"):
                written.add_paragraph(part.strip())
        case Note(text=text):
            written.add_paragraph(_plain(text), style="Intense Quote")
        case Quotation(text=text):
            written.add_paragraph(clean_text(text), style="Quote")
        case TableBlock(table=table, caption=caption):
            _caption(written, "Table", caption, counts)
            _table(written, table)
        case Figure(chart=chart, caption=caption):
            _picture(written, chart)
            _caption(written, "Figure", caption, counts)
        case References(citations=citations):
            for marker, citation in citations:
                written.add_paragraph(f"[{marker}] {_plain(reference_line(citation))}")


def _caption(
    written: Document, kind: str, caption: str, counts: dict[str, int]
) -> None:
    """A caption whose number is a field, so that Word can list and update it."""
    counts[kind] += 1
    paragraph = written.add_paragraph(f"{kind} ", style="Caption")
    _sequence_field(paragraph, kind, counts[kind])
    paragraph.add_run(f". {_plain(caption)}")
    paragraph.paragraph_format.keep_with_next = kind == "Table"


def _sequence_field(paragraph: Any, kind: str, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" SEQ {kind} \\* ARABIC ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = str(number)
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _table(written: Document, table: Table) -> None:
    grid = written.add_table(rows=1, cols=len(table.columns), style=_TABLE_STYLE)
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.text = _plain(column)
    _repeat_on_each_page(grid.rows[0])
    for row in table.rows:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            cell.text = _plain(cell_text(value))
    if table.total_rows > len(table.rows):
        told = f"{len(table.rows):,} of {table.total_rows:,} rows."
        written.add_paragraph(told, style="Caption")
    written.add_paragraph()


def _repeat_on_each_page(row: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _picture(written: Document, chart: Chart) -> None:
    from docx.shared import Inches

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chart.png"
        draw(chart, path)
        written.add_picture(str(path), width=Inches(_PICTURE_WIDTH))
    written.paragraphs[-1].paragraph_format.keep_with_next = True


def _plain(text: str) -> str:
    return " ".join(clean_text(text).split())
