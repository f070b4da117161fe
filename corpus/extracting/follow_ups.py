"""What a visitor found of the recommendations of the visit before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from corpus.extracting.lines import Line, LinedDocument, Piece, sentences_of
from corpus.extracting.themes import theme_of
from corpus.extracting.topics import Topic, is_item, topic_of
from corpus.extracting.words import Words
from corpus.observed import FollowUp

Outcome = Literal["met", "partly_met", "not_met", "insufficient_evidence"]

_I: Final = re.IGNORECASE
_UNKNOWN: Final = Words("follow_ups.unknown")
_NOT: Final = Words("follow_ups.not")
_PART: Final = Words("follow_ups.part")
_UNDER_WAY: Final = Words("follow_ups.under_way")
_MET: Final = Words("follow_ups.met")
_NONE: Final = Words("follow_ups.none")
_WEAK: Final = re.compile(
    r"\bsince (?:my |the )?last (?:time|visit|month)|^\W*last (?:time|visit|month)",
    _I,
)
_COLUMNS: Final = re.compile(
    r"\b(?:progress|outcome|status|found|met|update|position|result|finding)\b", _I
)
_REC_COLUMN: Final = re.compile(r"recommend|action|ask|request|promis", _I)
_RAISED: Final = Words("follow_ups.raised")
_NAMED: Final = re.compile(
    r"\b(?:recommendation|rec|action|R)\.?\s*(?:no\.?\s*|number\s*)?(\d{1,2})\b", _I
)
_PARTS: Final = re.compile(
    r"\s*(?:[:|\t]|\s[–—-]\s|\.\s+|;\s+|\?\s+"
    r"|,\s+(?=(?:that|which|this|it) (?:is|has|was)\b))\s*"
)
_PLAIN: Final[dict[str, Outcome]] = {
    "": "met",
    "not": "not_met",
    "not yet": "not_met",
    "un": "not_met",
    "partly": "partly_met",
    "partially": "partly_met",
}
_PLAINLY: Final = re.compile(
    r"\W*(?:you have |yes,? )?(not yet |not |un|partly |partially )?met\b"
    r"(?! (?:in part|with|only|by|for))",
    _I,
)
"""An outcome that stands first, whatever is said after it."""
_ASIDE: Final = 8
"""Words below which a further sentence only adds to the one before it."""
_SAID: Final[tuple[tuple[Words | re.Pattern[str], Outcome], ...]] = (
    (_PART, "partly_met"),
    (_NOT, "not_met"),
    (re.compile(r"\bmet\b", _I), "met"),
    (_UNDER_WAY, "partly_met"),
    (_MET, "met"),
)
"""What words say, those that decide first in front."""


@dataclass(frozen=True)
class _Item:
    start: int
    end: int
    about: str
    """What had been asked."""
    found: str
    """What was found of it."""


def read_follow_ups(lined: LinedDocument, visit_id: str) -> tuple[FollowUp, ...]:
    """What the report says of earlier recommendations, in order.

    `recommendation` is the number that the report prints for one ("Recommendation 2:
    met"), and None elsewhere: which one is meant is told from the visit before.
    """
    return tuple(
        FollowUp(
            visit_id=visit_id,
            theme=theme_of(item.about),
            outcome=outcome_of(item.found),
            recommendation=_named(item.about),
            span=lined.span(item.start, item.end),
        )
        for item in (*_listed(lined), *_said(lined))
    )


def outcome_of(text: str) -> Outcome:
    """What words say became of a recommendation; insufficient evidence if nothing.

    What stands first decides: "not done: parts were ordered, and one is in place".
    """
    plain = _PLAINLY.match(text)
    if plain:
        return _PLAIN[(plain[1] or "").casefold().strip()]
    if _UNKNOWN.search(text):
        return "insufficient_evidence"
    first = _PARTS.split(text.strip(" :|–-"), maxsplit=1)[0]
    found = (
        said for part in (first, text) for form, said in _SAID if form.search(part)
    )
    return next(found, "insufficient_evidence")


def _named(about: str) -> int | None:
    match = _NAMED.search(about)
    return int(match[1]) if match else None


def _listed(lined: LinedDocument) -> Iterator[_Item]:
    """Items under a heading for earlier recommendations."""
    lines = [line for line in lined.lines if topic_of(line.path) is Topic.FOLLOW_UP]
    header: Line | None = None
    marked = any(is_item(line) or line.is_row for line in lines)
    for line in lines:
        if _NONE.search(line.bare) or (line.heading and not is_item(line)):
            continue
        if line.is_row:
            if header is None and _is_header(line):
                header = line
            else:
                yield _row(line, header)
        elif is_item(line) or not marked:
            yield from _items(line)


def _is_header(line: Line) -> bool:
    short = all(len(cell.text.split()) <= 6 for cell in line.cells)
    return (
        short
        and bool(_REC_COLUMN.search(line.text))
        and bool(_COLUMNS.search(line.text))
        and not _is_told(line.text.split("|")[-1])
    )


def _row(line: Line, header: Line | None) -> _Item:
    """One row: what was asked stands first among the words, what was found last."""
    cells = [cell for cell in line.cells if not re.fullmatch(r"\W*\d*\W*", cell.text)]
    found = [
        c.text
        for c, h in zip(line.cells, header.cells if header else (), strict=False)
        if _COLUMNS.search(h.text)
    ]
    about = cells[0].text if cells else line.text
    start = (cells or list(line.cells))[0].start
    number = (
        line.cells[0].text if re.fullmatch(r"\W*\d+\W*", line.cells[0].text) else ""
    )
    said = " | ".join(found) if found else " | ".join(cell.text for cell in cells[1:])
    return _Item(
        start,
        line.end,
        f"Recommendation {number.strip(' .')} {about}" if number else about,
        said,
    )


def _items(line: Line) -> Iterator[_Item]:
    """The items of one line: a whole list item, or each sentence of a paragraph."""
    body = line.body
    if line.marked:
        about, found = _halves(body.text)
        weak = _is_weak(line)
        if (
            not weak
            or outcome_of(found) != "insufficient_evidence"
            or _UNKNOWN.search(found)
        ):
            yield _Item(body.start, body.end, about, found)
        return
    pieces = list(sentences_of(body))
    if not _is_weak(line) or any(_RAISED.search(piece.text) for piece in pieces):
        yield from _told(pieces)


def _is_weak(line: Line) -> bool:
    """Whether its heading may stand over anything: "Since last time"."""
    heading = line.path[-1] if line.path else ""
    return bool(_WEAK.search(heading)) and not _REC_COLUMN.search(heading)


def _told(pieces: list[Piece]) -> Iterator[_Item]:
    """Sentences that say what became of something; a request joins its answer."""
    asked: Piece | None = None
    for index, piece in enumerate(pieces):
        aside = index and len(piece.text.split()) < _ASIDE
        if _NONE.search(piece.text) or (
            aside and not (asked or _RAISED.search(piece.text))
        ):
            continue
        if _RAISED.search(piece.text) and not _is_told(piece.text):
            asked = piece
        elif _is_told(piece.text):
            start = asked.start if asked else piece.start
            about = f"{asked.text} {piece.text}" if asked else piece.text
            yield _Item(start, piece.end, about, _halves(piece.text)[1])
            asked = None


def _is_told(text: str) -> bool:
    return any(form.search(text) for form in (_UNKNOWN, _NOT, _PART, _UNDER_WAY, _MET))


def _halves(text: str) -> tuple[str, str]:
    """What was asked and what was found, where a mark parts them."""
    for edge in _PARTS.finditer(text):
        if _is_told(text[edge.end() :]):
            return text[: edge.start()], text[edge.end() :]
    return text, text


def _said(lined: LinedDocument) -> Iterator[_Item]:
    """Sentences elsewhere that tell of an earlier recommendation and its outcome."""
    grouped: dict[int, list[Piece]] = {}
    for line, piece in lined.sentences:
        if (
            topic_of(line.path) not in (Topic.FOLLOW_UP, Topic.RECOMMENDATIONS)
            and not line.is_row
        ):
            grouped.setdefault(line.start, []).append(piece)
    if any(topic_of(line.path) is Topic.FOLLOW_UP for line in lined.lines):
        return
    for pieces in grouped.values():
        for index, piece in enumerate(pieces):
            if _RAISED.search(piece.text):
                yield from _told(pieces[index : index + 2])
