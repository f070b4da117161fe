"""What leaves disclosure control: figures, and how far each can be from the truth."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.disclosure.bands import Dimension, Filters
from corpus.disclosure.wording import DISCLOSURE_LINE, WITHHELD


@dataclass(frozen=True, slots=True)
class Figure:
    """One count, mean, median or sum."""

    value: float | None
    """None where it is withheld, or where an exact mean has no rows."""
    within: float | None
    """How far the true figure can be from it; 0 where it is exact, None withheld."""
    exact: bool
    """True for what the viewer may read whole."""

    @property
    def shown(self) -> float | str:
        """The value for a table's cell, whole where it is whole; `c` where withheld."""
        if self.value is None:
            return "" if self.exact else WITHHELD
        return int(self.value) if self.value == int(self.value) else self.value


@dataclass(frozen=True, slots=True)
class Group:
    """One group's labels, in the order of the table's dimensions, and its figure."""

    labels: tuple[str, ...]
    figure: Figure


@dataclass(frozen=True)
class ProtectedTable:
    """Figures of one question, as its viewer may see them."""

    dimensions: tuple[Dimension, ...]
    groups: tuple[Group, ...]
    """Every combination of the dimensions' labels, withheld ones too."""
    total: Figure
    """Of all the filtered rows: worked out by itself, so not the groups' sum."""
    filters: Filters
    """As applied: snapped to published bands, unless all figures are exact."""
    snapped: tuple[str, ...]
    """A sentence for each filter that was widened."""

    @property
    def protected(self) -> bool:
        """Whether any figure is under disclosure control."""
        figures = (self.total, *(group.figure for group in self.groups))
        return not all(figure.exact for figure in figures)

    @property
    def line(self) -> str | None:
        """What to tell the reader beside the figures; None where all are exact."""
        return DISCLOSURE_LINE if self.protected else None
