"""Governance: who answers for the statement, and how progress is told."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.exporting import Block, Lead, Paragraph, ToComplete
from assistant.narrative.evidence import Evidence
from assistant.narrative.quoting import quotations


def governance(evidence: Evidence) -> Iterator[Block]:
    """What documents say of reporting; the rest only the council can state."""
    said = quotations(evidence, "governance", most=2)
    if said:
        yield Lead(
            text="Documents held say how progress is reported; who owns this statement"
            " is for the council to state."
        )
        yield from said
    else:
        yield Lead(
            text="Nothing held says who owns this statement or how progress is"
            " reported, so this section is for the council to write."
        )
    yield Paragraph(
        text="The figures in this draft can be drawn again from newer records by the"
        " same steps, so that each report of progress sets like beside like."
    )
    yield ToComplete(
        whose="the council",
        items=(
            "The senior officer and the lead member who own the statement",
            "The board that reviews progress, how often, and with which measures",
            "How corporate parents, the children in care council and partners take"
            " part",
            "Equality impact, risks and the day of the next review",
        ),
    )
