"""A question as its viewer may have it answered, for figures of derived rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.dataset import Dataset
from corpus.disclosure.access import reads_everything, reads_exactly
from corpus.disclosure.aggregates import Question, _groups, figure_at, figures_of
from corpus.disclosure.bands import Dimension, snapped
from corpus.disclosure.coding import ChildTable, CodedRows, Integers, coded_rows
from corpus.disclosure.measures import Measure
from corpus.disclosure.selection import dimension_of, grouped
from corpus.disclosure.tables import ProtectedTable
from corpus.viewer import Viewer


@dataclass(frozen=True)
class Reading:
    """A question whose filters are those applied."""

    question: Question
    exact: bool
    """Whether every row that it is about is the viewer's to read whole."""
    snapped: tuple[str, ...]
    """A sentence for each filter that was widened."""

    def table(
        self, rows: CodedRows, chosen: NDArray[np.bool_], measure: Measure
    ) -> ProtectedTable:
        """A measure of the chosen rows, in the question's groups and in all.

        `rows` are the question's table's, or were derived from them row by row, so
        that each is about one child and carries that child's keys and noise.
        """
        whole = figures_of(measure, rows, grouped(rows, chosen, ()), self.exact)
        return ProtectedTable(
            dimensions=self.question.group_by,
            groups=_groups(self.question, measure, rows, chosen, self.exact),
            total=figure_at(whole, 0, self.exact),
            filters=self.question.filters,
            snapped=self.snapped,
        )


def read(question: Question) -> Reading:
    """Decide how a question is answered, and snap its filters where it is protected.

    Raises:
        UsageError: for an evaluator on real tables.
    """
    exact = reads_exactly(question.dataset, question.viewer, question.filters)
    if exact:
        return Reading(question, exact, ())
    filters, said = snapped(question.filters, question.dataset.as_at)
    return Reading(replace(question, filters=filters), exact, said)


def taken(
    rows: CodedRows, index: Integers, dimensions: tuple[Dimension, ...]
) -> CodedRows:
    """The rows at some places, with the named dimensions alone, and without values.

    Raises:
        InvalidArguments: where the table lacks a dimension.
    """
    held = [name for name in dimensions if name is not Dimension.NEED]
    authority = Dimension.LOCAL_AUTHORITY
    coded = {
        name: dimension_of(rows, name) for name in dict.fromkeys([*held, authority])
    }
    return CodedRows(
        dimensions={
            name: replace(column, codes=column.codes[index])
            for name, column in coded.items()
        },
        values={},
        needs=rows.needs[index],
        child=rows.child[index],
        age=rows.age[index],
        day=rows.day[index],
        ended=rows.ended[index],
        child_kept=rows.child_kept[index],
        record_kept=rows.record_kept[index],
        noise=rows.noise[index],
    )


def listed_authorities(
    dataset: Dataset, table: ChildTable, viewer: Viewer
) -> frozenset[str]:
    """The placing authorities whose rows a table holds, as the viewer may be told.

    Raises:
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    rows = coded_rows(dataset, table)
    authorities = rows.dimensions[Dimension.LOCAL_AUTHORITY]
    told = rows.child_kept | reads_everything(dataset, viewer)
    present = authorities.listed(told)
    own = {name for name in authorities.labels if viewer.owns(name)}
    kept = {
        name
        for name, there in zip(authorities.labels[:-1], present[:-1], strict=True)
        if there
    }
    return frozenset(kept | own)
