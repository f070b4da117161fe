"""An analysis of sufficiency as tables that a person reads, and as a chart."""

from __future__ import annotations

from typing import Final

from corpus.charts import Chart, Series
from corpus.disclosure import Dimension
from corpus.models import Table
from tools.found_sufficiency import (
    GroupedSufficiency,
    GroupSufficiency,
    Sufficiency,
    TypeSufficiency,
    listed_gaps,
)
from tools.kinds_of_care import kind_of_care
from tools.protected import HEADINGS, label_in_words

_SHOWN_ROWS: Final = 100


def sufficiency_tables(
    found: Sufficiency, mark: str, first_stated: int
) -> tuple[Table, ...]:
    """The gaps by type, the region's beside, what was secured instead, the groups.

    `first_stated` is the place of the first stated gap among the citations.
    """
    tables = (
        _types_table(found, mark),
        _beside_table(found, mark),
        _displacements_table(found, mark),
        *(_groups_table(grouped, mark) for grouped in found.grouped),
        _refusals_table(found, mark),
        _stated_table(found, first_stated),
    )
    return tuple(table for table in tables if table.rows)


def _types_table(found: Sufficiency, mark: str) -> Table:
    rows = tuple(
        (
            kind_of_care(row.placement_type),
            row.sought.cell,
            row.secured_as_sought.cell,
            row.secured_otherwise.cell,
            row.unplaced.cell,
            row.met.cell,
            row.secured.cell,
            row.gap.cell,
            row.gap_a_year.cell,
            row.cost_a_year.cell,
        )
        for row in found.types
    )
    return Table(
        title=f"Placements sought and secured{mark}",
        columns=(
            "Type sought",
            "Sought",
            "Secured as sought",
            "Secured otherwise",
            "Not placed",
            "Share met",
            "Secured by any search",
            "Gap",
            "Gap a year",
            "£ a year of those otherwise",
        ),
        rows=rows,
        total_rows=len(rows),
    )


def _beside_table(found: Sufficiency, mark: str) -> Table:
    own = {row.placement_type: row for row in found.types}
    rows = tuple(
        (
            kind_of_care(row.placement_type),
            *(_met(own.get(row.placement_type))),
            *_met(row),
        )
        for row in found.beside_types
    )
    whose, beside = " and ".join(found.authorities), found.beside
    return Table(
        title=f"{whose} beside {beside}{mark}",
        columns=(
            "Type sought",
            f"Sought, {whose}",
            f"Share met, {whose}",
            f"Sought, {beside}",
            f"Share met, {beside}",
        ),
        rows=rows,
        total_rows=len(rows),
    )


def _met(row: TypeSufficiency | None) -> tuple[float | str | None, float | str | None]:
    return (None, None) if row is None else (row.sought.cell, row.met.cell)


def _displacements_table(found: Sufficiency, mark: str) -> Table:
    rows = tuple(
        (
            kind_of_care(item.sought),
            kind_of_care(item.secured),
            item.searches.cell,
            item.share_of_secured.cell,
            item.children_now.cell,
            item.weekly_difference.cell,
            item.cost_a_bed_a_year.cell,
            item.cost_a_year.cell,
            item.cost_of_children_now.cell,
        )
        for item in found.displacements
    )
    return Table(
        title=f"Secured instead of what was sought{mark}",
        columns=(
            "Sought",
            "Secured",
            "Searches",
            "Share of the secured type",
            "There now",
            "£ a week more",
            "£ a year more, a bed",
            "£ a year, an average year's searches",
            "£ a year, those there now",
        ),
        rows=rows,
        total_rows=len(rows),
    )


def _groups_table(grouped: GroupedSufficiency, mark: str) -> Table:
    by = " and ".join(HEADINGS[name].lower() for name in grouped.group_by)
    return Table(
        title=f"Sought and secured by {by}{mark}",
        columns=(
            *(HEADINGS[name] for name in grouped.group_by),
            "Sought",
            "Secured as sought",
            "Secured otherwise",
            "Not placed",
            "Share met",
            "Share within the distance sought",
        ),
        rows=tuple(
            (
                *group_in_words(grouped.group_by, group),
                group.sought.cell,
                group.secured_as_sought.cell,
                group.secured_otherwise.cell,
                group.unplaced.cell,
                group.met.cell,
                group.within_distance.cell,
            )
            for group in grouped.groups[:_SHOWN_ROWS]
        ),
        total_rows=len(grouped.groups),
    )


def group_in_words(
    by: tuple[Dimension, ...], group: GroupSufficiency
) -> tuple[str, ...]:
    """A group's labels as people write them."""
    return tuple(
        kind_of_care(label)
        if name is Dimension.PLACEMENT_TYPE
        else label_in_words(name, label)
        for name, label in zip(by, group.labels, strict=True)
    )


def _refusals_table(found: Sufficiency, mark: str) -> Table:
    rows = tuple(
        (item.reason.replace("_", " "), item.offers.cell) for item in found.refusals
    )
    return Table(
        title=f"Why providers refused searches that did not secure their type{mark}",
        columns=("Reason", "Refusals"),
        rows=rows,
        total_rows=len(rows),
    )


def _stated_table(found: Sufficiency, first: int) -> Table:
    """What authorities' own statements say; the sentence stands as it was written."""
    rows = tuple(
        (
            gap.local_authority,
            gap.kind,
            kind_of_care(gap.placement_type) if gap.placement_type else None,
            gap.places,
            gap.span.quote,
        )
        for gap in listed_gaps(found)
    )
    return Table(
        title="Gaps and intentions that sufficiency statements state",
        columns=("Authority", "Kind", "Type", "Places", "In its words"),
        rows=rows,
        total_rows=len(found.stated_gaps),
        row_sources=tuple(range(first, first + len(rows))),
    )


def sufficiency_charts(found: Sufficiency, mark: str) -> tuple[Chart, ...]:
    """Bars of what was sought and what was secured, by type."""
    if not found.types:
        return ()
    sought = tuple(row.sought.value for row in found.types)
    as_sought = tuple(row.secured_as_sought.value for row in found.types)
    secured = tuple(row.secured.value for row in found.types)
    return (
        Chart(
            kind="bars",
            title=f"Placements sought and secured{mark}",
            x_label="searches",
            y_label="placement type",
            categories=tuple(kind_of_care(row.placement_type) for row in found.types),
            series=(
                Series(name="sought", values=sought),
                Series(name="secured as sought", values=as_sought),
                Series(name="secured by any search", values=secured),
            ),
        ),
    )
