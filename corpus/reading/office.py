"""Office files to lines: Word documents, PowerPoint slides and Excel sheets.

Word goes through python-docx; of slides and sheets only text is wanted, which is read
from their XML directly.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from corpus.errors import DocumentError
from corpus.reading.lines import Line, on_page, paragraph, table_rows
from corpus.reading.refusals import damaged, encrypted

_UNPACKED_LIMIT: Final = 1_000_000_000
"""Bytes that an Office file may unpack to; more is taken for a malicious archive."""
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""First bytes of an Office file that is locked with a password."""


def read_docx(path: Path) -> Iterator[Line]:
    """A Word document's headings, paragraphs, list items and tables, in order."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    _open(path, "DOCX").close()
    try:
        blocks = list(docx.Document(str(path)).iter_inner_content())
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise damaged(path, "DOCX") from error
    for block in blocks:
        if isinstance(block, Table):
            yield from table_rows([c.text for c in row.cells] for row in block.rows)
        else:
            style = (block.style.name or "") if block.style else ""
            yield from _word_paragraph(block.text, style)


def _word_paragraph(text: str, style: str) -> Iterator[Line]:
    heading = re.match(r"Heading (\d)|(Title)$", style)
    if heading:
        yield from paragraph(text, level=int(heading[1] or 1))
    elif style.startswith("List") and text.strip():
        yield from paragraph("• " + text)
    else:
        yield from paragraph(text)


def read_pptx(path: Path) -> Iterator[Line]:
    """A presentation's paragraphs and tables; each slide is a page."""
    with _open(path, "PPTX") as archive:
        for number, name in _numbered(archive, r"ppt/slides/slide(\d+)\.xml"):
            root = _xml(archive, name, path, "PPTX")
            for text in root.iter(f"{_DRAWING}p"):
                words = "".join(run.text or "" for run in text.iter(f"{_DRAWING}t"))
                yield from on_page(paragraph(words), number)


def read_xlsx(path: Path) -> Iterator[Line]:
    """A workbook's rows; each sheet is a page."""
    with _open(path, "XLSX") as archive:
        shared = _shared_strings(archive, path)
        for number, name in _numbered(archive, r"xl/worksheets/sheet(\d+)\.xml"):
            rows = _xml(archive, name, path, "XLSX").iter(f"{_SHEET}row")
            cells = ([_cell(c, shared) for c in row.iter(f"{_SHEET}c")] for row in rows)
            yield from on_page(table_rows(cells), number)


def _shared_strings(archive: zipfile.ZipFile, path: Path) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return []
    items = _xml(archive, name, path, "XLSX").iter(f"{_SHEET}si")
    return ["".join(t.text or "" for t in item.iter(f"{_SHEET}t")) for item in items]


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{_SHEET}v") or ""
    if cell.get("t") == "s":
        at = int(value) if value.isdecimal() else -1
        return shared[at] if 0 <= at < len(shared) else ""
    return value or "".join(t.text or "" for t in cell.iter(f"{_SHEET}t"))


def _numbered(archive: zipfile.ZipFile, form: str) -> list[tuple[int, str]]:
    """The parts of an archive whose name fits `form`, by the number in it."""
    found = ((re.fullmatch(form, name), name) for name in archive.namelist())
    return sorted((int(match[1]), name) for match, name in found if match)


def _xml(
    archive: zipfile.ZipFile, name: str, path: Path, form: str
) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(archive.read(name))
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError) as error:
        raise damaged(path, form) from error


def _open(path: Path, form: str) -> zipfile.ZipFile:
    """The archive that an Office file is.

    Raises:
        DocumentError: where it is encrypted, damaged, or would unpack without end.
    """
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            raise encrypted(path)
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise damaged(path, form) from error
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _UNPACKED_LIMIT:
        archive.close()
        raise DocumentError(
            f"{path.name!r} would unpack to {size:,} bytes.", "Ingest a smaller copy."
        )
    return archive
