"""What a search for homes gives back: the settings found, each with its verdicts."""

from __future__ import annotations

from datetime import date

from corpus.codes import Need, OfstedRating, PlacementType, Route, SupportedOutcome
from corpus.models import Frozen
from tools.criteria import GenderMix
from tools.matching import Criterion
from tools.similar_children import SimilarChildren


class PlaceDistance(Frozen):
    """How far a setting is from one of the places asked for."""

    place: str
    miles: float


class SettingMatch(Frozen):
    """One setting that may take the child, with each criterion's verdict."""

    urn: str
    setting: str
    provider: str
    placement_type: PlacementType
    town: str | None
    """None where the register withholds the address."""
    local_authority: str
    miles: float | None
    """Straight line from the place asked for: to the nearest part of an area, 0 inside
    it; the longest where several places are given; None where none is."""
    distances: tuple[PlaceDistance, ...]
    """From each place asked for; empty where `miles` is None."""
    rating: OfstedRating | None
    """Latest inspected grade; None where it has not been inspected."""
    inspected_on: date | None
    gender_mix: GenderMix
    """Whom it admits; who lives there now is not told."""
    needs_claimed: tuple[Need, ...]
    """Of the needs asked for, those that it claims to meet."""
    needs_not_stated: tuple[Need, ...]
    """Of the needs asked for, those that it neither claims nor excludes."""
    vacancies: int | None
    """None where it has not reported."""
    vacancies_as_at: date | None
    weekly_price: int | None
    """Lowest quoted price, pounds a week; None where none is known."""
    prices: dict[Route, int]
    """Quoted pounds a week by route, on framework and off; empty where unknown."""
    prices_as_at: date | None
    similar_children: SimilarChildren | None
    """Children like this one placed there before; None where neither age nor need is
    asked, or where the placements held are too few to tell."""
    criteria: tuple[Criterion, ...]
    doubts: tuple[str, ...] = ()
    """Why it is set apart; empty for a match without a doubt."""
    supported_outcome: SupportedOutcome | None = None
    """Of supported accommodation, which is given no grade; else None."""
    supported_outcome_on: date | None = None


class Unlawful(Frozen):
    """Settings that are never listed, because the law forbids the placement."""

    reason: str
    """The law, in words."""
    settings: int


class FoundProviders(Frozen):
    """The settings found, the doubtful ones apart, and how many were passed over."""

    matches: tuple[SettingMatch, ...]
    """Ranked, at most `limit`."""
    total_matches: int
    claiming: int
    """Of the matches, how many claim every need asked for; all where none is."""
    unconfirmed: int
    """Of the matches, how many do not state the ages or genders that they admit."""
    set_apart: tuple[SettingMatch, ...]
    """Fit what was asked, but inadequate, suspended or full; at most half of `limit`,
    so that they do not crowd out the rest."""
    total_set_apart: int
    compared: int
    """How many settings were compared."""
    excluded: dict[str, int]
    """Reasons, and how many settings each ruled out (one may fail on several)."""
    but_for: dict[str, int]
    """Of those reasons, which alone ruled settings out, and how many: they fit but for
    that one thing."""
    unlawful: tuple[Unlawful, ...]
    """What the law left out, each with the number of settings; empty for nothing."""
    places: tuple[str, ...]
    """The places that distances are measured from, by their usual names."""
    radius_miles: float | None
    """The distance applied; None where no place was given."""
    radius_assumed: bool
    ranked_by: str


def stands_in(match: SettingMatch) -> str:
    """Town and authority, each once: "Maidstone, Kent"; "Medway"."""
    parts = [*(match.town or "").split(", "), match.local_authority]
    return ", ".join(dict.fromkeys(part for part in parts if part))
