"""Rows about buying: block contracts, foster households and fees, prices over time."""

from __future__ import annotations

from datetime import date

from corpus.codes import PlacementType
from corpus.models import Frozen


class BlockContract(Frozen):
    """Beds bought ahead, whether they are used or not."""

    contract_id: str
    provider_id: str
    local_authority: str
    placement_type: PlacementType
    beds: int
    weekly_price: float
    """Pounds a week for each bed."""
    void_share: float
    """Part of the cost of an empty bed that the authority bears, 0 to 1."""
    annual_uplift: float
    started: date
    ends: date


class FosterHousehold(Frozen):
    """One approved fostering household, in-house or of an agency."""

    household_id: str
    local_authority: str
    """Where it lives."""
    urn: str | None
    """The agency's setting; None for an authority's own carers."""
    approved_places: int
    approved_on: date
    left_on: date | None
    """None while it fosters."""


class FosteringFee(Frozen):
    """What one authority pays its own carers a week, fee and allowance apart."""

    local_authority: str
    age_from: int
    age_to: int
    weekly_allowance: float
    weekly_fee: float
    year: str
    """Financial year, such as 2025/26."""


class PriceIndex(Frozen):
    """The level of placement prices in one financial year."""

    placement_type: PlacementType
    year: str
    index: float
    """1.0 in the year of the dataset's as-at date."""


class PublishedFigure(Frozen):
    """A real, published figure, carried as a fact with its source."""

    subject: str
    """What it measures, such as "children looked after"."""
    local_authority: str | None
    """None for a figure of the region or of England."""
    area: str
    """The authority, "South East" or "England"."""
    value: float | None
    """None where the publisher suppressed it; `symbol` says how."""
    symbol: str | None
    """The publisher's symbol in place of a value: c, z, x or k."""
    unit: str
    as_at: date
    source: str
    """Publisher, title and date."""
