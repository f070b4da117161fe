"""The first rows of a result table, small enough to stand in the conversation."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from corpus.models import Table
from tui.cells import count_line, preview_lines

ROWS = 5


class TablePreview(Widget):
    """Title, header and up to five rows; a click opens the whole table."""

    class Opened(Message):
        """The reader wants to see the whole table."""

        def __init__(self, table: Table) -> None:
            super().__init__()
            self.table = table

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.styles.height = 2 + min(len(table.rows), ROWS)

    def render(self) -> Content:
        """The lines that fit the width as it is now."""
        width = max(self.content_size.width, 1)
        header, *rows = preview_lines(self.table, width, ROWS)
        count = count_line(self.table, min(len(self.table.rows), ROWS))
        title = Content(f"{self.table.title}  ").stylize("bold")
        return Content("\n").join(
            [
                title.append(Content(f"{count}, f3 for all").stylize("dim")),
                Content(header).stylize("underline"),
                *map(Content, rows),
            ]
        )

    def on_click(self, event: events.Click) -> None:
        """Open the table in the results."""
        event.stop()
        self.post_message(self.Opened(self.table))
