"""Everything known of one provider or setting, as provider_profile gives it back."""

from __future__ import annotations

from datetime import date
from typing import Literal

from corpus.codes import DocumentKind, PlacementType, Sector
from corpus.models import Frozen
from tools.documented import Documented
from tools.setting_record import SettingRecord
from tools.shown import Shown


class PlacementFigure(Frozen):
    """One figure about the children placed there, as the viewer may see it."""

    measure: str
    """In words, with its unit."""
    figure: Shown
    """Of every authority."""
    own: Shown | None
    """Of the viewer's own authority, exactly; None for a viewer without one."""


class FosterCarers(Frozen):
    """Approved households of an agency that foster now."""

    households: int
    approved_places: int


class BlockBeds(Frozen):
    """One block contract with one of the providers."""

    provider: str
    local_authority: str
    """The authority that buys the beds."""
    placement_type: PlacementType
    beds: int
    weekly_price: float
    """Pounds a week for each bed."""
    void_share: float
    """Part of the cost of an empty bed that the authority bears, 0 to 1."""
    annual_uplift: float
    started: date
    ends: date


class HeldDocument(Frozen):
    """A document held about one of the settings, or about its owner."""

    document_id: str
    title: str
    kind: DocumentKind
    published: date | None
    about: str | None
    """Setting or provider by the document's own words."""
    source: str
    """Path relative to where it was ingested from."""
    invented: bool


class OtherSetting(Frozen):
    """Another setting of the same group."""

    urn: str
    name: str
    provider: str
    placement_type: PlacementType | None
    local_authority: str


class ProviderRecord(Frozen):
    """Everything known of one provider, group or setting."""

    kind: Literal["setting", "provider", "group"]
    identifier: str
    """A URN, a provider_id or a group_id."""
    name: str
    providers: tuple[str, ...]
    """The organisations that own the settings."""
    group: str
    """The group that owns them."""
    sector: Sector
    settings: tuple[SettingRecord, ...]
    placements: tuple[PlacementFigure, ...]
    """Empty where no placements are held, or too few to tell."""
    foster_carers: FosterCarers | None
    """None where none of the settings is a fostering agency with households held."""
    block_contracts: tuple[BlockBeds, ...]
    """Of its providers, whichever of their settings fills the beds; the newest
    first."""
    documents: tuple[HeldDocument, ...]
    """By title."""
    documented: Documented
    """What those documents say: visits, and criteria unlike the tables'."""
    other_settings: tuple[OtherSetting, ...]
    """Of the same group; empty where the whole group is asked for."""
