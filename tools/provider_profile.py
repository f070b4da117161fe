"""provider_profile: everything known of one provider, group or setting."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from corpus.commissioning import BlockContract
from corpus.dataset import Dataset
from corpus.models import Inspection, PriceOffer
from corpus.observations import observations
from corpus.privacy import ShownLibrary
from corpus.text import comparable_name
from tools.arguments import Name
from tools.base import Arguments, Knowledge, Result, Tool
from tools.criteria import gender_mix
from tools.documented import documented
from tools.matching import doubts
from tools.organisations import Organisation, organisation_named
from tools.owners import Owner, owners_of
from tools.profile_evidence import caveats_of, citations_of
from tools.profile_tables import tables_of
from tools.profiles import SettingProfile, setting_profiles
from tools.provider_placements import provider_placements
from tools.provider_record import (
    BlockBeds,
    FosterCarers,
    HeldDocument,
    OtherSetting,
    ProviderRecord,
)
from tools.setting_record import Grade, QuotedPrice, SettingRecord


class ProviderProfileArguments(Arguments):
    """Whom the profile is of."""

    provider: Name = Field(
        description="Name of a provider, group or setting, or a setting's URN."
    )


def provider_profile(
    arguments: ProviderProfileArguments, knowledge: Knowledge
) -> Result[ProviderRecord]:
    """Everything held about one provider, group or setting, each part with its source.

    Raises:
        NothingLoaded: where the data directory holds no settings.
        InvalidArguments: where the name is of none that is held, or of several.
    """
    asked = organisation_named(arguments.provider, knowledge.dataset)
    placements = provider_placements(asked.urns, knowledge)
    record = _record(asked, knowledge).model_copy(
        update={"placements": placements.figures}
    )
    citations = citations_of(record, knowledge)
    return Result(
        data=record,
        citations=tuple(citations.values()),
        caveats=caveats_of(record, placements, knowledge),
        tables=tables_of(record, tuple(citations), knowledge),
    )


def _record(asked: Organisation, knowledge: Knowledge) -> ProviderRecord:
    dataset, profiles = knowledge.dataset, setting_profiles(knowledge.dataset)
    own = [profile for profile in profiles if profile.setting.urn in asked.urns]
    owner, ids = _owner(own, dataset)
    settings = _settings(own, dataset)
    return ProviderRecord(
        kind=asked.kind,
        identifier=asked.identifier,
        name=asked.name,
        providers=tuple(dict.fromkeys(profile.provider for profile in own)),
        group=owner.name,
        sector=owner.sector,
        settings=settings,
        placements=(),
        foster_carers=_foster_carers(asked, dataset),
        block_contracts=_block_contracts(own, dataset),
        documents=_documents(own, owner, knowledge.library),
        documented=documented(observations(knowledge.library), settings),
        other_settings=_others(profiles, asked, ids),
    )


def _owner(own: list[SettingProfile], dataset: Dataset) -> tuple[Owner, frozenset[str]]:
    """The owner of some settings of one owner, and the ids of all its providers."""
    owners = owners_of(dataset)
    key = owners.of_provider[own[0].setting.provider_id]
    ids = frozenset(i for i, owner in owners.of_provider.items() if owner == key)
    return owners.owners[key], ids


def _settings(own: list[SettingProfile], dataset: Dataset) -> tuple[SettingRecord, ...]:
    urns = {profile.setting.urn for profile in own}
    grades = [row for row in dataset.rows(Inspection) if row.urn in urns]
    prices = [row for row in dataset.rows(PriceOffer) if row.urn in urns]
    return tuple(_setting(profile, grades, prices) for profile in own)


def _setting(
    profile: SettingProfile, grades: list[Inspection], prices: list[PriceOffer]
) -> SettingRecord:
    setting = profile.setting
    shared = setting.model_dump(
        include={*SettingRecord.model_fields} & {*type(setting).model_fields}
    )
    held = sorted(grades, key=lambda row: row.inspected_on, reverse=True)
    return SettingRecord(
        **shared,
        provider=profile.provider,
        gender_mix=gender_mix(setting.genders),
        accepts=tuple(sorted(profile.accepts)),
        excludes=tuple(sorted(profile.excludes)),
        grades=tuple(
            Grade(inspected_on=row.inspected_on, rating=row.rating)
            for row in held
            if row.urn == setting.urn
        ),
        vacancies=profile.vacancies,
        vacancies_as_at=profile.vacancies_as_at,
        prices=_newest([row for row in prices if row.urn == setting.urn]),
        doubts=doubts(profile),
    )


def _newest(prices: list[PriceOffer]) -> tuple[QuotedPrice, ...]:
    newest = {row.route: row for row in sorted(prices, key=lambda row: row.as_at)}
    return tuple(
        QuotedPrice(route=route, weekly_price=row.weekly_price, as_at=row.as_at)
        for route, row in sorted(newest.items())
    )


def _foster_carers(asked: Organisation, dataset: Dataset) -> FosterCarers | None:
    frame = dataset.frame("foster_households")
    mine = frame[frame["urn"].isin(asked.urns) & frame["left_on"].isna()]
    if mine.empty:
        return None
    return FosterCarers(
        households=len(mine), approved_places=int(mine["approved_places"].sum())
    )


def _block_contracts(
    own: list[SettingProfile], dataset: Dataset
) -> tuple[BlockBeds, ...]:
    providers = {profile.setting.provider_id: profile.provider for profile in own}
    held = [row for row in dataset.rows(BlockContract) if row.provider_id in providers]
    return tuple(
        BlockBeds(
            provider=providers[row.provider_id],
            **row.model_dump(exclude={"contract_id", "provider_id"}),
        )
        for row in sorted(held, key=lambda row: row.started, reverse=True)
    )


def _documents(
    own: list[SettingProfile], owner: Owner, library: ShownLibrary
) -> tuple[HeldDocument, ...]:
    """Documents about one of the settings, by URN, or about it or an owner by name."""
    urns = {profile.setting.urn for profile in own}
    named = {owner.name, *(p.provider for p in own), *(p.setting.name for p in own)}
    names = {comparable_name(name) for name in named}
    return tuple(
        HeldDocument(
            document_id=summary.document_id,
            title=summary.title,
            kind=summary.kind,
            published=summary.published,
            about=summary.provider,
            source=summary.source,
            invented=summary.invented,
        )
        for summary in library.summaries()
        if (summary.urn in urns if summary.urn else _named(summary.provider, names))
    )


def _named(provider: str | None, names: set[str]) -> bool:
    return provider is not None and comparable_name(provider) in names


def _others(
    profiles: tuple[SettingProfile, ...], asked: Organisation, ids: frozenset[str]
) -> tuple[OtherSetting, ...]:
    return tuple(
        OtherSetting(
            urn=profile.setting.urn,
            name=profile.setting.name,
            provider=profile.provider,
            placement_type=profile.setting.placement_type,
            local_authority=profile.setting.local_authority,
        )
        for profile in profiles
        if profile.setting.provider_id in ids and profile.setting.urn not in asked.urns
    )


PROVIDER_PROFILE: Final = Tool(
    name="provider_profile",
    description=(
        "Everything known of one provider, group or setting: its settings, admission"
        " criteria, grades over time, vacancies, prices, children placed there,"
        " contracts, documents held, and the owner's other settings."
    ),
    arguments=ProviderProfileArguments,
    run=provider_profile,
)
