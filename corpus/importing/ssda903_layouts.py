"""Layouts of the SSDA903 return's files, and which of them a header is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from pydantic import Field

from corpus.errors import TableError
from corpus.importing.sheets import Sheet
from corpus.models import Frozen
from corpus.ssda903_codes import CodeListName, code_list

LayoutName = Literal[
    "Episodes", "Header", "UASC", "OC2", "Missing", "DoLo", "OC3", "AD1", "Reviews",
    "PlacedAdoption", "PrevPerm", "SWEpisodes",
]  # fmt: skip

AUTHORITY_COLUMNS: Final = ("LA", "LOCAL_AUTHORITY")
"""Columns that returns of several authorities add, in the order of preference."""
YEAR_COLUMNS: Final = ("YEAR", "RETURN_YEAR")
"""Columns that returns of several years add."""


class Column(Frozen):
    """What one column of a file may hold."""

    kind: Literal["text", "date", "code", "number", "postcode", "urn"]
    needed: bool = False
    """Whether a row without a value that can be read is rejected."""
    exact: bool = False
    """Whether a row with a value that cannot be read is rejected; it may be blank."""
    ahead: bool = False
    """Whether a date may lie in the future."""
    codes: tuple[str, ...] = ()
    code_list: CodeListName | None = Field(default=None, alias="list")
    """The code list that `codes` stand on; None where they are the column's own."""
    unknown: tuple[str, ...] = ()
    """Codes that say only that nothing is known."""
    older: Mapping[str, str] = {}
    """Codes of earlier returns, and what they are now."""
    most: int | None = None
    """Largest number; None for other kinds."""

    def allowed(self) -> tuple[str, ...]:
        """Every code that the column may hold, in any return."""
        return (*code_list(self.code_list),) if self.code_list else self.codes


class Layout(Frozen):
    """One file of the return."""

    name: LayoutName
    marks: tuple[str, ...]
    """Columns that no other file has."""
    kept: str | None = None
    """What becomes of its rows; None where they are checked and nothing is kept."""
    columns: dict[str, Column]

    def describe(self) -> str:
        """The layout as a report names it."""
        kept = "" if self.kept else ", checked and not kept"
        return f"SSDA903 {self.name}{kept}"


@cache
def layouts() -> tuple[Layout, ...]:
    """Every file of the return."""
    path = files("corpus.importing").joinpath("ssda903_layouts.toml")
    entries: dict[str, dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))
    return tuple(
        Layout.model_validate({"name": name, **entry})
        for name, entry in entries.items()
    )


def column_key(name: str) -> str:
    """A column's name as the return writes it: "Place provider" is PLACE_PROVIDER."""
    return "_".join(name.upper().replace("_", " ").split())


def recognise(header: Sequence[str]) -> Layout | None:
    """The file that a header is of, whatever the order and case of its columns."""
    keys = {column_key(name) for name in header}
    marked = [lay for lay in layouts() if keys.issuperset(("CHILD", *lay.marks))]
    return marked[0] if len(marked) == 1 else None


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row is the header of one of the return's files."""
    return recognise(cells) is not None


def layout_of(sheet: Sheet) -> Layout:
    """The layout of a sheet.

    Raises:
        TableError: where a column that each row needs is not there.
    """
    layout = recognise(sheet.header)
    if layout is None:
        raise TableError(f"{sheet.label!r} is not one file of an SSDA903 return.")
    keys = {column_key(name) for name in sheet.header}
    lacking = [
        name
        for name, column in layout.columns.items()
        if column.needed and name not in keys
    ]
    if lacking:
        raise TableError(
            f"{sheet.label!r} is an SSDA903 {layout.name} file without the column"
            f" {', '.join(lacking)}.",
            "Export the file again with every column of the return.",
        )
    return layout
