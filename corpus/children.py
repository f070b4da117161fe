"""Rows about children: placements, referrals, and the offers made to referrals.

Child-level rows belong to the authority that places the child. Codes are those of the
SSDA903 return where it has one; None means that the source does not say.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from corpus.codes import Gender, Need, PlacementType, Route
from corpus.models import Frozen

NeedsMet = Literal["fully", "mostly", "partly", "not"]
"""How well a placement meets the child's needs, as the social worker judged it."""

Notice = Literal["planned", "short_notice", "same_day"]
"""How much notice there was of a placement."""

Response = Literal["offered", "refused", "no_reply"]
"""What a provider said to a referral."""

RefusalReason = Literal[
    "no_vacancy", "matching", "risk_to_others", "needs_beyond_offer", "age_or_gender",
    "staffing", "location", "ofsted_concern", "other",
]  # fmt: skip


class Placement(Frozen):
    """One placement of one child: an unbroken stay with one carer or setting."""

    placement_id: str
    child_id: str
    """A pseudonym within the placing authority; never a name."""
    local_authority: str
    """The authority that places and pays."""
    started: date
    ended: date | None
    """None while the placement lasts."""
    placement_type: PlacementType | None
    """None where no provider is sought for such a placement: with parents, placed for
    adoption, in hospital or in custody, on a temporary move."""
    place_code: str | None
    """SSDA903 PLACE, such as K2 or U6."""
    place_provider: str | None
    """SSDA903 PLACE_PROVIDER, PR0 to PR5."""
    legal_status: str | None
    """SSDA903 LS."""
    need_code: str | None
    """SSDA903 CIN: the primary reason for being in care."""
    reason_new: str | None
    """SSDA903 RNE of the episode that began it."""
    reason_ended: str | None
    """SSDA903 REC; None while the placement lasts."""
    reason_changed: str | None
    """SSDA903 REASON_PLACE_CHANGE; None where the child did not move on."""
    age_at_start: int | None
    """Whole years; None where the date of birth is not known."""
    gender: Gender | None
    uasc: bool | None
    needs: tuple[Need, ...]
    """Needs and risks recorded; empty where none is, or where none were asked for."""
    risk_scores: tuple[int, ...]
    """For each of `needs`, its prevalence from 1 (least) to 5 (most); empty where
    nobody scored them."""
    urn: str | None
    """The setting, where it is known."""
    provider_id: str | None
    host_authority: str | None
    """The authority in whose area the child lives."""
    distance_miles: float | None
    """From home to placement."""
    distance_reason: str | None
    """Why the child is placed at a distance, in the words of the North West census."""
    route: Route | None
    weekly_social_care: float | None
    """Pounds a week borne by social care."""
    weekly_education: float | None
    weekly_health: float | None
    packages_included: bool | None
    """Whether additional packages are in the cost; None where it is not said."""
    previous_placement_id: str | None
    """None for the first placement of a period of care, and where the one before is
    not held."""
    previous_type: PlacementType | None
    needs_met: NeedsMet | None
    notice: Notice | None
    planned_end: bool | None
    """Whether it ended as planned; None while it lasts or where it is not said."""
    solo: bool | None
    dols: bool | None
    """Whether a deprivation of liberty order is in place."""


class Referral(Frozen):
    """One search for a home: what was sought, and what was secured."""

    referral_id: str
    child_id: str
    local_authority: str
    """The authority that searches."""
    made_on: date
    needed_by: date | None
    notice: Notice | None
    age: int
    gender: Gender | None
    needs: tuple[Need, ...]
    risk_scores: tuple[int, ...]
    sought_type: PlacementType
    """The type judged most suitable."""
    also_suitable: tuple[PlacementType, ...]
    """Types suitable but not preferred."""
    sought_within_miles: float | None
    siblings: int
    """How many children are to live together; 1 for one child."""
    solo: bool | None
    placement_id: str | None
    """The placement secured; None where the search ended without one."""
    secured_type: PlacementType | None
    secured_on: date | None


class Offer(Frozen):
    """One provider's answer to one referral."""

    referral_id: str
    urn: str
    sent_on: date
    response: Response
    responded_on: date | None
    """None where there was no reply."""
    refusal_reason: RefusalReason | None
    """None where it was not a refusal."""
    weekly_price: float | None
    """Pounds a week offered; None where nothing was."""
