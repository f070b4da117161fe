"""Distance and stability: how far from home children live, and whether places last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.composing.wording import (
    counted,
    day,
    listed,
    marks,
    number_of,
    percent,
    plain,
    told,
)
from assistant.exporting import Block, Lead, Paragraph, ToComplete
from assistant.narrative.evidence import Evidence
from assistant.narrative.quoting import quotations
from assistant.narrative.telling import (
    care,
    cell,
    figure,
    figure_of,
    more_than_half,
    share_cell,
    table,
    types_in_order,
)
from corpus.charts import Chart, Series
from corpus.disclosure.outcomes import Outcome
from tools.found_summary import PlacementSummary
from tools.shown import Shown

_OUTSIDE: Final = "outside the area"
_FAR: Final = "over 20 miles from home"


def distance(evidence: Evidence) -> Iterator[Block]:
    """Shares placed outside and far away, by type and over time; then stability."""
    yield from _shares(evidence)
    far = evidence.summary("far_by_type")
    if far is not None and not _mostly_unknown(evidence, far):
        yield from _by_type(evidence)
        yield from _over_time(evidence)
    yield from _stability(evidence)
    yield Paragraph(
        text="Distance is measured in a straight line from the home address recorded,"
        " and says nothing of why a child was placed there. The twenty miles are a"
        " convention, and not a rule of law."
    )
    yield ToComplete(
        whose="the council",
        items=(
            "How many children were placed far away by choice, for safety or to be"
            " with family",
            "Long-term stability and moves in the year, from its statutory return",
            "Brothers and sisters who live apart against their plan",
        ),
    )


def _shares(evidence: Evidence) -> Iterator[Block]:
    outside, far = evidence.summary("outside_by_type"), evidence.summary("far_by_type")
    if outside is None or far is None:
        yield Lead(text="The records held do not show how far from home children live.")
        return
    mark = _both(evidence, "outside_by_type", "far_by_type")
    parts = [
        f"{told(found.total, percent)} {where}"
        for found, where in ((outside, f"live {_OUTSIDE}"), (far, f"live {_FAR}"))
        if found.total.value is not None and not _mostly_unknown(evidence, found)
    ]
    if parts:
        yield Lead(text=f"Of the children, {listed(parts)} {mark}.")
    else:
        yield Lead(
            text="How far from home most children live is not recorded, or may not be"
            f" told {mark}."
        )
    beside = _region(evidence)
    if beside:
        yield Paragraph(text=beside)
    if far.not_recorded.value:
        whom = counted(far.not_recorded, "child", "children")
        yield Paragraph(
            text=f"Of {whom} the distance is not recorded; they are counted in the"
            f" whole, so the true share may be higher {mark}."
        )


def _mostly_unknown(evidence: Evidence, found: PlacementSummary) -> bool:
    """Whether a share says little, since for most children it is not recorded."""
    children = evidence.summary("children_by_type")
    return children is not None and more_than_half(found.not_recorded, children.total)


def _region(evidence: Evidence) -> str:
    """The same of the whole region, where it is told."""
    outside, far = evidence.data("region_outside"), evidence.data("region_far")
    if not outside or not far or None in (outside.total.value, far.total.value):
        return ""
    mark = _both(evidence, "region_outside", "region_far")
    return (
        f"In the {evidence.region} as a whole, {told(outside.total, percent)} are"
        f" placed outside their authority's area and {told(far.total, percent)} more"
        f" than 20 miles away {mark}."
    )


def _by_type(evidence: Evidence) -> Iterator[Block]:
    outside, far = evidence.groups("outside_by_type"), evidence.groups("far_by_type")
    miles = evidence.groups("miles_by_type")
    mark = _both(evidence, "outside_by_type", "far_by_type", "miles_by_type")
    homes = [figure_of(groups, "residential") for groups in (outside, far, miles)]
    if all(figure.value is not None for figure in homes):
        beyond, away, median = homes
        yield Paragraph(
            text=f"Of the children in children's homes, {told(beyond, percent)} live"
            f" {_OUTSIDE} and {told(away, percent)} {_FAR}; half of them live more than"
            f" {told(median)} miles from home {mark}."
        )
    found = evidence.summary("outside_by_type")
    yield from table(
        evidence,
        f"Distance by type of placement{f', {day(found.on)}' if found else ''}",
        mark,
        ("Type of placement", "Outside the area", "Over 20 miles", "Median, miles"),
        [
            (
                care(kind),
                share_cell(figure_of(outside, kind)),
                share_cell(figure_of(far, kind)),
                cell(figure_of(miles, kind)),
            )
            for kind in types_in_order(miles)
        ],
    )


def _over_time(evidence: Evidence) -> Iterator[Block]:
    outside, far = evidence.groups("outside_by_year"), evidence.groups("far_by_year")
    years = [year for year in outside if year in far]
    if len(years) < 2:
        return
    chart = Chart(
        kind="lines",
        title="",
        x_label="last day of the year",
        y_label="% of children",
        x=tuple(float(at) for at in range(len(years))),
        x_names=tuple(f"{outside[year].on:%b %Y}" for year in years),
        series=(
            Series(name=_OUTSIDE, values=_percents([outside[y].figure for y in years])),
            Series(name=_FAR, values=_percents([far[y].figure for y in years])),
        ),
    )
    mark = _both(evidence, "outside_by_year", "far_by_year")
    yield from figure(
        chart, "Children placed outside the area and far from home", mark, evidence
    )


def _percents(figures: list[Shown]) -> tuple[float | None, ...]:
    return tuple(
        None if one.value is None else round(100 * one.value, 1) for one in figures
    )


def _stability(evidence: Evidence) -> Iterator[Block]:
    """How long placements last, of all authorities; and what documents say."""
    homes, demand = evidence.data("homes"), evidence.data("demand")
    said = []
    if homes:
        year = [r for r in homes.region if r.outcome is Outcome.FIRST_YEAR]
        said += [
            f"Of placements in children's homes, of all authorities together,"
            f" {told(r.share, percent)} ended unplanned within a year"
            f" {_both(evidence, 'homes')}."
            for r in year
            if r.share.value is not None
        ]
    if demand and demand.stays:
        stays = {(s.placement_type, s.age_band): s.median_days for s in demand.stays}
        days = stays.get(("residential", "10 to 15"))
        foster = stays.get(("fostering", "10 to 15"))
        if days and foster:
            entry = evidence.get("demand")
            mark = marks(entry) if entry else ""
            said.append(
                f"Of those aged 10 to 15, half of the placements lasted longer than"
                f" {number_of(days, 'day', 'days')} in children's homes and"
                f" {plain(foster)} in foster care {mark}."
            )
    if said:
        yield Paragraph(text=" ".join(said))
    quoted = [*quotations(evidence, "stability"), *quotations(evidence, "siblings")]
    if quoted:
        yield Paragraph(text="On moves, and on brothers and sisters, documents say:")
        yield from quoted


def _both(evidence: Evidence, *keys: str) -> str:
    """The first marker of each of those calls that ran."""
    return "".join(marks(entry) for key in keys if (entry := evidence.get(key)))
