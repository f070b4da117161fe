"""The panel beside the conversation: sources, results and charts, each in a tab."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import TabbedContent, TabPane

from tui.chart_panel import ChartPanel
from tui.results_panel import ResultsPanel
from tui.sources_panel import SourcesPanel
from tui.state import Turn

Tab = Literal["sources", "results", "chart"]
PANES: dict[Tab, str] = {
    "sources": "sources",
    "results": "results-tab",
    "chart": "chart-tab",
}
"""The id of each tab's pane."""


class SidePanel(Vertical):
    """Evidence for one turn of the conversation."""

    def __init__(self) -> None:
        super().__init__(id="side")
        self.tabs = TabbedContent(id="tabs")
        self.sources = SourcesPanel()
        self.results = ResultsPanel()
        self.charts = ChartPanel()
        self.turn: Turn | None = None
        """The turn whose evidence is shown; None before the first."""

    def compose(self) -> ComposeResult:
        """Tabs, named with how much is in them."""
        with self.tabs:
            with TabPane("Sources", id="sources"):
                yield self.sources
            with TabPane("Results", id="results-tab"):
                yield self.results
            with TabPane("Chart", id="chart-tab"):
                yield self.charts

    @property
    def tab(self) -> Tab:
        """The tab in front."""
        active = self.tabs.active
        return next((tab for tab, pane in PANES.items() if pane == active), "sources")

    def show(self, turn: Turn) -> None:
        """Show the evidence of a turn."""
        before, self.turn = self.turn, turn
        if before is not None and _evidence(before) == _evidence(turn):
            return
        self.sources.show(turn)
        self.results.show(turn)
        self.charts.show(turn)
        self._label("sources", "Sources", len(turn.citations))
        self._label("results-tab", "Results", len(turn.tables))
        self._label("chart-tab", "Chart", len(turn.charts))

    def bring(self, tab: Tab) -> None:
        """Bring a tab to the front and put the keyboard in it."""
        self.tabs.active = PANES[tab]
        targets: dict[Tab, Widget] = {
            "sources": self.sources.listing,
            "results": self.results.grid,
            "chart": self.charts.scroll,
        }
        self.call_after_refresh(targets[tab].focus)

    def _label(self, pane: str, name: str, count: int) -> None:
        self.tabs.get_tab(pane).label = f"{name} ({count})" if count else name


def _evidence(turn: Turn) -> tuple[object, ...]:
    return (turn.number, turn.citations, turn.tables, turn.charts)
