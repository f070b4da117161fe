"""The conversation, the evidence beside it and the question box: the main screen."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList

from assistant.events import Event
from tui.actions import ACTIONS, by_slash
from tui.asking import answer_events
from tui.conversation_view import ConversationView
from tui.help_screen import HelpScreen
from tui.plain import Plain, QuestionList
from tui.question_box import QuestionBox
from tui.service import Conversation, Holdings
from tui.side_panel import SidePanel, Tab
from tui.state import ChatState, Turn, asked, fold, resumed, stopped
from tui.table_preview import TablePreview
from tui.transcript import answer_with_sources
from tui.welcome import TITLES, day

if TYPE_CHECKING:
    from textual.widgets import Markdown

OPENING = "Opening the region…"
HINT = "enter sends · / for commands · f1 help"
COVERED_HINT = "esc back · f2 sources · f3 results · f6 chart"


@dataclass
class EventArrived(Message):
    """An event of the question that is being answered, from its thread."""

    number: int
    event: Event
    asking: threading.Event
    """What stops the asking that it comes from."""


class ChatScreen(Screen[None]):
    """Folds events into a `ChatState` and has the widgets show it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(a.key, a.command, a.label, show=a.footer, tooltip=a.help, id=a.name)
            for a in ACTIONS
            if a.key
        ),
        *(Binding(str(n), f"open_source({n})", show=False) for n in range(1, 10)),
    ]

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about
        """Who is looking and with which brain, for the top line."""
        self.chat = ChatState()
        self.conversation: Conversation | None = None
        """None until the data directory is open."""
        self.notice = ""
        """What the stage line says while nothing is being answered."""
        self.asking = threading.Lock()
        """Held by the thread that uses the conversation: one question at a time."""
        self._stop = threading.Event()
        self.top = Plain(f"Placements · {about}", id="top")
        self.view = ConversationView()
        self.side = SidePanel()
        self.stage = Plain(OPENING, id="stage")
        self.box = QuestionBox()

    def compose(self) -> ComposeResult:
        """Top line, conversation and panel, stage line, question box, keys."""
        yield self.top
        with Horizontal(id="body"):
            yield self.view
            yield self.side
        yield self.stage
        yield self.box
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """The box takes typing at once."""
        self.set_focus(self.box)

    # What the app tells the screen

    async def opened(self, conversation: Conversation, holdings: Holdings) -> None:
        """The data directory is open: say what it holds, answer what was asked."""
        self.show_holdings(holdings)
        if self.chat.last is None:
            await self.switch(conversation)
        else:
            self._take(conversation)
            if self.chat.busy:
                self._start(self.chat.last)
        self._show_stage()

    async def switch(self, conversation: Conversation) -> None:
        """Show another conversation, from its last question on."""
        self._take(conversation)
        self.stop_asking()
        self._stop = threading.Event()  # what still comes of the other one is dropped
        self.chat = resumed(conversation.past())
        self.box.past = [turn.question for turn in self.chat.turns]
        await self.view.show_all(self.chat)
        self.side.show(self.chat.last or Turn(0, ""))
        self._show_stage()
        self.box.focus()

    def _take(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.side.sources.conversation = conversation

    def show_holdings(self, holdings: Holdings) -> None:
        """Say what is loaded, in the top line and in the welcome."""
        self.view.welcome.show(holdings)
        as_at = f" · as at {day(holdings.as_at)}" if holdings.as_at else ""
        self.top.show(f"Placements · {TITLES[holdings.kind]}{as_at} · {self.about}")

    def show_notice(self, notice: str) -> None:
        """Say something in the stage line that lasts until it is replaced."""
        self.notice = notice
        self._show_stage()

    # Asking and answering

    async def ask(self, question: str) -> None:
        """Put a question, unless another is still being answered."""
        if self.chat.busy:
            self.notify("One answer is under way: esc stops it.", markup=False)
            return
        self.chat = asked(self.chat, question)
        self.box.past.append(question)
        self.box.write("")
        await self.view.begin(self.chat)
        self.set_focus(self.box)
        self._show_evidence()
        if self.chat.last is not None:
            self._start(self.chat.last)

    def _start(self, turn: Turn) -> None:
        self._show_stage()
        if self.conversation is not None:
            self._stop = threading.Event()
            parts = (self.conversation, turn, self._stop)
            # A daemon: a backend that hangs must not keep the reader from leaving.
            threading.Thread(target=self._answer, args=parts, daemon=True).start()

    def _answer(
        self, conversation: Conversation, turn: Turn, stop: threading.Event
    ) -> None:
        with self.asking:  # a stopped answer may still be on its way out
            for event in answer_events(conversation, turn.question, stop.is_set):
                if not self.post_message(EventArrived(turn.number, event, stop)):
                    return  # the screen is gone

    async def on_event_arrived(self, message: EventArrived) -> None:
        """Fold the event, and draw what it changed."""
        if message.asking is not self._stop or self.chat.last is None:
            return  # from a question that was stopped before the next was asked
        before, self.chat = self.chat, fold(self.chat, message.event)
        if self.chat != before:
            await self.view.refresh_turn(self.chat, message.event)
            self._show_stage()
            self._show_evidence()

    def _show_stage(self) -> None:
        if self.chat.last is not None and self.chat.busy:
            waiting = OPENING if self.conversation is None else "Reading the question"
            doing = (self.chat.last.stage or waiting).rstrip(".…")
            self.stage.show(f"● {doing[:1].upper()}{doing[1:]}… (esc stops)")
        elif self.conversation is None:
            self.stage.show(OPENING)
        else:
            hint = COVERED_HINT if self._panel_covers else HINT
            self.stage.show(self.notice or hint)

    def _show_evidence(self, turn: Turn | None = None) -> None:
        turn = turn or self.chat.last
        if turn is not None:
            self.side.show(turn)

    # What the widgets say

    @on(QuestionBox.Asked)
    async def _sent(self, message: QuestionBox.Asked) -> None:
        if not message.text.startswith("/"):
            await self.ask(message.text)
        elif (action := by_slash(message.text)) is not None:
            self.box.write("")
            await self.run_action(action.command)
        else:
            text = f"There is no command {message.text}; /help lists them."
            self.notify(text, severity="warning", markup=False)

    @on(QuestionBox.Leaving)
    def _left(self) -> None:
        if self.view.welcome.display and self.view.welcome.examples.display:
            self.view.welcome.examples.focus()

    @on(OptionList.OptionSelected)
    async def _question_chosen(self, message: OptionList.OptionSelected) -> None:
        if isinstance(chosen := message.option_list, QuestionList):
            await self.ask(chosen.question_at(message.option_index))

    def on_markdown_link_clicked(self, message: Markdown.LinkClicked) -> None:
        """Open the source behind a marker."""
        from tui.markdown import marker_of
        from tui.turn_view import TurnView

        marker = marker_of(message.href)
        view = next(a for a in message.markdown.ancestors if isinstance(a, TurnView))
        if marker is not None:
            self._show_evidence(self.chat.turn(view.turn.number))
            self.action_open_source(marker)

    @on(TablePreview.Opened)
    def _table_opened(self, message: TablePreview.Opened) -> None:
        for turn in self.chat.turns:
            if message.table in turn.tables:
                self._show_evidence(turn)
        self._open_panel("results")
        self.side.results.open(message.table)

    # Actions, as listed in tui/actions.py

    def action_help(self) -> None:
        """Show the help."""
        self.app.push_screen(HelpScreen(self.focused))

    def action_sources(self) -> None:
        """Open or close the sources."""
        self._toggle_panel("sources")

    def action_results(self) -> None:
        """Open or close the results."""
        self._toggle_panel("results")

    def action_chart(self) -> None:
        """Open or close the charts."""
        self._toggle_panel("chart")

    def action_open_source(self, marker: int) -> None:
        """Open the source behind a marker."""
        if self.side.sources.open(marker):
            self._open_panel("sources")
        else:
            self.notify(f"This answer has no source {marker}.", markup=False)

    async def action_stop(self) -> None:
        """Stop the answer; or else close the panel; or else change between panes."""
        if self.chat.busy:
            self._stop.set()
            self.chat = stopped(self.chat)
            await self.view.refresh_turn(self.chat)
            self._show_stage()
        elif self._panel_covers or not self.box.has_focus:
            self._close_panel()
        else:
            self.set_focus(self.view)  # at once: the next key may be on its way

    def action_copy(self) -> None:
        """Copy the answer that the panel shows the evidence of."""
        if turn := self._answered_turn():
            self._copy(turn.text, "the answer")

    def action_copy_with_sources(self) -> None:
        """Copy the question and the answer with its sources."""
        if turn := self._answered_turn():
            count = len(turn.citations)
            what = f"the answer with {count} source{'s' * (count != 1)}"
            self._copy(answer_with_sources(turn), what)

    async def action_retry(self) -> None:
        """Ask the last question again, as a new turn."""
        if self.chat.last is not None:
            await self.ask(self.chat.last.question)

    def action_edit(self) -> None:
        """Put the last question back into the box."""
        if self.chat.last is not None:
            self.box.write(self.chat.last.question)
            self._close_panel()

    def action_sort(self) -> None:
        """Sort the results by the next column."""
        self.side.results.sort_next()

    def action_reverse_sort(self) -> None:
        """Turn the order of the results round."""
        self.side.results.reverse()

    def action_next_table(self) -> None:
        """Show the answer's next table; where charts are in front, its next chart."""
        if self.side.tab == "chart":
            self.side.charts.next_chart()
        else:
            self.side.results.next_table()

    def action_filter_rows(self) -> None:
        """Type what the result rows are to hold."""
        self._open_panel("results")
        self.side.call_after_refresh(self.side.results.start_filter)

    def action_mark(self) -> None:
        """Mark the result row under the cursor, or take its mark away."""
        self.side.results.mark()

    def action_compare(self) -> None:
        """Set the marked rows side by side."""
        self.side.results.compare()

    async def action_earlier(self) -> None:
        """Load earlier turns into the conversation."""
        await self.view.load_earlier()

    async def action_later(self) -> None:
        """Load later turns into the conversation, after going back."""
        await self.view.load_later()

    async def action_switch_theme(self) -> None:
        """Change to the next theme."""
        await self.app.run_action("switch_theme")

    async def action_quit(self) -> None:
        """Leave; an answer under way is stopped."""
        self.stop_asking()
        await self.app.run_action("quit")

    # Parts of the actions

    def stop_asking(self) -> None:
        """Let the answering thread end."""
        self._stop.set()

    @property
    def _panel_covers(self) -> bool:
        """The panel was opened over or beside a conversation too narrow to share."""
        return self.has_class("-panel") and not self.has_class("-wide")

    def _open_panel(self, tab: Tab) -> None:
        self.add_class("-panel")
        self._show_stage()
        self.side.bring(tab)

    def _close_panel(self) -> None:
        self.remove_class("-panel")
        self._show_stage()
        self.set_focus(self.box)

    def _toggle_panel(self, tab: Tab) -> None:
        if self._panel_covers and self.side.tab == tab:
            self._close_panel()
        else:
            self._open_panel(tab)

    def _answered_turn(self) -> Turn | None:
        turn = self.side.turn
        if turn is None or not turn.text:
            self.notify("There is no answer to copy yet.", markup=False)
            return None
        return turn

    def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        self.notify(f"Copied {what} ({len(text.split()):,} words).", markup=False)
