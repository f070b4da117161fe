"""The sources of one answer: a numbered list, and the chosen one in full."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import OptionList

from assistant.answer import MarkedCitation
from tui.plain import Plain, PlainList
from tui.service import Conversation, SourceText
from tui.source_content import lead_in, source_content
from tui.state import Turn
from tui.working import in_thread

CONTEXT = 2
"""Lines of the text before a quote that stay in view above it."""


class SourcesPanel(Vertical):
    """Numbered sources; choosing one shows where exactly it says so."""

    class Found(Message):
        """The surroundings of a citation were read."""

        def __init__(self, cited: MarkedCitation, text: SourceText | None) -> None:
            super().__init__()
            self.cited = cited
            self.text = text

    def __init__(self) -> None:
        super().__init__(id="sources-panel")
        self.heading = Plain("No sources yet.", classes="muted")
        self.listing = PlainList(id="source-list")
        self.listing.display = False
        self.detail = Plain(id="source-detail")
        self.conversation: Conversation | None = None
        """Where the surroundings of a quote are read; None before it is open."""
        self.sources: tuple[MarkedCitation, ...] = ()
        self.opened: MarkedCitation | None = None

    def compose(self) -> ComposeResult:
        """The list above, the chosen source below."""
        yield self.heading
        yield self.listing
        yield VerticalScroll(self.detail, id="source-scroll")

    def show(self, turn: Turn) -> None:
        """List the sources of a turn."""
        if turn.citations == self.sources:
            return
        self.sources = turn.citations
        self.opened = None
        self.heading.show("" if turn.citations else "This answer has no sources.")
        self.listing.offer([f"[{s.marker}] {s.citation.title}" for s in turn.citations])
        self.detail.show("Choose a source by its number." if turn.citations else "")

    def open(self, marker: int) -> bool:
        """Show one source in full; False where the answer has no such marker."""
        for index, source in enumerate(self.sources):
            if source.marker == marker:
                self.listing.highlighted = index
                self._show_source(source)
                return True
        return False

    @on(OptionList.OptionSelected, "#source-list")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._show_source(self.sources[event.option_index])

    def _show_source(self, source: MarkedCitation) -> None:
        self.opened = source
        self.detail.show(source_content(source, None))
        self.query_one("#source-scroll").scroll_home(animate=False)
        if source.citation.kind == "document" and self.conversation is not None:
            self._read_surroundings(self.conversation, source)

    @in_thread("source")
    def _read_surroundings(
        self, conversation: Conversation, source: MarkedCitation
    ) -> None:
        self.post_message(self.Found(source, conversation.source(source.citation)))

    def on_sources_panel_found(self, event: Found) -> None:
        """Draw the quote in its surroundings, if it is still the chosen one."""
        event.stop()
        if event.cited == self.opened:
            self.detail.show(source_content(event.cited, event.text))
            self.call_after_refresh(self._scroll_to_quote, event.cited, event.text)

    def _scroll_to_quote(self, source: MarkedCitation, text: SourceText | None) -> None:
        """Bring the quote into view where it stands too far down."""
        scroll = self.query_one("#source-scroll")
        above = len(lead_in(source, text).wrap(max(1, self.detail.size.width)))
        if above + CONTEXT > scroll.size.height:
            scroll.scroll_to(y=above - 1 - CONTEXT, animate=False)
