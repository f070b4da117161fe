"""Gaps and intentions, as an authority's sufficiency statement states them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, Literal, TypeVar

from corpus import vocabulary
from corpus.codes import Need, PlacementType
from corpus.extracting.ages import read_ages
from corpus.extracting.days import period_end
from corpus.extracting.lines import Line, LinedDocument, Piece, sentences_of
from corpus.extracting.numbers import read_number
from corpus.extracting.purpose_needs import joined
from corpus.extracting.words import Words, alternatives, forms
from corpus.models import Document
from corpus.observed import Observed, StatedGap

T = TypeVar("T")

Kind = Literal["gap", "intention"]

_I: Final = re.IGNORECASE
_GAP_HEADING: Final = Words("sufficiency.gap_heading")
_INTENTION_HEADING: Final = Words("sufficiency.intention_heading")
_LACKING: Final = Words("sufficiency.lacking")
_COLUMN_WHEN: Final = Words("sufficiency.column_when")
_NEED: Final = re.compile(r"\b(?:needs?|type|provision|places|ages?)\b", _I)
_WILL: Final = Words("sufficiency.will")
_WONT: Final = Words("sufficiency.wont")
_VERB: Final = Words("sufficiency.verb")
"""Without any of which a sentence only names something: "Solo homes near by"."""
_DOING: Final = Words("sufficiency.doing")
_TO_DO: Final = re.compile(rf"\bto {alternatives('sufficiency.doing')}", _I)
_BARE: Final = 5
"""Words of the longest cell that names a period and no more."""
_NOT_NOW: Final = Words("sufficiency.not_now")
_SECURE: Final = Words("sufficiency.secure")
_HOUSE: Final = Words("sufficiency.house")
_HOME: Final = Words("sufficiency.home")
_CARERS: Final = re.compile(r"\bcarers?\b|\bhouseholds?\b", _I)
_AGES: Final = re.compile(r"\b\d{1,2}\s?(?:to|and|[-–])\s?\d{1,2}\b")
_WHEN: Final = Words("sufficiency.when")


def read_gaps(document: Document) -> Observed:
    """Gaps and intentions, in the document's order; one a list item, row or sentence.

    In a section for them every list item counts, and every sentence that speaks of
    lacking or of doing something; elsewhere, only sentences that do so and name a
    type, a need or a number.
    """
    lined = LinedDocument(document)
    rows = [
        _gap(lined, kind, piece, by)
        for kind, piece, by in _statements(lined)
    ]  # fmt: skip
    return Observed(stated_gaps=tuple(rows))


def _statements(lined: LinedDocument) -> Iterator[tuple[Kind, Piece, date | None]]:
    """What is a gap or an intention, with the day that its lead-in gives it."""
    lead: tuple[Kind, date | None] | None = None
    header: Line | None = None
    for line in lined.lines:
        section = _section(line.path)
        if line.heading:
            by = _by(line.text)
            lead = (section, by) if section and by else None
            header = None
        elif line.is_row:
            if header is None or header.block != line.block:
                header = line
            elif kind := section or _table_kind(header):
                yield kind, Piece(line.start, line.end, line.text), None
        elif line.listed and (section or lead):
            kind, by = lead or (section, None)
            if kind and _is_statement(line.body.text, kind):
                yield kind, line.body, by
        else:
            lead = _lead(line, section)
            yield from _told(line, section, listing=lead is not None)


def _table_kind(header: Line) -> Kind | None:
    """What the rows below a header are, where no heading says; None if not told."""
    dated = any(_COLUMN_WHEN.search(cell.text) for cell in header.cells)
    placed = _places(f"9 {header.text}") or _placement_type(header.text)
    return "intention" if dated and (placed or _NEED.search(header.text)) else None


def _section(path: tuple[str, ...]) -> Kind | None:
    for heading in reversed(path[1:] or path):
        if _INTENTION_HEADING.search(heading):
            return "intention"
        if _GAP_HEADING.search(heading):
            return "gap"
    return None


def _lead(line: Line, section: Kind | None) -> tuple[Kind, date | None] | None:
    """What the list below a line is, where the line leads into one."""
    last = list(sentences_of(line))[-1].text
    if not last.endswith(":"):
        return None
    if _WILL.search(last):
        return "intention", _by(last)
    if _LACKING.search(last):
        return "gap", _by(last)
    return (section, _by(last)) if section else None


def _told(
    line: Line, section: Kind | None, *, listing: bool
) -> Iterator[tuple[Kind, Piece, date | None]]:
    for piece in sentences_of(line):
        kind = _kind(piece.text, section)
        leads = listing and piece.end == line.end
        if kind and not leads and not piece.text.endswith("?"):
            yield kind, piece, None


def _kind(text: str, section: Kind | None) -> Kind | None:
    if _NOT_NOW.search(text):
        return None
    wills = bool(_WILL.search(text) and _DOING.search(text) and not _WONT.search(text))
    lacks = bool(_LACKING.search(text))
    telling = bool(_needs(text) or _placement_type(text) or _places(text) is not None)
    if wills and (section == "intention" or telling):
        return "intention"
    if (
        section == "intention"
        and telling
        and re.match(r"\W*(?:to )?[a-z]+\b", text)
        and _DOING.match(text.removeprefix("To ").strip("-• "))
    ):
        return "intention"
    if section == "gap" and telling and not _VERB.search(text):
        return "gap"
    return "gap" if lacks and telling and section != "intention" else None


def _is_statement(text: str, kind: Kind) -> bool:
    """Whether a list's item says something: a gap names what is lacking."""
    if kind == "intention":
        return len(text.split()) > 2
    return bool(
        _needs(text) or _placement_type(text) or _places(text) or _LACKING.search(text)
    )


def _gap(lined: LinedDocument, kind: Kind, piece: Piece, by: date | None) -> StatedGap:
    ages = _in_cells(piece.text, lambda cell: read_ages(f"aged {cell}"))
    ages = ages or read_ages(piece.text)
    by = _by(piece.text) or _in_cells(piece.text, _bare_end) or by
    return StatedGap(
        document_id=lined.document.document_id,
        local_authority=lined.document.local_authority,
        kind=kind,
        placement_type=_placement_type(piece.text),
        needs=_needs(piece.text),
        age_from=ages[0] if ages else None,
        age_to=ages[1] if ages else None,
        places=_places(piece.text),
        by=by,
        span=lined.span(piece.start, piece.end),
    )


def _in_cells(text: str, read: Callable[[str], T | None]) -> T | None:
    """What the first short cell of a table's row gives; None outside a table."""
    cells = text.split(" | ")[1:]
    return next((found for cell in cells if (found := read(cell))), None)


def _bare_end(cell: str) -> date | None:
    """The day of a cell that names a period and no more."""
    return period_end(cell) if len(cell.split()) <= _BARE else None


def _needs(text: str) -> tuple[Need, ...]:
    found = vocabulary.needs().find(joined(text))
    return tuple(dict.fromkeys(Need(match.identifier) for match in found))


def _placement_type(text: str) -> PlacementType | None:
    """The first placement type named; "a home for three children" is residential."""
    found = [
        (match.start, PlacementType(match.identifier))
        for match in vocabulary.placement_types().find(text)
        if match.identifier != PlacementType.SECURE
    ]
    for pattern, kind in (
        (_SECURE, PlacementType.SECURE),
        (_CARERS, PlacementType.FOSTERING),
        (_HOME, PlacementType.RESIDENTIAL),
        (_HOUSE, PlacementType.RESIDENTIAL),
    ):
        match = pattern.search(text)
        if match and (kind is PlacementType.SECURE or not found):
            found.append((match.start(), kind))
    return min(found)[1] if found else None


def _places(text: str) -> int | None:
    """Beds or households together: "two homes of three places" are six."""
    text = _AGES.sub(" ", text)
    for form in forms("sufficiency.homes_of"):
        match = form.search(text)
        if match:
            one = match["homes"].casefold() in ("a", "an")
            homes = 1 if one else read_number(match["homes"])
            return (homes or 1) * (read_number(match["n"]) or 0)
    matches = (form.search(text) for form in forms("sufficiency.numbered"))
    return next((read_number(match["n"]) for match in matches if match), None)


def _by(text: str) -> date | None:
    """The last day of the period in which something is intended."""
    for match in _WHEN.finditer(text):
        if match[0].casefold().startswith(("from", "over")):
            continue
        found = period_end(re.split(r"[,;(]", text[match.end() :])[0])
        if found:
            return found
    return None
