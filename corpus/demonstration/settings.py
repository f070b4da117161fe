"""Settings, their places and whom they admit, drawn from their archetypes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from corpus.codes import Gender, PlacementType, RegistrationStatus
from corpus.demonstration.archetypes import Archetype
from corpus.demonstration.chance import stream, weighted
from corpus.demonstration.naming import Names, brand, words
from corpus.demonstration.owners import Owners
from corpus.demonstration.plan import Planned
from corpus.demonstration.sites import Site
from corpus.models import Provider, Setting

URN_RANGE: Final = range(9_000_000, 9_999_999)
"""Invented numbers: Ofsted's begin with 1, 2 or SC."""
SUSPENDED: Final = 0.012
"""Share of children's homes whose registration is suspended, above the true one."""


class StatedSetting(Setting):
    """A setting that has stated everything, as every invented one has."""

    placement_type: PlacementType
    district: str
    town: str
    postcode_district: str
    easting: int
    northing: int
    age_from: int
    age_to: int
    solo: bool
    siblings: int
    same_day: bool
    statement_date: date


def register_settings(
    seed: int,
    planned: Sequence[Planned],
    sites: Sequence[Site],
    owners: Owners,
    names: Names,
    as_at: date,
) -> tuple[StatedSetting, ...]:
    """A registered setting for each planned one, at its site."""
    urns = stream(seed, "urns").sample(URN_RANGE, len(planned))
    return tuple(
        _setting(
            stream(seed, "setting", str(row.number)),
            row,
            site,
            owners.owner[row.number],
            name=_name(seed, row, site, owners.owner[row.number], names),
            urn=str(urn),
            as_at=as_at,
        )
        for row, site, urn in zip(planned, sites, urns, strict=True)
    )


def _setting(
    rng: Random,
    row: Planned,
    site: Site,
    provider: Provider,
    *,
    name: str,
    urn: str,
    as_at: date,
) -> StatedSetting:
    kind = row.archetype
    age_from, age_to = rng.choice(kind.ages)
    places = weighted(rng, kind.places) if kind.places else None
    siblings = weighted(rng, kind.siblings)
    return StatedSetting(
        urn=urn,
        name=name,
        provider_id=provider.provider_id,
        placement_type=kind.placement_type,
        local_authority=site.local_authority,
        district=site.district,
        town=site.town,
        postcode_district=site.postcode_district,
        easting=site.easting,
        northing=site.northing,
        places=places,
        age_from=age_from,
        age_to=age_to,
        genders=_genders(rng, kind),
        status=_status(rng, kind),
        solo=rng.random() < kind.solo,
        siblings=min(siblings, places) if places else siblings,
        same_day=rng.random() < kind.same_day,
        statement_date=as_at - timedelta(days=rng.randint(20, 350)),
    )


def _name(seed: int, row: Planned, site: Site, provider: Provider, names: Names) -> str:
    rng = stream(seed, "setting-name", str(row.number))
    kind = row.archetype.placement_type
    stem = "" if kind is PlacementType.FOSTERING else names.setting_stem()
    return names.give(
        rng,
        words().settings[kind],
        stem=stem,
        brand=brand(provider.name),
        area=site.local_authority,
        town=site.town,
    )


def _genders(rng: Random, kind: Archetype) -> tuple[Gender, ...]:
    mix = weighted(rng, kind.genders)
    if mix == "male":
        return (Gender.MALE,)
    if mix == "female":
        return (Gender.FEMALE,)
    if kind.placement_type is PlacementType.FOSTERING or rng.random() < 0.75:
        return (Gender.MALE, Gender.FEMALE, Gender.OTHER)
    return (Gender.MALE, Gender.FEMALE)


def _status(rng: Random, kind: Archetype) -> RegistrationStatus:
    suspended = rng.random() < SUSPENDED
    if suspended and kind.placement_type is PlacementType.RESIDENTIAL:
        return RegistrationStatus.SUSPENDED
    return RegistrationStatus.ACTIVE
