"""Invented names: words that no real owner or setting bears, put into patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from random import Random

from corpus.codes import PlacementType
from corpus.demonstration.chance import stream
from corpus.models import Frozen
from corpus.text import comparable_name


class Words(Frozen):
    """The packaged words and patterns."""

    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    avoided: frozenset[str]
    """Compounds that must not be made."""
    virtues: tuple[str, ...]
    people: tuple[str, ...]
    providers: dict[str, tuple[str, ...]]
    """Patterns by placement type, and for voluntary providers."""
    groups: dict[str, tuple[str, ...]]
    settings: dict[PlacementType, tuple[str, ...]]

    def compounds(self) -> list[str]:
        """Every allowed compound: "Larkrise", "Hollowmere"."""
        made = [
            beginning + ending
            for beginning in self.beginnings
            for ending in self.endings
            if beginning[-1] != ending[0]
        ]
        return [word for word in made if word not in self.avoided]


@cache
def words() -> Words:
    """The packaged words."""
    text = files(__package__).joinpath("names.toml").read_text(encoding="utf-8")
    return Words.model_validate(tomllib.loads(text))


class Names:
    """Hands out names, each once."""

    def __init__(self, seed: int) -> None:
        self._for_owners, self._for_settings = _stems(seed)
        self._given: set[str] = set()

    def owner_stem(self) -> str:
        """A word for a group or provider that nothing else bears."""
        return self._for_owners.pop()

    def setting_stem(self) -> str:
        """A word for a setting that nothing else bears."""
        return self._for_settings.pop()

    def give(self, rng: Random, patterns: tuple[str, ...], **parts: str) -> str:
        """A name from one of the patterns that has not been given before."""
        order = rng.sample(patterns, len(patterns))
        order += [f"{patterns[0]} {further}" for further in range(2, 100)]
        number = str(rng.randint(2, 96))
        made = (pattern.format(number=number, **parts) for pattern in order)
        name = next(name for name in made if comparable_name(name) not in self._given)
        self._given.add(comparable_name(name))
        return name


def _stems(seed: int) -> tuple[list[str], list[str]]:
    """Words for owners and words for settings, none in both; taken from the end."""
    rng = stream(seed, "names")
    compounds = words().compounds()
    rng.shuffle(compounds)
    half = len(compounds) // 2
    few = [*words().virtues, *words().people]
    mixed = compounds[: 3 * len(few)] + few  # so that these are about one name in four
    rng.shuffle(mixed)
    return compounds[3 * len(few) : half] + mixed, compounds[half:]


def brand(provider: str) -> str:
    """A provider's name without its legal form."""
    return re.sub(r" (Ltd|Limited)$", "", provider)
