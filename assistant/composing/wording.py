"""Figures, groups and questions in the words of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from assistant.ledger import Entry
from corpus.disclosure import Dimension
from tools.kinds_of_care import kind_of_care
from tools.protected import label_in_words
from tools.shown import Shown

NOT_TOLD: Final = "withheld, for few children or none"
"""In place of a figure that disclosure control keeps back."""


def plain(value: float) -> str:
    """A number as it is: "1,955", "168.5"."""
    return f"{value:,.12g}"


def pounds(value: float) -> str:
    """Whole pounds: "£6,480", "-£65"."""
    return f"{'-' if round(value) < 0 else ''}£{abs(value):,.0f}"


def percent(value: float) -> str:
    """A fraction as a percentage of at most one decimal: "22.4%"."""
    return f"{100 * value:.1f}".removesuffix(".0") + "%"


def told(figure: Shown, form: Callable[[float], str] = plain) -> str:
    """A figure in a sentence: "about 1,955"; or that it is withheld or not known."""
    if figure.withheld:
        return NOT_TOLD
    if figure.value is None:
        return "not known"
    return f"{'about ' if figure.within else ''}{form(figure.value)}"


def counted(figure: Shown, one: str, many: str) -> str:
    """A count with its noun: "about 15 children", "no children"."""
    if figure.value is None:
        return f"a number of {many} that is {told(figure)}"
    if figure.value == 0:
        return f"no {many}"
    return f"{told(figure)} {one if figure.value == 1 else many}"


def number_of(value: float, one: str, many: str) -> str:
    """An exact number with its noun: "1 setting", "12 settings"."""
    return f"{plain(value)} {one if value == 1 else many}"


def day(on: date) -> str:
    """A day as people write it: "31 March 2026"."""
    return f"{on:%-d %B %Y}"


def listed(items: Sequence[str]) -> str:
    """Items in a sentence: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def sentence(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def group_name(dimensions: Sequence[Dimension], labels: Sequence[str]) -> str:
    """A group as people name it: "Kent, foster care"."""
    words = (
        kind_of_care(label)
        if dimension is Dimension.PLACEMENT_TYPE
        else label_in_words(dimension, label)
        for dimension, label in zip(dimensions, labels, strict=True)
    )
    return ", ".join(words)


def marks(entry: Entry, *sources: str) -> str:
    """Markers of the citations of those tables or models, in the order named; that of
    the first citation where none is named or found.
    """
    found = [
        marker
        for source in sources
        for marker, cited in zip(entry.markers, entry.result.citations, strict=True)
        if cited.source == source
    ]
    return "".join(f"[{marker}]" for marker in found[:3] or entry.markers[:1])


def quoted(entry: Entry, document_id: str, quote: str) -> str:
    """The words of a cited span in quotation marks, with its marker; empty where the
    span is not cited.
    """
    for marker, cited in zip(entry.markers, entry.result.citations, strict=True):
        if (cited.document_id, cited.quote) == (document_id, quote):
            return f"“{' '.join(quote.split())}” [{marker}]"
    return ""


def taken(entry: Entry, mark: str) -> tuple[str, ...]:
    """What a model took because it was not given, in the tool's own words."""
    opening = "Not given, so taken: "
    return tuple(
        f"{caveat.removeprefix(opening).rstrip('.')} {mark}."
        for caveat in entry.result.caveats
        if caveat.startswith(opening)
    )


def asks(question: str, *words: str) -> bool:
    """Whether a question holds any of some words, as patterns, whatever their case."""
    return bool(re.search(rf"\b(?:{'|'.join(words)})", question, re.IGNORECASE))


def asks_lowest(question: str) -> bool:
    """Whether a question is after the least of something."""
    return asks(question, r"lowest|fewest|least\b|smallest|cheapest|shortest|worst met")
