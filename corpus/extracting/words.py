"""The words by which rows are recognised: the patterns of `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from corpus.extracting.numbers import NUMBER, TIMES

_OPENING: Final = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\((?!\?)")
_NAMED: Final = re.compile("«([a-z_.]+)»")


@cache
def _file() -> dict[str, dict[str, list[str]]]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def entries(name: str) -> tuple[str, ...]:
    """The entries of one list as they stand in the file."""
    table, _, key = name.partition(".")
    return tuple(_file()[table][key])


@cache
def alternatives(name: str, noun: str = "") -> str:
    """The pattern of one list of the file, such as "counts.period", as one group.

    The rules are at the head of the file; `noun` is the list that «noun» stands for.
    """
    return "(?:" + "|".join(_patterns(name, noun)) + ")"


@cache
def forms(name: str, noun: str = "") -> tuple[re.Pattern[str], ...]:
    """The entries of one list, each as a pattern of its own, whatever the case."""
    return tuple(re.compile(form, re.IGNORECASE) for form in _patterns(name, noun))


def _patterns(name: str, noun: str) -> Iterator[str]:
    for entry in entries(name):
        yield _pattern(entry, noun)


def _pattern(entry: str, noun: str) -> str:
    exact, entry = entry.startswith("="), entry.removeprefix("=")
    anywhere, entry = entry.startswith("~"), entry.removeprefix("~")
    body = _OPENING.sub(lambda m: m[1] or "(?:", entry)
    body = _NAMED.sub(lambda m: _named(m[1], noun), body)
    whole = body if anywhere else rf"\b(?:{body})\b"
    return f"(?-i:{whole})" if exact else whole


def _named(name: str, noun: str) -> str:
    if name == "role":
        return "|".join(alternatives(f"roles.{role}") for role in listed("roles"))
    fixed = {"number": NUMBER, "times": TIMES}
    return fixed.get(name) or alternatives(noun if name == "noun" else name)


@cache
def listed(table: str) -> tuple[str, ...]:
    """The names of the lists of one table, in the file's order."""
    return tuple(_file()[table])


@cache
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(alternatives(name), re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """One list of the file as a pattern, whatever the case; made when first used."""

    name: str

    @property
    def _compiled(self) -> re.Pattern[str]:
        return _compiled(self.name)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where one of the words stands."""
        return self._compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """The words that `text` begins with."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match where `text` is one of the words and no more."""
        return self._compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where one of the words stands."""
        return self._compiled.finditer(text)

    def sub(self, by: str, text: str) -> str:
        """`text` with the words replaced."""
        return self._compiled.sub(by, text)
