"""Gaps: what was sought and what was secured, what the difference costs, and why."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.composing.wording import (
    counted,
    group_name,
    listed,
    marks,
    percent,
    sentence,
    told,
)
from assistant.exporting import Block, Lead, Paragraph, ToComplete
from assistant.ledger import Entry
from assistant.narrative.evidence import Evidence
from assistant.narrative.quoting import quoted_span
from assistant.narrative.telling import (
    care,
    cell,
    figure,
    kinds,
    millions,
    share_cell,
    table,
)
from corpus.disclosure import Dimension
from tools.analyse_sufficiency import ANALYSE_SUFFICIENCY
from tools.found_sufficiency import (
    GroupSufficiency,
    Sufficiency,
    TypeSufficiency,
    listed_gaps,
)

_NEEDS_SHOWN = 8


def gaps(evidence: Evidence) -> Iterator[Block]:
    """The widest gap first; then by type, by need, at what cost, and why."""
    found: Sufficiency | None = evidence.data("sufficiency")
    entry = evidence.get("sufficiency")
    if entry is None or found is None or found.total is None or found.since is None:
        yield Lead(text="The records held do not show what was sought and not found.")
    else:
        mark = marks(entry, "referrals")
        yield Lead(text=_widest(found, mark))
        yield from _period(found, mark)
        yield from _types(evidence, found, entry)
        yield from _instead(found, entry)
        yield from _needs(evidence, found, mark)
        yield from _refusals(found, marks(entry, "offers"))
    yield from _stated(evidence, "gap")
    yield Paragraph(
        text="A search is counted by the type judged most suitable when it was made."
        " What was never searched for, since nobody expected to find it, is in no"
        " figure here."
    )
    yield ToComplete(
        whose="the council",
        items=(
            "Whether panels and placement officers recognise these gaps",
            "Gaps that searches cannot show, such as respite and support to carers",
        ),
    )


def widest_gap(found: Sufficiency) -> TypeSufficiency | None:
    """The type sought most in excess of what was secured; None where none is."""
    known = [row for row in found.types if (row.gap.value or 0) > 0]
    return max(known, key=lambda row: row.gap.value or 0, default=None)


def _widest(found: Sufficiency, mark: str) -> str:
    row = widest_gap(found)
    if row is None:
        return f"No type of placement was secured less often than it was sought {mark}."
    kind = kinds(row.placement_type)
    return (
        f"The widest gap is in {kind}: {counted(row.sought, 'search', 'searches')}"
        f" sought it and {told(row.secured)} secured it, a gap of"
        f" {told(row.gap_a_year)} in an average year {mark}."
    )


def _period(found: Sufficiency, mark: str) -> Iterator[Block]:
    if found.since and found.until:
        yield Paragraph(
            text=f"Counted are the searches made from {found.since:%B %Y} to"
            f" {found.until:%B %Y} {mark}. The gap of a type is the searches that"
            " sought it less all that secured it, whatever they had sought."
        )


def _types(evidence: Evidence, found: Sufficiency, entry: Entry) -> Iterator[Block]:
    mark = marks(entry, "referrals", ANALYSE_SUFFICIENCY.name)
    yield from table(
        evidence,
        "Placements sought and secured, by the type sought",
        mark,
        ("Type sought", "Sought", "Secured as sought", "Secured otherwise",
         "Not placed", "Share met", "Gap a year"),
        [
            (
                care(row.placement_type),
                cell(row.sought),
                cell(row.secured_as_sought),
                cell(row.secured_otherwise),
                cell(row.unplaced),
                share_cell(row.met),
                cell(row.gap_a_year),
            )
            for row in found.types
        ],
    )  # fmt: skip
    yield from figure(
        entry.result.charts[0] if entry.result.charts else None,
        "Placements sought, and secured as sought or by any search",
        marks(entry, "referrals"),
        evidence,
    )


def _instead(found: Sufficiency, entry: Entry) -> Iterator[Block]:
    """Children in homes for want of foster care, and what that costs."""
    item = found.in_homes_for_want_of_fostering
    if item is None or item.searches.value is None:
        return
    mark = marks(entry, "referrals", ANALYSE_SUFFICIENCY.name)
    now = ""
    if item.children_now.value:
        live = "child lives" if item.children_now.value == 1 else "children live"
        now = f" Of them, {told(item.children_now)} {live} there now {mark}."
        if item.cost_of_children_now.value is not None:
            now = (
                f"{now[: -len(mark) - 2]}, at"
                f" {told(item.cost_of_children_now, millions)} a year more than foster"
                f" care would cost {mark}."
            )
    yield Paragraph(
        text=f"In all, {counted(item.searches, 'search', 'searches')} that sought"
        f" foster care ended in a children's home {mark}.{now} The cost assumes the"
        " mean price of each type; a given child may cost more or less."
    )


def _needs(evidence: Evidence, found: Sufficiency, mark: str) -> Iterator[Block]:
    """The needs of which the smallest share of searches was met."""
    groups = next(
        (g.groups for g in found.grouped if g.group_by == (Dimension.NEED,)), ()
    )
    known = [group for group in groups if group.met.value is not None]
    least = sorted(known, key=lambda group: group.met.value or 0)[:_NEEDS_SHOWN]
    if not least:
        return
    whole = found.total.met if found.total else None
    beside = (
        f", against {told(whole, percent)} of all searches"
        if whole and whole.value is not None
        else ""
    )
    yield Paragraph(
        text=f"Searches for children with {_need(least[0])} were met least often:"
        f" {told(least[0].met, percent)} of {told(least[0].sought)} secured the type"
        f" that was sought{beside} {mark}."
    )
    yield from table(
        evidence,
        "The needs that were met least often",
        mark,
        ("Need or risk", "Sought", "Secured as sought", "Share met"),
        [
            (
                sentence(_need(group)),
                cell(group.sought),
                cell(group.secured_as_sought),
                share_cell(group.met),
            )
            for group in least
        ],
    )


def _need(group: GroupSufficiency) -> str:
    return group_name((Dimension.NEED,), group.labels)


def _refusals(found: Sufficiency, mark: str) -> Iterator[Block]:
    known = [row for row in found.refusals if row.offers.value]
    if known:
        said = [
            f"{row.reason.replace('_', ' ')} ({told(row.offers)})" for row in known[:3]
        ]
        yield Paragraph(
            text="Where a search did not secure its type, providers had refused most"
            f" often for {listed(said)} {mark}."
        )


def _stated(evidence: Evidence, kind: str) -> Iterator[Block]:
    said = list(stated(evidence, kind))
    if said:
        yield Paragraph(
            text="The council's own documents state gaps, in these words. They were"
            " not checked against the searches, and may count differently:"
        )
        yield from said


def stated(evidence: Evidence, kind: str) -> Iterator[Block]:
    """Gaps or intentions as documents state them, each quoted."""
    found: Sufficiency | None = evidence.data("sufficiency")
    entry = evidence.get("sufficiency")
    if entry is None or found is None:
        return
    rows = listed_gaps(found)
    first = len(entry.result.citations) - len(rows)
    before = ""
    for at, gap in enumerate(rows, start=first):
        if gap.kind == kind:
            yield quoted_span(entry, at, before)
            before = gap.span.document_id
