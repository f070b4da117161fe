"""What it costs that children were placed otherwise than was sought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus.codes import PlacementType
from corpus.disclosure import Dimension, Filters, ProtectedTable, Question, mean_by
from corpus.disclosure.bands import NOT_RECORDED
from corpus.models import Frozen
from tools.assumptions import OUR_ASSUMPTION, WEEKS_A_YEAR, Assumption
from tools.base import Knowledge
from tools.kinds_of_care import kind_of_care
from tools.shown import NOTHING_KNOWN, Shown, difference, product, share_of, shown

WEEKS: Assumption = Assumption(
    name="weeks in a year", value=WEEKS_A_YEAR, unit="weeks", source="365 days in weeks"
)
BED_YEARS: Assumption = Assumption(
    name="bed-years for each search that ended in another type",
    value=1.0,
    unit="years",
    source=OUR_ASSUMPTION,
)


class Displacement(Frozen):
    """Searches for one type of placement that ended in another."""

    sought: PlacementType
    secured: PlacementType
    searches: Shown
    """In the period."""
    share_of_secured: Shown
    """Of all searches that ended in the secured type, as a fraction."""
    children_now: Shown
    """Searches of the period whose child lives there on the as-at date."""
    weekly_difference: Shown
    """Mean weekly cost of the secured type less that of the sought."""
    cost_a_bed_a_year: Shown
    """The difference over a year."""
    cost_a_year: Shown
    """Pounds: for the searches of an average year, each a bed for a year."""
    cost_of_children_now: Shown
    """Pounds: for the children living there on the as-at date, over a year."""


@dataclass(frozen=True)
class Prices:
    """Mean weekly costs by type, and the assumptions that they are."""

    means: Mapping[PlacementType, Shown]
    """Without the types of which no mean is shown."""
    assumptions: tuple[Assumption, ...]

    def more(self, sought: PlacementType, secured: PlacementType) -> Shown:
        """What a week of the secured type costs more, below 0 less."""
        none = NOTHING_KNOWN
        return difference(self.means.get(secured, none), self.means.get(sought, none))


def mean_prices(knowledge: Knowledge, authorities: tuple[str, ...], on: date) -> Prices:
    """The mean weekly cost of each type, of placements under way on a day.

    Of the authorities asked about; where theirs is not shown, of all authorities.
    """
    own = _means(knowledge, authorities, on) if authorities else {}
    means = {**_means(knowledge, (), on), **own}
    assumptions = tuple(
        Assumption(
            name=f"mean weekly cost, {kind_of_care(kind)}",
            value=mean.value or 0,
            unit="£ a week",
            source="placements of"
            f" {' and '.join(authorities) if kind in own else 'all authorities'}"
            " under way",
            as_at=on,
        )
        for kind, mean in means.items()
    )
    return Prices(means, assumptions)


def _means(
    knowledge: Knowledge, authorities: tuple[str, ...], on: date
) -> dict[PlacementType, Shown]:
    question = Question(
        knowledge.dataset,
        "placements",
        knowledge.viewer,
        Filters(local_authority=authorities, on=on),
        (Dimension.PLACEMENT_TYPE,),
    )
    return {
        PlacementType(group.labels[0]): shown(group.figure)
        for group in mean_by(question, "weekly_cost").groups
        if group.figure.value is not None and group.labels[0] != NOT_RECORDED
    }


def displacements(
    otherwise: ProtectedTable,
    now: ProtectedTable,
    secured: Mapping[str, Shown],
    prices: Prices,
    years: float,
) -> tuple[Displacement, ...]:
    """Every pair of a type sought and another secured of which a count is shown.

    Args:
        otherwise: Searches by the types sought and secured.
        now: Those of them whose child still lives there, in the same groups.
        secured: Searches that ended in each type.
        prices: Of every type.
        years: How many the searches took place in.
    """
    living = {group.labels: shown(group.figure) for group in now.groups}
    found = [
        _displacement(group.labels, shown(group.figure), living, prices, years)
        for group in otherwise.groups
        if group.figure.value and NOT_RECORDED not in group.labels
    ]
    whole = [
        item.model_copy(
            update={"share_of_secured": share_of(item.searches, secured[item.secured])}
        )
        for item in found
    ]
    return tuple(sorted(whole, key=lambda item: -(item.searches.value or 0)))


def _displacement(
    labels: tuple[str, ...],
    searches: Shown,
    living: Mapping[tuple[str, ...], Shown],
    prices: Prices,
    years: float,
) -> Displacement:
    sought, secured = map(PlacementType, labels)
    weekly = prices.more(sought, secured)
    bed = product(weekly, Shown(value=WEEKS.value, within=0))
    children = living.get(labels, Shown(value=0, within=0))
    a_year = product(searches, Shown(value=1 / years, within=0), digits=4)
    return Displacement(
        sought=sought,
        secured=secured,
        searches=searches,
        share_of_secured=NOTHING_KNOWN,
        children_now=children,
        weekly_difference=weekly,
        cost_a_bed_a_year=bed,
        cost_a_year=product(a_year, bed),
        cost_of_children_now=product(children, bed),
    )
