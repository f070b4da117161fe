"""What a visitor wrote under each of the nine quality standards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from corpus.extracting.lines import Line, LinedDocument, Piece
from corpus.extracting.topics import Topic, standards_of, topic_of
from corpus.extracting.words import Words
from corpus.observed import QualityStandard, StandardComment

Met = Literal["met", "partly_met", "not_met", "insufficient_evidence"]

_I: Final = re.IGNORECASE
_UNTOLD: Final = Words("standards.untold")
_PARTLY: Final = Words("standards.partly")
_NOT: Final = Words("standards.not")
_MET: Final = Words("standards.met")
_OF_STANDARD: Final = Words("standards.of_standard")
_TITLE: Final = re.compile(r"\s*(?::|\||\s[–—-]\s|\.\s|\))\s*")


def read_standards(lined: LinedDocument, visit_id: str) -> tuple[StandardComment, ...]:
    """What the report says under each standard, in the document's order.

    A standard stands as a heading, or as the label of a row or list item, by its
    regulation's number or its name. A heading that names two gives a row to each.
    """
    found: dict[QualityStandard, StandardComment] = {}
    for standards, piece, met in (*_sections(lined), *_labelled(lined)):
        for standard in standards:
            comment = StandardComment(
                visit_id=visit_id,
                standard=standard,
                met=met,
                span=lined.span(piece.start, piece.end),
            )
            held = found.get(standard)
            if held is None or (held.met == "insufficient_evidence" != met):
                found[standard] = comment
    return tuple(sorted(found.values(), key=lambda comment: comment.span.start))


def _sections(
    lined: LinedDocument,
) -> Iterator[tuple[tuple[QualityStandard, ...], Piece, Met]]:
    for line in lined.lines:
        if not line.heading or line.is_row:
            continue
        standards = standards_of(line.bare)
        body = [other for other in lined.below(line) if other.text.strip()]
        if standards and body:
            piece = Piece(
                body[0].start,
                body[-1].end,
                lined.document.text[body[0].start : body[-1].end],
            )
            yield standards, piece, _met(f"{line.text}\n{piece.text}", whole=False)


def _labelled(
    lined: LinedDocument,
) -> Iterator[tuple[tuple[QualityStandard, ...], Piece, Met]]:
    """Rows and list items that begin with a standard's number or name."""
    for line in lined.lines:
        if line.heading or topic_of(line.path) in (
            Topic.RECOMMENDATIONS, Topic.FOLLOW_UP, Topic.OPINION,
        ):  # fmt: skip
            continue
        parted = _parted(line)
        if parted:
            label, comment = parted
            standards = standards_of(label)
            by_number = re.search(r"\breg", label, _I) is not None
            if standards and (by_number or line.is_row or line.marked):
                yield standards, comment, _met(comment.text, whole=True)


def _parted(line: Line) -> tuple[str, Piece] | None:
    """The label that a line begins with, and what stands against it."""
    if line.is_row:
        label_end = 1
        while label_end < len(line.cells) and not standards_of(
            " ".join(c.text for c in line.cells[:label_end])
        ):
            label_end += 1
        if label_end >= len(line.cells):
            return None
        cells = line.cells[label_end:]
        extra = standards_of(cells[0].text) and len(cells) > 1
        cells = cells[1:] if extra else cells
        start = cells[0].start
        label = " ".join(cell.text for cell in line.cells[:label_end])
        return label, Piece(start, line.end, line.text[start - line.start :])
    for edge in _TITLE.finditer(line.body.text):
        label = line.body.text[: edge.start()]
        if len(label.split()) > 14:
            return None
        if standards_of(label) and edge.end() < len(line.body.text):
            start = line.body.start + edge.end()
            return label, Piece(start, line.end, line.body.text[edge.end() :])
    return None


def _met(text: str, *, whole: bool) -> Met:
    """The word that the report gives the standard; insufficient evidence without one.

    In a section's text only a sentence about the standard itself counts.
    """
    said = (
        [text]
        if whole
        else [s for s in re.split(r"(?<=[.!?])\s+|\n", text) if _OF_STANDARD.search(s)]
    )
    for sentence in said:
        if _PARTLY.search(sentence):
            return "partly_met"
        if _NOT.search(sentence):
            return "not_met"
        if _UNTOLD.search(sentence):
            return "insufficient_evidence"
        if _MET.search(sentence):
            return "met"
    return "insufficient_evidence"
