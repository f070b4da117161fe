"""Prices paid for each kind of placement, where no kind is asked for."""

from __future__ import annotations

from corpus.codes import PlacementType
from corpus.disclosure import Dimension, Filters, Question, count_by, median_by
from corpus.disclosure.bands import NOT_RECORDED
from corpus.models import Frozen, Table
from tools.base import Knowledge
from tools.comparables import Basis, whole
from tools.protected import figures_table


class KindPrice(Frozen):
    """What was paid for one kind of placement."""

    placement_type: PlacementType
    placements: int | None
    """With or without a known cost; None where the number is withheld."""
    median: float | None
    """Pounds a week; None where it is withheld or there is none."""


def prices_by_kind(
    knowledge: Knowledge, filters: Filters, basis: Basis, mark: str
) -> tuple[tuple[KindPrice, ...], Table]:
    """Each kind's placements and median, and the table of them."""
    kind = (Dimension.PLACEMENT_TYPE,)
    question = Question(
        knowledge.dataset, "placements", knowledge.viewer, filters, group_by=kind
    )
    counts, medians = count_by(question, "records"), median_by(question, basis)
    rows = [
        at for at, group in enumerate(counts.groups) if group.labels != (NOT_RECORDED,)
    ]
    table = figures_table(
        f"By placement type{mark}",
        {"Placements": counts, "Median, £ a week": medians},
        rows,
    )
    return (
        tuple(
            KindPrice(
                placement_type=PlacementType(counts.groups[at].labels[0]),
                placements=whole(counts.groups[at].figure),
                median=medians.groups[at].figure.value,
            )
            for at in rows
        ),
        table,
    )
