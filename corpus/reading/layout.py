"""From lines to text: hard line breaks joined, page furniture dropped.

A converter breaks a paragraph where its line was full. Two lines are joined where
the second plainly goes on with the first, and never across a bullet, a numbered
paragraph, a heading or a table row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from corpus.models import PageBreak
from corpus.reading.lines import Line

BULLET: Final = re.compile(r"(?:[•·▪●○◦‣⁃■□❖➢✓\uf000-\uf0ff*]|[-–—](?=\s)|o(?=\s))\s*")
NUMBERED: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.)]|[A-Za-z][.)]|\([a-z0-9]{1,3}\))\s+(?=\S)"
)
LABEL: Final = re.compile(r"[A-Z][\w()/ ]{1,30}:(?:\s|$)")
_TERMINAL: Final = re.compile(r"[.!?:;][\"'”’)\]]*[⁰¹²³⁴-⁹]*$")
_OPEN: Final = re.compile(
    r"(?:[,&/(“‘-]|[’']s|\b(?:a|an|and|as|at|by|for|from|in|into|is|are|of|on|or|our|"
    r"that|the|their|to|with|which|was|were|has|have|be|not|its|than))$",
    re.IGNORECASE,
)
_PAGE_NUMBER: Final = re.compile(
    r"(?:page\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_FIGURE: Final = re.compile(r"\W*\d[\d,.%–-]*\W*")
_PROSE: Final = 40
"""Characters from which a line is taken for prose, not a label or a table's cell."""
_WIDEST: Final = 130
"""Characters beyond which a line is a paragraph that was never wrapped."""
_FARTHEST: Final = 12
"""Blank lines, as a page's end leaves them, across which a sentence goes on."""


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, heading or table row, by where it starts in the text."""

    start: int
    text: str
    level: int | None = None
    """Heading level where the format gave one."""
    gap: bool = True
    """True where a blank line parts it from the block before."""


@dataclass(frozen=True)
class Layout:
    """A document's text, its blocks and its pages."""

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[PageBreak, ...]


def lay_out(lines: Sequence[Line]) -> Layout:
    """Join `lines` into one text, remembering where blocks and pages start."""
    lines = without_furniture(lines)
    width, runs = _width(lines), _run_widths(lines)
    pieces, length = list[str](), 0
    blocks, pages = list[Block](), list[PageBreak]()
    for index, line in enumerate(lines):
        previous = lines[index - 1] if index else None
        if previous and _goes_on(previous, line, width, runs[index - 1]):
            between = "" if previous.text.endswith("-") else " "
        else:
            gap = _is_parted(previous, line)
            between = ("\n\n" if gap else "\n") if previous else ""
            blocks.append(Block(length + len(between), "", line.level, gap))
        length += len(between)
        if line.page is not None and (not pages or pages[-1].page != line.page):
            pages.append(PageBreak(start=length, page=line.page))
        pieces += (between, line.text)
        length += len(line.text)
    text = "".join(pieces)
    return Layout(text, _with_text(blocks, text), tuple(pages))


def _with_text(blocks: Sequence[Block], text: str) -> tuple[Block, ...]:
    ends = [*(block.start for block in blocks[1:]), len(text)]
    return tuple(
        replace(block, text=text[block.start : end].rstrip())
        for block, end in zip(blocks, ends, strict=False)
    )


def _is_parted(previous: Line | None, line: Line) -> bool:
    """Whether a blank line goes between: not within a list or a table."""
    if previous is None or (line.blanks and "\t" in previous.text + line.text):
        return True
    if BULLET.match(line.text) and BULLET.match(previous.text):
        return False
    return bool(line.blanks or line.level or previous.level)


def _goes_on(first: Line, second: Line, width: int, run: int) -> bool:
    """Whether `second` is the continuation of the sentence in `first`."""
    if first.whole or second.whole or _starts_block(second.text):
        return False
    if _is_figures(first.text) or _is_figures(second.text):
        return False
    if second.blanks:
        return _goes_on_after_blank(first.text, second, width)
    return _goes_on_at_once(first.text, second.text, run)


def _goes_on_at_once(first: str, second: str, run: int) -> bool:
    """The same for two lines without a blank line between, in a run so wide."""
    full = _is_full(first, second, run)
    if _TERMINAL.search(first):
        wrapped = full and len(first) > 60
        return (second[0].islower() or wrapped) and first[-1] not in ":;"
    return second[0].islower() or _is_open(first) or full


def _goes_on_after_blank(first: str, second: Line, width: int) -> bool:
    """The same where blank lines are between: only prose, and no finished sentence."""
    if _TERMINAL.search(first) or second.blanks > _FARTHEST:
        return False
    if second.text[0].islower():
        return len(first) >= _PROSE or bool(_OPEN.search(first))
    wrapped = second.blanks == 1 and _is_full(first, second.text, width)
    return len(first) >= _PROSE and (_is_open(first) or wrapped)


def _starts_block(text: str) -> bool:
    return bool(BULLET.match(text) or NUMBERED.match(text) or LABEL.match(text))


def _is_figures(text: str) -> bool:
    """Whether a line is the row of a flattened table: mostly figures."""
    words = text.split()
    figures = sum(len(w) < 40 and bool(_FIGURE.fullmatch(w)) for w in words)
    return figures >= 3 and figures >= 0.4 * len(words)


def _is_open(text: str) -> bool:
    """Whether a line cannot end a sentence: 'of the', a comma, an open bracket."""
    return bool(
        _OPEN.search(text)
        or text.count("(") > text.count(")")
        or text.count("“") > text.count("”")
    )


def _is_full(text: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    first_word = len(following.split(maxsplit=1)[0])
    wrapped = 25 <= len(text) <= width <= _WIDEST
    return wrapped and len(text) + 1 + first_word > 0.85 * width


def _width(lines: Sequence[Line]) -> int:
    """The width at which the whole text was wrapped; 0 where it was not."""
    lengths = sorted(len(line.text) for line in lines if not line.whole)
    if not lengths or lengths[int(0.95 * (len(lengths) - 1))] > _WIDEST:
        return 0
    width = lengths[int(0.98 * (len(lengths) - 1))]
    return width if width >= 60 else 0


def _run_widths(lines: Sequence[Line]) -> list[int]:
    """For each line, the longest line of the unbroken run that it stands in."""
    widths: list[int] = []
    run: list[int] = []
    for line in lines:
        if line.blanks:
            widths += [max(run, default=0)] * len(run)
            run = []
        run.append(len(line.text))
    return widths + [max(run, default=0)] * len(run)


def without_furniture(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without running heads, running feet and page numbers.

    On pages: the two first and two last lines that recur, digits apart, on most
    pages. Anywhere: lone numbers that rise from first to last, as page numbers do.
    """
    dropped = _page_edges(lines) if any(line.page for line in lines) else set()
    dropped |= _counting_numbers(lines)
    kept: list[Line] = []
    blanks = 0
    for index, line in enumerate(lines):
        blanks = max(blanks, line.blanks)
        if index in dropped:
            blanks += 1
        else:
            kept.append(replace(line, blanks=blanks))
            blanks = 0
    return kept


def _page_edges(lines: Sequence[Line]) -> set[int]:
    runs = groupby(range(len(lines)), key=lambda index: lines[index].page)
    pages = [list(run) for _, run in runs]  # footnotes, put last, are runs of their own
    edges = {
        index
        for page in pages
        if len(page) > 4
        for index in page[:2] + page[-2:]
        if not lines[index].inside or lines[index].text[:5].lower() == "page "
    }
    seen = Counter(_masked(lines[index]) for index in edges)
    often = max(3, len({line.page for line in lines}) // 2)
    return {
        index
        for index in edges
        if seen[_masked(lines[index])] >= often
        or (len(pages) > 1 and _PAGE_NUMBER.fullmatch(lines[index].text))
    }


def _masked(line: Line) -> str:
    """A line without its page number; of headings, a number tells one from another."""
    return line.text if line.level else re.sub(r"\d+", "0", line.text)


def _counting_numbers(lines: Sequence[Line]) -> set[int]:
    """Lone numbers, each parted from the text around it, that rise all the way."""
    parted = [line.blanks > 0 for line in lines[1:]]
    lone = [
        (index, int(line.text))
        for index, (line, after) in enumerate(zip(lines, [*parted, True], strict=False))
        if line.blanks and after and re.fullmatch("[0-9]{1,4}", line.text)
    ]
    rises = all(a < b for (_, a), (_, b) in pairwise(lone))
    return {index for index, _ in lone} if rises and len(lone) >= 3 else set()
