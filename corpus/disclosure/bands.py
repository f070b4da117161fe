"""Published bands, and the filters that snap to them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from corpus.codes import Gender, Need, PlacementType, Route
from corpus.models import Frozen


class Dimension(StrEnum):
    """What figures about children can be grouped by."""

    LOCAL_AUTHORITY = "local_authority"
    """The authority that places and pays."""
    PLACEMENT_TYPE = "placement_type"
    """Of a referral and its offers, the type sought."""
    SECURED_TYPE = "secured_type"
    ROUTE = "route"
    GENDER = "gender"
    AGE_BAND = "age_band"
    NEED = "need"
    """A child with several needs stands in several groups."""
    PROVIDER = "provider"
    """By its provider_id."""
    RATING = "rating"
    """The setting's latest overall grade."""
    YEAR = "year"
    """Financial year in which the placement began, or the referral was made or sent."""
    QUARTER = "quarter"
    DISTANCE_BAND = "distance_band"
    OUT_OF_AREA = "out_of_area"
    """Whether the child lives outside the placing authority: "yes" or "no"."""
    RESPONSE = "response"
    REFUSAL_REASON = "refusal_reason"
    NOTICE = "notice"
    SETTING = "setting"
    """By its URN."""
    ENDING = "ending"
    """How a placement ended: "planned" or "unplanned"; not recorded while it lasts."""


NOT_RECORDED: Final = "not recorded"
"""Group of the rows whose source does not say."""

AGE_STARTS: Final = (0, 1, 5, 10, 16, 18)
"""First age of each band: DfE's bands of children looked after, and 18 and over."""
AGE_LABELS: Final = ("0", "1 to 4", "5 to 9", "10 to 15", "16 to 17", "18 and over")
OLDEST: Final = 25
"""Oldest age that can be asked for."""

DISTANCE_STARTS: Final = (0.0, 20.0, 50.0, 100.0)
"""Lower edge of each band, in miles; 20 is DfE's, the others divide the rest."""
DISTANCE_LABELS: Final = (
    "20 miles or less",
    "over 20 to 50 miles",
    "over 50 to 100 miles",
    "over 100 miles",
)


class Filters(Frozen):
    """Which rows a figure is about; what is empty or None does not restrict."""

    local_authority: tuple[str, ...] = ()
    placement_type: tuple[PlacementType, ...] = ()
    secured_type: tuple[PlacementType, ...] = ()
    gender: Gender | None = None
    age_from: int | None = None
    age_to: int | None = None
    """Inclusive."""
    needs: tuple[Need, ...] = ()
    """All of them."""
    any_needs: tuple[Need, ...] = ()
    """At least one of them."""
    route: Route | None = None
    provider: str | None = None
    """A provider_id."""
    urns: tuple[str, ...] = ()
    """Settings, by URN."""
    out_of_area: bool | None = None
    min_distance_miles: float | None = None
    """Rows further away than this."""
    max_distance_miles: float | None = None
    """Rows as far away as this, or nearer."""
    year: str | None = None
    """Financial year in which the row's date falls, such as 2024/25."""
    since: date | None = None
    """Rows dated then or later."""
    on: date | None = None
    """Placements that lasted on that day; children's ages are those of the day."""


def financial_year(day: date) -> str:
    """The financial year of a day: April to March, such as 2024/25."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def quarter_start(day: date) -> date:
    """The first day of a day's quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_end(day: date) -> date:
    """The last quarter's end on or before a day."""
    start = quarter_start(day)
    following = date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1)
    one_day = date.resolution
    return day if day + one_day == following else start - one_day


def snapped(filters: Filters, as_at: date | None) -> tuple[Filters, tuple[str, ...]]:
    """The filters widened to published bands, and a sentence for each that changed.

    Ages and distances widen to whole bands; `since` to its quarter's first day; `on`
    moves to the last quarter's end, but `as_at`, the data's own day, stands.
    """
    changes = {
        **_snapped_ages(filters),
        **_snapped_distances(filters),
        **_snapped_days(filters, as_at),
    }
    said = tuple(
        f"{name} {getattr(filters, name)} was read as {value},"
        " the published band that holds it."
        for name, value in changes.items()
        if value != getattr(filters, name)
    )
    return filters.model_copy(update=changes), said


def _snapped_ages(filters: Filters) -> dict[str, int]:
    ages: dict[str, int] = {}
    if filters.age_from is not None:
        ages["age_from"] = max(
            (a for a in AGE_STARTS if a <= filters.age_from), default=0
        )
    if filters.age_to is not None:
        ages["age_to"] = min(
            (start - 1 for start in AGE_STARTS if start > filters.age_to),
            default=OLDEST,
        )
    return ages


def _snapped_distances(filters: Filters) -> dict[str, float | None]:
    miles: dict[str, float | None] = {}
    if filters.min_distance_miles is not None:
        least = filters.min_distance_miles
        miles["min_distance_miles"] = max(
            (d for d in DISTANCE_STARTS[1:] if d <= least), default=None
        )
    if filters.max_distance_miles is not None:
        most = filters.max_distance_miles
        miles["max_distance_miles"] = min(
            (d for d in DISTANCE_STARTS[1:] if d >= most), default=None
        )
    return miles


def _snapped_days(filters: Filters, as_at: date | None) -> dict[str, date]:
    days: dict[str, date] = {}
    if filters.since is not None:
        days["since"] = quarter_start(filters.since)
    if filters.on is not None and filters.on != as_at:
        days["on"] = quarter_end(filters.on)
    return days
