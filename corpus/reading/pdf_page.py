"""One page of a PDF as printed lines and table rows, with their place and type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from corpus.reading.lines import table_rows
from corpus.reading.marks import raised
from corpus.text import clean_text

_MOST_EDGES: Final = 3000
"""Ruled lines beyond which a page holds a drawing, in which no table is looked for."""
_EDGE: Final = 0.07
"""Part of a page's height at its top and its foot where running heads stand."""
_MARGIN: Final = 0.11
"""The same for heads of several lines, beyond which no line is one."""
_SPACE: Final = 0.1
"""Distance between two letters, in type sizes, from which a space is between."""
_SMALL: Final = 0.78
"""Size of a raised footnote number, at most, to the type that it stands in."""


@dataclass(frozen=True)
class Printed:
    """A line as printed, or a table row (`row`); measured in points from the top."""

    text: str
    page: int
    top: float
    bottom: float
    left: float
    right: float
    size: float
    """Size of most of its type."""
    height: float
    """Of its page."""
    bold: bool = False
    row: bool = False
    first_row: bool = False


def printed_lines(page: Any) -> list[Printed]:
    """A page's lines in the order in which they are written, heads first, feet last.

    Text within a ruled table is told as its rows, and not again as lines.
    """
    tables = _tables(page)
    lines: list[Printed] = []
    run: list[dict[str, Any]] = []
    for word in _words(page):
        if any(_holds(box, word) for box, _ in tables):
            continue
        if run and not _goes_on(run[-1], word):
            lines += _line(page, run)
            run = []
        run.append(word)
    lines = sorted([*lines, *_line(page, run)], key=_zone)
    for box, rows in tables:
        at = _place(box, lines)
        lines[at:at] = _rows(page, box, rows)
    return lines


def _place(box: Sequence[float], lines: Sequence[Printed]) -> int:
    """Where a table's rows go: after the last line that stands above it."""
    above = (
        n + 1
        for n, line in enumerate(lines)
        if line.bottom <= box[1] + 1 and line.left < box[2] and line.right > box[0]
    )
    return max(above, default=0)


def _words(page: Any) -> list[dict[str, Any]]:
    found = page.dedupe_chars().extract_words(
        use_text_flow=True, x_tolerance_ratio=0.15, extra_attrs=["fontname", "size"]
    )
    words = ({**word, "text": clean_text(word["text"]).strip()} for word in found)
    return [word for word in words if word["text"] and word["size"] > 0]


def _tables(page: Any) -> list[tuple[Any, list[list[str]]]]:
    """Boxes and rows of the ruled tables; a box around text is none."""
    if not 4 <= len(page.edges) <= _MOST_EDGES:
        return []
    found = []
    for table in page.find_tables():
        rows = [[cell or "" for cell in row] for row in table.extract()]
        kept = [n for n, column in enumerate(zip(*rows, strict=True)) if any(column)]
        rows = [[row[n].strip() for n in kept] for row in rows]
        if sum(sum(map(bool, row)) >= 2 for row in rows) >= 2:
            found.append((table.bbox, rows))
    return found


def _holds(box: Sequence[float], word: dict[str, Any]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _goes_on(last: dict[str, Any], word: dict[str, Any]) -> bool:
    """Whether a word stands on the line of the one before it, further right."""
    shared = min(last["bottom"], word["bottom"]) - max(last["top"], word["top"])
    lower = min(last["bottom"] - last["top"], word["bottom"] - word["top"])
    rightwards = word["x0"] >= last["x1"] - 0.3 * last["size"]
    return bool(shared > 0.4 * lower and rightwards)


def _line(page: Any, words: Sequence[dict[str, Any]]) -> Iterator[Printed]:
    if not words:
        return
    sizes = Counter[float]()
    for word in words:
        sizes[round(word["size"] * 2) / 2] += len(word["text"])
    size = sizes.most_common(1)[0][0]
    yield Printed(
        text=_text(words, size),
        page=page.page_number,
        top=min(word["top"] for word in words),
        bottom=max(word["bottom"] for word in words),
        left=min(word["x0"] for word in words),
        right=max(word["x1"] for word in words),
        size=size,
        height=float(page.height),
        bold=all(_is_bold(word["fontname"]) for word in words),
    )


def _text(words: Sequence[dict[str, Any]], size: float) -> str:
    """Words with the spaces between them; raised numbers close up to what is before."""
    text, base = "", max(word["bottom"] for word in words)
    for before, word in zip([None, *words[:-1]], words, strict=True):
        lifted = word["bottom"] < base - 0.1 * size and word["size"] <= _SMALL * size
        shown = raised(word["text"]) if lifted else word["text"]
        gap = word["x0"] - before["x1"] if before else 0.0
        between = " " if gap > _SPACE * size and not (lifted and gap < size / 3) else ""
        text += between + shown
    return text


def _is_bold(font: str) -> bool:
    return any(mark in font.lower() for mark in ("bold", "black", "heavy", "semibold"))


def _rows(
    page: Any, box: Sequence[float], rows: Sequence[Sequence[str]]
) -> Iterator[Printed]:
    row = Printed(
        text="",
        page=page.page_number,
        top=box[1],
        bottom=box[3],
        left=box[0],
        right=box[2],
        size=0.0,
        height=float(page.height),
        row=True,
    )
    for number, line in enumerate(table_rows(rows)):
        yield replace(row, text=line.text, first_row=not number)


def is_inside(line: Printed) -> bool:
    """Whether it stands too far in on its page to be a running head or foot; so do
    table rows, since a table that goes on repeats its header."""
    margin = _MARGIN * line.height
    return line.row or (line.top > margin and line.bottom < line.height - margin)


def _zone(line: Printed) -> int:
    """0 for a running head, 2 for a running foot, 1 for the text between."""
    if line.row:
        return 1
    if line.bottom < _EDGE * line.height:
        return 0
    return 2 if line.top > (1 - _EDGE) * line.height else 1
