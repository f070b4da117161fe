"""Wordings that know when they are true, and a choice that avoids repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from string import Formatter
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from corpus.models import Frozen

EVENTS: Final = frozenset({"just_inspected", "new_visitor"})
"""Tags of what a report must not leave out, so that its wordings go first."""
_TAGS: Final = re.compile(r"\[([!\w, ]+)\] ")
_CHOICE: Final = re.compile(r"<([^<>]+)>")
_SLOT: Final = re.compile(r"\{[^{}]*\}")
_SPACES: Final = re.compile(r"[ \t]+")
_SPEECH: Final = re.compile(
    r"\b(?:told|said|says|talks?|talked|asked|rang|argu\w+|homework|knows|reads?|test|"
    r"chaired|charge|tally|alone|gaming|cooks|walks|letter|questionnaires|budget|marks|promised)\b"
)
_FIRST_PERSON: Final = re.compile(r"\b(?:I|me|my|mine|myself)\b")


class Wording(Frozen):
    """A text with slots in braces and choices as `<one|another>`."""

    text: str
    when: frozenset[str] = frozenset()
    """Tags that must all hold."""
    unless: frozenset[str] = frozenset()
    """Tags none of which may hold."""

    def fits(self, tags: frozenset[str]) -> bool:
        """Whether it is true where these tags hold."""
        return self.when <= tags and not self.unless & tags


def slots_of(text: str) -> frozenset[str]:
    """Names of the slots in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _read(value: Any) -> Any:
    """A wording from a string that may start with its tags: "[term, !teens] Text"."""
    if not isinstance(value, str):
        return value
    found = _TAGS.match(value)
    tags = {tag.strip() for tag in found[1].split(",")} if found else set()
    text = _SPACES.sub(" ", value[found.end() if found else 0 :]).strip()
    unless = {tag[1:] for tag in tags if tag.startswith("!")} | _implied(text) - tags
    when = {tag for tag in tags if not tag.startswith("!")}
    return {"text": text, "when": when, "unless": unless}


def _implied(text: str) -> set[str]:
    """What a text's own words rule out, so that no tag need say it."""
    said = _SLOT.sub("", text)
    words = {
        "one_child": "children" in said or "child2" in slots_of(text),
        "disability": "hild" in text and _SPEECH.search(said) is not None,
        "third_person": _FIRST_PERSON.search(said) is not None,
    }
    return {tag for tag, rules_out in words.items() if rules_out}


def fitting(lines: Iterable[Wording], tags: frozenset[str]) -> list[str]:
    """Texts of the lines that fit; of those on an event alone, where there are any."""
    fit = [line for line in lines if line.fits(tags)]
    of_event = [line for line in fit if line.when & EVENTS]
    return [line.text for line in of_event or fit]


Line = Annotated[Wording, BeforeValidator(_read)]


@dataclass
class Choice:
    """Chooses what has been used least, so that one hand seldom repeats itself."""

    rng: Random
    said: set[str]
    """Sentences that somebody has written before; shared by all visitors."""
    used: Counter[str] = field(default_factory=Counter)

    def of(self, texts: Iterable[str]) -> str:
        """One of the texts, among those used least."""
        ranked = [(self.used[text], self.rng.random(), text) for text in texts]
        chosen = min(ranked)[2]
        self.used[chosen] += 1
        return chosen

    def wording(self, lines: Sequence[Wording], tags: frozenset[str]) -> str:
        """The text of one that fits, its choices made; empty where none fits."""
        texts = fitting(lines, tags)
        return self.made(self.of(texts)) if texts else ""

    def made(self, text: str) -> str:
        """The text with one of each of its choices."""
        return _CHOICE.sub(lambda found: self.of(found[1].split("|")), text)


class Slots(Mapping[str, str]):
    """What fills slots: fixed facts, and phrases that change with each use.

    A name with a capital gives the value with a capital: `{Meal}`.
    """

    def __init__(
        self,
        facts: Mapping[str, str],
        phrases: Mapping[str, Sequence[str]],
        choice: Choice,
    ) -> None:
        self._facts, self._phrases, self._choice = facts, phrases, choice

    def __getitem__(self, name: str) -> str:
        if name in self._facts:
            return self._facts[name]
        if name in self._phrases:
            return self.fill(self._choice.of(self._phrases[name]))
        if name[:1].isupper() and len(name) > 1:
            value = self[name[0].lower() + name[1:]]
            return value[:1].upper() + value[1:]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter({**self._phrases, **self._facts})

    def __len__(self) -> int:
        return len(set(self._phrases) | set(self._facts))

    def fill(self, text: str, **more: str) -> str:
        """The text with its slots filled."""
        slots = Slots({**self._facts, **more}, self._phrases, self._choice)
        return self._choice.made(text).format_map(slots)
