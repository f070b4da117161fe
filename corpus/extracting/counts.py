"""What a visitor counted since the visit before, number by number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, get_args

from corpus.extracting.counts_told import Told, told_in_prose
from corpus.extracting.lines import Field, Line, LinedDocument, Piece
from corpus.extracting.numbers import leading_number
from corpus.extracting.topics import Topic, topic_of
from corpus.extracting.words import Words, alternatives
from corpus.observed import VisitCount, VisitMeasure

_UNKNOWN: Final = Words("counts.unknown")
_OTHER_PERIOD: Final = Words("counts.other_period")
_THIS_PERIOD: Final = Words("counts.this_period")
_NOT_STAFF: Final = Words("counts.not_staff")
_LABELLED_APART: Final = frozenset({"notifications", "missing_episodes"})
_EMPHASIS: Final = "*_ "


def read_counts(lined: LinedDocument, visit_id: str) -> tuple[VisitCount, ...]:
    """The counts that a report states, one a measure.

    A table or labelled figure is believed before a sentence about the whole period,
    and that before any other; figures of another period, and of earlier visits, are
    left out. A measure that the report does not speak of has no row.
    """
    rows = []
    for measure in get_args(VisitMeasure):
        best = _believed(list(_tellings(lined, measure)))
        if best:
            span = lined.span(best.start, best.end)
            row = VisitCount(
                visit_id=visit_id, measure=measure, value=best.value, span=span
            )
            rows.append(row)
    return tuple(rows)


def _tellings(lined: LinedDocument, measure: VisitMeasure) -> Iterator[Told]:
    yield from _in_tables(lined, measure)
    yield from _in_fields(lined, measure)
    yield from told_in_prose(lined, measure)


def _believed(told: list[Told]) -> Told | None:
    """The telling of the lowest rank, the first of equals; a number before none.

    A telling about one child counts only where it is the only one: the sum of several
    is not stated.
    """
    numbered = [one for one in told if one.value is not None] or told
    ranked = sorted(numbered, key=lambda one: one.rank)
    if not ranked or (ranked[0].of_one_child and len(ranked) > 1):
        return None
    return ranked[0]


@cache
def _label(measure: VisitMeasure) -> re.Pattern[str]:
    """Pattern of the whole of a label that stands for a measure."""
    if measure == "children_living_there":
        form = alternatives("counts.label_children_living_there")
    else:
        apart = f"label_{measure}" if measure in _LABELLED_APART else measure
        form = alternatives("counts.label", f"counts.{apart}")
    return re.compile(form, re.IGNORECASE)


def _is_label(label: str, measure: VisitMeasure) -> bool:
    if not _label(measure).fullmatch(label.strip()) or _OTHER_PERIOD.search(label):
        return False
    return measure != "staff_vacancies" or not _NOT_STAFF.search(label)


def _in_fields(lined: LinedDocument, measure: VisitMeasure) -> Iterator[Told]:
    """Numbers that stand against a label, outside what is asked for."""
    for line, field in lined.fields:
        if not _is_label(field.label, measure):
            continue
        if topic_of(line.path) in (Topic.RECOMMENDATIONS, Topic.FOLLOW_UP):
            continue
        value = leading_number(field.value.text)
        plain = value is not None and not _is_of_something_else(field, value)
        if plain or _says_unknown(field.value.text):
            end = max(line.end, field.value.end)
            yield Told(1, value if plain else None, field.start, end)


def _is_of_something_else(field: Field, value: int) -> bool:
    """Whether the number in front is part of a date, a share or "1.5"; "3/5" is not."""
    text = field.value.text
    part = rf"\W*{value}\s*(?:[./]\d|%|per cent|(?:st|nd|rd|th)\b)"
    out_of = rf"\W*{value}\s*/\s*\d+\b(?!/)"
    return bool(re.match(part, text)) and not re.match(out_of, text)


def _says_unknown(text: str) -> bool:
    return bool(_UNKNOWN.search(text)) and len(text.split()) < 25


def _in_tables(lined: LinedDocument, measure: VisitMeasure) -> Iterator[Told]:
    """Rows under a header, and columns whose header names the measure."""
    for header, rows in _tables(lined):
        labels = [cell.text.strip(_EMPHASIS) for cell in header.cells]
        yield from _under_header(labels, rows, measure)
        for row in rows:
            if _is_label(row.cells[0].text.strip(_EMPHASIS), measure):
                yield from _cell(row.cells[_current(labels, row)], row)


def _tables(lined: LinedDocument) -> Iterator[tuple[Line, list[Line]]]:
    """Each table: its first row, and the rows after it."""
    table: list[Line] = []
    for line in (*lined.lines, None):
        if line and line.is_row and (not table or line.block == table[-1].block):
            table.append(line)
            continue
        if len(table) > 1:
            yield table[0], table[1:]
        table = [line] if line and line.is_row else []


def _under_header(
    labels: list[str], rows: list[Line], measure: VisitMeasure
) -> Iterator[Told]:
    """The number below a header that names the measure, in a table of one row."""
    columns = [i for i, label in enumerate(labels) if _is_label(label, measure)]
    numeric = [row for row in rows if any(map(_is_number, row.cells))]
    if columns and len(numeric) == 1 and columns[0] < len(numeric[0].cells):
        yield from _cell(numeric[0].cells[columns[0]], numeric[0])


def _is_number(cell: Piece) -> bool:
    return leading_number(cell.text) is not None


def _current(labels: list[str], row: Line) -> int:
    """The column that speaks of this period; the first after the label by default."""
    last = len(row.cells) - 1
    for column, label in enumerate(labels[1:], start=1):
        if _THIS_PERIOD.search(label) and not _OTHER_PERIOD.search(label):
            return min(column, last)
    earlier = {i for i, label in enumerate(labels) if _OTHER_PERIOD.search(label)}
    return next((i for i in range(1, last + 1) if i not in earlier), last)


def _cell(cell: Piece, row: Line) -> Iterator[Told]:
    value = leading_number(cell.text)
    if value is not None or _says_unknown(cell.text):
        yield Told(0, value, row.start, row.end)
