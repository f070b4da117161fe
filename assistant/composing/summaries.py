"""The answer of summarise_placements: one figure, or the groups at either end."""

from __future__ import annotations

import re
from typing import Any, Final

from assistant.composing.asked import (
    children_asked,
    of_place,
    place_asked,
    placed_asked,
)
from assistant.composing.part import Part
from assistant.composing.wording import (
    NOT_TOLD,
    asks_lowest,
    counted,
    day,
    group_name,
    listed,
    marks,
    number_of,
    percent,
    plain,
    pounds,
    sentence,
    told,
)
from assistant.ledger import Entry, Ledger
from corpus.disclosure import Dimension
from corpus.text import comparable_name
from tools.found_summary import TITLES, PlacementSummary, SummaryGroup
from tools.shown import Shown

_PERIODS: Final = {Dimension.YEAR, Dimension.QUARTER}


def compose_summarise_placements(question: str, entry: Entry, ledger: Ledger) -> Part:
    """The figure asked for, or the highest and the lowest group, with the total."""
    found: PlacementSummary = entry.result.data
    asked, mark = entry.call.arguments, marks(entry)
    if not found.authorities or not found.held:
        return _nothing_held(found, asked, mark)
    return Part(
        status="answered",
        lead=_lead(question, found, asked, mark),
        rests_on=_rests_on(found, mark),
        not_known=_not_known(found, mark),
        suggestions=_suggestions(found, asked),
    )


def _nothing_held(found: PlacementSummary, asked: dict[str, Any], mark: str) -> Part:
    place = place_asked(asked, "any authority")
    return Part(
        status="not_in_evidence",
        lead=f"**No placements of {place} on {day(found.on)} are held**, so nothing is"
        f" known of them {mark}.",
    )


def _lead(
    question: str, found: PlacementSummary, asked: dict[str, Any], mark: str
) -> str:
    groups = [group for group in found.groups if group.figure.value is not None]
    if not found.group_by or not groups:
        return _overall(found, asked, mark)
    if set(found.group_by) & _PERIODS and len({g.on for g in groups}) > 1:
        return _over_time(found, groups, asked, mark)
    return _ends(question, found, groups, asked, mark)


def _overall(found: PlacementSummary, asked: dict[str, Any], mark: str) -> str:
    who, on, total = _who(asked), day(found.on), found.total
    if total.withheld or total.value is None:
        why = NOT_TOLD if total.withheld else "not known: none is recorded"
        title = TITLES[found.measure].lower()
        return f"**The figure is {why}**: {title}, {who}, on {on} {mark}."
    if found.measure == "count":
        number = counted(total, children_asked(asked, one=True), children_asked(asked))
        where = placed_asked(asked) or " in placement"
        place = sentence(place_asked(asked, "all authorities held together"))
        return f"**{place} had {number}{where}** on {on} {mark}."
    figure = sentence(_told(found, total))
    return f"**{figure}** is the {_measured(found)} of {who} on {on} {mark}."


def _measured(found: PlacementSummary) -> str:
    return {
        "count": "number",
        "average_weekly_cost": "average weekly cost",
        "total_weekly_cost": "total weekly cost",
        "median_distance": "median distance from home",
        "share_over_20_miles": "share placed over 20 miles from home",
        "share_out_of_area": "share placed outside their authority",
    }[found.measure]


def _who(asked: dict[str, Any]) -> str:
    return (
        f"{children_asked(asked)}{placed_asked(asked)} placed by {place_asked(asked)}"
    )


def _told(found: PlacementSummary, figure: Shown) -> str:
    """A figure of the measure with its unit."""
    if found.unit == "share":
        return told(figure, percent)
    if found.unit == "£ a week":
        return told(figure, lambda value: f"{pounds(value)} a week")
    if found.unit == "miles":
        return told(figure, lambda value: f"{plain(value)} miles")
    return told(figure)


def _over_time(
    found: PlacementSummary,
    groups: list[SummaryGroup],
    asked: dict[str, Any],
    mark: str,
) -> str:
    """The last day against the first, of the total where it is not grouped further."""
    title = _measured(found)
    if len(found.group_by) > 1:
        last = found.total
        return (
            f"**The {title} of {_who(asked)} was {_told(found, last)}** on"
            f" {day(found.on)} {mark}. The table shows each group over time {mark}."
        )
    first, last_group = groups[0], groups[-1]
    return (
        f"**The {title} of {_who(asked)} was {_told(found, last_group.figure)} on"
        f" {day(last_group.on)}**, against {_told(found, first.figure)} on"
        f" {day(first.on)} {mark}."
    )


def _ends(
    question: str,
    found: PlacementSummary,
    groups: list[SummaryGroup],
    asked: dict[str, Any],
    mark: str,
) -> str:
    """The highest and the lowest group, whichever is asked for first."""
    lowest = asks_lowest(question)
    ranked = sorted(groups, key=_value, reverse=not lowest)
    count = found.measure == "count"
    most, least = ("most", "fewest") if count else ("highest", "lowest")
    words = (least, most) if lowest else (most, least)
    total = f"{_told(found, found.total)} {_in_all(found)}"
    if len(ranked) == 1:
        only = f"{_name(found, ranked[0])}, {_told(found, ranked[0].figure)}"
        return (
            f"**Only one group is shown: {only}**, of {_who(asked)} on"
            f" {day(found.on)} {mark}; {total} {mark}."
        )
    named = [group for group in ranked if _is_named(question, found, group)]
    if 1 < len(named) < len(ranked):
        each = listed([f"{_name(found, g)} {_told(found, g.figure)}" for g in named])
        return (
            f"**{sentence(each)}** {mark}. That is the {_measured(found)} of"
            f" {_who(asked)} on {day(found.on)}; {total} {mark}."
            f"{_too_close(found, named, mark)}"
        )
    first = _at_end(found, ranked, words[0])
    other = _at_end(found, ranked[::-1], words[1])
    return (
        f"**{sentence(first)}**; {other} {mark}. That is the {_measured(found)} of"
        f" {_who(asked)} on {day(found.on)}; {total} {mark}."
        f"{_too_close(found, ranked, mark)}"
    )


def _is_named(question: str, found: PlacementSummary, group: SummaryGroup) -> bool:
    """Whether the question names the group, as in a comparison of two authorities."""
    name = comparable_name(_name(found, group))
    said = comparable_name(re.sub(r"['’]s?\b", "", question))
    return f" {name} " in f" {said} "


def _at_end(found: PlacementSummary, ranked: list[SummaryGroup], word: str) -> str:
    """Who is first of some groups: "Kent has the most, about 1,955"."""
    same = sum(_value(group) == _value(ranked[0]) for group in ranked) > 1
    figure = _told(found, ranked[0].figure)
    names = _tied(found, ranked)
    if found.measure == "count":
        return f"{names} {'have' if same else 'has'} the {word}, {figure}"
    return f"{names} {'are' if same else 'is'} {word}, at {figure}"


def _in_all(found: PlacementSummary) -> str:
    return "in all" if found.measure in ("count", "total_weekly_cost") else "overall"


def _name(found: PlacementSummary, group: SummaryGroup) -> str:
    return group_name(found.group_by, group.labels)


def _tied(found: PlacementSummary, ranked: list[SummaryGroup]) -> str:
    """The first group, and those with just the same figure."""
    same = [_name(found, g) for g in ranked if _value(g) == _value(ranked[0])]
    return listed(same) if len(same) < 4 else f"{', '.join(same[:3])} and others"


def _too_close(found: PlacementSummary, ranked: list[SummaryGroup], mark: str) -> str:
    """That protection hides which of the first two is ahead, where it does."""
    first, second = ranked[0], ranked[1]
    within = (first.figure.within or 0) + (second.figure.within or 0)
    apart = abs(_value(first) - _value(second))
    if not within or apart > within:
        return ""
    return (
        f" {sentence(_name(found, first))} and {_name(found, second)} are closer than"
        f" protected figures can tell apart {mark}."
    )


def _value(group: SummaryGroup) -> float:
    return group.figure.value or 0.0


def _rests_on(found: PlacementSummary, mark: str) -> tuple[str, ...]:
    lines = [f"Placements under way on {day(found.on)} {mark}."]
    if found.components and found.total.value is not None:
        parts = [
            f"{name} {told(part, pounds)}" for name, part in found.components.items()
        ]
        lines.append(f"Of the cost, by who bears it: {listed(parts)} a week {mark}.")
    return tuple(lines)


def _not_known(found: PlacementSummary, mark: str) -> tuple[str, ...]:
    lines = []
    if any(group.figure.withheld for group in found.groups):
        lines.append(f"groups marked c are {NOT_TOLD} {mark}.")
    if found.groups_withheld:
        lines.append(
            f"{number_of(found.groups_withheld, 'group', 'groups')} not listed, which"
            f" are {NOT_TOLD} {mark}."
        )
    if found.not_recorded.value:
        what = "host authority" if "area" in found.measure else "distance"
        number = counted(found.not_recorded, "child", "children")
        lines.append(f"the {what} of {number} is not recorded {mark}.")
    return tuple(lines)


def _suggestions(found: PlacementSummary, asked: dict[str, Any]) -> tuple[str, ...]:
    place = of_place(asked)
    offers = []
    if Dimension.PLACEMENT_TYPE not in found.group_by:
        offers.append(f"How many children{place} are placed, by placement type?")
    if found.measure not in ("average_weekly_cost", "total_weekly_cost"):
        offers.append(
            f"What is the average weekly cost of placements{place} by placement type?"
        )
    if found.measure != "share_over_20_miles":
        offers.append(
            f"What share of children{place} are placed over 20 miles from home?"
        )
    if not asked.get("local_authority"):
        offers.append("How many children are placed, by local authority?")
    return tuple(offers[:3])
