"""Needs that a statement of purpose says the home accepts, or does not.

A claim counts where the statement makes it in words: in a sentence ("we are unable to
accept"), in the list below such a sentence or heading, or against a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus import vocabulary
from corpus.codes import Need, Stance
from corpus.extracting.lines import Line, LinedDocument, Piece, clauses, sentences_of
from corpus.extracting.words import Words
from corpus.observed import StatedNeed

_I: Final = re.IGNORECASE
_EXCLUDES: Final = Words("purpose_needs.excludes")
_CLAIMS: Final = Words("purpose_needs.claims")
_CARES: Final = Words("purpose_needs.cares")
_LED_BY: Final = Words("purpose_needs.led_by")
_COMPANY: Final = Words("purpose_needs.company")
_LABEL_WORDS: Final = 14
_NOT_A_BAR: Final = Words("purpose_needs.not_a_bar")
_BOTH: Final = re.compile(
    r"\b(?:can (?:and|or) (?:cannot|can[’']t|can not)|do and do not)\b", _I
)
_DEPENDS: Final = Words("purpose_needs.depends")
_EXCEPT: Final = Words("purpose_needs.except")
_CONTRAST: Final = Words("purpose_needs.contrast")
_ASIDE: Final = Words("purpose_needs.aside")
_STATED: Final = Words("purpose_needs.stated")
_REFUSED: Final = Words("purpose_needs.refused")


def read_stated_needs(lined: LinedDocument, urn: str | None) -> tuple[StatedNeed, ...]:
    """One row for each need and stance that the statement states, in its order."""
    found: dict[tuple[Need, Stance], StatedNeed] = {}
    for stance, piece, whole in _claims(lined):
        for match in vocabulary.needs().find(joined(piece.text)):
            key = Need(match.identifier), stance
            span = lined.span(whole.start, whole.end)
            found.setdefault(
                key,
                StatedNeed(
                    document_id=lined.document.document_id,
                    urn=urn,
                    need=key[0],
                    stance=stance,
                    span=span,
                ),
            )
    return tuple(sorted(found.values(), key=lambda row: row.span.start))


def _claims(lined: LinedDocument) -> Iterator[tuple[Stance, Piece, Piece]]:
    """Each claim: its stance, the words that name needs, and the sentence."""
    headed: Stance | None = None
    led: Stance | None = None
    for line in lined.lines:
        if line.is_row:
            yield from _row(line)
        elif line.heading:
            lead = line.text.endswith(":")
            headed = led = _led(line.text) or (led if lead else None)
        else:
            own = list(_told(line, headed))
            if line.listed and led and not own:
                yield led, line.body, line.body
            elif not line.listed:
                last = list(sentences_of(line))[-1].text
                led = _led(last) or (headed if last.endswith(":") else None)
            yield from own


def _led(text: str) -> Stance | None:
    """The stance that a heading or a lead-in gives to the list below it."""
    if not (text.rstrip("*_ ").endswith((":", "?")) or len(text.split()) < 12):
        return None
    return stance_of(text)


def _row(line: Line) -> Iterator[tuple[Stance, Piece, Piece]]:
    """A table's row: a need with the answer against it, or a stance with its needs."""
    first, *others = line.cells
    answers = " ".join(cell.text for cell in others)
    whole = Piece(line.start, line.end, line.text)
    label = stance_of(first.text)
    if label and not vocabulary.needs().find(first.text):
        yield label, Piece(others[0].start, line.end, answers), whole
    elif _REFUSED.search(answers):
        yield Stance.EXCLUDES, first, whole
    elif _STATED.search(answers):
        yield Stance.ACCEPTS, first, whole


def _told(line: Line, headed: Stance | None) -> Iterator[tuple[Stance, Piece, Piece]]:
    """Claims in the sentences of a line, below a heading of some stance."""
    for sentence in sentences_of(line):
        label = _label_stance(sentence.text, headed)
        for part in clauses(sentence, _CONTRAST):
            kept, *left_out = clauses(part, _EXCEPT)
            first = part.start == sentence.start
            stance = stance_of(kept.text) or (label if first else None)
            if stance and not _DEPENDS.search(part.text):
                yield stance, kept, sentence
                for other in left_out:
                    yield _opposite(stance), other, sentence


def _label_stance(text: str, headed: Stance | None) -> Stance | None:
    """The stance of a list in a sentence: its label's, or else its heading's."""
    label, colon, _ = text.partition(":")
    if not colon or len(label.split()) >= _LABEL_WORDS:
        return None
    return stance_of(label) or (headed if _LED_BY.search(label) else None)


def stance_of(text: str) -> Stance | None:
    """What words say of admission; None where they say nothing, or leave it open."""
    if _NOT_A_BAR.search(text):
        return Stance.ACCEPTS
    if _EXCLUDES.search(text):
        return None if _BOTH.search(text) else Stance.EXCLUDES
    if _CLAIMS.search(text):
        return Stance.ACCEPTS
    care = _CARES.search(text)
    aside = care and _ASIDE.search(text[: care.start()])
    return Stance.ACCEPTS if care and not aside else None


def joined(text: str) -> str:
    """`text` as needs are looked for: without companies' names, and with a need of
    three parts in one piece, so that each part is not one."""
    text = _COMPANY.sub(" ", text)
    return re.sub(r"\bsocial, (emotional)", r"social  \1", text, flags=_I)


def _opposite(stance: Stance) -> Stance:
    return Stance.EXCLUDES if stance is Stance.ACCEPTS else Stance.ACCEPTS
