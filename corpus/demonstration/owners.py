"""Groups and providers: who owns the planned settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Final

from corpus.codes import PlacementType, Sector
from corpus.demonstration.calibration import calibration
from corpus.demonstration.chance import chain_sizes, stream
from corpus.demonstration.naming import Names, words
from corpus.demonstration.plan import Planned
from corpus.models import Group, Provider

SETTINGS_PER_PROVIDER: Final = 1.34
PROVIDERS_PER_GROUP: Final = 1.28
COUNCIL_RUN: Final = 0.13
"""Share of South East homes that councils run: 61 of 412 (Ofsted, 31 March 2025)."""
VOLUNTARY: Final = {PlacementType.RESIDENTIAL_SCHOOL: 0.4}
"""Share of providers that are voluntary; 0.07 for the other types."""


@dataclass(frozen=True)
class Owners:
    """Groups, their providers, and whose each planned setting is."""

    groups: tuple[Group, ...]
    providers: tuple[Provider, ...]
    owner: dict[int, Provider]
    """Provider of each planned setting, by its number."""


def found_owners(seed: int, planned: Sequence[Planned], names: Names) -> Owners:
    """Owners for every planned setting: councils, then chains and single companies."""
    council_run = [row for row in planned if _is_council_run(seed, row)]
    taken = {row.number for row in council_run}
    bought = [row for row in planned if row.number not in taken]
    councils = _councils(council_run)
    portfolios = _portfolios(seed, bought)
    companies = _companies(seed, portfolios, names)
    return Owners(
        groups=councils.groups + companies.groups,
        providers=councils.providers + companies.providers,
        owner=councils.owner | companies.owner,
    )


def _is_council_run(seed: int, row: Planned) -> bool:
    if row.archetype.placement_type is PlacementType.SECURE:
        return True
    local = {authority.name for authority in calibration().of_tier("south_east")}
    rng = stream(seed, "council-run", str(row.number))
    return (
        row.archetype.placement_type is PlacementType.RESIDENTIAL
        and row.local_authority in local
        and rng.random() < COUNCIL_RUN
    )


def _councils(rows: Sequence[Planned]) -> Owners:
    """One group and one provider for each council that runs settings itself."""
    names = sorted({row.local_authority for row in rows})
    groups = {
        name: Group(
            group_id=f"G9{number:03}",
            name=f"{name} council (demonstration)",
            sector=Sector.LOCAL_AUTHORITY,
        )
        for number, name in enumerate(names)
    }
    providers = {
        name: Provider(
            provider_id=f"P9{number:03}",
            name=f"{name} In-House Children's Homes",
            group_id=groups[name].group_id,
        )
        for number, name in enumerate(names)
    }
    owner = {row.number: providers[row.local_authority] for row in rows}
    return Owners(tuple(groups.values()), tuple(providers.values()), owner)


def _portfolios(seed: int, rows: Sequence[Planned]) -> list[tuple[Planned, ...]]:
    """The settings of each provider: all of one type, a small provider's near by."""
    found: list[tuple[Planned, ...]] = []
    for kind, of_kind in groupby(rows, key=lambda row: row.archetype.placement_type):
        left = list(of_kind)
        sizes = chain_sizes(len(left), round(len(left) / SETTINGS_PER_PROVIDER))
        chains = [size for size in sizes if size > 3]
        small = [size for size in sizes if size <= 3]
        rng = stream(seed, "portfolios", kind)
        for size in chains:
            picked = sorted(rng.sample(range(len(left)), size), reverse=True)
            found.append(tuple(left.pop(index) for index in picked))
        rng.shuffle(small)
        for size in small:
            found.append(tuple(left[:size]))
            del left[:size]
    return found


def _companies(
    seed: int, portfolios: Sequence[tuple[Planned, ...]], names: Names
) -> Owners:
    order = list(portfolios)
    stream(seed, "groups").shuffle(order)
    groups: list[Group] = []
    providers: list[Provider] = []
    owner: dict[int, Provider] = {}
    for size in chain_sizes(len(order), round(len(order) / PROVIDERS_PER_GROUP)):
        members, order = order[:size], order[size:]
        rng = stream(seed, "group", str(len(groups)))
        group, owned = _group(rng, len(groups), len(providers), members, names)
        groups.append(group)
        providers += owned
        for provider, settings in zip(owned, members, strict=True):
            owner |= dict.fromkeys((row.number for row in settings), provider)
    return Owners(tuple(groups), tuple(providers), owner)


def _group(
    rng: Random,
    number: int,
    first_provider: int,
    members: Sequence[tuple[Planned, ...]],
    names: Names,
) -> tuple[Group, list[Provider]]:
    """A group and its providers, some under its own brand and some under another."""
    stem = names.owner_stem()
    kind = members[0][0].archetype.placement_type
    voluntary = rng.random() < VOLUNTARY.get(kind, 0.07)
    sector = Sector.VOLUNTARY if voluntary else Sector.PRIVATE
    group_id = f"G{number + 1:04}"
    owned = []
    for offset, settings in enumerate(members):
        own_brand = offset > 0 and (voluntary or rng.random() < 0.6)
        word = names.owner_stem() if own_brand else stem
        kind = settings[0].archetype.placement_type
        patterns = words().providers["voluntary" if voluntary else kind]
        owned.append(
            Provider(
                provider_id=f"P{first_provider + offset + 1:04}",
                name=names.give(rng, patterns, stem=word),
                group_id=group_id,
            )
        )
    name = names.give(rng, words().groups[sector], stem=stem)
    return Group(group_id=group_id, name=name, sector=sector), owned
