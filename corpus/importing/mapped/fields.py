"""The fields that a council's own sheet may hold, by the kind of sheet."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from corpus.models import Frozen


class SheetKind(StrEnum):
    """What one row of a sheet is."""

    PLACEMENTS = "placements"
    REFERRALS = "referrals"
    PROVIDERS = "providers"
    PRICES = "prices"


ONE_ROW: Final = {
    SheetKind.PLACEMENTS: "placement",
    SheetKind.REFERRALS: "referral",
    SheetKind.PROVIDERS: "setting",
    SheetKind.PRICES: "price",
}
"""What one row of each kind of sheet is called."""


class CellKind(StrEnum):
    """How a cell is read."""

    IDENTIFIER = "identifier"
    CHILD = "child"
    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    WHOLE = "whole"
    AGE = "age"
    AGES = "ages"
    YES_NO = "yes_no"
    GENDER = "gender"
    GENDERS = "genders"
    PLACE = "place"
    PLACEMENT_TYPE = "placement_type"
    PLACEMENT_TYPES = "placement_types"
    NEEDS = "needs"
    RATING = "rating"
    ROUTE = "route"
    AUTHORITY = "authority"
    URN = "urn"
    POSTCODE = "postcode"
    DISTANCE = "distance"
    NOTICE = "notice"
    STATUS = "status"
    SECTOR = "sector"
    PLACE_CODE = "place_code"
    PROVIDER_CODE = "provider_code"
    LEGAL_STATUS = "legal_status"
    NEED_CODE = "need_code"


class SheetField(Frozen):
    """Something that a column of one kind of sheet may hold."""

    name: str
    cell: CellKind
    headers: tuple[str, ...]
    key: bool = False
    """Whether a sheet of the kind is known by it."""
    by_values: float = 0.0
    """Confidence from the values alone; 0 where they cannot tell."""
    strict: bool = False
    """Whether a cell that cannot be read rejects its row."""
    assumed: str = ""
    """What is taken for every row where no column has it; empty for nothing."""
    assumed_with: str = ""
    """The field without which nothing need be assumed; empty for none."""


@cache
def _file() -> dict[str, dict[str, Any]]:
    source = files(__package__).joinpath("fields.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def fields_of(kind: SheetKind) -> dict[str, SheetField]:
    """The fields of one kind of sheet, by name."""
    return {
        name: SheetField.model_validate({"name": name, **entry})
        for name, entry in _file()[kind.value].items()
    }


@cache
def abbreviations() -> dict[str, str]:
    """Words of headers, and what each stands for."""
    return {word: str(meant) for word, meant in _file()["abbreviations"].items()}
