"""Code lists of the SSDA903 return: what each code says, and in which returns it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from pydantic import Field

from corpus.codes import PlacementType
from corpus.models import Frozen

CodeListName = Literal[
    "PLACE", "PLACE_PROVIDER", "LS", "CIN", "RNE", "REC", "REASON_PLACE_CHANGE"
]
"""A column of the Episodes file that holds codes."""

FIRST_RETURN: Final = 2017
"""The earliest return whose lists are known: the year to 31 March 2017."""


class Code(Frozen):
    """One code of a list."""

    code: str
    label: str
    first: int | None = None
    """Year in which the first return that has it closes; None before 2017."""
    last: int | None = None
    """Year in which the last return that has it closes; None where it still does."""
    placement_type: PlacementType | None = Field(default=None, alias="type")
    """Of a PLACE code: None where no provider is sought for such a placement."""

    def in_return(self, year: int) -> bool:
        """Whether the return of the year to 31 March `year` has the code."""
        return (self.first or year) <= year <= (self.last or year)


def code_list(name: CodeListName) -> Mapping[str, Code]:
    """The codes of one list, by code."""
    return _lists()[name]


def code_label(name: CodeListName, code: str) -> str:
    """What a code says: "children's home" for PLACE K2.

    Raises:
        KeyError: for a code that is not on the list.
    """
    return code_list(name)[code].label


def placement_type_of(place: str) -> PlacementType | None:
    """The placement type of a PLACE code; None where no provider is sought for it.

    Raises:
        KeyError: for a code that is not on the list.
    """
    return code_list("PLACE")[place].placement_type


@cache
def _lists() -> dict[str, dict[str, Code]]:
    text = files("corpus").joinpath("ssda903_codes.toml").read_text(encoding="utf-8")
    return {name: _codes(entries) for name, entries in tomllib.loads(text).items()}


def _codes(entries: dict[str, dict[str, Any]]) -> dict[str, Code]:
    return {code: Code(code=code, **entry) for code, entry in entries.items()}
