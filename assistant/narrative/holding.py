"""The check on a narrative: each figure stands in the sources cited beside it.

It is the check on every answer, and stricter: where an answer may take a figure from
any call that ran, a sentence here may take one only from what it cites itself, so that
a document of many calls cannot hold a figure by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from assistant.checking import resolves, strike
from assistant.exporting import (
    Block,
    Bullets,
    Figure,
    Lead,
    Note,
    Paragraph,
    Quotation,
    TableBlock,
    ToComplete,
)
from assistant.figures import KnownFigures
from assistant.ledger import MARKER, Ledger
from corpus.charts import Chart
from corpus.models import Table

_MARKED: Final = re.compile(r"\s*\[\d{1,3}\]")


@dataclass
class Check:
    """Holds blocks to the ledger that they were written from."""

    ledger: Ledger
    struck: list[str] = field(default_factory=list)
    """What did not hold: sentences, and captions of tables and figures."""
    _known: dict[frozenset[int], KnownFigures] = field(default_factory=dict)

    def holding(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks without what does not hold."""
        for block in blocks:
            kept = self._kept(block)
            if kept is not None:
                yield kept

    def _kept(self, block: Block) -> Block | None:
        """The block, with what holds of it; None where nothing does."""
        match block:
            case Lead(text=text) | Paragraph(text=text):
                kept, struck = strike(text, self.holds)
                self.struck += struck
                return block.model_copy(update={"text": kept}) if kept else None
            case Bullets(items=items) | ToComplete(items=items):
                held = tuple(item for item in items if self._noted(item))
                return block.model_copy(update={"items": held}) if held else None
        return block if self._stands(block) else None

    def _stands(self, block: Block) -> bool:
        """Whether a block holds that is kept or left out as a whole."""
        match block:
            case Note(text=text):
                holds = self._noted(text)
            case Quotation():
                holds = self._is_quoted(block)
            case TableBlock(table=table, caption=caption):
                holds = self._shows(caption, _cells(table))
            case Figure(chart=chart, caption=caption):
                holds = self._shows(caption, _drawn(chart))
            case _:
                holds = True
        return holds

    def holds(self, text: str) -> bool:
        """Whether each marker of a text resolves, and each figure stands in what the
        text cites."""
        bare = _MARKED.sub("", text)
        return resolves(text, self.ledger) and self._by(text).hold(bare)

    def _noted(self, text: str) -> bool:
        """Whether a text holds as a whole; it is kept among the struck if not."""
        if self.holds(text):
            return True
        self.struck.append(text)
        return False

    def _is_quoted(self, block: Quotation) -> bool:
        """Whether the words are those of the one citation that stands beside them."""
        cited = [self.ledger.citation(int(at)) for at in MARKER.findall(block.source)]
        words = [" ".join((c.quote or "").split()) for c in cited if c]
        said = block.text.removeprefix("“").removesuffix("”")
        if len(words) == 1 and said in words[0] and resolves(block.source, self.ledger):
            return True
        self.struck.append(block.text)
        return False

    def _shows(self, caption: str, values: Iterable[str]) -> bool:
        """Whether every value of a table or chart stands in what its caption cites."""
        known = self._by(caption)
        if self.holds(caption) and all(map(known.hold, values)):
            return True
        self.struck.append(caption)
        return False

    def _by(self, text: str) -> KnownFigures:
        """The figures known by the sources that a text cites."""
        markers = frozenset(int(number) for number in MARKER.findall(text))
        if markers not in self._known:
            self._known[markers] = KnownFigures.of("", self.ledger.only(markers))
        return self._known[markers]


def _cells(table: Table) -> Iterator[str]:
    yield from table.columns
    for row in table.rows:
        yield from (str(cell) for cell in row if cell is not None)


def _drawn(chart: Chart) -> Iterator[str]:
    """Labels and values of a chart, percentages with their sign."""
    unit = "%" if chart.y_label.startswith("%") else ""
    yield from (*chart.categories, *chart.x_names)
    for series in chart.series:
        known = (value for value in series.values if value is not None)
        yield from (f"{value:.12g}{unit}" for value in known)
