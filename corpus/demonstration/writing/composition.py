"""How an invented document is put together: voices, outlines and parts.

A voice is an order of headings and parts; a part has several wordings, of which those
that fit what is written about compete. So documents of one kind differ in order,
length and words, and each sentence agrees with the facts put into it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from random import Random

from pydantic import Field

from corpus.models import Frozen

Facts = Mapping[str, str | int]


class Chapter(Frozen):
    """A heading and the parts below it; without wordings it is left out."""

    heading: str
    parts: tuple[str, ...]


class Voice(Frozen):
    """One way of writing a kind of document."""

    key: str
    title: str
    numbered: bool = False
    """Whether headings and paragraphs carry numbers."""
    outline: tuple[Chapter, ...]


class Wording(Frozen):
    """One wording of a part, and what it needs to be true."""

    part: str
    text: str
    voices: frozenset[str] = frozenset()
    """Voices that may use it; all where empty."""
    when: frozenset[str] = frozenset()
    """Tags that must all hold."""
    unless: frozenset[str] = frozenset()
    """Tags none of which may hold."""

    def fits(self, part: str, voice: str, tags: frozenset[str]) -> bool:
        """Whether the wording can stand for `part` in this document."""
        return (
            self.part == part
            and (not self.voices or voice in self.voices)
            and self.when <= tags
            and not self.unless & tags
        )


class Stock(Frozen):
    """The voices, wordings and phrases of one kind of document."""

    voices: tuple[Voice, ...]
    wordings: tuple[Wording, ...]
    phrases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Short phrases by the name of the slot that one of them fills."""
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Phrases of which a document takes several."""

    @classmethod
    def read(cls, name: str) -> Stock:
        """A packaged stock, by its file's name."""
        text = files(__package__).joinpath(name).read_text(encoding="utf-8")
        return cls.model_validate(tomllib.loads(text))

    def adding(self, wordings: tuple[Wording, ...]) -> Stock:
        """The stock with further wordings."""
        return self.model_copy(update={"wordings": self.wordings + wordings})

    def voice(self, key: str) -> Voice:
        """The voice of that key."""
        return next(voice for voice in self.voices if voice.key == key)


def compose(
    stock: Stock,
    voice: Voice,
    facts: Facts,
    tags: frozenset[str],
    rng: Random,
    said: set[Wording] | None = None,
) -> str:
    """The text of one document, as Markdown.

    Every slot of a wording must be among `facts` or the stock's phrases. Wordings that
    were `said` in an earlier document are avoided where there is another; those taken
    here are added.
    """
    said = set() if said is None else said
    slots = {name: rng.choice(choice) for name, choice in stock.phrases.items()}
    slots |= {name: str(value) for name, value in facts.items()}
    # A phrase may hold slots itself, so phrases are filled before wordings are.
    slots = {name: value.format_map(slots) for name, value in slots.items()}
    lines = [f"# {voice.title.format_map(slots)}", slots["notice"]]
    number = 0
    choice = _Choice(stock.wordings, voice.key, tags, rng, said)
    for chapter in voice.outline:
        paragraphs = list(choice.paragraphs(chapter))
        if not paragraphs:
            continue
        number += 1
        heading = chapter.heading.format_map(slots)
        lines.append(f"## {number}. {heading}" if voice.numbered else f"## {heading}")
        filled = [paragraph.format_map(slots) for paragraph in paragraphs]
        lines += _numbered(number, filled) if voice.numbered else filled
    said |= choice.used
    return "\n\n".join(lines) + "\n"


@dataclass
class _Choice:
    """Chooses wordings for one document, each once."""

    wordings: tuple[Wording, ...]
    voice: str
    tags: frozenset[str]
    rng: Random
    said: set[Wording]
    used: set[Wording] = field(default_factory=set)

    def paragraphs(self, chapter: Chapter) -> Iterator[str]:
        """Paragraphs for the parts of a chapter."""
        for part in chapter.parts:
            fitting = [w for w in self.wordings if w.fits(part, self.voice, self.tags)]
            fitting = [w for w in fitting if w not in self.used]
            if fitting:
                closest = max(map(self._closeness, fitting))
                wording = self.rng.choice(
                    [w for w in fitting if self._closeness(w) == closest]
                )
                self.used.add(wording)
                yield from unwrapped(wording.text)

    def _closeness(self, wording: Wording) -> tuple[int, int, bool]:
        """Wordings for these very tags go first, then for this voice, then new ones."""
        return len(wording.when), len(wording.voices), wording not in self.said


def unwrapped(text: str) -> list[str]:
    """Paragraphs of a wrapped text, each on one line; lists keep their lines."""
    return [
        block if block.startswith(("- ", "|")) else " ".join(block.split())
        for block in text.strip().split("\n\n")
    ]


def _numbered(number: int, paragraphs: list[str]) -> list[str]:
    """Paragraphs with numbers in front; a list belongs to the paragraph before it."""
    lines = []
    count = 0
    for paragraph in paragraphs:
        if paragraph.startswith(("- ", "|")):
            lines.append(paragraph)
        else:
            count += 1
            lines.append(f"{number}.{count} {paragraph}")
    return lines
