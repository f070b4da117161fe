"""What a forecast of spend gives back, and how it is shown."""

from __future__ import annotations

from datetime import date
from typing import Literal

from corpus.charts import Chart, Series
from corpus.codes import PlacementType
from corpus.models import Frozen, Table
from tools.forecasting import Range, Scenario, whole
from tools.found_demand import fan
from tools.kinds_of_care import kind_of_care

Source = Literal["numbers of children", "mix of placements", "prices", "the tail"]


class PeriodSpend(Frozen):
    """Pounds in one period ahead."""

    name: str
    """A financial year, what is left of one, or the whole of the forecast."""
    first_day: date
    last_day: date
    spent: float | None
    """Pounds in the financial year up to the as-at date; 0 where it begins after it,
    None where withheld."""
    to_come: Range
    total: Range
    """Spent and to come; as `to_come` where what was spent is withheld."""
    live: Range
    """To come, on the placements of today."""
    new: Range
    """To come, on placements that begin later."""
    by_trend: float | None
    """What last year's spend plus its trend would give for what is to come; None where
    the two years before are not known."""


class MonthSpend(Frozen):
    """Pounds in one month."""

    last_day: date
    total: Range
    live: Range
    new: Range


class TypeSpend(Frozen):
    """Pounds over the whole forecast on one placement type."""

    placement_type: str
    children_now: float | None
    """None where withheld."""
    weekly_price_now: float
    """Mean pounds a week of the placements under way."""
    growth_next_year: float
    """Of its prices, as a fraction."""
    total: Range
    live: Range
    new: Range


class TailSpend(Frozen):
    """Pounds over the whole forecast on the dearest placements."""

    from_weekly_price: float
    """Pounds a week from which a placement is one of them, at today's prices."""
    children_now: float | None
    """None where withheld."""
    weekly_price_now: float | None
    """Mean of those under way; None where withheld, or where there are none."""
    total: Range
    children_at_end: Range


class Driver(Frozen):
    """One source of the range of the whole forecast."""

    source: Source
    low: float
    """P10 of the total, were nothing else uncertain."""
    high: float
    """P90."""
    share: float
    """Of the variance that the sources have one by one, as a fraction."""


class SpendForecast(Frozen):
    """Spend to come."""

    local_authority: str | None
    placement_type: PlacementType | None
    as_at: date
    months: int
    months_chosen: bool
    """Whether the months are ours, since none were given."""
    scenario: Scenario
    annual_uplift: float | None
    """As given; None for growth by the price index."""
    exact: bool
    """Whether it was fitted to rows that the viewer reads whole."""
    last_year: float | None = None
    """Pounds in the twelve months to the as-at date; None where withheld or unknown, as
    is the next."""
    year_before: float | None = None
    """Pounds in the twelve months before them."""
    whole: PeriodSpend | None = None
    """All months together; None where nothing can be forecast."""
    by_period: tuple[PeriodSpend, ...] = ()
    by_month: tuple[MonthSpend, ...] = ()
    by_type: tuple[TypeSpend, ...] = ()
    tail: TailSpend | None = None
    """None where no placement so dear is known of."""
    drivers: tuple[Driver, ...] = ()
    """The largest first."""


def spend_tables(data: SpendForecast, place: str, mark: str) -> tuple[Table, ...]:
    """The forecast by period, by type and by month; and what drives its range."""
    if data.whole is None:
        return ()
    said = f"{place}{mark}, £"
    return (
        _periods(data, f"Spend to come: {said}"),
        _types(data, f"Spend by placement type, over {data.months} months: {said}"),
        _drivers(data, f"What drives the range over {data.months} months: {said}"),
        _months(data, f"Spend month by month: {said}"),
    )


def spend_charts(data: SpendForecast, place: str, mark: str) -> tuple[Chart, ...]:
    """A fan of the months, and a tornado of what drives the range."""
    if data.whole is None:
        return ()
    months = [(month.last_day, month.total) for month in data.by_month]
    return (
        fan(f"Spend month by month: {place}{mark}", "£ a month", months),
        Chart(
            kind="tornado",
            title=f"What drives the range over {data.months} months: {place}{mark}",
            x_label="£",
            y_label="",
            categories=tuple(driver.source for driver in data.drivers),
            series=(
                Series(name="low", values=tuple(d.low for d in data.drivers)),
                Series(name="high", values=tuple(d.high for d in data.drivers)),
            ),
            baseline=data.whole.to_come.p50,
        ),
    )


def _periods(data: SpendForecast, title: str) -> Table:
    columns = (
        "Period", "Spent", "To come, P10", "P50", "P90",
        "On today's placements (P50)", "On new ones (P50)", "Last year plus trend",
    )  # fmt: skip
    periods = [*data.by_period, *([data.whole] if data.whole else [])]
    rows: list[tuple[str | int | None, ...]] = [
        (name, whole(pounds), None, None, None, None, None, None)
        for name, pounds in (
            ("the year before last", data.year_before),
            (f"the year to {data.as_at:%-d %B %Y}", data.last_year),
        )
        if pounds is not None
    ]
    rows += [
        (
            period.name,
            whole(period.spent),
            *_cells(period.to_come),
            round(period.live.p50),
            round(period.new.p50),
            None if period.by_trend is None else round(period.by_trend),
        )
        for period in periods
    ]
    return Table(title=title, columns=columns, rows=tuple(rows), total_rows=len(rows))


def _types(data: SpendForecast, title: str) -> Table:
    columns = (
        "Placement type", "Children now", "£ a week now", "Growth next year",
        "P10", "P50", "P90", "On today's placements (P50)", "On new ones (P50)",
    )  # fmt: skip
    rows: list[tuple[str | int | float | None, ...]] = [
        (
            kind_of_care(row.placement_type),
            whole(row.children_now),
            round(row.weekly_price_now),
            row.growth_next_year,
            *_cells(row.total),
            round(row.live.p50),
            round(row.new.p50),
        )
        for row in data.by_type
    ]
    if data.tail:
        price = data.tail.weekly_price_now
        rows.append(
            (
                f"of these, £{data.tail.from_weekly_price:,.0f} a week or more",
                whole(data.tail.children_now),
                None if price is None else round(price),
                None,
                *_cells(data.tail.total),
                None,
                None,
            )
        )
    return Table(title=title, columns=columns, rows=tuple(rows), total_rows=len(rows))


def _drivers(data: SpendForecast, title: str) -> Table:
    rows = tuple(
        (row.source, round(row.low), round(row.high), row.share) for row in data.drivers
    )
    columns = (
        "Source",
        "P10, were it alone",
        "P90, were it alone",
        "Share of variance",
    )
    return Table(title=title, columns=columns, rows=rows, total_rows=len(rows))


def _months(data: SpendForecast, title: str) -> Table:
    columns = ("To", "P10", "P50", "P90", "On today's placements (P50)", "On new (P50)")
    rows = tuple(
        (
            f"{month.last_day:%-d %b %Y}",
            *_cells(month.total),
            round(month.live.p50),
            round(month.new.p50),
        )
        for month in data.by_month
    )
    return Table(title=title, columns=columns, rows=rows, total_rows=len(rows))


def _cells(found: Range) -> tuple[int, int, int]:
    return round(found.p10), round(found.p50), round(found.p90)
