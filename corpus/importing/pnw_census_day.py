"""Of which day a sheet of the census is."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from corpus.errors import TableError
from corpus.importing.cells import Unreadable
from corpus.importing.pnw_census_layout import Field
from corpus.importing.return_cells import read_day
from corpus.importing.sheets import Sheet

_MONTHS: Final = tuple(name.lower() for name in calendar.month_abbr)
_MONTH_NAMED: Final = re.compile(
    rf"(?<![a-z])(?P<word>{'|'.join(_MONTHS[1:])})[a-z]*[\s_.-]*(?P<year>20[0-9]{{2}})"
    r"|(?P<first>20[0-9]{2})[\s_.-]*(?P<month>0[1-9]|1[0-2])(?![0-9])"
    rf"|(?P<early>20[0-9]{{2}})[\s_.-]*(?P<late>{'|'.join(_MONTHS[1:])})",
    re.I,
)


def census_day(sheet: Sheet, columns: Mapping[Field, str]) -> date:
    """The day that a sheet speaks to.

    The last day of the month that a title, the sheet or the file names, such as
    "December 2025" or "2019-06"; else the latest start in it.

    Raises:
        TableError: where there is neither.
    """
    for text in (*sheet.titles, sheet.name, sheet.file):
        if match := _MONTH_NAMED.search(text):
            return _month_end(match)
    starts = [
        row.cells[columns["started"]] for row in sheet.rows if "started" in columns
    ]
    today = date.today()
    days = [day for text in starts if (day := _day(text)) and day <= today]
    if days:
        return max(days)
    raise TableError(
        f"{sheet.label!r} does not say of which month the census is.",
        "Name the file with it, such as census-2019-06.csv.",
    )


def _month_end(match: re.Match[str]) -> date:
    word = match["word"] or match["late"]
    month = _MONTHS.index(word.lower()) if word else int(match["month"])
    year = int(match["year"] or match["first"] or match["early"])
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(text: str) -> date | None:
    try:
        return read_day(text).value
    except Unreadable:
        return None
