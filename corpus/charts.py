"""Charts as data: what is drawn where, apart from whatever draws it.

A chart always has a table twin in the same result, so nothing is told by a picture
alone.
"""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from corpus.models import Frozen

ChartKind = Literal[
    "bars", "histogram", "lines", "fan", "plane", "intervals", "tornado"
]
"""What the series mean:

bars: one value for each of `categories`, series side by side; the bars lie, so that x
    is their values' axis and y that of the categories, as of intervals and tornadoes.
histogram: bars over ranges of x; `categories` names them, and `x` holds their edges,
    one more than there are ranges.
lines: y over x, one line a series.
fan: lines, of which "P10" and "P90" bound a band around "P50".
plane: `grid[row][column]` over `y` (rows) and `x` (columns).
intervals: for each of `categories`, series "low", "value" and "high".
tornado: for each of `categories`, series "low" and "high" about `baseline`.
"""


class Series(Frozen):
    """One named run of values."""

    name: str
    values: tuple[float | None, ...]
    """As many as the chart has categories or x values; None where there is none."""


class Mark(Frozen):
    """A line across the chart, such as a quote on a distribution of prices."""

    axis: Literal["x", "y"]
    value: float
    label: str


class Chart(Frozen):
    """One picture: the kind, its axes and its values."""

    kind: ChartKind
    title: str
    x_label: str
    """With its unit, such as "£ a week"."""
    y_label: str
    categories: tuple[str, ...] = ()
    """Labels of bars, intervals and tornadoes; empty for the other kinds."""
    x: tuple[float, ...] = ()
    """Positions along the x axis, of lines, fans and planes; edges of a histogram."""
    x_names: tuple[str, ...] = ()
    """Labels of those positions where they are no plain numbers, such as months."""
    y: tuple[float, ...] = ()
    """Positions along the y axis, of planes."""
    series: tuple[Series, ...] = ()
    grid: tuple[tuple[float, ...], ...] = ()
    """Values of a plane."""
    grid_label: str = ""
    """What a plane's values are, with their unit."""
    marks: tuple[Mark, ...] = ()
    baseline: float | None = None
    """Where a tornado's bars start; None for the other kinds."""

    @model_validator(mode="after")
    def _lengths_agree(self) -> Chart:
        length = len(self.categories) or len(self.x)
        if self.kind == "histogram" and len(self.x) != length + 1:
            raise ValueError(f"{self.title!r} must have {length + 1} edges in x")
        if any(len(series.values) != length for series in self.series):
            raise ValueError(f"each series of {self.title!r} must have {length} values")
        if self.grid and [len(row) for row in self.grid] != [len(self.x)] * len(self.y):
            raise ValueError(f"the grid of {self.title!r} must be len(y) by len(x)")
        return self
