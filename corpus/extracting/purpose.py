"""Admission criteria and claimed needs, as one statement of purpose states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.codes import Gender
from corpus.extracting.ages import read_ages
from corpus.extracting.lines import LinedDocument, Piece
from corpus.extracting.numbers import leading_number, read_number
from corpus.extracting.purpose_needs import read_stated_needs
from corpus.extracting.words import Words, forms
from corpus.models import Document
from corpus.observed import Observed, Span, StatedCriteria
from corpus.reading.recognise import recognise_provider, recognise_urn

_I: Final = re.IGNORECASE
_OPENING: Final = 4000
_SHORT: Final = 8
"""Words up to which a value is a number with its noun.
"""
_ADMITS: Final = Words("purpose.admits")
_AGE_LABEL: Final = Words("purpose.age_label")
_GENDER_LABEL: Final = re.compile(r"^(?:gender|sex|genders?)\b.{0,30}$", _I)
_PLACES_LABEL: Final = Words("purpose.places_label")
_ANY: Final = Words("purpose.any")
_BOTH: Final = Words("purpose.both")
_BOYS: Final = re.compile(r"\b(?:boys?|males?|young men)\b", _I)
_GIRLS: Final = re.compile(r"\b(?:girls?|females?|young women)\b", _I)
_NOT_PLACES: Final = re.compile(
    r"\b(?:spare|vacant|empty|free|emergency|respite|staff|sleep)\b", _I
)


def read_purpose(document: Document) -> Observed:
    """The criteria that a statement of purpose states, and the needs that it claims.

    A labelled fact leads; then the first sentence about whom the home admits. What the
    statement leaves out is None, or empty for genders.
    """
    lined = LinedDocument(document)
    ages = _ages(lined)
    genders = _genders(lined, ages[1] if ages else None)
    places = _places(lined)
    opening = document.text[:_OPENING]
    urn = recognise_urn(opening) or document.urn
    spans = [found[1] for found in (ages, genders, places) if found]
    criteria = StatedCriteria(
        document_id=document.document_id,
        setting=recognise_provider(opening) or document.provider,
        urn=urn,
        stated_on=document.published,
        age_from=ages[0][0] if ages else None,
        age_to=ages[0][1] if ages else None,
        genders=genders[0] if genders else (),
        places=places[0] if places else None,
        spans=tuple(dict.fromkeys(sorted(spans, key=lambda span: span.start))),
    )
    return Observed(criteria=(criteria,), stated_needs=read_stated_needs(lined, urn))


def _labelled(
    lined: LinedDocument, label: Words | re.Pattern[str]
) -> Iterator[tuple[str, Span]]:
    """Values that stand against a label, with the span of both."""
    for line, field in lined.fields:
        if label.match(field.label) and not line.text.endswith("?"):
            yield (
                field.value.text,
                lined.span(field.start, max(field.value.end, field.start)),
            )


def _sentences(lined: LinedDocument) -> Iterator[Piece]:
    """Sentences about whom the home admits; those of tables are read as labels."""
    for line, piece in lined.sentences:
        if not line.is_row and _ADMITS.search(piece.text):
            yield piece


def _ages(lined: LinedDocument) -> tuple[tuple[int | None, int | None], Span] | None:
    for value, span in _labelled(lined, _AGE_LABEL):
        found = read_ages(f"aged {value}")
        if found:
            return found, span
    candidates = [
        (ages, lined.span(piece.start, piece.end))
        for piece in _sentences(lined)
        if (ages := read_ages(piece.text))
    ]
    whole = [found for found in candidates if None not in found[0]]
    return next(iter([*whole, *candidates]), None)


def _genders(
    lined: LinedDocument, ages: Span | None
) -> tuple[tuple[Gender, ...], Span] | None:
    for value, span in _labelled(lined, _GENDER_LABEL):
        if found := _gender_words(value):
            return found, span
    if ages and (found := _gender_words(ages.quote)):
        return found, ages
    for piece in _sentences(lined):
        registered = re.search(
            r"\bregist|\badmi|\bgender|\bonly\b|\bhome for\b|\bplaces?\b",
            piece.text,
            _I,
        )
        if registered and (found := _gender_words(piece.text)):
            return found, lined.span(piece.start, piece.end)
    return None


def _gender_words(text: str) -> tuple[Gender, ...]:
    if _ANY.search(text):
        return (Gender.MALE, Gender.FEMALE, Gender.OTHER)
    if _BOTH.search(text):
        return (Gender.MALE, Gender.FEMALE)
    boys, girls = _BOYS.search(text), _GIRLS.search(text)
    if boys and girls:
        return ()
    if boys:
        return (Gender.MALE,)
    return (Gender.FEMALE,) if girls else ()


def _places(lined: LinedDocument) -> tuple[int, Span] | None:
    for value, span in _labelled(lined, _PLACES_LABEL):
        short = len(value.split()) <= _SHORT
        count = (leading_number(value) if short else None) or _places_in(value)
        if count:
            return count, span
    for piece in _sentences(lined):
        for form in forms("purpose.places"):
            match = form.search(piece.text)
            count = read_number(match["n"]) if match else None
            if match and count and not _NOT_PLACES.search(match[0]):
                return count, lined.span(piece.start, piece.end)
    return None


def _places_in(text: str) -> int | None:
    matches = (form.search(text) for form in forms("purpose.places"))
    return next((read_number(match["n"]) for match in matches if match), None)
