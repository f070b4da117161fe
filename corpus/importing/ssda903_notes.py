"""What a reader should know of SSDA903 returns besides their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from corpus.importing.sheets import Sheet
from corpus.importing.ssda903_layouts import AUTHORITY_COLUMNS, YEAR_COLUMNS, column_key
from corpus.importing.ssda903_record import Records
from corpus.importing.ssda903_rows import Child, ReturnRow
from corpus.ssda903_codes import FIRST_RETURN, code_list

_USED_EXTRAS: Final = frozenset(
    [*AUTHORITY_COLUMNS, *YEAR_COLUMNS, "PL_LA", "PL_DISTANCE"]
)
_NAMED_ROWS: Final = 10
"""How many rows a note names before it only counts."""


def sheet_notes(sheet: Sheet, known: frozenset[str]) -> list[str]:
    """Columns of a sheet that are not used or not there, and sheets passed over."""
    used = known | _USED_EXTRAS
    unused = [name for name in sheet.header if column_key(name) not in used]
    missing = sorted(known - {column_key(name) for name in sheet.header})
    told = {"columns that are not used": unused, "columns that are not there": missing}
    told["sheets passed over"] = list(sheet.passed_over)
    return [
        f"{sheet.label}: {what}: {', '.join(names)}."
        for what, names in told.items()
        if names
    ]


def code_notes(episodes: Iterable[ReturnRow]) -> list[str]:
    """Codes that the return of their year does not have; they are held as given."""
    found: Counter[tuple[int, str, str]] = Counter()
    for row in episodes:
        for name, column in row.layout.columns.items():
            code = row.texts.get(name)
            if code is None or column.code_list is None or row.year is None:
                continue
            year = max(row.year, FIRST_RETURN)
            if not code_list(column.code_list)[code].in_return(year):
                found[year, name, code] += 1
    return [
        f"{name} {code} is not on the code list of the {year} return: {count} episodes"
        " have it, and it is held as given."
        for (year, name, code), count in sorted(found.items())
    ]


def child_notes(placed: frozenset[Child], records: Records) -> list[str]:
    """Children whom one file has and another lacks."""
    ageless = sum(records.of(child).born is None for child in placed)
    strangers = sum(child not in placed for child in records.children)
    notes = []
    if ageless:
        notes.append(
            f"{ageless} of {len(placed)} children are not in a Header file: their ages"
            " and genders are left out."
        )
    if strangers:
        notes.append(
            f"{strangers} children of the other files have no episode: nothing is held"
            " of them."
        )
    return notes


def misfit_notes(found: Sequence[str]) -> list[str]:
    """Episodes that do not fit together, the first of them by their rows."""
    if not found:
        return []
    more = len(found) - _NAMED_ROWS
    named = "; ".join(found[:_NAMED_ROWS]) + (f"; and {more} more" if more > 0 else "")
    return [f"Episodes that do not fit together are held as given: {named}."]
