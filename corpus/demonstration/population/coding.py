"""SSDA903 codes of each placement: its kind, provider, beginning and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from corpus.codes import Sector
from corpus.demonstration.chance import generator
from corpus.demonstration.population.children import (
    ADULT,
    Bools,
    Children,
    Floats,
    day_number,
)
from corpus.demonstration.population.columns import Objects, objects, only
from corpus.demonstration.population.histories import Stays
from corpus.demonstration.population.lives import Lives
from corpus.demonstration.population.market import Market
from corpus.demonstration.population.matching import Matched
from corpus.demonstration.population.parameters import population

PLACE: Final = {
    "fostering": {"U6": 62, "U4": 36, "U5": 2}, "kinship": {"U3": 66, "U1": 34},
    "home": {"K2": 1}, "supported": {"K3": 1}, "secure": {"K1": 1},
    "school": {"S1": 1}, "family_centre": {"R3": 1}, "unregistered": {"Z1": 1},
    "parents": {"P1": 1}, "adoption": {"A6": 71, "A5": 17, "A4": 9, "A3": 3},
    "custody": {"R5": 1}, "health": {"R2": 1}, "other": {"Z1": 1},
}  # fmt: skip
"""PLACE of each kind, with weights (Department for Education, 2024, for adoption)."""
SUPPORTED_FROM: Final = date(2024, 4, 1)
"""K3 joined the list with the return for the year from this day; before, H5."""
NEED: Final = {"N1": 55, "N2": 2, "N3": 2, "N4": 6, "N5": 10, "N6": 1}
"""CIN of children who did not come alone, in thousands (Department for Education,
2024); of those who did it is N8."""
LEGAL: Final = {"C2": 57, "C1": 20, "V2": 19, "E1": 4}
MOVED_AS_PLANNED: Final = {"CARPL": 62, "OTHER": 22, "LAREQ": 6, "CHILD": 4, "CREQO": 6}
MOVED_UNPLANNED: Final = {
    "CREQB": 38, "CREQO": 25, "CHILD": 12, "STAND": 6, "ALLEG": 5, "CLOSE": 4,
    "APPRR": 2, "LAREQ": 5, "OTHER": 3,
}  # fmt: skip
"""REASON_PLACE_CHANGE; behaviour and other requests of carers lead, as they do among
the unplanned reasons that the Department for Education publishes."""
LEFT: Final = {
    "fostering": {"E4A": 45, "E4B": 12, "E46": 14, "E41": 10, "E3": 2, "E8": 17},
    "kinship": {"E45": 48, "E41": 18, "E4A": 24, "E4B": 4, "E8": 6},
    "parents": {"E4A": 82, "E41": 8, "E4B": 4, "E8": 6},
    "adoption": {"E11": 30, "E12": 70},
    "custody": {"E9": 60, "E14": 30, "E8": 10},
}  # fmt: skip
"""REC of those who leave before eighteen, by kind of the last placement."""
LEFT_OTHERWISE: Final = {"E4A": 44, "E4B": 22, "E41": 4, "E3": 3, "E8": 27}
LEFT_AT_EIGHTEEN: Final = {
    "fostering": {"E17": 62, "E5": 22, "E6": 4, "E7": 4, "E8": 8},
    "kinship": {"E17": 70, "E5": 12, "E6": 6, "E8": 12},
    "supported": {"E5": 74, "E6": 14, "E8": 12},
}  # fmt: skip
GROWN_OTHERWISE: Final = {"E5": 60, "E7": 18, "E6": 6, "E8": 16}
ENDS_BADLY: Final = ((60, 0.62), (180, 0.45), (365, 0.32), (10**6, 0.18))
"""Chance that a move was unplanned, for stays of up to so many days: most placements
that break down do so early."""


@dataclass(frozen=True)
class Coded:
    """Columns of one row a placement."""

    place: Objects
    provider: Objects
    legal_status: Objects
    need: Objects
    reason_new: Objects
    reason_ended: Objects
    reason_changed: Objects
    planned_end: Objects
    """True, False, or None while it lasts."""


def code_placements(seed: int, lives: Lives, matched: Matched, market: Market) -> Coded:
    """The codes of every placement, each valid in the return of its last year."""
    rng = generator(seed, "codes")
    children, stays, lasts = lives.children, lives.stays, lives.under_way
    moved = ~lasts & (stays.step > 0)
    planned = rng.random(len(stays)) >= _chance_of_breakdown(stays)
    changed = np.where(
        planned,
        _of(rng, MOVED_AS_PLANNED, len(stays)),
        _of(rng, MOVED_UNPLANNED, len(stays)),
    )
    after_home = rng.random(len(stays)) < 0.12
    ended = np.where(moved, "X1", _left(rng, children, stays))
    return_home = ended == "E4B"
    return Coded(
        place=_places(rng, stays),
        provider=_providers(rng, stays, matched, market),
        legal_status=_legal(rng, children, stays),
        need=_needs(rng, children)[stays.child],
        reason_new=np.where(stays.first, "S", np.where(after_home, "B", "P")),
        reason_ended=only(~lasts, ended),
        reason_changed=only(moved, changed),
        planned_end=only(~lasts, np.where(moved, planned, ~return_home)),
    )


def _of(rng: np.random.Generator, weights: dict[str, int], size: int) -> Objects:
    chance = np.array(list(weights.values()), dtype=float)
    codes = objects(weights)
    return codes[rng.choice(len(codes), size, p=chance / chance.sum())]


def _chance_of_breakdown(stays: Stays) -> Floats:
    days = stays.ended - stays.started
    limits = [limit for limit, _ in ENDS_BADLY]
    chances: Floats = np.array([chance for _, chance in ENDS_BADLY])
    chance: Floats = chances[np.searchsorted(limits, days).clip(max=len(limits) - 1)]
    return chance


def _places(rng: np.random.Generator, stays: Stays) -> Objects:
    place = np.empty(len(stays), dtype=object)
    for key, kind in population().index.items():
        rows = np.flatnonzero(stays.kind == kind)
        place[rows] = _of(rng, PLACE[key], len(rows))
    earlier = stays.ended < day_number(SUPPORTED_FROM)
    place[(place == "K3") & earlier] = "H5"
    return place


def _providers(
    rng: np.random.Generator, stays: Stays, matched: Matched, market: Market
) -> Objects:
    """PLACE_PROVIDER: of a known setting by who owns it, else by the kind."""
    owner = {
        Sector.PRIVATE: "PR4",
        Sector.VOLUNTARY: "PR5",
        Sector.LOCAL_AUTHORITY: "PR1",
    }
    by_setting = objects(owner[row] for row in market.sector)
    usual = {
        "fostering": "PR1", "kinship": "PR1", "home": "PR4", "supported": "PR4",
        "unregistered": "PR4", "parents": "PR0", "custody": "PR3", "health": "PR3",
        "adoption": "PR1",
    }  # fmt: skip
    by_kind = objects(usual.get(row.key) for row in population().kinds)
    known = matched.setting >= 0
    codes = np.where(known, by_setting[matched.setting], by_kind[stays.kind])
    adoption = (stays.kind == population().index["adoption"]) & (
        rng.random(len(stays)) < 0.4
    )
    codes[adoption] = _of(rng, {"PR2": 45, "PR5": 55}, int(adoption.sum()))
    return codes


def of_other_council(coded: Coded, elsewhere: Bools) -> Coded:
    """The codes with PR2 for a council's setting that is another council's."""
    provider = np.where((coded.provider == "PR1") & elsewhere, "PR2", coded.provider)
    return Coded(**vars(coded) | {"provider": provider})


def _legal(rng: np.random.Generator, children: Children, stays: Stays) -> Objects:
    """LS: placement orders with adoption, remand with custody, else by the shares."""
    status = _of(rng, LEGAL, len(children))[stays.child]
    index = population().index
    grown = (stays.ended - children.born[stays.child]) / 365.25 > 10
    status = np.where((status == "E1") & grown, "C2", status)
    status = np.where(stays.kind == index["adoption"], "E1", status)
    status = np.where(stays.kind == index["parents"], "C2", status)
    status = np.where(children.unaccompanied[stays.child], "V2", status)
    return np.where(stays.kind == index["custody"], "J1", status)


def _needs(rng: np.random.Generator, children: Children) -> Objects:
    """CIN of each child: the primary reason for being in care."""
    needs = _of(rng, NEED, len(children))
    return np.where(children.unaccompanied, "N8", needs)


def _left(rng: np.random.Generator, children: Children, stays: Stays) -> Objects:
    """REC of a child's last placement, by its kind and the child's age."""
    grown = stays.ended - children.born[stays.child] >= ADULT - 1
    ended = np.empty(len(stays), dtype=object)
    for key, kind in population().index.items():
        for adult in (False, True):
            rows = np.flatnonzero((stays.kind == kind) & (grown == adult))
            table = LEFT_AT_EIGHTEEN if adult else LEFT
            otherwise = GROWN_OTHERWISE if adult else LEFT_OTHERWISE
            ended[rows] = _of(rng, table.get(key, otherwise), len(rows))
    return ended
