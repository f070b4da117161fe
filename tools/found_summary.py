"""What a summary of placements gives back, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from pydantic import Field

from corpus.charts import Chart, Series
from corpus.disclosure import Dimension
from corpus.disclosure.bands import NOT_RECORDED
from corpus.models import Frozen, Table
from tools.kinds_of_care import kind_of_care
from tools.protected import HEADINGS, label_in_words
from tools.regions import NO_PLACEMENTS_HELD
from tools.shown import NOTHING_KNOWN, Shown
from tools.summary_measures import COSTS, Measure

UNITS: Final[dict[Measure, str]] = {
    "count": "children",
    "average_weekly_cost": "£ a week",
    "total_weekly_cost": "£ a week",
    "median_distance": "miles",
    "share_over_20_miles": "share",
    "share_out_of_area": "share",
}
TITLES: Final[dict[Measure, str]] = {
    "count": "Children in placement",
    "average_weekly_cost": "Average weekly cost",
    "total_weekly_cost": "Total weekly cost",
    "median_distance": "Median distance from home",
    "share_over_20_miles": "Share placed over 20 miles from home",
    "share_out_of_area": "Share placed outside the authority",
}

_SHOWN_ROWS: Final = 200
_CHARTED: Final = 20
_LINES: Final = 8


class SummaryGroup(Frozen):
    """One group's figure."""

    labels: tuple[str, ...]
    """In the order of `group_by`; codes, but a provider by its name."""
    on: date
    """The day whose placements are counted."""
    figure: Shown


class PlacementSummary(Frozen):
    """One measure of the placements under way on a day, or on several."""

    measure: Measure
    unit: str
    on: date
    """The day that the total speaks to, and the last of several."""
    group_by: tuple[Dimension, ...]
    authorities: tuple[str, ...]
    """Whose placements: those asked for of which any are held."""
    total: Shown = NOTHING_KNOWN
    """Of all that was asked for, worked out by itself."""
    groups: tuple[SummaryGroup, ...] = ()
    held: bool = True
    """Whether the tables hold every placement of the day, not those alone that lasted
    until later."""
    groups_withheld: int = 0
    """Groups left out of the list since their figure is withheld."""
    components: dict[str, Shown] = Field(default_factory=dict)
    """Of a cost: social care, education and health; empty for other measures."""
    not_recorded: Shown = NOTHING_KNOWN
    """Children whose cost, distance or host authority is not recorded; nothing known
    for a count."""


def listed_groups(
    groups: Sequence[SummaryGroup],
    by: tuple[Dimension, ...],
    providers: Mapping[str, str],
) -> tuple[SummaryGroup, ...]:
    """The groups to list: of many, those with something to show, providers by name.

    Groups of which the label is not recorded are listed where anything is in them, and
    so are all groups of several groupings or of providers, which are many.
    """
    many = len(by) > 1 or Dimension.PROVIDER in by
    listed = [
        group
        for group in groups
        if group.figure.value or not (many or NOT_RECORDED in group.labels)
    ]
    if Dimension.PROVIDER not in by:
        return tuple(listed)
    at = by.index(Dimension.PROVIDER)
    listed.sort(key=lambda group: (group.on, -(group.figure.value or 0)))
    return tuple(_named(group, at, providers) for group in listed)


def _named(group: SummaryGroup, at: int, providers: Mapping[str, str]) -> SummaryGroup:
    labels = list(group.labels)
    labels[at] = providers.get(labels[at], labels[at])
    return group.model_copy(update={"labels": tuple(labels)})


def summary_caveats(found: PlacementSummary) -> tuple[str, ...]:
    """What is counted, and what is not known."""
    if not found.authorities:
        return (NO_PLACEMENTS_HELD,)
    if not found.held:
        return (
            f"Nothing is known of {found.on}: the tables do not hold the placements"
            " that had ended by then or soon after.",
        )
    told = [f"Counted are placements under way on {found.on}."]
    if {Dimension.YEAR, Dimension.QUARTER} & set(found.group_by):
        told = [
            "Over time, placements under way on the last day of each period are"
            " counted (31 March for a year, as in the looked-after children"
            f" statistics), and not those that began in it; the total is that of"
            f" {found.on}."
        ]
    if Dimension.NEED in found.group_by:
        told.append(
            "A child with several needs stands in several groups, so that they add up"
            " to more than the total."
        )
    if found.groups_withheld:
        told.append(
            "Groups that are withheld, for few children or none, and not listed:"
            f" {found.groups_withheld:,}."
        )
    return (*told, *_about_measure(found))


def _about_measure(found: PlacementSummary) -> tuple[str, ...]:
    """What the measure means, and of how many children it is not recorded."""
    if found.measure in COSTS:
        return (
            "Weekly cost is what social care pays, with education and health where"
            " they are recorded; placements without a recorded cost are left out.",
        )
    if found.measure == "count":
        return ()
    what = "their authority of residence" if "area" in found.measure else "the distance"
    counted = (
        "left out" if found.measure == "median_distance" else "counted in the whole"
    )
    told = "few children or none" if found.not_recorded.withheld else "no children"
    if found.not_recorded.value:
        told = f"{found.not_recorded.value:,.0f} children"
    return (f"Of {told} {what} is not recorded; they are {counted}.",)


def summary_tables(found: PlacementSummary, mark: str) -> tuple[Table, ...]:
    """The groups, the total, and the components of a cost."""
    heading = f"{TITLES[found.measure]} ({found.unit})"
    tables = []
    if found.groups:
        rows = [
            (*_labels_in_words(found, group), group.figure.cell)
            for group in found.groups[:_SHOWN_ROWS]
        ]
        tables.append(
            Table(
                title=f"{TITLES[found.measure]}, {_when(found)}{mark}",
                columns=(*(HEADINGS[name] for name in found.group_by), heading),
                rows=tuple(rows),
                total_rows=len(found.groups),
            )
        )
    overall = [("All", found.total.cell)]
    overall += [(f"of it {name}", part.cell) for name, part in found.components.items()]
    tables.append(
        Table(
            title=f"{TITLES[found.measure]} in all, {found.on:%-d %B %Y}{mark}",
            columns=("Placements", heading),
            rows=tuple(overall),
            total_rows=len(overall),
        )
    )
    return tuple(tables)


def summary_charts(found: PlacementSummary, mark: str) -> tuple[Chart, ...]:
    """Bars of the groups, or lines over time; nothing where there is one figure."""
    if len([group for group in found.groups if group.figure.value is not None]) < 2:
        return ()
    times = tuple(dict.fromkeys(group.on for group in found.groups))
    return _lines(found, mark, times) if len(times) > 1 else _bars(found, mark)


def _bars(found: PlacementSummary, mark: str) -> tuple[Chart, ...]:
    groups = found.groups[:_CHARTED]
    return (
        Chart(
            kind="bars",
            title=f"{TITLES[found.measure]}, {_when(found)}{mark}",
            x_label=found.unit,
            y_label=" and ".join(HEADINGS[name].lower() for name in found.group_by),
            categories=tuple(
                ", ".join(_labels_in_words(found, group)) for group in groups
            ),
            series=(
                Series(
                    name=TITLES[found.measure],
                    values=tuple(group.figure.value for group in groups),
                ),
            ),
        ),
    )


def _lines(
    found: PlacementSummary, mark: str, times: Sequence[date]
) -> tuple[Chart, ...]:
    """One line for each combination of the other labels, the first few of them."""
    lines: dict[str, dict[date, float | None]] = {}
    for group in found.groups:
        words = _labels_in_words(found, group)
        others = [
            word
            for word, name in zip(words, found.group_by, strict=True)
            if name not in (Dimension.YEAR, Dimension.QUARTER)
        ]
        line = lines.setdefault(", ".join(others) or TITLES[found.measure], {})
        line[group.on] = group.figure.value
    return (
        Chart(
            kind="lines",
            title=f"{TITLES[found.measure]} over time{mark}",
            x_label="last day of the period",
            y_label=found.unit,
            x=tuple(float(at) for at in range(len(times))),
            x_names=tuple(f"{day:%b %Y}" for day in times),
            series=tuple(
                Series(name=name, values=tuple(line.get(day) for day in times))
                for name, line in list(lines.items())[:_LINES]
            ),
        ),
    )


def _when(found: PlacementSummary) -> str:
    days = {group.on for group in found.groups}
    if len(days) < 2:
        return f"{found.on:%-d %B %Y}"
    return f"{min(days):%-d %B %Y} to {max(days):%-d %B %Y}"


def _labels_in_words(found: PlacementSummary, group: SummaryGroup) -> tuple[str, ...]:
    return tuple(
        _in_words(name, label)
        for name, label in zip(found.group_by, group.labels, strict=True)
    )


def _in_words(dimension: Dimension, label: str) -> str:
    if dimension is Dimension.PLACEMENT_TYPE:
        return kind_of_care(label)
    return label_in_words(dimension, label)
