"""A narrative drafted: evidence gathered, sections written, checked and numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from assistant.composing.wording import day
from assistant.events import Stage
from assistant.exporting import (
    Block,
    Bullets,
    Contents,
    Figure,
    Heading,
    Lead,
    Note,
    Paragraph,
    References,
    TableBlock,
    ToComplete,
)
from assistant.ledger import Ledger
from assistant.narrative.evidence import Evidence, planned_calls
from assistant.narrative.holding import Check
from assistant.narrative.limits import limits
from assistant.narrative.numbering import with_references
from assistant.narrative.sections import SECTIONS
from corpus.models import Frozen
from tools.base import Knowledge
from tools.citing import INVENTED_DATA, invented_mark

SUMMARY: Final = "Summary"
LIMITS: Final = "Method and limits"
REFERENCES: Final = "References"


class Narrative(Frozen):
    """A drafted statement, ready to be written to a file."""

    authority: str
    title: str
    blocks: tuple[Block, ...]
    struck: tuple[str, ...]
    """What was taken out since it could not be traced; none is the rule."""

    @property
    def references(self) -> References:
        """What the markers stand for."""
        held = (block for block in self.blocks if isinstance(block, References))
        return next(held, References(citations=()))

    def count(self, kind: type[TableBlock] | type[Figure] | type[ToComplete]) -> int:
        """How many blocks of a kind there are."""
        return sum(isinstance(block, kind) for block in self.blocks)


class Stopped(Exception):
    """The caller asked to stop; nothing was kept."""


def draft_narrative(
    knowledge: Knowledge,
    authority: str,
    stop: Callable[[], bool],
    ledger: Ledger,
) -> Iterator[Stage | Narrative]:
    """Draft the statement of one authority, by its usual name; the last item is it.

    Raises:
        Stopped: as soon as `stop` says so, between two steps.
    """
    evidence = Evidence(ledger, authority)
    total = len(planned_calls(authority, knowledge)) + len(SECTIONS) + 1
    done = 0
    for call in evidence.gather():
        _go_on(stop)
        yield Stage(text=f"reading {call.told}", done=done, total=total)
        done += 1
    written: dict[str, tuple[Block, ...]] = {}
    check = Check(ledger)
    for heading, section in SECTIONS.items():
        _go_on(stop)
        yield Stage(text=f"writing: {heading}", done=done, total=total)
        written[heading] = tuple(check.holding(section(evidence)))
        done += 1
    _go_on(stop)
    yield Stage(text="numbering the references", done=done, total=total)
    yield _narrative(evidence, written, check)


def _go_on(stop: Callable[[], bool]) -> None:
    if stop():
        raise Stopped


def _narrative(
    evidence: Evidence, written: dict[str, tuple[Block, ...]], check: Check
) -> Narrative:
    title = (
        f"{evidence.authority}: sufficiency statement for children in care, draft"
        f"{invented_mark(evidence.knowledge)}"
    )
    blocks: list[Block] = [
        Heading(text=title, level=0),
        *_opening(evidence),
        Contents(),
        *check.holding(_summary(written)),
    ]
    for number, (heading, section) in enumerate(written.items(), start=1):
        blocks += [Heading(text=f"{number}. {heading}"), *section]
    blocks.append(Heading(text=LIMITS))
    blocks += check.holding(limits(evidence, check.struck))
    numbered, references = with_references(blocks, evidence.ledger)
    return Narrative(
        authority=evidence.authority,
        title=title,
        blocks=(*numbered, Heading(text=REFERENCES), references),
        struck=tuple(check.struck),
    )


def _opening(evidence: Evidence) -> Iterator[Block]:
    """What the draft is, for whom it was drawn, and how to read it."""
    knowledge = evidence.knowledge
    as_at = knowledge.dataset.as_at
    speaks = f" The records speak to {day(as_at)}." if as_at else ""
    yield Paragraph(
        text=f"A draft for the council to complete, as seen by"
        f" {knowledge.viewer}.{speaks} Numbers in square brackets point to the"
        " references at the end. Places that only the council can fill are marked."
    )
    if knowledge.dataset.kind == "demonstration":
        yield Note(text=INVENTED_DATA)
    if not evidence.own:
        yield Note(
            text="Figures about children are under disclosure control, since the reader"
            f" is not {evidence.authority}. Counts are estimates, told as “about”, and"
            " figures of few children are withheld, which tables mark with c. The"
            " council itself can draft the statement from its exact figures."
        )


def _summary(written: dict[str, tuple[Block, ...]]) -> Sequence[Block]:
    """The direct message of every section, in their order."""
    leads = tuple(
        block.text
        for section in written.values()
        for block in section
        if isinstance(block, Lead)
    )
    return (Heading(text=SUMMARY), Bullets(items=leads))
