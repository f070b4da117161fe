"""The door for the Placements North West census: its five layouts since June 2019."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.children import Placement
from corpus.importing.context import ImportOptions
from corpus.importing.ledger import Ledger
from corpus.importing.placing_authority import PlacingAuthority
from corpus.importing.pnw_census_cells import CensusCells
from corpus.importing.pnw_census_day import census_day
from corpus.importing.pnw_census_layout import (
    Field,
    columns_of,
    is_header,
    layout_name,
)
from corpus.importing.pnw_census_merging import merged
from corpus.importing.pnw_census_rows import CensusReader, CensusRow
from corpus.importing.report import Imported, Replaced
from corpus.importing.return_files import read_files
from corpus.importing.sheets import Sheet

if TYPE_CHECKING:
    from corpus.dataset import Dataset


def read_pnw_census(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Current placements from one or more censuses.

    A sheet is recognised by its columns. Of several censuses, a placement is held as
    the latest that has it says.

    Raises:
        TableError: for a file that is no census, where nothing says which authority
            the children are of, or of which day the census is.
    """
    placing = PlacingAuthority(options)
    owners = _owners(options.held)
    ledgers: list[Ledger] = []
    rows: list[CensusRow] = []
    notes: list[str] = []
    for _, sheet in read_files(files, is_header):
        columns = columns_of(sheet.header)
        ledger = Ledger(sheet, f"PNW census, layout of {layout_name(columns)}")
        day = options.as_at or census_day(sheet, columns)
        cells = CensusCells(ledger, columns)
        reader = CensusReader(cells, day, placing, options.gazetteer, owners)
        rows += [found for row in sheet.rows if (found := reader.read(row))]
        ledgers.append(ledger)
        notes += _sheet_notes(sheet, columns, day)
    placements, told = merged(rows)
    return _imported(placements, ledgers, rows, [*notes, *told])


def _owners(held: Dataset | None) -> dict[str, str]:
    """Provider of each setting held, by URN."""
    if held is None or held.folder is None:
        return {}
    settings = held.frame("settings")
    return dict(zip(settings["urn"], settings["provider_id"], strict=True))


def _sheet_notes(
    sheet: Sheet, columns: Mapping[Field, str], day: date
) -> Iterable[str]:
    unused = [name for name in sheet.header if name not in columns.values()]
    yield f"{sheet.label}: read as the census of {day.isoformat()}."
    if unused:
        yield f"{sheet.label}: columns that are not used: {', '.join(unused)}."
    if sheet.passed_over:
        yield f"{sheet.label}: sheets passed over: {', '.join(sheet.passed_over)}."
    if "started" not in columns:
        yield (
            f"{sheet.label}: this layout has no start dates; placements are held from"
            " the day of the census, the first on which they are known."
        )
    elif "age" in columns:
        yield (
            f"{sheet.label}: ages at the start are those of the census less the whole"
            " years since; a child may have been a year younger."
        )


def _imported(
    placements: Sequence[Placement],
    ledgers: Sequence[Ledger],
    rows: Sequence[CensusRow],
    notes: Sequence[str],
) -> Imported:
    authorities = frozenset(p.local_authority for p in placements)
    return Imported(
        rows={"placements": placements},
        replaces={"placements": Replaced("local_authority", authorities)},
        tallies=tuple(ledger.tally() for ledger in ledgers),
        mended=tuple(m for ledger in ledgers for m in ledger.mended),
        rejected=tuple(r for ledger in ledgers for r in ledger.rejected),
        duplicates=tuple(d for ledger in ledgers for d in ledger.duplicates),
        notes=tuple(notes),
        as_at=max((row.day for row in rows), default=None),
    )
