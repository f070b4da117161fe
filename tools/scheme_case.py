"""An invest-to-save case as data, tables and charts."""

from __future__ import annotations

from typing import Final

from corpus.charts import Chart, Mark, Series
from corpus.models import Frozen, Table
from tools.assumptions import WEEKS_A_YEAR
from tools.invest_to_save import (
    TODAY,
    Driver,
    PricePath,
    Scheme,
    SchemeName,
    Sensitivity,
    break_even,
    cumulative,
    net,
    payback,
    present_value,
    saving,
    sensitivities,
)

_WORDS: Final[dict[Driver, str]] = {
    "children": "children",
    "weekly_cost_now": "weekly cost now",
    "weekly_cost_after": "weekly cost after",
    "set_up_cost": "set-up cost",
    "take_up": "take-up",
    "years": "years",
}


class PathNet(Frozen):
    """The case on one path of prices."""

    name: str
    rise_now: float
    """Rise a year of what would be paid without the scheme."""
    rise_after: float
    """Rise a year of what is paid with it."""
    cumulative: tuple[float, ...]
    """Net after each year, pounds, from the start; the last is the term's end."""
    net: float


class BreakEven(Frozen):
    """Where the net over the term is 0 at today's prices, one driver at a time.

    None where no possible value gives 0.
    """

    take_up: float | None
    children: float | None
    weekly_cost_now: float | None
    weekly_cost_after: float | None


class SchemeCase(Frozen):
    """What a scheme saves, at today's prices unless a path says otherwise."""

    scheme: SchemeName
    children: int
    children_moved: float
    """Children times take-up."""
    weekly_cost_now: float
    weekly_cost_after: float
    saving_per_child: float
    """Pounds a week for each child who moves."""
    cost_now_a_year: float
    """For the children who move, without the scheme."""
    cost_after_a_year: float
    """With it; of in-house beds, empty ones too."""
    empty_beds_a_year: float
    """Of that, what empty in-house beds cost; 0 for the other schemes."""
    uplift_a_year: float
    """What the rise costs for placements that are fostered in-house already."""
    saving_a_year: float
    """Below 0 where it costs more than it saves."""
    set_up_cost: float
    years: float
    net_over_term: float
    """Savings less set-up cost."""
    present_value: float
    """The same with later years discounted at 3.5%."""
    payback_years: float | None
    """None where the savings never pay for the set-up."""
    pays_back_within_term: bool
    break_even: BreakEven
    paths: tuple[PathNet, ...]
    """Today's prices first."""
    sensitivity: tuple[Sensitivity, ...]
    """What matters most first."""


def case_of(scheme: Scheme, paths: tuple[PricePath, ...]) -> SchemeCase:
    """Work a scheme out, at today's prices and on other paths."""
    moved = scheme.children * scheme.take_up
    in_house = scheme.scheme == "in_house_beds"
    empty = (scheme.children - moved) * scheme.weekly_cost_after if in_house else 0.0
    years = payback(scheme)
    return SchemeCase(
        scheme=scheme.scheme,
        children=int(scheme.children),
        children_moved=round(moved, 2),
        weekly_cost_now=scheme.weekly_cost_now,
        weekly_cost_after=scheme.weekly_cost_after,
        saving_per_child=round(scheme.weekly_cost_now - scheme.weekly_cost_after, 2),
        cost_now_a_year=_a_year(moved * scheme.weekly_cost_now),
        cost_after_a_year=_a_year(moved * scheme.weekly_cost_after + empty),
        empty_beds_a_year=_a_year(empty),
        uplift_a_year=_a_year(scheme.existing_placements * scheme.weekly_uplift),
        saving_a_year=round(saving(scheme), 2),
        set_up_cost=scheme.set_up_cost,
        years=scheme.years,
        net_over_term=round(net(scheme), 2),
        present_value=round(present_value(scheme), 2),
        payback_years=None if years is None else round(years, 2),
        pays_back_within_term=years is not None and years <= scheme.years,
        break_even=BreakEven(
            take_up=break_even(scheme, "take_up"),
            children=break_even(scheme, "children"),
            weekly_cost_now=break_even(scheme, "weekly_cost_now"),
            weekly_cost_after=break_even(scheme, "weekly_cost_after"),
        ),
        paths=tuple(_on_path(scheme, path) for path in (TODAY, *paths)),
        sensitivity=sensitivities(scheme),
    )


def case_tables(data: SchemeCase) -> tuple[Table, ...]:
    """The case, the paths year by year, and what matters most."""
    return (_summary_table(data), _paths_table(data), _sensitivity_table(data))


def case_charts(data: SchemeCase) -> tuple[Chart, ...]:
    """The net over the years, and a tornado of what matters most."""
    ends = _year_ends(data)
    lines = Chart(
        kind="lines",
        title="Net saving as the years go",
        x_label="years",
        y_label="£",
        x=ends,
        series=tuple(
            Series(name=path.name, values=path.cumulative) for path in data.paths
        ),
        marks=(Mark(axis="y", value=0, label="paid back"),),
    )
    tornado = Chart(
        kind="tornado",
        title="What matters most: each driver a fifth lower and higher",
        x_label="net saving over the term, £",
        y_label="driver",
        categories=tuple(_WORDS[item.driver] for item in data.sensitivity),
        series=(
            Series(name="low", values=tuple(item.low for item in data.sensitivity)),
            Series(name="high", values=tuple(item.high for item in data.sensitivity)),
        ),
        baseline=data.net_over_term,
    )
    return (lines, tornado)


def _on_path(scheme: Scheme, path: PricePath) -> PathNet:
    nets = tuple(round(value, 2) for value in cumulative(scheme, path))
    return PathNet(
        name=path.name,
        rise_now=path.now,
        rise_after=path.after,
        cumulative=nets,
        net=nets[-1],
    )


def _a_year(weekly: float) -> float:
    return round(weekly * WEEKS_A_YEAR, 2)


def _year_ends(data: SchemeCase) -> tuple[float, ...]:
    """The start and each year's end; the last is the term's."""
    points = len(data.paths[0].cumulative)
    return tuple(min(float(year), data.years) for year in range(points))


def _summary_table(data: SchemeCase) -> Table:
    never = "not at these values"
    at = data.break_even
    later = "" if data.pays_back_within_term else ", after the term"
    rows: tuple[tuple[str, str | float], ...] = (
        ("children who move", data.children_moved),
        ("saving for each, £ a week", data.saving_per_child),
        ("cost without the scheme, £ a year", round(data.cost_now_a_year)),
        ("cost with it, £ a year", round(data.cost_after_a_year)),
        ("of that, empty in-house beds, £ a year", round(data.empty_beds_a_year)),
        ("rise for existing placements, £ a year", round(data.uplift_a_year)),
        ("saving a year, £", round(data.saving_a_year)),
        ("set-up cost, £", round(data.set_up_cost)),
        (f"net over {_years(data.years)}, £", round(data.net_over_term)),
        ("the same discounted at 3.5%, £", round(data.present_value)),
        (
            "payback, years",
            "never" if data.payback_years is None else f"{data.payback_years:g}{later}",
        ),
        (
            "break-even take-up",
            never if at.take_up is None else f"{at.take_up:.0%}",
        ),
        (
            "break-even number of children",
            never if at.children is None else f"{at.children:.3g}",
        ),
        (
            "break-even weekly cost now, £",
            never if at.weekly_cost_now is None else round(at.weekly_cost_now),
        ),
        (
            "break-even weekly cost after, £",
            never if at.weekly_cost_after is None else round(at.weekly_cost_after),
        ),
    )
    return Table(
        title=f"Invest to save: {data.scheme.replace('_', ' ')}, at today's prices",
        columns=("Measure", "Value"),
        rows=rows,
        total_rows=len(rows),
    )


def _paths_table(data: SchemeCase) -> Table:
    rows = tuple(
        (f"{end:g}", *(round(path.cumulative[at]) for path in data.paths))
        for at, end in enumerate(_year_ends(data))
    )
    return Table(
        title="Net saving as the years go, £",
        columns=("After years", *(path.name for path in data.paths)),
        rows=rows,
        total_rows=len(rows),
    )


def _sensitivity_table(data: SchemeCase) -> Table:
    rows = tuple(
        (
            _WORDS[item.driver],
            _plain(item.low_input),
            _plain(item.high_input),
            round(item.low),
            round(item.high),
        )
        for item in data.sensitivity
    )
    return Table(
        title="What matters most: the net with each driver a fifth lower and higher",
        columns=("Driver", "Lower", "Higher", "Net at lower, £", "Net at higher, £"),
        rows=rows,
        total_rows=len(rows),
    )


def _years(years: float) -> str:
    return f"{years:g} year{'' if years == 1 else 's'}"


def _plain(value: float) -> str:
    """A number with as many decimals as it needs, at most two."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
