"""The settings as a placement officer meets them: columns of one row a setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from corpus.codes import (
    Gender,
    PlacementType,
    RegistrationStatus,
    Route,
    Sector,
    Stance,
)
from corpus.dataset import Rows
from corpus.demonstration.archetypes import archetypes
from corpus.demonstration.chance import stream
from corpus.demonstration.population.children import Bools, Floats, Ints
from corpus.demonstration.population.needs import NEEDS
from corpus.demonstration.population.whereabouts import Points, hosts
from corpus.demonstration.settings import StatedSetting
from corpus.models import ClaimedNeed, Group, PriceOffer, Provider, Vacancy

UNLIMITED: Final = 10**6
"""Places of an agency, which the register does not count."""
POPULARITY: Final = 0.45
"""Spread of how much settings are in use, beyond what their size explains."""


@dataclass(frozen=True)
class Market:
    """Every setting, in the order of the table of settings."""

    settings: tuple[StatedSetting, ...]
    group: tuple[str, ...]
    sector: tuple[Sector, ...]
    free_for_use: Ints
    """Places less those that the setting says are empty; 0 where it is suspended."""
    spot: Floats
    """Quoted spot price; the median of its type where it has quoted none."""
    framework: Bools
    """Whether it has quoted a framework price."""
    excludes: Bools
    """One column for each of `NEEDS`."""
    popularity: Floats

    @classmethod
    def of(cls, seed: int, rows: Rows) -> Market:
        """The market of the region's tables."""
        settings = cast(Sequence[StatedSetting], rows["settings"])
        providers = cast(Sequence[Provider], rows["providers"])
        groups = cast(Sequence[Group], rows["groups"])
        group_of = {row.provider_id: row.group_id for row in providers}
        sector_of = {row.group_id: row.sector for row in groups}
        group = tuple(group_of[row.provider_id] for row in settings)
        return cls(
            settings=tuple(settings),
            group=group,
            sector=tuple(sector_of[name] for name in group),
            free_for_use=_free(settings, cast(Sequence[Vacancy], rows["vacancies"])),
            spot=_spot(settings, cast(Sequence[PriceOffer], rows["prices"])),
            framework=_on_framework(settings, rows),
            excludes=_excluded(
                settings, cast(Sequence[ClaimedNeed], rows["claimed_needs"])
            ),
            popularity=_popularity(seed, settings),
        )

    def __len__(self) -> int:
        return len(self.settings)

    def of_type(self, placement_type: PlacementType) -> Ints:
        """Rows of the settings of one type."""
        kinds = [row.placement_type is placement_type for row in self.settings]
        return np.flatnonzero(kinds)

    @cached_property
    def points(self) -> Points:
        """Where the settings stand."""
        return Points(self._column("easting", float), self._column("northing", float))

    @cached_property
    def host(self) -> Ints:
        """Authority that each stands in, by its place in `hosts()`."""
        index = {name: number for number, name in enumerate(hosts())}
        return np.array([index[row.local_authority] for row in self.settings])

    @cached_property
    def age_from(self) -> Ints:
        """Youngest age admitted, in years."""
        return self._column("age_from", int)

    @cached_property
    def age_to(self) -> Ints:
        """Oldest age admitted, in years, inclusive."""
        return self._column("age_to", int)

    @cached_property
    def council_run(self) -> Bools:
        """Whether a council owns it."""
        return np.array([row is Sector.LOCAL_AUTHORITY for row in self.sector])

    def admits(self, gender: Gender) -> Bools:
        """Which settings admit a gender."""
        return np.array([gender in row.genders for row in self.settings])

    def _column(self, field: str, kind: type) -> NDArray[Any]:
        return np.array([getattr(row, field) for row in self.settings], dtype=kind)


def usual_prices(placement_type: PlacementType) -> list[int]:
    """The usual price of each kind of setting of one type."""
    kinds = archetypes().values()
    return [kind.price[1] for kind in kinds if kind.placement_type is placement_type]


def _free(settings: Sequence[StatedSetting], returns: Sequence[Vacancy]) -> Ints:
    empty = {row.urn: row.vacancies for row in returns}
    return np.array(
        [
            0
            if row.status is RegistrationStatus.SUSPENDED
            else UNLIMITED
            if row.places is None
            else row.places - empty.get(row.urn, 0)
            for row in settings
        ]
    )


def _spot(settings: Sequence[StatedSetting], offers: Sequence[PriceOffer]) -> Floats:
    quoted = {
        row.urn: float(row.weekly_price) for row in offers if row.route is Route.SPOT
    }
    usual = {
        kind: float(
            np.median(
                [
                    quoted[row.urn]
                    for row in settings
                    if row.placement_type is kind and row.urn in quoted
                ]
                or usual_prices(kind)
            )
        )
        for kind in {row.placement_type for row in settings}
    }
    return np.array([quoted.get(r.urn, usual[r.placement_type]) for r in settings])


def _on_framework(settings: Sequence[StatedSetting], rows: Rows) -> Bools:
    offers = cast(Sequence[PriceOffer], rows["prices"])
    listed = {row.urn for row in offers if row.route is Route.FRAMEWORK}
    return np.array([row.urn in listed for row in settings])


def _excluded(
    settings: Sequence[StatedSetting], claims: Sequence[ClaimedNeed]
) -> Bools:
    row_of = {row.urn: number for number, row in enumerate(settings)}
    excludes = np.zeros((len(settings), len(NEEDS)), dtype=bool)
    for claim in claims:
        if claim.stance is Stance.EXCLUDES:
            excludes[row_of[claim.urn], NEEDS.index(claim.need)] = True
    return excludes


def _popularity(seed: int, settings: Sequence[StatedSetting]) -> Floats:
    return np.array(
        [
            stream(seed, "popularity", row.urn).lognormvariate(0, POPULARITY)
            for row in settings
        ]
    )
