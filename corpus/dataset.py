"""The placement tables: typed rows in, Parquet on disk, frames for the tools."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from corpus.children import Offer, Placement, Referral
from corpus.commissioning import (
    BlockContract,
    FosterHousehold,
    FosteringFee,
    PriceIndex,
    PublishedFigure,
)
from corpus.data_directory import DataDirectory, Kind, Manifest
from corpus.errors import DataDirectoryError, TableError
from corpus.models import (
    ClaimedNeed,
    Frozen,
    Group,
    Inspection,
    PriceOffer,
    Provider,
    Setting,
    Vacancy,
)

if TYPE_CHECKING:
    import pandas as pd

TABLES: Final[dict[str, type[Frozen]]] = {
    "groups": Group,
    "providers": Provider,
    "settings": Setting,
    "claimed_needs": ClaimedNeed,
    "inspections": Inspection,
    "vacancies": Vacancy,
    "prices": PriceOffer,
    "placements": Placement,
    "referrals": Referral,
    "offers": Offer,
    "block_contracts": BlockContract,
    "foster_households": FosterHousehold,
    "fostering_fees": FosteringFee,
    "price_index": PriceIndex,
    "published_figures": PublishedFigure,
}
"""Each table's name and the model of its rows."""

Rows = Mapping[str, "Sequence[Frozen] | pd.DataFrame"]
"""Rows of each table by its name: row models, or a frame with their fields in order."""

RowT = TypeVar("RowT", bound=Frozen)

LOCK_WAIT: Final = 60.0
"""Seconds that a writer waits for another before it gives up."""


@dataclass(frozen=True)
class Dataset:
    """The tables of one data directory, read when first asked for."""

    folder: Path | None
    """Folder of the current tables; None where none are loaded."""
    kind: Kind | None
    """None where no tables are loaded."""
    as_at: date | None
    """The newest day to which the tables speak; None where none are loaded."""
    dates: Mapping[str, date] = field(default_factory=dict, compare=False)
    """The days of tables that speak to an older one."""

    def table_as_at(self, name: str) -> date | None:
        """The day to which one table speaks; None where none are loaded."""
        return self.dates.get(name, self.as_at)

    @classmethod
    def open(cls, directory: DataDirectory) -> Dataset:
        """The current tables of a data directory, or none."""
        manifest = directory.manifest()
        if manifest is None:
            return cls(None, None, None)
        folder = directory.tables / manifest.tables
        return cls(folder, manifest.kind, manifest.as_at, manifest.dates)

    @cached_property
    def _frames(self) -> dict[str, pd.DataFrame]:
        return {}

    def frame(self, name: str) -> pd.DataFrame:
        """One table, a row a record, columns as its row model's fields.

        Raises:
            TableError: where the table is missing or damaged.
        """
        if name not in self._frames:
            self._frames[name] = self._read(name)
        return self._frames[name]

    def rows(self, model: type[RowT]) -> list[RowT]:
        """One table as its row models: those of `Setting` for the settings.

        Raises:
            TableError: where the table is missing or damaged.
        """
        frame = self.frame(next(n for n, kind in TABLES.items() if kind is model))
        records = frame.astype(object).where(frame.notna(), None).to_dict("records")
        return [model.model_validate(_values(record)) for record in records]

    def _read(self, name: str) -> pd.DataFrame:
        import pandas as pd  # deferred: 0.4 s that a command's help must not pay

        columns = list(TABLES[name].model_fields)
        if self.folder is None:
            return pd.DataFrame(columns=columns)
        path = self.folder / f"{name}.parquet"
        try:
            frame = pd.read_parquet(path)
        except (OSError, ValueError) as error:
            raise TableError(
                f"The table {name!r} cannot be read from {str(path)!r}.",
                "Run `placements demo` again, or import the tables again.",
            ) from error
        for column in set(columns) - set(frame.columns) & _optional(TABLES[name]):
            frame[column] = None  # written before the field came to be
        if set(frame.columns) != set(columns):
            raise TableError(
                f"The table {name!r} was written by another version.",
                "Run `placements demo` again, or import the tables again.",
            )
        return frame[columns]


def write_tables(
    directory: DataDirectory,
    rows: Rows,
    kind: Kind,
    as_at: date,
    seed: int | None = None,
) -> Manifest:
    """Make `rows` the current tables, whole or not at all.

    Raises:
        DataDirectoryError: where the directory holds the other kind of data.
    """
    with writing(directory):
        refuse_other_kind(directory, kind)
        aside = _new_generation(directory)
        for name in TABLES:
            _write_table(aside / f"{name}.parquet", name, rows.get(name, ()))
        return _make_current(directory, aside, kind, as_at, seed)


def replace_tables(
    directory: DataDirectory, rows: Rows, dates: Mapping[str, date]
) -> Manifest:
    """Make `rows` the current real tables of their names; the other tables stay.

    All of them change at one moment, or none does. `dates` gives the day to which each
    of the new tables speaks; the newest of all tables' days becomes the dataset's.

    Raises:
        DataDirectoryError: where the directory holds a demonstration.
    """
    with writing(directory):
        refuse_other_kind(directory, "real")
        held = Dataset.open(directory).folder
        aside = _new_generation(directory)
        for name in TABLES:
            path, kept = aside / f"{name}.parquet", held and held / f"{name}.parquet"
            if name not in rows and kept and kept.exists():
                shutil.copyfile(kept, path)
            else:
                _write_table(path, name, rows.get(name, ()))
        before = directory.manifest()
        known = {**(before.dates if before else {}), **dates}
        newest = max([*known.values(), *([before.as_at] if before else [])])
        return _make_current(directory, aside, "real", newest, None, known)


@contextmanager
def writing(directory: DataDirectory, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Hold the directory's one writer lock; the same thread may take it again.

    Raises:
        DataDirectoryError: where another process goes on writing.
    """
    from filelock import FileLock, Timeout

    directory.create()
    lock = FileLock(directory.lock, is_singleton=True)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise DataDirectoryError(
            f"Another process is writing to {str(directory.root)!r}.",
            "Wait until it has finished, and run this again.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def _new_generation(directory: DataDirectory) -> Path:
    """An empty folder aside, for the caller that holds the lock."""
    aside = directory.tables / ".building"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    return aside


def _make_current(
    directory: DataDirectory,
    aside: Path,
    kind: Kind,
    as_at: date,
    seed: int | None,
    dates: Mapping[str, date] = MappingProxyType({}),
) -> Manifest:
    """Swap the folder aside in; the generation before it stays for its readers."""
    before = directory.manifest()
    generation = _folder_hash(aside)
    if not (directory.tables / generation).exists():
        aside.rename(directory.tables / generation)
    manifest = Manifest(
        kind=kind, as_at=as_at, tables=generation, seed=seed, dates=dict(dates)
    )
    directory.write_manifest(manifest)
    _clear_old_tables(directory, {generation, before.tables if before else generation})
    return manifest


def refuse_other_kind(directory: DataDirectory, kind: Kind) -> None:
    """Demonstration and real tables never share a data directory.

    Raises:
        DataDirectoryError: where the directory holds the other kind.
    """
    held = directory.manifest()
    if held is not None and held.kind != kind:
        raise DataDirectoryError(
            f"The data directory {str(directory.root)!r} holds {held.kind} tables,"
            f" and {kind} tables never join them.",
            "Choose another: placements --data-dir DIR ...",
        )


def _write_table(path: Path, name: str, rows: Sequence[Frozen] | pd.DataFrame) -> None:
    import pandas as pd

    columns = list(TABLES[name].model_fields)
    if isinstance(rows, pd.DataFrame):
        rows[columns].to_parquet(path, index=False)
        return
    records = [_record(row) for row in rows]
    pd.DataFrame(records, columns=columns).to_parquet(path, index=False)


def _record(row: Frozen) -> dict[str, object]:
    """A row for the frame: enums as their codes, dates as dates, tuples as lists."""
    return {
        name: [_cell(item) for item in value] if isinstance(value, tuple) else value
        for name, value in row.model_dump().items()
    }


def _cell(item: object) -> object:
    """An item of a list as Parquet keeps it: an enum's member as its code."""
    return str(item) if isinstance(item, StrEnum) else item


def _optional(model: type[Frozen]) -> set[str]:
    """Fields that may be absent, since None is their default."""
    fields = model.model_fields.items()
    return {name for name, field in fields if field.default is None}


def _values(record: Mapping[Any, Any]) -> dict[str, Any]:
    """A frame's record as a row model takes it: arrays as tuples."""
    return {
        str(name): tuple(value)
        if isinstance(value, Collection) and not isinstance(value, str)
        else value
        for name, value in record.items()
    }


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _clear_old_tables(directory: DataDirectory, kept: set[str]) -> None:
    for folder in directory.tables.iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
