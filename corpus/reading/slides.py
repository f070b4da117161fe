"""Presentations to lines: titles, bullets, tables, charts and notes, slide by slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from corpus.reading.lines import (
    Event,
    Line,
    Note,
    Step,
    on_page,
    paragraph,
    table_rows,
)
from corpus.reading.refusals import damaged

_DEEPEST: Final = 12
"""Groups within groups of shapes that are followed."""


def read_pptx(path: Path) -> Iterator[Event]:
    """A presentation's slides in the order shown; each is a page."""
    from pptx import Presentation

    try:
        slides = list(Presentation(str(path)).slides)
    except Exception as error:  # a damaged part makes the reader raise almost anything
        raise damaged(path, "PPTX") from error
    pictured: list[str] = []
    for number, slide in enumerate(slides, 1):
        lines = list(_slide(slide))
        if not lines and any(hasattr(shape, "image") for shape in slide.shapes):
            pictured.append(str(number))
        yield from on_page(lines, number)
        yield Step(number, len(slides))
    if pictured:
        yield Note(
            f"Slides that are pictures were not read: {', '.join(pictured)}."
            " Save them as PDF; text recognition then reads them."
        )


def _slide(slide: Any) -> Iterator[Line]:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        yield from paragraph(title.text_frame.text, level=1)
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.text
        if notes.strip():
            yield from paragraph(f"Notes: {notes}")


def _shape(shape: Any, depth: int = 0) -> Iterator[Line]:
    if hasattr(shape, "shapes") and depth < _DEEPEST:
        for inner in shape.shapes:
            yield from _shape(inner, depth + 1)
    elif getattr(shape, "has_table", False):
        yield from table_rows([c.text for c in row.cells] for row in shape.table.rows)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
    elif shape.has_text_frame:
        yield from _paragraphs(shape)


def _paragraphs(shape: Any) -> Iterator[Line]:
    """Those of a content placeholder are bullets, as its layout shows them."""
    texts = [p.text for p in shape.text_frame.paragraphs if p.text.strip()]
    listed = shape.is_placeholder and len(texts) > 1
    for text in texts:
        yield from paragraph(f"• {text}" if listed else text)


def _chart(chart: Any) -> Iterator[Line]:
    """A chart as the table of the values that it draws."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield from paragraph(chart.chart_title.text_frame.text)
    for plot in chart.plots:
        series = list(plot.series)
        rows = [["", *(one.name for one in series)]]
        for at, category in enumerate(plot.categories):
            values = [one.values[at : at + 1] for one in series]
            rows.append([str(category), *map(_figure, values)])
        yield from table_rows(rows)


def _figure(values: Sequence[float | None]) -> str:
    """The one value; "" where a series has none at this place."""
    return "" if not values or values[0] is None else f"{values[0]:.10g}"
