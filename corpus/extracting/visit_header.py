"""Which home was visited, when, and whether it had been told."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from corpus.extracting.days import find_days
from corpus.extracting.lines import LinedDocument
from corpus.extracting.words import Words
from corpus.reading.recognise import recognise_urn
from corpus.text import comparable_name

_I: Final = re.IGNORECASE
_OPENING: Final = 4000
"""Characters in which a visit's own facts stand."""
_FIRST_LINES: Final = 12
_HOME: Final = Words("visit_header.home")
_URN: Final = Words("visit_header.urn")
_VISIT_DATE: Final = Words("visit_header.visit_date")
_OTHER_DATE: Final = Words("visit_header.other_date")
_SAID: Final = Words("visit_header.said")
_UNANNOUNCED: Final = Words("visit_header.unannounced")
_ANNOUNCED: Final = Words("visit_header.announced")
_LABEL: Final = Words("visit_header.label")
_TICKED: Final = re.compile(
    r"(?:☒|☑|✓|✔|\[x\]|\(x\))\s*(un-?)?announced|\b(un-?)?announced\s*[:|]?\s*(?:☒|☑|✓|✔|\[x\]|\(x\))",
    _I,
)
_OTHER_VISIT: Final = Words("visit_header.other_visit")


def visit_day(lined: LinedDocument) -> date | None:
    """The day of the visit: labelled, else told in a sentence, else the document's own.

    None where the report names no day. A day without its year takes the document's.
    """
    near = lined.document.published
    for _, field in lined.fields:
        label = field.label.strip()
        if (
            field.start < _OPENING
            and _VISIT_DATE.match(label)
            and not _OTHER_DATE.search(label)
        ):
            days = find_days(field.value.text, near)
            if days:
                return days[0].day
    for _, piece in lined.sentences:
        if (
            piece.start < _OPENING
            and _SAID.search(piece.text)
            and not _OTHER_VISIT.search(piece.text)
        ):
            days = find_days(piece.text, near)
            if days:
                return days[0].day
    return _first_day(lined) or near


def _first_day(lined: LinedDocument) -> date | None:
    """The first whole day of the opening that is not said to be another."""
    for line in lined.lines[:_FIRST_LINES]:
        days = find_days(line.text)
        if days and not _OTHER_DATE.search(line.text):
            return days[0].day
    return None


def was_announced(lined: LinedDocument) -> bool | None:
    """Whether the home had been told of the visit; None where the report is silent."""
    opening = lined.document.text[:_OPENING]
    ticked = _TICKED.search(opening)
    if ticked:
        return not (ticked[1] or ticked[2])
    for _, field in lined.fields:
        if (
            field.start < _OPENING
            and _LABEL.search(field.label)
            and not _OTHER_VISIT.search(field.label)
        ):
            found = _answered(field.label, field.value.text)
            if found is not None:
                return found
    for line in lined.lines:
        if line.start < _OPENING and not _OTHER_VISIT.search(line.text):
            found = _told(line.text)
            if found is not None:
                return found
    said = (
        _told(p.text)
        for _, p in lined.sentences
        if p.start < _OPENING
        and re.search(
            r"\b(?:this|my|the) visit\b|\bI (?:came|arrived|visited|called)\b", p.text
        )
    )
    return next((found for found in said if found is not None), None)


def _answered(label: str, value: str) -> bool | None:
    """An answer to "Announced?" or to "Type of visit"."""
    found = _told(value)
    if found is not None:
        return found
    answer = re.match(r"\W*(yes|no)\b", value, _I)
    if not answer:
        return None
    both = re.search(r"\bannounced\s*(?:/|or)\s*un-?announced", label, _I)
    if both:
        return None
    negative = re.search(r"\bun-?announced\b", label, _I) is not None
    return (answer[1].casefold() == "yes") != negative


def _told(text: str) -> bool | None:
    """What words say; None where they say nothing, or both ("announced or not")."""
    negative = _UNANNOUNCED.search(text)
    rest = _UNANNOUNCED.sub(" ", text)
    if negative:
        return None if re.search(r"\bannounced\b", rest, _I) else False
    return (
        True
        if _ANNOUNCED.search(rest)
        and not re.search(r"\bannounced or (?:not|other)", rest, _I)
        else None
    )


def home_name(lined: LinedDocument) -> str | None:
    """The home's name as the report labels it, else as the document is filed."""
    filed = lined.document.provider
    labelled = re.split(r"\s*[(\[]", _labelled(lined, _HOME) or "")[0] or None
    if filed and labelled and comparable_name(filed) in comparable_name(labelled):
        return filed  # "Oak House, Deal" is Oak House
    return labelled or filed


def home_urn(lined: LinedDocument) -> str | None:
    """The home's unique reference number; None where it is nowhere given."""
    labelled = re.match(r"(?:SC|EY)?\d{5,7}$", _labelled(lined, _URN) or "")
    told = recognise_urn(lined.document.text[:_OPENING])
    return labelled[0] if labelled else told or lined.document.urn


def _labelled(lined: LinedDocument, label: Words) -> str | None:
    """What stands against a label in the opening; None without it."""
    for _, field in lined.fields:
        if field.start < _OPENING and label.match(field.label.strip(": ")):
            return field.value.text.strip("*_ .") or None
    return None
