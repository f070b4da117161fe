"""How the forecasts would have done: `python -m evals.backtests DATA_DIR`.

Each forecast is made as if a past day were today, from what was in force by then, and
held against what came. The data directory must hold a demonstration, since the outcomes
are exact.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Final

from corpus.models import Frozen
from corpus.viewer import Viewer

if TYPE_CHECKING:
    from corpus.dataset import Dataset
    from tools.forecasting import Place

YEARS: Final = 3
"""How far ahead outcomes are looked at."""
FIRST_QUARTER: Final = 4
"""Quarters of history before the first forecast."""
EVERY: Final = 2
"""Quarters between forecasts."""
FEWEST: Final = 6
"""Children, at the outset, in a type or band that is judged: of fewer, an eight in ten
range of whole numbers holds nearly all outcomes, or nearly none."""


class Case(Frozen):
    """One forecast and its outcome."""

    what: str
    """Such as "spend" or "children: fostering"."""
    seen_by: str
    """Who made it: "own council", "others" of one authority, or "region" of all."""
    made_on: date
    years: int
    """Ahead: a year's spend, or the children at its end."""
    p10: float
    p50: float
    p90: float
    actual: float
    by_trend: float | None = None
    """Last year's spend plus trend; None for children, and where not known."""

    @property
    def inside(self) -> bool:
        """Whether the outcome lies from P10 to P90."""
        return self.p10 <= self.actual <= self.p90


def cases(dataset: Dataset) -> Iterator[Case]:
    """Every forecast that can be judged.

    Raises:
        UsageError: where the tables are real.
    """
    from corpus.disclosure.quarters import quarter_ends
    from corpus.disclosure.reading import listed_authorities

    assert dataset.as_at is not None
    days = quarter_ends(dataset.as_at, 20)
    councils = sorted(listed_authorities(dataset, "placements", EVALUATOR))
    for day in days[FIRST_QUARTER:-4:EVERY]:
        yield from _made(Forecast(dataset, Viewer(), None, day, "region"))
        for name in councils:
            own = Viewer(role="council", local_authority=name)
            yield from _made(Forecast(dataset, own, name, day, "own council"))
            yield from _made(Forecast(dataset, Viewer(), name, day, "others"))


EVALUATOR: Final = Viewer(role="evaluator")


@dataclass(frozen=True)
class Forecast:
    """One forecast to make and judge."""

    dataset: Dataset
    viewer: Viewer
    local_authority: str | None
    made_on: date
    seen_by: str

    @property
    def place(self) -> Place:
        """What the tools are asked for."""
        from tools.forecasting import Place

        return Place(self.dataset, self.viewer, self.local_authority, self.made_on)

    @property
    def years(self) -> int:
        """Whole years of outcomes."""
        last = self.dataset.as_at
        assert last is not None
        months = (last.year - self.made_on.year) * 12 + last.month - self.made_on.month
        return min(months // 12, YEARS)


def _made(forecast: Forecast) -> Iterator[Case]:
    from tools.forecasting import project, why_not

    if why_not(forecast.place) is None:
        found = project(forecast.place, 12 * forecast.years)
        yield from _children(forecast, found.futures)
        yield from _spend(forecast, found)


def _children(forecast: Forecast, futures: object) -> Iterator[Case]:
    """Children at each year's end: all, by type and by age."""
    import numpy as np

    from corpus.disclosure.flows import AGES, TYPES, flows
    from tools.simulation import Futures

    assert isinstance(futures, Futures)
    model = futures.model
    kinds = np.arange(2 * len(TYPES)) // 2
    then = flows(
        forecast.dataset, EVALUATOR, forecast.local_authority, forecast.made_on
    )
    for years in range(1, forecast.years + 1):
        day = _later(forecast.made_on, years)
        came = flows(forecast.dataset, EVALUATOR, forecast.local_authority, day)
        children = futures.children[:, 4 * years]
        judged = [("all", children.sum(axis=1), came.children[-1], then.children[-1])]
        for at, name in enumerate(TYPES):
            chosen = kinds[model.kind] == at
            draws = children[:, chosen].sum(axis=1)
            judged.append((name, draws, came.by_type[-1, at], then.by_type[-1, at]))
        for at, name in enumerate(AGES):
            draws = children[:, model.age == at].sum(axis=1)
            judged.append((f"aged {name}", draws, came.by_age[at], then.by_age[at]))
        for name, draws, actual, at_first in judged:
            if at_first >= FEWEST:
                yield _case(forecast, f"children: {name}", years, draws, float(actual))


def _spend(forecast: Forecast, found: object) -> Iterator[Case]:
    """Each year's pounds."""
    import numpy as np

    from corpus.disclosure.past_spend import Paid
    from tools.forecasting import Projection
    from tools.price_growth import growth_by_type
    from tools.spend_model import prices_of, spend_futures
    from tools.spend_periods import by_trend, history_of

    assert isinstance(found, Projection)
    growth = growth_by_type(forecast.dataset, forecast.made_on)
    prices = prices_of(found.own, found.region)
    months = 12 * forecast.years
    priced = spend_futures(found.futures, prices, growth, forecast.made_on, months)
    pounds = np.nansum(priced.live + priced.new, axis=2)
    place, paid = forecast.place, Paid(forecast.local_authority)
    history = history_of(place, paid, found.own)
    for years in range(1, forecast.years + 1):
        share = np.zeros(months)
        share[12 * years - 12 : 12 * years] = 1.0
        came = _spent(forecast, years)
        if came is not None:
            trend = by_trend(history, share)
            yield _case(forecast, "spend", years, pounds @ share, came, trend)


def _spent(forecast: Forecast, years: int) -> float | None:
    """Pounds in one year ahead, exactly."""
    from corpus.disclosure.past_spend import Paid, past_spend

    one = timedelta(days=1)
    start, end = (_later(forecast.made_on, y) + one for y in (years - 1, years))
    paid = Paid(forecast.local_authority)
    return past_spend(forecast.dataset, EVALUATOR, paid, start, end)


def _later(day: date, years: int) -> date:
    from corpus.disclosure.quarters import month_shifted

    return month_shifted(day, 12 * years)


def _case(
    forecast: Forecast,
    what: str,
    years: int,
    draws: object,
    actual: float,
    trend: float | None = None,
) -> Case:
    import numpy as np

    low, middle, high = np.quantile(np.asarray(draws), (0.1, 0.5, 0.9)).tolist()
    return Case(
        what=what,
        seen_by=forecast.seen_by,
        made_on=forecast.made_on,
        years=years,
        p10=low,
        p50=middle,
        p90=high,
        actual=actual,
        by_trend=trend,
    )


def report(found: Sequence[Case]) -> Iterator[str]:
    """The tables of docs/forecasting.md, line by line."""
    yield "### Share of outcomes from P10 to P90"
    yield ""
    yield "| forecast | made by | years ahead | cases | inside | below P10 | width |"
    yield "|---|---|---|---|---|---|---|"
    yield from _coverage(found, lambda case: "all forecasts", by_year=False)
    yield from _coverage(found, lambda case: _subject(case.what), by_year=False)
    yield from _coverage(found, lambda case: _subject(case.what), by_year=True)
    yield ""
    yield "### Mean absolute error of a year's spend"
    yield ""
    yield "| made by | years ahead | cases | P50 | last year's spend plus trend |"
    yield "|---|---|---|---|---|"
    yield from _errors(found)


def _subject(what: str) -> str:
    if what in ("spend", "children: all"):
        return what
    return "children by age" if "aged" in what else "children by type"


def _coverage(found: Sequence[Case], named: object, *, by_year: bool) -> Iterator[str]:
    assert callable(named)
    groups: dict[tuple[str, str, str], list[Case]] = defaultdict(list)
    for case in found:
        group = (case.seen_by, str(case.years)) if by_year else ("everyone", "1 to 3")
        groups[(named(case), *group)].append(case)
    for (what, by, years), held in sorted(groups.items()):
        inside = fmean(case.inside for case in held)
        below = fmean(case.actual < case.p10 for case in held)
        width = fmean((case.p90 - case.p10) / max(case.p50, 1) for case in held)
        yield (
            f"| {what} | {by} | {years} | {len(held):,} | {inside:.1%} | {below:.1%}"
            f" | {width:.0%} |"
        )


def _errors(found: Iterable[Case]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in found:
        if case.by_trend is not None:
            groups[case.seen_by, str(case.years)].append(case)
            groups["everyone", "1 to 3"].append(case)
    for (who, ahead), held in sorted(groups.items()):
        model = fmean(abs(case.p50 / case.actual - 1) for case in held)
        trend = fmean(abs((case.by_trend or 0) / case.actual - 1) for case in held)
        yield f"| {who} | {ahead} | {len(held):,} | {model:.1%} | {trend:.1%} |"


def main(words: Sequence[str]) -> int:
    """Print the report of the demonstration in a data directory."""
    from corpus.data_directory import DataDirectory
    from corpus.dataset import Dataset

    if len(words) != 1:
        sys.stderr.write("usage: python -m evals.backtests DATA_DIR\n")
        return 2
    dataset = Dataset.open(DataDirectory(Path(words[0])))
    for line in report(list(cases(dataset))):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
