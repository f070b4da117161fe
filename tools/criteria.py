"""What is asked of a setting: each criterion met, not met or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus import vocabulary
from corpus.codes import Gender, OfstedRating, PlacementType, Route
from corpus.models import Setting
from tools.matching import (
    ONLY_WHEN_ASKED_FOR,
    STAY,
    UNLAWFUL_AGE,
    Criterion,
    Judged,
    Verdict,
)
from tools.profiles import SettingProfile
from tools.stays import LikelyStays, ages_at_end

if TYPE_CHECKING:
    from tools.find_providers import FindProvidersArguments


@dataclass(frozen=True)
class Where:
    """Where a setting must stand, and where this one does."""

    places: tuple[str, ...]
    """The places asked for; empty for none."""
    miles: tuple[float, ...] | None
    """Miles from each of them; None where there is none, or where the register
    withholds the setting's address."""
    radius: float | None
    """Miles allowed from the farthest of them; None where there is none."""
    near_authority: bool | None
    """Whether its authority is near, for a setting whose address is withheld."""
    authority: str | None
    """The authority that it must stand in; None for any."""
    in_districts: bool | None
    """Whether it stands in the districts asked for; None where that is not known."""
    by_district: bool
    """Whether any district is asked for."""
    left_out: bool | None = False
    """Whether it stands where no setting is wanted; None where that is not known."""


def judge(
    profile: SettingProfile,
    asked: FindProvidersArguments,
    where: Where,
    stays: LikelyStays,
) -> Judged:
    """The verdict on every criterion asked for, and on what the law forbids."""
    criteria = (
        *_kind(profile.setting, asked),
        *_child(profile.setting, asked, stays),
        *_location(profile.setting, where),
        *_needs(profile, asked),
        *_terms(profile, asked),
        *_places(profile, asked),
    )
    return Judged(profile, where.miles, criteria)


GenderMix = Literal["mixed", "single gender", "not stated"]


def gender_mix(genders: tuple[Gender, ...]) -> GenderMix:
    """Whether a setting admits several genders; not who lives there now."""
    if not genders:
        return "not stated"
    return "single gender" if len(genders) == 1 else "mixed"


def quoted(prices: dict[Route, int]) -> str:
    """Every price quoted: "£5,080 framework, £5,375 spot"; "no price known"."""
    told = (
        f"£{price:,} {route.replace('_', ' ')}"
        for route, price in sorted(prices.items(), key=lambda item: item[1])
    )
    return ", ".join(told) or "no price known"


def _criterion(name: str, verdict: bool | None, detail: str) -> Criterion:
    words: dict[bool | None, Verdict] = {True: "met", False: "not met", None: "unknown"}
    return Criterion(name=name, verdict=words[verdict], detail=detail)


def _kind(setting: Setting, asked: FindProvidersArguments) -> Iterator[Criterion]:
    if setting.placement_type is None:
        registered = setting.provision_type or "of a kind that is not known"
        yield _criterion("type", False, f"{registered}: no placement")
        return
    kind = vocabulary.placement_types().label(setting.placement_type)
    if setting.placement_type is PlacementType.UNREGISTERED:
        yield _criterion("registered", False, f"{kind}: unlawful")
    if asked.placement_type:
        yield _criterion("type", setting.placement_type == asked.placement_type, kind)
    elif setting.placement_type in ONLY_WHEN_ASKED_FOR:
        yield _criterion("type", False, f"{kind}: only when asked for")


def _child(
    setting: Setting, asked: FindProvidersArguments, stays: LikelyStays
) -> Iterator[Criterion]:
    if asked.all_ages and setting.placement_type:
        yield from _age(setting, setting.placement_type, asked.all_ages, stays)
    if asked.gender:
        fits = asked.gender in setting.genders if setting.genders else None
        admits = ", ".join(setting.genders) or "any gender not stated"
        mix = gender_mix(setting.genders)
        told = f"admits {admits}" if mix == "not stated" else f"{mix}: admits {admits}"
        yield _criterion("gender", fits, told)


def _age(
    setting: Setting, kind: PlacementType, ages: tuple[int, ...], stays: LikelyStays
) -> Iterator[Criterion]:
    if kind is PlacementType.SUPPORTED_ACCOMMODATION:
        lawful = min(ages) >= UNLAWFUL_AGE
        yield _criterion("lawful", lawful, "supported accommodation is for 16 on")
    low, high = setting.age_from, setting.age_to
    too_young = low is not None and min(ages) < low
    too_old = high is not None and max(ages) > high
    if too_young or too_old:
        yield _criterion("age", False, _admits(low, high))
        return
    known = low is not None and high is not None
    yield _criterion("age", known or None, _admits(low, high))
    if high is not None:
        yield _over_the_stay(kind, max(ages), high, stays)


def _admits(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f"admits {low} to {high}"
    if low is not None:
        return f"admits from {low}, oldest not stated"
    return "ages not stated" if high is None else f"admits to {high}, youngest unstated"


def _over_the_stay(
    kind: PlacementType, oldest: int, high: int, stays: LikelyStays
) -> Criterion:
    """Whether the eldest would still be admitted at the end of a likely stay."""
    months = stays.of(kind, oldest).months
    least, greatest = ages_at_end(oldest, months)
    fits = True if greatest <= high else False if least > high else None
    age = f"{least}" if least == greatest else f"{least} or {greatest}"
    stay = f"{months} month{'' if months == 1 else 's'}"
    told = f"admits to {high}; {age} at the end of a likely stay of {stay}"
    return _criterion(STAY, fits, told)


def _location(setting: Setting, where: Where) -> Iterator[Criterion]:
    if where.authority:
        inside = setting.local_authority == where.authority
        yield _criterion("place", inside, f"in {setting.local_authority}")
    if where.by_district:
        stands = setting.district or setting.local_authority
        yield _criterion("place", where.in_districts, f"in {stands}")
    if where.left_out is not False:
        stands = setting.district or setting.local_authority
        outside = None if where.left_out is None else False
        yield _criterion("place", outside, f"in {stands}, which is left out")
    if where.radius is not None:
        yield _distance(setting, where, where.radius)


def _distance(setting: Setting, where: Where, radius: float) -> Criterion:
    if where.miles is None:
        told = f"in {setting.local_authority}, address withheld"
        return _criterion("distance", where.near_authority, told)
    each = zip(where.places, where.miles, strict=True)
    told = ", ".join(
        f"{miles:.1f} miles from {place}" if miles else f"inside {place}"
        for place, miles in each
    )
    return _criterion("distance", max(where.miles) <= radius, told)


def _needs(
    profile: SettingProfile, asked: FindProvidersArguments
) -> Iterator[Criterion]:
    words = vocabulary.needs()
    for need in dict.fromkeys(asked.needs or ()):
        name = f"need: {words.short(need)}"
        if need in profile.excludes:
            yield _criterion(
                "excluded need", False, f"does not admit {words.label(need)}"
            )
        elif need in profile.accepts:
            yield _criterion(name, True, f"claims {words.label(need)}")
        else:
            yield _criterion(name, None, f"says nothing of {words.label(need)}")


def _terms(
    profile: SettingProfile, asked: FindProvidersArguments
) -> Iterator[Criterion]:
    if asked.min_rating:
        yield _grade(profile, asked.min_rating)
    if asked.max_weekly_price is not None:
        price = profile.weekly_price
        affordable = None if price is None else price <= asked.max_weekly_price
        yield _criterion("price", affordable, quoted(profile.prices))


def _places(
    profile: SettingProfile, asked: FindProvidersArguments
) -> Iterator[Criterion]:
    """Whether there is room, for so many, alone, and today."""
    setting, group = profile.setting, asked.children
    if asked.with_vacancy:
        enough = (profile.vacancies or 0) >= group
        yield _criterion("vacancy", enough, _vacancies(profile))
    if asked.solo:
        alone = True if setting.places == 1 else setting.solo
        one = "registered for one child"
        told = one if setting.places == 1 else _yes("takes a child alone", alone)
        yield _criterion("solo", alone, told)
    if group > 1:
        yield _siblings(setting, group)
    if asked.same_day:
        told = _yes("considers same-day admissions", setting.same_day)
        yield _criterion("same day", setting.same_day, told)


def _vacancies(profile: SettingProfile) -> str:
    if profile.vacancies is None:
        return "vacancies: not reported"
    return f"vacancies: {profile.vacancies} at {profile.vacancies_as_at:%-d %b %Y}"


def _siblings(setting: Setting, group: int) -> Criterion:
    most, places = setting.siblings, setting.places
    if places is not None and places < group:
        return _criterion("siblings", False, f"registered for {places}")
    told = f"takes up to {most} siblings together" if most else "not stated"
    return _criterion("siblings", None if most is None else most >= group, told)


def _grade(profile: SettingProfile, lowest: OfstedRating) -> Criterion:
    rating, outcome = profile.rating, profile.setting.supported_outcome
    if rating is not None:
        label = vocabulary.ratings().label(rating)
        told = f"{label}, inspected {profile.inspected_on:%-d %b %Y}"
        return _criterion("grade", rating.rank <= lowest.rank, told)
    if outcome is not None:
        return _criterion("grade", None, f"no grade is given: {outcome.label}")
    return _criterion("grade", None, "not yet inspected")


def _yes(claim: str, holds: bool | None) -> str:
    words = {True: claim, False: f"does not say that it {claim}", None: "not stated"}
    return words[holds]
