"""The pages that the app opens over the conversation, and what they give back.

Each is imported as it is opened: the first paint does not wait for them.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from corpus.text import clean_text
from tui.delivering import Deliveries
from tui.service import Conversation
from tui.working import in_thread

if TYPE_CHECKING:
    from tui.chat_screen import ChatScreen
    from tui.data_screen import DataScreen
    from tui.jobs import Jobs
    from tui.loading_screens import LoadingScreen
    from tui.service import Service
    from tui.sessions_screen import SessionsScreen

NARRATIVE = "narrative"
"""The command that drafts a sufficiency statement."""
WHOSE = "Whose sufficiency statement shall be drafted? A council, such as Kent:"


@dataclass
class Switched(Message):
    """Another conversation was opened."""

    conversation: Conversation


class Pages(Deliveries):
    """Part of the app: opens its pages, and does what is chosen in them."""

    service: Service
    chat: ChatScreen
    jobs: Jobs

    # Conversations

    def action_sessions(self) -> None:
        """List the conversations kept."""
        from tui.sessions_screen import SessionsScreen

        if (open_now := self._conversation()) is not None:
            screen = SessionsScreen(self.service, open_now.name)
            self.push_screen(screen, self._go_on_with)

    def _go_on_with(self, name: str | None) -> None:
        conversation = self.chat.conversation
        if name is not None and conversation and name != conversation.name:
            self._switch(conversation, name)

    def action_new(self) -> None:
        """Begin another conversation; this one is kept."""
        if (open_now := self._conversation()) is not None:
            self._switch(open_now, None)

    def on_sessions_screen_new_wanted(self) -> None:
        """The same, from the list of conversations."""
        self.action_new()

    @in_thread("switch")
    def _switch(self, conversation: Conversation, name: str | None) -> None:
        self.post_message(Switched(conversation.resume(name)))

    async def on_switched(self, message: Switched) -> None:
        """Show the other conversation."""
        await self.chat.switch(message.conversation)

    def on_sessions_screen_moved(self, message: SessionsScreen.Moved) -> None:
        """The conversation on the screen goes on under its new name."""
        if self.chat.conversation is not None:
            self.chat.conversation = self.chat.conversation.resume(message.name)

    def _conversation(self) -> Conversation | None:
        if self.chat.conversation is None:
            self.notify("The region is still being opened.", markup=False)
        elif self.chat.chat.busy:
            self.notify("One answer is under way: esc stops it.", markup=False)
        else:
            return self.chat.conversation
        return None

    # Questions asked before

    def action_history(self) -> None:
        """Search the questions asked before, in this conversation and others."""
        self._gather_history(list(self.chat.box.past))

    @in_thread("history")
    def _gather_history(self, here: list[str]) -> None:
        kept = reversed(self.service.sessions())  # the oldest first
        questions = [one.first_question for one in kept if one.first_question]
        self.call_from_thread(self._show_history, [*questions, *here])

    def _show_history(self, questions: list[str]) -> None:
        from tui.history_screen import HistoryScreen

        self.push_screen(HistoryScreen(questions), self._recall)

    def _recall(self, question: str | None) -> None:
        if question is not None:
            self.chat.box.write(question)
            self.chat.box.focus()

    # Data

    def action_data(self) -> None:
        """What is loaded, what is wrong, and what is under way."""
        from tui.data_screen import DataScreen

        self.push_screen(DataScreen(self.service, self.jobs.all))

    def action_load_tables(self) -> None:
        """Load tables from files."""
        from tui.loading_screens import ImportScreen

        self.push_screen(ImportScreen())

    def action_read_documents(self) -> None:
        """Read documents into the library."""
        from tui.loading_screens import IngestScreen

        self.push_screen(IngestScreen())

    def action_narrative(self) -> None:
        """Ask whose sufficiency statement it is, and have it drafted behind."""
        from tui.prompt_screens import LineScreen

        self.push_screen(LineScreen(WHOSE), self._draft)

    def _draft(self, authority: str | None) -> None:
        if authority is not None:
            words = (NARRATIVE, "--", authority)
            self.jobs.begin(f"Statement for {clean_text(authority)}", words)

    def on_loading_screen_wanted(self, message: LoadingScreen.Wanted) -> None:
        """Begin what a page wants, and let it follow."""
        message.screen.begun(self.jobs.begin(message.title, message.words))

    def on_data_screen_stop_wanted(self, message: DataScreen.StopWanted) -> None:
        """Stop a job."""
        self.jobs.stop(message.job.number)

    # Taking the conversation away

    def action_export(self) -> None:
        """Ask for the form, and hand the conversation over in it."""
        from tui.export_screen import ExportScreen

        if (open_now := self._conversation()) is None:
            return
        if not open_now.past():
            self.notify("Nothing has been asked yet.", markup=False)
            return
        self.push_screen(ExportScreen(), lambda form: self._export(open_now, form))

    def _export(self, conversation: Conversation, form: str | None) -> None:
        if form is not None:
            self._write(conversation, f"{conversation.name or 'conversation'}.{form}")

    @in_thread("export")
    def _write(self, conversation: Conversation, name: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            conversation.write(path)
            self.deliver(path, name)
