"""Intentions: what the council says it will do, and what the evidence asks of it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.composing.wording import counted, marks, percent, told
from assistant.exporting import Block, Bullets, Lead, Paragraph, ToComplete
from assistant.narrative.evidence import Evidence
from assistant.narrative.quoting import quotations
from assistant.narrative.sections.gaps import stated, widest_gap
from assistant.narrative.telling import figure_of, kinds
from tools.found_sufficiency import Sufficiency


def intentions(evidence: Evidence) -> Iterator[Block]:
    """Stated intentions verbatim, then questions that the figures put."""
    said = list(stated(evidence, "intention"))
    if said:
        yield Lead(
            text="The council's documents already state what it intends; whether that"
            " meets the gaps above is for the council to decide."
        )
        yield from said
    else:
        yield Lead(
            text="No document held states what the council intends, so this section is"
            " for the council to write."
        )
    done = quotations(evidence, "progress")
    if done:
        yield Paragraph(text="Of what was promised before, documents say:")
        yield from done
    asked = tuple(_questions(evidence))
    if asked:
        yield Paragraph(
            text="The evidence in this draft puts these questions to the intentions:"
        )
        yield Bullets(items=asked)
    yield ToComplete(
        whose="the council",
        items=(
            "The intentions that it adopts, each with a number of places, a date, a"
            " cost and an owner",
            "What it will do together with neighbouring councils or the region",
            "What it has considered and will not do, and why",
        ),
    )


def _questions(evidence: Evidence) -> Iterator[str]:
    """What the gaps, distances and unregistered placements ask, where they are told."""
    yield from _of_gaps(evidence)
    yield from _of_distance(evidence)
    entry = evidence.get("children_by_type")
    outside = figure_of(evidence.groups("children_by_type"), "unregistered")
    if entry and outside.value:
        yield (
            f"What will end the placements of"
            f" {counted(outside, 'child', 'children')} in homes that are not"
            f" registered {marks(entry)}?"
        )


def _of_gaps(evidence: Evidence) -> Iterator[str]:
    found: Sufficiency | None = evidence.data("sufficiency")
    entry = evidence.get("sufficiency")
    if entry is None or found is None:
        return
    mark, row = marks(entry, "referrals"), widest_gap(found)
    if row is not None:
        yield (
            f"Do the places intended in {kinds(row.placement_type)} answer a gap"
            f" of {told(row.gap_a_year)} searches in an average year {mark}?"
        )
    item = found.in_homes_for_want_of_fostering
    if item is not None and item.children_now.value:
        who = counted(item.children_now, "child", "children")
        yield (
            f"Which of the {who} in children's homes for whom foster care was sought"
            f" could move to a family, and with what support {mark}?"
        )


def _of_distance(evidence: Evidence) -> Iterator[str]:
    entry = evidence.get("outside_by_type")
    home = figure_of(evidence.groups("outside_by_type"), "residential")
    if entry and home.value:
        yield (
            f"Which places nearer home would serve the children in children's homes, of"
            f" whom {told(home, percent)} live outside the area {marks(entry)}?"
        )
