"""Searches for placements, counted by type, in groups, and by what became of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from corpus.codes import PlacementType
from corpus.disclosure import Dimension, ProtectedTable, Question, count_by
from corpus.disclosure.bands import NOT_RECORDED
from corpus.disclosure.searches import Outcome, outcomes_by
from tools.citing import protection_caveats
from tools.found_sufficiency import (
    GroupedSufficiency,
    GroupSufficiency,
    Refusals,
    TypeSufficiency,
)
from tools.shown import NOTHING_KNOWN, Shown, difference, share_of, shown

_OUTCOMES: Final[tuple[Outcome, ...]] = (
    "sought", "as_sought", "otherwise", "unplaced", "distance_known", "within_distance",
)  # fmt: skip
_PAIRS: Final = (Dimension.PLACEMENT_TYPE, Dimension.SECURED_TYPE)


@dataclass(frozen=True)
class Searches:
    """Some authorities' searches, over some years."""

    question: Question
    """Of the referrals, of every type sought."""
    years: float

    def of(self, authorities: tuple[str, ...]) -> Searches:
        """The same of other authorities."""
        filters = self.question.filters.model_copy(
            update={"local_authority": authorities}
        )
        return replace(self, question=replace(self.question, filters=filters))

    def by(self, *dimensions: Dimension) -> Question:
        """The question, grouped."""
        return replace(self.question, group_by=dimensions)

    def types(self) -> tuple[TypeSufficiency, ...]:
        """What became of the searches for each type of which any are shown."""
        tables = outcomes_by(self.by(Dimension.PLACEMENT_TYPE), _OUTCOMES)
        groups = _groups(tables)
        secured = self.secured()
        return tuple(
            _of_type(group, secured[group.labels[0]], self.years)
            for group in groups
            if group.labels[0] != NOT_RECORDED
            and (group.sought.value or secured[group.labels[0]].value)
        )

    def secured(self) -> dict[str, Shown]:
        """Searches that ended in each type, whatever they sought."""
        return {
            group.labels[0]: shown(group.figure)
            for group in count_by(self.by(Dimension.SECURED_TYPE), "records").groups
        }

    def pairs(self) -> dict[Outcome, ProtectedTable]:
        """Searches by the types sought and secured, where the two differ."""
        return outcomes_by(self.by(*_PAIRS), ("otherwise", "otherwise_now"))

    def seeking(self, kind: PlacementType | None) -> Question:
        """The question, of the searches for one type; of all for None."""
        filters = self.question.filters.model_copy(
            update={"placement_type": (kind,) if kind else ()}
        )
        return replace(self.question, filters=filters)


def total_of(question: Question) -> tuple[GroupSufficiency, tuple[str, ...]]:
    """All searches together, and what to tell of their protection."""
    tables = outcomes_by(replace(question, group_by=()), _OUTCOMES)
    figures = {name: shown(table.total) for name, table in tables.items()}
    return _group((), figures), protection_caveats(*tables.values())


def grouped_by(question: Question, by: tuple[Dimension, ...]) -> GroupedSufficiency:
    """The searches in the groups of which any are shown."""
    groups = _groups(outcomes_by(replace(question, group_by=by), _OUTCOMES))
    return GroupedSufficiency(
        group_by=by, groups=tuple(group for group in groups if group.sought.value)
    )


def refusals_of(question: Question) -> tuple[Refusals, ...]:
    """Why offers were refused to searches that did not secure what they sought.

    The most frequent reason first.
    """
    asked = replace(question, table="offers", group_by=(Dimension.REFUSAL_REASON,))
    table = outcomes_by(asked, ("not_as_sought",))["not_as_sought"]
    found = [
        Refusals(reason=group.labels[0], offers=shown(group.figure))
        for group in table.groups
        if group.labels[0] != NOT_RECORDED and group.figure.value
    ]
    return tuple(sorted(found, key=lambda item: -(item.offers.value or 0)))


def _groups(tables: dict[Outcome, ProtectedTable]) -> list[GroupSufficiency]:
    """Each group's outcomes; all tables are grouped alike."""
    figures: dict[tuple[str, ...], dict[Outcome, Shown]] = {}
    for name, table in tables.items():
        for group in table.groups:
            figures.setdefault(group.labels, {})[name] = shown(group.figure)
    return [_group(labels, found) for labels, found in figures.items()]


def _group(labels: tuple[str, ...], found: dict[Outcome, Shown]) -> GroupSufficiency:
    none = Shown(value=0, within=0)
    sought, as_sought, otherwise, unplaced, known, within = (
        found.get(name, none) for name in _OUTCOMES
    )
    return GroupSufficiency(
        labels=labels,
        sought=sought,
        secured_as_sought=as_sought,
        secured_otherwise=otherwise,
        unplaced=unplaced,
        met=share_of(as_sought, sought),
        within_distance=share_of(within, known),
    )


def _of_type(group: GroupSufficiency, secured: Shown, years: float) -> TypeSufficiency:
    gap = difference(group.sought, secured)
    return TypeSufficiency(
        placement_type=PlacementType(group.labels[0]),
        sought=group.sought,
        secured_as_sought=group.secured_as_sought,
        secured_otherwise=group.secured_otherwise,
        unplaced=group.unplaced,
        met=group.met,
        secured=secured,
        gap=gap,
        gap_a_year=_per_year(gap, years),
        cost_a_year=NOTHING_KNOWN,
    )


def _per_year(figure: Shown, years: float) -> Shown:
    if figure.value is None:
        return figure
    within = round((figure.within or 0) / years, 1)
    return Shown(value=round(figure.value / years, 1), within=within)
