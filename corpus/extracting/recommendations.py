"""A visitor's recommendations: lists, tables and prose, each with who and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from corpus.extracting.days import deadline, find_days
from corpus.extracting.lines import Line, LinedDocument, Piece, clauses, sentences_of
from corpus.extracting.roles import role_in, whose
from corpus.extracting.themes import theme_of
from corpus.extracting.topics import Topic, is_item, topic_of
from corpus.extracting.words import Words
from corpus.observed import Recommendation

_I: Final = re.IGNORECASE
_NONE: Final = Words("recommendations.none")
_ASKS: Final = Words("recommendations.asks")
_OPENS: Final = Words("recommendations.opens")
_OF_REPORT: Final = Words("recommendations.of_report")
_GOES_ON: Final = Words("recommendations.goes_on")
_ANYWHERE: Final = Words("recommendations.anywhere")
_REQUESTS: Final = re.compile(
    r"\bI (?:\w+ )?(?:ask|request|suggest|would like(?! to thank)|urge|want)\b", _I
)
_PAST: Final = Words("recommendations.past")
_COLUMNS: Final = {
    "what": Words("recommendations.columns_what"),
    "who": Words("recommendations.columns_who"),
    "when": Words("recommendations.columns_when"),
}
_NEXT_NUMBER: Final = re.compile(r"(?<=[.;])\s+(?:R|\()?\d{1,2}[.)]\s+(?=[A-Z])")
_BARE_NUMBER: Final = re.compile(
    r"\W*(?:R|Rec(?:ommendation)?|No)?\.?\s*\d{0,2}\W*", _I
)


@dataclass(frozen=True)
class Item:
    """One recommendation as it stands, before its facts are read."""

    start: int
    end: int
    text: str
    """What is asked, and where it is no table the whole of it."""
    who: str = ""
    """The cell that says who; empty where there is none."""
    when: str = ""
    """The cell that says by when; empty where there is none."""


def read_recommendations(
    lined: LinedDocument, visit_id: str, visited_on: date | None
) -> tuple[Recommendation, ...]:
    """The recommendations of a report, in order, numbered from 1.

    Those under a heading for them; without such a heading, sentences in which the
    visitor recommends something. Recommendations of an earlier visit are not among
    them.
    """
    found = list(_listed(lined)) or list(_said(lined))
    return tuple(
        Recommendation(
            visit_id=visit_id,
            number=number,
            theme=theme_of(item.text),
            by=_by(item, visited_on),
            whose=role_in(item.who) if item.who else whose(item.text),
            span=lined.span(item.start, item.end),
        )
        for number, item in enumerate(found, start=1)
    )


def _by(item: Item, visited_on: date | None) -> date | None:
    if item.when:
        days = find_days(item.when, visited_on)
        return days[-1].day if days else deadline(f"by {item.when}", visited_on)
    return deadline(item.text, visited_on)


def _listed(lined: LinedDocument) -> Iterator[Item]:
    """Items under a heading for recommendations: rows, list items, else sentences."""
    lines = [
        line for line in lined.lines if topic_of(line.path) is Topic.RECOMMENDATIONS
    ]
    rows = [line for line in lines if line.is_row]
    if rows:
        yield from _rows(rows)
        return
    items = [line for line in lines if is_item(line)]
    plain = [line for line in lines if line in items or not line.heading]
    if any(line.listed for line in items):
        yield from _with_continuations(lined, plain)
    else:
        yield from _prose(lined, [line for line in lines if not line.heading])


def _rows(rows: list[Line]) -> Iterator[Item]:
    columns: dict[str, int] = {}
    for row in rows:
        header = _header(row)
        if header:
            columns = header
            continue
        cells = list(row.cells)
        what = _cell(row, columns.get("what"))
        if not what:
            longest = max(cells, key=lambda cell: len(cell.text))
            what = longest.text
        if not what.strip() or _NONE.search(what):
            continue
        who, when = _cell(row, columns.get("who")), _cell(row, columns.get("when"))
        if not columns:
            rest = [
                c.text
                for c in cells
                if c.text != what and not _BARE_NUMBER.fullmatch(c.text)
            ]
            who = next((text for text in rest if role_in(text)), "")
            when = next((text for text in rest if find_days(text)), "")
        first = next(
            c for c in cells if not _BARE_NUMBER.fullmatch(c.text) or c.text == what
        )
        yield Item(first.start, row.end, what, who, when)


def _header(row: Line) -> dict[str, int] | None:
    """Which column is which, where the row is a table's header."""
    if any(len(cell.text.split()) > 6 for cell in row.cells) or find_days(row.text):
        return None
    found: dict[str, int] = {}
    for column, cell in enumerate(row.cells):
        for name in ("when", "who", "what"):
            if (
                name not in found
                and column not in found.values()
                and _COLUMNS[name].search(cell.text)
            ):
                found[name] = column
    return found if len(found) > 1 else None


def _cell(row: Line, column: int | None) -> str:
    return (
        row.cells[column].text if column is not None and column < len(row.cells) else ""
    )


def _with_continuations(lined: LinedDocument, lines: list[Line]) -> Iterator[Item]:
    """List items, each with the unmarked lines that go on with it."""
    current: Item | None = None
    for line in lines:
        if line.listed:
            if current:
                yield current
            *before, current = _parted(line)
            yield from (item for item in before if item)
        elif current and _GOES_ON.search(line.text):
            current = _extended(lined, current, line)
        elif current:
            yield current
            current = None
    if current:
        yield current


def _parted(line: Line) -> Iterator[Item | None]:
    """The items of one line: several where more numbers follow ("R1. ... R2. ...").

    None for one that says that there is nothing to recommend.
    """
    for piece in clauses(line.body, _NEXT_NUMBER):
        none = _NONE.search(piece.text)
        yield None if none else Item(piece.start, piece.end, piece.text)


def _prose(lined: LinedDocument, lines: list[Line]) -> Iterator[Item]:
    """One item a sentence that asks for something; what follows on it is joined."""
    current: Item | None = None
    for line in lines:
        for piece in sentences_of(line):
            if _NONE.search(piece.text) and current is None:
                return
            if _NONE.search(piece.text) or (
                _OPENS.search(piece.text) and piece.text.rstrip().endswith((":", "."))
            ):
                continue
            joined = current and _GOES_ON.search(piece.text)
            if current and joined:
                current = _extended(lined, current, piece)
            elif _is_asked(line, piece):
                if current:
                    yield current
                start = max(piece.start, line.body.start)
                current = Item(start, piece.end, lined.document.text[start : piece.end])
    if current:
        yield current


def _extended(lined: LinedDocument, item: Item, piece: Piece) -> Item:
    text = lined.document.text[item.start : piece.end]
    return replace(item, end=piece.end, text=text)


def _is_asked(line: Line, piece: Piece) -> bool:
    """Whether a sentence asks for something, or begins a paragraph with an order."""
    if _OF_REPORT.search(piece.text):
        return False
    return bool(_ASKS.search(piece.text)) or _is_command(line, piece)


def _is_command(line: Line, piece: Piece) -> bool:
    """Whether a paragraph begins with an order: "Repair the door by 3 March."."""
    return piece.start <= line.body.start and deadline(piece.text, None) is not None


def _said(lined: LinedDocument) -> Iterator[Item]:
    """Sentences anywhere in which the visitor recommends something now.

    In a paragraph that does so, what the visitor then asks for counts too.
    """
    started = -1
    for line, piece in lined.sentences:
        past = _PAST.search(piece.text) or _NONE.search(piece.text)
        if topic_of(line.path) is Topic.FOLLOW_UP or past:
            continue
        if _ANYWHERE.search(piece.text):
            started = line.start
        if started == line.start and (
            _ANYWHERE.search(piece.text) or _REQUESTS.search(piece.text)
        ):
            yield Item(piece.start, piece.end, piece.text)
