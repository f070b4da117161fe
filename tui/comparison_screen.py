"""Up to four rows side by side, a line to each thing told of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import DataTable

from corpus.models import Table
from tui.plain import Plain
from tui.row_detail import Chosen, Line, lines_of, told

MOST = 4
"""Rows that can be compared at once: more do not fit side by side."""
NARROWEST = 14
"""Cells of a column, below which the table scrolls sideways."""


class ComparisonScreen(ModalScreen[None]):
    """A column to each row that is marked; esc leaves."""

    HELP = "The arrow keys scroll, esc goes back to the results."
    DEFAULT_CSS = """
    ComparisonScreen { background: $background; padding: 0 1; }
    ComparisonScreen DataTable { height: 1fr; background: transparent; }
    ComparisonScreen .title { text-style: bold; }
    ComparisonScreen .muted { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,c", "dismiss(None)", "Back")
    ]

    def __init__(self, chosen: Sequence[Chosen], tables: Sequence[Table]) -> None:
        super().__init__()
        self.names = [one.name for one in chosen]
        self.told = [_by_name(lines_of(one, tables)) for one in chosen]
        self.grid: DataTable[Text] = DataTable(
            cursor_type="row", zebra_stripes=True, fixed_columns=1
        )
        self.back = Plain(
            Content.from_markup("[@click=screen.dismiss]esc back[/]"), classes="muted"
        )

    def compose(self) -> ComposeResult:
        """What is compared, and the table."""
        yield Plain(f"{len(self.names)} side by side", classes="title")
        yield self.grid
        yield self.back

    def on_mount(self) -> None:
        """Draw for the width that there is."""
        self._draw()
        self.grid.focus()

    def on_resize(self) -> None:
        """Draw again for another width."""
        self._draw()

    def _draw(self) -> None:
        fields = list(dict.fromkeys(name for lines in self.told for name in lines))
        width = max(NARROWEST, self.size.width // (len(self.names) + 1) - 3)
        self.grid.clear(columns=True)
        for name in ("", *self.names):
            self.grid.add_column(Text(name, overflow="ellipsis"), width=width)
        for field in fields[1:]:
            cells = [_cell(lines.get(field)) for lines in self.told]
            self.grid.add_row(Text(field), *cells, height=None)


def _by_name(lines: list[Line]) -> dict[str, Line]:
    return {line.name: line for line in lines}


def _cell(line: Line | None) -> Text:
    return Text("not told" if line is None else told(line).plain)
