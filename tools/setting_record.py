"""One setting as a provider's profile gives it back."""

from __future__ import annotations

from datetime import date

from corpus.codes import (
    Gender,
    Need,
    OfstedRating,
    PlacementType,
    RegistrationStatus,
    Route,
    SupportedOutcome,
)
from corpus.models import Frozen
from tools.criteria import GenderMix


class Grade(Frozen):
    """One full inspection."""

    inspected_on: date
    rating: OfstedRating


class QuotedPrice(Frozen):
    """What a setting quotes on one route."""

    route: Route
    weekly_price: int
    """Pounds a week."""
    as_at: date


class SettingRecord(Frozen):
    """One setting: what its register, its statement and its returns say."""

    urn: str
    name: str
    provider: str
    placement_type: PlacementType | None
    """None for what is registered but is no placement."""
    provision_type: str | None
    """Kind as Ofsted prints it; None where the register is not the source."""
    status: RegistrationStatus
    town: str | None
    """None where the register withholds the address."""
    local_authority: str
    places: int | None
    """Registered places; None where the register gives none."""
    age_from: int | None
    """None, like the other criteria, where the setting has not stated it."""
    age_to: int | None
    genders: tuple[Gender, ...]
    gender_mix: GenderMix
    solo: bool | None
    siblings: int | None
    same_day: bool | None
    accepts: tuple[Need, ...]
    """Needs that it claims to meet: a claim, not a finding."""
    excludes: tuple[Need, ...]
    """Needs that it says it does not admit."""
    statement_date: date | None
    grades: tuple[Grade, ...]
    """Newest first; empty where it has not been inspected."""
    supported_outcome: SupportedOutcome | None
    supported_outcome_on: date | None
    vacancies: int | None
    """None where it has not reported."""
    vacancies_as_at: date | None
    prices: tuple[QuotedPrice, ...]
    """The newest of each route; empty where none is known."""
    doubts: tuple[str, ...]
    """Why a search sets it apart; empty where nothing speaks against it."""
