"""What the writers know: every setting with all that the tables hold of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

import pandas as pd

from corpus.codes import PlacementType, Route, Stance
from corpus.dataset import Rows
from corpus.demonstration.calibration import Size, calibration
from corpus.demonstration.plan import Planned
from corpus.demonstration.settings import StatedSetting
from corpus.demonstration.writing.care import InCare
from corpus.demonstration.writing.homes import Home
from corpus.models import (
    ClaimedNeed,
    Inspection,
    PriceOffer,
    Provider,
    Vacancy,
)


@dataclass(frozen=True)
class Known:
    """The region's tables, joined by setting."""

    seed: int
    size: Size
    as_at: date
    settings: tuple[Home, ...]
    """Every setting, whatever its type."""
    group_of: Mapping[str, str]
    """Group of each provider, by their identifiers."""
    in_care: Mapping[str, InCare]
    """Children in care of each authority, by its name."""

    @classmethod
    def of(
        cls,
        seed: int,
        size: Size,
        as_at: date,
        planned: Sequence[Planned],
        rows: Rows,
    ) -> Known:
        """Join the rows of the tables."""
        providers = cast(Sequence[Provider], rows["providers"])
        by_id = {provider.provider_id: provider for provider in providers}
        claims = _by_urn(rows, "claimed_needs")
        inspections = _by_urn(rows, "inspections")
        vacancies = _by_urn(rows, "vacancies")
        prices = _by_urn(rows, "prices")
        homes = tuple(
            Home(
                setting=setting,
                provider=by_id[setting.provider_id],
                archetype=plan.archetype,
                accepts=_needs(claims[setting.urn], Stance.ACCEPTS),
                excludes=_needs(claims[setting.urn], Stance.EXCLUDES),
                latest=_latest(inspections[setting.urn]),
                vacancies=_vacancies(vacancies[setting.urn]),
                prices=_prices(prices[setting.urn]),
                inspections=tuple(inspections[setting.urn]),
            )
            for plan, setting in zip(
                planned, cast(Sequence[StatedSetting], rows["settings"]), strict=True
            )
        )
        groups = {provider.provider_id: provider.group_id for provider in providers}
        placements = cast(pd.DataFrame, rows["placements"])
        in_care = InCare.by_authority(placements, as_at)
        return cls(seed, size, as_at, homes, groups, in_care)

    @cached_property
    def south_east(self) -> frozenset[str]:
        """Names of the region's nineteen authorities."""
        return frozenset(row.name for row in calibration().of_tier("south_east"))

    @cached_property
    def homes(self) -> tuple[Home, ...]:
        """Children's homes of the South East, neither schools nor secure."""
        return tuple(
            home
            for home in self.of_type(PlacementType.RESIDENTIAL)
            if home.setting.local_authority in self.south_east
        )

    def of_type(self, placement_type: PlacementType) -> tuple[Home, ...]:
        """Every setting of one type, wherever it stands."""
        return tuple(
            home
            for home in self.settings
            if home.setting.placement_type is placement_type
        )


def _by_urn(rows: Rows, table: str) -> Mapping[str, list[Any]]:
    found = defaultdict(list)
    for row in cast(Sequence[Any], rows[table]):
        found[row.urn].append(row)
    return found


def _needs(claims: list[ClaimedNeed], stance: Stance) -> tuple[Any, ...]:
    return tuple(claim.need for claim in claims if claim.stance is stance)


def _latest(inspections: list[Inspection]) -> Inspection | None:
    return max(inspections, key=lambda row: row.inspected_on, default=None)


def _vacancies(returns: list[Vacancy]) -> int | None:
    return returns[0].vacancies if returns else None


def _prices(offers: list[PriceOffer]) -> dict[Route, int]:
    return {offer.route: offer.weekly_price for offer in offers}
