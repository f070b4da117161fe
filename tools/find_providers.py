"""find_providers: which settings may take this child, and why each may or may not."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from corpus.codes import Gender, Need, OfstedRating, PlacementType
from tools.arguments import Age, Limit, Name, WeeklyPrice
from tools.base import Arguments, Knowledge, Result, Tool
from tools.criteria import Where, gender_mix, judge
from tools.found_evidence import Shown, caveats_of, citations_of
from tools.found_providers import (
    FoundProviders,
    PlaceDistance,
    SettingMatch,
    Unlawful,
)
from tools.found_tables import tables_of
from tools.matching import (
    EXCLUDING,
    RANKED_BY,
    UNLAWFUL,
    Judged,
    doubts,
    match_order,
)
from tools.places import Origins, resolve_authority, resolve_districts, resolve_places
from tools.profiles import setting_profiles
from tools.similar_children import SimilarPlacements, similar_placements
from tools.stays import NO_STAYS, likely_stays

DEFAULT_RADIUS_MILES: Final = 20.0
"""What "near" means where no distance is given: the 20 miles that councils and the
looked-after children statistics use for a placement at a distance."""

MOST_TOGETHER: Final = 10
"""Children who are to live together; more are taken for a mistake."""

DEFAULT_LIMIT: Final = 10
"""Rows shown where no limit is given."""


class FindProvidersArguments(Arguments):
    """What is asked of a home for a child. What is not asked is left out."""

    near: Name | tuple[Name, ...] | None = Field(
        None, description="Place or places to be near: authority, town or postcode."
    )
    radius_miles: float | None = Field(
        None, gt=0, le=500, description="Farthest straight-line distance, in miles."
    )
    within: tuple[Name, ...] | None = Field(
        None, description="Districts to stand in; an authority means all of its own."
    )
    age: Age | None = Field(None, description="The child's age in whole years.")
    ages: tuple[Age, ...] | None = Field(
        None,
        max_length=MOST_TOGETHER,
        description="Ages of siblings who are to live together.",
    )
    age_from: Age | None = Field(
        None, description="Youngest of a range of ages that the setting must admit."
    )
    age_to: Age | None = Field(None, description="Oldest of that range.")
    gender: Gender | None = None
    needs: tuple[Need, ...] | None = Field(
        None, description="Needs and risks of the child that the setting must accept."
    )
    placement_type: PlacementType | None = None
    min_rating: OfstedRating | None = Field(
        None, description="The lowest Ofsted grade that is acceptable."
    )
    max_weekly_price: WeeklyPrice | None = Field(
        None, description="Most that may be paid, pounds a week."
    )
    with_vacancy: bool | None = Field(
        None, description="Only settings that reported a free place."
    )
    solo: bool | None = Field(None, description="The child must be placed alone.")
    siblings: int | None = Field(
        None,
        ge=1,
        le=MOST_TOGETHER,
        description="How many children are to live together.",
    )
    same_day: bool | None = Field(None, description="Needed today.")
    local_authority: Name | None = Field(
        None, description="Authority in whose area the setting must stand."
    )
    outside: tuple[Name, ...] | None = Field(
        None, description="Districts or authorities that the setting must not stand in."
    )
    sort_by: Literal["match", "distance", "price", "rating"] | None = None
    limit: Limit | None = Field(None, description="Rows to show.")

    @model_validator(mode="after")
    def _distance_needs_a_place(self) -> Self:
        if self.near:
            return self
        if self.radius_miles is not None:
            raise ValueError("radius_miles needs a place in `near` to be measured from")
        if self.sort_by == "distance":
            raise ValueError("to sort by distance, a place in `near` is needed")
        return self

    @model_validator(mode="after")
    def _one_group_of_children(self) -> Self:
        listed, siblings, age = len(self.ages or ()), self.siblings, self.age
        if siblings is not None and listed > siblings:
            raise ValueError(
                f"`ages` lists {listed} children, but `siblings` says {siblings}"
            )
        if self.ages and age is not None and age not in self.ages:
            raise ValueError(
                f"age = {age} is not among `ages`: list every child there, and leave"
                " `age` out"
            )
        if self.solo and self.children > 1:
            raise ValueError(
                f"solo is for a child alone, but {self.children} are to live together"
            )
        return self

    @property
    def children(self) -> int:
        """How many children are to live together; 1 where no group is asked for."""
        return max(self.siblings or 1, len(self.ages or ()))

    @property
    def all_ages(self) -> tuple[int, ...]:
        """Every age that the setting must admit; empty where none is given."""
        ends = [end for end in (self.age_from, self.age_to) if end is not None]
        span = range(min(ends), max(ends) + 1) if ends else ()
        own = () if self.age is None else (self.age,)
        return (*(self.ages or ()), *own, *span)

    @property
    def radius(self) -> float | None:
        """Miles from every place; the usual ones where unsaid, None without a place."""
        if not self.near:
            return None
        return self.radius_miles or DEFAULT_RADIUS_MILES


def find_providers(
    arguments: FindProvidersArguments, knowledge: Knowledge
) -> Result[FoundProviders]:
    """Compare every setting with what is asked, criterion by criterion.

    Raises:
        NothingLoaded: where the data directory holds no settings.
        UnknownPlace: for a place, district or authority that is not in the gazetteer.
    """
    judged = judged_settings(arguments, knowledge)
    order = arguments.sort_by or "match"
    fitting = [item for item in judged if not item.excluded_by]
    fitting.sort(key=lambda item: match_order(item, order))
    clear = [item for item in fitting if not doubts(item.profile, arguments.children)]
    apart = [item for item in fitting if doubts(item.profile, arguments.children)]
    limit = arguments.limit or DEFAULT_LIMIT
    shown = Shown(
        clear=tuple(clear[:limit]),
        apart=tuple(apart[: limit if not clear else (limit + 1) // 2]),
    )
    similar = similar_placements(arguments, knowledge) if fitting else None
    places = resolve_places(arguments.near, knowledge.gazetteer)
    found = FoundProviders(
        matches=tuple(_match(i, arguments, places, similar) for i in shown.clear),
        total_matches=len(clear),
        claiming=sum(i.needs_claimed == len(set(arguments.needs or ())) for i in clear),
        unconfirmed=sum(item.unconfirmed for item in clear),
        set_apart=tuple(_match(i, arguments, places, similar) for i in shown.apart),
        total_set_apart=len(apart),
        compared=len(judged),
        excluded=_reasons(judged),
        but_for=_but_for(judged),
        unlawful=_unlawful(judged, arguments),
        places=places.names,
        radius_miles=arguments.radius,
        radius_assumed=bool(arguments.near) and arguments.radius_miles is None,
        ranked_by=RANKED_BY[order],
    )
    return Result(
        data=found,
        citations=citations_of(shown, found, similar, arguments, knowledge),
        caveats=caveats_of(found, similar, arguments, knowledge),
        tables=tables_of(found, knowledge),
    )


def judged_settings(
    arguments: FindProvidersArguments, knowledge: Knowledge
) -> list[Judged]:
    """Every setting of the register with its verdicts, those ruled out among them.

    Raises:
        NothingLoaded: where the data directory holds no settings.
        UnknownPlace: for a place, district or authority that is not in the gazetteer.
    """
    profiles = setting_profiles(knowledge.dataset)
    stays = likely_stays(knowledge) if arguments.all_ages else NO_STAYS
    places = resolve_places(arguments.near, knowledge.gazetteer)
    authority = resolve_authority(arguments.local_authority, knowledge.gazetteer)
    districts = resolve_districts(arguments.within, knowledge.gazetteer, "within")
    outside = resolve_districts(arguments.outside, knowledge.gazetteer, "outside")
    judged = []
    for profile, miles in zip(profiles, places.miles_from(profiles), strict=True):
        setting = profile.setting
        where = Where(
            places=places.names,
            miles=miles,
            radius=arguments.radius,
            near_authority=(
                None if miles else places.by_authority(setting.local_authority)
            ),
            authority=authority,
            in_districts=districts.hold(setting) if districts.names else None,
            by_district=bool(districts.names),
            left_out=outside.hold(setting) if outside.names else False,
        )
        judged.append(judge(profile, arguments, where, stays))
    return judged


def _match(
    item: Judged,
    arguments: FindProvidersArguments,
    places: Origins,
    similar: SimilarPlacements | None,
) -> SettingMatch:
    profile, setting = item.profile, item.profile.setting
    asked = tuple(dict.fromkeys(arguments.needs or ()))
    miles = [round(each, 1) for each in item.miles or ()]
    return SettingMatch(
        urn=setting.urn,
        setting=setting.name,
        provider=profile.provider,
        placement_type=setting.placement_type,
        town=setting.town,
        local_authority=setting.local_authority,
        miles=max(miles, default=None),
        distances=tuple(
            PlaceDistance(place=place, miles=each)
            for place, each in zip(places.names, miles, strict=False)
        ),
        rating=profile.rating,
        inspected_on=profile.inspected_on,
        gender_mix=gender_mix(setting.genders),
        needs_claimed=tuple(need for need in asked if need in profile.accepts),
        needs_not_stated=tuple(need for need in asked if need not in profile.accepts),
        vacancies=profile.vacancies,
        vacancies_as_at=profile.vacancies_as_at,
        weekly_price=profile.weekly_price,
        prices=profile.prices,
        prices_as_at=profile.prices_as_at,
        similar_children=similar.of(setting.urn) if similar else None,
        criteria=item.criteria,
        doubts=doubts(profile, arguments.children),
        supported_outcome=setting.supported_outcome,
        supported_outcome_on=setting.supported_outcome_on,
    )


def _reasons(judged: list[Judged]) -> dict[str, int]:
    counts = Counter(name for item in judged for name in set(item.excluded_by))
    return {told: counts[name] for name, told in EXCLUDING.items() if counts[name]}


def _but_for(judged: list[Judged]) -> dict[str, int]:
    """Reasons that alone rule a setting out, and how many; the commonest first.

    Its kind and what the law sets are left out: nobody can do without them.
    """
    alone = [set(item.excluded_by) for item in judged]
    counts = Counter(name for names in alone if len(names) == 1 for name in names)
    return {
        EXCLUDING[name]: number
        for name, number in counts.most_common()
        if name != "type" and name not in UNLAWFUL
    }


def _unlawful(
    judged: list[Judged], arguments: FindProvidersArguments
) -> tuple[Unlawful, ...]:
    """What the law left out, of the settings of the kind that was asked for."""
    asked = [item for item in judged if "type" not in item.excluded_by]
    counts = Counter(name for item in asked for name in set(item.excluded_by))
    if arguments.placement_type is PlacementType.UNREGISTERED:
        counts["registered"] += 0  # said even where no such home is held
    return tuple(
        Unlawful(reason=law, settings=counts[name])
        for name, law in UNLAWFUL.items()
        if name in counts
    )


FIND_PROVIDERS: Final = Tool(
    name="find_providers",
    description=(
        "Settings (children's homes, fostering agencies, supported accommodation and"
        " others) that may take a child: matched on place, age now and over the likely"
        " stay, gender, claimed needs, grade, vacancies and price, ranked, with each"
        " criterion's verdict, and similar children placed there before."
    ),
    arguments=FindProvidersArguments,
    run=find_providers,
)
