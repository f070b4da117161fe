"""One row of a result in full: its columns, and the match criterion by criterion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from textual.content import Content

from corpus.models import Table
from tui.cells import Row, cell_text

CRITERIA = "Criterion by criterion"
"""How the title of the table of verdicts begins."""
Standing = Literal["claimed", "inspected", ""]
STANDING_STYLES = {"claimed": "$text-warning", "inspected": "$text-success"}
VERDICT_STYLES = {
    "met": "$text-success",
    "not met": "$text-error",
    "unknown": "$text-warning",
}


class Chosen(NamedTuple):
    """A row, and the table that it is of."""

    table: Table
    row: Row

    @property
    def name(self) -> str:
        """What the row is of: its first cell, such as the setting."""
        return cell_text(self.row[0])


class Line(NamedTuple):
    """One thing told of a row."""

    name: str
    text: str
    standing: Standing
    """Whose word it is; empty where the table does not tell."""
    criterion: bool = False


def lines_of(chosen: Chosen, tables: Sequence[Table]) -> list[Line]:
    """Every column of a row, then the verdicts on it from the answer's other tables."""
    lines = _lines(chosen.table.columns, chosen.row, is_criteria(chosen.table))
    for table in tables:
        if is_criteria(table) and table != chosen.table:
            for row in _same(chosen, table):
                lines += _lines(table.columns[1:], row[1:], True)
    return lines


def is_criteria(table: Table) -> bool:
    """Whether its cells are verdicts."""
    return table.title.startswith(CRITERIA)


def standing(name: str, text: str) -> Standing:
    """Whether something told is a provider's claim, or an inspection's finding."""
    if "claim" in name.casefold() or text.casefold().startswith(_CLAIMS):
        return "claimed"
    known = text != "–" and "not yet inspected" not in text.casefold()
    return "inspected" if known and name.casefold() == "ofsted grade" else ""


_CLAIMS = ("met: claims", "claims")


def detail_content(lines: Sequence[Line]) -> Content:
    """One line to each, with whose word it is, and a verdict in its colour."""
    parts: list[Content] = []
    for index, line in enumerate(lines):
        if line.criterion and index and not lines[index - 1].criterion:
            parts.append(Content(f"\n{CRITERIA}").stylize("bold"))
        parts.append(Content(f"{line.name}: ").stylize("dim").append(told(line)))
    return Content("\n").join(parts)


def told(line: Line) -> Content:
    """What is told, in its colour, and in words whose word it is."""
    verdict = line.text.partition(":")[0] if line.criterion else ""
    shown = Content(line.text)
    if style := VERDICT_STYLES.get(verdict):
        shown = shown.stylize(style, 0, len(verdict))
    if not line.standing:
        return shown
    word = Content(f" ({line.standing})").stylize(STANDING_STYLES[line.standing])
    return shown.append(word)


def _lines(columns: Sequence[str], row: Row, criterion: bool) -> list[Line]:
    pairs = [
        (" ".join(name.split()), cell_text(cell))
        for name, cell in zip(columns, row, strict=True)
    ]
    return [Line(n, text, standing(n, text), criterion) for n, text in pairs]


def _same(chosen: Chosen, criteria: Table) -> list[Row]:
    """The row of verdicts on the same setting: none where it is not sure which."""
    named = [i for i, row in enumerate(criteria.rows) if row[0] == chosen.row[0]]
    table = chosen.table
    if len(named) > 1 and table.row_sources and criteria.row_sources:
        source = table.row_sources[table.rows.index(chosen.row)]
        named = [i for i in named if criteria.row_sources[i] == source]
    return [criteria.rows[named[0]]] if len(named) == 1 else []
