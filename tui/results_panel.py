"""The result tables of one answer: sortable rows, and the chosen row in full."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable

from corpus.models import Table
from tui.cells import Row, cell_text, count_line, numeric_columns, sorted_rows
from tui.plain import Plain
from tui.state import Turn

MOST_ROWS = 1_000
"""Rows drawn: a table widget slows down well before the largest result."""


class ResultsPanel(Vertical):
    """One table at a time, out of those that the answer has."""

    def __init__(self) -> None:
        super().__init__(id="results-panel")
        self.heading = Plain("No results yet.", classes="table-title")
        self.count = Plain(classes="muted")
        self.grid: DataTable[Text] = DataTable(
            id="results", cursor_type="row", zebra_stripes=True
        )
        self.detail = Plain(id="row-detail")
        self.tables: tuple[Table, ...] = ()
        self.position = 0
        self.rows: list[Row] = []
        """Rows as they are sorted now."""
        self.sorted_by: int | None = None
        self.descending = False

    def compose(self) -> ComposeResult:
        """Title and count, the rows, and every column of the chosen row."""
        yield self.heading
        yield self.count
        yield self.grid
        yield VerticalScroll(self.detail, id="row-scroll")

    def on_mount(self) -> None:
        """Nothing to show yet."""
        self._show_grid(False)

    def show(self, turn: Turn) -> None:
        """Show the first table of a turn."""
        if turn.tables == self.tables:
            return
        self.tables = turn.tables
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

    @on(DataTable.HeaderSelected)
    def _header(self, event: DataTable.HeaderSelected) -> None:
        event.stop()
        same = event.column_index == self.sorted_by
        self._sort(event.column_index, same and not self.descending)

    @on(DataTable.RowHighlighted)
    def _row(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        if self.tables and event.cursor_row < len(self.rows):
            columns = self.tables[self.position].columns
            self.detail.show(row_content(columns, self.rows[event.cursor_row]))
            self.query_one("#row-scroll").scroll_home(animate=False)

    def _show_table(self, position: int) -> None:
        self.position = position
        self.sorted_by, self.descending = None, False
        self.rows = list(self.tables[position].rows[:MOST_ROWS])
        self._show_grid(True)
        self._draw()

    def _show_grid(self, wanted: bool) -> None:
        self.grid.display = wanted
        self.query_one("#row-scroll").display = wanted

    def _sort(self, column: int, descending: bool) -> None:
        self.sorted_by, self.descending = column, descending
        self.rows = sorted_rows(self.rows, column, descending)
        self._draw()

    def _draw(self) -> None:
        table = self.tables[self.position]
        self.heading.show(table.title)
        self.count.show(self._count(table))
        self.grid.clear(columns=True)
        names = [self._heading(index) for index in range(len(table.columns))]
        self.grid.add_columns(*map(Text, names))
        right = numeric_columns(table)
        self.grid.add_rows([_cells(row, names, right) for row in self.rows])

    def _count(self, table: Table) -> str:
        line = count_line(table, len(self.rows))
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


def row_content(columns: tuple[str, ...], row: Row) -> Content:
    """Every column of one row with its name, one to a line."""
    return Content("\n").join(
        Content(f"{name}: ").stylize("dim").append(Content(cell_text(cell)))
        for name, cell in zip(columns, row, strict=True)
    )
