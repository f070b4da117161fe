"""What a home costs its provider to run, from its staff up.

All lines are pounds a week for the whole home. Staff are paid for shifts that cover
the day and the night all week; cover pays for the hours of those who are on leave, ill
or in training; on-costs are employer's National Insurance and pension.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from corpus.models import Frozen
from tools.assumptions import WEEKS_A_YEAR

CONTRACT_HOURS: Final = 37.5
"""A full-time week, from which a full-time year's pay follows."""

_FULL_TIME_HOURS: Final = CONTRACT_HOURS * WEEKS_A_YEAR
_DAYS: Final = 7


class Inputs(Frozen):
    """What the cost follows from."""

    places: int
    occupancy: float
    """Share of places filled, over 0 to 1."""
    staff_per_shift: float
    waking_night_staff: float
    sleep_in_staff: float
    therapy_hours: float
    """A week for the home."""
    hourly_rate: float
    """Pounds, of care staff before on-costs."""
    margin: float
    """A share of cost, put on top."""
    night_hours: float
    """Length of a night shift; the day has the other hours of 24."""
    sleep_in_payment: float
    """Pounds a night."""
    insurance_rate: float
    """Employer's National Insurance on pay over the threshold."""
    insurance_threshold: float
    """Pounds a year."""
    pension_rate: float
    """Employer's contribution on qualifying earnings."""
    pension_threshold: float
    """Pounds a year from which earnings qualify."""
    leave_weeks: float
    sickness_weeks: float
    training_weeks: float
    manager_pay: float
    """Pounds a year of the registered manager, before on-costs."""
    deputy_pay: float
    """Pounds a year of deputies and seniors off the rota, before on-costs."""
    premises: float
    """Pounds a week for each place: rent or its value, repairs, utilities."""
    running: float
    """Pounds a week for the home: insurance, registration, recruitment, transport."""
    supplies: float
    """Pounds a week for each child: food, clothing, activities, allowances."""
    therapy_rate: float
    """Pounds an hour, all included."""
    education: float
    """Pounds a week for each child; 0 where it is paid for apart."""
    overhead: float
    """Head office, as a share of all direct costs."""


class CostLine(Frozen):
    """One line of the cost."""

    name: str
    working: str
    """The sum in figures."""
    weekly: float
    """Pounds a week for the home."""


class DeliveryCost(Frozen):
    """The cost of a home, line by line."""

    lines: tuple[CostLine, ...]
    """Margin last; they add up to `weekly`."""
    weekly: float
    """Pounds a week for the home."""
    beds_filled: float

    @property
    def a_year(self) -> float:
        """Pounds a year for the home, at 52.14 weeks."""
        return self.weekly * WEEKS_A_YEAR

    @property
    def per_child(self) -> float:
        """Pounds a week for each filled bed: the price that covers the lines."""
        return self.weekly / self.beds_filled


def on_costs(annual_pay: float, inputs: Inputs) -> float:
    """Employer's National Insurance and pension, as a share of a year's pay over 0.

    Each is its rate times the part of the pay over its threshold.
    """
    insured = max(annual_pay - inputs.insurance_threshold, 0)
    pensioned = max(annual_pay - inputs.pension_threshold, 0)
    paid = inputs.insurance_rate * insured + inputs.pension_rate * pensioned
    return paid / annual_pay


def cover(inputs: Inputs) -> float:
    """Hours paid to others for each hour on the rota: weeks away over weeks worked."""
    away = inputs.leave_weeks + inputs.sickness_weeks + inputs.training_weeks
    return away / (WEEKS_A_YEAR - away)


def delivery_cost(inputs: Inputs) -> DeliveryCost:
    """The cost of running a home for a week.

    care      staff · hours · 7 · rate · (1 + on-costs) · (1 + cover)
    sleep-ins staff · 7 · payment · (1 + on-costs)
    salaries  pay · (1 + on-costs) / 52.14
    overhead  share · all the lines above;  margin  share · all with overhead
    """
    lines = [*_staff(inputs), *_salaries(inputs), *_other(inputs)]
    direct = sum(line.weekly for line in lines)
    overhead = direct * inputs.overhead
    lines.append(
        _line("head office", f"{inputs.overhead:.0%} of £{direct:,.0f}", overhead)
    )
    cost = direct + overhead
    margin = cost * inputs.margin
    lines.append(_line("margin", f"{inputs.margin:.0%} of £{cost:,.0f}", margin))
    return DeliveryCost(
        lines=tuple(lines),
        weekly=cost + margin,
        beds_filled=inputs.places * inputs.occupancy,
    )


def costs_by_occupancy(
    inputs: Inputs, occupancies: tuple[float, ...]
) -> Mapping[float, float]:
    """Pounds a week for each filled bed, at each occupancy."""
    return {
        each: delivery_cost(inputs.model_copy(update={"occupancy": each})).per_child
        for each in occupancies
    }


def _staff(inputs: Inputs) -> list[CostLine]:
    rate = inputs.hourly_rate
    on_top = on_costs(rate * _FULL_TIME_HOURS, inputs)
    factor = (1 + on_top) * (1 + cover(inputs))
    added = f"on-costs {on_top:.1%}, cover {cover(inputs):.1%}"
    shifts = (
        ("day shifts", inputs.staff_per_shift, 24 - inputs.night_hours),
        ("waking nights", inputs.waking_night_staff, inputs.night_hours),
    )
    lines = [
        _line(
            name,
            f"{staff:g} staff × {hours:g} hours × {_DAYS} days × £{rate:.2f}; {added}",
            staff * hours * _DAYS * rate * factor,
        )
        for name, staff, hours in shifts
    ]
    nights = inputs.sleep_in_staff * _DAYS
    payment = inputs.sleep_in_payment
    sleep_ins = _line(
        "sleep-ins",
        f"{inputs.sleep_in_staff:g} staff × {_DAYS} nights × £{payment:.2f};"
        f" on-costs {on_top:.1%}",
        nights * payment * (1 + on_top),
    )
    return [*lines, sleep_ins]


def _salaries(inputs: Inputs) -> list[CostLine]:
    rows = (
        ("registered manager", inputs.manager_pay),
        ("deputy and seniors", inputs.deputy_pay),
    )
    return [
        _line(
            name,
            f"£{pay:,.0f} a year; on-costs {on_costs(pay, inputs):.1%}",
            pay * (1 + on_costs(pay, inputs)) / WEEKS_A_YEAR,
        )
        for name, pay in rows
        if pay > 0
    ]


def _other(inputs: Inputs) -> list[CostLine]:
    children = inputs.places * inputs.occupancy
    hours, rate = inputs.therapy_hours, inputs.therapy_rate
    return [
        _line(
            "premises",
            f"{inputs.places} places × £{inputs.premises:,.0f}",
            inputs.places * inputs.premises,
        ),
        _line("running costs", "for the home", inputs.running),
        _line(
            "supplies and activities",
            f"{children:.3g} children × £{inputs.supplies:,.0f}",
            children * inputs.supplies,
        ),
        _line("therapy", f"{hours:g} hours × £{rate:.2f}", hours * rate),
        _line(
            "education",
            f"{children:.3g} children × £{inputs.education:,.0f}",
            children * inputs.education,
        ),
    ]


def _line(name: str, working: str, weekly: float) -> CostLine:
    return CostLine(name=name, working=working, weekly=weekly)
