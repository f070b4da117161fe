"""The first thing shown: what is loaded, and questions to begin with."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.plain import Plain, QuestionList
from tui.service import Holdings

INVENTED = (
    "Demonstration region: every provider, home, child and price in it is invented."
)
TITLES = {
    "demonstration": "Demonstration region, invented",
    "real": "Real data",
    None: "Documents only",
}
DATA_EXAMPLES = [
    "Which homes near Maidstone could take a girl of 14 who self-harms?",
    "Which foster carers in Kent could take two siblings aged 6 and 9?",
    "Who has a same-day vacancy for a boy of 15 within 30 miles of Guildford?",
]
DOCUMENT_EXAMPLES = [
    "What do the Regulation 44 reports say about missing episodes?",
    "What do the sufficiency statements say about foster care?",
]


class Welcome(Vertical):
    """Says what is loaded and offers example questions."""

    def __init__(self) -> None:
        super().__init__(id="welcome")
        self.heading = Plain("Opening the region…", classes="heading")
        self.held = Plain()
        self.lead = Plain(classes="muted")
        self.examples = QuestionList(classes="suggestions")
        self.examples.display = False

    def compose(self) -> ComposeResult:
        """Heading, what is held, and the examples once they can be offered."""
        yield self.heading
        yield self.held
        yield self.lead
        yield self.examples

    def show(self, holdings: Holdings) -> None:
        """Say what was opened."""
        invented = holdings.kind == "demonstration"
        self.heading.show(INVENTED if invented else TITLES[holdings.kind])
        embedded = holdings.vectors >= holdings.passages
        note = holdings.note if embedded else ""  # the stage line tells of the rest
        self.held.show("\n".join(filter(None, [held_line(holdings), note])))
        self.lead.show("Questions to begin with: tab to them, or click one.")
        self.examples.offer_questions(_examples(holdings))


def held_line(holdings: Holdings) -> str:
    """What is held, in figures."""
    parts = []
    if holdings.kind is not None:
        parts.append(f"{holdings.settings:,} settings")
    parts.append(f"{holdings.documents:,} documents ({holdings.passages:,} passages)")
    if holdings.as_at is not None:
        parts.append(f"as at {day(holdings.as_at)}")
    return ", ".join(parts) + "."


def day(value: date) -> str:
    """A date as it is written in a sentence."""
    return f"{value.day} {value:%B %Y}"


def _examples(holdings: Holdings) -> list[str]:
    if holdings.kind is None:
        return DOCUMENT_EXAMPLES
    return DATA_EXAMPLES + (DOCUMENT_EXAMPLES[:1] if holdings.documents else [])
