"""Rows of mapped sheets as rows of tables; each loaded, a duplicate or rejected."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Final

from pydantic import ValidationError

from corpus.errors import TableError
from corpus.importing.cells import Unreadable
from corpus.importing.context import ImportOptions
from corpus.importing.ledger import Ledger
from corpus.importing.mapped.cell_kinds import CellReader
from corpus.importing.mapped.fields import ONE_ROW, SheetKind, fields_of
from corpus.importing.mapped.known import KnownProviders
from corpus.importing.mapped.layout import day_in_titles, is_header_again, is_total
from corpus.importing.mapped.mapping import SheetMapping
from corpus.importing.mapped.placement_rows import is_made_pseudonym, placement_of
from corpus.importing.mapped.price_rows import price_records
from corpus.importing.mapped.provider_rows import Record, setting_records
from corpus.importing.mapped.referral_rows import referral_of
from corpus.importing.mapped.row_values import RowFault, RowReader, RowValues
from corpus.importing.placing_authority import PlacingAuthority
from corpus.importing.sheets import Row, Sheet
from corpus.models import Frozen, Provider, Setting

_OWNERS: Final = frozenset(["groups", "providers"])
_IDENTITY: Final = {
    "placements": "placement_id",
    "referrals": "referral_id",
    "settings": "urn",
}
"""The field that tells rows of a table apart; of the others, the whole row does."""


class Loading:
    """What one import has read so far, over all of its sheets."""

    def __init__(self, options: ImportOptions) -> None:
        self._options = options
        self.cells = CellReader(options.gazetteer)
        self._known = KnownProviders.of(options.held)
        self._seen: dict[tuple[str, str], tuple[str, list[Record]]] = {}
        self.rows: defaultdict[str, list[Frozen]] = defaultdict(list)

    def load(self, sheet: Sheet, mapping: SheetMapping) -> tuple[Ledger, list[str]]:
        """Read one sheet; what became of its rows, and what else to tell.

        Raises:
            TableError: for rows about children whose authority nothing names, and for
                a constant of the mapping that cannot be read.
        """
        assert mapping.kind is not None
        ledger = Ledger(sheet, f"{mapping.kind}, {len(mapping.used)} columns mapped")
        reading = _SheetLoading(self, ledger, mapping)
        for row in sheet.rows:
            reading.row(row)
        return ledger, reading.told()

    def keep(self, row: Row, records: list[Record], ledger: Ledger) -> bool:
        """Keep a row's records, unless they stand there already."""
        facts = [record for record in records if record.table not in _OWNERS]
        main = facts[0]
        key = (main.table, _identity(main))
        where, before = self._seen.get(key, ("", []))
        if before == facts:
            ledger.repeat(row, where)
            return False
        if before:
            raise RowFault(
                "", f"it has the identifier of {where}, and differs", "correct one"
            )
        self._seen[key] = (f"{ledger.sheet.label} row {row.number}", facts)
        for record in records:
            self.rows[record.table].append(record.row)
            self._know(record.row)
        return True

    def _know(self, row: Frozen) -> None:
        if isinstance(row, Setting):
            self._known.add_setting(row)
        elif isinstance(row, Provider):
            self._known.add_provider(row)

    def records(
        self, kind: SheetKind, values: RowValues, authority: str, as_at: date
    ) -> list[Record]:
        """The rows of tables that a row of a sheet makes.

        Raises:
            RowFault: where it makes none.
        """
        if kind is SheetKind.PLACEMENTS:
            placement = placement_of(values, authority, self._known, as_at)
            return [Record("placements", placement)]
        if kind is SheetKind.REFERRALS:
            return [Record("referrals", referral_of(values, authority))]
        if kind is SheetKind.PROVIDERS:
            return setting_records(values, self._known, as_at)
        return price_records(values, self._known, as_at)

    def placing(self, mapping: SheetMapping) -> PlacingAuthority:
        """Whose children the rows of a sheet are about."""
        constant = mapping.constants.get("local_authority")
        named = self._options.local_authority or constant
        return PlacingAuthority(replace(self._options, local_authority=named))

    def as_at(self, sheet: Sheet) -> date | None:
        """The day to which a sheet speaks; None where nothing says."""
        return self._options.as_at or day_in_titles(sheet)


class _SheetLoading:
    """Reads the rows of one sheet into the import."""

    def __init__(self, loading: Loading, ledger: Ledger, mapping: SheetMapping) -> None:
        assert mapping.kind is not None
        self._loading = loading
        self._ledger = ledger
        self._mapping = mapping
        self._kind = mapping.kind
        _check_constants(mapping, loading.cells)
        self._reader = RowReader(ledger.sheet, mapping, loading.cells)
        self._day = loading.as_at(ledger.sheet)
        self._as_at = self._day or date.today()
        self._placing = (
            loading.placing(mapping)
            if self._kind in (SheetKind.PLACEMENTS, SheetKind.REFERRALS)
            else None
        )
        self._names = 0

    def row(self, row: Row) -> None:
        """Load one row, or tell why not."""
        if is_header_again(row):
            self._ledger.reject(row, "", "the header again", "remove the row")
        elif is_total(row, self._mapping):
            why = f"a total, not a {ONE_ROW[self._kind]}"
            self._ledger.reject(row, "", why, "nothing: totals are worked out anew")
        else:
            self._data(row)

    def _data(self, row: Row) -> None:
        authority = self._authority(row)
        if authority is None:
            return
        try:
            values = self._reader.read(row)
            records = self._records(values, authority)
            if not self._loading.keep(row, records, self._ledger):
                return
        except RowFault as fault:
            column = self._mapping.columns.get(fault.field, "")
            self._ledger.reject(row, column, fault.why, fault.remedy)
            return
        self._ledger.load(row)
        self._tell_mended(row, values)

    def _authority(self, row: Row) -> str | None:
        """The placing authority; empty for settings and prices, None if rejected."""
        if self._placing is None:
            return ""
        column = self._mapping.columns.get("local_authority")
        return self._placing.of_row(row, column, self._ledger)

    def _records(self, values: RowValues, authority: str) -> list[Record]:
        try:
            return self._loading.records(self._kind, values, authority, self._as_at)
        except ValidationError as error:  # a bound of a row model, not of a parser
            fault = error.errors()[0]
            field = str(fault["loc"][0]) if fault["loc"] else ""
            raise RowFault(field, fault["msg"], "correct the cell") from error

    def _tell_mended(self, row: Row, values: RowValues) -> None:
        for column, became, why in values.mended:
            self._ledger.mend(row, column, became, why)
        for field, fault in values.unread.items():
            if field != "local_authority" or self._placing is None:
                why = f"{fault.why}; {fault.remedy}"
                self._ledger.mend(row, values.column(field), "", why)
        self._names += self._placing is not None and is_made_pseudonym(values)

    def told(self) -> list[str]:
        """What to tell of the sheet as a whole."""
        told = [
            f"{self._mapping.columns[field]!r} holds dates written month first, such as"
            f" {example!r}; those that could be either were not read"
            for field, example in self._reader.in_doubt.items()
        ]
        if self._names:
            told.append(
                f"child_id: {self._names:,} names or initials were replaced by"
                " pseudonyms and are not kept"
            )
        if self._day is None and self._used_today():
            told.append(f"no day is given to which it speaks: {self._as_at} was taken")
        return told

    def _used_today(self) -> bool:
        """Whether a field was read that means nothing without a day."""
        dayless = {
            "age_now",
            "vacancies",
            "weekly_price",
        } & self._mapping.columns.keys()
        dated = {"vacancies_as_at", "price_as_at", "as_at"}
        return bool(dayless) and not dated & self._mapping.columns.keys()


def _check_constants(mapping: SheetMapping, cells: CellReader) -> None:
    assert mapping.kind is not None
    known = fields_of(mapping.kind)
    for field, text in mapping.constants.items():
        try:
            cells.parser(known[field].cell, mapping.date_order)(text)
        except Unreadable as fault:
            raise TableError(
                f"The mapping's constant {field} = {text!r} cannot be read:"
                f" {fault.why}.",
                f"In the mapping, {fault.remedy}.",
            ) from fault


def _identity(record: Record) -> str:
    field = _IDENTITY.get(record.table)
    return str(getattr(record.row, field)) if field else record.row.model_dump_json()
