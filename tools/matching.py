"""Whether a setting fits what is asked: each criterion met, not met or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from corpus import vocabulary
from corpus.codes import (
    OfstedRating,
    PlacementType,
    RegistrationStatus,
    SupportedOutcome,
)
from corpus.models import Frozen, Setting
from tools.profiles import SettingProfile

if TYPE_CHECKING:
    from tools.find_providers import FindProvidersArguments

Verdict = Literal["met", "not met", "unknown"]

UNLAWFUL_AGE: Final = 16
"""A child under 16 may not be placed in supported accommodation (Care Planning,
Placement and Case Review (England) (Amendment) Regulations 2021)."""

ONLY_WHEN_ASKED_FOR: Final = frozenset(
    {
        PlacementType.SECURE,
        PlacementType.PARENT_AND_CHILD,
        PlacementType.KINSHIP,
        PlacementType.UNREGISTERED,
    }
)
"""Kinds that do not answer a search that names no kind: a court must order the first,
the second admits a parent, the third is no provider, the last is no lawful one."""

EXCLUDING: Final = {
    "type": "of another kind",
    "lawful": "supported accommodation, unlawful under 16",
    "age": "do not admit that age",
    "gender": "do not admit that gender",
    "place": "stand elsewhere",
    "distance": "too far away",
    "excluded need": "do not admit a need asked for",
    "grade": "graded below what is asked",
    "price": "dearer than what is asked",
    "vacancy": "report no vacancy",
    "solo": "do not take a child alone",
    "siblings": "do not take that many siblings",
    "same day": "do not consider same-day admissions",
}
"""Criteria that rule a setting out when not met, and how that is told of several."""


class Criterion(Frozen):
    """One thing asked for, and whether the setting meets it."""

    name: str
    verdict: Verdict
    detail: str
    """What the setting's own record says of it."""


@dataclass(frozen=True)
class Judged:
    """A setting with the verdict on every criterion asked for."""

    profile: SettingProfile
    miles: float | None
    criteria: tuple[Criterion, ...]

    @property
    def excluded_by(self) -> tuple[str, ...]:
        """Names of the criteria that rule it out; empty where none does."""
        return tuple(
            criterion.name
            for criterion in self.criteria
            if criterion.verdict == "not met" and criterion.name in EXCLUDING
        )

    @property
    def unconfirmed(self) -> bool:
        """Whether the age or gender asked for can be neither met nor ruled out."""
        return any(
            criterion.verdict == "unknown" and criterion.name in ("age", "gender")
            for criterion in self.criteria
        )

    @property
    def needs_claimed(self) -> int:
        """How many of the needs asked for it claims to meet."""
        return sum(
            criterion.name.startswith("need: ") and criterion.verdict == "met"
            for criterion in self.criteria
        )


@dataclass(frozen=True)
class Where:
    """Where a setting must stand, and where this one does."""

    miles: float | None
    """Miles from the farthest place asked for; None where that is not known."""
    radius: float | None
    """Miles allowed; None where no place was asked for."""
    near_authority: bool | None
    """Whether its authority is near, for a setting whose address is withheld."""
    authority: str | None
    """The authority that it must stand in; None for any."""
    districts: frozenset[str]
    """The districts that it must stand in; empty for any."""


def judge(
    profile: SettingProfile, asked: FindProvidersArguments, where: Where
) -> Judged:
    """The verdict on every criterion asked for, and on what the law forbids."""
    criteria = (
        *_child(profile, asked),
        *_location(profile, where),
        *_needs(profile, asked),
        *_terms(profile, asked),
    )
    return Judged(profile, where.miles, criteria)


def _criterion(name: str, verdict: bool | None, detail: str) -> Criterion:
    words: dict[bool | None, Verdict] = {True: "met", False: "not met", None: "unknown"}
    return Criterion(name=name, verdict=words[verdict], detail=detail)


def _child(
    profile: SettingProfile, asked: FindProvidersArguments
) -> Iterator[Criterion]:
    setting = profile.setting
    if setting.placement_type is None:
        registered = setting.provision_type or "of a kind that is not known"
        yield _criterion("type", False, f"{registered}: no placement")
        return
    kind = vocabulary.placement_types().label(setting.placement_type)
    if asked.placement_type:
        yield _criterion("type", setting.placement_type == asked.placement_type, kind)
    elif setting.placement_type in ONLY_WHEN_ASKED_FOR:
        yield _criterion("type", False, f"{kind}: only when asked for")
    if asked.all_ages:
        yield from _age(setting, asked.all_ages)
    if asked.gender:
        fits = asked.gender in setting.genders if setting.genders else None
        admits = ", ".join(setting.genders) or "any gender not stated"
        yield _criterion("gender", fits, f"admits {admits}")


def _age(setting: Setting, ages: tuple[int, ...]) -> Iterator[Criterion]:
    if setting.placement_type is PlacementType.SUPPORTED_ACCOMMODATION:
        lawful = min(ages) >= UNLAWFUL_AGE
        yield _criterion("lawful", lawful, "supported accommodation is for 16 on")
    low, high = setting.age_from, setting.age_to
    if low is None or high is None:
        yield _criterion("age", None, "ages not stated")
        return
    fits = all(low <= age <= high for age in ages)
    yield _criterion("age", fits, f"admits {low} to {high}")


def _location(profile: SettingProfile, where: Where) -> Iterator[Criterion]:
    setting = profile.setting
    if where.authority:
        inside = setting.local_authority == where.authority
        yield _criterion("place", inside, f"in {setting.local_authority}")
    if where.districts:
        fits = setting.district in where.districts if setting.district else None
        stands = setting.district or setting.local_authority
        yield _criterion("place", fits, f"in {stands}")
    if where.radius is not None:
        if where.miles is None:
            told = f"in {setting.local_authority}, address withheld"
            yield _criterion("distance", where.near_authority, told)
        else:
            fits = where.miles <= where.radius
            yield _criterion("distance", fits, f"{where.miles:.1f} miles")


def _needs(
    profile: SettingProfile, asked: FindProvidersArguments
) -> Iterator[Criterion]:
    words = vocabulary.needs()
    for need in asked.needs or ():
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
    setting = profile.setting
    if asked.min_rating:
        yield _grade(profile, asked.min_rating)
    if asked.max_weekly_price is not None:
        price = profile.weekly_price
        affordable = None if price is None else price <= asked.max_weekly_price
        told = "no price known" if price is None else f"£{price:,} a week"
        yield _criterion("price", affordable, told)
    if asked.with_vacancy:
        told = "not reported" if profile.vacancies is None else str(profile.vacancies)
        yield _criterion("vacancy", bool(profile.vacancies), f"vacancies: {told}")
    if asked.solo:
        yield _criterion(
            "solo", setting.solo, _yes("takes a child alone", setting.solo)
        )
    group = asked.children
    if group > 1:
        most = setting.siblings
        told = f"takes up to {most} siblings together" if most else "not stated"
        yield _criterion("siblings", None if most is None else most >= group, told)
    if asked.same_day:
        told = _yes("considers same-day admissions", setting.same_day)
        yield _criterion("same day", setting.same_day, told)


def _grade(profile: SettingProfile, lowest: OfstedRating) -> Criterion:
    rating, outcome = profile.rating, profile.setting.supported_outcome
    if rating is not None:
        label = vocabulary.ratings().label(rating)
        return _criterion("grade", rating.rank <= lowest.rank, label)
    if outcome is not None:
        return _criterion("grade", None, f"no grade is given: {outcome.label}")
    return _criterion("grade", None, "not yet inspected")


def _yes(claim: str, holds: bool | None) -> str:
    words = {True: claim, False: f"does not say that it {claim}", None: "not stated"}
    return words[holds]


def doubts(profile: SettingProfile, children: int = 1) -> tuple[str, ...]:
    """Why a setting that fits is set apart all the same; empty where nothing speaks
    against it.
    """
    reasons = []
    if profile.rating is OfstedRating.INADEQUATE:
        reasons.append("graded inadequate")
    if profile.setting.supported_outcome is SupportedOutcome.SERIOUS_WEAKNESSES:
        reasons.append("serious or widespread weaknesses found")
    if profile.setting.status is RegistrationStatus.SUSPENDED:
        reasons.append("registration suspended")
    if profile.vacancies == 0:
        reasons.append("no current vacancy")
    elif profile.vacancies is not None and profile.vacancies < children:
        reasons.append(f"fewer vacancies than the {children} children")
    return tuple(reasons)


_UNKNOWN: Final = 1_000_000.0  # sorts after every known distance and price


def _sorting_miles(item: Judged) -> float:
    """Miles; 0 for a withheld address inside the authority asked for, else unknown."""
    if item.miles is not None:
        return item.miles
    inside = any(c.name == "distance" and c.verdict == "met" for c in item.criteria)
    return 0.0 if inside else _UNKNOWN


def match_order(item: Judged, sort_by: str) -> tuple[float | str, ...]:
    """Sort key of a ranking; ties fall to the match order, then to the name."""
    profile = item.profile
    miles = _sorting_miles(item)
    price = float(profile.weekly_price or _UNKNOWN)
    grade = len(OfstedRating) if profile.rating is None else profile.rating.rank
    good = profile.rating is not None and grade <= OfstedRating.GOOD.rank
    match = (-item.needs_claimed, not profile.vacancies, not good, miles, price)
    first: dict[str, tuple[float, ...]] = {
        "match": (),
        "distance": (miles,),
        "price": (price,),
        "rating": (grade,),
    }
    return (*first[sort_by], *match, profile.setting.name)
