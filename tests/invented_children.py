"""Invented children for tests: placements written to a data directory of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from corpus.children import Offer, Placement, Referral
from corpus.codes import Gender, Need, PlacementType, Route
from corpus.data_directory import DataDirectory, Kind
from corpus.dataset import Dataset, write_tables

AS_AT = date(2026, 3, 31)


def placement(
    number: int,
    *,
    child: str = "",
    local_authority: str = "Kent",
    started: date = date(2025, 6, 1),
    ended: date | None = None,
    placement_type: PlacementType | None = PlacementType.FOSTERING,
    age: int | None = 12,
    gender: Gender | None = Gender.MALE,
    needs: Sequence[Need] = (),
    weekly_cost: float | None = None,
    distance_miles: float | None = None,
) -> Placement:
    return Placement(
        placement_id=f"P{number}",
        child_id=child or f"C{number}",
        local_authority=local_authority,
        started=started,
        ended=ended,
        placement_type=placement_type,
        place_code="U6",
        place_provider=None,
        legal_status=None,
        need_code=None,
        reason_new=None,
        reason_ended=None,
        reason_changed=None,
        age_at_start=age,
        gender=gender,
        uasc=None,
        needs=tuple(needs),
        risk_scores=(),
        urn=None,
        provider_id=None,
        host_authority=None,
        distance_miles=distance_miles,
        distance_reason=None,
        route=Route.SPOT,
        weekly_social_care=weekly_cost,
        weekly_education=None,
        weekly_health=None,
        packages_included=None,
        previous_placement_id=None,
        previous_type=None,
        needs_met=None,
        notice=None,
        planned_end=None,
        solo=None,
        dols=None,
    )


def referral(number: int, *, local_authority: str = "Kent") -> Referral:
    return Referral(
        referral_id=f"R{number}",
        child_id=f"C{number}",
        local_authority=local_authority,
        made_on=date(2025, 6, 1),
        needed_by=date(2025, 6, 8),
        notice="planned",
        age=12,
        gender=Gender.MALE,
        needs=(Need.CSE,),
        risk_scores=(3,),
        sought_type=PlacementType.FOSTERING,
        also_suitable=(),
        sought_within_miles=20.0,
        siblings=1,
        solo=False,
        placement_id=None,
        secured_type=None,
        secured_on=None,
    )


def offer(number: int, urn: str = "SC1", price: float | None = 900.0) -> Offer:
    return Offer(
        referral_id=f"R{number}",
        urn=urn,
        sent_on=date(2025, 6, 2),
        response="offered" if price else "no_reply",
        responded_on=None,
        refusal_reason=None,
        weekly_price=price,
    )


def dataset_of(
    root: Path,
    placements: Sequence[Placement],
    *,
    kind: Kind = "demonstration",
    seed: int = 1,
    referrals: Sequence[Referral] = (),
    offers: Sequence[Offer] = (),
) -> Dataset:
    directory = DataDirectory(root)
    rows = {"placements": placements, "referrals": referrals, "offers": offers}
    write_tables(directory, rows, kind, AS_AT, seed if kind != "real" else None)
    return Dataset.open(directory)
