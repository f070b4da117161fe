"""A document as Word: styles, captions, pictures, contents and numbered references."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assistant.drawing import draw
from assistant.exporting.blocks import (
    Block,
    Bullets,
    Captions,
    Contents,
    Figure,
    Heading,
    Lead,
    Note,
    Paragraph,
    Quotation,
    References,
    TableBlock,
    ToComplete,
    chart_table,
    headings_of,
    reference_line,
)
from assistant.exporting.word_fields import (
    add_contents,
    add_page_numbers,
    add_simple_field,
    bookmark,
    describe_picture,
    heading_anchor,
    reference_anchor,
    write_marked,
)
from assistant.exporting.word_package import with_fixed_times
from assistant.exporting.word_styles import (
    LEAD,
    NOTE,
    REFERENCE,
    TO_COMPLETE,
    add_styles,
)
from assistant.exporting.word_tables import add_table
from corpus.charts import Chart
from corpus.errors import UsageError
from corpus.text import clean_text

if TYPE_CHECKING:
    from docx.document import Document

_PICTURE_WIDTH: Final = 6.0
"""Inches, within the text's width on A4 with margins of 25 mm."""
_WRITTEN: Final = date(2000, 1, 1)
"""The day that a file bears where its content gives none: never that of writing."""


def write_word(blocks: Iterable[Block], path: Path, on: date = _WRITTEN) -> None:
    """Write the blocks as a .docx file, tables and figures numbered in their order.

    Raises:
        UsageError: where the file cannot be written.
    """
    content = word_of(blocks, on)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"{str(path)!r} cannot be written: {error.strerror or error}.",
            "Choose another file.",
        ) from error


def word_of(blocks: Iterable[Block], on: date = _WRITTEN) -> bytes:
    """The blocks as the bytes of a .docx file; the same blocks give the same bytes.

    `on` is the day that the file says it was made and changed.
    """
    import docx
    from docx.shared import Mm

    held = tuple(blocks)
    written = docx.Document()
    for section in written.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
    add_styles(written)
    add_page_numbers(written)
    writing = _Writing(written, held)
    for block in held:
        writing.add(block)
    title = next((b.text for b in held if isinstance(b, Heading) and not b.level), "")
    content = io.BytesIO()
    written.save(content)
    return with_fixed_times(content.getvalue(), title, on)


@dataclass
class _Writing:
    """A document under way."""

    written: Document
    blocks: tuple[Block, ...]
    captions: Captions = field(default_factory=Captions)
    headings: int = 0

    def add(self, block: Block) -> None:
        """Add one block at the end."""
        match block:
            case Heading():
                self._heading(block)
            case Contents(title=title):
                add_contents(self.written, _plain(title), headings_of(self.blocks))
            case Paragraph(text=text):
                for part in clean_text(text).split("\n\n"):
                    self._text(part.strip(), None)
            case Lead(text=text) | Note(text=text):
                self._text(text, LEAD if isinstance(block, Lead) else NOTE)
            case Bullets(items=items):
                for item in items:
                    self._text(item, "List Bullet")
            case ToComplete():
                self._to_complete(block)
            case Quotation(text=text, source=source):
                self._quotation(text, source)
            case TableBlock(table=table, caption=caption):
                self._caption(block, caption)
                add_table(self.written, table)
            case Figure(chart=chart, caption=caption):
                self._caption(block, caption)
                self._picture(chart)
            case References():
                self._references(block)

    def _text(self, text: str, style: str | None) -> Any:
        paragraph = self.written.add_paragraph(style=style)
        write_marked(paragraph, clean_text(text), self._cited)
        return paragraph

    @property
    def _cited(self) -> frozenset[int]:
        """Markers that the document's references hold."""
        return frozenset(
            marker
            for block in self.blocks
            if isinstance(block, References)
            for marker, _ in block.citations
        )

    def _heading(self, block: Heading) -> None:
        paragraph = self.written.add_heading(_plain(block.text), block.level)
        if block.level:
            self.headings += 1
            bookmark(paragraph, heading_anchor(self.headings), self.headings)

    def _to_complete(self, block: ToComplete) -> None:
        title = self.written.add_paragraph(style=TO_COMPLETE)
        title.add_run(f"For {_plain(block.whose)} to complete").bold = True
        title.paragraph_format.keep_with_next = True
        for number, item in enumerate(block.items, start=1):
            line = self._text(f"☐ {item}", TO_COMPLETE)
            line.paragraph_format.keep_with_next = number < len(block.items)
        self.written.add_paragraph()

    def _quotation(self, text: str, source: str) -> None:
        quoted = self.written.add_paragraph(clean_text(text), style="Quote")
        if source:
            write_marked(quoted, f" {clean_text(source)}", self._cited, italic=False)

    def _caption(self, block: TableBlock | Figure, caption: str) -> None:
        """A caption whose number is a field, so that Word can list and update it."""
        kind, number = self.captions.next(block)
        paragraph = self.written.add_paragraph(f"{kind} ", style="Caption")
        add_simple_field(paragraph, f"SEQ {kind} \\* ARABIC", str(number))
        write_marked(paragraph, f". {_plain(caption)}", self._cited)
        paragraph.paragraph_format.keep_with_next = True

    def _picture(self, chart: Chart) -> None:
        from docx.shared import Inches

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "chart.png"
            draw(chart, path)
            self.written.add_picture(str(path), width=Inches(_PICTURE_WIDTH))
        describe_picture(self.written, _plain(chart.title), _values_of(chart))

    def _references(self, block: References) -> None:
        for marker, citation in block.citations:
            paragraph = self.written.add_paragraph(style=REFERENCE)
            run = paragraph.add_run(f"[{marker}]")
            bookmark(paragraph, reference_anchor(marker), 10_000 + marker, run)
            paragraph.add_run(f"\t{_plain(reference_line(citation))}")


def _values_of(chart: Chart) -> str:
    """What a picture shows, for who cannot see it; planes have too many values."""
    if not chart.series:
        return ""
    rows = chart_table(chart).rows
    told = (", ".join(str(cell) for cell in row if cell is not None) for row in rows)
    return "; ".join(told)


def _plain(text: str) -> str:
    return " ".join(clean_text(text).split())
