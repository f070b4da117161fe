"""What a question about documents asks for: weighted terms, and a kind of figure."""

from __future__ import annotations

import re
from typing import Final

from assistant.composing.stems import TOKEN, stems
from assistant.readers.unheld import unheld_words
from corpus.models import Frozen
from index.figures import FigureKind, asked_figure
from index.lexical import stem
from tools.document_topic import topic

_MONTHS: Final = (
    "january|february|march|april|(?-i:May)|june|july|august|september|october|november"
    "|december"
)
_SMALL_NUMBERS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_FIGURES: Final[dict[FigureKind, re.Pattern[str]]] = {
    FigureKind.MONEY: re.compile(
        r"£\s?\d[\d,]*(?:\.\d+)?\s?(?:k|m|bn|million|billion)?", re.I
    ),
    FigureKind.PERCENT: re.compile(
        r"\d+(?:\.\d+)?\s?(?:%|per\s?cent|percent)"
        r"|\b(?:half|a third|two thirds|a quarter|three quarters)\b",
        re.I,
    ),
    FigureKind.COUNT: re.compile(
        r"(?<![£\d.,])\b\d{1,3}(?:,\d{3})+\b"
        r"|(?<![£\d.,/])\b(?!(?:19|20)\d\d\b)\d+\b"
        rf"(?!\s*(?:%|per\s?cent|{_MONTHS}|st\b|nd\b|rd\b|th\b))"
        rf"|\b(?:{_SMALL_NUMBERS})\b(?!-|\s+(?:of|in|or|to)\b)",
        re.I,
    ),
    FigureKind.DATE: re.compile(
        rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTHS})(?:\s+(?:19|20)\d\d)?\b"
        r"|\b(?:19|20)\d\d(?:[-/]\d\d)?\b",
        re.I,
    ),
}


_REACH: Final = 4  # words between a count and what it counts
_SURROUNDINGS: Final = 12  # words on either side that tell what a figure is of
_NAMED: Final = 2.0  # a name or a year says more of what is asked than a common word
_ENGLAND: Final = "england"  # every document here is about England: it selects none
_PRINTED_NUMBER: Final = re.compile(r"\W*\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[A-Z])")
_COUNTED: Final = re.compile(r"\bhow many\s+((?:[\w'’-]+\s*){1,3})", re.IGNORECASE)
_NATIONAL: Final = re.compile(r"\b(?:england|english|national(?:ly)?)\b", re.IGNORECASE)


class Figure(Frozen):
    """A figure of a sentence, as written."""

    text: str
    amid: float
    """Share of the question's weight that the words around it hold, 0 to 1."""


class Terms(Frozen):
    """Stemmed terms of a question, each with its weight."""

    weights: dict[str, float]
    figure: FigureKind | None
    """The kind of figure that would answer it; None where words would."""
    counted: frozenset[str] = frozenset()
    """Stems of what is counted: in "how many foster carers", foster and carer."""
    national: bool = False
    """Whether it asks about England as a whole."""

    def coverage(self, text: str) -> float:
        """The share of the question's weight that `text` holds, 0 to 1."""
        held = set(stems(text))
        found = sum(w for term, w in self.weights.items() if term in held)
        return found / (sum(self.weights.values()) or 1.0)

    def common_coverage(self, text: str) -> float:
        """The share of the question's ordinary words, not names or years, that `text`
        holds; 1 where it has none."""
        common = [term for term, weight in self.weights.items() if weight < _NAMED]
        held = set(stems(text))
        return sum(term in held for term in common) / len(common) if common else 1.0

    def missing(self, text: str) -> frozenset[str]:
        """Names and years of the question that `text` does not hold."""
        held = set(stems(text))
        return frozenset(
            term for term, w in self.weights.items() if w >= _NAMED and term not in held
        )

    def figure_in(self, text: str) -> Figure | None:
        """The figure of `text` that most likely answers: of the kind asked for, amid
        the most of what is asked; None where there is none, or none is asked for."""
        if self.figure is None:
            return None
        lead = _PRINTED_NUMBER.match(text)
        found = [
            Figure(text=match[0].strip(), amid=self.coverage(_around(text, match)))
            for match in _FIGURES[self.figure].finditer(text, lead.end() if lead else 0)
            if not self.counted or self.counted & set(stems(_after(text, match)))
        ]
        return max(found, key=lambda figure: figure.amid, default=None)


def _after(text: str, match: re.Match[str]) -> str:
    """The few words after a figure, where what it counts stands."""
    return " ".join(text[match.end() :].split()[:_REACH])


def _around(text: str, match: re.Match[str]) -> str:
    """The words on either side of a figure, in its own sentence."""
    before = text[: match.start()].split()[-_SURROUNDINGS:]
    return " ".join([*before, *text[match.end() :].split()[:_SURROUNDINGS]])


def question_terms(question: str, settled: frozenset[str] = frozenset()) -> Terms:
    """The terms of a question; names and numbers weigh twice, stop words nothing.

    Stems of `settled` weigh nothing either: the search has seen to them already, by
    looking only at documents of that kind, authority or provider.
    """
    kind = asked_figure(question)
    names = {
        stem(token.removesuffix("'s").removesuffix("’s").casefold())
        for token in TOKEN.findall(question)[1:]
        if token[0].isupper() or token[0].isdigit()
    }
    names |= set(stems(unheld_words(question)))  # nothing else stands for these
    counted = _COUNTED.search(question) if kind is FigureKind.COUNT else None
    return Terms(
        weights={
            term: _NAMED if term in names else 1.0
            for term in stems(topic(question, settled))
            if term not in (kind, _ENGLAND)
        },
        figure=kind,
        counted=frozenset(stems(counted[1])[:2]) if counted else frozenset(),
        national=bool(_NATIONAL.search(question)),
    )
