"""Layouts of Ofsted's provider lists: which column is which, and of what date.

Sources: the column names of "Provider level as at 31 March", 2015 to 2025 (Ofsted,
official statistics), and of the monthly list that councils receive.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from corpus.codes import Need
from corpus.importing.sheets import Sheet
from corpus.text import comparable_name

Field = Literal[
    "urn", "provision_type", "provision_subtype", "status", "name", "town", "postcode",
    "local_authority", "sector", "places", "owner", "inspected_on", "rating",
    "outcome", "previous_inspected_on", "previous_rating",
]  # fmt: skip
"""What the door reads; every other column of the lists is left alone."""

_GRADE: Final = ("overall experiences and progress of children and young people",)

_NAMES: Final[dict[Field, tuple[str, ...]]] = {
    "urn": ("urn", "provider urn"),
    "provision_type": ("provision type", "provider type"),
    "provision_subtype": ("provider subtype", "provision subtype"),
    "status": ("registration status", "reg status", "provider status"),
    "name": ("name", "setting name", "provider name"),
    "town": ("town",),
    "postcode": ("postcode", "setting address postcode"),
    "local_authority": ("local authority", "local authority name"),
    "sector": ("sector",),
    "places": ("places", "number of registered places", "max users"),
    "owner": (
        "organisation which owns the provider", "owner name", "organisation name",
    ),
    "inspected_on": ("inspection date", "date", "event date", "latest inspection date"),
    "rating": (
        *_GRADE,
        "overall effectiveness",
        "latest overall effectiveness grade from last full inspection",
    ),
    "outcome": ("supported accommodation outcome",),
    "previous_inspected_on": (
        "previous full inspection event date", "previous full inspection date",
    ),
    "previous_rating": tuple(f"previous {name}" for name in _GRADE),
}  # fmt: skip

_NEEDS: Final = {
    "emotional and behavioural difficulties": Need.SEMH,
    "mental disorders": Need.MENTAL_HEALTH,
    "sensory impairment": Need.SENSORY_IMPAIRMENT,
    "present alcohol problems": Need.SUBSTANCE_MISUSE,
    "present drug problems": Need.SUBSTANCE_MISUSE,
    "learning difficulty": Need.LEARNING_DISABILITY,
    "physical disabilities": Need.PHYSICAL_DISABILITY,
}
"""The councils' list alone: its seven flags."""

_PREFIX: Final = re.compile(r"^latest full inspectio[n]? ")
"""In 2022 every inspection column bears it, once without its last letter."""

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_AS_AT: Final = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)? )?({'|'.join(_MONTHS)}) (20\d\d)(?!\d)"
)


@dataclass(frozen=True)
class Layout:
    """One sheet's columns."""

    columns: dict[Field, str]
    """Column name by what it holds; a field that the sheet lacks is absent."""
    flags: dict[str, Need]
    """Need by the column that flags it; empty for the public list."""
    as_at: date | None
    """None where neither the title nor the file's name says."""

    @property
    def name(self) -> str:
        """What the sheet was recognised as."""
        kind = "councils' monthly list" if self.flags else "provider level"
        return f"{kind}, {self.as_at:%d %B %Y}" if self.as_at else kind


def is_provider_list(header: Sequence[str]) -> bool:
    """Whether a row names the columns that no list can be read without."""
    return {"urn", "provision_type", "local_authority"} <= set(_columns(header))


def is_list_as_at(sheet: Sheet) -> bool:
    """Whether a sheet says that it is the list of one day."""
    said = (comparable_name(text) for text in (sheet.name, *sheet.titles))
    return any(re.search(r"provider level (as )?at ", text) for text in said)


def recognise(sheet: Sheet) -> Layout:
    """The layout of a sheet whose header is that of a provider list."""
    flags = {name: comparable_name(name) for name in sheet.header}
    return Layout(
        columns=_columns(sheet.header),
        flags={name: _NEEDS[key] for name, key in flags.items() if key in _NEEDS},
        as_at=_as_at((*sheet.titles, sheet.name, sheet.file)),
    )


def _columns(header: Sequence[str]) -> dict[Field, str]:
    given = {_PREFIX.sub("", comparable_name(name)): name for name in reversed(header)}
    return {
        field: next(given[name] for name in names if name in given)
        for field, names in _NAMES.items()
        if any(name in given for name in names)
    }


def _as_at(texts: Sequence[str]) -> date | None:
    """The first date in some texts; the month's last day where no day is said."""
    for text in texts:
        if match := _AS_AT.search(comparable_name(text)):
            month, year = _MONTHS.index(match[2]) + 1, int(match[3])
            last = monthrange(year, month)[1]
            return date(year, month, min(int(match[1] or last), last))
    return None
