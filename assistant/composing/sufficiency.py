"""The answer of analyse_sufficiency: the gap asked about, its cost and its causes."""

from __future__ import annotations

from typing import Any

from assistant.composing.asked import children_asked, kind_asked, of_place, place_asked
from assistant.composing.part import Part, in_order
from assistant.composing.wording import (
    NOT_TOLD,
    asks,
    counted,
    day,
    group_name,
    marks,
    percent,
    pounds,
    quoted,
    sentence,
    told,
)
from assistant.ledger import Entry, Ledger
from tools.analyse_sufficiency import ANALYSE_SUFFICIENCY
from tools.found_sufficiency import (
    GroupedSufficiency,
    GroupSufficiency,
    Sufficiency,
    TypeSufficiency,
    listed_gaps,
)
from tools.kinds_of_care import kind_of_care
from tools.shown import Shown

_QUOTED = 2
"""Stated gaps that are quoted; the table holds the rest."""


def compose_analyse_sufficiency(question: str, entry: Entry, ledger: Ledger) -> Part:
    """The type or group asked about, or the widest gap; then costs and refusals."""
    found: Sufficiency = entry.result.data
    asked = entry.call.arguments
    mark = marks(entry, "referrals")
    if found.since is None or found.total is None:
        return _nothing(found, asked, entry)
    statements = {
        "type": _type(found, asked, mark),
        "group": _group(found, asked, mark),
        "foster": _for_want_of_fostering(found, entry),
        "cost": _cost(found, entry),
        "refusals": _refusals(found, marks(entry, "offers")),
    }
    said = in_order(_asked_first(question, asked), statements)
    return Part(
        status="answered",
        lead=said[0],
        rests_on=(*said[1:], *_beside(found, mark), *_stated(found, entry)),
        not_known=_not_known(found, mark),
        suggestions=_suggestions(asked),
    )


def _asked_first(question: str, asked: dict[str, Any]) -> str:
    if asks(question, "refus", "turn(?:ed)? down", "declin(?:e|ed) by", "say no"):
        return "refusals"
    if asks(question, r"(?:for )?want of", r"(?:no|lack of|shortage of) foster"):
        return "foster"
    if asks(question, "cost", "how much (?:does|do|more|extra|money)", "spen[dt]"):
        return "cost"
    return "group" if asked.get("group_by") else "type"


def _nothing(found: Sufficiency, asked: dict[str, Any], entry: Entry) -> Part:
    stated = _stated(found, entry)
    place = place_asked(asked, "any authority")
    return Part(
        status="answered" if stated else "not_in_evidence",
        lead=f"**No searches of {place} are held**, so nothing is known of what was"
        f" sought and secured {marks(entry)}.",
        rests_on=stated,
    )


def _type(found: Sufficiency, asked: dict[str, Any], mark: str) -> str:
    known = [row for row in found.types if row.gap.value is not None]
    if not known or found.total is None:
        return f"**What was sought is {NOT_TOLD}**{_whose(found, asked)} {mark}."
    if asked.get("placement_type"):
        return _of_type(known[0], found, asked, mark)
    widest = max(known, key=lambda row: row.gap.value or 0)
    if (widest.gap.value or 0) <= 0:
        return (
            "**No type was secured less often than it was sought**"
            f"{_whose(found, asked)} {mark}."
        )
    kind = kind_of_care(widest.placement_type)
    return (
        f"**The widest gap is in {kind}: {_of(widest)}**, a gap of"
        f" {told(widest.gap)} searches{_whose(found, asked)}, or"
        f" {told(widest.gap_a_year)} a year {mark}."
    )


def _of_type(
    row: TypeSufficiency, found: Sufficiency, asked: dict[str, Any], mark: str
) -> str:
    kind = sentence(kind_of_care(row.placement_type))
    return (
        f"**{kind}: {_of(row)}**{_whose(found, asked)} {mark}. Of the others,"
        f" {counted(row.secured_otherwise, 'search', 'searches')} ended in another type"
        f" and {counted(row.unplaced, 'search', 'searches')} in no placement; the gap"
        f" is {told(row.gap)}, or {told(row.gap_a_year)} a year {mark}."
    )


def _of(row: TypeSufficiency | GroupSufficiency) -> str:
    """How many were sought, and how many of them secured."""
    share = f" ({told(row.met, percent)})" if row.met.value is not None else ""
    return (
        f"{counted(row.sought, 'search', 'searches')} sought it and"
        f" {_number(row.secured_as_sought)} secured it{share}"
    )


def _number(figure: Shown) -> str:
    if figure.value is None:
        return f"a number {told(figure)}"
    return told(figure) if figure.value else "none"


def _whose(found: Sufficiency, asked: dict[str, Any]) -> str:
    """Whose searches since when: " (Kent, children with CSE, April 2021 to …)"."""
    about = {key: asked.get(key) for key in ("age_from", "age_to", "gender", "needs")}
    parts = [place_asked(asked)]
    parts += [children_asked(about)] if any(about.values()) else []
    if found.since and found.until:
        parts.append(f"{day(found.since)} to {day(found.until)}")
    return f" ({', '.join(parts)})"


def _group(found: Sufficiency, asked: dict[str, Any], mark: str) -> str:
    """The group of which the smallest share was met, of each grouping."""
    said = [
        f"{_names(grouped)}, {group_name(grouped.group_by, worst.labels)}"
        f" ({told(worst.met, percent)} of {told(worst.sought)})"
        for grouped in found.grouped
        if (worst := _worst(grouped)) is not None
    ]
    if not said:
        return ""
    kind = kind_asked(asked)
    what = f"sought {kind} and secured it" if kind else "secured what was sought"
    return (
        f"**The smallest share of searches that {what}: by {'; by '.join(said)}**"
        f"{_whose(found, asked)} {mark}."
    )


def _names(grouped: GroupedSufficiency) -> str:
    return " and ".join(name.replace("_", " ") for name in grouped.group_by)


def _worst(grouped: GroupedSufficiency) -> GroupSufficiency | None:
    known = [group for group in grouped.groups if group.met.value is not None]
    return min(known, key=lambda group: group.met.value or 0, default=None)


def _for_want_of_fostering(found: Sufficiency, entry: Entry) -> str:
    item = found.in_homes_for_want_of_fostering
    if item is None:
        return ""
    mark = marks(entry, "referrals", ANALYSE_SUFFICIENCY.name)
    number = sentence(counted(item.searches, "search", "searches"))
    now = ""
    if item.children_now.value is not None:
        now = f"; {counted(item.children_now, 'child', 'children')} live there now"
        if item.cost_of_children_now.value is not None:
            now += f", at {told(item.cost_of_children_now, pounds)} a year more"
    return (
        f"**{number} that sought foster care ended in a children's home**,"
        f" {told(item.share_of_secured, percent)} of all that ended in one{now} {mark}."
    )


def _cost(found: Sufficiency, entry: Entry) -> str:
    priced = [row for row in found.types if row.cost_a_year.value is not None]
    if not priced:
        return ""
    dearest = max(priced, key=lambda row: row.cost_a_year.value or 0)
    kind = kind_of_care(dearest.placement_type)
    mark = marks(entry, ANALYSE_SUFFICIENCY.name)
    figure = dearest.cost_a_year
    if (figure.value or 0) < 0:
        return (
            f"**Placing children otherwise than in {kind} cost less by"
            f" {told(figure, lambda value: pounds(-value))} a year** {mark}."
        )
    return (
        f"**Searches for {kind} that ended in another type cost"
        f" {told(figure, pounds)} a year more**, if each needs a bed for a year {mark}."
    )


def _refusals(found: Sufficiency, mark: str) -> str:
    known = [row for row in found.refusals if row.offers.value]
    if not known:
        return ""
    said = [f"{row.reason.replace('_', ' ')} ({told(row.offers)})" for row in known[:3]]
    return f"**Providers refused most often for {'; '.join(said)}** {mark}."


def _beside(found: Sufficiency, mark: str) -> tuple[str, ...]:
    """The region's share met, beside that of the same types."""
    if not found.beside:
        return ()
    shares = {
        row.placement_type: row.met
        for row in found.beside_types
        if row.met.value is not None
    }
    said = [
        f"{kind_of_care(row.placement_type)} {told(row.met, percent)} against"
        f" {told(shares[row.placement_type], percent)}"
        for row in found.types
        if row.met.value is not None and row.placement_type in shares
    ]
    if not said:
        return ()
    return (
        f"Share secured beside that of the {found.beside}: {'; '.join(said)} {mark}.",
    )


def _stated(found: Sufficiency, entry: Entry) -> tuple[str, ...]:
    """What authorities state of their gaps themselves, quoted beside the data."""
    titles = {c.document_id: c.title for c in entry.result.citations}
    return tuple(
        f"Stated in *{titles[gap.span.document_id]}*: {words}"
        for gap in listed_gaps(found)[:_QUOTED]
        if (words := quoted(entry, gap.span.document_id, gap.span.quote))
    )


def _not_known(found: Sufficiency, mark: str) -> tuple[str, ...]:
    lines = []
    if any(row.sought.withheld for row in found.types):
        lines.append(f"figures marked c are {NOT_TOLD} {mark}.")
    if found.total and found.total.unplaced.value:
        lines.append(
            f"which of {counted(found.total.unplaced, 'search', 'searches')} without a"
            f" placement were still open {mark}."
        )
    return tuple(lines)


def _suggestions(asked: dict[str, Any]) -> tuple[str, ...]:
    place = of_place(asked)
    offers = [
        f"What is sought against secured for children's homes{place}?",
        f"How many children{place} will need foster care in three years?",
    ]
    if asked.get("placement_type") != "fostering":
        offers.insert(0, f"What is sought against secured for foster care{place}?")
    return tuple(offers)
