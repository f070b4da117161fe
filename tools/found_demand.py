"""What a forecast of children gives back, and how it is shown."""

from __future__ import annotations

from datetime import date

from corpus.charts import Chart, Series
from corpus.codes import PlacementType
from corpus.models import Frozen, Table
from tools.forecasting import Range, whole
from tools.kinds_of_care import kind_of_care


class GroupDemand(Frozen):
    """Children of one placement type, one age band, or both."""

    placement_type: str | None
    """None for all; "not recorded" where no provider is sought."""
    age_band: str | None
    """None for all."""
    now: float | None
    """Children today; None where withheld."""
    ahead: Range
    """At the end of the forecast."""
    begin_a_year: Range | None = None
    """Placements that begin in a year; shorter ones than a quarter are partly missed.
    None for a part of a type."""
    end_a_year: Range | None = None


class MonthDemand(Frozen):
    """Children at the end of one month."""

    day: date
    children: Range


class PastDemand(Frozen):
    """Children on a past day."""

    day: date
    children: float | None
    """None where withheld."""


class StayLength(Frozen):
    """How long placements last, those that still last among them."""

    placement_type: PlacementType
    age_band: str
    median_days: float
    """After Kaplan and Meier, over all authorities."""


class DemandForecast(Frozen):
    """Children to come."""

    local_authority: str | None
    placement_type: PlacementType | None
    as_at: date
    months: int
    months_chosen: bool
    """Whether the months are ours, since none were given."""
    exact: bool
    """Whether it was fitted to rows that the viewer reads whole."""
    children_now: float | None = None
    """None where nothing can be forecast."""
    children: Range | None = None
    """At the end of the forecast."""
    enter_a_year: Range | None = None
    """Children who enter care; None where one type is asked for, as is the next."""
    leave_a_year: Range | None = None
    by_type: tuple[GroupDemand, ...] = ()
    by_age: tuple[GroupDemand, ...] = ()
    by_type_and_age: tuple[GroupDemand, ...] = ()
    by_month: tuple[MonthDemand, ...] = ()
    past: tuple[PastDemand, ...] = ()
    stays: tuple[StayLength, ...] = ()


def demand_tables(data: DemandForecast, place: str, mark: str) -> tuple[Table, ...]:
    """The forecast by type, by age, by both and by month; and lengths of stay."""
    if data.children is None:
        return ()
    day = f"{data.by_month[-1].day:%-d %B %Y}"
    said = f"{place}{mark}"
    return (
        _by_type(data, f"Children by placement type at {day}: {said}"),
        _groups(data.by_age, f"Children by age at {day}: {said}", ("Age",)),
        _groups(
            data.by_type_and_age,
            f"Children by placement type and age at {day}: {said}",
            ("Placement type", "Age"),
        ),
        _months(data, f"Children month by month: {said}"),
        *_stays(data, mark),
    )


def demand_charts(data: DemandForecast, place: str, mark: str) -> tuple[Chart, ...]:
    """A fan of all children, and bars of each type now and then."""
    if data.children is None:
        return ()
    types = [kind_of_care(row.placement_type or "") for row in data.by_type]
    return (
        fan(
            f"Children month by month: {place}{mark}",
            "children",
            [(month.day, month.children) for month in data.by_month],
        ),
        Chart(
            kind="bars",
            title=f"Children by placement type, now and then: {place}{mark}",
            x_label="children",
            y_label="",
            categories=tuple(types),
            series=(
                Series(name="now", values=tuple(row.now for row in data.by_type)),
                Series(name="P50", values=tuple(r.ahead.p50 for r in data.by_type)),
            ),
        ),
    )


def fan(title: str, what: str, months: list[tuple[date, Range]]) -> Chart:
    """P10, P50 and P90 over months."""
    return Chart(
        kind="fan",
        title=title,
        x_label="month",
        y_label=what,
        x=tuple(float(at + 1) for at in range(len(months))),
        x_names=tuple(f"{day:%b %Y}" for day, _ in months),
        series=(
            Series(name="P10", values=tuple(r.p10 for _, r in months)),
            Series(name="P50", values=tuple(r.p50 for _, r in months)),
            Series(name="P90", values=tuple(r.p90 for _, r in months)),
        ),
    )


def _by_type(data: DemandForecast, title: str) -> Table:
    columns = (
        "Placement type", "Now", "P10", "P50", "P90",
        "Begin a year (P50)", "End a year (P50)",
    )  # fmt: skip
    whole_place = GroupDemand(
        placement_type=None,
        age_band=None,
        now=data.children_now,
        ahead=data.children or Range(p10=0, p50=0, p90=0),
    )
    every = () if data.placement_type else (whole_place,)
    rows = tuple(
        (
            kind_of_care(row.placement_type) if row.placement_type else "all",
            whole(row.now),
            *_cells(row.ahead),
            *(round(r.p50) if r else None for r in (row.begin_a_year, row.end_a_year)),
        )
        for row in (*every, *data.by_type)
    )
    return Table(title=title, columns=columns, rows=rows, total_rows=len(rows))


def _groups(
    groups: tuple[GroupDemand, ...], title: str, headings: tuple[str, ...]
) -> Table:
    rows = tuple(
        (
            *([kind_of_care(row.placement_type)] if row.placement_type else []),
            *([row.age_band] if row.age_band else []),
            whole(row.now),
            *_cells(row.ahead),
        )
        for row in groups
    )
    columns = (*headings, "Now", "P10", "P50", "P90")
    return Table(title=title, columns=columns, rows=rows, total_rows=len(rows))


def _months(data: DemandForecast, title: str) -> Table:
    past = [(f"{row.day:%-d %b %Y}", row.children, None, None) for row in data.past]
    rows = tuple(
        [(day, None, whole(seen), None) for day, seen, _, _ in past]
        + [
            (f"{month.day:%-d %b %Y}", *_cells(month.children))
            for month in data.by_month
        ]
    )
    columns = ("Day", "P10", "P50, or counted", "P90")
    return Table(title=title, columns=columns, rows=rows, total_rows=len(rows))


def _stays(data: DemandForecast, mark: str) -> tuple[Table, ...]:
    if not data.stays:
        return ()
    rows = tuple(
        (kind_of_care(row.placement_type), row.age_band, round(row.median_days))
        for row in data.stays
    )
    return (
        Table(
            title=f"Days that half of placements outlast, all authorities{mark}",
            columns=("Placement type", "Age at start", "Median days"),
            rows=rows,
            total_rows=len(rows),
        ),
    )


def _cells(found: Range) -> tuple[int, int, int]:
    return round(found.p10), round(found.p50), round(found.p90)
