"""What an analysis of sufficiency gives back, and what to beware of."""

from __future__ import annotations

from datetime import date
from typing import Final

from corpus.codes import PlacementType
from corpus.disclosure import Dimension
from corpus.models import Frozen
from corpus.observed import StatedGap
from tools.assumptions import Assumption
from tools.shown import Shown
from tools.sufficiency_costs import Displacement

_SHOWN_GAPS: Final = 20


class TypeSufficiency(Frozen):
    """Searches for one type of placement, and what became of them."""

    placement_type: PlacementType
    sought: Shown
    """Searches that sought it."""
    secured_as_sought: Shown
    """Of those, how many secured it."""
    secured_otherwise: Shown
    """Of those, how many ended in another type."""
    unplaced: Shown
    """Of those, how many ended without a placement, or had not ended."""
    met: Shown
    """Share of those sought that secured it, as a fraction."""
    secured: Shown
    """Searches that secured it, whatever they sought."""
    gap: Shown
    """Sought less secured: below 0 where more children are in it than it was sought
    for."""
    gap_a_year: Shown
    """The gap of an average year: in beds, where each is needed for a year."""
    cost_a_year: Shown
    """Pounds of an average year for those secured otherwise; nothing known where no
    search is shown that ended in another type of a known price."""


class GroupSufficiency(Frozen):
    """The searches of one group."""

    labels: tuple[str, ...]
    sought: Shown
    secured_as_sought: Shown
    secured_otherwise: Shown
    unplaced: Shown
    met: Shown
    within_distance: Shown
    """Share placed no farther away than was sought, of those of which both are
    known."""


class GroupedSufficiency(Frozen):
    """The searches in the groups of one or several dimensions."""

    group_by: tuple[Dimension, ...]
    groups: tuple[GroupSufficiency, ...]


class Refusals(Frozen):
    """Why providers refused searches that did not secure what they sought."""

    reason: str
    offers: Shown


class Sufficiency(Frozen):
    """Placements sought against placements secured."""

    authorities: tuple[str, ...]
    """Whose searches: the authority asked for, or all of which any are held."""
    since: date | None
    """First month of the searches; None where none is held."""
    until: date | None
    years: float | None
    total: GroupSufficiency | None = None
    types: tuple[TypeSufficiency, ...] = ()
    displacements: tuple[Displacement, ...] = ()
    """The most frequent first."""
    in_homes_for_want_of_fostering: Displacement | None = None
    """Sought foster care, secured a children's home; None where not shown."""
    grouped: tuple[GroupedSufficiency, ...] = ()
    refusals: tuple[Refusals, ...] = ()
    beside: str | None = None
    """The region whose figures stand beside an authority's."""
    beside_types: tuple[TypeSufficiency, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    stated_gaps: tuple[StatedGap, ...] = ()
    """Gaps and intentions as sufficiency statements state them."""


def listed_gaps(found: Sufficiency) -> tuple[StatedGap, ...]:
    """The stated gaps that are shown and cited."""
    return found.stated_gaps[:_SHOWN_GAPS]


def sufficiency_caveats(found: Sufficiency) -> tuple[str, ...]:
    """What is counted, what it assumes, and what is not known."""
    if found.since is None or found.years is None:
        return ("No searches are held of what was asked about: nothing is known.",)
    told = [
        f"Counted are searches (referrals) made from {found.since:%B %Y} to"
        f" {found.until}, {found.years:.1f} years, by the type judged most suitable; a"
        " search that was still open then counts as not placed.",
        "The gap is searches that sought a type less searches that secured it, whatever"
        " they had sought: below 0, more children were placed in the type than it was"
        " sought for, and meeting the other gaps would free beds in it.",
    ]
    if found.displacements:
        told.append(
            "Costs are the difference between the mean weekly costs of the two types"
            " over 365/7 weeks. A year's cost assumes that each search that ended"
            " otherwise needs a bed for one year; the cost of the children there now"
            " rests on no such length. Children placed otherwise may cost more or less"
            " than the mean of either type."
        )
    if any(Dimension.NEED in grouped.group_by for grouped in found.grouped):
        told.append("A child with several needs stands in several groups.")
    if found.stated_gaps:
        told.append(
            "Stated gaps are authorities' own words on the day of their statement; they"
            " are neither checked nor added to the figures."
        )
    return tuple(told)
