"""Charts as pictures: PNG or SVG, for a report or a slide."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus.charts import Chart, ChartKind, Series
from corpus.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

FORMATS: Final = (".png", ".svg")

_COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's palette, which colour-blind readers can tell apart."""
_SERIES_STYLES: Final = ("-", "--")
"""Of the first series in each colour, and of the next."""
_MARK_STYLES: Final = ("--", ":", "-.", (0, (1, 4)))
_SIZE: Final = (8.0, 4.5)
"""Inches."""
_SHORT_NAME: Final = 30
"""Characters of the longest name of which three stand side by side in a legend."""
_TITLE_WIDTH: Final = 80
"""Characters of a title's line that fit the width."""


def draw(chart: Chart, path: Path) -> None:
    """Write a chart to a file, PNG or SVG by its suffix.

    Raises:
        UsageError: for another suffix, or a path that cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise UsageError(
            f"{path.name!r} is neither PNG nor SVG.", "Name it .png or .svg."
        )
    import matplotlib
    from matplotlib.figure import Figure

    # Fixed, so that equal charts give equal files; text stays text.
    with matplotlib.rc_context({"svg.hashsalt": "placements", "svg.fonttype": "none"}):
        figure = Figure(figsize=_SIZE, layout="constrained")
        axes = figure.add_subplot()
        _DRAWN[chart.kind](chart, axes)
        _label(chart, axes)
        metadata = {"Date": None} if path.suffix.lower() == ".svg" else {}
        try:
            figure.savefig(path, dpi=150, metadata=metadata)
        except OSError as error:
            raise UsageError(
                f"{str(path)!r} cannot be written: {error.strerror or error}.",
                "Choose another folder.",
            ) from error


def _label(chart: Chart, axes: Axes) -> None:
    figure = axes.figure
    figure.suptitle(_plain(textwrap.fill(chart.title, _TITLE_WIDTH)))
    axes.set_xlabel(_plain(chart.x_label))
    axes.set_ylabel(_plain(chart.y_label))
    for at, mark in enumerate(chart.marks):
        line = axes.axvline if mark.axis == "x" else axes.axhline
        style = _MARK_STYLES[at % len(_MARK_STYLES)]
        line(mark.value, color="black", linestyle=style, label=_plain(mark.label))
    names = axes.get_legend_handles_labels()[1]
    if names and (len(chart.series) > 1 or chart.marks):
        columns = 3 if max(map(len, names)) <= _SHORT_NAME else 2
        figure.legend(loc="outside lower center", ncols=columns, frameon=False)
    if chart.x_names:
        every = max(1, len(chart.x_names) // 8)
        names = [_plain(name) for name in chart.x_names[::every]]
        axes.set_xticks(chart.x[::every], names, rotation=30, ha="right")
    for axis in (axes.xaxis, axes.yaxis):
        _plain_numbers(axis)


def _plain_numbers(axis: Axis) -> None:
    """Ticks such as 7,500 and 1.2m, never a power of ten at the axis's end."""
    from matplotlib.ticker import FuncFormatter, ScalarFormatter

    if not isinstance(axis.get_major_formatter(), ScalarFormatter):
        return
    millions = max(map(abs, axis.get_view_interval())) >= 1e6
    unit, name = (1e6, "m") if millions else (1.0, "")
    axis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value / unit:,.6g}{name if value else ''}")
    )


def _plain(text: str) -> str:
    """Text with no dollar sign that would be taken for mathematics."""
    return text.replace("$", r"\$")


def _numbers(series: Series) -> list[float]:
    return [float("nan") if value is None else value for value in series.values]


def _bars(chart: Chart, axes: Axes) -> None:
    import numpy as np

    positions, width = np.arange(len(chart.categories)), 0.8 / len(chart.series)
    for at, series in enumerate(chart.series):
        offset = (at - (len(chart.series) - 1) / 2) * width
        axes.barh(
            positions + offset, _numbers(series), width,
            label=_plain(series.name), color=_COLOURS[at % len(_COLOURS)],
        )  # fmt: skip
    axes.set_yticks(positions, [_plain(name) for name in chart.categories])
    axes.invert_yaxis()


def _histogram(chart: Chart, axes: Axes) -> None:
    for at, series in enumerate(chart.series):
        axes.stairs(
            _numbers(series), chart.x, fill=True, alpha=0.8,
            label=_plain(series.name), color=_COLOURS[at % len(_COLOURS)],
        )  # fmt: skip


def _lines(chart: Chart, axes: Axes) -> None:
    for at, series in enumerate(chart.series):
        colour = _COLOURS[at % len(_COLOURS)]
        style = _SERIES_STYLES[at // len(_COLOURS) % len(_SERIES_STYLES)]
        name, values = _plain(series.name), _numbers(series)
        axes.plot(
            chart.x, values, label=name, color=colour, linestyle=style, marker="o"
        )
    if axes.get_ylim()[0] > 0:
        axes.set_ylim(0, 1.1 * axes.get_ylim()[1])  # no change is to look a large one


def _fan(chart: Chart, axes: Axes) -> None:
    held = {series.name: _numbers(series) for series in chart.series}
    low, high = held.pop("P10", None), held.pop("P90", None)
    if low is not None and high is not None:
        axes.fill_between(
            chart.x, low, high, color=_COLOURS[0], alpha=0.25, label="P10 to P90"
        )
    for at, (name, values) in enumerate(held.items()):
        axes.plot(chart.x, values, label=_plain(name), color=_COLOURS[at])


def _plane(chart: Chart, axes: Axes) -> None:
    shade = axes.pcolormesh(chart.x, chart.y, chart.grid, cmap="PuOr", shading="auto")
    bar = axes.figure.colorbar(shade, ax=axes, label=_plain(chart.grid_label))
    _plain_numbers(bar.ax.yaxis)
    lowest = min(min(row) for row in chart.grid)
    if lowest < 0 < max(max(row) for row in chart.grid):
        axes.contour(chart.x, chart.y, chart.grid, levels=[0], colors="black")


def _intervals(chart: Chart, axes: Axes) -> None:
    held = {series.name: _numbers(series) for series in chart.series}
    positions = range(len(chart.categories))
    axes.hlines(list(positions), held["low"], held["high"], color=_COLOURS[0])
    axes.plot(held["value"], list(positions), "o", color=_COLOURS[1])
    axes.set_yticks(list(positions), [_plain(name) for name in chart.categories])
    axes.invert_yaxis()


def _tornado(chart: Chart, axes: Axes) -> None:
    start, positions = chart.baseline or 0.0, range(len(chart.categories))
    for at, series in enumerate(chart.series):
        widths = [value - start for value in _numbers(series)]
        axes.barh(
            list(positions), widths, left=start,
            label=_plain(series.name), color=_COLOURS[at % len(_COLOURS)],
        )  # fmt: skip
    axes.axvline(start, color="black")
    axes.set_yticks(list(positions), [_plain(name) for name in chart.categories])
    axes.invert_yaxis()


_DRAWN: Final[dict[ChartKind, Callable[[Chart, Any], None]]] = {
    "bars": _bars,
    "histogram": _histogram,
    "lines": _lines,
    "fan": _fan,
    "plane": _plane,
    "intervals": _intervals,
    "tornado": _tornado,
}
