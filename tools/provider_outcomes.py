"""provider_outcomes: how placements turned out, adjusted for the mix of needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

from pydantic import Field

from corpus.codes import OfstedRating, PlacementType
from corpus.disclosure.outcomes import Outcome
from corpus.models import Inspection
from tools.arguments import Limit, Name
from tools.base import Arguments, Knowledge, Result, Tool
from tools.found_outcomes import (
    GradeOf,
    ProviderOutcomes,
    SettingOutcomes,
    StayLength,
    Verdict,
)
from tools.organisations import Organisation, organisation_named
from tools.outcome_evidence import result_of
from tools.places import resolve_authority
from tools.profiles import SettingProfile, setting_profiles
from tools.rated_outcomes import Comparison, Rated, comparison, region_of
from tools.setting_record import Grade
from tools.visited_homes import visited_homes

SortBy = Literal["disruption", "planned_endings", "moves", "stay", "rating"]

SHOWN: Final = 20
"""Settings listed where no limit is given."""

_SORTED: Final[dict[SortBy, Outcome]] = {
    "disruption": Outcome.FIRST_YEAR,
    "planned_endings": Outcome.ENDINGS,
    "moves": Outcome.MOVED,
}
_ORDER: Final[tuple[Verdict, ...]] = ("lower", "not_told_apart", "higher", "not_known")


class ProviderOutcomesArguments(Arguments):
    """Whose outcomes, or which settings to rank; all where nothing is given."""

    provider: Name | None = Field(
        None,
        description="Name of a provider, group or setting, or a setting's URN; left out"
        " for a ranking of settings.",
    )
    placement_type: PlacementType | None = Field(None, description="Kind of placement.")
    local_authority: Name | None = Field(
        None, description="The authority in whose area the settings are."
    )
    sort_by: SortBy | None = Field(
        None,
        description="Best first: least disruption in the first year (the default), most"
        " planned endings, fewest moves, each adjusted for the children's mix; longest"
        " stay; or best Ofsted grade.",
    )
    limit: Limit | None = Field(None, description="Settings to list; 20 if not given.")


def provider_outcomes(
    arguments: ProviderOutcomesArguments, knowledge: Knowledge
) -> Result[ProviderOutcomes]:
    """How placements with one provider turned out, or a ranking of settings.

    Raises:
        NothingLoaded: where the data directory holds no settings.
        InvalidArguments: where the name is of none that is held, or of several.
        UnknownPlace: for an authority that is none.
    """
    profiles = setting_profiles(knowledge.dataset)
    authority = resolve_authority(arguments.local_authority, knowledge.gazetteer)
    asked = arguments.provider and organisation_named(
        arguments.provider, knowledge.dataset
    )
    kinds = (arguments.placement_type,) if arguments.placement_type else ()
    region = comparison(knowledge.dataset, knowledge.viewer, kinds)
    chosen = [
        profile
        for profile in profiles
        if _is_meant(profile, asked or None, arguments.placement_type, authority)
    ]
    sort_by = arguments.sort_by or "disruption"
    listed = sorted(
        (_setting(profile, region.settings) for profile in chosen),
        key=lambda setting: _sort_key(setting, sort_by),
    )
    found = _found(arguments, knowledge, region, authority).model_copy(
        update={
            "settings": tuple(listed[: arguments.limit or SHOWN]),
            "total_settings": len(listed),
            "verdicts": _verdicts(listed, sort_by),
        }
    )
    if asked:
        found = _of_provider(found, asked, chosen, region, knowledge)
    lead = _SORTED.get(sort_by, Outcome.FIRST_YEAR)
    return result_of(found, arguments, lead, knowledge)


def _is_meant(
    profile: SettingProfile,
    asked: Organisation | None,
    kind: PlacementType | None,
    authority: str | None,
) -> bool:
    setting = profile.setting
    return (
        (asked is None or setting.urn in asked.urns)
        and kind in (None, setting.placement_type)
        and (asked is not None or setting.placement_type is not None)
        and authority in (None, setting.local_authority)
    )


def _found(
    arguments: ProviderOutcomesArguments,
    knowledge: Knowledge,
    region: Comparison,
    authority: str | None,
) -> ProviderOutcomes:
    counts = region.counts.get(Outcome.ENDINGS)  # up to the day that is known last
    return ProviderOutcomes(
        provider=None,
        identifier=None,
        placement_type=arguments.placement_type,
        local_authority=authority,
        since=counts and counts.since,
        until=counts and counts.until,
        own_authority=knowledge.viewer.local_authority,
        region=region_of(region),
        recorded={
            outcome: counted.recorded
            for outcome, counted in region.counts.items()
            if counted.recorded is not None
        },
        overall=(),
        stay=None,
        settings=(),
        total_settings=0,
        verdicts={},
    )


def _of_provider(
    found: ProviderOutcomes,
    asked: Organisation,
    chosen: Sequence[SettingProfile],
    region: Comparison,
    knowledge: Knowledge,
) -> ProviderOutcomes:
    """The same with the provider's settings taken together, their grades and visits."""
    together = region.of({profile.setting.urn: "all" for profile in chosen})
    settings = [profile.setting for profile in chosen]
    return found.model_copy(
        update={
            "provider": asked.name,
            "identifier": asked.identifier,
            "overall": together.outcomes.get("all", ()),
            "stay": together.stays.get("all"),
            "verdicts": {},
            "grades": tuple(_grades(chosen, knowledge)),
            "homes": visited_homes(settings, knowledge.library, knowledge.as_at),
        }
    )


def _setting(profile: SettingProfile, rated: Rated) -> SettingOutcomes:
    setting = profile.setting
    return SettingOutcomes(
        urn=setting.urn,
        name=setting.name,
        provider=profile.provider,
        local_authority=setting.local_authority,
        placement_type=setting.placement_type,
        rating=profile.rating,
        inspected_on=profile.inspected_on,
        outcomes=rated.outcomes.get(setting.urn, ()),
        stay=rated.stays.get(setting.urn),
    )


def _verdicts(listed: Sequence[SettingOutcomes], sort_by: SortBy) -> dict[Verdict, int]:
    """How many settings are told apart; empty of grades, which are not estimates."""
    if sort_by == "rating":
        return {}
    return dict(Counter(_verdict(one, sort_by) for one in listed))


def _verdict(setting: SettingOutcomes, sort_by: SortBy) -> Verdict:
    if sort_by == "stay":
        return setting.stay.verdict if setting.stay else "not_known"
    rated = setting.rated(_SORTED.get(sort_by, Outcome.FIRST_YEAR))
    return rated.verdict if rated else "not_known"


def _sort_key(
    setting: SettingOutcomes, sort_by: SortBy
) -> tuple[int, float, float, str, str]:
    """Best first. Those told apart from what is expected come by their figure; those
    that cannot be, between them, by how likely they are to lie on the better side."""
    name = setting.name, setting.urn
    if sort_by == "rating":
        rank = setting.rating.rank if setting.rating else len(OfstedRating)
        day = setting.inspected_on.toordinal() if setting.inspected_on else 0
        return rank, -day, 0.0, *name
    verdict = _verdict(setting, sort_by)
    if sort_by == "stay":
        return *_stay_key(setting.stay, verdict), 0.0, *name
    rated = setting.rated(_SORTED[sort_by])
    if rated is None or rated.ratio is None or rated.below is None:
        return len(_ORDER), 0.0, 0.0, *name
    figure = -rated.below if verdict == "not_told_apart" else rated.ratio
    return _ORDER.index(verdict), figure, rated.ratio, *name


def _stay_key(stay: StayLength | None, verdict: Verdict) -> tuple[int, float]:
    """Longest first, as the lower end of the interval stands to what is expected."""
    if stay is None or verdict == "not_known" or not stay.expected:
        return len(_ORDER), 0.0
    longest_first = {"higher": 0, "not_told_apart": 1, "lower": 2}
    return longest_first[verdict], -(stay.low or 0) / stay.expected


def _grades(
    chosen: Sequence[SettingProfile], knowledge: Knowledge
) -> Sequence[GradeOf]:
    """The grades of each setting that has been inspected, newest first."""
    urns = {profile.setting.urn for profile in chosen}
    rows = [row for row in knowledge.dataset.rows(Inspection) if row.urn in urns]
    rows.sort(key=lambda row: row.inspected_on, reverse=True)
    graded = (
        GradeOf(
            urn=profile.setting.urn,
            name=profile.setting.name,
            grades=tuple(
                Grade(inspected_on=row.inspected_on, rating=row.rating)
                for row in rows
                if row.urn == profile.setting.urn
            ),
            supported_outcome=profile.setting.supported_outcome,
            supported_outcome_on=profile.setting.supported_outcome_on,
        )
        for profile in chosen
    )
    return [one for one in graded if one.grades or one.supported_outcome]


PROVIDER_OUTCOMES: Final = Tool(
    name="provider_outcomes",
    description=(
        "How placements turned out: disruption, moves, planned endings and stays,"
        " adjusted for the children's needs, with grades over time and Regulation 44"
        " visits; of one provider, or a ranking of settings."
    ),
    arguments=ProviderOutcomesArguments,
    run=provider_outcomes,
)
