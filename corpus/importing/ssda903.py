"""The door for SSDA903 returns: every file, every layout since 2017, several years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.children import Placement
from corpus.errors import TableError
from corpus.importing.context import ImportOptions
from corpus.importing.ledger import Ledger
from corpus.importing.placing_authority import PlacingAuthority
from corpus.importing.report import Imported, Replaced
from corpus.importing.return_files import read_files
from corpus.importing.ssda903_layouts import (
    LayoutName,
    is_header,
    layout_of,
)
from corpus.importing.ssda903_notes import (
    child_notes,
    code_notes,
    misfit_notes,
    sheet_notes,
)
from corpus.importing.ssda903_placements import PlacementMaker, age_on
from corpus.importing.ssda903_record import Records, read_records
from corpus.importing.ssda903_returns import latest_rows
from corpus.importing.ssda903_rows import ReturnRow, read_rows
from corpus.importing.ssda903_stays import Stay, doubtful, stays_by_child
from corpus.importing.ssda903_years import with_closing_years, with_years


@dataclass
class _Reading:
    """Ledgers and rows of every file, and what a reader should know of them."""

    layouts: set[LayoutName] = field(default_factory=set)
    ledgers: list[Ledger] = field(default_factory=list)
    rows: list[ReturnRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_ssda903(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Placements from the files of one or more years' returns.

    A file is recognised by its columns. Where several returns have the same episode,
    the latest return's is held. Children keep the codes that the files give them.

    Raises:
        TableError: for a file that is none of the return's, where no file has
            episodes, or where nothing says which authority the children are of.
    """
    reading = _read_files(files, options)
    if "Episodes" not in reading.layouts:
        raise TableError(
            "None of the files has the episodes of an SSDA903 return.",
            "Give the Episodes file too; the other files only add to it.",
        )
    others, told = latest_rows(r for r in reading.rows if not _is_episode(r))
    records = read_records(others)
    fitting = [r for r in reading.rows if _is_episode(r) and _fits(r, records)]
    episodes, told_too = latest_rows(fitting)
    reading.notes += told + told_too + code_notes(episodes)
    placements = _placements(episodes, records, options, reading.notes)
    for row in (*others, *episodes):
        row.ledger.load(row.row)
    return _imported(placements, reading, options)


def _read_files(files: Sequence[Path], options: ImportOptions) -> _Reading:
    placing = PlacingAuthority(options)
    reading = _Reading()
    for path, sheet in read_files(files, is_header):
        layout = layout_of(sheet)
        ledger = Ledger(sheet, layout.describe())
        reading.layouts.add(layout.name)
        reading.ledgers.append(ledger)
        reading.rows += with_years(read_rows(layout, ledger, placing), path)
        reading.notes += sheet_notes(sheet, frozenset(layout.columns))
    reading.rows, told = with_closing_years(reading.rows)
    reading.notes += told
    return reading


def _is_episode(row: ReturnRow) -> bool:
    return row.layout.name == "Episodes"


def _fits(row: ReturnRow, records: Records) -> bool:
    """Whether an episode is of a child's life and in order; else it is rejected."""
    started, ended = row.dates["DECOM"], row.dates.get("DEC")
    born = records.of(row.child).born
    if ended is not None and ended < started:
        row.ledger.reject(
            row.row, "DEC", "it is before DECOM", "correct the one that is wrong"
        )
    elif born is not None and age_on(born, started) is None:
        row.ledger.reject(
            row.row,
            "DECOM",
            "it is before the child's birth, or more than 25 years after it",
            "correct it, or DOB in the Header file",
        )
    return not row.ledger.is_rejected(row.row)


def _placements(
    episodes: Sequence[ReturnRow],
    records: Records,
    options: ImportOptions,
    notes: list[str],
) -> list[Placement]:
    stays = stays_by_child(episodes)
    maker = PlacementMaker(records, options.gazetteer)
    made = [p for found in stays.values() for p in maker.placements(found)]
    misfits = [told for found in stays.values() for told in doubtful(found)]
    _mend_unended(stay for found in stays.values() for stay in found)
    notes += misfit_notes(misfits)
    notes += child_notes(frozenset(stays), records)
    if maker.unknown_postcodes:
        notes.append(
            f"{len(maker.unknown_postcodes)} postcodes are not in the gazetteer:"
            " distances and host authorities that rest on them are left out."
        )
    return made


def _mend_unended(stays: Iterable[Stay]) -> None:
    """Tell of episodes that have a reason for ending and no end."""
    for episode in (stay.last for stay in stays):
        if episode.ended is None and episode.code("REC"):
            why = "DEC is blank, so that nothing says when it ended"
            episode.row.ledger.mend(episode.row.row, "REC", "", why)


def _imported(
    placements: Sequence[Placement], reading: _Reading, options: ImportOptions
) -> Imported:
    ledgers = reading.ledgers
    authorities = frozenset(p.local_authority for p in placements)
    days = [day for p in placements for day in (p.started, p.ended) if day]
    return Imported(
        rows={"placements": placements},
        replaces={"placements": Replaced("local_authority", authorities)},
        tallies=tuple(ledger.tally() for ledger in ledgers),
        mended=tuple(m for ledger in ledgers for m in ledger.mended),
        rejected=tuple(r for ledger in ledgers for r in ledger.rejected),
        duplicates=tuple(d for ledger in ledgers for d in ledger.duplicates),
        notes=tuple(reading.notes),
        as_at=options.as_at or max(days, default=None),
    )
