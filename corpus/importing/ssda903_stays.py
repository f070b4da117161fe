"""Episodes joined into stays: an unbroken time with one carer or in one setting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from corpus.importing.ssda903_rows import Child, ReturnRow
from corpus.ssda903_codes import placement_type_of

_SAME_CARER: Final = frozenset("LTU")
"""RNE of an episode in which the child stays with the same carer."""
MOVED_ON: Final = "X1"
"""REC of an episode that another follows on the same day."""


@dataclass(frozen=True)
class Episode:
    """One episode, with the day on which it ended as far as that can be told."""

    row: ReturnRow
    started: date
    ended: date | None

    def code(self, column: str) -> str | None:
        """A code or text of the episode; None where it is blank."""
        return self.row.texts.get(column)

    @property
    def begins_care(self) -> bool:
        """Whether a period of care begins with it."""
        return self.code("RNE") == "S"


@dataclass(frozen=True)
class Stay:
    """Episodes of one placement, in order; at least one."""

    episodes: tuple[Episode, ...]

    @property
    def first(self) -> Episode:
        """The episode that began it."""
        return self.episodes[0]

    @property
    def last(self) -> Episode:
        """The latest episode."""
        return self.episodes[-1]


def stays_by_child(rows: Iterable[ReturnRow]) -> dict[Child, list[Stay]]:
    """Every child's stays, in the order in which they began.

    A change of legal status (RNE L), or of placement with the same carer (T, U),
    continues a stay, unless it changes the type of placement; P, B and S begin one.
    """
    by_child: dict[Child, list[ReturnRow]] = defaultdict(list)
    for row in rows:
        by_child[row.child].append(row)
    return {child: _stays(_episodes(found)) for child, found in by_child.items()}


def _episodes(rows: Iterable[ReturnRow]) -> list[Episode]:
    ordered = sorted(rows, key=lambda row: row.dates["DECOM"])
    given = [Episode(row, row.dates["DECOM"], row.dates.get("DEC")) for row in ordered]
    return [
        _closed(episode, following)
        for episode, following in zip(given, [*given[1:], None], strict=True)
    ]


def _closed(episode: Episode, following: Episode | None) -> Episode:
    """An open episode that another follows ended, at the latest, when that began."""
    if episode.ended is not None or following is None:
        return episode
    row = episode.row
    why = f"DEC is blank, and {following.row.where} begins the child's next episode"
    row.ledger.mend(row.row, "DEC", following.started.isoformat(), why)
    return replace(episode, ended=following.started)


def _stays(episodes: Sequence[Episode]) -> list[Stay]:
    stays: list[list[Episode]] = []
    for episode in episodes:
        if stays and _continues(stays[-1][-1], episode):
            stays[-1].append(episode)
        else:
            stays.append([episode])
    return [Stay(tuple(found)) for found in stays]


def _continues(before: Episode, episode: Episode) -> bool:
    if episode.code("RNE") not in _SAME_CARER or before.ended != episode.started:
        return False
    place, other = episode.row.texts["PLACE"], before.row.texts["PLACE"]
    kind = placement_type_of(place)
    return place == other or (kind is not None and kind == placement_type_of(other))


def doubtful(stays: Sequence[Stay]) -> list[str]:
    """What does not fit together in one child's stays, and is held as given."""
    episodes = [episode for stay in stays for episode in stay.episodes]
    found = (_misfit(before, after) for before, after in pairwise(episodes))
    return [told for told in found if told]


def _misfit(before: Episode, after: Episode) -> str | None:
    if before.ended is None or before.ended == after.started:
        return None
    if before.ended > after.started:
        return f"{before.row.where} ends after {after.row.where} begins"
    if not after.begins_care:
        return f"{before.row.where} ends before {after.row.where}, which continues it"
    return None
