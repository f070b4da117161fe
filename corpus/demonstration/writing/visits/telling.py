"""From what a report is to state to its text, in the visitor's order and manner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from corpus.demonstration.writing.homes import NOTICE
from corpus.demonstration.writing.visits.observations import topics
from corpus.demonstration.writing.visits.planning import STANDARD_OF, Draft
from corpus.demonstration.writing.visits.stories import STANDARDS
from corpus.demonstration.writing.visits.visitors import Chapter
from corpus.demonstration.writing.visits.wording import EVENTS, Wording, fitting

_TRIES: Final = 40
"""Findings that are drawn before one that was written before is taken."""


def told(draft: Draft) -> str:
    """The report of a visit, as Markdown."""
    visitor = draft.occasion.visitor
    title = draft.slots.fill(draft.choice.of(visitor.titles))
    blocks = [f"# {title}", NOTICE]
    number = 0
    for chapter in visitor.outline:
        paragraphs = list(_paragraphs(draft, chapter))
        if not paragraphs:
            continue
        number += 1
        heading = draft.slots.fill(draft.choice.of(chapter.headings))
        blocks.append(
            f"## {number}. {heading}" if visitor.numbered else f"## {heading}"
        )
        blocks += _numbered(number, paragraphs) if visitor.numbered else paragraphs
    return "\n\n".join(blocks) + "\n"


def _paragraphs(draft: Draft, chapter: Chapter) -> Iterator[str]:
    """What is said under one heading."""
    for part in chapter.parts:
        name, _, most = part.partition(":")
        if name == "happened":
            text = draft.slots.fill(draft.occasion.month.happened)
            yield from (" ".join(block.split()) for block in text.split("\n\n"))
        elif name == "standards":
            yield _standards(draft)
        elif name in topics():
            yield from _topic(draft, name, _about(draft, int(most)))
        elif draft.parts.get(name):
            yield from draft.parts[name].split("\n\n")


def _about(draft: Draft, most: int) -> int:
    """About that many, and at least one: visitors dwell now on this, now on that."""
    return max(1, most + draft.choice.rng.choice((-1, 0, 0, 1, 1)))


def _topic(draft: Draft, topic: str, most: int) -> list[str]:
    """A paragraph on one topic: the story's own finding, then what else was seen."""
    sentences = _findings(draft, topic, most)
    verdict = _verdict(draft, topic)
    text = " ".join([*sentences, *([verdict] if verdict else [])])
    return [text] if text else []


def _findings(draft: Draft, topic: str, most: int) -> list[str]:
    """The story's own finding on a topic, then others up to `most`, an event first."""
    own = draft.occasion.month.standards.get(topic)
    found = [draft.slots.fill(" ".join(own.split()))] if own else []
    lines = _lines(draft, topic)
    if any(line.when & EVENTS and line.fits(draft.occasion.tags) for line in lines):
        most = max(most, len(found) + 1)
    while len(found) < most and (new := _finding(draft, lines)):
        found.append(new)
    return found


def _lines(draft: Draft, topic: str) -> list[Wording]:
    """What the visitor may say of a topic; of one that the story mutes, events."""
    visitor, held = draft.occasion.visitor, topics()[topic]
    common = held.notes if visitor.brief else held.sentences
    own = visitor.findings.get(topic, ())
    lines = [*own] if visitor.own_findings else [*common, *own]
    if topic in draft.occasion.story.mute:
        return [line for line in lines if line.when & EVENTS]
    return lines


def _finding(draft: Draft, lines: Sequence[Wording]) -> str:
    """A finding new to this report, and to all others as far as one is soon found."""
    choice = draft.choice
    tags = draft.occasion.tags
    if draft.found & {line.text for line in lines if line.when & EVENTS}:
        tags -= EVENTS
    fresh = [text for text in fitting(lines, tags) if text not in draft.found]
    text = ""
    for _ in range(min(_TRIES, len(fresh))):
        line = choice.of(fresh)
        text = _filled(draft, line)
        if text not in choice.said:
            draft.found.add(line)
            break
    choice.said.add(text)
    return text


def _filled(draft: Draft, line: str) -> str:
    """A finding about one or two of the children, whom chance picks."""
    letters = list(draft.occasion.month.children)
    draft.choice.rng.shuffle(letters)
    names = [draft.occasion.visitor.child(letter) for letter in letters]
    return draft.slots.fill(line, child=names[0], child2=names[-1])


def _verdict(draft: Draft, topic: str) -> str:
    """What the visitor says of whether a standard is met; empty where nothing."""
    visitor = draft.occasion.visitor
    outcome = (
        draft.planned.standards.get(STANDARD_OF[topic])
        if topic in STANDARD_OF
        else None
    )
    if outcome is None:
        return ""
    line = draft.choice.wording(visitor.verdicts[outcome], draft.occasion.tags)
    return draft.slots.fill(line)


def _standards(draft: Draft) -> str:
    """The nine standards, one a line, each with a verdict and a finding or two."""
    lines = []
    for topic, title in STANDARDS.items():
        verdict = _verdict(draft, topic)
        sampled = draft.planned.standards[STANDARD_OF[topic]] != "insufficient_evidence"
        finding = " ".join(_findings(draft, topic, 2)) if sampled else ""
        line = draft.choice.of(draft.occasion.visitor.standard_lines)
        lines.append(line.format(title=title, verdict=verdict, finding=finding).strip())
    return "\n".join(lines)


def _numbered(number: int, paragraphs: list[str]) -> list[str]:
    """Paragraphs with numbers in front; a list belongs to the paragraph before it."""
    lines, count = [], 0
    for paragraph in paragraphs:
        if paragraph.startswith(("- ", "|", "1. ", "R1", "(1)")):
            lines.append(paragraph)
        else:
            count += 1
            lines.append(f"{number}.{count} {paragraph}")
    return lines
