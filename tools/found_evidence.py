"""Where a search for homes has its facts from, and what to beware of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.codes import PlacementType
from corpus.models import Citation
from tools.base import Knowledge
from tools.citing import (
    dataset_citation,
    holding,
    invented_caveats,
    protection_caveats,
    stated_filters,
)
from tools.found_providers import FoundProviders, SettingMatch
from tools.matching import STAY, UNLAWFUL, UNLAWFUL_AGE, Judged
from tools.profiles import SettingProfile
from tools.similar_children import SimilarPlacements
from tools.stays import ASSUMED_STAY, likely_stays

if TYPE_CHECKING:
    from tools.find_providers import FindProvidersArguments


@dataclass(frozen=True)
class Shown:
    """The settings shown: without a doubt, and set apart."""

    clear: tuple[Judged, ...]
    apart: tuple[Judged, ...]


def citations_of(
    shown: Shown,
    found: FoundProviders,
    similar: SimilarPlacements | None,
    arguments: FindProvidersArguments,
    knowledge: Knowledge,
) -> tuple[Citation, ...]:
    """The search as a whole, one citation a row shown in the rows' order, and then
    those of the children placed before and of the likely stay.
    """
    about = f"register of settings, {found.compared} compared"
    search = dataset_citation(
        knowledge, "settings", about, stated_filters(arguments, "sort_by", "limit")
    )
    rows = (
        _row_citation(item.profile, knowledge, similar)
        for item in (*shown.clear, *shown.apart)
    )
    return (
        search,
        *rows,
        *_similar_citation(similar, knowledge),
        *_stay_citation(found, knowledge),
    )


def _row_citation(
    profile: SettingProfile, knowledge: Knowledge, similar: SimilarPlacements | None
) -> Citation:
    parts = [f"URN {profile.setting.urn}"]
    if profile.setting.statement_date:
        parts.append(
            f"claims: statement of purpose of {profile.setting.statement_date}"
        )
    if profile.inspected_on:
        parts.append(f"grade: inspection of {profile.inspected_on}")
    if profile.vacancies_as_at:
        parts.append(f"vacancies as at {profile.vacancies_as_at}")
    if profile.prices_as_at:
        routes = " and ".join(profile.prices)
        parts.append(f"{routes} price as at {profile.prices_as_at}")
    tables = ["settings", "claimed_needs", "inspections", "vacancies", "prices"]
    if similar:
        as_at = knowledge.dataset.table_as_at("placements")
        parts.append(f"similar children: placements as at {as_at}")
        tables.append("placements")
    return Citation(
        kind="dataset",
        title=f"{holding(knowledge)}: {profile.setting.name}",
        locator="; ".join(parts),
        source=", ".join(tables),
    )


def _similar_citation(
    similar: SimilarPlacements | None, knowledge: Knowledge
) -> tuple[Citation, ...]:
    if similar is None:
        return ()
    about, who = "placements by setting", {"children": similar.similar}
    return (dataset_citation(knowledge, "placements", about, who),)


def _stay_citation(found: FoundProviders, knowledge: Knowledge) -> tuple[Citation, ...]:
    since = likely_stays(knowledge).stays.since if _tells_stays(found) else None
    if since is None:
        return ()
    about = "median stay by placement type and age band"
    return (dataset_citation(knowledge, "placements", about, {"begun since": since}),)


def _tells_stays(found: FoundProviders) -> bool:
    shown = (*found.matches, *found.set_apart)
    return any(c.name == STAY for match in shown for c in match.criteria)


def caveats_of(
    found: FoundProviders,
    similar: SimilarPlacements | None,
    arguments: FindProvidersArguments,
    knowledge: Knowledge,
) -> tuple[str, ...]:
    """What a reader must know beside the list, the gravest first."""
    shown = (*found.matches, *found.set_apart)
    return (
        *_lawful(found, shown, arguments),
        "Needs are what each setting claims in its own statement of purpose;"
        " they are not findings of an inspection.",
        "Vacancies and prices are as last reported on the dates shown; confirm them"
        " with the provider.",
        *_unconfirmed(found),
        *_distance(found),
        *_stays(found, shown, arguments, knowledge),
        *_similar(similar),
        *invented_caveats(knowledge),
    )


def _lawful(
    found: FoundProviders,
    shown: tuple[SettingMatch, ...],
    arguments: FindProvidersArguments,
) -> list[str]:
    told = [
        f"{law.settings} {'setting is' if law.settings == 1 else 'settings are'} not"
        f" listed: {law.reason}."
        for law in found.unlawful
        if law.settings
    ]
    if arguments.placement_type is PlacementType.UNREGISTERED:
        told.append(
            f"No unregistered home is ever listed: {UNLAWFUL['registered']}. Leave"
            " `placement_type` out, or ask for `residential`, for registered ones."
        )
    kinds = {match.placement_type for match in shown}
    if not arguments.all_ages and PlacementType.SUPPORTED_ACCOMMODATION in kinds:
        told.append(
            f"No age was given. Supported accommodation is only for {UNLAWFUL_AGE} and"
            " over: a younger child may not be placed in it."
        )
    return told


def _unconfirmed(found: FoundProviders) -> list[str]:
    if not found.unconfirmed:
        return []
    return [
        f"{found.unconfirmed:,} of the matches do not state the ages or genders"
        " that they admit: they are not ruled out, and no more is known."
    ]


def _distance(found: FoundProviders) -> list[str]:
    told = []
    if found.radius_assumed:
        told.append(
            f"No distance was given, so near means within {found.radius_miles:g} miles"
            " of the nearest part, in a straight line."
        )
    if len(found.places) > 1:
        told.append(
            f"A setting must be near all of {', '.join(found.places)}: the radius"
            " holds for the farthest of them."
        )
    return told


def _stays(
    found: FoundProviders,
    shown: tuple[SettingMatch, ...],
    arguments: FindProvidersArguments,
    knowledge: Knowledge,
) -> list[str]:
    if not _tells_stays(found):
        return []
    stays, oldest = likely_stays(knowledge), max(arguments.all_ages)
    kinds = sorted({match.placement_type for match in shown})
    each = [stays.of(kind, oldest) for kind in kinds]
    told = []
    if not all(stay.assumed for stay in each):
        told.append(
            "A likely stay is the median of placements of that kind and age begun since"
            f" {stays.stays.since:%-d %B %Y}, those that still last included: half last"
            " longer. It warns and ranks, and rules nothing out."
        )
    if any(stay.assumed for stay in each):
        told.append(f"Assumed: {ASSUMED_STAY.told}.")
    return told


def _similar(similar: SimilarPlacements | None) -> list[str]:
    if similar is None:
        return []
    return [
        f"Similar children before: those {similar.similar} and placed there, of every"
        " authority, in the placements held. It is evidence, and ranks nothing.",
        *protection_caveats(similar.table),
    ]
