"""The packaged words and names by which somebody's name is told from other words."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from io import StringIO


@dataclass(frozen=True)
class Words:
    """The lists of `words.toml`, in lower case and without accents."""

    ordinary: frozenset[str]
    """Names that are also ordinary words."""
    given: frozenset[str]
    surnames: frozenset[str]
    """Names that the source of `names.csv` lacks."""
    family: frozenset[str]
    """Words before a name that make it a child's or its family's."""
    roles: frozenset[str]
    """Words beside a name that make it that of a grown-up at work."""
    honorifics: frozenset[str]
    labels: frozenset[str]
    """Labels of a form, such as "known as", before a child's or relative's name."""
    staff_labels: frozenset[str]
    """Labels of a form before the name of a grown-up at work."""
    organisations: frozenset[str]
    """Words that make what stands before them an organisation, a place or a paper."""
    never: frozenset[str]
    """Words that are capitalised and are nobody's name."""
    speech: frozenset[str]
    """Verbs of which the subject is a person."""


@dataclass(frozen=True)
class NameList:
    """Names known, folded."""

    given: frozenset[str]
    surnames: frozenset[str]
    ordinary: frozenset[str]
    """Those of both that are also ordinary words."""
    places: frozenset[str]
    """Places in England, of one word or several."""


@cache
def words() -> Words:
    """The packaged words."""
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return Words(
        **{field.name: _listed(field.name, read[field.name]) for field in fields(Words)}
    )


def _listed(name: str, text: str) -> frozenset[str]:
    if name.endswith("labels"):
        return frozenset(text.strip().replace("\n", "|").split("|"))
    return frozenset(text.split())


@cache
def names_known() -> NameList:
    """The names of `names.csv`."""
    text = files(__package__).joinpath("names.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(StringIO(text)))[1:]  # below the heading: name, marks
    return NameList(*(_marked(rows, mark) for mark in "gsop"))


def _marked(rows: list[list[str]], mark: str) -> frozenset[str]:
    return frozenset(name for name, marks in rows if mark in marks)
