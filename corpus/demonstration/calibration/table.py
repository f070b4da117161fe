"""The calibration table: each published figure beside the region's own."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

from corpus.models import Frozen

if TYPE_CHECKING:
    from corpus.dataset import Dataset

COLUMNS: Final = (
    "Figure", "Of", "Published", "Region", "Tolerance", "Within", "Source",
)  # fmt: skip

Unit = Literal["%", "£", "£ a year", "children", "none"]


class PublishedAim(Frozen):
    """One published figure; `published.toml` says what each field is."""

    key: str
    label: str
    source: str
    date: str
    value: float | None = None
    stated: str | None = None
    low: float
    high: float
    unit: Unit
    price_year: str | None = None


class CalibrationRow(Frozen):
    """One line of the calibration table."""

    figure: str
    source: str
    """Publisher, title and date of publication."""
    date: str
    """The day or year that the figure speaks of."""
    published: str
    """As published, with its unit."""
    region: float
    """The region's own, in the same unit; NaN where it has nothing to measure."""
    shown: str
    """The region's own as printed."""
    tolerance: str
    """The range in which the region's own must lie."""
    within: bool
    price_year: str | None
    """Year whose prices the figure is in; None where it is not of money."""


def calibration_table(dataset: Dataset) -> tuple[CalibrationRow, ...]:
    """Every published figure beside the region's own.

    Args:
        dataset: The tables of a demonstration region of full size. A smaller one can
            be measured, but its figures rest on too few children to be held to these.

    Raises:
        TableError: where a table is missing or damaged.
    """
    from corpus.demonstration.calibration.measures import measure

    held = published()
    measured = measure(dataset, {aim.key: aim.price_year for aim in held.figures})
    return tuple(
        _row(aim, held.sources[aim.source], measured[aim.key]) for aim in held.figures
    )


def calibration_lines(rows: tuple[CalibrationRow, ...]) -> list[str]:
    """The table as lines of Markdown, its sources, and how many figures are met."""
    sources = list(dict.fromkeys(row.source for row in rows))
    cells: list[tuple[str, ...]] = [COLUMNS]
    cells += [
        (
            row.figure,
            row.date,
            row.published,
            row.shown,
            row.tolerance,
            "yes" if row.within else "no",
            f"[{sources.index(row.source) + 1}]",
        )
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, tuple("-" * width for width in widths))
    met = sum(row.within for row in rows)
    return [
        *(_line(line, widths) for line in cells),
        "",
        *(f"{number}. {source}" for number, source in enumerate(sources, start=1)),
        "",
        f"{met} of {len(rows)} figures are within tolerance.",
    ]


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


class PublishedFigures(Frozen):
    """All of `published.toml`."""

    sources: dict[str, str]
    figures: tuple[PublishedAim, ...]


@cache
def published() -> PublishedFigures:
    """The packaged figures."""
    text = files(__package__).joinpath("published.toml").read_text(encoding="utf-8")
    return PublishedFigures.model_validate(tomllib.loads(text))


def _row(aim: PublishedAim, source: str, own: float) -> CalibrationRow:
    stated = aim.stated
    if stated is None and aim.value is not None:
        stated = _printed(aim.value, aim.unit)
    return CalibrationRow(
        figure=aim.label,
        source=source,
        date=aim.date,
        published=stated or "",
        region=own,
        shown=_printed(own, aim.unit),
        tolerance=f"{_printed(aim.low, aim.unit)} to {_printed(aim.high, aim.unit)}",
        within=aim.low <= own <= aim.high,
        price_year=aim.price_year,
    )


def _printed(value: float, unit: Unit) -> str:
    if unit == "%":
        return f"{value:.1f}%"
    if unit == "none":
        return f"{value:.2f}"
    return f"{value:,.0f}" if unit == "children" else f"£{value:,.0f}"
