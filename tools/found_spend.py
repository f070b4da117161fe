"""What a year's spend by provider group gives back, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from corpus.charts import Chart, Series
from corpus.codes import Sector
from corpus.models import Frozen, Table
from tools.base import Knowledge
from tools.citing import invented_mark
from tools.regions import NO_PLACEMENTS_HELD
from tools.shown import NOTHING_KNOWN, Shown

_CHARTED: Final = 10
"""Groups in the chart."""


class GroupSpend(Frozen):
    """One provider group's part of a year's spend."""

    group: str
    sector: Sector
    spend: Shown
    """Pounds in the year."""
    share: Shown
    """Of what goes to provider groups, as a fraction."""
    children: Shown
    """Who were placed with it in the year, at a recorded cost."""
    authorities: int
    """How many spend with it, whoever was asked about; at least so many where the
    group's figures are protected."""
    authority_names: tuple[str, ...]
    """Empty where the viewer may not be told all of them."""
    providers: tuple[str, ...]
    """Its brands and subsidiaries."""
    joined: tuple[str, ...]
    """Groups of the table that were taken for one by their names; empty for one."""


class Concentration(Frozen):
    """How much of what goes to provider groups the largest of them get."""

    top_1: Shown = NOTHING_KNOWN
    top_5: Shown = NOTHING_KNOWN
    top_10: Shown = NOTHING_KNOWN
    hhi: float | None = None
    """Herfindahl-Hirschman index, 0 to 10,000: the sum of squared percentage shares.
    From the groups shown, where others are withheld; None where nothing is known."""


class ProviderSpend(Frozen):
    """A year's spend by provider group."""

    year: str
    first_day: date
    last_day: date
    """Of the year, or the last day that the placements speak to."""
    authorities: tuple[str, ...]
    """Whose spend it is: those asked for of which placements are held."""
    total: Shown = NOTHING_KNOWN
    """Pounds on all placements with a recorded cost."""
    to_groups: Shown = NOTHING_KNOWN
    """To provider groups; councils' own homes are not among them."""
    to_council_run: Shown = NOTHING_KNOWN
    """To homes that a council runs, its own or another's."""
    without_provider: Shown = NOTHING_KNOWN
    """On placements that name no provider: with a council's own carers, mostly."""
    groups: tuple[GroupSpend, ...] = ()
    """The largest first, at most `limit`."""
    total_groups: int = 0
    """Of which a figure is shown."""
    groups_withheld: int = 0
    concentration: Concentration = Concentration()
    unpriced: Shown = NOTHING_KNOWN
    """Children who were in a placement of which no cost is recorded."""
    held_since: date | None
    """Placements that ended before are not held."""


def concentration_of(groups: Sequence[GroupSpend]) -> Concentration:
    """The concentration of shares, of which the largest come first."""
    shares = [group.share for group in groups if group.share.value is not None]
    if not shares:
        return Concentration()
    return Concentration(
        top_1=_sum_of(shares[:1]),
        top_5=_sum_of(shares[:5]),
        top_10=_sum_of(shares[:10]),
        hhi=round(sum((100 * (share.value or 0)) ** 2 for share in shares), 1),
    )


def _sum_of(shares: Sequence[Shown]) -> Shown:
    return Shown(
        value=round(min(sum(share.value or 0 for share in shares), 1), 4),
        within=round(min(sum(share.within or 0 for share in shares), 1), 4),
    )


def spend_caveats(found: ProviderSpend, year_assumed: bool) -> tuple[str, ...]:
    """What is counted, and what is not known."""
    if not found.authorities:
        return (NO_PLACEMENTS_HELD,)
    if found.held_since and found.last_day < found.held_since:
        return (
            f"Placements that ended before {found.held_since} are not held, so spend"
            f" in {found.year} is not known.",
        )
    caveats = [
        "Spend is each placement's recorded weekly cost (social care, with education"
        " and health where recorded) for its weeks in the year; it is not what was"
        " invoiced, and a price that changed counts at the last one recorded.",
        "Shares and concentration are of what goes to provider groups: homes that"
        " councils run, and placements that name no provider, such as those with a"
        " council's own carers, are apart.",
    ]
    if year_assumed:
        caveats.append(
            f"No year was given: {found.year} is the last full financial year."
        )
    if found.held_since and found.first_day < found.held_since:
        caveats.append(
            f"Placements that ended before {found.held_since} are not held, so the"
            " figures of this year are too low."
        )
    return (*caveats, *_unfinished(found), *_gaps(found))


def _unfinished(found: ProviderSpend) -> tuple[str, ...]:
    if (found.last_day.month, found.last_day.day) == (3, 31):
        return ()
    return (f"The year is not over: spend is that to {found.last_day}.",)


def _gaps(found: ProviderSpend) -> tuple[str, ...]:
    told = []
    if found.unpriced.value:
        told.append(
            f"Of {found.unpriced.value:,.0f} children a placement has no recorded cost;"
            " nothing is counted for it."
        )
    if found.groups_withheld:
        told.append(
            f"The spend of {found.groups_withheld:,} owners is withheld, and not"
            " listed. Concentration is worked out from the groups shown, as an estimate"
            " that is a little low; authorities are at least as many as stated."
        )
    joined = [name for group in found.groups for name in group.joined]
    if joined:
        told.append(f"Taken for one owner by their names: {'; '.join(joined)}.")
    return tuple(told)


def spend_tables(found: ProviderSpend, knowledge: Knowledge) -> tuple[Table, ...]:
    """Where the money went, the groups, and how concentrated they are."""
    mark = invented_mark(knowledge)
    return (
        Table(
            title=f"Where the money went, {found.year}{mark}",
            columns=("Paid to", "£ in the year"),
            rows=(
                ("Provider groups", _pounds(found.to_groups)),
                ("Homes that councils run", _pounds(found.to_council_run)),
                ("No provider named", _pounds(found.without_provider)),
                ("All placements", _pounds(found.total)),
            ),
            total_rows=4,
        ),
        Table(
            title=f"Spend by provider group, {found.year}{mark}",
            columns=(
                "Provider group",
                "Sector",
                "£ in the year",
                "Share",
                "Children",
                "Authorities",
                "Providers",
            ),
            rows=tuple(_row(group) for group in found.groups),
            total_rows=found.total_groups,
        ),
        *_concentration_table(found, mark),
    )


def _row(group: GroupSpend) -> tuple[str | float | None, ...]:
    return (
        group.group,
        group.sector.value.replace("_", " "),
        _pounds(group.spend),
        group.share.cell,
        group.children.cell,
        group.authorities,
        len(group.providers),
    )


def _concentration_table(found: ProviderSpend, mark: str) -> tuple[Table, ...]:
    told = found.concentration
    if told.hhi is None:
        return ()
    rows = (
        ("Largest group", told.top_1.cell),
        ("Largest 5", told.top_5.cell),
        ("Largest 10", told.top_10.cell),
        ("HHI (0 to 10,000)", told.hhi),
    )
    return (
        Table(
            title=f"Concentration of spend on provider groups, {found.year}{mark}",
            columns=("Measure", "Share of spend"),
            rows=rows,
            total_rows=len(rows),
        ),
    )


def spend_charts(found: ProviderSpend, knowledge: Knowledge) -> tuple[Chart, ...]:
    """The largest groups' spend as bars."""
    groups = found.groups[:_CHARTED]
    if not groups:
        return ()
    return (
        Chart(
            kind="bars",
            title=f"Largest provider groups, {found.year}{invented_mark(knowledge)}",
            x_label="£ in the year",
            y_label="provider group",
            categories=tuple(group.group for group in groups),
            series=(
                Series(
                    name="spend", values=tuple(group.spend.value for group in groups)
                ),
            ),
        ),
    )


def _pounds(figure: Shown) -> float | str | None:
    """Whole pounds."""
    return figure.cell if figure.value is None else round(figure.value)
