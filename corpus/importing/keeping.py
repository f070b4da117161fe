"""What is kept of each import beside the tables: its report and rejected rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from pydantic import ValidationError

from corpus.data_directory import DataDirectory, replace_file
from corpus.importing.report import ImportReport, Rejection

_FAULT = ("file", "row", "column", "value", "why", "remedy")
_FORMULA = re.compile(r"[=+\-@\t]")
_NUMBER = re.compile(r"[+-]?[0-9.,]+")


@dataclass(frozen=True)
class Keepsake:
    """The files of one import: `imports/<time>-<source>...` in the data directory."""

    folder: Path
    stem: str

    @classmethod
    def begin(cls, directory: DataDirectory, source: str) -> Keepsake:
        """Names that no earlier import has; the caller holds the writer lock."""
        folder = directory.root / "imports"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stem = f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}-{source}"
        names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        return cls(folder, next(n for n in names if not any(folder.glob(f"{n}[.-]*"))))

    def write_rejected(self, rejected: Iterable[Rejection]) -> Path:
        """One line a fault; with the first of a row, the row as it was read."""
        path = self.folder / f"{self.stem}-rejected.csv"
        replace_file(path, "\ufeff" + rejected_csv(rejected))
        return path

    def write_attachments(self, texts: Mapping[str, str]) -> list[Path]:
        """Texts that came with the import, under their own names."""
        paths = []
        for name, text in texts.items():
            paths.append(self.folder / f"{self.stem}-{Path(name).name}")
            replace_file(paths[-1], text)
        return paths

    def write_report(self, report: ImportReport) -> Path:
        """The report; that it is there says that the import was completed."""
        path = self.folder / f"{self.stem}.json"
        replace_file(path, report.model_dump_json(indent=1) + "\n")
        return path


def last_report(
    directory: DataDirectory, source: str
) -> tuple[str, ImportReport] | None:
    """When a source was last loaded (YYYY-MM-DD) and its report; None for never."""
    pattern = re.compile(
        rf"(\d{{4}}-\d\d-\d\d)T\d{{6}}Z-{re.escape(source)}(-\d+)?\.json"
    )
    kept = (directory.root / "imports").glob("*.json")
    for path in sorted(kept, key=lambda p: (p.name[:18], len(p.name)), reverse=True):
        match = pattern.fullmatch(path.name)
        if match is None:
            continue
        try:
            text = path.read_text(encoding="utf-8")
            return match[1], ImportReport.model_validate_json(text)
        except (OSError, ValidationError):  # of another version: nothing to compare
            continue
    return None


def rejected_csv(rejected: Iterable[Rejection]) -> str:
    """Rejected rows as CSV that a spreadsheet opens without running anything in it."""
    faults = list(rejected)
    columns = dict.fromkeys(name for fault in faults for name in fault.cells)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*_FAULT, *(f"read: {name}" for name in columns)])
    told: set[tuple[str, int]] = set()
    for fault in faults:
        first = (fault.file, fault.row) not in told
        told.add((fault.file, fault.row))
        cells = [fault.cells.get(name, "") if first else "" for name in columns]
        values = [str(getattr(fault, name)) for name in _FAULT]
        writer.writerow([_inert(value) for value in (*values, *cells)])
    return text.getvalue()


def _inert(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    harmless = not _FORMULA.match(value) or _NUMBER.fullmatch(value)
    return value if harmless else f"'{value}"
