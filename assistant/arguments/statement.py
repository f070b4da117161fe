"""A question made ready to be read: slips mended, and the names in it put aside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.readers.organisations import NameReading, read_organisation
from assistant.readers.places import PlacesReading, read_mentions, read_places
from assistant.readers.spelling import mend_words
from assistant.readers.spoken import in_figures
from corpus.geography import Mention
from tools.base import Knowledge

_BLANK = "_"
"""Stands for each letter of a name, so that no reader takes it for anything else."""


@dataclass(frozen=True)
class Statement:
    """One question, and all that it is read against."""

    question: str
    """As it was asked."""
    text: str
    """With misspelt words mended, numbers in figures, and the organisation that it
    names blanked."""
    mended: tuple[tuple[str, str], ...]
    """Words as written and as read."""
    name: NameReading | None
    """The provider, group or setting that it names."""
    knowledge: Knowledge

    @classmethod
    def of(cls, question: str, knowledge: Knowledge) -> Statement:
        """The question, read for names and slips."""
        name = read_organisation(
            question,
            knowledge.dataset,
            knowledge.gazetteer,
            knowledge.library.providers(),
        )
        blanked = question
        if name:
            blank = _BLANK * (name.end - name.start)
            blanked = question[: name.start] + blank + question[name.end :]
        mended = mend_words(blanked, knowledge.gazetteer)
        text = in_figures(mended.text)
        return cls(question, text, mended.changes, name, knowledge)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Places that it names."""
        return read_mentions(self.text, self.knowledge.gazetteer)

    @cached_property
    def places(self) -> PlacesReading:
        """Its places, sorted by what it says of them."""
        return read_places(self.text, self.knowledge.gazetteer)
