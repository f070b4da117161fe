"""Children like the one in question who were placed in each setting before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.disclosure import (
    Dimension,
    Figure,
    Filters,
    ProtectedTable,
    Question,
    count_by,
)
from corpus.disclosure.bands import snapped
from corpus.models import Frozen
from tools.base import Knowledge
from tools.endings import unplanned_share
from tools.shown import NOTHING_KNOWN, Shown, shown

if TYPE_CHECKING:
    from tools.find_providers import FindProvidersArguments

UNKNOWN: Final = Figure(None, None, exact=False)


class SimilarChildren(Frozen):
    """How many similar children one setting has had, as the viewer may know it."""

    children: Shown
    """Of every authority."""
    unplanned_end_share: Shown
    """Of their stays there that ended, and are said how, the share that ended
    unplanned, 0 to 1."""
    own_children: int | None
    """Of the viewer's own authority, exactly; None for a viewer without one."""

    @property
    def told(self) -> str:
        """For a table's cell: "25, 40% ended unplanned (2 own)"; "c" where withheld."""
        told, share = str(self.children.cell), self.unplanned_end_share.value
        if share is not None:
            told += f", {share:.0%} ended unplanned"
        return told + (f" ({self.own_children} own)" if self.own_children else "")


@dataclass(frozen=True)
class SimilarPlacements:
    """The figures of every setting, and how "similar" was read."""

    figures: Mapping[str, SimilarChildren]
    """By URN, of the settings that a kept record speaks of."""
    nobody: SimilarChildren
    """Of the other settings: withheld, or 0 where the viewer reads everything."""
    table: ProtectedTable
    """The counts, with what is to be said beside them."""

    def of(self, urn: str) -> SimilarChildren:
        """The figures of one setting."""
        return self.figures.get(urn, self.nobody)

    @property
    def similar(self) -> str:
        """Who counts as similar, in words."""
        filters, parts = self.table.filters, []
        if filters.age_from is not None:
            parts.append(f"aged {filters.age_from} to {filters.age_to} at the start")
        if filters.any_needs:
            some = "that need" if len(filters.any_needs) == 1 else "one of those needs"
            parts.append(f"with {some} recorded")
        return " and ".join(parts)


def similar_placements(
    asked: FindProvidersArguments, knowledge: Knowledge
) -> SimilarPlacements | None:
    """Children of the same age band who shared a need, by setting.

    Evidence only: it neither rules a setting out nor ranks it. None where neither age
    nor need is asked, and where too few such children are known of in all settings.
    """
    if not (asked.all_ages or asked.needs):
        return None
    filters = _similar(asked)
    table = count_by(_question(knowledge, filters, Dimension.SETTING))
    if not table.total.value:
        return None
    by_ending = (Dimension.SETTING, Dimension.ENDING)
    endings = count_by(_question(knowledge, filters, *by_ending), "records")
    ended = {group.labels: group.figure for group in endings.groups}
    own = _own(knowledge, filters)
    figures = {
        urn: SimilarChildren(
            children=shown(group.figure),
            unplanned_end_share=unplanned_share(
                ended.get((urn, "planned"), UNKNOWN),
                ended.get((urn, "unplanned"), UNKNOWN),
            ),
            own_children=None if own is None else own.get(urn, 0),
        )
        for group in table.groups
        for urn in group.labels
    }
    exact = table.total.exact
    nobody = SimilarChildren(
        children=shown(Figure(0.0, 0.0, exact) if exact else UNKNOWN),
        unplanned_end_share=NOTHING_KNOWN if exact else shown(UNKNOWN),
        own_children=None if own is None else 0,
    )
    return SimilarPlacements(figures, nobody, table)


def _similar(asked: FindProvidersArguments) -> Filters:
    """The published age bands that hold the children, and any need that they have."""
    ages = asked.all_ages
    exactly = Filters(
        age_from=min(ages, default=None),
        age_to=max(ages, default=None),
        any_needs=asked.needs or (),
    )
    return snapped(exactly, None)[0]


def _question(knowledge: Knowledge, filters: Filters, *group_by: Dimension) -> Question:
    return Question(
        knowledge.dataset, "placements", knowledge.viewer, filters, group_by
    )


def _own(knowledge: Knowledge, filters: Filters) -> dict[str, int] | None:
    """Exact numbers of the viewer's own children by URN; None for one without any."""
    authority = knowledge.viewer.local_authority
    if authority is None:
        return None
    own = filters.model_copy(update={"local_authority": (authority,)})
    groups = count_by(_question(knowledge, own, Dimension.SETTING)).groups
    return {
        urn: int(group.figure.value or 0) for group in groups for urn in group.labels
    }
