"""Whose rows a viewer may read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.dataset import Dataset
from corpus.disclosure.bands import Filters
from corpus.disclosure.coding import ChildTable
from corpus.errors import UsageError
from corpus.viewer import Viewer

if TYPE_CHECKING:
    import pandas as pd


def visible_rows(dataset: Dataset, table: ChildTable, viewer: Viewer) -> pd.DataFrame:
    """The rows that the viewer may read one by one, in a frame of the table's columns.

    A council's own rows, or on a demonstration everything for an evaluator.

    Raises:
        UsageError: for the region, which reads aggregates alone, and for an evaluator
            on real tables.
        TableError: where the table is missing or damaged.
    """
    if reads_everything(dataset, viewer):
        return dataset.frame(table).copy()
    if viewer.role != "council":
        raise UsageError(
            f"The viewer {str(viewer)!r} reads no rows of {table!r}: those about"
            " children are visible to their own authority alone.",
            "Ask for counts or averages, or as --viewer council:NAME.",
        )
    return _own_rows(dataset, table, viewer)


def reads_everything(dataset: Dataset, viewer: Viewer) -> bool:
    """Whether the viewer is an evaluator, on tables that an evaluator may read.

    Raises:
        UsageError: for an evaluator on real tables.
    """
    if viewer.role == "evaluator" and dataset.kind == "real":
        raise UsageError(
            "The viewer 'evaluator' reads everything, and these tables are real.",
            "Use --viewer region or council:NAME, or a directory made with"
            " `placements demo`.",
        )
    return viewer.role == "evaluator"


def reads_exactly(dataset: Dataset, viewer: Viewer, filters: Filters) -> bool:
    """Whether every row that the filters leave is the viewer's to read whole.

    Raises:
        UsageError: for an evaluator on real tables.
    """
    asked = filters.local_authority
    return reads_everything(dataset, viewer) or (
        bool(asked) and all(viewer.owns(name) for name in asked)
    )


def _own_rows(dataset: Dataset, table: ChildTable, viewer: Viewer) -> pd.DataFrame:
    frame = dataset.frame(table)
    if table == "offers":
        asked = dataset.frame("referrals").set_index("referral_id")["local_authority"]
        authority = frame["referral_id"].map(asked)
    else:
        authority = frame["local_authority"]
    own = [name for name in authority.dropna().unique() if viewer.owns(name)]
    return frame[authority.isin(own)].reset_index(drop=True)
