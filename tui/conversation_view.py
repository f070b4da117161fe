"""The scrolling conversation, which keeps only some of its turns mounted.

What draws a turn is imported with the first: the first paint needs no Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button

from assistant.events import Event
from tui.state import ChatState, Turn
from tui.welcome import Welcome

if TYPE_CHECKING:
    from tui.turn_view import TurnView

WINDOW = 10
"""Turns mounted at once: each answer is many widgets, and hundreds of them are slow."""
MOST = 3 * WINDOW
"""Turns kept mounted while the reader goes back: those farthest away are let go of."""


class ConversationView(VerticalScroll, can_focus=True):
    """Turns, oldest first: the latest, or those that the reader went back to.

    Follows the text as it comes unless the reader has scrolled up, and goes to the head
    of an answer once it is finished."""

    HELP = (
        "The arrow keys scroll. 1 to 9 open the source behind a marker such as [1];"
        " y copies the answer, r asks the question again, e changes it. esc goes back"
        " to the question box."
    )

    def __init__(self) -> None:
        super().__init__(id="conversation")
        self.welcome = Welcome()
        self.earlier = Button("Load earlier questions (u)", id="earlier", flat=True)
        self.later = Button("Load later questions (U)", id="later", flat=True)
        self._chat = ChatState()
        self._reader_scrolled = False

    def compose(self) -> ComposeResult:
        """The welcome stays until the first question."""
        self.earlier.display = self.later.display = False
        yield self.welcome
        yield self.earlier
        yield self.later

    def view(self, number: int) -> TurnView | None:
        """The mounted view of a turn; None where it is not mounted."""
        return next((view for view in self._views if view.turn.number == number), None)

    @property
    def _views(self) -> list[TurnView]:
        """The mounted turns, oldest first."""
        from tui.turn_view import TurnView

        return [child for child in self.children if isinstance(child, TurnView)]

    async def show_all(self, chat: ChatState) -> None:
        """Show a conversation that was resumed, or one that begins, in place of any."""
        self._chat = chat
        await self.remove_children(self._views)
        self.welcome.display = not chat.turns
        await self._mount_turns(chat.turns[-WINDOW:])
        if chat.turns:
            self.anchor()

    async def begin(self, chat: ChatState) -> None:
        """Show the question just asked, and let go of turns beyond the window."""
        self._chat = chat
        if self._last < len(chat.turns) - 1:  # the reader had gone back
            await self.show_all(chat)
        else:
            await self._mount_turns(chat.turns[-1:])
            await self._keep(self._views[-WINDOW:])
        self._reader_scrolled = False
        self.anchor()

    async def refresh_turn(self, chat: ChatState, event: Event | None = None) -> None:
        """Bring the last turn up to date after an event, or after it was stopped."""
        self._chat = chat
        turn = chat.last
        if turn is not None and (view := self.view(turn.number)) is not None:
            await view.show(turn, event)
            if turn.over:
                self._offer_suggestions()
                if not self._reader_scrolled:
                    self._show_head(view)

    def _show_head(self, view: TurnView) -> None:
        """Bring the question and the direct answer into sight, where a long answer has
        carried them off."""
        self.call_after_refresh(self._scroll_to_head, view)

    def _scroll_to_head(self, view: TurnView) -> None:
        """What the answer ends with is laid out only now: follow it no longer."""
        self.anchor(False)
        self.scroll_to_widget(view, top=True, animate=False)

    def release_anchor(self) -> None:
        """Called by Textual when the reader scrolls: from now on, stay there."""
        self._reader_scrolled = True
        super().release_anchor()

    @on(Button.Pressed, "#earlier")
    async def load_earlier(self) -> None:
        """Mount the turns before the first one shown, which stays where it is."""
        first = self._first
        if first > 1:
            self.release_anchor()
            before = self._chat.turns[max(0, first - 1 - WINDOW) : first - 1]
            await self._mount_turns(before, before=f"#turn-{first}")
            await self._keep(self._views[:MOST])
            self._show_head(self._views[len(before)])

    @on(Button.Pressed, "#later")
    async def load_later(self) -> None:
        """Mount the turns after the last one shown, which stays where it is."""
        last = self._last
        if last < len(self._chat.turns):
            self.release_anchor()
            await self._mount_turns(self._chat.turns[last : last + WINDOW])
            await self._keep(self._views[-MOST:])
            self._show_head(next(v for v in self._views if v.turn.number == last))

    async def _mount_turns(
        self, turns: tuple[Turn, ...], before: str = "#later"
    ) -> None:
        if turns:
            from tui.turn_view import TurnView

            self.welcome.display = False
            await self.mount_all([TurnView(turn) for turn in turns], before=before)
        self._offer()

    async def _keep(self, views: list[TurnView]) -> None:
        """Let go of the other turns; they can be loaded again."""
        await self.remove_children([view for view in self._views if view not in views])
        self._offer()

    @property
    def _first(self) -> int:
        """Number of the first turn that is mounted."""
        return min((view.turn.number for view in self._views), default=1)

    @property
    def _last(self) -> int:
        """Number of the last turn that is mounted; 0 for none."""
        return max((view.turn.number for view in self._views), default=0)

    def _offer(self) -> None:
        """Offer what is not mounted, and what the latest answer leads on to."""
        self.earlier.display = self._first > 1
        self.later.display = self._last < len(self._chat.turns)
        self._offer_suggestions()

    def _offer_suggestions(self) -> None:
        """Only the latest answer leads on: older ones would crowd the tab order."""
        last = self._chat.last
        for view in self._views:
            view.suggest(
                last is not None and last.over and view.turn.number == last.number
            )
