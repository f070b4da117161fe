"""What the cost of delivery rests on: defaults by kind of home, with their sources.

Statutory values are facts of the day; where no published value was found the source
says that it is our assumption, at the prices of 2025/26.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from corpus.codes import PlacementType
from tools.assumptions import OUR_ASSUMPTION, Assumption

NATIONAL_LIVING_WAGE: Final = {
    date(2021, 4, 1): 8.91,
    date(2022, 4, 1): 9.50,
    date(2023, 4, 1): 10.42,
    date(2024, 4, 1): 11.44,
    date(2025, 4, 1): 12.21,
    date(2026, 4, 1): 12.71,
}
"""Pounds an hour from each day: GOV.UK, National Minimum Wage rates."""

_WAGE_SOURCE: Final = "GOV.UK, National Minimum Wage and National Living Wage rates"
_INSURANCE: Final = "GOV.UK, rates and thresholds for employers 2025 to 2026"
_PENSION: Final = "The Pensions Regulator, automatic enrolment earnings threshold"
_LEAVE: Final = "GOV.UK, holiday entitlement: 5.6 weeks by law"
_INTERVIEW: Final = (
    "a children's home manager on costs, The Guardian, reprinted in London Daily"
)
_THIS_YEAR: Final = date(2025, 4, 1)
_NI_FROM: Final = date(2025, 4, 6)

MODELLED: Final = (
    PlacementType.RESIDENTIAL,
    PlacementType.SUPPORTED_ACCOMMODATION,
)
"""Kinds that are a staffed building."""

_PREMIUM: Final = 0.15
"""Care staff's hourly pay over the National Living Wage: our assumption."""

_BY_KIND: Final[Mapping[str, tuple[float, float]]] = {
    "places": (4, 5),
    "occupancy": (0.85, 0.9),
    "staff_per_shift": (3, 1),
    "waking_night_staff": (1, 0),
    "sleep_in_staff": (1, 1),
    "manager_pay": (50_000, 40_000),
    "deputy_pay": (38_000, 0),
    "premises": (230, 190),
    "running": (450, 250),
    "supplies": (220, 60),
}
"""Values that differ: children's home, supported accommodation."""


def living_wage(on: date) -> Assumption:
    """The National Living Wage on a day; of days before the table, its first."""
    starts = [day for day in NATIONAL_LIVING_WAGE if day <= on]
    start = max(starts, default=min(NATIONAL_LIVING_WAGE))
    return Assumption(
        name="National Living Wage",
        value=NATIONAL_LIVING_WAGE[start],
        unit="£ an hour",
        source=_WAGE_SOURCE,
        as_at=start,
    )


def defaults(kind: PlacementType, on: date) -> dict[str, Assumption]:
    """Every value that the cost follows from, by its field of `delivery_cost.Inputs`.

    Args:
        kind: One of `MODELLED`.
        on: Day whose National Living Wage is paid.
    """
    of_kind = {name: values[MODELLED.index(kind)] for name, values in _BY_KIND.items()}
    wage = living_wage(on)
    rate = round(wage.value * (1 + _PREMIUM), 2)
    interview = kind is PlacementType.RESIDENTIAL
    return {
        "places": _ours("places", of_kind["places"], "beds", "places"),
        "occupancy": _ours("occupancy", of_kind["occupancy"], "of beds filled",
                           "occupancy"),
        "staff_per_shift": _ours("staff on a day shift", of_kind["staff_per_shift"],
                                 "at a time", "staff_per_shift"),
        "waking_night_staff": _ours("waking night staff", of_kind["waking_night_staff"],
                                    "a night", "waking_night_staff"),
        "sleep_in_staff": _ours("sleep-in staff", of_kind["sleep_in_staff"], "a night",
                                "sleep_in_staff"),
        "therapy_hours": _ours("therapy", 0, "hours a week", "therapy_hours"),
        "hourly_rate": Assumption(
            name="care staff's pay", value=rate, unit="£ an hour",
            source=f"the National Living Wage of £{wage.value:.2f} ({_WAGE_SOURCE}) and"
            f" {_PREMIUM:.0%}, {OUR_ASSUMPTION}",
            as_at=wage.as_at, argument="hourly_rate"),
        "margin": _ours("margin", 0.1, "of cost, on top", "margin"),
        "night_hours": _ours("night shift", 9, "hours"),
        "sleep_in_payment": _ours("sleep-in payment", 60, "£ a night"),
        "insurance_rate": _fact("employer's National Insurance", 0.15,
                                "of pay over the threshold", _INSURANCE, _NI_FROM),
        "insurance_threshold": _fact("National Insurance threshold", 5_000, "£ a year",
                                     _INSURANCE, _NI_FROM),
        "pension_rate": _fact("employer's pension contribution", 0.03,
                              "of qualifying earnings", _PENSION, _THIS_YEAR),
        "pension_threshold": _fact("pension lower threshold", 6_240, "£ a year",
                                   _PENSION, _THIS_YEAR),
        "leave_weeks": _fact("statutory leave", 5.6, "weeks a year", _LEAVE,
                             _THIS_YEAR),
        "sickness_weeks": _ours("sickness", 2, "weeks a year"),
        "training_weeks": _ours("training and supervision", 1.5, "weeks a year"),
        "manager_pay": _fact("registered manager's pay", of_kind["manager_pay"],
                             "£ a year", _INTERVIEW if interview else OUR_ASSUMPTION,
                             None if interview else _THIS_YEAR),
        "deputy_pay": _ours("deputy's pay", of_kind["deputy_pay"], "£ a year"),
        "premises": _ours("premises", of_kind["premises"], "£ a week for each place"),
        "running": _ours("running costs", of_kind["running"], "£ a week"),
        "supplies": _ours("supplies and activities", of_kind["supplies"],
                          "£ a week for each child"),
        "therapy_rate": _ours("therapist", 75, "£ an hour, all included"),
        "education": _ours("education", 0, "£ a week for each child"),
        "overhead": _ours("head office", 0.12, "of direct costs"),
    }  # fmt: skip


def _ours(
    name: str, value: float, unit: str, argument: str | None = None
) -> Assumption:
    return Assumption(
        name=name,
        value=value,
        unit=unit,
        source=OUR_ASSUMPTION,
        as_at=_THIS_YEAR,
        argument=argument,
    )


def _fact(
    name: str, value: float, unit: str, source: str, as_at: date | None
) -> Assumption:
    return Assumption(name=name, value=value, unit=unit, source=source, as_at=as_at)
