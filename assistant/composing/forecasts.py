"""The answers of the two forecasts: what is expected, and the range about it."""

from __future__ import annotations

from assistant.composing.asked import kind_asked, of_place, place_asked, possessive
from assistant.composing.part import Part
from assistant.composing.wording import (
    NOT_TOLD,
    asks,
    day,
    listed,
    marks,
    number_of,
    percent,
    plain,
    pounds,
)
from assistant.ledger import Entry, Ledger
from tools.forecast_demand import FORECAST_DEMAND
from tools.forecast_spend import FORECAST_SPEND
from tools.forecasting import Range
from tools.found_demand import DemandForecast, GroupDemand
from tools.found_forecast_spend import PeriodSpend, SpendForecast
from tools.kinds_of_care import kind_of_care

_RANGE = "eight futures in ten lie between"


def compose_forecast_spend(question: str, entry: Entry, ledger: Ledger) -> Part:
    """Spend to the year's end where no months were asked for; else of all months."""
    found: SpendForecast = entry.result.data
    mark = marks(entry, FORECAST_SPEND.name)
    if found.whole is None:
        return _nothing(entry, found.exact)
    periods = [*found.by_period[:1], found.whole] if found.months_chosen else []
    said = [_period(found, period, entry, mark) for period in periods or [found.whole]]
    if found.months_chosen and asks(question, "medium term", "years", "long term"):
        said.reverse()
    return Part(
        status="answered",
        lead=said[0],
        rests_on=(
            *(text.replace("**", "") for text in said[1:]),
            *_history(found, marks(entry, "placements")),
            _parts(found, mark),
            *_types(found, mark),
            *_drivers(found, mark),
        ),
        assumed=_ahead(found, mark),
        not_known=_spend_not_known(found, mark),
        suggestions=_spend_suggestions(entry),
    )


def _nothing(entry: Entry, exact: bool) -> Part:
    """Why nothing can be forecast, in the tool's own words."""
    why = entry.result.caveats[0].rstrip(".")
    return Part(
        status="not_in_evidence",
        lead=f"**Nothing can be forecast.** {why} {marks(entry)}.",
    )


def _period(found: SpendForecast, period: PeriodSpend, entry: Entry, mark: str) -> str:
    kind = kind_asked(entry.call.arguments)
    on = f" on {kind}" if kind else ""
    whose = place_asked(entry.call.arguments, "all authorities together")
    spent = f", {pounds(period.spent)} of it spent already" if period.spent else ""
    scenario = f" in the {found.scenario} scenario" * (found.scenario != "central")
    when = _when(found, period)
    return (
        f"**{pounds(period.total.p50)} is expected {when}**{on}{scenario}"
        f" ({whose}, to {day(period.last_day)}){spent}; {_RANGE}"
        f" {pounds(period.total.p10)} and {pounds(period.total.p90)} {mark}."
    )


def _when(found: SpendForecast, period: PeriodSpend) -> str:
    if period is found.whole:
        return f"over the next {number_of(found.months, 'month', 'months')}"
    return f"for {period.name}"


def _history(found: SpendForecast, mark: str) -> tuple[str, ...]:
    if found.last_year is None:
        return ()
    about = "" if found.exact else "about "
    before = (
        f", and {about}{pounds(found.year_before)} in the year before"
        if found.year_before is not None
        else ""
    )
    return (
        f"In the twelve months to {day(found.as_at)} it was {about}"
        f"{pounds(found.last_year)}{before} {mark}.",
    )


def _parts(found: SpendForecast, mark: str) -> str:
    assert found.whole is not None
    whole = found.whole
    trend = (
        f" Last year's spend and its trend alone would give {pounds(whole.by_trend)}"
        f" {mark}."
        if whole.by_trend is not None
        else ""
    )
    return (
        f"Of all to come, {pounds(whole.live.p50)} is for today's"
        f" placements and {pounds(whole.new.p50)} for those that begin later"
        f" {mark}.{trend}"
    )


def _types(found: SpendForecast, mark: str) -> tuple[str, ...]:
    if len(found.by_type) < 2:
        return ()
    dearest = sorted(found.by_type, key=lambda row: -row.total.p50)[:3]
    said = [
        f"{kind_of_care(row.placement_type)} {pounds(row.total.p50)}" for row in dearest
    ]
    return (f"Most of it goes on {listed(said)} {mark}.",)


def _drivers(found: SpendForecast, mark: str) -> tuple[str, ...]:
    if not found.drivers:
        return ()
    first = found.drivers[0]
    return (
        f"The range comes most of all from {first.source}, {percent(first.share)} of"
        f" the variance {mark}.",
    )


def _ahead(found: SpendForecast | DemandForecast, mark: str) -> tuple[str, ...]:
    """How far ahead was looked, where the question did not say."""
    if not found.months_chosen:
        return ()
    months = number_of(found.months, "month", "months")
    return (f"{months} ahead, since no time was named {mark}.",)


def _spend_not_known(found: SpendForecast, mark: str) -> tuple[str, ...]:
    lines = []
    if found.last_year is None:
        lines.append(f"what was spent in the last twelve months {mark}.")
    if any(row.children_now is None for row in found.by_type):
        lines.append(f"numbers of children marked c are {NOT_TOLD} {mark}.")
    return tuple(lines)


def _spend_suggestions(entry: Entry) -> tuple[str, ...]:
    asked = entry.call.arguments
    place = of_place(asked)
    return (
        f"What will {possessive(asked)} spend be over the next 24 months if prices rise"
        " 5% a year?",
        f"How many children{place} will need foster care in three years?",
        f"Which providers got the most money{place} last year?",
    )


def compose_forecast_demand(question: str, entry: Entry, ledger: Ledger) -> Part:
    """Children at the end of the forecast against today's, with the range."""
    found: DemandForecast = entry.result.data
    mark = marks(entry, FORECAST_DEMAND.name)
    if found.children is None:
        return _nothing(entry, found.exact)
    return Part(
        status="answered",
        lead=_children(found, entry, mark),
        rests_on=(*_flows(found, mark), *_moves(found, mark), *_ages(found, mark)),
        assumed=_ahead(found, mark),
        not_known=_demand_not_known(found, mark),
        suggestions=_demand_suggestions(entry),
    )


def _children(found: DemandForecast, entry: Entry, mark: str) -> str:
    ahead = found.children
    assert ahead is not None
    kind = kind_asked(entry.call.arguments)
    what = f"children in {kind}" if kind else "children in care"
    whose = place_asked(entry.call.arguments, "all authorities together")
    about = "" if found.exact else "about "
    now = (
        f"{about}{plain(found.children_now)}"
        if found.children_now is not None
        else f"a number that is {NOT_TOLD},"
    )
    return (
        f"**{plain(ahead.p50)} {what} are expected on {day(found.by_month[-1].day)}**"
        f" ({whose}), against {now} on {day(found.as_at)}; {_RANGE} {_span(ahead)}"
        f" {mark}."
    )


def _span(ahead: Range) -> str:
    return f"{plain(ahead.p10)} and {plain(ahead.p90)}"


def _flows(found: DemandForecast, mark: str) -> tuple[str, ...]:
    enter, leave = found.enter_a_year, found.leave_a_year
    if enter is None or leave is None:
        return ()
    return (
        f"About {plain(enter.p50)} children enter care a year, and {plain(leave.p50)}"
        f" leave it {mark}.",
    )


def _moves(found: DemandForecast, mark: str) -> tuple[str, ...]:
    """The types that grow and shrink the most, where several are forecast."""
    known = [row for row in found.by_type if row.now is not None]
    changed = [row for row in known if _change(row)]
    if len(found.by_type) < 2 or not changed:
        return ()
    most = sorted(changed, key=lambda row: -abs(_change(row)))[:2]
    said = [
        f"{kind_of_care(row.placement_type or '')}, {plain(row.now or 0)} now and"
        f" {plain(row.ahead.p50)} then"
        for row in most
    ]
    return (f"The types that change most: {'; '.join(said)} {mark}.",)


def _change(row: GroupDemand) -> float:
    return row.ahead.p50 - (row.now or 0)


def _ages(found: DemandForecast, mark: str) -> tuple[str, ...]:
    if len(found.by_age) < 2:
        return ()
    said = [f"{plain(row.ahead.p50)} of {row.age_band}" for row in found.by_age]
    return (f"By age then: {listed(said)} {mark}.",)


def _demand_not_known(found: DemandForecast, mark: str) -> tuple[str, ...]:
    lines = []
    if any(row.now is None for row in (*found.by_type, *found.by_type_and_age)):
        lines.append(f"today's numbers marked c are {NOT_TOLD} {mark}.")
    return tuple(lines)


def _demand_suggestions(entry: Entry) -> tuple[str, ...]:
    asked = entry.call.arguments
    place = of_place(asked)
    return (
        f"What will {possessive(asked)} spend on placements be over the next three"
        " years?",
        f"What is sought against secured for foster care{place}?",
        f"How many children{place} are placed, by placement type?",
    )
