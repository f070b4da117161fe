"""A home's cost of delivery as data, tables and a chart."""

from __future__ import annotations

from typing import Final

from corpus.charts import Chart, Mark, Series
from corpus.codes import PlacementType
from corpus.models import Frozen, Table
from tools.assumptions import WEEKS_A_YEAR
from tools.delivery_cost import CostLine, DeliveryCost, Inputs, costs_by_occupancy

OCCUPANCIES: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Occupancies that every estimate shows beside the one asked for."""


class PricedLine(Frozen):
    """One line of the cost."""

    name: str
    working: str
    """The sum in figures."""
    weekly: float
    """Pounds a week for the home."""
    a_year: float
    per_child: float
    """Pounds a week for each filled bed."""


class PriceCheck(Frozen):
    """A published or observed price beside the estimate."""

    name: str
    weekly: float
    """Pounds a week for a child."""
    difference: float
    """The estimate less it, as a share of it."""
    source: str


class OccupancyCost(Frozen):
    """The cost of a filled bed at one occupancy."""

    occupancy: float
    per_child: float
    """Pounds a week."""


class DeliveryEstimate(Frozen):
    """The cost of running a home, margin included."""

    placement_type: PlacementType
    places: int
    occupancy: float
    beds_filled: float
    lines: tuple[PricedLine, ...]
    """Margin last; they add up to the totals."""
    weekly: float
    """Pounds a week for the home."""
    a_year: float
    """Pounds a year for the home, at 52.14 weeks."""
    per_child: float
    """Pounds a week for each filled bed."""
    per_child_a_year: float
    per_bed: float
    """Pounds a week for each bed, filled or not."""
    by_occupancy: tuple[OccupancyCost, ...]
    checks: tuple[PriceCheck, ...]


def estimate_of(
    kind: PlacementType,
    inputs: Inputs,
    cost: DeliveryCost,
    checks: tuple[PriceCheck, ...],
) -> DeliveryEstimate:
    """The estimate, with its lines and its cost at other occupancies."""
    shown = tuple(sorted({*OCCUPANCIES, inputs.occupancy}))
    return DeliveryEstimate(
        placement_type=kind,
        places=inputs.places,
        occupancy=inputs.occupancy,
        beds_filled=round(cost.beds_filled, 2),
        lines=tuple(_priced(line, cost) for line in cost.lines),
        weekly=round(cost.weekly, 2),
        a_year=round(cost.a_year, 2),
        per_child=round(cost.per_child, 2),
        per_child_a_year=round(cost.per_child * WEEKS_A_YEAR, 2),
        per_bed=round(cost.weekly / inputs.places, 2),
        by_occupancy=tuple(
            OccupancyCost(occupancy=each, per_child=round(pounds, 2))
            for each, pounds in costs_by_occupancy(inputs, shown).items()
        ),
        checks=checks,
    )


def _priced(line: CostLine, cost: DeliveryCost) -> PricedLine:
    return PricedLine(
        name=line.name,
        working=line.working,
        weekly=round(line.weekly, 2),
        a_year=round(line.weekly * WEEKS_A_YEAR, 2),
        per_child=round(line.weekly / cost.beds_filled, 2),
    )


def estimate_tables(data: DeliveryEstimate) -> tuple[Table, ...]:
    """The lines with their total; the cost by occupancy; the checks."""
    lines = [
        (line.name, line.working, *_rounded(line.weekly, line.a_year, line.per_child))
        for line in data.lines
    ]
    total = _rounded(data.weekly, data.a_year, data.per_child)
    beds = f"{data.beds_filled:.3g} of {data.places} beds filled"
    by_occupancy = tuple(
        (f"{row.occupancy:.0%}", round(row.per_child)) for row in data.by_occupancy
    )
    checks = tuple(
        (check.name, round(check.weekly), f"{check.difference:+.0%}", check.source)
        for check in data.checks
    )
    tables = [
        Table(
            title=f"Cost of a home, {beds}",
            columns=("Line", "Working", "£ a week", "£ a year",
                     "£ a week per filled bed"),
            rows=(*lines, ("total", "", *total)),
            total_rows=len(lines) + 1,
        ),
        Table(
            title="Cost of a filled bed by occupancy",
            columns=("Occupancy", "£ a week per filled bed"),
            rows=by_occupancy,
            total_rows=len(by_occupancy),
        ),
    ]  # fmt: skip
    if checks:
        columns = ("Price beside it", "£ a week", "Estimate against it", "Source")
        title = "Checked against prices paid"
        tables.append(
            Table(title=title, columns=columns, rows=checks, total_rows=len(checks))
        )
    return tuple(tables)


def _rounded(*pounds: float) -> tuple[int, ...]:
    return tuple(round(amount) for amount in pounds)


def estimate_charts(data: DeliveryEstimate) -> tuple[Chart, ...]:
    """The cost of a filled bed over occupancy."""
    occupancies = tuple(row.occupancy for row in data.by_occupancy)
    return (
        Chart(
            kind="lines",
            title="Cost of a filled bed by occupancy",
            x_label="occupancy",
            y_label="£ a week",
            x=occupancies,
            x_names=tuple(f"{each:.0%}" for each in occupancies),
            series=(
                Series(
                    name="cost of a filled bed",
                    values=tuple(row.per_child for row in data.by_occupancy),
                ),
            ),
            marks=(
                Mark(axis="x", value=data.occupancy, label="occupancy asked about"),
                *(
                    Mark(axis="y", value=check.weekly, label=check.name)
                    for check in data.checks
                ),
            ),
        ),
    )
