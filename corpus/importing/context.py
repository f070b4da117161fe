"""What every door is told besides its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.geography import Gazetteer

if TYPE_CHECKING:
    from corpus.dataset import Dataset
    from corpus.importing.report import Imported


@dataclass(frozen=True)
class ImportOptions:
    """What a caller chose, and what the doors look names up in."""

    local_authority: str | None = None
    """Usual name of the authority whose files they are; None where none was given."""
    mapping: Path | None = None
    """File that says which column is which; None to recognise them."""
    gazetteer: Gazetteer = field(default_factory=Gazetteer.load)
    as_at: date | None = None
    """The day to which the files speak; None to take it from them."""
    held: Dataset | None = None
    """The tables held before the import; None where there are none."""


Door = Callable[[Sequence[Path], ImportOptions], "Imported"]
"""Reads the files of one source. Raises TableError for a file that it cannot use."""
