"""The charts of one answer, drawn in characters, each above the table of its values."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import ScrollableContainer, Vertical
from textual.content import Content

from corpus.charts import Chart
from corpus.models import Table
from tui.cells import preview_lines
from tui.plain import Plain
from tui.state import Turn

TALLEST = 24
"""Lines of a picture; more of them tell no more."""
TWIN_WIDTH = 56
"""Least columns of the table of values: it scrolls where the panel has fewer."""


class ChartPanel(Vertical):
    """One chart at a time, out of those that the answer has."""

    def __init__(self) -> None:
        super().__init__(id="chart-panel")
        self.heading = Plain("No charts yet.", classes="muted")
        self.picture = Plain(id="chart-picture")
        self.twin = Plain(id="chart-twin")
        self.scroll = ScrollableContainer(self.picture, self.twin, id="chart-scroll")
        self.charts: tuple[Chart, ...] = ()
        self.position = 0

    def compose(self) -> ComposeResult:
        """Which chart it is, then its picture and its values."""
        yield self.heading
        yield self.scroll

    def show(self, turn: Turn) -> None:
        """Show the first chart of a turn."""
        if turn.charts != self.charts:
            self.charts, self.position = turn.charts, 0
            self._draw()

    def next_chart(self) -> None:
        """Show the chart after this one, and after the last the first."""
        if self.charts:
            self.position = (self.position + 1) % len(self.charts)
            self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Draw anew: a picture is as wide as the panel."""
        self._draw()

    def _draw(self) -> None:
        self.heading.show(self._heading())
        room = self.scroll.size
        if not self.charts or not room.width:  # in front of another tab, or not laid
            self.picture.show("")
            self.twin.show("")
            return
        chart = self.charts[self.position]
        self.picture.show(chart_picture(chart, room.width - 1, room.height - 2))
        self.twin.show(chart_values(chart, room.width - 1))
        self.scroll.scroll_home(animate=False)

    def _heading(self) -> str:
        if not self.charts:
            return "This answer has no chart."
        if len(self.charts) == 1:
            return "Its values stand beneath it."
        where = f"Chart {self.position + 1} of {len(self.charts)} (t for the next)"
        return f"{where}; its values stand beneath it."


def chart_picture(chart: Chart, width: int, height: int) -> Content:
    """The chart in its colours, about `width` columns by `height` lines."""
    from assistant.terminal_charts import drawn  # deferred: it loads the plotter

    picture = drawn(chart, width, min(height, TALLEST), colour=True)
    return Content.from_rich_text(Text.from_ansi(picture.rstrip()))


def chart_values(chart: Chart, width: int) -> Content:
    """Every value that the picture shows, as a table, and what is marked where."""
    table = twin_of(chart)
    header, *rows = preview_lines(table, max(width, TWIN_WIDTH), len(table.rows))
    marked = [
        Content(row).append(Content(mark).stylize("bold"))
        for row, mark in zip(rows, _marks(chart, len(rows)), strict=True)
    ]
    return Content("\n").join([Content(header).stylize("underline"), *marked])


def _marks(chart: Chart, rows: int) -> list[str]:
    """For each row of values, what the picture marks there. A histogram's bars stand in
    front of the lines that mark them."""
    if chart.kind != "histogram":
        return [""] * rows
    ranges = zip(chart.x, chart.x[1:], strict=False)
    return [
        "".join(f"  ◂ {mark.label}" for mark in chart.marks if low <= mark.value < high)
        for low, high in ranges
    ]


def twin_of(chart: Chart) -> Table:
    """The table of a chart's values."""
    from assistant.exporting.blocks import chart_table

    return chart_table(chart)
