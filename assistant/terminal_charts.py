"""Charts as text: what a terminal, a log or an e-mail can show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from corpus.charts import Chart, ChartKind, Series
from corpus.text import clean_text

_COLOURS: Final = ("blue", "orange", "green", "magenta", "cyan", "red")
_SHADES: Final = " .:-=+*#%@"
"""From the least to the most of a plane's values."""
_CROSSING: Final = "|"
_LEAST: Final = (40, 10)
"""Columns and lines below which no chart is squeezed."""


def drawn(chart: Chart, width: int, height: int, colour: bool) -> str:
    """The chart in `width` columns and `height` lines, or a few more where it must."""
    if chart.kind == "plane":
        return _plane(chart, width, height)
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    if chart.kind in ("intervals", "tornado"):
        height = min(height, 2 * len(chart.categories) + 4)
    plotext.plot_size(max(width, _LEAST[0]), max(height, _LEAST[1]))
    _DRAWN[chart.kind](chart, plotext)
    plotext.title(clean_text(chart.title))
    plotext.xlabel(clean_text(chart.x_label))
    plotext.ylabel(clean_text(chart.y_label))
    for mark in chart.marks:
        line = plotext.vline if mark.axis == "x" else plotext.hline
        line(mark.value, "red")
    picture = str(plotext.build())
    plotext.clear_figure()
    if not colour:
        picture = str(plotext.uncolorize(picture))
    lines = [line.rstrip() for line in picture.splitlines()]
    return "\n".join([*lines, *_legend(chart)]) + "\n"


def _legend(chart: Chart) -> list[str]:
    """What a picture without names at its lines leaves out."""
    return [f"| {clean_text(mark.label)}: {mark.value:,.10g}" for mark in chart.marks]


def _numbers(series: Series) -> list[float]:
    return [0.0 if value is None else value for value in series.values]


def _bars(chart: Chart, plot: Any) -> None:
    names = [clean_text(name) for name in chart.categories]
    values = [_numbers(series) for series in chart.series]
    labels = [clean_text(series.name) for series in chart.series]
    if len(values) == 1:
        plot.bar(names[::-1], values[0][::-1], orientation="horizontal", width=0.6)
        return
    plot.multiple_bar(
        names[::-1], [v[::-1] for v in values], labels=labels,
        orientation="horizontal", color=list(_COLOURS[: len(values)]),
    )  # fmt: skip


def _histogram(chart: Chart, plot: Any) -> None:
    middles = [(a + b) / 2 for a, b in zip(chart.x, chart.x[1:], strict=False)]
    for at, series in enumerate(chart.series):
        plot.bar(
            middles, _numbers(series), width=0.9, color=_COLOURS[at % len(_COLOURS)],
            label=clean_text(series.name),
        )  # fmt: skip


def _lines(chart: Chart, plot: Any) -> None:
    for at, series in enumerate(chart.series):
        pairs = zip(chart.x, series.values, strict=True)
        held = [(x, y) for x, y in pairs if y is not None]
        if held:
            xs, ys = zip(*held, strict=True)
            name = clean_text(series.name)
            plot.plot(xs, ys, label=name, color=_COLOURS[at % len(_COLOURS)])
    if chart.x_names:
        every = max(1, len(chart.x_names) // 6)
        names = [clean_text(name) for name in chart.x_names[::every]]
        plot.xticks(list(chart.x[::every]), names)


def _spans(chart: Chart, plot: Any) -> None:
    """Intervals and tornadoes: for each category, a line from low to high."""
    held = {series.name: _numbers(series) for series in chart.series}
    low, *_, high = held.values()
    if chart.kind == "intervals":
        low, high = held["low"], held["high"]
    places = list(range(len(chart.categories), 0, -1))
    for place, least, most in zip(places, low, high, strict=True):
        plot.plot([least, most], [place, place], color=_COLOURS[0])
    if "value" in held:
        plot.scatter(held["value"], places, color=_COLOURS[1], marker="o")
    if chart.baseline is not None:
        plot.vline(chart.baseline, _COLOURS[1])
    plot.yticks(places, [clean_text(name) for name in chart.categories])


def _plane(chart: Chart, width: int, height: int) -> str:
    """A plane as shaded cells, with its least and most told beneath."""
    values = [value for row in chart.grid for value in row]
    least, most = min(values), max(values)
    scale = (len(_SHADES) - 1) / ((most - least) or 1)
    every = max(1, -(-len(chart.y) // max(height, _LEAST[1])))
    cell = max(1, (max(width, _LEAST[0]) - 12) // max(len(chart.x), 1))
    lines = [
        f"{y:>10,.4g} |"
        + "".join(
            _cell(_SHADES[int((value - least) * scale)], cell, before * value < 0)
            for before, value in zip((0.0, *row), row, strict=False)
        )
        for y, row in list(zip(chart.y, chart.grid, strict=True))[::-every]
    ]
    ends = f"{chart.x[0]:,.4g}", f"{chart.x[-1]:,.4g}"
    gap = " " * max(1, cell * len(chart.x) - len(ends[0]) - len(ends[1]))
    return "\n".join(
        [
            clean_text(chart.title),
            clean_text(chart.y_label),
            *lines,
            " " * 12 + ends[0] + gap + ends[1],
            " " * 12 + clean_text(chart.x_label),
            f"{clean_text(chart.grid_label)}: from {least:,.0f} ({_SHADES[0]!r})"
            f" to {most:,.0f} ({_SHADES[-1]!r})"
            + (f"; {_CROSSING} where it crosses 0" if least < 0 < most else ""),
            "",
        ]
    )


def _cell(shade: str, width: int, crossing: bool) -> str:
    """One cell of a plane, with a mark before it where the values change sign."""
    return _CROSSING + shade * (width - 1) if crossing else shade * width


_DRAWN: Final[dict[ChartKind, Callable[[Chart, Any], None]]] = {
    "bars": _bars,
    "histogram": _histogram,
    "lines": _lines,
    "fan": _lines,
    "intervals": _spans,
    "tornado": _spans,
}
