"""Figures against those expected: value, unit, scale and rounding, each told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.models import Frozen
from evals.dataset import ExpectedFigure
from evals.scoring.verdict import Verdict, verdict

RELATIVE_TOLERANCE: Final = 0.005
"""Half a percent of the value, where no tolerance is given."""
WEEKS: Final = 365 / 7
"""Of a year."""

_SCALES: Final = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9,
    "billion": 1e9,
}  # fmt: skip
_FIGURE: Final = re.compile(
    r"(?<![\w.,])(?P<sign>[-−])?(?P<pound>£\s?)?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s?(?P<scale>k|thousand|million|billion|mn|bn|m)\b)?"
    r"(?P<percent>\s?%|\s?per\s?cent\b)?",
    re.IGNORECASE,
)
_PERIOD: Final = re.compile(
    r"\W{0,4}(?:\w+\)?\W{1,3}){0,4}?(?:an?|per|each|every|/|p)\s?"
    r"(?P<period>week|w\b|wk|year|annum|yr|month|night)\w*"
    r"|\W{0,3}(?P<adverb>weekly|annually|yearly|monthly)",
    re.IGNORECASE,
)
_PERIODS: Final = {
    "week": "week", "w": "week", "wk": "week", "weekly": "week",
    "year": "year", "annum": "year", "yr": "year", "annually": "year",
    "yearly": "year", "month": "month", "monthly": "month", "night": "night",
}  # fmt: skip
_FACTORS: Final = {
    "wrong_period": (WEEKS, 52.0, 12.0, 365.0),
    "percent_for_share": (100.0,),
    "wrong_scale": (1e3, 1e6, 1e9),
}
"""By which a figure is off that has another period, is a percentage, or another
scale."""


class ReadFigure(Frozen):
    """A figure as an answer states it."""

    value: float
    """With its scale: "£1.2 million" is 1,200,000; a percentage as it stands."""
    pounds: bool
    percent: bool
    period: str | None
    """The week, year, month or night that follows; None where none does."""
    half: float
    """Half of what one more in the last printed digit would be."""
    after: str
    """The words that follow, for other units."""

    def has_unit(self, unit: str | None) -> bool:
        """Whether it bears a unit; None is any."""
        if unit is None:
            return True
        if unit == "%":
            return self.percent
        if unit.startswith("£"):
            period = _PERIODS.get(re.split(r"[\s/]+", unit)[-1].casefold())
            return self.pounds and period in (None, self.period)
        return self.after.casefold().lstrip().startswith(unit.casefold().rstrip("s"))


def read_figures(text: str) -> Iterator[ReadFigure]:
    """Every figure of a text, in its order."""
    for match in _FIGURE.finditer(text):
        digits = match["digits"].rstrip(",")
        scale = _SCALES.get((match["scale"] or "").casefold(), 1.0)
        decimals = len(digits.partition(".")[2])
        after = text[match.end() : match.end() + 40]
        period = _PERIOD.match(re.split(r"[.;£\n]", after)[0])
        yield ReadFigure(
            value=float(digits.replace(",", "")) * scale * (-1 if match["sign"] else 1),
            pounds=bool(match["pound"]),
            percent=bool(match["percent"]),
            period=_period(period),
            half=10.0**-decimals * scale / 2,
            after=after,
        )


def _period(match: re.Match[str] | None) -> str | None:
    return (
        _PERIODS.get((match["period"] or match["adverb"]).casefold()) if match else None
    )


def score_figures(expected: Sequence[ExpectedFigure], text: str) -> Verdict:
    """Right where each expected figure stands in the text, with its unit."""
    held = list(read_figures(text))
    problems = []
    for figure in expected:
        if kind := _problem(figure, held):
            problems.append((kind, f"{_told(figure)}: {kind.replace('_', ' ')}"))
    return verdict("figures", problems)


def holds(figure: ExpectedFigure, text: str) -> bool:
    """Whether a text states a figure, with its unit."""
    return not _problem(figure, list(read_figures(text)))


def _problem(figure: ExpectedFigure, held: list[ReadFigure]) -> str:
    """The kind of error, the mildest that explains it; empty where it is right."""
    near = [one for one in held if _near(one.value, figure)]
    if any(one.has_unit(figure.unit) for one in near):
        return ""
    if near:
        period = any(one.pounds and one.period for one in near)
        wants_period = (figure.unit or "").startswith("£") and len(
            figure.unit or ""
        ) > 1
        return "wrong_period" if period and wants_period else "wrong_unit"
    if any(_rounded(one, figure) for one in held):
        return "rounded_too_far"
    for kind, factors in _FACTORS.items():
        for factor in factors:
            if any(_off_by(one, figure, factor) for one in held):
                return kind
    return "absent"


def _near(value: float, figure: ExpectedFigure) -> bool:
    reach = figure.tolerance
    if reach is None:
        reach = RELATIVE_TOLERANCE * abs(figure.value)
    return abs(value - figure.value) <= reach + 1e-9


def _rounded(one: ReadFigure, figure: ExpectedFigure) -> bool:
    """A rounding of the value with two digits or more, yet outside the tolerance."""
    exact = abs(one.value - figure.value) <= one.half
    return exact and abs(one.value) >= 20 * one.half


def _off_by(one: ReadFigure, figure: ExpectedFigure, factor: float) -> bool:
    scaled = (one.value * factor, one.value / factor)
    return any(_near(value, figure) for value in scaled)


def _told(figure: ExpectedFigure) -> str:
    unit = f" {figure.unit}" if figure.unit else ""
    return f"{figure.value:,.10g}{unit}"
