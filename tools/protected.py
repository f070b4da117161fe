"""Figures under disclosure control as a table that a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from corpus import vocabulary
from corpus.disclosure import Dimension, ProtectedTable
from corpus.models import Table
from tools.kinds_of_care import kind_of_care

HEADINGS: Final[dict[Dimension, str]] = {
    Dimension.LOCAL_AUTHORITY: "Authority",
    Dimension.PLACEMENT_TYPE: "Placement type",
    Dimension.SECURED_TYPE: "Secured",
    Dimension.ROUTE: "Route",
    Dimension.GENDER: "Gender",
    Dimension.AGE_BAND: "Age",
    Dimension.NEED: "Need",
    Dimension.PROVIDER: "Provider",
    Dimension.RATING: "Ofsted grade",
    Dimension.YEAR: "Year",
    Dimension.QUARTER: "Quarter",
    Dimension.DISTANCE_BAND: "Distance",
    Dimension.OUT_OF_AREA: "Outside the authority",
    Dimension.RESPONSE: "Response",
    Dimension.REFUSAL_REASON: "Reason for refusal",
    Dimension.NOTICE: "Notice",
    Dimension.SETTING: "URN",
    Dimension.ENDING: "Ended",
}
"""Column heading of each dimension."""


def label_in_words(dimension: Dimension, label: str) -> str:
    """A group's label as people write it; unknown labels as they stand."""
    if dimension in (Dimension.PLACEMENT_TYPE, Dimension.SECURED_TYPE):
        return kind_of_care(label)
    terms = {
        Dimension.NEED: vocabulary.needs,
        Dimension.RATING: vocabulary.ratings,
        Dimension.GENDER: vocabulary.genders,
    }.get(dimension)
    if terms is None:
        return label.replace("_", " ")
    try:
        return terms().label(label)
    except (KeyError, ValueError):
        return label


def figures_table(
    title: str,
    measures: Mapping[str, ProtectedTable],
    rows: Sequence[int] | None = None,
) -> Table:
    """One row a group, one column a measure; all measures are grouped alike.

    Args:
        title: The table's title.
        measures: Column headings, and figures with the same dimensions and groups.
        rows: Places of the groups to show, in order; None for all of them.
    """
    first = next(iter(measures.values()))
    chosen = range(len(first.groups)) if rows is None else rows
    return Table(
        title=title,
        columns=(*(HEADINGS[d] for d in first.dimensions), *measures),
        rows=tuple(_row(measures, at) for at in chosen),
        total_rows=len(first.groups),
    )


def _row(measures: Mapping[str, ProtectedTable], at: int) -> tuple[str | float, ...]:
    first = next(iter(measures.values()))
    labels = (
        label_in_words(dimension, label)
        for dimension, label in zip(
            first.dimensions, first.groups[at].labels, strict=True
        )
    )
    return (*labels, *(table.groups[at].figure.shown for table in measures.values()))
