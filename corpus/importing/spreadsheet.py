"""The `spreadsheet` door: a council's own lists, whatever their headers.

What a sheet is and which column is which is proposed from its headers and values, told
in the report and kept in a file that can be corrected and used again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.dataset import Dataset
from corpus.errors import TableError
from corpus.importing.context import ImportOptions
from corpus.importing.ledger import Ledger
from corpus.importing.mapped.fields import SheetKind
from corpus.importing.mapped.layout import read_own_sheets
from corpus.importing.mapped.loading import Loading
from corpus.importing.mapped.mapping import (
    SheetMapping,
    mapping_for,
    read_mappings,
    write_mappings,
)
from corpus.importing.mapped.proposal import Proposal, propose
from corpus.importing.report import Imported, Replaced
from corpus.importing.sheets import Sheet
from corpus.models import Frozen, Inspection, PriceOffer

MAPPING_FILE: Final = "mapping.toml"
"""Name of the mapping among the report's attachments."""
_ORDER: Final = (
    SheetKind.PROVIDERS,
    SheetKind.PRICES,
    SheetKind.PLACEMENTS,
    SheetKind.REFERRALS,
)
"""Providers first: the rows of the other sheets name them."""
_REPLACED_BY: Final = {
    "placements": "local_authority",
    "referrals": "local_authority",
    "settings": "urn",
    "providers": "provider_id",
    "groups": "group_id",
    "claimed_needs": "urn",
    "inspections": "urn",
    "vacancies": "urn",
    "prices": "urn",
}
"""By table, the field whose values in the new rows say which held rows give way."""
_KEPT: Final[dict[str, type[Frozen]]] = {
    "inspections": Inspection,
    "prices": PriceOffer,
}
"""Tables that hold several rows of one setting, which a sheet may tell in part."""


@dataclass(frozen=True)
class _Planned:
    """A sheet and how it is to be read."""

    sheet: Sheet
    proposal: Proposal
    proposed: bool
    """False where the caller's mapping says how."""


def read_spreadsheet(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Placements, referrals, providers or prices of a council's own files.

    New placements and referrals replace all that are held of their authorities;
    settings, and what is said of them, replace those of their URNs.

    Raises:
        TableError: for a file that cannot be read, a mapping that fits no sheet of it,
            or rows about children whose authority neither file nor caller names.
    """
    mappings = read_mappings(options.mapping) if options.mapping else []
    loading = Loading(options)
    planned = [each for file in files for each in _plan(file, mappings, loading)]
    planned.sort(key=_turn)
    notes: list[str] = []
    ledgers: list[Ledger] = []
    for each in planned:
        if each.proposal.mapping.kind is None:
            why = "no list" if each.proposed else "as the mapping says"
            rows = len(each.sheet.rows)
            notes.append(f"{each.sheet.label}: passed over, {why} ({rows:,} rows).")
            continue
        ledger, told = loading.load(each.sheet, each.proposal.mapping)
        ledgers.append(ledger)
        notes += _notes(each, told)
    return _imported(planned, loading, ledgers, notes, options)


def _plan(
    file: Path, mappings: Sequence[SheetMapping], loading: Loading
) -> list[_Planned]:
    sheets = read_own_sheets(file, mappings)
    if not mappings:
        return _proposed(sheets, loading)
    fitting = [(sheet, mapping_for(sheet, mappings)) for sheet in sheets]
    planned = [
        _Planned(sheet, _given(sheet, mapping), False)
        for sheet, mapping in fitting
        if mapping is not None
    ]
    if not planned:
        raise _no_fit(file, sheets[0], mappings)
    return planned


def _proposed(sheets: Sequence[Sheet], loading: Loading) -> list[_Planned]:
    """Every sheet that is likely a list; of a workbook with one, the others are not."""
    planned = [_Planned(each, propose(each, loading.cells), True) for each in sheets]
    likely = any(each.proposal.is_likely for each in planned)
    return [
        each if each.proposal.is_likely or not likely else _passed_over(each.sheet)
        for each in planned
    ]


def _passed_over(sheet: Sheet) -> _Planned:
    mapping = SheetMapping(kind=None, name=sheet.name)
    return _Planned(sheet, Proposal(mapping, {}, unmapped=sheet.header), True)


def _given(sheet: Sheet, mapping: SheetMapping) -> Proposal:
    unmapped = tuple(name for name in sheet.header if name not in mapping.used)
    return Proposal(mapping, {}, unmapped=unmapped)


def _no_fit(file: Path, sheet: Sheet, mappings: Sequence[SheetMapping]) -> TableError:
    missing = min((sorted(each.used - set(sheet.header)) for each in mappings), key=len)
    return TableError(
        f"The mapping does not fit {file.name!r}: it names"
        f" {', '.join(map(repr, missing))}, and the columns there are"
        f" {', '.join(map(repr, sheet.header))}.",
        "Correct the column names in the mapping, or import without --mapping.",
    )


def _turn(planned: _Planned) -> int:
    kind = planned.proposal.mapping.kind
    return _ORDER.index(kind) if kind else len(_ORDER)


def _notes(planned: _Planned, told: Sequence[str]) -> list[str]:
    """What a reader should know of how a sheet was read, a sentence each."""
    proposal, mapping = planned.proposal, planned.proposal.mapping
    source = "as its headers and values say" if planned.proposed else "by the mapping"
    columns = [
        f"{column!r} is {field}" + _sureness(proposal, field)
        for field, column in mapping.columns.items()
    ]
    columns += [
        f"{column!r} is the need {need}" for column, need in mapping.needs.items()
    ]
    constants = [f"{field} = {text}" for field, text in mapping.constants.items()]
    lines = [f"read as {mapping.kind}, {source}", ", ".join(columns)]
    lines += [f"in doubt: {doubt}" for doubt in proposal.doubts]
    if proposal.unmapped:
        lines.append(f"columns not read: {', '.join(map(repr, proposal.unmapped))}")
    if constants:
        lines.append(f"assumed for every row: {', '.join(constants)}")
    if planned.sheet.passed_over:
        names = ", ".join(map(repr, planned.sheet.passed_over))
        lines.append(f"sheets without a header that is known: {names}")
    return [f"{planned.sheet.label}: {line}." for line in (*lines, *told) if line]


def _sureness(proposal: Proposal, field: str) -> str:
    return (
        f" ({proposal.confidence[field]:.2f})" if field in proposal.confidence else ""
    )


def _imported(
    planned: Sequence[_Planned],
    loading: Loading,
    ledgers: Sequence[Ledger],
    notes: Sequence[str],
    options: ImportOptions,
) -> Imported:
    rows: dict[str, list[Frozen]] = dict(loading.rows)
    if options.held:
        _keep_others(rows, options.held)
    days = [day for each in planned if (day := loading.as_at(each.sheet))]
    return Imported(
        rows=rows,
        replaces={name: _replaced(name, brought) for name, brought in rows.items()},
        tallies=tuple(ledger.tally() for ledger in ledgers),
        mended=tuple(each for ledger in ledgers for each in ledger.mended),
        rejected=tuple(each for ledger in ledgers for each in ledger.rejected),
        duplicates=tuple(each for ledger in ledgers for each in ledger.duplicates),
        notes=tuple(notes),
        as_at=max(days, default=None),
        attachments={MAPPING_FILE: _mapping_file(planned)},
    )


def _mapping_file(planned: Sequence[_Planned]) -> str:
    remarks = [
        {name: f"confidence {sure:.2f}" for name, sure in p.proposal.confidence.items()}
        for p in planned
    ]
    return write_mappings([p.proposal.mapping for p in planned], remarks)


def _replaced(table: str, rows: Sequence[Frozen]) -> Replaced:
    column = _REPLACED_BY[table]
    return Replaced(column, frozenset(str(getattr(row, column)) for row in rows))


def _keep_others(rows: dict[str, list[Frozen]], held: Dataset) -> None:
    """Keep inspections of other days and prices of other routes that are held.

    They are of settings whose rows give way, and no new row takes their place.
    """
    for table, model in _KEPT.items():
        taken = {_place(row) for row in rows.get(table, ())}
        urns = {urn for urn, _ in taken}
        others = [row for row in held.rows(model) if _place(row) not in taken]
        if taken:
            rows[table] += [row for row in others if _place(row)[0] in urns]


def _place(row: Frozen) -> tuple[str, object]:
    """Setting and day of an inspection, or setting and route of a price."""
    if isinstance(row, Inspection):
        return row.urn, row.inspected_on
    assert isinstance(row, PriceOffer)
    return row.urn, row.route
