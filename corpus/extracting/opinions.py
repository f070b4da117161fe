"""The two required opinions, from the visitor's own words alone.

Regulation 44(4) asks the independent person's opinion whether (a) children are
effectively safeguarded and (b) the conduct of the home promotes their well-being.
What the manager, the staff, Ofsted or the regulation says is no opinion, nor is what
the visitor thought a month ago.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from corpus.extracting.lines import Line, LinedDocument, Piece, clauses, sentences_of
from corpus.extracting.topics import Topic, heading_topic, topic_of
from corpus.extracting.words import Words
from corpus.observed import Opinion, Span

Question = Literal["safeguarded", "well_being"]

_I: Final = re.IGNORECASE
_SUBJECT: Final[dict[Question, Words]] = {
    "safeguarded": Words("opinions.subject_safeguarded"),
    "well_being": Words("opinions.subject_well_being"),
}
_ASSERTED: Final[dict[Question, Words]] = {
    "safeguarded": Words("opinions.asserted_safeguarded"),
    "well_being": Words("opinions.asserted_well_being"),
}
"""Words that state the thing itself, which in an opinion's section is enough."""
_VOICE: Final = Words("opinions.voice")
_HOLDS: Final = Words("opinions.holds")
_ANOTHER: Final = Words("opinions.another")
_FORMER: Final = Words("opinions.former")
_NOW: Final = re.compile(
    r"\b(?:am|is|are|remain\w*|continue\w*|promotes?|now|today|still|cannot)\b", _I
)
_ASKS: Final = re.compile(
    r"\bwhether\b|\brequires? (?:me|the independent)|\bmust (?:give|state|form)", _I
)

_UNTOLD: Final = Words("opinions.untold")
_DOUBLE: Final = Words("opinions.double")
_PARTLY: Final = Words("opinions.partly")
_DENIED: Final = Words("opinions.denied")
_RESERVED: Final = Words("opinions.reserved")
_CONTRAST: Final = re.compile(
    r"\s*;\s+|,?\s+\b(?:but|however|although|though|whereas|while|yet)\b\s+", _I
)
_JOIN: Final = re.compile(
    r",?\s+\b(?:and|but)\b\s+(?=(?:I|that|it|the conduct|its conduct)\b)", _I
)
_AFFIRMED_FIRST: Final = re.compile(
    r"^\W*yes\b|(?:\bsafeguarded\b|\bpromot\w+[^,;]*well[-\s]?being\b)[^,;]*[,;]", _I
)
"""An opinion that is whole before a later clause denies something."""
_REPLIES: Final = re.compile(
    r"\bin my (?:opinion|view|judgement),? (?:they|it|yes|no)\b", _I
)
_GOES_ON: Final = Words("opinions.goes_on")


@dataclass(frozen=True)
class Stated:
    """An opinion in words, and where it stands."""

    opinion: Opinion
    start: int
    end: int


def read_opinion(
    lined: LinedDocument, question: Question
) -> tuple[Opinion, Span | None]:
    """What the visitor's own words say to one question, and the words.

    Insufficient evidence without a span where no opinion is stated; with one where the
    visitor says that none can be given. An answer to the question itself leads, then
    what stands under a heading for opinions, then "I am satisfied" elsewhere.
    """
    for source in (_answers, _concluded, _elsewhere):
        stated = next(iter(source(lined, question)), None)
        if stated:
            return stated.opinion, lined.span(stated.start, stated.end)
    return Opinion.INSUFFICIENT_EVIDENCE, None


def _answers(lined: LinedDocument, question: Question) -> Iterator[Stated]:
    """Answers that stand against the question: a field, a cell, or below a heading."""
    for line, field in lined.fields:
        if _asks(field.label, line, question) and not _SUBJECT[_other(question)].search(
            field.label
        ):
            value = field.value
            if line.heading or line.text.rstrip("*_ ").endswith((":", "?")):
                value = _paragraph(lined, line, value)
            found = _answer(value, question)
            if found:
                yield found if line.heading else replace(found, start=field.start)


def _asks(label: str, line: Line, question: Question) -> bool:
    """Whether a label is the question: it names the subject, and asks."""
    if len(label) > 200 or not _SUBJECT[question].search(label):
        return False
    asked = label.endswith("?") or line.text.rstrip("*_ ").endswith("?")
    in_section = topic_of(line.path) is Topic.OPINION
    named = re.search(r"opinion|effectively|promot", label, _I)
    heading = line.heading or line.is_row or len(label.split()) <= 12
    return bool(
        heading and (asked or named or in_section) and not _FORMER.search(label)
    )


def _paragraph(lined: LinedDocument, line: Line, value: Piece) -> Piece:
    """The value with the lines that go on below it, up to the next heading."""
    end = value.end
    for other in lined.below(line):
        if other.start >= value.end and (other.block > line.block + 1 or other.is_row):
            break
        end = max(end, other.end)
    return Piece(value.start, end, lined.document.text[value.start : end])


def _answer(value: Piece, question: Question) -> Stated | None:
    """What an answer says: its first sentence that takes a side, and a reservation."""
    pieces = list(sentences_of(value))
    for index, piece in enumerate(pieces):
        opinion = _side(piece.text, question)
        if opinion and not _is_anothers(piece.text):
            return _with_reservation(opinion, piece, pieces[index + 1 :], question)
    return None


def _side(text: str, question: Question) -> Opinion | None:
    """The side that a direct answer takes; None where it takes none."""
    affirmed = re.match(
        r"\W*(?:yes|agreed|i am|i do|they are|it does|satisf|met|effective)", text, _I
    )
    if affirmed or _ASSERTED[question].search(text) or _HOLDS.search(text):
        return polarity(text)
    plain = _UNTOLD.search(text) or re.match(
        r"\W*(?:no|partly|in part|mostly|largely)\b", text, _I
    )
    return polarity(text) if plain else None


def _concluded(lined: LinedDocument, question: Question) -> Iterator[Stated]:
    """Opinions under a heading for them."""
    for line, pieces in _paragraphs(lined):
        if topic_of(line.path) is Topic.OPINION or _is_labelled(line):
            yield from _stated(pieces, question, in_section=True)


def _is_labelled(line: Line) -> bool:
    """Whether a paragraph calls itself the opinion: "Opinion: I am satisfied"."""
    label, colon, _ = line.body.text.partition(":")
    return (
        bool(colon) and len(label.split()) < 7 and heading_topic(label) is Topic.OPINION
    )


def _elsewhere(lined: LinedDocument, question: Question) -> Iterator[Stated]:
    """Opinions in the first person, wherever they stand; the last leads."""
    found = [
        stated
        for _, pieces in _paragraphs(lined)
        for stated in _stated(pieces, question, in_section=False)
    ]
    return reversed(found)


def _paragraphs(lined: LinedDocument) -> Iterator[tuple[Line, list[Piece]]]:
    for line in lined.lines:
        if not line.heading:
            yield line, list(sentences_of(line))


def _stated(
    pieces: list[Piece], question: Question, *, in_section: bool
) -> Iterator[Stated]:
    """The opinions of one paragraph to one question."""
    for index, piece in enumerate(pieces):
        if not _is_opinion(piece.text, question, in_section):
            continue
        opinion = polarity(_about(piece, question))
        if opinion:
            yield _with_reservation(opinion, piece, pieces[index + 1 :], question)


def _is_opinion(text: str, question: Question, in_section: bool) -> bool:
    """Whether a sentence is the visitor's own opinion, held now, on the question."""
    if not _SUBJECT[question].search(text) or text.rstrip().endswith("?"):
        return False
    if _is_anothers(text) or (_FORMER.search(text) and not _NOW.search(text)):
        return False
    if (
        _ASKS.search(text)
        and not _UNTOLD.search(text)
        and not re.search(r"\b(?:yes|no)\b", text, _I)
        and not _REPLIES.search(text)
    ):
        return False
    spoken = _VOICE.search(text) and _HOLDS.search(text)
    if in_section:
        return bool(_ASSERTED[question].search(text) or spoken)
    return bool(spoken and _ASSERTED[question].search(text))


def _is_anothers(text: str) -> bool:
    """Whether a sentence gives the view of anyone but the visitor."""
    another = _ANOTHER.search(text)
    own = _VOICE.search(text)
    return another is not None and not (own and own.start() < another.start())


def _about(piece: Piece, question: Question) -> str:
    """The part of a sentence that bears on one question.

    Where the other question stands in a clause of its own, that clause is left out
    unless this one says nothing by itself ("and that its conduct promotes it").
    """
    if not _SUBJECT[_other(question)].search(piece.text):
        return piece.text
    parts = list(clauses(piece, _CONTRAST))
    if len(parts) == 1:
        parts = list(clauses(piece, _JOIN))
    own = [part.text for part in parts if _SUBJECT[question].search(part.text)]
    first = parts[0].text
    if own and not _stands_alone(own[0]) and own[0] != first:
        return f"{first} {own[0]}"
    shared = [
        part.text for part in parts if not _SUBJECT[_other(question)].search(part.text)
    ]
    extra = [text for text in shared if text not in own]
    return "; but ".join([*own, *extra]) if own else piece.text


def _stands_alone(text: str) -> bool:
    return bool(
        _HOLDS.search(text) or re.match(r"\W*(?:I|it|the|they|children)\b", text, _I)
    )


def polarity(text: str) -> Opinion | None:
    """The side that an opinion's words take.

    A double negative ("nothing to suggest that they are not") is a yes; "not fully"
    and a stated reservation make a qualified one.
    """
    if _UNTOLD.search(text):
        return Opinion.INSUFFICIENT_EVIDENCE
    text = text.partition("whether ")[2] if _REPLIES.search(text) else text
    double = _DOUBLE.search(text)
    rest = text.replace(double[0], " ") if double else text
    if _PARTLY.search(rest):
        return Opinion.QUALIFIED
    reserved = _RESERVED.search(rest)
    main = rest[: reserved.start()] if reserved and reserved.start() > 12 else rest
    denied = _DENIED.search(main)
    if denied and not _AFFIRMED_FIRST.search(main[: denied.start()]):
        return Opinion.NO
    return Opinion.QUALIFIED if reserved or denied else Opinion.YES


def _with_reservation(
    opinion: Opinion, piece: Piece, following: list[Piece], question: Question
) -> Stated:
    """The opinion with the reservation that the next sentence adds, if one does."""
    after = following[0] if following else None
    adds = after and _GOES_ON.search(after.text)
    if after and adds and opinion in (Opinion.YES, Opinion.QUALIFIED):
        others = _SUBJECT[_other(question)].search(after.text)
        if not others or _SUBJECT[question].search(after.text):
            return Stated(Opinion.QUALIFIED, piece.start, after.end)
    return Stated(opinion, piece.start, piece.end)


def _other(question: Question) -> Question:
    return "well_being" if question == "safeguarded" else "safeguarded"
