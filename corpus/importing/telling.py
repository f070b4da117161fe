"""An import's report as text for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from corpus.importing.report import FileTally, ImportReport, Mended, Rejection

_SHOWN: Final = 20
"""Rejected rows that are told where a file holds all of them."""


def told(report: ImportReport) -> str:
    """The whole report, ready for stdout."""
    dry = " (dry run: nothing was changed)" if report.dry_run else ""
    parts = [
        "\n".join([f"Import of {report.source}{dry}", *map(_tally, report.tallies)]),
        _part("Mended", _mendings(report.mended)),
        _part("Rejected", _rejections(report)),
        _part("Duplicates", _duplicates(report)),
        _part("Compared with what was held", report.compared),
        _part("Note", report.notes),
        _part("Kept", report.kept_files),
        *(_attachments(report) if report.dry_run else ()),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _part(title: str, lines: Iterable[str]) -> str:
    """A title with its lines below; empty where there are none."""
    text = "\n".join(f"  {line}" for line in lines)
    return f"{title}:\n{text}" if text else ""


def _tally(tally: FileTally) -> str:
    return (
        f"{tally.file}: {tally.layout}\n  {tally.rows_read:,} rows read:"
        f" {tally.loaded:,} loaded, {tally.duplicates:,} duplicates,"
        f" {tally.rejected:,} rejected"
    )


def _mendings(mended: Sequence[Mended]) -> Iterator[str]:
    """One line for all rows in which the same was mended in the same way."""
    alike: dict[tuple[str, str, str, str], list[Mended]] = {}
    for item in mended:
        key = (item.column, item.value, item.became, item.why)
        alike.setdefault(key, []).append(item)
    for (column, value, became, why), items in alike.items():
        outcome = f" became {became!r}" if became else " was left out"
        outcome = outcome if became != value else ""
        rows = f"{items[0].file}, row {items[0].row}"
        if len(items) > 1:
            rows = f"{len(items):,} rows, the first in {rows}"
        yield f"{column}: {value!r}{outcome}: {why} ({rows})"


def _rejections(report: ImportReport) -> Iterator[str]:
    faults = report.rejected
    shown = faults[:_SHOWN] if report.rejected_file else faults
    yield from map(_rejection, shown)
    if len(faults) > len(shown):
        yield f"and {len(faults) - len(shown):,} more"
    if report.rejected_file:
        yield f"all of them, with the rows: {report.rejected_file}"


def _rejection(fault: Rejection) -> str:
    where = f"{fault.file}, row {fault.row}"
    if fault.column:
        where += f", {fault.column} {fault.value!r}"
    return f"{where}: {fault.why}; {fault.remedy}"


def _duplicates(report: ImportReport) -> Iterator[str]:
    for item in report.duplicates[:_SHOWN]:
        yield f"{item.file}, row {item.row} repeats {item.repeats}"
    if len(report.duplicates) > _SHOWN:
        yield f"and {len(report.duplicates) - _SHOWN:,} more"


def _attachments(report: ImportReport) -> Iterator[str]:
    for name, text in report.attachments.items():
        yield f"{name}:\n{text.rstrip()}"
