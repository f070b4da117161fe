"""Rows about children as arrays of codes, made once and asked many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.children import Notice, RefusalReason, Response
from corpus.codes import Gender, Need, OfstedRating, PlacementType, Route
from corpus.dataset import Dataset
from corpus.disclosure.bands import (
    AGE_LABELS,
    AGE_STARTS,
    DISTANCE_LABELS,
    DISTANCE_STARTS,
    NOT_RECORDED,
    Dimension,
    financial_year,
)
from corpus.disclosure.sampling import left_out, noise_factors
from corpus.disclosure.secret import secret_of

if TYPE_CHECKING:
    import pandas as pd

ChildTable = Literal["placements", "referrals", "offers"]
"""Tables whose rows are about children."""

Integers = NDArray[np.int64]
Numbers = NDArray[np.float64]

NEEDS: Final = tuple(Need)

_CLOSED: Final[dict[Dimension, tuple[str, Sequence[str]]]] = {
    Dimension.PLACEMENT_TYPE: ("placement_type", list(PlacementType)),
    Dimension.SECURED_TYPE: ("secured_type", list(PlacementType)),
    Dimension.ROUTE: ("route", list(Route)),
    Dimension.GENDER: ("gender", list(Gender)),
    Dimension.RATING: ("rating", list(OfstedRating)),
    Dimension.OUT_OF_AREA: ("out_of_area", ["no", "yes"]),
    Dimension.RESPONSE: ("response", get_args(Response)),
    Dimension.REFUSAL_REASON: ("refusal_reason", get_args(RefusalReason)),
    Dimension.NOTICE: ("notice", get_args(Notice)),
    Dimension.ENDING: ("ending", ["planned", "unplanned"]),
}
"""Column and code list of the dimensions that have one."""

VALUES: Final[dict[ChildTable, tuple[str, ...]]] = {
    "placements": (
        "weekly_cost", "weekly_cost_uprated", "weekly_social_care", "weekly_education",
        "weekly_health", "distance_miles", "stay_days",
    ),
    "referrals": ("sought_within_miles", "days_to_secure"),
    "offers": ("weekly_price",),
}  # fmt: skip
"""Measures of each table."""


@dataclass(frozen=True)
class Coded:
    """One dimension: for each row, its label's place in `labels`."""

    codes: Integers
    labels: tuple[str, ...]
    """The last is `NOT_RECORDED`."""
    closed: bool
    """Whether the labels are a published list, rather than what the rows hold."""

    def listed(self, evidence: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """For each label, whether it is published or stands in a row of `evidence`."""
        present = np.bincount(self.codes[evidence], minlength=len(self.labels)) > 0
        present[:-1] |= self.closed
        return present


@dataclass(frozen=True, eq=False)
class CodedRows:
    """One table's rows, in the order of its frame; every array is as long as it."""

    dimensions: dict[Dimension, Coded]
    """Without `Dimension.NEED`, whose groups are the bits of `needs`."""
    values: dict[str, Numbers]
    """Measures by name; NaN where the row does not say."""
    needs: Integers
    """Bit i stands for the need at i in `NEEDS`."""
    child: Integers
    """The child, numbered from 0."""
    age: Numbers
    """Whole years on the row's date; NaN where not recorded."""
    day: NDArray[np.datetime64]
    """When the placement began, the referral was made or sent."""
    ended: NDArray[np.datetime64]
    """NaT while a placement lasts, and in the other tables."""
    child_kept: NDArray[np.bool_]
    """Whether the row's child stands in protected figures."""
    record_kept: NDArray[np.bool_]
    """Whether the row itself stands in protected counts of records."""
    noise: Numbers
    """What protected figures multiply the row's values by: one factor a child."""


@lru_cache(maxsize=6)
def coded_rows(dataset: Dataset, table: ChildTable) -> CodedRows:
    """The rows of one table, coded; kept for as long as few datasets are open.

    Raises:
        TableError: where the table is missing or damaged.
        DataDirectoryError: where the secret of the data directory cannot be kept.
    """
    import pandas as pd

    frame = _facts(dataset, table)
    child = frame["local_authority"].astype(str) + "\n" + frame["child_id"].astype(str)
    secret = secret_of(dataset)
    children = child.drop_duplicates()
    numbers = pd.Index(children).get_indexer(pd.Index(child))
    return CodedRows(
        dimensions=_dimensions(frame),
        values={name: _numbers(frame[name]) for name in VALUES[table]},
        needs=_need_bits(frame["needs"]),
        child=numbers.astype(np.int64),
        age=_numbers(frame["age"]),
        day=frame["day"].to_numpy(),
        ended=frame["ended"].to_numpy(),
        child_kept=~left_out(children, secret, "child")[numbers],
        record_kept=~left_out(child + "\n" + frame["record"], secret, table),
        noise=noise_factors(children, secret)[numbers],
    )


def _facts(dataset: Dataset, table: ChildTable) -> pd.DataFrame:
    """The table with columns of the same names whichever it is."""
    import pandas as pd

    frame = {"placements": _placements, "referrals": _referrals, "offers": _offers}[
        table
    ](dataset)
    frame["day"] = pd.to_datetime(frame["day"])
    frame["ended"] = pd.to_datetime(frame["ended"]) if "ended" in frame else pd.NaT
    frame["ended"] = frame["ended"].astype(frame["day"].dtype)
    if "stay_days" in VALUES[table]:
        frame["stay_days"] = (frame["ended"] - frame["day"]).dt.days
    if "days_to_secure" in VALUES[table]:
        secured = pd.to_datetime(frame["secured_on"])
        frame["days_to_secure"] = (secured - frame["day"]).dt.days
    return frame


def _placements(dataset: Dataset) -> pd.DataFrame:
    frame = dataset.frame("placements").rename(
        columns={"placement_id": "record", "started": "day", "age_at_start": "age"}
    )
    social_care = _numbers(frame["weekly_social_care"])
    others = _numbers(frame["weekly_education"]), _numbers(frame["weekly_health"])
    frame["weekly_cost"] = social_care + sum(np.nan_to_num(part) for part in others)
    frame["weekly_cost_uprated"] = frame["weekly_cost"] * _uprating(dataset, frame)
    host, own = frame["host_authority"], frame["local_authority"]
    frame["out_of_area"] = (host != own).map({True: "yes", False: "no"})
    frame.loc[host.isna(), "out_of_area"] = None
    frame["ending"] = frame["planned_end"].map({True: "planned", False: "unplanned"})
    grades = dataset.frame("inspections").sort_values("inspected_on", kind="stable")
    latest = grades.drop_duplicates("urn", keep="last").set_index("urn")["rating"]
    frame["rating"] = frame["urn"].map(latest)
    return frame


def _uprating(dataset: Dataset, frame: pd.DataFrame) -> Numbers:
    """What brings each placement's cost to the prices of the dataset's own year.

    The cost on record is the latest paid, so it speaks to the placement's last day, or
    to the as-at date while it lasts. The index is 1 in the year of the as-at date. NaN
    where the index lacks the kind of placement or the year.
    """
    import pandas as pd

    of = ["placement_type", "year"]
    index = dataset.frame("price_index").drop_duplicates(of, keep="last")
    level = index.set_index(of)["index"]
    as_at = np.datetime64(dataset.as_at or "NaT")
    last = pd.to_datetime(frame["ended"]).fillna(as_at)
    months = last.dt.year * 12 + last.dt.month - 4  # financial years begin in April
    years = (months // 12).map(lambda first: f"{first}/{(first + 1) % 100:02d}")
    keys = pd.MultiIndex.from_arrays([frame["placement_type"], years])
    return 1 / level.reindex(keys).to_numpy(dtype=np.float64, na_value=np.nan)


def _referrals(dataset: Dataset) -> pd.DataFrame:
    names = {"referral_id": "record", "made_on": "day", "sought_type": "placement_type"}
    return dataset.frame("referrals").rename(columns=names)


def _offers(dataset: Dataset) -> pd.DataFrame:
    about = ["referral_id", "child_id", "local_authority", "age", "gender", "needs"]
    types = ["sought_type", "secured_type", "notice"]
    asked = dataset.frame("referrals")[about + types]
    frame = dataset.frame("offers").merge(asked, on="referral_id", how="inner")
    frame["record"] = frame["referral_id"] + "\n" + frame["urn"]
    return frame.rename(columns={"sent_on": "day", "sought_type": "placement_type"})


def _dimensions(frame: pd.DataFrame) -> dict[Dimension, Coded]:
    coded = {
        dimension: _listed(frame[column], [str(code) for code in codes])
        for dimension, (column, codes) in _CLOSED.items()
        if column in frame
    }
    coded[Dimension.LOCAL_AUTHORITY] = _found(frame["local_authority"])
    coded[Dimension.AGE_BAND] = age_bands(_numbers(frame["age"]))
    if "provider_id" in frame:
        coded[Dimension.PROVIDER] = _found(frame["provider_id"])
    if "urn" in frame:
        coded[Dimension.SETTING] = _found(frame["urn"])
    if "distance_miles" in frame:
        coded[Dimension.DISTANCE_BAND] = _distances(frame["distance_miles"])
    return coded | _periods(frame["day"])


def age_bands(age: Numbers) -> Coded:
    """The published band of each age in years; NaN is not recorded."""
    codes = np.searchsorted(AGE_STARTS, age, side="right") - 1
    codes[np.isnan(age)] = len(AGE_LABELS)
    return Coded(codes, (*AGE_LABELS, NOT_RECORDED), closed=True)


def _listed(column: pd.Series[Any], labels: list[str]) -> Coded:
    """A dimension with a published list of labels."""
    import pandas as pd

    codes = pd.Categorical(column, categories=labels).codes.astype(np.int64)
    codes[codes < 0] = len(labels)
    return Coded(codes, (*labels, NOT_RECORDED), closed=True)


def _found(column: pd.Series[Any]) -> Coded:
    """A dimension whose labels are what the rows hold, in order."""
    numbers, distinct = column.factorize(sort=True)
    codes = np.where(numbers < 0, len(distinct), numbers).astype(np.int64)
    return Coded(codes, (*map(str, distinct), NOT_RECORDED), closed=False)


def _distances(column: pd.Series[Any]) -> Coded:
    miles = _numbers(column)
    codes = np.maximum(np.searchsorted(DISTANCE_STARTS, miles, side="left") - 1, 0)
    codes[np.isnan(miles)] = len(DISTANCE_LABELS)
    return Coded(codes, (*DISTANCE_LABELS, NOT_RECORDED), closed=True)


def _periods(day: pd.Series[Any]) -> dict[Dimension, Coded]:
    """Financial years and quarters, from the first that the rows hold to the last."""
    quarters = (day.dt.year * 4 + (day.dt.month - 1) // 3).to_numpy(dtype=np.int64)
    distinct, quarter_codes = np.unique(quarters, return_inverse=True)
    starts = [date(int(q) // 4, int(q) % 4 * 3 + 1, 1) for q in distinct]
    years = [financial_year(start) for start in starts]
    names = sorted(set(years))
    of_year = np.array([names.index(year) for year in years], dtype=np.int64)
    labels = [
        f"{year} Q{(start.month - 4) // 3 % 4 + 1}"
        for year, start in zip(years, starts, strict=True)
    ]
    return {
        Dimension.YEAR: Coded(of_year[quarter_codes], (*names, NOT_RECORDED), False),
        Dimension.QUARTER: Coded(quarter_codes, (*labels, NOT_RECORDED), False),
    }


def _need_bits(needs: pd.Series[Any]) -> Integers:
    """Each row's needs as bits; rows share few combinations, so each is read once."""
    place = {str(need): 1 << at for at, need in enumerate(NEEDS)}
    known: dict[tuple[str, ...], int] = {}
    bits = np.zeros(len(needs), dtype=np.int64)
    for row, held in enumerate(needs):
        found = tuple(held)
        if found not in known:
            known[found] = sum(place[need] for need in set(found))
        bits[row] = known[found]
    return bits


def _numbers(column: pd.Series[Any]) -> Numbers:
    """A column of numbers as floats, NaN for None."""
    return column.to_numpy(dtype=np.float64, na_value=np.nan)
