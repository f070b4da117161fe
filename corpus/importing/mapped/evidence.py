"""What the header and the values of a column say for each field."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from corpus.importing.cells import Unreadable, is_blank
from corpus.importing.dates import read_date
from corpus.importing.mapped.cell_kinds import CellReader
from corpus.importing.mapped.fields import CellKind, SheetField
from corpus.importing.mapped.headers import header_fit
from corpus.importing.sheets import Sheet

_SAMPLE: Final = 120
"""Distinct values of a column that are looked at."""
_TELLING: Final = (
    CellKind.PLACEMENT_TYPE,
    CellKind.DATE,
    CellKind.YES_NO,
    CellKind.GENDER,
    CellKind.AUTHORITY,
    CellKind.POSTCODE,
    CellKind.RATING,
)
"""Kinds whose values can be told from free text."""
_IDENTIFIERS: Final = (CellKind.IDENTIFIER, CellKind.CHILD)
_BLANK_COLUMN: Final = 0.9
"""Part of a header's fit that is left where a column has no values."""
_HEADER_ALONE: Final = 0.55
"""Part of a header's fit that is left where no value can be read as the field."""
_HEADER_SAYS: Final = 0.45
"""Header fit below which a field is judged by values alone."""
_ALL_BUT_A_FEW: Final = 0.9
_ID: Final = re.compile(r"(?:[A-Z]{0,5}[-_/ ]?)?[0-9]{2,12}[A-Z]?", re.I)
_AMOUNT: Final = re.compile(
    r"£.*[0-9].*|[0-9]{3,5}(?:\.[0-9]{2})|[0-9]{1,2},[0-9]{3}(?:\.[0-9]{2})?|[0-9]+.*p\.?w"
)
_LOOKS: Final = {
    CellKind.MONEY: _AMOUNT,
    CellKind.URN: re.compile(r"SC ?[0-9]{6}|[0-9]{7}"),
}
"""Kinds that more is asked of where no header says what a column holds."""


@dataclass(frozen=True)
class Column:
    """One column of a sheet with a sample of its values."""

    name: str
    sample: tuple[str, ...]
    """Distinct values, the most frequent first, blanks left out."""
    filled: float
    """Share of its cells that are not blank."""
    reader: CellReader

    @classmethod
    def of(cls, sheet: Sheet, name: str, reader: CellReader) -> Column:
        """A column of a sheet by its name."""
        texts = [row.cells[name] for row in sheet.rows]
        counted = Counter(text for text in texts if not is_blank(text))
        common = sorted(counted, key=lambda text: (-counted[text], text))[:_SAMPLE]
        filled = counted.total() / len(texts) if texts else 0.0
        return cls(name, tuple(common), filled, reader)

    def confidence(self, field: SheetField) -> float:
        """How likely it is that the column holds a field, 0 to 1."""
        header = header_fit(self.name, field.headers)
        if header < _HEADER_SAYS:
            return field.by_values * self._looks(field.cell)
        if not self.sample:
            return _BLANK_COLUMN * header
        fits = self._fits(field.cell)
        return header * (_HEADER_ALONE + (1 - _HEADER_ALONE) * fits)

    def _fits(self, kind: CellKind) -> float:
        """Share of the values that a kind can be read from, judged strictly."""
        if kind in _IDENTIFIERS and self._matching(_ID) >= _ALL_BUT_A_FEW:
            return 1.0
        if kind is CellKind.TEXT or kind in _IDENTIFIERS:
            strangest = max(self._shares[each] for each in _TELLING)
            return 1.0 - (strangest if strangest > 0.5 else 0.0)
        return self.reader.readable(kind, self.sample) or 0.0

    @cached_property
    def _shares(self) -> dict[CellKind, float]:
        return {
            kind: self.reader.readable(kind, self.sample) or 0.0 for kind in _TELLING
        }

    def _looks(self, kind: CellKind) -> float:
        """Share of the values that look like a kind and like nothing else; or 0."""
        if not self.sample:
            return 0.0
        if kind in _LOOKS:
            share = self._matching(_LOOKS[kind])
        elif kind is CellKind.CHILD:
            distinct = len(self.sample) > 1
            share = self._matching(_ID) if distinct and not self._is_other() else 0.0
        else:
            share = self.reader.readable(kind, self.sample) or 0.0
        return share if share >= _ALL_BUT_A_FEW else 0.0

    def _matching(self, pattern: re.Pattern[str]) -> float:
        return sum(bool(pattern.fullmatch(v)) for v in self.sample) / len(self.sample)

    def _is_other(self) -> bool:
        """Whether most values are dates, amounts, ages or marks, not identifiers."""
        worded = [text for text in self.sample if not text.isdigit()]
        dates = sum(self.reader.readable(CellKind.DATE, [text]) == 1 for text in worded)
        shares = [
            dates / len(self.sample),
            self.reader.readable(CellKind.AGE, self.sample) or 0.0,
            self.reader.readable(CellKind.YES_NO, self.sample) or 0.0,
            self._matching(_AMOUNT),
        ]
        return max(shares) > 0.5

    def births(self) -> bool:
        """Whether its dates are spread as dates of birth rather than of events."""
        years = []
        for text in self.sample:
            try:
                day = read_date(text).value
            except Unreadable:
                continue
            years += [day.year] if day else []
        return bool(years) and max(years) - min(years) > 7
