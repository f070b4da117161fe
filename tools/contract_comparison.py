"""A comparison of contracts as data, tables and charts."""

from __future__ import annotations

from typing import Final

from corpus.charts import Chart, Mark, Series
from corpus.models import Frozen, Table
from tools.contract_forms import Form, FormName, Terms, a_year, forms, over_term
from tools.published_checks import PublishedComparison

OCCUPANCIES: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Occupancies that every comparison shows beside the one asked for."""

PRICE_SCENARIOS: Final = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3)
"""Spot prices of the outcome plane, as multiples of today's."""


class ContractCost(Frozen):
    """What one form of contract costs the council."""

    form: FormName
    label: str
    formula: str
    weekly: float
    """Pounds a week for all beds, in the first year."""
    a_year: float
    over_term: float
    per_filled_bed: float
    """Pounds a week for each filled bed."""
    void_a_year: float
    """Of the year's cost, what is paid for empty beds."""
    break_even: float | None
    """Occupancy above which it is cheaper than spot; None where there is none."""
    against_spot: str
    """The same in words, also where it is cheaper or dearer throughout."""
    who_bears_the_void: str


class OccupancyCosts(Frozen):
    """What each form costs a year at one occupancy."""

    occupancy: float
    a_year: tuple[float, ...]
    """In the order of the comparison's forms, pounds."""


class Plane(Frozen):
    """The block's cost a year less spot's, for every occupancy and spot price."""

    block: FormName
    occupancies: tuple[float, ...]
    spot_prices: tuple[float, ...]
    difference: tuple[tuple[float, ...], ...]
    """A row a spot price, a column an occupancy; below 0 the block is cheaper."""


class ContractComparison(Frozen):
    """Six forms of contract for the same beds; pounds of the first year's prices."""

    places: int
    occupancy: float
    beds_filled: float
    """On average."""
    spot_price: float
    block_price: float
    years: float
    annual_uplift: float
    forms: tuple[ContractCost, ...]
    """Spot first."""
    cheapest: FormName
    """At the occupancy."""
    block: FormName
    """The block that break-even and plane are about: soft where `void_share` was asked
    for, else hard."""
    break_even_occupancy: float | None
    """Occupancy above which that block is cheaper than spot; None where there is none.
    """
    break_even_beds: float | None
    by_occupancy: tuple[OccupancyCosts, ...]
    plane: Plane
    published: tuple[PublishedComparison, ...]
    """Published figures that rest on the same terms."""


def cost_of(
    form: Form,
    terms: Terms,
    places: int,
    occupancy: float,
    years: float,
    annual_uplift: float,
) -> ContractCost:
    """One form's costs; `years` is over 0."""
    weekly = form.weekly(places, occupancy)
    first = a_year(weekly)
    return ContractCost(
        form=form.name,
        label=form.label,
        formula=form.formula,
        weekly=round(weekly, 2),
        a_year=round(first, 2),
        over_term=round(over_term(first, years, annual_uplift), 2),
        per_filled_bed=round(weekly / (places * occupancy), 2),
        void_a_year=round(a_year(form.void_weekly(places, occupancy)), 2),
        break_even=form.break_even(terms.spot_price),
        against_spot="–"
        if form.name == "spot"
        else form.against_spot(terms.spot_price),
        who_bears_the_void=form.void,
    )


def costs_by_occupancy(
    terms: Terms, places: int, occupancy: float
) -> tuple[OccupancyCosts, ...]:
    """Every form's cost a year at each occupancy shown, and at the one asked for."""
    return tuple(
        OccupancyCosts(
            occupancy=each,
            a_year=tuple(
                round(a_year(form.weekly(places, each)), 2) for form in forms(terms)
            ),
        )
        for each in sorted({*OCCUPANCIES, occupancy})
    )


def outcome_plane(terms: Terms, places: int, block: FormName) -> Plane:
    """The block against spot while spot prices move and the block price stands."""
    form = next(form for form in forms(terms) if form.name == block)
    prices = tuple(round(terms.spot_price * step, 2) for step in PRICE_SCENARIOS)
    return Plane(
        block=block,
        occupancies=OCCUPANCIES,
        spot_prices=prices,
        difference=tuple(
            tuple(
                round(a_year(form.weekly(places, u) - places * u * price), 2)
                for u in OCCUPANCIES
            )
            for price in prices
        ),
    )


def contract_tables(data: ContractComparison) -> tuple[Table, ...]:
    """The forms; their cost by occupancy; the outcome plane."""
    return (_forms_table(data), _occupancy_table(data), _plane_table(data))


def contract_charts(data: ContractComparison) -> tuple[Chart, ...]:
    """Cost by occupancy, a line a form; and the outcome plane."""
    occupancies = tuple(row.occupancy for row in data.by_occupancy)
    lines = Chart(
        kind="lines",
        title="Cost a year by occupancy",
        x_label="occupancy",
        y_label="£ a year",
        x=occupancies,
        x_names=tuple(f"{u:.3g}" for u in occupancies),
        series=tuple(
            Series(
                name=form.label,
                values=tuple(row.a_year[at] for row in data.by_occupancy),
            )
            for at, form in enumerate(data.forms)
        ),
        marks=(Mark(axis="x", value=data.occupancy, label="occupancy asked about"),),
    )
    plane = Chart(
        kind="plane",
        title=_plane_title(data),
        x_label="occupancy",
        y_label="spot price, £ a week",
        x=data.plane.occupancies,
        y=data.plane.spot_prices,
        grid=data.plane.difference,
        grid_label="£ a year; below 0 the block is cheaper",
        marks=(
            Mark(axis="x", value=data.occupancy, label="occupancy asked about"),
            Mark(axis="y", value=data.spot_price, label="spot price today"),
        ),
    )
    return (lines, plane)


def _plane_title(data: ContractComparison) -> str:
    return f"Outcome plane: {data.block.replace('_', ' ')} less spot"


def _forms_table(data: ContractComparison) -> Table:
    rows = tuple(
        (
            cost.label,
            round(cost.weekly),
            round(cost.a_year),
            round(cost.over_term),
            round(cost.per_filled_bed),
            round(cost.void_a_year),
            cost.against_spot,
            cost.who_bears_the_void,
        )
        for cost in data.forms
    )
    beds = f"{data.beds_filled:.3g} of {data.places} beds filled"
    return Table(
        title=f"Contracts at {data.occupancy:.0%} occupancy, {beds}",
        columns=(
            "Contract",
            "£ a week",
            "£ a year",
            f"£ over {data.years:g} year{'' if data.years == 1 else 's'}",
            "£ a week per filled bed",
            "of the year, for empty beds",
            "Against spot",
            "Who bears the void",
        ),
        rows=rows,
        total_rows=len(rows),
    )


def _occupancy_table(data: ContractComparison) -> Table:
    rows = tuple(
        (f"{row.occupancy:.0%}", *(round(cost) for cost in row.a_year))
        for row in data.by_occupancy
    )
    return Table(
        title="Cost a year by occupancy, £",
        columns=("Occupancy", *(form.label for form in data.forms)),
        rows=rows,
        total_rows=len(rows),
    )


def _plane_table(data: ContractComparison) -> Table:
    plane = data.plane
    rows = tuple(
        (round(price), *(round(cell) for cell in row))
        for price, row in zip(plane.spot_prices, plane.difference, strict=True)
    )
    return Table(
        title=f"{_plane_title(data)}, £ a year (below 0 the block is cheaper)",
        columns=("Spot price", *(f"{u:.0%}" for u in plane.occupancies)),
        rows=rows,
        total_rows=len(rows),
    )
