"""Of which year's return a row is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from corpus.importing.ssda903_layouts import YEAR_COLUMNS
from corpus.importing.ssda903_rows import ReturnRow

_NOT_OF_THE_RETURN: Final = frozenset(["DOB", "MC_DOB", "DUC"])
"""Dates that say nothing of a return's year: DUC is often an 18th birthday to come."""
_YEAR: Final = re.compile(
    r"(?<![0-9])(20[0-9]{2})(?:[-/_ ]?(?:20)?([0-9]{2}))?(?![0-9])"
)
_TOO_MANY: Final = 0.05
"""Share of rows dated after their return closed, above which its year is that in which
it begins: a few are slips."""


def with_years(rows: Sequence[ReturnRow], path: Path) -> list[ReturnRow]:
    """A sheet's rows with the year that their column states.

    Where there is none: the year that the file or its folder names; else the year of
    the return that the sheet's latest date falls in.
    """
    named = year_named(path.stem) or year_named(path.parent.name)
    assumed = named or _latest_year(rows)
    return [replace(row, year=_stated_year(row) or assumed) for row in rows]


def with_closing_years(rows: Sequence[ReturnRow]) -> tuple[list[ReturnRow], list[str]]:
    """Rows of every sheet with the year in which their return closes, and what to tell.

    A column of years may state those in which returns begin; the dates show it. Rows
    of which nothing gives the year are taken to be of the latest return.
    """
    stated = [row for row in rows if _stated_year(row)]
    late = sum(_after_close(row) for row in stated)
    begin = late > _TOO_MANY * len(stated)
    moved = [replace(r, year=_closing(r)) if begin else r for r in rows]
    latest = max((row.year for row in moved if row.year), default=None)
    dated = [row if row.year else replace(row, year=latest) for row in moved]
    return dated, [_BEGINS] if begin else []


_BEGINS: Final = (
    "The column of years gives those in which returns begin: 2017 is 2017/18."
)


def _closing(row: ReturnRow) -> int | None:
    stated = _stated_year(row)
    return stated + 1 if stated else row.year


def _after_close(row: ReturnRow) -> bool:
    """Whether something in the row came after the 31 March of its year."""
    latest = max(_days(row), default=None)
    return bool(latest and row.year and latest > date(row.year, 3, 31))


def _latest_year(rows: Sequence[ReturnRow]) -> int | None:
    """Year in which the return closes that the latest date of `rows` falls in."""
    latest = max((day for row in rows for day in _days(row)), default=None)
    return None if latest is None else latest.year + (latest.month >= 4)


def _days(row: ReturnRow) -> list[date]:
    return [d for name, d in row.dates.items() if name not in _NOT_OF_THE_RETURN]


def year_named(text: str) -> int | None:
    """Year in which a return closes: 2024 for "2024", "2023-24" and "2023/2024"."""
    match = _YEAR.search(text)
    if match is None:
        return None
    first = int(match[1])
    closes = match[2] is not None and int(match[2]) == (first + 1) % 100
    return first + 1 if closes else first


def _stated_year(row: ReturnRow) -> int | None:
    named = (year_named(row.extras.get(key, "")) for key in YEAR_COLUMNS)
    return next((year for year in named if year), None)
