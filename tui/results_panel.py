"""The result tables of one answer: rows to sort, filter and mark, and one in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widgets import DataTable, Input

from corpus.models import Table
from tui.cells import Row, cell_text, count_line, numeric_columns, sorted_rows
from tui.comparison_screen import MOST, ComparisonScreen
from tui.plain import Plain
from tui.row_detail import Chosen, detail_content, lines_of
from tui.state import Turn

MOST_ROWS = 1_000
"""Rows drawn: a table widget slows down well before the largest result."""


MARK = "✓ "
"""Stands before the name of a row that is marked for comparison."""
KEYS = Content.from_markup(
    "[@click=screen.filter_rows]/ filter[/] · [@click=screen.mark]m mark[/]"
    " · [@click=screen.compare]c compare[/]"
)


class FilterBox(Input):
    """What is typed here is looked for in the rows; esc takes the filter away."""

    HELP = "Rows that hold every word stay. enter goes to them, esc shows all again."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear_filter", "Show all", show=False),
        Binding("down", "leave", "To the rows", show=False),
    ]

    def action_clear_filter(self) -> None:
        """Show every row again."""
        self.value = ""
        self.action_leave()

    def action_leave(self) -> None:
        """Go back to the rows."""
        self.post_message(Input.Submitted(self, self.value))


class ResultsPanel(Vertical):
    """One table at a time, out of those that the answer has."""

    @dataclass
    class RowChosen(Message):
        """The cursor moved to another row."""

        name: str
        """Its first cell, such as the setting's name."""

    def __init__(self) -> None:
        super().__init__(id="results-panel")
        self.heading = Plain("No results yet.", classes="table-title")
        self.count = Plain(classes="muted")
        self.grid: DataTable[Text] = DataTable(
            id="results", cursor_type="row", zebra_stripes=True
        )
        self.filter = FilterBox(
            id="row-filter", placeholder="Only rows that hold…", compact=True
        )
        self.keys = Plain(KEYS, classes="muted", id="result-keys")
        self.detail = Plain(id="row-detail")
        self.tables: tuple[Table, ...] = ()
        self.position = 0
        self.rows: list[Row] = []
        """Rows as they are filtered and sorted now."""
        self.right: list[bool] = []
        """For each column, whether its cells stand on the right."""
        self.found = 0
        """How many rows the filter leaves, drawn or not."""
        self.marked: list[Chosen] = []
        """Rows to set side by side, in the order in which they were marked."""
        self.sorted_by: int | None = None
        self.descending = False

    def compose(self) -> ComposeResult:
        """Title and count, the rows, and every column of the chosen row."""
        yield self.heading
        yield self.count
        yield self.filter
        yield self.grid
        yield VerticalScroll(self.detail, id="row-scroll")
        yield self.keys

    def on_mount(self) -> None:
        """Nothing to show yet."""
        self._show_grid(False)

    def show(self, turn: Turn) -> None:
        """Show the first table of a turn."""
        if turn.tables == self.tables:
            return
        self.tables = turn.tables
        self.marked = []
        if self.tables:
            self._show_table(0)
        else:
            self._show_grid(False)
            self.heading.show("This answer has no table.")
            self.count.show("")

    def open(self, table: Table) -> None:
        """Show one of the tables."""
        if table in self.tables:
            self._show_table(self.tables.index(table))

    def next_table(self) -> None:
        """Show the table after this one, and after the last the first."""
        if self.tables:
            self._show_table((self.position + 1) % len(self.tables))

    def sort_next(self) -> None:
        """Sort by the next column, upwards."""
        if self.tables:
            columns = len(self.tables[self.position].columns)
            here = -1 if self.sorted_by is None else self.sorted_by
            self._sort((here + 1) % columns, False)

    def reverse(self) -> None:
        """Turn the order round."""
        if self.tables:
            self._sort(self.sorted_by or 0, not self.descending)

    @property
    def chosen(self) -> Chosen | None:
        """The row under the cursor; None where there is none."""
        if not self.tables or not 0 <= self.grid.cursor_row < len(self.rows):
            return None
        return Chosen(self.tables[self.position], self.rows[self.grid.cursor_row])

    def choose(self, name: str) -> bool:
        """Put the cursor on the first row of that name, in whichever table it stands.

        A filter that hides it is taken away. False where no row has that name.
        """
        for position in _from(self.position, len(self.tables)):
            rows = self.tables[position].rows[:MOST_ROWS]
            if any(cell_text(row[0]) == name for row in rows):
                self._bring(position, name)
                return True
        return False

    def _bring(self, position: int, name: str) -> None:
        if position != self.position:
            self._show_table(position)
        names = [cell_text(row[0]) for row in self.rows]
        if name not in names:
            self._clear_filter()
            self._arrange()
            names = [cell_text(row[0]) for row in self.rows]
        self.grid.move_cursor(row=names.index(name))

    def start_filter(self) -> None:
        """Let the reader type what the rows are to hold."""
        if self.tables:
            self.filter.display = True
            self.filter.focus()

    def mark(self) -> None:
        """Mark the row for comparison, or take its mark away; a fifth is refused."""
        if (chosen := self.chosen) is None:
            self.notify("There is no row to mark.", markup=False)
        elif chosen in self.marked:
            self.marked.remove(chosen)
            self._told_marks()
        elif len(self.marked) == MOST:
            text = f"{MOST} are marked already; m on a marked row takes its mark away."
            self.notify(text, severity="warning", markup=False)
        else:
            self.marked.append(chosen)
            self._told_marks()

    def compare(self) -> None:
        """Set the marked rows side by side."""
        if len(self.marked) < 2:
            text = "Mark at least two rows with m, then compare."
            self.notify(text, severity="warning", markup=False)
        else:
            self.app.push_screen(ComparisonScreen(self.marked, self.tables))

    def _told_marks(self) -> None:
        if (chosen := self.chosen) is not None:
            cell = self._cells(chosen.row)[0]
            at = Coordinate(self.grid.cursor_row, 0)
            self.grid.update_cell_at(at, cell, update_width=True)
        self.notify(f"{len(self.marked)} of {MOST} marked.", markup=False)

    @on(Input.Changed, "#row-filter")
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        if self.tables:
            self._arrange()

    @on(Input.Submitted, "#row-filter")
    def _filter_left(self, event: Input.Submitted) -> None:
        event.stop()
        self.filter.display = bool(self.filter.value)
        self.grid.focus()

    @on(DataTable.HeaderSelected)
    def _header(self, event: DataTable.HeaderSelected) -> None:
        event.stop()
        same = event.column_index == self.sorted_by
        self._sort(event.column_index, same and not self.descending)

    @on(DataTable.RowHighlighted)
    def _row(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        if (chosen := self.chosen) is not None:
            self.detail.show(detail_content(lines_of(chosen, self.tables)))
            self.query_one("#row-scroll").scroll_home(animate=False)
            self.post_message(self.RowChosen(chosen.name))

    def _show_table(self, position: int) -> None:
        self.position = position
        self.sorted_by, self.descending = None, False
        self.right = numeric_columns(self.tables[position])
        self._clear_filter()
        self._show_grid(True)
        self._arrange()

    def _clear_filter(self) -> None:
        with self.prevent(Input.Changed):
            self.filter.value = ""
        self.filter.display = False

    def _show_grid(self, wanted: bool) -> None:
        self.grid.display = wanted
        self.query_one("#row-scroll").display = wanted
        self.keys.display = wanted
        self.filter.display = False

    def _sort(self, column: int, descending: bool) -> None:
        self.sorted_by, self.descending = column, descending
        self._arrange()

    def _arrange(self) -> None:
        """Filter all rows, then sort them, then keep those that can be drawn."""
        rows = holding(self.tables[self.position].rows, self.filter.value)
        if self.sorted_by is not None:
            rows = sorted_rows(rows, self.sorted_by, self.descending)
        self.found, self.rows = len(rows), rows[:MOST_ROWS]
        if not self.rows:
            self.detail.show("")
        self._draw()

    def _draw(self) -> None:
        table = self.tables[self.position]
        self.heading.show(table.title)
        self.count.show(self._count(table))
        self.grid.clear(columns=True)
        names = [self._heading(index) for index in range(len(table.columns))]
        self.grid.add_columns(*map(Text, names))
        self.grid.add_rows(map(self._cells, self.rows))

    def _cells(self, row: Row) -> list[Text]:
        table = self.tables[self.position]
        names = [self._heading(index) for index in range(len(table.columns))]
        cells = _cells(row, names, self.right)
        if Chosen(table, row) in self.marked:
            cells[0] = Text(MARK, no_wrap=True) + cells[0]
        return cells

    def _count(self, table: Table) -> str:
        line = count_line(table, len(self.rows))
        if self.filter.value.strip():
            line += " hold what is typed"
            if len(table.rows) < table.total_rows:
                line += f" (looked for in the {len(table.rows):,} listed)"
        if self.found > len(self.rows):
            line += f"; {self.found:,} can be had by filtering"
        if self.sorted_by is not None:
            line += f", by {self._heading(self.sorted_by)}"
        if len(self.tables) > 1:
            line += f" · table {self.position + 1} of {len(self.tables)} (t)"
        return line

    def _heading(self, column: int) -> str:
        """A column's name, with an arrow where the rows are sorted by it."""
        name = " ".join(self.tables[self.position].columns[column].split())
        if column != self.sorted_by:
            return name
        return f"{name} {'▼' if self.descending else '▲'}"


def _cells(row: Row, names: list[str], right: list[bool]) -> list[Text]:
    """Figures stand under the end of their column's name."""
    texts = [cell_text(cell) for cell in row]
    return [
        Text(" " * (cell_len(name) - cell_len(text)) * is_right + text, no_wrap=True)
        for text, name, is_right in zip(texts, names, right, strict=True)
    ]


def holding(rows: Sequence[Row], words: str) -> list[Row]:
    """The rows in which every word stands somewhere, whatever the case."""
    sought = words.casefold().split()
    texts = [" ".join(map(cell_text, row)).casefold() for row in rows]
    return [
        row
        for row, text in zip(rows, texts, strict=True)
        if all(word in text for word in sought)
    ]


def _from(first: int, count: int) -> list[int]:
    """Places, beginning with one of them, then the others in order."""
    return [(first + step) % count for step in range(count)]
