"""Several censuses made one, and repeated rows told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from corpus.children import Placement
from corpus.importing.pnw_census_rows import CensusRow


def merged(rows: Sequence[CensusRow]) -> tuple[list[Placement], list[str]]:
    """One placement for each that the censuses have, and what to tell of them.

    The latest census that has a placement says what it is. One that the next census of
    its authority lacks is ended. What becomes of each row goes to its ledger.
    """
    chains: dict[str, list[CensusRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.day):
        chains[row.placement.placement_id].append(row)
    kept = [_latest(chain) for chain in chains.values()]
    days = _census_days(kept)
    gone = 0
    placements = []
    for row in kept:
        placement = row.placement
        later = [day for day in days[placement.local_authority] if day > row.day]
        gone += bool(later)
        ended = {"ended": min(later)} if later else {}
        placements.append(placement.model_copy(update=ended))
    return placements, [_told(gone)] if gone else []


def _told(gone: int) -> str:
    return (
        f"{gone} placements are not in the census after theirs: they are held as ended"
        " on its day, the first on which they are known to have ended."
    )


def _latest(chain: Sequence[CensusRow]) -> CensusRow:
    """The latest census's row; the others repeat it, or contradict one of their own."""
    latest = chain[-1]
    first = next(row for row in chain if row.ledger is latest.ledger)
    for row in chain:
        if row is first:
            row.ledger.load(row.row)
        elif row.ledger is not first.ledger or row.placement == first.placement:
            row.ledger.repeat(row.row, first.where)
        else:
            row.ledger.reject(
                row.row,
                "",
                f"{first.where} has the same child and start, and other values",
                "keep the row that is right",
            )
    return first


def _census_days(rows: Iterable[CensusRow]) -> dict[str, set[date]]:
    days: dict[str, set[date]] = defaultdict(set)
    for row in rows:
        days[row.placement.local_authority].add(row.day)
    return days
