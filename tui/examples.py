"""Questions to begin with, for each kind of user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.content import Content
from textual.widgets.option_list import Option

from tui.plain import QuestionList
from tui.service import Holdings

Examples = Mapping[str, tuple[str, ...]]
"""Questions by the kind of user that asks them."""
VISITS: Final = "What do the Regulation 44 reports say about missing episodes?"
DATA_EXAMPLES: Final[Examples] = {
    "Finding a home": (
        "Which homes near Maidstone could take a girl of 14 who self-harms?",
        "Who has a same-day vacancy for a boy of 15 within 30 miles of Guildford?",
        "Which foster carers in Kent could take two siblings aged 6 and 9?",
    ),
    "Commissioning and finance": (
        "Is £6,500 a week a fair price for a residential placement in Kent?",
        "Compare spot at £5,200 with block at £4,700 a week for 4 places",
    ),
    "Strategy": (
        "Where are Kent's sufficiency gaps, and what do they cost?",
        "What will Surrey spend on residential care by the end of the year?",
    ),
    "Evaluation": ("Which residential homes have the fewest disrupted placements?",),
}
"""Asked of tables; with the one of documents nine in all, so that each has a key."""
DOCUMENT_EXAMPLES: Final[Examples] = {
    "Finding a home": (VISITS,),
    "Strategy": ("What do the sufficiency statements say about foster care?",),
}
"""Asked where there are documents alone."""


class ExampleList(QuestionList):
    """Questions under the kind of user that asks them."""

    def offer_examples(self, groups: Examples) -> None:
        """Replace the questions, numbered through."""
        self.questions = [text for texts in groups.values() for text in texts]
        self.clear_options()
        number = 0
        for user, texts in groups.items():
            self.add_option(Option(Content.styled(user, "bold"), disabled=True))
            for text in texts:
                number += 1
                self.add_option(Option(Content(f"{number}  {text}"), id=str(number)))
        self.highlighted = 1 if self.questions else None
        self.display = bool(self.questions)

    def action_choose(self, number: int) -> None:
        """Ask the question of that number."""
        if number <= len(self.questions):
            self.highlighted = self.get_option_index(str(number))
            self.action_select()

    def question_at(self, index: int) -> str:
        """The question on that line."""
        return self.questions[int(self.get_option_at_index(index).id or "1") - 1]


def examples_for(holdings: Holdings) -> Examples:
    """What can be asked of what is held, by kind of user."""
    if holdings.kind is None:
        return DOCUMENT_EXAMPLES
    visits = (VISITS,) if holdings.documents else ()
    return {**DATA_EXAMPLES, "Evaluation": (*DATA_EXAMPLES["Evaluation"], *visits)}
