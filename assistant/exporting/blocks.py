"""A document to be written, block by block, apart from any file format."""

from __future__ import annotations

from corpus.charts import Chart
from corpus.models import Citation, Frozen, Table


class Heading(Frozen):
    """A heading; level 0 is the document's title."""

    text: str
    level: int = 1


class Paragraph(Frozen):
    """Plain text; markers such as [1] point into the references."""

    text: str


class Note(Frozen):
    """Text set apart: a caveat, or a place that only a person can fill."""

    text: str


class Quotation(Frozen):
    """Words of a source, verbatim."""

    text: str


class TableBlock(Frozen):
    """A table with its caption."""

    table: Table
    caption: str


class Figure(Frozen):
    """A chart with its caption."""

    chart: Chart
    caption: str


class References(Frozen):
    """The numbered list of sources."""

    citations: tuple[tuple[int, Citation], ...]
    """Each marker and what it stands for."""


Block = Heading | Paragraph | Note | Quotation | TableBlock | Figure | References


def reference_line(citation: Citation) -> str:
    """One entry of the references, without its number."""
    parts = [citation.title, citation.locator]
    if citation.kind == "document":
        parts.append(citation.source)
    return "; ".join(part for part in parts if part)


def cell_text(cell: str | int | float | bool | None) -> str:
    """A table's cell as a reader sees it: thousands apart, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return f"{cell:,}"
    return cell
