"""The sheets of several files at once, told apart in a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.importing.sheets import HeaderTest, Sheet, read_sheets


def read_files(
    files: Sequence[Path], find_header: HeaderTest
) -> Iterator[tuple[Path, Sheet]]:
    """Every sheet that has the header looked for, with its path.

    A file name that comes twice, as it does where each year has its folder, is shown
    with its folder.

    Raises:
        TableError: where a file cannot be read, or no sheet of it has the header.
    """
    names = Counter(path.name for path in files)
    for path in files:
        for sheet in read_sheets(path, find_header):
            shown = f"{path.parent.name}/{sheet.file}"
            yield path, replace(sheet, file=shown) if names[path.name] > 1 else sheet
