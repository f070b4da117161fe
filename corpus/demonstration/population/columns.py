"""Columns of tables: codes, dates and blanks, as the row models have them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from corpus.codes import Gender
from corpus.demonstration.population.children import Bools, Ints

Objects = NDArray[Any]
"""A column of Python values: strings, dates, True and False, and None."""


def objects(values: Iterable[object]) -> Objects:
    """The values as a column of Python values."""
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    column[:] = listed
    return column


def only(where: ArrayLike, values: ArrayLike | Objects) -> Objects:
    """The values where it holds, None elsewhere."""
    column = np.asarray(values).astype(object)
    column[~np.asarray(where, dtype=bool)] = None
    return column


def chosen(codes: Iterable[str], which: Ints) -> Objects:
    """The code at each place; None for -1."""
    return objects([*map(str, codes), None])[which]


def dates(days: Ints) -> Objects:
    """Days from 1 January 1970 as dates."""
    return days.astype("datetime64[D]").astype(object)


def genders(males: Bools) -> Objects:
    """Codes of gender."""
    codes = objects([Gender.FEMALE.value, Gender.MALE.value])
    return codes[males.astype(np.int64)]
