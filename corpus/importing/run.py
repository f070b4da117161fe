"""One import from end to end: read, merged with what is held, written whole or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset, Rows, refuse_other_kind, replace_tables, writing
from corpus.errors import TableError, UsageError
from corpus.importing.context import Door, ImportOptions
from corpus.importing.keeping import Keepsake, last_report
from corpus.importing.merging import differences, merged
from corpus.importing.report import EVERY_ROW, Imported, ImportReport

DOORS: Final = {
    "ofsted": ("ofsted", "read_ofsted"),
    "ssda903": ("ssda903", "read_ssda903"),
    "dfe": ("dfe", "read_dfe"),
    "pnw-census": ("pnw_census", "read_pnw_census"),
    "spreadsheet": ("spreadsheet", "read_spreadsheet"),
}
"""Each source's module in this package, and the function that reads its files."""

Progress = Callable[[str, int, int], None]
"""Told the step, and how much of how much of it is done."""


def run_import(
    directory: DataDirectory,
    source: str,
    files: Sequence[Path],
    options: ImportOptions,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Load files of one source in place of what was held from it.

    Interrupted or failing, it leaves the tables as they were; a dry run always does.
    `options.held` is filled in from the directory.

    Raises:
        DataDirectoryError: for a demonstration, or while another process writes.
        TableError: for a file that cannot be used, or where no row could be loaded.
        UsageError: for a source that is not known.
    """
    door = _door(source)
    refuse_other_kind(directory, "real")
    tell = progress or (lambda *_: None)
    if dry_run:
        imported = _read(directory, door, files, options, tell)
        return _report(directory, source, imported, dry_run=True)
    with writing(directory):
        imported = _read(directory, door, files, options, tell)
        return _load(directory, source, imported, options, tell)


def _door(source: str) -> Door:
    if source not in DOORS:
        raise UsageError(
            f"{source!r} is not a source of tables.", f"Use one of {', '.join(DOORS)}."
        )
    module, function = DOORS[source]
    return cast(Door, getattr(import_module(f"corpus.importing.{module}"), function))


def _held(directory: DataDirectory) -> Dataset | None:
    dataset = Dataset.open(directory)
    return dataset if dataset.kind else None


def _read(
    directory: DataDirectory,
    door: Door,
    files: Sequence[Path],
    options: ImportOptions,
    tell: Progress,
) -> Imported:
    tell("Importing: reading the files", 0, 3)
    return door(files, replace(options, held=_held(directory)))


def _report(
    directory: DataDirectory, source: str, imported: Imported, *, dry_run: bool
) -> ImportReport:
    return ImportReport(
        source=source,
        tallies=imported.tallies,
        mended=imported.mended,
        rejected=imported.rejected,
        duplicates=imported.duplicates,
        notes=imported.notes,
        compared=_compared(directory, source, imported),
        dry_run=dry_run,
        attachments=dict(imported.attachments),
        tables={name: len(rows) for name, rows in imported.rows.items()},
    )


def _compared(
    directory: DataDirectory, source: str, imported: Imported
) -> tuple[str, ...]:
    lines = differences(_held(directory), imported)
    last = last_report(directory, source)
    if last is None:
        return lines
    day, report = last
    counts = ", ".join(
        f"{report.total(name):,} {name}"
        for name in ("loaded", "duplicates", "rejected")
    )
    return (f"last load of this source, on {day}: {counts}", *lines)


def _load(
    directory: DataDirectory,
    source: str,
    imported: Imported,
    options: ImportOptions,
    tell: Progress,
) -> ImportReport:
    """Write the tables and then the report; the caller holds the writer lock."""
    keep = Keepsake.begin(directory, source)
    report = _report(directory, source, imported, dry_run=False)
    kept = keep.write_attachments(imported.attachments)
    if imported.rejected:
        rejected = str(keep.write_rejected(imported.rejected))
        report = report.model_copy(update={"rejected_file": rejected})
    _refuse_nothing(report)
    tell("Importing: joining them with the tables held", 1, 3)
    rows = merged(_held(directory), imported)
    tell("Importing: writing the tables", 2, 3)
    replace_tables(directory, rows, _dates(directory, rows, imported, options))
    report = report.model_copy(update={"kept_files": tuple(map(str, kept))})
    keep.write_report(report)
    tell("Importing: done", 3, 3)
    return report


def _refuse_nothing(report: ImportReport) -> None:
    """Files without one good row must not empty the tables."""
    if report.total("loaded"):
        return
    read, where = report.total("rows_read"), report.rejected_file
    raise TableError(
        f"None of the {read:,} rows could be loaded; the tables stay as they were.",
        f"See why in {where!r}." if where else "Check that they are the right files.",
    )


_REGISTER: Final = frozenset({"groups", "providers", "settings", "inspections"})


def _dates(
    directory: DataDirectory, rows: Rows, imported: Imported, options: ImportOptions
) -> dict[str, date]:
    """The day to which each table that changes speaks: the import's own, but of a
    register to which it only adds, still the register's."""
    day = options.as_at or imported.as_at or datetime.now(UTC).date()
    manifest = directory.manifest()
    held = manifest.dates if manifest else {}
    return {
        name: min(day, held.get(name, day))
        if name in _REGISTER and imported.replaces.get(name) != EVERY_ROW
        else day
        for name in rows
    }
