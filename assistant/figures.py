"""Figures of an answer against those of its evidence: written alike, or rounded."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from assistant.ledger import Entry, Ledger
from corpus.models import Citation
from tools.search_documents import FoundPassages

_FIGURE: Final = re.compile(
    r"(?<![\w.])(?P<pound>£\s?)?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s?(?P<unit>%|(?:per\s?cent|billion|million|thousand|bn|mn|m|k)\b))?",
    re.IGNORECASE,
)
_SCALES: Final = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9,
    "billion": 1e9,
}  # fmt: skip
COARSEST: Final = 0.05
"""A figure in thousands, millions or billions is a rounding only where it is this near
to the value, as a share of it: so two digits at least. Our choice."""
_NOISE: Final = 1e-9
"""Room for binary fractions, as a share."""


@dataclass(frozen=True)
class Figure:
    """A figure as it is written."""

    digits: str
    """Without thousands separators or trailing zeros, to compare."""
    step: float
    """What one more in its last printed digit would be."""
    scale: float | None
    """Thousand, million or billion; None without such a word."""
    percent: bool
    pounds: bool

    @property
    def value(self) -> float:
        """The number that is meant, a percentage as it stands."""
        return round(float(self.digits) * (self.scale or 1), 4)


def figures(text: str) -> Iterator[Figure]:
    """Every figure of a text, in its order."""
    for match in _FIGURE.finditer(text):
        unit = (match["unit"] or "").casefold()
        decimals = len(match["digits"].partition(".")[2])
        yield Figure(
            digits=_comparable(match["digits"]),
            step=10.0**-decimals,
            scale=_SCALES.get(unit),
            percent=bool(unit) and unit not in _SCALES,
            pounds=bool(match["pound"]),
        )


@dataclass(frozen=True)
class KnownFigures:
    """What an answer may state: figures as written, and values that may be rounded."""

    written: tuple[Figure, ...]
    """In results, arguments, caveats and citations."""
    quoted: frozenset[str]
    """Digits of the question and of cited documents, where a unit may stand apart."""
    values: tuple[float, ...]
    """Numbers of results and arguments, without their sign, in order."""

    @classmethod
    def of(cls, question: str, ledger: Ledger) -> KnownFigures:
        """Of the question, and of all that its tools found."""
        dumped = [_dumped(entry) for entry in ledger.entries]
        quoted = [question, *_quoted(ledger)]
        texts = [text for item in dumped for text in _spoken(item)]
        texts += [text for entry in ledger.entries for text in _texts(entry)]
        texts += [part for citation in ledger.citations for part in _about(citation)]
        texts += [str(ledger.knowledge.as_at), str(ledger.knowledge.dataset.as_at)]
        every = (figure for text in (*texts, *quoted) for figure in figures(text))
        return cls(
            written=tuple(dict.fromkeys(every)),
            quoted=frozenset(f.digits for text in quoted for f in figures(text)),
            values=tuple(sorted({abs(v) for item in dumped for v in _numbers(item)})),
        )

    def hold(self, text: str) -> bool:
        """Whether every figure of a text stands in the evidence."""
        return all(map(self._stands, figures(text)))

    def _stands(self, figure: Figure) -> bool:
        if figure.digits in self.quoted:
            return True
        if figure.percent:
            return figure.digits in self._percents or self._is_share(figure)
        if (figure.scale or figure.pounds) and figure.value in self._amounts:
            return True
        if figure.scale:
            return self._is_rounded(figure)
        return figure.digits in self._digits or self._is_whole_pounds(figure)

    def _is_share(self, figure: Figure) -> bool:
        """A percentage that a known fraction rounds to."""
        return self._near(figure.value / 100, figure.step / 200)

    def _is_rounded(self, figure: Figure) -> bool:
        """Thousands, millions or billions that a known value rounds to."""
        half = figure.step * (figure.scale or 1) / 2
        return self._near(figure.value, min(half, COARSEST * figure.value))

    def _is_whole_pounds(self, figure: Figure) -> bool:
        """Pounds without pence that a known value rounds to."""
        return figure.pounds and figure.step == 1 and self._near(figure.value, 0.5)

    def _near(self, value: float, distance: float) -> bool:
        """Whether a known value is so near."""
        reach = distance + _NOISE * max(value, 1)
        at = bisect_left(self.values, value - reach)
        return at < len(self.values) and self.values[at] <= value + reach

    @cached_property
    def _digits(self) -> frozenset[str]:
        return frozenset(figure.digits for figure in self.written)

    @cached_property
    def _percents(self) -> frozenset[str]:
        return frozenset(figure.digits for figure in self.written if figure.percent)

    @cached_property
    def _amounts(self) -> frozenset[float]:
        """What figures with a scale word mean, and all others as they stand."""
        return frozenset(figure.value for figure in self.written if not figure.percent)


def _dumped(entry: Entry) -> list[Any]:
    """Data, arguments and cells of a call, as JSON holds them."""
    return [
        entry.result.data.model_dump(mode="json"),
        entry.call.arguments,
        [table.rows for table in entry.result.tables],
    ]


def _texts(entry: Entry) -> Iterator[str]:
    """What a result says beside its data: sizes of its tables, and caveats."""
    for table in entry.result.tables:
        yield " ".join((table.title, *table.columns))
        yield f"{len(table.rows)} of {table.total_rows} rows"
    yield from entry.result.caveats


def _quoted(ledger: Ledger) -> Iterator[str]:
    """What documents say: passages found, and quotations."""
    for entry in ledger.entries:
        if isinstance(entry.result.data, FoundPassages):
            yield from (passage.text for passage in entry.result.data.passages)
    yield from (cited.quote for cited in ledger.citations if cited.quote)


def _about(citation: Citation) -> tuple[str, str]:
    return citation.title, citation.locator


def _spoken(value: object) -> Iterator[str]:
    """Every text and number within, and the names of fields."""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        for item in value:
            yield from _spoken(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _numbers(value: object) -> Iterator[float]:
    """Every number within, but no truth value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


def _comparable(figure: str) -> str:
    bare = figure.replace(",", "").rstrip(".")
    if "." in bare:
        bare = bare.rstrip("0").rstrip(".")
    whole, point, rest = bare.partition(".")
    return f"{whole.lstrip('0') or '0'}{point}{rest}"
