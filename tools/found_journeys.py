"""What journeys through care give back, and how they are shown."""

from __future__ import annotations

from typing import Final

from corpus.charts import Chart, Series
from corpus.codes import PlacementType
from corpus.disclosure.journeys import Journey
from corpus.models import Frozen, Table
from tools.kinds_of_care import kind_of_care
from tools.shown import NOTHING_KNOWN, Shown, shown

_SHOWN_ROWS: Final = 20
_LINES: Final = 5


class TracedJourney(Frozen):
    """One sequence of placement types that led to the destination."""

    types: tuple[PlacementType, ...]
    """In order; placements of one type in a row are one step, and the destination is
    always a step of its own, the last."""
    children: Shown
    step_costs: tuple[Shown, ...]
    """Mean weekly cost at each step, pounds a week."""
    moves: Shown
    """Mean number of moves on the way."""
    days: Shown
    """Mean days from entering care."""

    @property
    def told(self) -> str:
        """The sequence in words: "foster care → children's home"."""
        return " → ".join(kind_of_care(kind) for kind in self.types)


class TracedJourneys(Frozen):
    """Journeys into one kind of placement, or one as costly as was asked for."""

    authorities: tuple[str, ...]
    """Whose children: those asked for of which placements are held."""
    placement_type: PlacementType | None
    """Of the destination; None for any."""
    min_weekly_cost: float | None
    """Of the destination, as applied; None for any."""
    cost_assumed: bool
    """Whether the cost is the default."""
    min_moves: int
    children: Shown = NOTHING_KNOWN
    """Children with such a journey."""
    journeys: tuple[TracedJourney, ...] = ()
    """Those that may be shown, the most common first."""
    journeys_withheld: int = 0
    """Sequences of few children, which are not listed."""
    came_from: tuple[TracedJourney, ...] = ()
    """The same by the last step before the destination alone."""
    by_moves: tuple[Shown, ...] = ()
    """Children by moves on the way: none, one and so on; the last is that many or
    more."""
    cost_before: Shown = NOTHING_KNOWN
    """Mean weekly cost of the step before the destination."""
    cost_at: Shown = NOTHING_KNOWN
    """Mean weekly cost of the destination, of the children of `cost_before`."""
    moves: Shown = NOTHING_KNOWN
    days: Shown = NOTHING_KNOWN

    @property
    def destination(self) -> str:
        """Where the journeys lead, in words."""
        kind = self.placement_type
        where = kind_of_care(kind) if kind else "any placement"
        cost = self.min_weekly_cost
        return where if cost is None else f"{where} at £{cost:,.10g} a week or more"


def traced(journeys: tuple[Journey, ...]) -> tuple[TracedJourney, ...]:
    """The journeys of which a count is shown, the most common first."""
    found = [
        TracedJourney(
            types=journey.types,
            children=shown(journey.children),
            step_costs=tuple(map(shown, journey.step_costs)),
            moves=shown(journey.moves),
            days=shown(journey.days, digits=0),
        )
        for journey in journeys
        if journey.children.value is not None
    ]
    return tuple(sorted(found, key=lambda each: -(each.children.value or 0)))


def journeys_tables(found: TracedJourneys, mark: str) -> tuple[Table, ...]:
    """The sequences, where children came from, and how often they had moved."""
    into = f"into {found.destination}{mark}"
    tables = (
        _journeys_table(f"Commonest journeys {into}", found.journeys),
        _journeys_table(f"The step before {found.destination}{mark}", found.came_from),
        _overall_table(found, into),
    )
    return tuple(table for table in tables if table.rows)


def _journeys_table(title: str, journeys: tuple[TracedJourney, ...]) -> Table:
    return Table(
        title=title,
        columns=("Journey", "Children", "£ a week at each step", "Moves", "Days"),
        rows=tuple(
            (
                journey.told,
                journey.children.cell,
                " → ".join(_pounds(cost) for cost in journey.step_costs),
                journey.moves.cell,
                journey.days.cell,
            )
            for journey in journeys[:_SHOWN_ROWS]
        ),
        total_rows=len(journeys),
    )


def _pounds(cost: Shown) -> str:
    if cost.withheld:
        return "c"
    return "not known" if cost.value is None else f"{cost.value:,.0f}"


def _overall_table(found: TracedJourneys, into: str) -> Table:
    last = len(found.by_moves) - 1
    moves = (
        (f"Moves on the way: {at}{' or more' if at == last else ''}", figure.cell)
        for at, figure in enumerate(found.by_moves)
    )
    rows = (
        ("Children", found.children.cell),
        ("£ a week at the step before", found.cost_before.cell),
        ("£ a week at the destination, the same children", found.cost_at.cell),
        ("Mean moves on the way", found.moves.cell),
        ("Mean days from entering care", found.days.cell),
        *moves,
    )
    return Table(
        title=f"All journeys {into}",
        columns=("Of all journeys", "Figure"),
        rows=rows if found.by_moves else (),
        total_rows=len(rows),
    )


def journeys_charts(found: TracedJourneys, mark: str) -> tuple[Chart, ...]:
    """Cost at each step before the destination, a line a sequence."""
    priced = (each for each in found.journeys if any(c.value for c in each.step_costs))
    journeys = [each for each in priced if len(each.types) > 1][:_LINES]
    if not journeys:
        return ()
    steps = max(len(journey.types) for journey in journeys)
    names = [*(f"{back} before" for back in range(steps - 1, 0, -1)), "destination"]
    return (
        Chart(
            kind="lines",
            title=f"Weekly cost on the way into {found.destination}{mark}",
            x_label="steps before the destination",
            y_label="£ a week",
            x=tuple(float(at) for at in range(1 - steps, 1)),
            x_names=tuple(names),
            series=tuple(
                Series(name=each.told, values=_line(each, steps)) for each in journeys
            ),
        ),
    )


def _line(journey: TracedJourney, steps: int) -> tuple[float | None, ...]:
    costs = tuple(cost.value for cost in journey.step_costs)
    return (*[None] * (steps - len(costs)), *costs)
