"""Block contracts: beds bought ahead from a provider, and the placements in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

import numpy as np

from corpus.codes import PlacementType, Route
from corpus.commissioning import BlockContract
from corpus.demonstration.chance import stream
from corpus.demonstration.population.children import (
    Bools,
    Floats,
    authorities,
    day_number,
)
from corpus.demonstration.population.costs import THRESHOLD, Costs
from corpus.demonstration.population.lives import Lives
from corpus.demonstration.population.market import Market
from corpus.demonstration.population.matching import Matched
from corpus.demonstration.population.parameters import population
from corpus.demonstration.population.terms import ROUTES, Terms

IN_BLOCK: Final = {"home": 0.03, "supported": 0.05}
"""Share of bought placements in block beds: of children's homes 3% (Children's Home
Association, 2023)."""
LARGEST: Final = 6
"""Children under one contract at most."""
DISCOUNT: Final = 0.06
"""How far a block bed is below the mean price of what it replaces."""
SPARE: Final = 0.75
"""Chance that a contract has a bed more than it has children on the as-at date."""


@dataclass(frozen=True)
class Lot:
    """What one contract is made of: an authority, a provider, and placements."""

    authority: int
    provider: str
    kind: str
    under_way: tuple[int, ...]
    """Rows of the placements under way on the as-at date that it pays for."""


@dataclass(frozen=True)
class Bought:
    """The placements that may be in block beds, with their settings."""

    lives: Lives
    setting: tuple[str | None, ...]
    """Provider of each placement; None where it is not known, or not bought."""
    total: Floats

    def held(self, kind: str, under_way: Bools) -> dict[tuple[int, str], list[int]]:
        """Rows of one kind by authority and provider, in order of start."""
        held = defaultdict(list)
        rows = np.flatnonzero(
            (self.lives.stays.kind == population().index[kind]) & under_way
        )
        for row in rows[np.argsort(self.lives.stays.started[rows], kind="stable")]:
            provider = self.setting[row]
            if provider:
                held[int(self.lives.authority[row]), provider].append(int(row))
        return held


def let_contracts(
    seed: int,
    lives: Lives,
    matched: Matched,
    terms: Terms,
    costs: Costs,
    market: Market,
) -> tuple[tuple[BlockContract, ...], Terms, Costs]:
    """Contracts, and the terms and costs of placements as they change with them."""
    route, total = terms.route.copy(), costs.total.copy()
    bought = (route >= 0) & (route != ROUTES.index(Route.IN_HOUSE))
    providers = [row.provider_id for row in market.settings]
    known = [
        providers[setting] if setting >= 0 and is_bought else None
        for setting, is_bought in zip(matched.setting, bought, strict=True)
    ]
    books = Bought(lives, tuple(known), costs.total)
    as_at = np.datetime64(lives.today, "D").astype(date)
    contracts: list[BlockContract] = []
    for lot in _lots(books, bought):
        rng = stream(seed, "contract", str(len(contracts)))
        contract = _contract(rng, len(contracts), lot, costs.total, as_at)
        contracts.append(contract)
        rows = _placed(books, lot, contract)
        route[rows] = ROUTES.index(Route.BLOCK)
        total[rows] = contract.weekly_price
    return tuple(contracts), replace(terms, route=route), _repriced(costs, total)


def _lots(books: Bought, bought: Bools) -> Iterator[Lot]:
    """The largest holdings of one authority with one provider, up to the share.

    The dearest placements are bought one by one, never ahead.
    """
    lives = books.lives
    for kind, share in IN_BLOCK.items():
        of_kind = lives.stays.kind == population().index[kind]
        wanted = round(share * int((lives.under_way & of_kind & bought).sum()))
        usual = lives.under_way & (books.total < 0.98 * THRESHOLD)
        held = books.held(kind, usual)
        for (authority, provider), rows in sorted(
            held.items(), key=lambda holding: (-len(holding[1]), holding[0])
        ):
            taken = tuple(rows[: min(LARGEST, wanted)])
            if taken:
                yield Lot(authority, provider, kind, taken)
            wanted -= len(taken)


def _contract(
    rng: Random, number: int, lot: Lot, prices: Floats, as_at: date
) -> BlockContract:
    started = date(as_at.year - rng.randint(1, 4), rng.choice([4, 4, 7, 10]), 1)
    years = rng.choice([3, 4, 5, 5, 7])
    while started.replace(year=started.year + years) <= as_at:
        years += 1
    mean = float(prices[list(lot.under_way)].mean())
    return BlockContract(
        contract_id=f"B{number + 1:03}",
        provider_id=lot.provider,
        local_authority=authorities()[lot.authority],
        placement_type=_TYPES[lot.kind],
        beds=len(lot.under_way) + (rng.random() < SPARE),
        weekly_price=float(round(mean * (1 - DISCOUNT) / 5) * 5),
        void_share=rng.choice([0.5, 0.75, 1.0, 1.0]),
        annual_uplift=rng.choice([0.02, 0.03, 0.035, 0.04, 0.05]),
        started=started,
        ends=started.replace(year=started.year + years) - timedelta(days=1),
    )


_TYPES: Final = {
    "home": PlacementType.RESIDENTIAL,
    "supported": PlacementType.SUPPORTED_ACCOMMODATION,
}


def _placed(books: Bought, lot: Lot, contract: BlockContract) -> list[int]:
    """Placements in its beds since it began; never more at once than there are beds."""
    stays = books.lives.stays
    since = stays.started >= day_number(contract.started)
    placed = list(lot.under_way)
    for row in books.held(lot.kind, since).get((lot.authority, lot.provider), []):
        if row in placed or stays.ended[row] > books.lives.today:
            continue
        beside = [
            other
            for other in placed
            if stays.started[other] < stays.ended[row]
            and stays.started[row] < stays.ended[other]
        ]
        if len(beside) < contract.beds:
            placed.append(row)
    return placed


def _repriced(costs: Costs, total: Floats) -> Costs:
    """The new totals, with the same shares of education and health."""
    change = np.where(costs.total > 0, total / costs.total, 1)
    return Costs(
        total=total,
        education=np.round(costs.education * change),
        health=np.round(costs.health * change),
    )
