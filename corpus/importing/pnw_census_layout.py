"""The Placements North West census: its columns, its layouts and its answers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from corpus.codes import Gender, Need, PlacementType, Route
from corpus.models import Frozen
from corpus.text import comparable_name

_NUMBERING: Final = re.compile(r"^q?[0-9]+[a-z]? ")
"""The number of a question in front of its words."""

Field = Literal[
    "looked_after", "authority", "identifier", "age", "gender", "ethnicity", "sourcing",
    "company", "provider_urn", "organisation", "establishment_urn", "establishment",
    "host", "registration", "provision", "uasc", "started", "total", "social_care",
    "education", "health", "packages", "distance_reason", "dols", "solo",
    "send_category", "send_need", "send",
]  # fmt: skip
"""What a column of the census says."""


class Needed(Frozen):
    """Columns without which nothing can be read."""

    all: tuple[Field, ...]


class Census(Frozen):
    """What the census may hold, in any layout."""

    columns: Mapping[Field, str]
    """Pattern of each column's name."""
    needed: Needed
    layouts: Mapping[str, tuple[Field, ...]]
    """Columns that tell a layout, newest layout first."""
    provision: Mapping[str, PlacementType | Literal[""]]
    """Types of provision; "" for what is no home of a looked-after child."""
    sourcing: Mapping[str, Route | Literal[""]]
    gender: Mapping[str, Gender]
    looked_after: Mapping[str, bool]
    dols: Mapping[str, bool]
    solo: Mapping[str, bool]
    """Whether the child is in a solo placement."""
    uasc: Mapping[str, bool]
    packages: Mapping[str, bool]
    distance_reason: Mapping[str, str]
    host: Mapping[str, str]
    """Authorities abolished since, and those of Wales."""
    send_need: Mapping[str, Need | Literal[""]]


@cache
def census() -> Census:
    """The census as packaged."""
    path = files("corpus.importing").joinpath("pnw_census.toml")
    return Census.model_validate(tomllib.loads(path.read_text("utf-8")))


def columns_of(header: Sequence[str]) -> dict[Field, str]:
    """The header's name of each column of the census that it has."""
    found: dict[Field, str] = {}
    for name in header:
        column = _column(comparable_name(name))
        if column is not None:
            found.setdefault(column, name)
    return found


def _column(name: str) -> Field | None:
    patterns = census().columns.items()
    name = _NUMBERING.sub("", name)
    return next((field for field, like in patterns if re.search(like, name)), None)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row is the header of a census."""
    return not set(census().needed.all) - columns_of(cells).keys()


def layout_name(columns: Mapping[Field, str]) -> str:
    """The layout that has these columns, by the month that brought it in."""
    return next(
        name
        for name, marks in census().layouts.items()
        if columns.keys() >= frozenset(marks)
    )
