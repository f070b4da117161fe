"""Forecast: children to come and what they will cost, with the range of each."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.composing.wording import day, marks, percent, plain, pounds
from assistant.exporting import Block, Lead, Paragraph, ToComplete
from assistant.narrative.evidence import Evidence
from assistant.narrative.quoting import quotations
from assistant.narrative.telling import WITHHELD, care, figure, millions, table
from tools.forecast_demand import FORECAST_DEMAND
from tools.forecast_spend import FORECAST_SPEND
from tools.forecasting import Range
from tools.found_demand import DemandForecast
from tools.found_forecast_spend import SpendForecast


def forecast(evidence: Evidence) -> Iterator[Block]:
    """Children, then spend; each with what the range means."""
    yield from _children(evidence)
    yield from _spend(evidence)
    said = quotations(evidence, "forecast")
    if said:
        yield Paragraph(
            text="The council's own documents forecast as follows. Their method is not"
            " known here, so the two may differ:"
        )
        yield from said
    yield Paragraph(
        text="A forecast carries on what the records show. It knows nothing of homes"
        " that will open or close, of changes in law, or of what the intentions below"
        " will do."
    )
    yield ToComplete(
        whose="the council",
        items=(
            "Changes that it expects and that past years do not show, such as new"
            " housing, transfers of unaccompanied children or early help",
            "The growth that the medium-term financial plan allows",
        ),
    )


def _children(evidence: Evidence) -> Iterator[Block]:
    found: DemandForecast | None = evidence.data("demand")
    entry = evidence.get("demand")
    if entry is None or found is None or found.children is None:
        yield Lead(text="The records held are too short to forecast from.")
        return
    mark, ahead = marks(entry, FORECAST_DEMAND.name), found.children
    last = day(found.by_month[-1].day)
    about = "" if found.exact else "about "
    now = (
        f", against {about}{plain(found.children_now)} now"
        if found.children_now is not None
        else ""
    )
    yield Lead(
        text=f"On {last}, {plain(ahead.p50)} children are expected{now}; in eight"
        f" futures of ten there are between {plain(ahead.p10)} and {plain(ahead.p90)}"
        f" {mark}."
    )
    yield Paragraph(text=_means(found, ahead))
    if found.enter_a_year and found.leave_a_year:
        yield Paragraph(
            text=f"The forecast rests on about {plain(found.enter_a_year.p50)} children"
            f" who enter care in a year and {plain(found.leave_a_year.p50)} who leave"
            f" it {mark}."
        )
    charts = entry.result.charts
    yield from figure(
        charts[0] if charts else None, "Children in care to come", mark, evidence
    )
    yield from _types(evidence, found, mark, last)


def _means(found: DemandForecast, ahead: Range) -> str:
    """Whether the range tells a rise or a fall."""
    now = found.children_now
    if now is None or ahead.p10 <= now <= ahead.p90:
        return (
            "The range holds today's number, so neither a rise nor a fall can be"
            " planned on."
            if now is not None
            else "Today's number is withheld, so no rise or fall can be told."
        )
    way = "rise" if now < ahead.p10 else "fall"
    return f"The whole range lies to one side of today's number: a {way} is likely."


def _types(
    evidence: Evidence, found: DemandForecast, mark: str, last: str
) -> Iterator[Block]:
    yield from table(
        evidence,
        f"Children by type of placement, now and on {last}",
        mark,
        ("Type of placement", "Now", "Low (P10)", "Middle (P50)", "High (P90)"),
        [
            (
                care(row.placement_type or ""),
                WITHHELD if row.now is None else plain(row.now),
                plain(row.ahead.p10),
                plain(row.ahead.p50),
                plain(row.ahead.p90),
            )
            for row in found.by_type
        ],
    )


def _spend(evidence: Evidence) -> Iterator[Block]:
    found: SpendForecast | None = evidence.data("spend_ahead")
    entry = evidence.get("spend_ahead")
    if entry is None or found is None or not found.by_period:
        return
    mark = marks(entry, FORECAST_SPEND.name)
    first = found.by_period[0]
    yield Paragraph(
        text=f"Spend in {first.name} is expected to be {millions(first.total.p50)}, and"
        f" in eight futures of ten between {millions(first.total.p10)} and"
        f" {millions(first.total.p90)} {mark}.{_drivers(found, mark)}"
    )
    yield from table(
        evidence,
        "Spend on placements to come, by financial year",
        mark,
        ("Year", "Low (P10)", "Middle (P50)", "High (P90)"),
        [
            (row.name, *map(pounds, (row.total.p10, row.total.p50, row.total.p90)))
            for row in found.by_period
        ],
    )
    charts = entry.result.charts
    yield from figure(
        charts[0] if charts else None, "Spend on placements to come", mark, evidence
    )


def _drivers(found: SpendForecast, mark: str) -> str:
    if not found.drivers:
        return ""
    first = max(found.drivers, key=lambda driver: driver.share)
    return (
        f" How wide the range is comes most of all from {first.source}, which make up"
        f" {percent(first.share)} of the variance {mark}."
    )
