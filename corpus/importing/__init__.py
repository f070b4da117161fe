"""Doors for real tables: what a council or a publisher has in files, as typed rows.

Each door reads files into `Imported`: row models, and what became of every row of
every file. `run.py` merges them with the tables held, whole or not at all.
"""

from __future__ import annotations

from corpus.importing.context import ImportOptions
from corpus.importing.report import Imported, ImportReport

__all__ = ["ImportOptions", "ImportReport", "Imported"]
