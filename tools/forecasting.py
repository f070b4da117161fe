"""What the two forecasts share: the model of a place, and what is said of its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from corpus.dataset import Dataset
from corpus.disclosure import WITHHELD
from corpus.disclosure.flows import TYPES, Flows, flows
from corpus.disclosure.quarters import month_shifted
from corpus.errors import NothingLoaded
from corpus.models import Frozen
from corpus.viewer import Viewer
from tools.base import Knowledge
from tools.financial_years import known_day
from tools.places import resolve_authority
from tools.simulation import Futures, simulate
from tools.stock_flow import Numbers, fitted

FEWEST_QUARTERS: Final = 4
"""Quarters of complete records that a forecast needs at least."""
FEWEST_CHILDREN: Final = 30
"""Children in care under which the answer says that its range is mostly chance."""
FAR_MONTHS: Final = 60
"""Months ahead beyond which the history, five years, is shorter than the forecast."""
QUANTILES: Final = (0.1, 0.5, 0.9)

POUNDS: Final = -3
"""Digits to which pounds are rounded: thousands."""

Draws = NDArray[Any]

Scenario = Literal["low", "central", "high"]


class Range(Frozen):
    """What is expected: one in ten futures lies below `p10`, one in ten above `p90`."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Place:
    """Whose children are forecast, from which day, and who asks."""

    dataset: Dataset
    viewer: Viewer
    local_authority: str | None
    """None for all authorities together."""
    until: date
    """The last day that is known."""

    @property
    def name(self) -> str:
        """The place in words."""
        return self.local_authority or "all authorities"

    def ends(self, months: int) -> list[date]:
        """The last days of the months ahead."""
        return [month_shifted(self.until, ahead + 1) for ahead in range(months)]


@dataclass(frozen=True, eq=False)
class Projection:
    """Futures of one place, and the flows that they were drawn from."""

    own: Flows
    region: Flows
    futures: Futures


def place_of(local_authority: str | None, knowledge: Knowledge) -> Place:
    """The place of a call.

    Raises:
        UnknownPlace: for a name that is no authority's.
        NothingLoaded: where no tables are loaded.
    """
    if knowledge.dataset.kind is None:
        raise NothingLoaded(
            "No placement tables are loaded, so nothing can be forecast.",
            "Run `placements demo` for the demonstration region.",
        )
    name = resolve_authority(local_authority, knowledge.gazetteer)
    return Place(knowledge.dataset, knowledge.viewer, name, known_day(knowledge))


def flows_of(place: Place) -> tuple[Flows, Flows]:
    """The place's own flows and the region's; the same where it is the region.

    Raises:
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    region = flows(place.dataset, place.viewer, None, place.until)
    if place.local_authority is None:
        return region, region
    own = flows(place.dataset, place.viewer, place.local_authority, place.until)
    return own, region


def why_not(place: Place) -> str | None:
    """Why nothing can be forecast, for the reader; None where something can."""
    own, region = flows_of(place)
    if not own.children[-1] > 0:  # also where it is withheld
        few = "hold no children" if own.exact else "show no children, or too few,"
        return (
            f"There is nothing to forecast from: the tables {few} of {place.name} in"
            f" care on {place.until}."
        )
    quarters = int(region.complete.sum())
    if quarters < FEWEST_QUARTERS:
        return (
            "There is too little history to forecast from: it takes placements that"
            f" ended over {FEWEST_QUARTERS} quarters, and the tables reach back"
            f" {quarters} quarters before {place.until}. Import earlier years'"
            " placements."
        )
    return None


def project(place: Place, months: int, entrants_factor: float = 1.0) -> Projection:
    """Futures of a place for so many months; `why_not` is None for it.

    Raises:
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    own, region = flows_of(place)
    futures = simulate(fitted(own, region), ceil(months / 3), entrants_factor)
    return Projection(own, region, futures)


def range_of(draws: Draws, digits: int = 0) -> Range:
    """P10, P50 and P90 of some draws, rounded."""
    return ranges_of(np.asarray(draws)[:, None], digits)[0]


def ranges_of(draws: Draws, digits: int = 0) -> list[Range]:
    """The range of each column of draws: (draw, column)."""
    found = np.round(np.quantile(draws, QUANTILES, axis=0), digits)
    return [Range(p10=low, p50=mid, p90=high) for low, mid, high in found.T.tolist()]


def monthly(quarterly: Numbers, months: int, part: float) -> Numbers:
    """Values along each month, on the line between those at the quarters' ends.

    Args:
        quarterly: (draw, quarter from now, ...).
        months: How many.
        part: Where in the month: 0.5 for its middle, 1 for its end.
    """
    at = (np.arange(months) + part) / 3
    before = np.minimum(np.floor(at).astype(np.int64), quarterly.shape[1] - 2)
    share = (at - before).reshape((1, -1) + (1,) * (quarterly.ndim - 2))
    values = quarterly[:, before] * (1 - share) + quarterly[:, before + 1] * share
    return np.asarray(values, dtype=np.float64)


def kinds_of(placement_type: str | None) -> NDArray[np.bool_]:
    """For each kind, whether it is of a type; of all types for None."""
    types = np.repeat(np.array(TYPES), 2)
    every = np.ones(len(types), dtype=np.bool_)
    return every if placement_type is None else types == placement_type


def thin_caveats(place: Place, own: Flows, months: int) -> tuple[str, ...]:
    """What the reader must know of the figures that the forecast was fitted to."""
    said = []
    if place.local_authority and not own.exact:
        said.append(
            f"Of {place.name}, only numbers of children and of entrants and mean prices"
            " were used, as they may be shown; who stays, moves and leaves follows the"
            " rates of all authorities together."
        )
    if place.local_authority and own.exact:
        said.append(
            "Rates that rest on few children were drawn towards those of all"
            " authorities together."
        )
    if own.children[-1] < FEWEST_CHILDREN:
        said.append(
            f"Few children stand behind this forecast (about {own.children[-1]:.0f}):"
            " where in its range the outcome falls is decided by single placements."
        )
    if months > FAR_MONTHS:
        said.append(
            f"The forecast looks {months / 12:.3g} years ahead on five years of history"
            " at most: its far end is a continuation, and no more."
        )
    return tuple(said)


def known(count: float) -> float | None:
    """A count as a result carries it: None where it is withheld, NaN."""
    return None if np.isnan(count) else float(count)


def whole(value: float | None) -> int | str:
    """A number of children or pounds for a table; `c` where it is withheld."""
    return WITHHELD if value is None else round(value)


def joined(*parts: Sequence[str | None]) -> tuple[str, ...]:
    """Caveats in one list, each once."""
    said = [line for part in parts for line in part if line]
    return tuple(dict.fromkeys(said))
