"""A document to be written, block by block, apart from any file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from corpus.charts import Chart
from corpus.models import Citation, Frozen, Table


class Heading(Frozen):
    """A heading; level 0 is the document's title."""

    text: str
    level: int = 1


class Contents(Frozen):
    """The list of the headings that follow it, down to the second level."""

    title: str = "Contents"


class Lead(Frozen):
    """The direct message of a section, before what it rests on."""

    text: str


class Paragraph(Frozen):
    """Plain text; markers such as [1] point into the references."""

    text: str


class Bullets(Frozen):
    """A list whose order does not matter."""

    items: tuple[str, ...]


class Note(Frozen):
    """Text set apart, such as a caveat."""

    text: str


class ToComplete(Frozen):
    """A place that only a person can fill, marked as such."""

    whose: str
    """Who can, such as "the council"."""
    items: tuple[str, ...]
    """What is to be stated there."""


class Quotation(Frozen):
    """Words of a source, verbatim."""

    text: str
    source: str = ""
    """Whose words they are, with the marker; empty where the text around says it."""


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


Block = (
    Heading
    | Contents
    | Lead
    | Paragraph
    | Bullets
    | Note
    | ToComplete
    | Quotation
    | TableBlock
    | Figure
    | References
)


class Captions:
    """Numbers tables and figures, each kind by itself, in the document's order."""

    def __init__(self) -> None:
        self._counts = {"Table": 0, "Figure": 0}

    def next(self, block: TableBlock | Figure) -> tuple[str, int]:
        """The kind's word and the number of the next of its kind."""
        kind = "Table" if isinstance(block, TableBlock) else "Figure"
        self._counts[kind] += 1
        return kind, self._counts[kind]


def headings_of(blocks: Iterable[Block], deepest: int = 2) -> tuple[Heading, ...]:
    """The headings that a list of contents names, the title not among them."""
    return tuple(
        block
        for block in blocks
        if isinstance(block, Heading) and 0 < block.level <= deepest
    )


def rewritten(block: Block, change: Callable[[str], str]) -> Block:
    """The block with every text of its own changed; a chart keeps its labels."""
    match block:
        case TableBlock(table=table):
            rows = tuple(
                tuple(change(cell) if isinstance(cell, str) else cell for cell in row)
                for row in table.rows
            )
            changes: dict[str, Any] = {
                "caption": change(block.caption),
                "table": table.model_copy(update={"rows": rows}),
            }
        case Bullets(items=items) | ToComplete(items=items):
            changes = {"items": tuple(map(change, items))}
        case Quotation():
            changes = {"source": change(block.source)}
        case Figure():
            changes = {"caption": change(block.caption)}
        case Lead() | Paragraph() | Note() | Heading():
            changes = {"text": change(block.text)}
        case Contents() | References():
            changes = {}
    return block.model_copy(update=changes)


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


def chart_table(chart: Chart) -> Table:
    """The values of a chart as a table: a row a category or a place on the x axis; of
    a plane, a row a place on the y axis."""
    if chart.grid:
        columns = (chart.y_label, *(f"{at:,g}" for at in chart.x))
        rows = tuple(
            (f"{y:,g}", *map(_whole, row))
            for y, row in zip(chart.y, chart.grid, strict=True)
        )
    else:
        columns = (_places_are(chart), *(series.name for series in chart.series))
        places = chart.categories or chart.x_names
        places = places or tuple(f"{at:,g}" for at in chart.x)
        rows = tuple(
            (place, *(_whole(series.values[at]) for series in chart.series))
            for at, place in enumerate(places)
        )
    return Table(title=chart.title, columns=columns, rows=rows, total_rows=len(rows))


def _places_are(chart: Chart) -> str:
    """What the places are, by the axis on which they stand."""
    lying = chart.kind in ("bars", "intervals", "tornado")
    return chart.y_label if lying else chart.x_label


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value
