"""Which column is which: the mapping of a sheet, as it is kept and edited in a file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from pydantic import Field, ValidationError, model_validator

from corpus.codes import Need
from corpus.errors import TableError
from corpus.importing.dates import DateOrder
from corpus.importing.mapped.fields import CellKind, SheetKind, fields_of
from corpus.importing.money import Period
from corpus.importing.sheets import Sheet
from corpus.models import Frozen

_HEAD: Final = """\
# How the columns of these sheets are read. Correct a line and import again with
# --mapping and this file. Each [[sheet]] says what one row is (kind: placements,
# referrals, providers or prices; "nothing" passes the sheet over), and under
# [sheet.columns] which column each field is read from. A field without a line is not
# read. [sheet.constants] gives a field one value for every row, [sheet.needs] names
# the need that a Y/N column stands for, [sheet.periods] the period of amounts that are
# not weekly: day, fortnight, month or year.
"""


class SheetMapping(Frozen):
    """How one sheet is read."""

    kind: SheetKind | None
    """None for a sheet to pass over."""
    name: str = ""
    """Of the sheet in its workbook; empty for a CSV file."""
    date_order: DateOrder = "day_first"
    columns: dict[str, str] = Field(default_factory=dict)
    """Column by field."""
    needs: dict[str, Need] = Field(default_factory=dict)
    """Need by the column that says whether a child has it."""
    periods: dict[str, Period] = Field(default_factory=dict)
    """Period by money field; weekly where it is not named."""
    constants: dict[str, str] = Field(default_factory=dict)
    """What stands for every row, as it would stand in a cell, by field."""

    @model_validator(mode="after")
    def _fields_exist(self) -> Self:
        known = fields_of(self.kind) if self.kind else {}
        named = (*self.columns, *self.constants, *self.periods)
        unknown = [name for name in named if self.kind and name not in known]
        if unknown:
            raise ValueError(
                f"{self.kind} have no field {unknown[0]!r}; they have"
                f" {', '.join(known)}"
            )
        money = {name for name, field in known.items() if field.cell is CellKind.MONEY}
        if self.kind and not self.periods.keys() <= money:
            raise ValueError("[sheet.periods] is for money alone")
        return self

    @property
    def used(self) -> frozenset[str]:
        """The columns that are read."""
        return frozenset({*self.columns.values(), *self.needs})


def mapping_for(sheet: Sheet, mappings: Sequence[SheetMapping]) -> SheetMapping | None:
    """Of several mappings, the one for a sheet: all its columns are there.

    One with the sheet's own name comes first, then the one of most columns; None where
    none fits.
    """
    fitting = [
        each
        for each in mappings
        if each.used <= set(sheet.header) and (each.kind or each.name == sheet.name)
    ]
    return max(
        fitting,
        key=lambda each: (each.name == sheet.name, len(each.used)),
        default=None,
    )


def read_mappings(path: Path) -> list[SheetMapping]:
    """The mappings of a file.

    Raises:
        TableError: where it cannot be read, or is not a mapping.
    """
    remedy = "Correct that line, or import without --mapping to have one proposed."
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        sheets = content.get("sheet")
        if not isinstance(sheets, list) or not sheets:
            raise TableError(f"{path.name!r} has no [[sheet]].", remedy)
        return [SheetMapping.model_validate(_given(entry)) for entry in sheets]
    except OSError as error:
        raise TableError(
            f"The mapping {str(path)!r} cannot be read: {error.strerror}.",
            "Check the path after --mapping.",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(f"{path.name!r} is not TOML: {error}.", remedy) from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"]) or "sheet"
        message = (
            f"{path.name!r}, {where}: {fault['msg'].removeprefix('Value error, ')}."
        )
        raise TableError(message, remedy) from error


def _given(entry: Any) -> Any:
    """A sheet's entry, with "nothing" as no kind and the unused lines left out."""
    if not isinstance(entry, dict):
        return entry
    kind = None if entry.get("kind") == "nothing" else entry.get("kind")
    columns = entry.get("columns", {})
    if isinstance(columns, dict):
        columns = {field: column for field, column in columns.items() if column != ""}
    return {**entry, "kind": kind, "columns": columns}


def write_mappings(
    mappings: Sequence[SheetMapping], remarks: Sequence[Mapping[str, str]]
) -> str:
    """The text of a mapping file, which `read_mappings` reads back the same.

    Args:
        remarks: for each mapping, a comment by field, such as its confidence.
    """
    parts = [_HEAD]
    for mapping, said in zip(mappings, remarks, strict=True):
        parts.append(_sheet_text(mapping, said))
    return "\n".join(parts)


def _sheet_text(mapping: SheetMapping, remarks: Mapping[str, str]) -> str:
    fields = fields_of(mapping.kind) if mapping.kind else {}
    unread = [name for name in fields if name not in mapping.columns]
    keys = [name for name in unread if fields[name].key]
    lines = [
        "[[sheet]]",
        f"kind = {_quoted(mapping.kind or 'nothing')}",
        f"name = {_quoted(mapping.name)}",
        f"date_order = {_quoted(mapping.date_order)}    # or month_first",
        "",
        "[sheet.columns]",
        *_lines(mapping.columns, remarks),
        *(f'# {name} = ""' for name in unread),
        "",
        "[sheet.constants]",
        *_lines(mapping.constants, {}),
        *(f'# {name} = ""    # needed, and no column was found' for name in keys),
        "",
        "[sheet.periods]",
        *_lines(mapping.periods, {}),
        "",
        "[sheet.needs]",
        *_lines(mapping.needs, {}),
    ]
    return "\n".join(lines) + "\n"


def _lines(content: Mapping[str, str], remarks: Mapping[str, str]) -> list[str]:
    return [
        f"{_key(name)} = {_quoted(value)}"
        + (f"    # {remarks[name]}" if name in remarks else "")
        for name, value in content.items()
    ]


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").isalnum()
    return name if bare else _quoted(name)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are all among TOML's."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
