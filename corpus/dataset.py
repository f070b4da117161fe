"""The placement tables: typed rows in, Parquet on disk, frames for the tools."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

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

Rows = dict[str, Sequence[Frozen]]
"""Rows of each table, by its name."""


@dataclass(frozen=True)
class Dataset:
    """The tables of one data directory, read when first asked for."""

    folder: Path | None
    """Folder of the current tables; None where none are loaded."""
    kind: Kind | None
    """None where no tables are loaded."""
    as_at: date | None
    """The day to which the tables speak; None where none are loaded."""

    @classmethod
    def open(cls, directory: DataDirectory) -> Dataset:
        """The current tables of a data directory, or none."""
        manifest = directory.manifest()
        if manifest is None:
            return cls(None, None, None)
        return cls(directory.tables / manifest.tables, manifest.kind, manifest.as_at)

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
        if list(frame.columns) != columns:
            raise TableError(
                f"The table {name!r} was written by another version.",
                "Run `placements demo` again, or import the tables again.",
            )
        return frame


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
    directory.create()
    refuse_other_kind(directory, kind)
    aside = directory.tables / ".building"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name in TABLES:
        _write_table(aside / f"{name}.parquet", name, rows.get(name, ()))
    generation = _folder_hash(aside)
    if not (directory.tables / generation).exists():
        aside.rename(directory.tables / generation)
    manifest = Manifest(kind=kind, as_at=as_at, tables=generation, seed=seed)
    directory.write_manifest(manifest)
    _clear_old_tables(directory, generation)
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


def _write_table(path: Path, name: str, rows: Sequence[Frozen]) -> None:
    import pandas as pd

    columns = list(TABLES[name].model_fields)
    records = [_record(row) for row in rows]
    pd.DataFrame(records, columns=columns).to_parquet(path, index=False)


def _record(row: Frozen) -> dict[str, object]:
    """A row for the frame: enums as their codes, dates as dates, tuples as lists."""
    return {
        name: [str(item) for item in value] if isinstance(value, tuple) else value
        for name, value in row.model_dump().items()
    }


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _clear_old_tables(directory: DataDirectory, current: str) -> None:
    for folder in directory.tables.iterdir():
        if folder.name != current:
            shutil.rmtree(folder, ignore_errors=True)
