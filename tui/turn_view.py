"""One turn of the conversation on the screen: a question and all that answers it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from assistant.events import Event, TextAdded
from tui.answer_text import AnswerText
from tui.plain import Plain, QuestionList
from tui.state import Turn
from tui.table_preview import TablePreview

VERDICTS = {
    "needs_clarification": "A question back to you",
    "not_in_evidence": "Not in the evidence",
    "out_of_scope": "Outside what this assistant covers",
    "declined": "Declined",
}
"""What an answer's status is called; an answered question needs no word."""
STOPPED = "Stopped: what stands above is unfinished, and its figures are unchecked."


class TurnView(Vertical):
    """Shows a `Turn`; `show()` brings it up to date."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(id=f"turn-{turn.number}")
        self.turn = turn
        self.answer = AnswerText()
        self.understood = Plain(classes="understood")
        self.verdict = Plain(classes="verdict")
        self.previews = Vertical(classes="previews")
        self.problem = Plain(classes="problem")
        self.caveats = Plain(classes="caveats")
        self.sources = Plain(classes="muted")
        self.suggestions = QuestionList(classes="suggestions")
        self.suggestions.display = False

    def compose(self) -> ComposeResult:
        """The question first; the rest fills as the answer comes."""
        yield Plain(self.turn.question, classes="asked")
        yield self.understood
        yield self.verdict
        yield self.answer
        yield self.problem
        yield self.previews
        yield self.caveats
        yield self.sources
        yield self.suggestions

    async def on_mount(self) -> None:
        """Draw a turn that was over before it was mounted."""
        if self.turn.over:
            await self._show_ending(self.turn)
        elif self.turn.text:
            await self.answer.add(self.turn.text)

    async def show(self, turn: Turn, event: Event | None = None) -> None:
        """Draw what the event changed; without one, the reader stopped the turn."""
        self.turn = turn
        self._say_understood(turn)
        if turn.over:
            await self._show_ending(turn)
        elif isinstance(event, TextAdded):
            await self.answer.add(event.text)

    def _say_understood(self, turn: Turn) -> None:
        self.understood.show(f"Read as: {turn.understood}" if turn.understood else "")

    async def _show_ending(self, turn: Turn) -> None:
        self._say_understood(turn)
        self.verdict.show(VERDICTS.get(turn.status or "", ""))
        markers = frozenset(source.marker for source in turn.citations)
        await self.answer.finish(turn.text, markers)
        await self.previews.remove_children()
        await self.previews.mount_all([TablePreview(table) for table in turn.tables])
        self.problem.show(_problem(turn))
        self.caveats.show("\n".join(f"! {caveat}" for caveat in turn.caveats))
        self.sources.show(_footnote(turn))

    def suggest(self, wanted: bool) -> None:
        """Offer the questions that lead on, or take them away."""
        self.suggestions.offer_questions(list(self.turn.suggestions) if wanted else [])


def _problem(turn: Turn) -> str:
    if turn.phase == "stopped":
        return STOPPED
    if turn.failure is None:
        return ""
    return f"No answer. {turn.failure.message}\n{turn.failure.remedy}".rstrip()


def _footnote(turn: Turn) -> str:
    """How many sources there are and how to open one; who answered, and how fast."""
    parts = []
    if count := len(turn.citations):
        keys = "key 1" if count == 1 else f"keys 1–{min(count, 9)}"
        parts.append(f"{count} source{'s' * (count > 1)}: f2 or {keys}")
    if turn.brain:
        parts.append(f"{turn.brain}, {turn.elapsed_ms / 1000:.1f} s")
    return " · ".join(parts)
