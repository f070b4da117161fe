"""Text widgets that draw text as it stands: no markup is ever read in it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option


class Plain(Static):
    """A text that may come from anywhere. Empty text takes no room."""

    def __init__(
        self, text: str | Content = "", *, id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(text, id=id, classes=classes, markup=False)
        self.display = bool(str(text))

    def show(self, text: str | Content) -> None:
        """Replace the text, if it is another."""
        if text != self.content:
            self.update(text)
            self.display = bool(str(text))


class PlainList(OptionList):
    """Texts to choose one from, with the arrow keys and Enter or a click."""

    def offer(self, texts: list[str]) -> None:
        """Replace the choices; the first is highlighted."""
        self.clear_options()
        self.add_options([Option(Content(text)) for text in texts])
        self.highlighted = 0 if texts else None
        self.display = bool(texts)


class QuestionList(PlainList):
    """Questions to ask: Enter, a click or the question's number asks it."""

    HELP = "The arrow keys move, enter asks the question, and so does its number."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(n), f"choose({n})", show=False) for n in range(1, 10)
    ]

    def offer_questions(self, questions: list[str]) -> None:
        """Replace the questions."""
        self.questions = questions
        self.offer([f"{n}  {text}" for n, text in enumerate(questions, 1)])

    def question_at(self, index: int) -> str:
        """The question on that line."""
        return self.questions[index]

    def action_choose(self, number: int) -> None:
        """Ask the question of that number."""
        if number <= self.option_count:
            self.highlighted = number - 1
            self.action_select()
