"""Placements in settings as they were watched, and the children's mix of needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.codes import PlacementType
from corpus.dataset import Dataset
from corpus.disclosure.access import reads_everything
from corpus.disclosure.bands import AGE_LABELS, Dimension, quarter_start
from corpus.disclosure.coding import CodedRows, Integers, Numbers, coded_rows
from corpus.disclosure.spend import held_since
from corpus.disclosure.stays import YEARS_OF_STARTS
from corpus.viewer import Viewer

RISK_LEVELS: Final = (
    "no needs recorded", "needs not scored", "highest score 1 or 2",
    "highest score 3 or 4", "highest score 5",
)  # fmt: skip
"""Levels of a child's recorded risks, by the highest prevalence score."""

_LEVEL_OF_SCORE: Final = np.array([1, 2, 2, 3, 3, 4])

_AGES: Final = len(AGE_LABELS) + 1

WIDTHS: Final = (len(PlacementType) + 1, _AGES, len(RISK_LEVELS))
"""How many codes of each stratum lie in one of the wider, as whole numbers divide."""

_MOVED: Final = "X1"
"""SSDA903 REC: the episode ended, and another began the same day."""


@dataclass(frozen=True, eq=False)
class Cohort:
    """Every placement as far as it was watched; arrays as long as the table."""

    rows: CodedRows
    as_at: date
    """The day to which the placements speak."""
    days: Numbers
    """From the start to the end, or to `as_at` where it lasts."""
    ended: NDArray[np.bool_]
    moved: Numbers
    """1 where it ended in a move to another placement, 0 where otherwise, NaN where
    the reason is not recorded; of one that lasts, NaN."""
    in_setting: NDArray[np.bool_]
    """Whether the setting is known."""
    strata: tuple[Integers, Integers, Integers]
    """The placement type; with the age band; with the level of risk too. Each code
    holds the one before: divided by `WIDTHS`, it gives it."""

    def unplanned(self) -> Numbers:
        """1 where it ended unplanned, 0 planned; NaN lasting, or not recorded."""
        return np.array([0.0, 1.0, np.nan])[
            self.rows.dimensions[Dimension.ENDING].codes
        ]


@lru_cache(maxsize=4)
def cohort(dataset: Dataset) -> Cohort | None:
    """The placements of a dataset, as far as they were watched; None without tables.

    Raises:
        TableError: where the table is missing or damaged.
    """
    as_at = dataset.table_as_at("placements")
    if as_at is None:
        return None
    rows = coded_rows(dataset, "placements")
    last = np.datetime64(as_at)
    ended = ~np.isnat(rows.ended) & (rows.ended <= last)
    until = np.where(ended, rows.ended, last.astype(rows.ended.dtype))
    setting = rows.dimensions[Dimension.SETTING]
    return Cohort(
        rows=rows,
        as_at=as_at,
        days=(until - rows.day) / np.timedelta64(1, "D"),
        ended=ended,
        moved=_moved(dataset, ended),
        in_setting=setting.codes < len(setting.labels) - 1,
        strata=_strata(dataset, rows),
    )


def _moved(dataset: Dataset, ended: NDArray[np.bool_]) -> Numbers:
    reasons = dataset.frame("placements")["reason_ended"]
    known = reasons.notna().to_numpy() & ended
    return np.where(known, (reasons == _MOVED).to_numpy(dtype=float), np.nan)


def _strata(dataset: Dataset, rows: CodedRows) -> tuple[Integers, Integers, Integers]:
    kind = rows.dimensions[Dimension.PLACEMENT_TYPE].codes
    aged = kind * _AGES + rows.dimensions[Dimension.AGE_BAND].codes
    return kind, aged, aged * len(RISK_LEVELS) + _risk_levels(dataset, rows)


def _risk_levels(dataset: Dataset, rows: CodedRows) -> Integers:
    scores = dataset.frame("placements")["risk_scores"]
    highest = np.fromiter(
        (max(held, default=0) if held is not None else 0 for held in scores),
        dtype=np.int64,
        count=len(scores),
    )
    level = _LEVEL_OF_SCORE[np.clip(highest, 0, 5)]
    return np.where(rows.needs == 0, 0, level)


def watched_since(dataset: Dataset, viewer: Viewer) -> date | None:
    """The first start from which outcomes are counted; None without tables.

    Five years back, and not before the first ending held: of those who came earlier,
    only the ones who stayed are known.
    """
    as_at = dataset.table_as_at("placements")
    if as_at is None:
        return None
    back = quarter_start(date(as_at.year - YEARS_OF_STARTS, as_at.month, 1))
    return max(back, held_since(dataset, viewer) or back)


def of_kinds(stays: Cohort, kinds: tuple[PlacementType, ...]) -> NDArray[np.bool_]:
    """Which rows are of some placement types, in a setting that is known; () is all."""
    codes = [list(PlacementType).index(kind) for kind in kinds]
    wanted = (
        np.isin(stays.strata[0], codes) if kinds else np.ones(len(stays.days), bool)
    )
    return np.asarray(wanted & stays.in_setting, dtype=np.bool_)


def told_of(stays: Cohort, dataset: Dataset, viewer: Viewer) -> NDArray[np.bool_]:
    """The rows that the figures of every authority together may be worked out from."""
    if reads_everything(dataset, viewer):
        return np.ones(len(stays.days), dtype=bool)
    return stays.rows.child_kept


def own_rows(stays: Cohort, viewer: Viewer) -> NDArray[np.bool_]:
    """The rows of the viewer's own authority."""
    authority = stays.rows.dimensions[Dimension.LOCAL_AUTHORITY]
    owned = np.array([viewer.owns(label) for label in authority.labels])
    return np.asarray(owned[authority.codes], dtype=np.bool_)


def group_codes(
    settings: tuple[str, ...], groups: Mapping[str, str], labels: list[str]
) -> Integers:
    """For each setting's code, the place of its group's label; -1 where it has none."""
    place = {label: at for at, label in enumerate(labels)}
    named = (groups.get(urn) for urn in settings)
    return np.array([-1 if name is None else place[name] for name in named])
