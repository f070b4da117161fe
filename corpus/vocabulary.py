"""The one vocabulary of the field: surface forms and labels, read from a TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

from corpus.codes import Gender, Need, OfstedRating, PlacementType
from corpus.models import Frozen


class Term(Frozen):
    """One identifier of the vocabulary with its words."""

    identifier: str
    label: str
    """As it reads in a sentence: "child sexual exploitation"."""
    short: str
    """As it reads in a table: "CSE"."""
    plural: str
    forms: tuple[str, ...]


class Match(Frozen):
    """A form found in a text."""

    start: int
    end: int
    identifier: str


class Spelling(Frozen):
    """Words of the field that may be misspelt, and those that are no slip of them."""

    words: tuple[str, ...]
    ordinary: frozenset[str]
    slips: dict[str, str]
    """Slips of short words, each with the word that is meant."""


class _Form:
    """One form of a term; its pattern is compiled once a text may hold it, for
    compiling hundreds would be a good part of the time of a first question."""

    def __init__(self, identifier: str, form: str) -> None:
        self.identifier = identifier
        self.form = form
        self.opening = re.split(r"[\s'*]", form.removeprefix("="))[0].casefold()
        """What every match starts with, folded."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return form_pattern(self.form)


class Vocabulary:
    """Terms of one kind, and where they stand in a text."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = {term.identifier: term for term in terms}
        self._forms = [
            _Form(term.identifier, form) for term in terms for form in term.forms
        ]

    def label(self, identifier: str) -> str:
        """The term as it reads in a sentence."""
        return self.terms[identifier].label

    def short(self, identifier: str) -> str:
        """The term as it reads in a table."""
        return self.terms[identifier].short

    def find(self, text: str) -> list[Match]:
        """All forms in `text`, the longest where several overlap, in text order."""
        folded = text.casefold()
        found = [
            Match(start=hit.start(), end=hit.end(), identifier=form.identifier)
            for form in self._forms
            if form.opening in folded
            for hit in form.pattern.finditer(text)
        ]
        found.sort(key=lambda match: (match.start - match.end, match.start))
        kept: list[Match] = []
        for match in found:
            if all(
                match.end <= other.start or match.start >= other.end for other in kept
            ):
                kept.append(match)
        return sorted(kept, key=lambda match: match.start)


_JOINT: Final = r"[\s\-‐‑–/]+"


def form_pattern(form: str) -> re.Pattern[str]:
    """The pattern of one form, by the rules at the head of the vocabulary file."""
    exact = form.startswith("=")
    words = form.removeprefix("=").split()
    body = _JOINT.join(_word_pattern(word) for word in words)
    return re.compile(rf"(?<![\w£]){body}(?!\w)", 0 if exact else re.IGNORECASE)


def _word_pattern(word: str) -> str:
    stem = re.escape(word.removesuffix("*")).replace("'", "['’]?")
    return stem + (r"\w*" if word.endswith("*") else "")


@cache
def _file() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("corpus").joinpath("vocabulary.toml").read_text("utf-8"))


def _terms(section: str) -> Iterator[Term]:
    for identifier, entry in _file()[section].items():
        if isinstance(entry, list):  # a bare list of forms is its own label
            entry = {"label": identifier, "forms": entry}
        label = str(entry["label"])
        yield Term(
            identifier=identifier,
            label=label,
            short=str(entry.get("short", label)),
            plural=str(entry.get("plural", label)),
            forms=tuple(entry["forms"]),
        )


@cache
def needs() -> Vocabulary:
    """Words for needs and risks; identifiers are those of `Need`."""
    return _checked("needs", {need.value for need in Need})


@cache
def placement_types() -> Vocabulary:
    """Words for placement types; identifiers are those of `PlacementType`."""
    return _checked("placement_types", {kind.value for kind in PlacementType})


@cache
def genders() -> Vocabulary:
    """Words for a child's gender; identifiers are those of `Gender`."""
    return _checked("genders", {gender.value for gender in Gender})


@cache
def ratings() -> Vocabulary:
    """Words for Ofsted's grades; identifiers are those of `OfstedRating`."""
    return _checked("ratings", {rating.value for rating in OfstedRating})


@cache
def flags() -> Vocabulary:
    """Words for solo, same-day and vacancy requests."""
    return _checked("flags", {"solo", "same_day", "with_vacancy"})


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Groups of words and phrases that say the same; the first stands for all."""
    return tuple(tuple(group) for group in _file()["synonyms"]["groups"])


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation to its words, as printed."""
    return {key: str(value) for key, value in _file()["abbreviations"].items()}


@cache
def shorthand() -> dict[str, str]:
    """Forms that officers shorten, in small letters, each with what it stands for."""
    listed = _file()["shorthand"].items()
    return {form: words for words, forms in listed for form in forms}


@cache
def misspellings() -> Spelling:
    """What a question's words are mended with."""
    section = _file()["spelling"]
    slips = {slip: word for word, each in section["slips"].items() for slip in each}
    return Spelling(
        words=tuple(section["words"].split()),
        ordinary=frozenset(section["ordinary"].split()),
        slips=slips,
    )


def _checked(section: str, identifiers: set[str]) -> Vocabulary:
    terms = tuple(_terms(section))
    assert {term.identifier for term in terms} == identifiers, section
    return Vocabulary(terms)
