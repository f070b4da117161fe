"""Which coded rows a question is about, and which group each falls in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import prod

import numpy as np
from numpy.typing import NDArray

from corpus.codes import Need
from corpus.disclosure.bands import Dimension, Filters
from corpus.disclosure.coding import NEEDS, Coded, CodedRows, Integers, age_bands
from corpus.errors import InvalidArguments
from corpus.text import comparable_name

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Grouping:
    """Rows in groups: entry i says that row `row[i]` falls in group `group[i]`."""

    row: Integers
    """A row with several needs comes once for each."""
    group: Integers
    """Place in the product of the dimensions' labels, the last varying fastest."""
    labels: tuple[tuple[str, ...], ...]
    """Each dimension's labels."""

    @property
    def size(self) -> int:
        """How many groups there are, empty ones too; 1 without dimensions."""
        return prod(len(labels) for labels in self.labels)

    def labels_of(self, groups: Integers) -> list[tuple[str, ...]]:
        """The labels of each of some groups; there is at least one dimension."""
        places = np.unravel_index(groups, [len(labels) for labels in self.labels])
        columns = [
            [labels[place] for place in column]
            for labels, column in zip(self.labels, places, strict=True)
        ]
        return list(zip(*columns, strict=True))


def on_day(rows: CodedRows, on: date | None) -> CodedRows:
    """The rows with the ages and age bands that children have on a day.

    Birthdays are not held, so an age is that at the start and the whole years since.
    """
    if on is None:
        return rows
    since = (np.datetime64(on) - rows.day) / np.timedelta64(1, "D")
    age = rows.age + np.floor(np.maximum(since, 0) / _DAYS_A_YEAR)
    dimensions = {**rows.dimensions, Dimension.AGE_BAND: age_bands(age)}
    return replace(rows, age=age, dimensions=dimensions)


def selected(rows: CodedRows, filters: Filters) -> NDArray[np.bool_]:
    """For each row, whether every filter lets it through.

    Raises:
        InvalidArguments: where the table lacks what a filter is about.
    """
    chosen = np.ones(len(rows.child), dtype=bool)
    for dimension, labels in _label_filters(filters).items():
        if labels:
            coded = dimension_of(rows, dimension)
            chosen &= np.isin(coded.codes, _codes_of(coded, labels))
    bits = _bits(filters.needs)
    chosen &= (rows.needs & bits) == bits
    if filters.any_needs:
        chosen &= (rows.needs & _bits(filters.any_needs)) > 0
    return chosen & _between(rows, filters) & _in_time(rows, filters)


def _bits(needs: tuple[Need, ...]) -> int:
    return sum(1 << NEEDS.index(need) for need in set(needs))


def grouped(
    rows: CodedRows, chosen: NDArray[np.bool_], by: tuple[Dimension, ...]
) -> Grouping:
    """The chosen rows in groups.

    Raises:
        InvalidArguments: where the table lacks a dimension, or one comes twice.
    """
    if len(set(by)) < len(by):
        raise InvalidArguments(f"group_by names a dimension twice: {', '.join(by)}.")
    row, need = _rows_and_needs(rows, chosen, exploded=Dimension.NEED in by)
    group = np.zeros_like(row)
    labels: list[tuple[str, ...]] = []
    for dimension in by:
        if dimension is Dimension.NEED:
            codes, names = need, tuple(map(str, NEEDS))
        else:
            coded = dimension_of(rows, dimension)
            codes, names = coded.codes[row], coded.labels
        group = group * len(names) + codes
        labels.append(names)
    return Grouping(row, group, tuple(labels))


def listed_groups(
    rows: CodedRows, by: tuple[Dimension, ...], evidence: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """For each group, whether it is listed: its labels are published, or in evidence.

    `evidence` says of each row whether its labels may be told.
    """
    listed = np.ones(1, dtype=bool)
    for dimension in by:
        labels = (
            np.ones(len(NEEDS), dtype=bool)
            if dimension is Dimension.NEED
            else dimension_of(rows, dimension).listed(evidence)
        )
        listed = np.logical_and.outer(listed, labels).ravel()
    return listed


def _rows_and_needs(
    rows: CodedRows, chosen: NDArray[np.bool_], exploded: bool
) -> tuple[Integers, Integers]:
    """The chosen rows; exploded, once for each of their needs, and which it is."""
    row = np.flatnonzero(chosen)
    if not exploded:
        return row, np.zeros_like(row)
    entry, need = np.nonzero(rows.needs[row][:, None] >> np.arange(len(NEEDS)) & 1)
    return row[entry], need


def dimension_of(rows: CodedRows, dimension: Dimension) -> Coded:
    """One dimension's codes.

    Raises:
        InvalidArguments: where the table lacks it.
    """
    if dimension not in rows.dimensions:
        held = ", ".join(sorted({*rows.dimensions, Dimension.NEED}))
        raise InvalidArguments(
            f"{str(dimension)!r} is not recorded in this table.", f"It holds {held}."
        )
    return rows.dimensions[dimension]


def _label_filters(filters: Filters) -> dict[Dimension, tuple[str, ...]]:
    out_of_area = {None: (), True: ("yes",), False: ("no",)}[filters.out_of_area]
    return {
        Dimension.LOCAL_AUTHORITY: filters.local_authority,
        Dimension.PLACEMENT_TYPE: filters.placement_type,
        Dimension.SECURED_TYPE: filters.secured_type,
        Dimension.GENDER: (filters.gender,) if filters.gender else (),
        Dimension.ROUTE: (filters.route,) if filters.route else (),
        Dimension.PROVIDER: (filters.provider,) if filters.provider else (),
        Dimension.SETTING: filters.urns,
        Dimension.YEAR: (filters.year,) if filters.year else (),
        Dimension.OUT_OF_AREA: out_of_area,
    }


def _codes_of(coded: Coded, labels: tuple[str, ...]) -> list[int]:
    wanted = {comparable_name(label) for label in labels}
    known = enumerate(coded.labels[:-1])
    return [code for code, label in known if comparable_name(label) in wanted]


def _between(rows: CodedRows, filters: Filters) -> NDArray[np.bool_]:
    chosen = np.ones(len(rows.child), dtype=bool)
    if filters.age_from is not None:
        chosen &= rows.age >= filters.age_from
    if filters.age_to is not None:
        chosen &= rows.age <= filters.age_to
    if (filters.min_distance_miles, filters.max_distance_miles) != (None, None):
        dimension_of(rows, Dimension.DISTANCE_BAND)
        miles = rows.values["distance_miles"]
        least, most = filters.min_distance_miles, filters.max_distance_miles
        chosen &= ~np.isnan(miles)
        chosen &= miles > least if least is not None else True
        chosen &= miles <= most if most is not None else True
    return chosen


def _in_time(rows: CodedRows, filters: Filters) -> NDArray[np.bool_]:
    chosen = np.ones(len(rows.child), dtype=bool)
    if filters.since is not None:
        chosen &= rows.day >= np.datetime64(filters.since)
    if filters.on is not None:
        day = np.datetime64(filters.on)
        chosen &= (rows.day <= day) & (np.isnat(rows.ended) | (rows.ended > day))
    return chosen
