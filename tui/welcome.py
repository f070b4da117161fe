"""The first thing shown: what is loaded, and questions to begin with."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.examples import ExampleList, examples_for
from tui.plain import Plain
from tui.service import Holdings

INVENTED = "Demonstration region: every home, child and price is invented."
TITLES = {
    "demonstration": "Demonstration region, invented",
    "real": "Real data",
    None: "Documents only",
}


class Welcome(Vertical):
    """Says what is loaded and offers example questions."""

    def __init__(self) -> None:
        super().__init__(id="welcome")
        self.heading = Plain("Opening the region…", classes="heading")
        self.held = Plain()
        self.lead = Plain(classes="muted")
        self.examples = ExampleList(classes="examples")
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
        told = holdings.stale or unembedded(
            holdings
        )  # in the stage line, with progress
        note = "" if told else holdings.note
        self.held.show("\n".join(filter(None, [held_line(holdings), note])))
        self.lead.show("To begin with: ↓ and enter, tab and a number, or a click.")
        self.examples.offer_examples(examples_for(holdings))


def unembedded(holdings: Holdings) -> bool:
    """Whether search cannot find some passages by meaning."""
    return holdings.vectors < holdings.passages


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
