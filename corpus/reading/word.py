"""Word documents to lines: headings, numbered paragraphs, lists, tables, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from corpus.reading.lines import (
    Event,
    Line,
    footnotes,
    paragraph,
    quotation,
    table_rows,
)
from corpus.reading.marks import raised
from corpus.reading.numbering import Numbering
from corpus.reading.refusals import damaged

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING: Final = re.compile(r"heading (\d)|(title)$", re.IGNORECASE)
_NOTES: Final = ("footnote", "endnote")
_UNSEEN: Final = frozenset(
    f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")
)
"""Deleted text, the code of fields, and properties."""
_FALLBACK: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
)
_BOX: Final = f"{_W}txbxContent"


def read_docx(path: Path) -> Iterator[Event]:
    """A Word document as it reads with its changes accepted, its notes at the end."""
    import docx

    try:
        document = docx.Document(str(path))
        reader = _Word.of(document)
        lines = list(reader.blocks(document.element.body))
    except Exception as error:  # a damaged part makes the reader raise almost anything
        raise damaged(path, "DOCX") from error
    yield from lines
    marked = any(line.level for line in lines)
    yield from footnotes(reader.notes(), 1 if marked else None)


@dataclass
class _Word:
    """Walks the blocks of one document."""

    numbering: Numbering
    styles: dict[str, str]
    """Style names by their ids; of a style made from a heading's, the heading's."""
    parts: dict[str, Any]
    """The parts that hold footnotes and endnotes, by their tag."""
    seen: list[tuple[str, str]] = field(default_factory=list)
    """Tag and id of each note, in the order in which the text marks them."""

    @classmethod
    def of(cls, document: Any) -> _Word:
        related = {
            rel.reltype.rsplit("/", 1)[-1]: rel.target_part
            for rel in document.part.rels.values()
            if not rel.is_external
        }
        numbering = _root(related.get("numbering"))
        names = {style.style_id: _known_name(style) for style in document.styles}
        return cls(
            numbering=Numbering(numbering, document.styles.element),
            styles=names,
            parts={tag: _root(related.get(f"{tag}s")) for tag in _NOTES},
        )

    def blocks(self, parent: Any) -> Iterator[Line]:
        """Paragraphs and tables, those within content controls too."""
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag not in _UNSEEN and child.tag != f"{_W}sectPr":
                yield from self.blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Line]:
        properties = element.find(f"{_W}pPr")
        style = self.styles.get(_style_id(properties), "")
        text, heading = self._text(element), _HEADING.match(style)
        if text.strip():
            label = self.numbering.label(properties)
            if not label and style.startswith("List"):
                label = "•"
            text = f"{label} {text}" if label else text
        if heading:
            yield from paragraph(text, level=int(heading[1] or 1))
        elif "Quote" in style:
            yield from quotation(text)
        else:
            yield from paragraph(text)
        for box in _boxes(element):
            yield from self.blocks(box)

    def _text(self, element: Any) -> str:
        """A paragraph's words; the mark of a note is its number, raised."""
        words: list[str] = []
        for child in element:
            if child.tag == f"{_W}t":
                words.append(child.text or "")
            elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                words.append(" ")
            elif child.tag == f"{_W}noBreakHyphen":
                words.append("-")
            elif child.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                tag = child.tag.removeprefix(_W).removesuffix("Reference")
                self.seen.append((tag, child.get(f"{_W}id", "")))
                words.append(raised(str(len(self.seen))))
            elif child.tag not in _UNSEEN and child.tag not in (_BOX, _FALLBACK):
                words.append(self._text(child))
        return "".join(words)

    def _table(self, table: Any) -> Iterator[Line]:
        """Rows of cells; a table of one column is a box around paragraphs."""
        rows: list[list[str]] = []
        cells = [list(_cells(row)) for row in table.iter(f"{_W}tr") if _of(row, table)]
        if all(len(row) <= 1 for row in cells):
            for row in cells:
                for cell in row:
                    yield from self.blocks(cell)
            return
        for row in cells:
            rows.append(self._row(row, rows[-1] if rows else []))
        yield from table_rows(rows)

    def _row(self, cells: list[Any], above: list[str]) -> list[str]:
        """Cells by column: one merged downwards is told again, one across once."""
        row: list[str] = []
        for cell in cells:
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
            text = " ".join(line.text for line in self.blocks(cell))
            if goes_on and not text and len(row) < len(above):
                text = above[len(row)]
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = int(span.get(f"{_W}val", "1")) if span is not None else 1
            row += [text, *[""] * (min(width, 50) - 1)]
        return row

    def notes(self) -> Iterator[str]:
        """The notes that the text marks, each behind its number."""
        for number, (tag, key) in enumerate(self.seen, 1):
            root = self.parts[tag]
            found = root.iter(f"{_W}{tag}") if root is not None else ()
            for note in found:
                if note.get(f"{_W}id") == key:
                    words = " ".join(self._text(p) for p in note.iter(f"{_W}p"))
                    yield f"{number}. {words.strip()}"


def _known_name(style: Any) -> str:
    base, name = style, str(style.name or "")
    for _ in range(10):  # a style is based on another
        if base is None or _HEADING.match(base.name or ""):
            break
        base = getattr(base, "base_style", None)
    return name if base is None else str(base.name or "")


def _root(part: Any) -> Any:
    """The XML of a part; None where the document has no such part."""
    if part is None:
        return None
    from docx.oxml import parse_xml

    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _style_id(properties: Any) -> str:
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    return style.get(f"{_W}val", "") if style is not None else ""


def _boxes(element: Any) -> Iterator[Any]:
    """Text boxes anchored to a paragraph, each once."""
    for box in element.iter(_BOX):
        above = {ancestor.tag for ancestor in box.iterancestors()}
        if _FALLBACK not in above and _of(box, element, f"{_W}p"):
            yield box


def _of(element: Any, owner: Any, tag: str = f"{_W}tbl") -> bool:
    """Whether the nearest `tag` around an element is `owner`."""
    return next(element.iterancestors(tag), None) is owner


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row.iter(f"{_W}tc") if _of(cell, row, f"{_W}tr"))
