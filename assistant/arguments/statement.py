"""A question made ready to be read: slips mended, and the names in it put aside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from assistant.readers.organisations import NameReading, read_organisation
from assistant.readers.places import PlacesReading, read_mentions, read_places
from assistant.readers.spelling import mend_words
from assistant.readers.spoken import in_figures
from corpus.geography import Mention
from tools.base import Knowledge

MOST_OTHERS: Final = 3
"""Names looked for beside the first: four settings are compared side by side."""
_BLANK: Final = "_"
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
    others: tuple[NameReading, ...]
    """Those that it names beside it, each by a name that is spelt right and its own."""
    knowledge: Knowledge

    @classmethod
    def of(cls, question: str, knowledge: Knowledge) -> Statement:
        """The question, read for names and slips."""
        name = _named(question, knowledge)
        blanked, others = _blanked(question, name), list[NameReading]()
        while name and (other := _named(blanked, knowledge)):
            if other.choices or not other.exact or len(others) == MOST_OTHERS:
                break
            others.append(other)
            blanked = _blanked(blanked, other)
        mended = mend_words(blanked, knowledge.gazetteer)
        text = in_figures(mended.text)
        return cls(question, text, mended.changes, name, tuple(others), knowledge)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Places that it names."""
        return read_mentions(self.text, self.knowledge.gazetteer)

    @cached_property
    def places(self) -> PlacesReading:
        """Its places, sorted by what it says of them."""
        return read_places(self.text, self.knowledge.gazetteer)


def _named(text: str, knowledge: Knowledge) -> NameReading | None:
    return read_organisation(
        text, knowledge.dataset, knowledge.gazetteer, knowledge.library.providers()
    )


def _blanked(text: str, name: NameReading | None) -> str:
    if name is None:
        return text
    return text[: name.start] + _BLANK * (name.end - name.start) + text[name.end :]
