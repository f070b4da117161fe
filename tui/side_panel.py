"""The panel beside the conversation: sources in one tab, results in the other."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import TabbedContent, TabPane

from tui.results_panel import ResultsPanel
from tui.sources_panel import SourcesPanel
from tui.state import Turn

Tab = Literal["sources", "results"]


class SidePanel(Vertical):
    """Evidence for one turn of the conversation."""

    def __init__(self) -> None:
        super().__init__(id="side")
        self.tabs = TabbedContent(id="tabs")
        self.sources = SourcesPanel()
        self.results = ResultsPanel()
        self.turn: Turn | None = None
        """The turn whose evidence is shown; None before the first."""

    def compose(self) -> ComposeResult:
        """Two tabs, named with how much is in them."""
        with self.tabs:
            with TabPane("Sources", id="sources"):
                yield self.sources
            with TabPane("Results", id="results-tab"):
                yield self.results

    @property
    def tab(self) -> Tab:
        """The tab in front."""
        return "sources" if self.tabs.active == "sources" else "results"

    def show(self, turn: Turn) -> None:
        """Show the evidence of a turn."""
        before, self.turn = self.turn, turn
        if before is not None and _evidence(before) == _evidence(turn):
            return
        self.sources.show(turn)
        self.results.show(turn)
        self._label("sources", "Sources", len(turn.citations))
        self._label("results-tab", "Results", len(turn.tables))

    def bring(self, tab: Tab) -> None:
        """Bring a tab to the front and put the keyboard in it."""
        self.tabs.active = "sources" if tab == "sources" else "results-tab"
        target = self.sources.listing if tab == "sources" else self.results.grid
        self.call_after_refresh(target.focus)

    def _label(self, pane: str, name: str, count: int) -> None:
        self.tabs.get_tab(pane).label = f"{name} ({count})" if count else name


def _evidence(turn: Turn) -> tuple[object, ...]:
    return (turn.number, turn.citations, turn.tables)
