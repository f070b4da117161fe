"""A setting judged: the verdicts on it, what they exclude, and how it ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from corpus.codes import (
    OfstedRating,
    PlacementType,
    RegistrationStatus,
    SupportedOutcome,
)
from corpus.models import Frozen
from tools.profiles import SettingProfile

Verdict = Literal["met", "not met", "unknown"]

UNLAWFUL_AGE: Final = 16
"""A child under 16 may not be placed in supported accommodation (Care Planning,
Placement and Case Review (England) (Amendment) Regulations 2021)."""

UNLAWFUL: Final = {
    "lawful": "a child under 16 may not be placed in supported accommodation (Care"
    " Planning, Placement and Case Review (England) (Amendment) Regulations 2021)",
    "registered": "running a children's home that is not registered is an offence"
    " (Care Standards Act 2000, section 11)",
}
"""Criteria that the law sets; settings that fail one are never listed."""

ONLY_WHEN_ASKED_FOR: Final = frozenset(
    {PlacementType.SECURE, PlacementType.PARENT_AND_CHILD, PlacementType.KINSHIP}
)
"""Kinds that do not answer a search that names no kind: a court must order the first,
the second admits a parent, the third is no provider."""

EXCLUDING: Final = {
    "type": "of another kind",
    "lawful": "supported accommodation, unlawful under 16",
    "registered": "unregistered, which is unlawful",
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

STAY: Final = "age over the stay"
"""Criterion that warns, but rules nothing out: a child may move on before."""


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
    miles: tuple[float, ...] | None
    """Miles from each place asked for; None where none is, or where the register
    withholds the address."""
    criteria: tuple[Criterion, ...]

    @property
    def farthest(self) -> float | None:
        """Miles from the farthest of the places; None as in `miles`."""
        return max(self.miles) if self.miles else None

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

    @property
    def outgrown(self) -> bool:
        """Whether a child would be too old for it before a likely stay ends."""
        return self._verdict(STAY) == "not met"

    def _verdict(self, name: str) -> Verdict | None:
        return next((c.verdict for c in self.criteria if c.name == name), None)

    @property
    def sorting_miles(self) -> float:
        """Miles; 0 for a withheld address inside the authority asked for, else far."""
        if self.farthest is not None:
            return self.farthest
        return 0.0 if self._verdict("distance") == "met" else _UNKNOWN


_UNKNOWN: Final = 1_000_000.0  # sorts after every known distance and price


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


RANKED_BY: Final = {
    "match": "needs claimed, then not outgrown within a likely stay, then vacancies"
    " reported, then graded good or better, then nearest, then price",
    "distance": "nearest first",
    "price": "lowest quoted price first, unknown prices last",
    "rating": "best Ofsted grade first, not yet inspected last",
}
"""Each order in words; ties fall to the match order, then to the name."""


def match_order(item: Judged, sort_by: str) -> tuple[float | str, ...]:
    """Sort key of a ranking, as `RANKED_BY` tells it."""
    profile = item.profile
    miles = item.sorting_miles
    price = float(profile.weekly_price or _UNKNOWN)
    grade = len(OfstedRating) if profile.rating is None else profile.rating.rank
    good = profile.rating is not None and grade <= OfstedRating.GOOD.rank
    full = not profile.vacancies
    match = (-item.needs_claimed, item.outgrown, full, not good, miles, price)
    first: dict[str, tuple[float, ...]] = {
        "match": (),
        "distance": (miles,),
        "price": (price,),
        "rating": (grade,),
    }
    return (*first[sort_by], *match, profile.setting.name)
