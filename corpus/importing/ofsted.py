"""The `ofsted` door: the public provider list, and the councils' monthly one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from corpus.codes import Need, Stance
from corpus.dataset import Dataset
from corpus.errors import TableError
from corpus.importing.context import ImportOptions
from corpus.importing.ledger import Ledger
from corpus.importing.ofsted_layout import (
    Layout,
    is_list_as_at,
    is_provider_list,
    recognise,
)
from corpus.importing.ofsted_rows import UNSTATED, Listed, RowReader
from corpus.importing.owners import found_owners, provider_id
from corpus.importing.report import EVERY_ROW, Imported, Replaced
from corpus.importing.sheets import Row, Sheet, read_sheets
from corpus.models import ClaimedNeed, Frozen, Setting

_WITHHELD: Final = ("district", "town", "postcode_district", "easting", "northing")
"""What the public list withholds of homes, and a council may have added."""


def read_ofsted(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Settings, their owners, grades and flagged needs, from lists of one date.

    The lists replace the whole register held. Admission criteria and addresses that
    another source gave for a URN stay where the lists say nothing of them.

    Raises:
        TableError: for a file that is no provider list, or lists of several dates.
    """
    sheets = [sheet for file in files for sheet in _lists(file)]
    layouts = [recognise(sheet) for sheet in sheets]
    as_at = options.as_at or _one_date(layouts)
    listed: dict[str, Listed] = {}
    seen: dict[str, _Said] = {}
    ledgers = []
    for sheet, layout in zip(sheets, layouts, strict=True):
        _require(sheet, layout)
        ledger = Ledger(sheet, layout.name)
        reader = RowReader(ledger, layout, options.gazetteer, as_at)
        _read_rows(ledger, reader, layout, listed, seen)
        ledgers.append(ledger)
    return _imported(list(listed.values()), ledgers, layouts, options.held, as_at)


def _lists(file: Path) -> list[Sheet]:
    """The provider lists of a file.

    Ofsted's workbook has sheets of leavers and of the year's inspections beside the
    list, with much the same columns: what they say again, they say in other words.
    """
    sheets = read_sheets(file, is_provider_list)
    lists = [sheet for sheet in sheets if is_list_as_at(sheet)] or sheets
    others = tuple(sheet.name for sheet in sheets if sheet not in lists)
    return [
        replace(
            sheet,
            alone=len(lists) == 1,
            passed_over=(*sheet.passed_over, *others),
        )
        for sheet in lists
    ]


_Said = tuple[str, frozenset[tuple[str, str]]]
"""Where a URN was first read, and what its cells said."""


def _one_date(layouts: Sequence[Layout]) -> date | None:
    dates = sorted({layout.as_at for layout in layouts if layout.as_at})
    if len(dates) > 1:
        raise TableError(
            f"These are lists of several dates: {', '.join(map(str, dates))}.",
            "Import the newest alone: a list holds every setting of its day.",
        )
    return dates[0] if dates else None


def _require(sheet: Sheet, layout: Layout) -> None:
    if "sector" not in layout.columns:
        raise TableError(
            f"{sheet.label!r} has no column Sector.",
            "Export the list with all its columns.",
        )


def _read_rows(
    ledger: Ledger,
    reader: RowReader,
    layout: Layout,
    listed: dict[str, Listed],
    seen: dict[str, _Said],
) -> None:
    """Add what the rows of one sheet say; `seen` spans the sheets."""
    for row in ledger.sheet.rows:
        found = reader.read(row)
        if found is None:
            continue
        urn, said = found.setting.urn, _said(row)
        if urn not in seen:
            ledger.load(row)
            listed[urn] = found
            seen[urn] = (f"row {row.number} of {ledger.sheet.label}", said)
        elif said <= seen[urn][1]:
            ledger.repeat(row, f"URN {urn}, {seen[urn][0]}")
        else:
            why = f"{seen[urn][0]} says other things of this URN, and was loaded"
            ledger.reject(row, layout.columns["urn"], why, "keep the row that is right")


def _said(row: Row) -> frozenset[tuple[str, str]]:
    return frozenset((name, value) for name, value in row.cells.items() if value)


def _imported(
    listed: Sequence[Listed],
    ledgers: Sequence[Ledger],
    layouts: Sequence[Layout],
    held: Dataset | None,
    as_at: date | None,
) -> Imported:
    providers, groups, told = found_owners([(row.owner, row.sector) for row in listed])
    rows: dict[str, list[Frozen]] = {
        "settings": [*_settings(listed, held)],
        "providers": [*providers],
        "groups": [*groups],
    }
    replaces = dict.fromkeys(rows, EVERY_ROW)
    if any("rating" in layout.columns for layout in layouts):
        rows["inspections"] = [found for row in listed for found in row.inspections]
        replaces["inspections"] = EVERY_ROW
    flags = {need for layout in layouts for need in layout.flags.values()}
    if flags:
        rows["claimed_needs"] = [*_claims(listed), *_exclusions(held, flags)]
        replaces["claimed_needs"] = Replaced("need", frozenset(flags))
    passed_over = {name for ledger in ledgers for name in ledger.sheet.passed_over}
    if passed_over:
        told += (f"Sheets passed over: {', '.join(sorted(passed_over))}.",)
    return Imported(
        rows=rows,
        replaces=replaces,
        tallies=tuple(ledger.tally() for ledger in ledgers),
        mended=tuple(m for ledger in ledgers for m in ledger.mended),
        rejected=tuple(r for ledger in ledgers for r in ledger.rejected),
        duplicates=tuple(d for ledger in ledgers for d in ledger.duplicates),
        notes=told,
        as_at=as_at or _newest_inspection(listed),
    )


def _newest_inspection(listed: Sequence[Listed]) -> date | None:
    """A list without a date speaks at least to its newest inspection."""
    days = (found.inspected_on for row in listed for found in row.inspections)
    return max(days, default=None)


def _settings(listed: Sequence[Listed], held: Dataset | None) -> list[Setting]:
    before = {s.urn: s for s in held.rows(Setting)} if held else {}
    return [
        row.setting.model_copy(
            update={
                "provider_id": provider_id(row.owner),
                **_kept(row.setting, before.get(row.setting.urn)),
            }
        )
        for row in listed
    ]


def _kept(setting: Setting, before: Setting | None) -> dict[str, object]:
    """What was held of a setting and the list does not say."""
    if before is None:
        return {}
    kept = {name: getattr(before, name) for name in UNSTATED}
    if setting.postcode_district is None:
        kept |= {name: getattr(before, name) for name in _WITHHELD}
    marked = f"(URN {setting.urn})"
    if setting.name.endswith(marked) and not before.name.endswith(marked):
        kept["name"] = before.name
    return kept


def _claims(listed: Sequence[Listed]) -> list[ClaimedNeed]:
    return [
        ClaimedNeed(urn=row.setting.urn, need=need, stance=Stance.ACCEPTS)
        for row in listed
        for need in sorted(row.needs)
    ]


def _exclusions(held: Dataset | None, needs: set[Need]) -> list[ClaimedNeed]:
    """Needs that a setting says it does not admit: a flag does not unsay them."""
    claims = held.rows(ClaimedNeed) if held else []
    return [
        claim
        for claim in claims
        if claim.stance is Stance.EXCLUDES and claim.need in needs
    ]
