"""What became of searches: whether what was secured is what was sought."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.dataset import Dataset
from corpus.disclosure.access import reads_everything
from corpus.disclosure.aggregates import Question
from corpus.disclosure.bands import Dimension
from corpus.disclosure.coding import ChildTable, CodedRows, coded_rows
from corpus.disclosure.measures import Count, Counted
from corpus.disclosure.reading import read
from corpus.disclosure.selection import selected
from corpus.disclosure.tables import ProtectedTable
from corpus.errors import InvalidArguments
from corpus.viewer import Viewer

Outcome = Literal[
    "sought", "as_sought", "otherwise", "unplaced", "not_as_sought", "otherwise_now",
    "distance_known", "within_distance",
]  # fmt: skip
"""Which searches are counted:

sought: all of them.
as_sought: a placement of the type sought was secured.
otherwise: one of another type was.
unplaced: none was, or not yet.
not_as_sought: either of the last two.
otherwise_now: as `otherwise`, and the child still lives there on the as-at date.
distance_known: a placement was secured, its distance is recorded, and so is the
    farthest that was sought.
within_distance: of those, the ones no farther away than sought.
"""


def outcomes_by(
    question: Question, outcomes: Iterable[Outcome], counted: Counted = "records"
) -> dict[Outcome, ProtectedTable]:
    """How many searches, or children searched for, had each outcome.

    Counts are exact or protected as those of `count_by`. Of the offers, the offers made
    to searches with each outcome are counted; they know nothing of distances or of who
    still lives where.

    Raises:
        InvalidArguments: where the table lacks a filter, a dimension or an outcome.
        UsageError: for an evaluator on real tables.
        TableError: where the table is missing or damaged.
    """
    reading = read(question)
    rows = coded_rows(question.dataset, question.table)
    chosen = selected(rows, reading.question.filters)
    return {
        name: reading.table(
            rows, chosen & _with_outcome(question, rows, name), Count(counted)
        )
        for name in outcomes
    }


def searches_since(dataset: Dataset, viewer: Viewer) -> date | None:
    """The first day of the month of the first search on record; None without any.

    From children kept, unless the viewer reads everything.
    """
    rows = coded_rows(dataset, "referrals")
    told = np.ones_like(rows.child_kept)
    if not reads_everything(dataset, viewer):
        told = rows.child_kept
    if not told.any():
        return None
    first: date = rows.day[told].min().astype("datetime64[D]").item()
    return first.replace(day=1)


def _with_outcome(
    question: Question, rows: CodedRows, outcome: Outcome
) -> NDArray[np.bool_]:
    if question.table == "placements":
        raise InvalidArguments("What became of a search is asked of the referrals.")
    sought, secured = (
        rows.dimensions[name]
        for name in (Dimension.PLACEMENT_TYPE, Dimension.SECURED_TYPE)
    )
    found = secured.codes < len(secured.labels) - 1
    same = sought.codes == secured.codes
    if outcome in ("sought", "as_sought", "otherwise", "unplaced", "not_as_sought"):
        plain: dict[str, NDArray[np.bool_]] = {
            "sought": np.ones_like(found),
            "as_sought": found & same,
            "otherwise": found & ~same,
            "unplaced": ~found,
            "not_as_sought": ~(found & same),
        }
        return plain[outcome]
    lasts, miles = _secured(question.dataset, question.table)
    if outcome == "otherwise_now":
        there: NDArray[np.bool_] = found & ~same & lasts
        return there
    farthest = rows.values["sought_within_miles"]
    known: NDArray[np.bool_] = found & ~np.isnan(farthest) & ~np.isnan(miles)
    near: NDArray[np.bool_] = known & (miles <= farthest)
    return known if outcome == "distance_known" else near


@lru_cache(maxsize=4)
def _secured(
    dataset: Dataset, table: ChildTable
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Of each referral, whether its placement lasts, and its miles from home."""
    if table != "referrals":
        raise InvalidArguments(f"The placement secured is not recorded in {table}.")
    key = ["local_authority", "placement_id"]
    columns = [*key, "ended", "distance_miles"]
    placements = dataset.frame("placements")[columns].drop_duplicates(key)
    named = (
        dataset.frame("referrals")[key]
        .merge(placements, on=key, how="left", indicator="held")
        .reset_index(drop=True)
    )
    lasts = (named["held"] == "both") & named["ended"].isna()
    miles = named["distance_miles"].to_numpy(dtype=np.float64, na_value=np.nan)
    return lasts.to_numpy(dtype=bool), miles
