"""Regulation 44 visits over time as tables and a chart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from corpus.charts import Chart, Series
from corpus.models import Table
from corpus.observed import Span, VisitMeasure
from tools.documented_tables import _OPINIONS, day_in_words
from tools.found_outcomes import MonthCount, ProviderOutcomes, VisitedHome
from tools.outcome_tables import Row, interval

MEASURES: Final[dict[VisitMeasure, str]] = {
    "missing_episodes": "Missing episodes",
    "incidents": "Incidents",
    "restraints": "Restraints",
}
_THEMES: Final = 12
"""Months of recommendations that are listed, the latest."""

Sourced = tuple[Row, Span | None]
"""A row, and the span that it was read from; None where it counts several."""


def visit_tables(
    found: ProviderOutcomes, mark: str
) -> list[tuple[Table, list[Span | None]]]:
    """Tables of the visits to a provider's homes, with the span of each row."""
    made = (
        (
            "Regulation 44 visits",
            ("Home", "Visits", "From", "To", "Safeguarded, last visit",
             "Well-being, last visit", "Opinions on safeguarding",
             "Opinions on well-being", "Earlier points met", "Met in part", "Not met",
             "Outstanding", "Oldest from"),
            (_home(home) for home in found.homes),
        ),
        (
            "Events counted by visitors, for each child between two visits",
            ("Home", "Measure", "Events", "Children, added over visits", "Rate",
             "95% interval", "All homes with reports held"),
            _rates(found.homes),
        ),
        (
            "Recommendations outstanding",
            ("Home", "Made", "About", "By", "Overdue", "Made again", "Last found",
             "In the visitor's words"),
            _outstanding(found.homes),
        ),
        (
            "Recommendations by month and theme",
            ("Home", "Month", "Theme", "Recommendations"),
            _themes(found.homes),
        ),
        (
            "Counted by visitors, by visit",
            ("Home", "Visited", "Measure", "Number"),
            _counts(found.homes),
        ),
    )  # fmt: skip
    tables = (_table(f"{title}{mark}", names, rows) for title, names, rows in made)
    return [(table, spans) for table, spans in tables if table.rows]


def _table(
    title: str, columns: Sequence[str], rows: Iterable[Sourced]
) -> tuple[Table, list[Span | None]]:
    held = list(rows)
    table = Table(
        title=title,
        columns=tuple(columns),
        rows=tuple(row for row, _ in held),
        total_rows=len(held),
    )
    return table, [span for _, span in held]


def _home(home: VisitedHome) -> Sourced:
    followed = home.followed_up
    oldest = home.outstanding[0].made_on if home.outstanding else None
    row = (
        home.name,
        home.visits,
        day_in_words(home.first_on),
        day_in_words(home.last_on),
        _OPINIONS[home.latest[0]],
        _OPINIONS[home.latest[1]],
        _opinions(home, "safeguarded"),
        _opinions(home, "well_being"),
        followed.get("met", 0),
        followed.get("partly_met", 0),
        followed.get("not_met", 0),
        len(home.outstanding),
        day_in_words(oldest),
    )
    return row, home.latest_span


def _opinions(home: VisitedHome, question: str) -> str:
    held = [one for one in home.opinions if one.question == question]
    return "; ".join(f"{_OPINIONS[one.opinion]}: {one.visits}" for one in held)


def _rates(homes: Sequence[VisitedHome]) -> Iterator[Sourced]:
    for home in homes:
        for rate in home.rates:
            row = (
                home.name,
                MEASURES[rate.measure],
                rate.events,
                rate.child_visits,
                rate.rate,
                interval(rate.low, rate.high, digits=3),
                rate.all_homes,
            )
            yield row, _last_span(home, rate.measure)


def _last_span(home: VisitedHome, measure: VisitMeasure) -> Span | None:
    held = [one.span for one in home.counts if one.measure == measure]
    return held[-1] if held else None


def _outstanding(homes: Sequence[VisitedHome]) -> Iterator[Sourced]:
    for home in homes:
        for one in home.outstanding:
            row = (
                home.name,
                day_in_words(one.made_on),
                one.theme.replace("_", " "),
                day_in_words(one.by),
                "yes" if one.overdue else "no",
                one.repeated,
                one.outcome.replace("_", " ") if one.outcome else "not followed up",
                one.span.quote,
            )
            yield row, one.span


def _themes(homes: Sequence[VisitedHome]) -> Iterator[Sourced]:
    for home in homes:
        months = sorted({one.month for one in home.themes})[-_THEMES:]
        for one in home.themes:
            if one.month in months:
                theme = one.theme.replace("_", " ")
                row = (home.name, f"{one.month:%b %Y}", theme, one.recommendations)
                yield row, one.span


def _counts(homes: Sequence[VisitedHome]) -> Iterator[Sourced]:
    for home in homes:
        for one in home.counts:
            value = "no number given" if one.value is None else one.value
            day = day_in_words(one.visited_on)
            yield (home.name, day, MEASURES[one.measure], value), one.span


def counts_chart(found: ProviderOutcomes, mark: str) -> Chart | None:
    """What visitors counted by month, over all the provider's homes."""
    counts = [one for home in found.homes for one in home.counts]
    months = sorted({one.visited_on.replace(day=1) for one in counts})
    if len(months) < 2:
        return None
    return Chart(
        kind="lines",
        title=f"Counted on Regulation 44 visits: {found.provider}{mark}",
        x_label="month of the visit",
        y_label="since the visit before",
        x=tuple(float(at) for at in range(len(months))),
        x_names=tuple(f"{month:%b %Y}" for month in months),
        series=tuple(
            Series(
                name=name,
                values=tuple(
                    _total(c for c in counts if _is_of(c, measure, month.toordinal()))
                    for month in months
                ),
            )
            for measure, name in MEASURES.items()
        ),
    )


def _is_of(count: MonthCount, measure: VisitMeasure, month: int) -> bool:
    first = count.visited_on.replace(day=1)
    return count.measure == measure and first.toordinal() == month


def _total(counts: Iterable[MonthCount]) -> float | None:
    """The sum of the numbers given; None where there is none."""
    values = [count.value for count in counts if count.value is not None]
    return float(sum(values)) if values else None
