"""Workbooks as grids of text: XLSX and OpenDocument, without any guess at types."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus.errors import TableError

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

Grid = list[list[str]]
"""Cells of a sheet: row 0 is the first row that a spreadsheet shows."""

_LARGEST: Final = 1_000_000_000
"""Bytes that a workbook may unpack to; a larger one is a trap or a mistake."""


def is_workbook(data: bytes) -> bool:
    """Whether a file's first bytes are those of a packed or an old Office file."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def read_workbook(path: Path) -> dict[str, Grid]:
    """Every sheet of a workbook by name, its cells as text.

    Numbers come without a needless ".0", dates in ISO form, formulas as their last
    result, and as their own text where none was kept.

    Raises:
        TableError: where the file is no workbook of a kind that can be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and styles passed over
            if found := _read_known(path):
                return found
    except TableError:
        raise
    except Exception as error:  # the readers raise whatever a damaged file provokes
        raise TableError(
            f"{path.name!r} is damaged and cannot be read as a workbook.",
            "Open it in a spreadsheet program and save it again as .xlsx or .csv.",
        ) from error
    raise _not_readable(path)


def _read_known(path: Path) -> dict[str, Grid] | None:
    """The sheets; None for a packed file that is neither kind of workbook."""
    names = _members(path)
    if "xl/workbook.xml" in names:
        return dict(_read_xlsx(path))
    return dict(_read_ods(path)) if "content.xml" in names else None


def _members(path: Path) -> dict[str, int]:
    """Files packed in the workbook, with the bytes that each unpacks to."""
    if not zipfile.is_zipfile(path):
        raise _not_readable(path)
    with zipfile.ZipFile(path) as packed:
        sizes = {info.filename: info.file_size for info in packed.infolist()}
    if sum(sizes.values()) > _LARGEST:
        raise TableError(
            f"{path.name!r} unpacks to {sum(sizes.values()):,} bytes.",
            "Save the one sheet that is needed as .csv.",
        )
    return sizes


def _not_readable(path: Path) -> TableError:
    return TableError(
        f"{path.name!r} is not a workbook that can be read here: it may be of an old"
        " format, or locked by a password.",
        "Save it as .xlsx without a password, or as .csv.",
    )


def _read_xlsx(path: Path) -> Iterator[tuple[str, Grid]]:
    results = _open_xlsx(path, results=True)
    formulas = _open_xlsx(path, results=False) if _has_formulas(path) else None
    for sheet in results.worksheets:
        rows = sheet.iter_rows(values_only=True)
        if formulas is not None:
            written = formulas[sheet.title].iter_rows(values_only=True)
            rows = map(_with_formulas, rows, written)
        yield sheet.title, [[_text(value) for value in row] for row in rows]
    results.close()


def _open_xlsx(path: Path, *, results: bool) -> Workbook:
    from openpyxl import load_workbook  # deferred: only an import of tables needs it

    workbook = load_workbook(
        BytesIO(path.read_bytes()), read_only=True, data_only=results
    )
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # some programs write a wrong size; rows would be lost
    return workbook


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as packed:
        sheets = [n for n in packed.namelist() if n.startswith("xl/worksheets/")]
        return any(b"<f>" in (xml := packed.read(n)) or b"<f " in xml for n in sheets)


def _with_formulas(row: Iterable[Any], written: Iterable[Any]) -> list[Any]:
    """A row's values, and the formula itself where its result was not kept."""
    return [
        formula if value is None else value
        for value, formula in zip(row, written, strict=True)
    ]


def _read_ods(path: Path) -> Iterator[tuple[str, Grid]]:
    import pandas as pd

    sheets = pd.read_excel(
        BytesIO(path.read_bytes()),  # by content: a file's ending may be wrong
        sheet_name=None,
        header=None,
        dtype=object,
        na_filter=False,
        engine="odf",
    )
    for name, frame in sheets.items():
        rows = frame.itertuples(index=False, name=None)
        yield str(name), [[_text(value) for value in row] for row in rows]


def _text(value: Any) -> str:
    """A cell as a person would type it."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
