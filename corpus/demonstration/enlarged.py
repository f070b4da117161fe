"""A region of any size: the demonstration's placements again and again, renamed.

For measuring how queries grow with the tables; what it says of a region is nonsense.
"""

from __future__ import annotations

from math import ceil

from corpus.data_directory import DataDirectory
from corpus.dataset import TABLES, Dataset, Rows, write_tables


def enlarge(region: DataDirectory, target: DataDirectory, placements: int) -> None:
    """Write tables with that many placements into `target`, taken from `region`.

    The placements are copied; every other table is as it was.

    Raises:
        TableError: where `region` holds no readable placements.
    """
    import pandas as pd  # deferred: 0.4 s that a command's help must not pay

    dataset = Dataset.open(region)
    frame = dataset.frame("placements")
    copies = [
        frame.assign(
            placement_id=frame["placement_id"] + f"-{copy}",
            child_id=frame["child_id"] + f"-{copy}",
        )
        for copy in range(ceil(placements / len(frame)))
    ]
    enlarged = pd.concat(copies, ignore_index=True).head(placements)
    rows: Rows = {
        **{name: dataset.frame(name) for name in TABLES},
        "placements": enlarged,
    }
    manifest = region.manifest()
    assert manifest is not None
    write_tables(target, rows, manifest.kind, manifest.as_at, manifest.seed)
