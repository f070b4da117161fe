"""Duty and vision: what the law asks, and what the council says it wants."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.composing.wording import day
from assistant.exporting import Block, Lead, Paragraph, ToComplete
from assistant.law import PLACEMENT, SUFFICIENCY
from assistant.narrative.evidence import Evidence
from assistant.narrative.quoting import quotations


def duty(evidence: Evidence) -> Iterator[Block]:
    """The duty, how the statement is made, and the vision that is held."""
    authority = evidence.authority
    duty_mark = f"[{evidence.ledger.cite(SUFFICIENCY)}]"
    place_mark = f"[{evidence.ledger.cite(PLACEMENT)}]"
    yield Lead(
        text=f"{authority} must, so far as reasonably practicable, secure enough"
        f" accommodation in its area for the children it looks after {duty_mark}."
    )
    yield Paragraph(
        text="Accommodation counts towards the duty where it meets the needs of the"
        f" children for whom it would be in their interest to live in the area"
        f" {duty_mark}. A placement should let a child live near home, stay in the same"
        " school and live with brothers and sisters, should suit a disabled child, and"
        f" should be within the area unless that is not practicable {place_mark}."
    )
    yield Paragraph(text=_made(evidence))
    said = quotations(evidence, "vision", most=2)
    if said:
        yield Paragraph(text="Documents held of the council say what it wants:")
        yield from said
    yield ToComplete(whose="the council", items=_asked(bool(said)))


def _made(evidence: Evidence) -> str:
    """What kinds of evidence the draft rests on."""
    as_at = evidence.knowledge.dataset.as_at
    entry = evidence.get("children_by_type")
    mark = f"[{entry.markers[0]}]" if entry else ""
    speaks = f"speak to {day(as_at)} {mark}" if as_at else f"are undated {mark}"
    return (
        f"The figures that follow come from placement records, which {speaks}."
        " Forecasts and costs of gaps come from models whose assumptions the references"
        " give. Quotations are the words of documents held, and none of them has been"
        " checked against the records."
    )


def _asked(vision_held: bool) -> tuple[str, ...]:
    vision = (
        "Whether the vision quoted is still the one that the lead member has agreed"
        if vision_held
        else "The vision and priorities that the lead member has agreed"
    )
    return (
        vision,
        "How children, care leavers, carers and providers shaped this statement",
        "The period that the statement covers, and the day of its adoption",
    )
