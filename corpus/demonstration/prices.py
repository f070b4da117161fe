"""Weekly prices: a spot price for most settings, a framework price for a share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from corpus.codes import OfstedRating, PlacementType, Route, Sector
from corpus.demonstration.archetypes import Archetype
from corpus.demonstration.calibration import Tier, calibration
from corpus.demonstration.chance import stream
from corpus.demonstration.plan import Planned
from corpus.demonstration.settings import StatedSetting
from corpus.models import Inspection, PriceOffer

UNKNOWN: Final = 0.12
"""Share of settings that have told the region no price."""
COUNCIL_SELLS: Final = 0.25
"""Share of council-run settings that sell places to other councils."""
ON_FRAMEWORK: Final = {
    PlacementType.RESIDENTIAL: 0.38,
    PlacementType.FOSTERING: 0.7,
    PlacementType.SUPPORTED_ACCOMMODATION: 0.5,
}
FRAMEWORK_DISCOUNT: Final = (0.02, 0.07)
REGION: Final[dict[Tier, float]] = {
    "south_east": 1.0,
    "neighbour": 1.03,
    "distant": 0.93,
}
QUALITY: Final = {OfstedRating.OUTSTANDING: 1.03, OfstedRating.INADEQUATE: 0.97}
ROUNDED_TO: Final = 5


def quote_prices(
    seed: int,
    planned: Sequence[Planned],
    settings: Sequence[StatedSetting],
    inspections: Sequence[Inspection],
    sectors: Sequence[Sector],
    as_at: date,
) -> tuple[PriceOffer, ...]:
    """Prices as last quoted; a setting without a known price has no row."""
    latest: dict[str, OfstedRating] = {}
    for inspection in inspections:
        latest.setdefault(inspection.urn, inspection.rating)
    offers: list[PriceOffer] = []
    for row, setting, sector in zip(planned, settings, sectors, strict=True):
        rng = stream(seed, "prices", setting.urn)
        spot = _spot(rng, row, setting, latest.get(setting.urn))
        withheld = 1 - COUNCIL_SELLS if sector is Sector.LOCAL_AUTHORITY else UNKNOWN
        if rng.random() > withheld or setting.placement_type is PlacementType.SECURE:
            offers += _offers(rng, setting, spot, as_at)
    return tuple(offers)


def _offers(
    rng: Random, setting: StatedSetting, spot: float, as_at: date
) -> list[PriceOffer]:
    prices = {Route.SPOT: spot}
    if rng.random() < ON_FRAMEWORK.get(setting.placement_type, 0):
        prices[Route.FRAMEWORK] = spot * (1 - rng.uniform(*FRAMEWORK_DISCOUNT))
    day = as_at - timedelta(days=rng.randint(5, 330))
    return [
        PriceOffer(
            urn=setting.urn, route=route, weekly_price=_rounded(price), as_at=day
        )
        for route, price in prices.items()
    ]


def _spot(
    rng: Random, row: Planned, setting: StatedSetting, rating: OfstedRating | None
) -> float:
    """A price within the archetype's band, moved by region, grade and solo care."""
    low, usual, high = row.archetype.price
    price = rng.triangular(low, high, usual) * REGION[_tier(row.local_authority)]
    price *= QUALITY.get(rating, 1.0) if rating else 1.0
    if _is_solo_premium(row.archetype, setting):
        price *= 1.08
    return min(max(price, low), high)


def _is_solo_premium(kind: Archetype, setting: StatedSetting) -> bool:
    residential = kind.placement_type is PlacementType.RESIDENTIAL
    return residential and setting.solo and kind.solo < 1


def _tier(local_authority: str) -> Tier:
    rows = calibration().authorities
    return next(row.tier for row in rows if row.name == local_authority)


def _rounded(price: float) -> int:
    return round(price / ROUNDED_TO) * ROUNDED_TO
