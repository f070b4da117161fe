"""find_providers: which settings may take this child, and why each may or may not."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from corpus import vocabulary
from corpus.codes import Gender, Need, OfstedRating, PlacementType
from corpus.models import Citation, Table
from tools.arguments import Age
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import (
    dataset_citation,
    holding,
    invented_caveats,
    invented_mark,
    stated_filters,
)
from tools.found_providers import FoundProviders, SettingMatch
from tools.matching import (
    EXCLUDING,
    UNLAWFUL_AGE,
    Judged,
    Where,
    doubts,
    judge,
    match_order,
)
from tools.places import resolve_authority, resolve_districts, resolve_places
from tools.profiles import SettingProfile, setting_profiles

DEFAULT_RADIUS_MILES: Final = 20.0
"""What "near" means where no distance is given: the 20 miles that councils and the
looked-after children statistics use for a placement at a distance."""

DEFAULT_LIMIT: Final = 10
"""Rows shown where no limit is given."""


class FindProvidersArguments(Arguments):
    """What is asked of a home for a child. What is not asked is left out."""

    near: str | tuple[str, ...] | None = Field(
        None, description="Place or places to be near: authority, town or postcode."
    )
    radius_miles: float | None = Field(
        None, gt=0, le=500, description="Farthest straight-line distance, in miles."
    )
    within: tuple[str, ...] | None = Field(
        None, description="Districts that the setting must stand in."
    )
    age: Age | None = Field(None, description="The child's age in whole years.")
    ages: tuple[Age, ...] | None = Field(
        None, description="Ages of siblings who are to live together."
    )
    gender: Gender | None = None
    needs: tuple[Need, ...] | None = Field(
        None, description="Needs and risks of the child that the setting must accept."
    )
    placement_type: PlacementType | None = None
    min_rating: OfstedRating | None = Field(
        None, description="The lowest Ofsted grade that is acceptable."
    )
    max_weekly_price: float | None = Field(
        None, gt=0, le=100_000, description="Most that may be paid, pounds a week."
    )
    with_vacancy: bool | None = Field(
        None, description="Only settings that reported a free place."
    )
    solo: bool | None = Field(None, description="The child must be placed alone.")
    siblings: int | None = Field(
        None, ge=1, le=10, description="How many children are to live together."
    )
    same_day: bool | None = Field(None, description="Needed today.")
    local_authority: str | None = Field(
        None, description="Authority in whose area the setting must stand."
    )
    sort_by: Literal["match", "distance", "price", "rating"] | None = None
    limit: int | None = Field(None, ge=1, le=1000, description="Rows to show.")

    @model_validator(mode="after")
    def _radius_needs_a_place(self) -> Self:
        if self.radius_miles is not None and not self.near:
            raise ValueError("radius_miles needs a place in `near` to be measured from")
        return self

    @property
    def children(self) -> int:
        """How many children are to live together; 1 where no group is asked for."""
        return max(self.siblings or 1, len(self.ages or ()))

    @property
    def all_ages(self) -> tuple[int, ...]:
        """Every age that the setting must admit; empty where none is given."""
        if self.ages:
            return self.ages
        return () if self.age is None else (self.age,)


def find_providers(
    arguments: FindProvidersArguments, knowledge: Knowledge
) -> Result[FoundProviders]:
    """Compare every setting with what is asked, criterion by criterion."""
    profiles = setting_profiles(knowledge.dataset)
    places = resolve_places(arguments.near, knowledge.gazetteer)
    authority = resolve_authority(arguments.local_authority, knowledge.gazetteer)
    districts = resolve_districts(arguments.within, knowledge.gazetteer)
    radius = _radius(arguments)
    miles = places.farthest_miles(profiles)
    judged = []
    for profile, distance in zip(profiles, miles, strict=True):
        host = profile.setting.local_authority
        near = None if distance is not None else places.by_authority(host)
        where = Where(distance, radius, near, authority, districts)
        judged.append(judge(profile, arguments, where))
    fitting = [item for item in judged if not item.excluded_by]
    fitting.sort(key=lambda item: match_order(item, arguments.sort_by or "match"))
    clear = [item for item in fitting if not doubts(item.profile, arguments.children)]
    doubtful = [item for item in fitting if doubts(item.profile, arguments.children)]
    total_doubtful, limit = len(doubtful), arguments.limit or DEFAULT_LIMIT
    doubtful = doubtful[: limit if not clear else (limit + 1) // 2]
    found = FoundProviders(
        matches=tuple(_match(item, arguments) for item in clear[:limit]),
        total_matches=len(clear),
        claiming=sum(
            item.needs_claimed == len(arguments.needs or ()) for item in clear
        ),
        unconfirmed=sum(item.unconfirmed for item in clear),
        set_apart=tuple(_match(item, arguments) for item in doubtful),
        total_set_apart=total_doubtful,
        compared=len(profiles),
        excluded=_reasons(judged),
        places=places.names,
        radius_miles=radius,
        radius_assumed=radius is not None and arguments.radius_miles is None,
        ranked_by=RANKED_BY[arguments.sort_by or "match"],
    )
    shown = [*clear[:limit], *doubtful]
    return Result(
        data=found,
        citations=_citations(shown, arguments, knowledge, found),
        caveats=_caveats(found, arguments, knowledge),
        tables=_tables(found, knowledge),
    )


RANKED_BY: Final = {
    "match": "needs claimed, then vacancies reported, then graded good or better,"
    " then nearest, then price",
    "distance": "nearest first",
    "price": "lowest quoted price first, unknown prices last",
    "rating": "best Ofsted grade first, not yet inspected last",
}


def _radius(arguments: FindProvidersArguments) -> float | None:
    if not arguments.near:
        return None
    return arguments.radius_miles or DEFAULT_RADIUS_MILES


def _match(item: Judged, arguments: FindProvidersArguments) -> SettingMatch:
    profile, setting = item.profile, item.profile.setting
    asked = arguments.needs or ()
    return SettingMatch(
        urn=setting.urn,
        setting=setting.name,
        provider=profile.provider,
        placement_type=setting.placement_type,
        town=setting.town,
        local_authority=setting.local_authority,
        miles=None if item.miles is None else round(item.miles, 1),
        rating=profile.rating,
        inspected_on=profile.inspected_on,
        needs_claimed=tuple(need for need in asked if need in profile.accepts),
        needs_not_stated=tuple(need for need in asked if need not in profile.accepts),
        vacancies=profile.vacancies,
        vacancies_as_at=profile.vacancies_as_at,
        weekly_price=profile.weekly_price,
        criteria=item.criteria,
        doubts=doubts(profile, arguments.children),
        supported_outcome=setting.supported_outcome,
        supported_outcome_on=setting.supported_outcome_on,
    )


def _reasons(judged: list[Judged]) -> dict[str, int]:
    counts = Counter(name for item in judged for name in set(item.excluded_by))
    return {told: counts[name] for name, told in EXCLUDING.items() if counts[name]}


def _citations(
    shown: list[Judged],
    arguments: FindProvidersArguments,
    knowledge: Knowledge,
    found: FoundProviders,
) -> tuple[Citation, ...]:
    """The search as a whole, then one citation a row shown, in the rows' order."""
    about = f"register of settings, {found.compared} compared"
    filters = stated_filters(arguments)
    search = dataset_citation(knowledge, "settings", about, filters)
    return (search, *(_row_citation(item.profile, knowledge) for item in shown))


def _row_citation(profile: SettingProfile, knowledge: Knowledge) -> Citation:
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
        parts.append(f"{profile.price_route} price as at {profile.prices_as_at}")
    return Citation(
        kind="dataset",
        title=f"{holding(knowledge)}: {profile.setting.name}",
        locator="; ".join(parts),
        source="settings, claimed_needs, inspections, vacancies, prices",
    )


def _caveats(
    found: FoundProviders, arguments: FindProvidersArguments, knowledge: Knowledge
) -> tuple[str, ...]:
    caveats = [
        "Needs are what each setting claims in its own statement of purpose;"
        " they are not findings of an inspection.",
        "Vacancies and prices are as last reported on the dates shown; confirm them"
        " with the provider.",
    ]
    kinds = {match.placement_type for match in (*found.matches, *found.set_apart)}
    if not arguments.all_ages and PlacementType.SUPPORTED_ACCOMMODATION in kinds:
        caveats.append(
            f"No age was given. Supported accommodation is only for {UNLAWFUL_AGE} and"
            " over: a younger child may not be placed in it."
        )
    if found.unconfirmed:
        caveats.append(
            f"{found.unconfirmed:,} of the matches do not state the ages or genders"
            " that they admit: they are not ruled out, and no more is known."
        )
    if found.radius_assumed:
        caveats.append(
            f"No distance was given, so near means within {DEFAULT_RADIUS_MILES:g}"
            " miles of the nearest part, in a straight line."
        )
    return (*caveats, *invented_caveats(knowledge))


COLUMNS: Final = (
    "Setting",
    "Provider",
    "Place",
    "Miles",
    "Ofsted grade",
    "Claimed needs met",
    "Needs not claimed",
    "Vacancies",
    "£ a week",
)


def _tables(found: FoundProviders, knowledge: Knowledge) -> tuple[Table, ...]:
    mark = invented_mark(knowledge)
    first_apart = 1 + len(found.matches)
    apart = range(first_apart, first_apart + len(found.set_apart))
    tables = [
        Table(
            title=f"Settings that may take the child{mark}",
            columns=COLUMNS,
            rows=tuple(_row(match) for match in found.matches),
            total_rows=found.total_matches,
            row_sources=tuple(range(1, first_apart)),
        ),
        Table(
            title=f"Set apart: fit what was asked, but in doubt{mark}",
            columns=(*COLUMNS, "Why"),
            rows=tuple((*_row(m), "; ".join(m.doubts)) for m in found.set_apart),
            total_rows=found.total_set_apart,
            row_sources=tuple(apart),
        ),
    ]
    return tuple(table for table in tables if table.rows)


def _row(match: SettingMatch) -> tuple[str | int | float | None, ...]:
    needs = vocabulary.needs()
    return (
        match.setting,
        match.provider,
        stands_in(match),
        match.miles,
        _grade(match),
        ", ".join(needs.short(need) for need in match.needs_claimed) or None,
        ", ".join(needs.short(need) for need in match.needs_not_stated) or None,
        _vacancies(match),
        match.weekly_price,
    )


def stands_in(match: SettingMatch) -> str:
    """Town and authority, each once: "Maidstone, Kent"; "Medway"."""
    parts = [*(match.town or "").split(", "), match.local_authority]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _grade(match: SettingMatch) -> str:
    if match.supported_outcome and match.supported_outcome_on:
        return f"{match.supported_outcome.label} ({match.supported_outcome_on:%b %Y})"
    if match.rating is None:
        return "not yet inspected"
    label = vocabulary.ratings().label(match.rating)
    return f"{label} ({match.inspected_on:%b %Y})"


def _vacancies(match: SettingMatch) -> str:
    if match.vacancies is None:
        return "not reported"
    return f"{match.vacancies} ({match.vacancies_as_at:%-d %b %Y})"


FIND_PROVIDERS: Final = Tool(
    name="find_providers",
    description=(
        "Settings (children's homes, fostering agencies, supported accommodation and"
        " others) that may take a child: matched on place, age, gender, claimed needs,"
        " grade, vacancies and price, ranked, with each criterion's verdict."
    ),
    arguments=FindProvidersArguments,
    run=find_providers,
)
